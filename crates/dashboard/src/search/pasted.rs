//! References to images, as people paste them into the search: `users-api:1.4.2`, `<host>/team/users-api@sha256:…`,
//! and the commands that pull them.

use model::{DIGEST_DIGITS, query::words};

/// The words that a text in small letters asks for: of a command that pulls, the reference alone.
pub(super) fn wanted(text: &str) -> Vec<&str> {
    let words: Vec<_> = words(text).collect();
    let [_, "pull", rest @ ..] = words.as_slice() else {
        return words;
    };
    // Options stand before the reference, and Helm's version behind it.
    let with_slash = rest.iter().rfind(|word| word.contains('/'));
    match with_slash.or(rest.last()) {
        Some(reference) => vec![reference.strip_prefix("oci://").unwrap_or(reference)],
        None => words,
    }
}

/// The words of a search as one registry reads them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked<'a> {
    /// The words; of a reference its repository, and its tag or digest.
    pub(super) words: Vec<&'a str>,
    /// The repository of a reference that names a tag or a digest.
    pub(super) reference: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// Reads words. Names and tags have no `:` and no `@`: a word with one of them is a reference or a digest. A
    /// reference without its registry's host is taken too.
    pub(super) fn read(words: impl Iterator<Item = &'a str>, host: &str) -> Self {
        let mut asked = Self::default();
        for word in words {
            let local = word.strip_prefix(host).and_then(|it| it.strip_prefix('/'));
            let word = local.unwrap_or(word);
            let (name, names) = parts(word);
            let names = names.filter(|it| !it.is_empty() && !is_short_digest(word));
            asked
                .words
                .extend([Some(name), names].into_iter().flatten());
            asked.reference = asked.reference.or(names.and(Some(name)));
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
    let (name, tag) = split(name, ':');
    (name, digest.or(tag))
}

/// What a digest begins with.
const ALGORITHM: &str = "sha256:";

/// The hex digits of a digest or of its beginning, written with the algorithm or without.
pub(super) fn hex(word: &str) -> &str {
    word.strip_prefix(ALGORITHM).unwrap_or(word)
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
