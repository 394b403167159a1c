//! References to images, as people paste them into the search: `users-api:1.4.2`, `<host>/team/users-api@sha256:…`,
//! an ARN, and the lines of commands and files that they stand in.

use model::{DIGEST_DIGITS, query::MAX_WORDS};

/// What stands around references in files of JSON, YAML and shells, and in none.
const AROUND: &[char] = &[
    '"', '\'', '`', ',', ';', '=', '(', ')', '[', ']', '{', '}', '<', '>',
];

/// What begins a line that names one image, which may have no tag.
const BEFORE_AN_IMAGE: [&str; 3] = ["from", "image", "image:"];

/// The words that a text in small letters asks for: of a line that a reference stands in, the reference alone.
pub(super) fn wanted(text: &str) -> Vec<&str> {
    let words = text.split(|at: char| at.is_whitespace() || AROUND.contains(&at));
    let words = words.map(bare).filter(|word| !word.is_empty());
    let words: Vec<_> = words.take(MAX_WORDS).collect();
    reference_among(&words).map_or(words, |reference| vec![reference])
}

/// A word without the scheme before it, and without the dots that say that it was cut.
fn bare(word: &str) -> &str {
    let word = word.split_once("://").map_or(word, |(_, rest)| rest);
    word.trim_end_matches('…').trim_end_matches("...")
}

/// The reference that the other words stand around.
fn reference_among<'a>(words: &[&'a str]) -> Option<&'a str> {
    let paths = || {
        // Options, and files of a machine, are no references.
        let words = words.iter().copied();
        words.filter(|word| word.contains('/') && !word.starts_with(['-', '/', '.', '~']))
    };
    match words {
        // Options stand before the reference, and Helm's version behind it.
        [_, "pull", rest @ ..] => paths().next_back().or(rest.last().copied()),
        [first, _, ..] if BEFORE_AN_IMAGE.contains(first) => paths().next(),
        [_, _, ..] => paths().find(|word| parts(word).1.is_some()),
        _ => None,
    }
}

/// The words of a search as one registry reads them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked<'a> {
    /// The words; of a reference its repository, and its tag or digest.
    pub(super) words: Vec<&'a str>,
    /// The repository of a reference that names a tag or a digest, and which it names.
    pub(super) reference: Option<(&'a str, &'a str)>,
}

impl<'a> Asked<'a> {
    /// Reads words. Names and tags have no `:` and no `@`: a word with one of them is a reference or a digest. A
    /// reference without its registry's host is taken too, and so is an ARN: `arns` is what those of the registry's
    /// repositories begin with.
    pub(super) fn read(words: impl Iterator<Item = &'a str>, host: &str, arns: &str) -> Self {
        let mut asked = Self::default();
        for word in words {
            let local = word.strip_prefix(host).and_then(|it| it.strip_prefix('/'));
            let is_arn = word.starts_with("arn:") && !arns.is_empty();
            let local = local.or_else(|| is_arn.then(|| word.strip_prefix(arns)).flatten());
            let word = local.unwrap_or(word);
            let (name, names) = parts(word);
            let names = names.filter(|it| !it.is_empty() && !is_short_digest(word));
            asked
                .words
                .extend([Some(name), names].into_iter().flatten());
            asked.reference = asked.reference.or(names.map(|names| (name, names)));
        }
        asked.words.retain(|word| !word.is_empty());
        asked
    }
}

/// A word's repository, and its tag or digest: the digest where it has both, because that is what is pulled.
fn parts(word: &str) -> (&str, Option<&str>) {
    if word.starts_with(ALGORITHM) {
        return (word, None);
    }
    let (name, digest) = split(word, '@');
    // A colon before a slash parts a host from its port.
    let tag_at = name.rfind('/').unwrap_or(0);
    let (local, tag) = split(&name[tag_at..], ':');
    (&name[..tag_at + local.len()], digest.or(tag))
}

/// The host of a registry of Amazon ECR that a word begins with.
/// Source: "Amazon ECR private registry" in the user guide.
pub(super) fn registry_host(word: &str) -> Option<&str> {
    let (host, _) = word.split_once('/')?;
    let is_host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let (account, rest) = host.split_once('.')?;
    let is_account = account.len() == 12 && account.bytes().all(|it| it.is_ascii_digit());
    let is_ecr = rest.starts_with("dkr.ecr.") || rest.starts_with("dkr-ecr.");
    (is_account && is_ecr && host.chars().all(is_host)).then_some(host)
}

/// What a digest begins with.
const ALGORITHM: &str = "sha256:";

/// The hex digits of a digest or of its beginning, written with the algorithm or without.
pub(super) fn hex(word: &str) -> &str {
    word.strip_prefix(ALGORITHM).unwrap_or(word)
}

/// Whether a text is nothing but hex digits, fewer than are searched for.
pub(super) fn is_few_digits(text: &str) -> bool {
    (1..DIGEST_DIGITS).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// Whether a word is written as a digest, or ends with one, that has fewer digits than are searched for.
pub(super) fn is_short_digest(word: &str) -> bool {
    let digest = match split(word, '@') {
        (_, Some(digest)) => digest,
        (word, None) if word.starts_with(ALGORITHM) => word,
        _ => return false,
    };
    hex(digest).len() < DIGEST_DIGITS
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    let parts = text.split_once(at);
    parts.map_or((text, None), |(before, after)| (before, Some(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_in_a_line_is_all_that_is_asked_for() {
        for line in [
            "from host.example/team/api:1.0 as build",
            "image: host.example/team/api:1.0",
            "- image: 'host.example/team/api:1.0'",
            r#""image": "host.example/team/api:1.0","#,
            r#"{"image":"host.example/team/api:1.0","name":"api"}"#,
            "docker run --rm -it -v /srv/a:/b:ro host.example/team/api:1.0 sh",
            "docker pull --platform linux/amd64 host.example/team/api:1.0",
            "https://host.example/team/api:1.0",
            "oci://host.example/team/api:1.0",
            "image=host.example/team/api:1.0",
        ] {
            assert_eq!(wanted(line), ["host.example/team/api:1.0"], "{line}");
        }
        assert_eq!(wanted("from team/api as build"), ["team/api"]);
        assert_eq!(wanted("api@sha256:3f9a1c…"), ["api@sha256:3f9a1c"]);
        assert_eq!(wanted("sha256:3f9a1c..."), ["sha256:3f9a1c"]);
        assert_eq!(wanted("team/api prod"), ["team/api", "prod"]);
    }

    #[test]
    fn only_hosts_of_ecr_are_registries_that_are_not_seen() {
        let host = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
        assert_eq!(registry_host(&format!("{host}/team/api:1.0")), Some(host));
        let dual = "111122223333.dkr-ecr.eu-central-1.on.aws";
        assert_eq!(registry_host(&format!("{dual}/team/api")), Some(dual));
        for word in [host, "team.a/api", "1.dkr.ecr.x/api", "docker.io/api:1"] {
            assert_eq!(registry_host(word), None, "{word}");
        }
    }

    #[test]
    fn the_port_of_a_host_is_no_tag() {
        let read = |word| Asked::read([word].into_iter(), "localhost:5000", "");
        assert_eq!(read("localhost:5000/team/api").words, ["team/api"]);
        let tagged = read("localhost:5000/team/api:1.0");
        assert_eq!(tagged.reference, Some(("team/api", "1.0")));
    }
}
