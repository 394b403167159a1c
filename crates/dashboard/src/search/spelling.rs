//! Words that mean a tag without being a part of it: commits and versions.

use model::query::has_word;

/// Digits of a whole commit id of git, by SHA-1 and by SHA-256.
const COMMIT_DIGITS: [usize; 2] = [40, 64];

/// Fewer digits are no short commit id: git writes seven or more.
const SHORT_COMMIT_DIGITS: usize = 7;

/// Whether a lower-case word finds a tag: it is a part of the tag, a whole commit ID whose start is a part of the tag,
/// or the version of the tag after a "v".
pub(super) fn is_in_tag(tag: &str, word: &str) -> bool {
    has_word(tag, word)
        || is_commit_in(tag, word)
        || version(word).is_some_and(|version| tag.starts_with(version))
}

/// The words, and the versions among them without the "v".
pub(super) fn spelled<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let versions = words.iter().filter_map(|word| version(word));
    words.iter().copied().chain(versions).collect()
}

/// A version without the "v" before it.
fn version(word: &str) -> Option<&str> {
    let version = word.strip_prefix('v')?;
    version
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some(version)
}

fn is_commit_in(tag: &str, word: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|it| it.is_ascii_hexdigit());
    let begins = |part: &str| {
        part.len() >= SHORT_COMMIT_DIGITS
            && word
                .get(..part.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(part))
    };
    COMMIT_DIGITS.contains(&word.len()) && is_hex(word) && tag.split(['-', '_', '.']).any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "0fe46044c1d2e3f405162738495a6b7c8d9e0f1a";

    #[test]
    fn a_whole_commit_id_means_the_tags_that_its_beginning_stands_in() {
        for tag in [
            "0fe4604",
            "0FE46044",
            "sha-0fe46044",
            "1.4.2-0fe46044",
            COMMIT,
        ] {
            assert!(is_in_tag(tag, COMMIT), "{tag}");
        }
        for tag in ["0fe460", "0fe46045", "prod", "fe46044"] {
            assert!(!is_in_tag(tag, COMMIT), "{tag}");
        }
        assert!(!is_in_tag("0fe4604", &COMMIT[..39]), "no commit id");
    }

    #[test]
    fn a_version_means_the_tag_without_the_letter_too() {
        for tag in ["1.7.1", "v1.7.1", "1.7.1-build.823"] {
            assert!(is_in_tag(tag, "v1.7.1"), "{tag}");
        }
        for tag in ["11.7.1", "1.7.2"] {
            assert!(!is_in_tag(tag, "v1.7.1"), "{tag}");
        }
        assert!(!is_in_tag("ersion", "version"));
        assert_eq!(spelled(&["api", "v1.7.1"]), ["api", "v1.7.1", "1.7.1"]);
    }
}
