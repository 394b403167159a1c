//! Image references as people paste them into the search: `users-api:1.4.2`,
//! `<host>/team/users-api@sha256:…`, an ARN, and lines of commands and files that contain them.

use model::{DIGEST_DIGITS, query::MAX_WORDS};

/// Characters that surround references in JSON, YAML and shell files, and never occur in
/// references.
const AROUND: &[char] = &[
    '"', '\'', '`', ',', ';', '=', '(', ')', '[', ']', '{', '}', '<', '>',
];

/// The first word of a line that names one image, which may have no tag.
const BEFORE_AN_IMAGE: [&str; 3] = ["from", "image", "image:"];

/// The words to search for in a text in lower case. For a line that contains a reference, only the
/// reference.
pub(super) fn wanted(text: &str) -> Vec<&str> {
    let words = text.split(|at: char| at.is_whitespace() || AROUND.contains(&at));
    let words = words.map(bare).filter(|word| !word.is_empty());
    let words: Vec<_> = words.take(MAX_WORDS).collect();
    reference_among(&words).map_or(words, |reference| vec![reference])
}

/// A word without its URL scheme, and without the dots of a shortened text.
fn bare(word: &str) -> &str {
    let word = word.split_once("://").map_or(word, |(_, rest)| rest);
    word.trim_end_matches('…').trim_end_matches("...")
}

/// The reference among other words.
fn reference_among<'a>(words: &[&'a str]) -> Option<&'a str> {
    let paths = || {
        // Options and local files are not references.
        let words = words.iter().copied();
        words.filter(|word| word.contains('/') && !word.starts_with(['-', '/', '.', '~']))
    };
    match words {
        // Options come before the reference, and Helm's version after it.
        [_, "pull", rest @ ..] => paths().next_back().or(rest.last().copied()),
        [first, _, ..] if BEFORE_AN_IMAGE.contains(first) => paths().next(),
        [_, _, ..] => paths().find(|word| parts(word).1.is_some()),
        _ => None,
    }
}

/// The words of a search, from the view of one registry.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked<'a> {
    /// The words. For a reference: its repository, and its tag or digest.
    pub(super) words: Vec<&'a str>,
    /// The repository of a reference with a tag or a digest, and that tag or digest.
    pub(super) reference: Option<(&'a str, &'a str)>,
}

impl<'a> Asked<'a> {
    /// Reads words. Names and tags contain no `:` or `@`, so a word with one of them is a reference
    /// or a digest. A reference without the registry's host is accepted too, and so is an ARN:
    /// `arns` is the common start of the ARNs of the registry's repositories.
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

/// A word's repository, and its tag or digest. If it has both, the digest, because that decides
/// which image is pulled.
fn parts(word: &str) -> (&str, Option<&str>) {
    if word.starts_with(ALGORITHM) {
        return (word, None);
    }
    let (name, digest) = split(word, '@');
    // A colon before a slash separates a host from its port.
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

/// The start of a digest.
const ALGORITHM: &str = "sha256:";

/// The hex digits of a digest or of its start, with or without the algorithm.
pub(super) fn hex(word: &str) -> &str {
    word.strip_prefix(ALGORITHM).unwrap_or(word)
}

/// Whether a text consists of hex digits that are too few to search for.
pub(super) fn is_few_digits(text: &str) -> bool {
    (1..DIGEST_DIGITS).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// Whether a word is, or ends with, a digest that has too few digits to search for.
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
    fn only_the_reference_in_a_line_is_searched_for() {
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
    fn the_port_of_a_host_is_not_a_tag() {
        let read = |word| Asked::read([word].into_iter(), "localhost:5000", "");
        assert_eq!(read("localhost:5000/team/api").words, ["team/api"]);
        let tagged = read("localhost:5000/team/api:1.0");
        assert_eq!(tagged.reference, Some(("team/api", "1.0")));
    }
}
