//! Addresses whose tag or digest is none.

use model::{Digest, DigestBeginning, Tag};

use super::{NEW_LINK, value_of};

/// A text in the place of a tag or a digest in an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidReference {
    /// It is not a tag.
    Tag(String),
    /// It is neither a digest nor the beginning of one.
    Digest(String),
}

/// What stands in the place of a tag or a digest in the path of a page, or in the query of the form for a link, and is
/// none.
pub fn invalid_reference(path: &str) -> Option<InvalidReference> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let segment = |start: &str| {
        let segment = path.strip_prefix(start)?.split('/').nth(1)?;
        value_of(&format!("it={}", segment.replace('+', "%2B")), "it")
    };
    let of_link = |key: &str| value_of(query, key).filter(|_| path == NEW_LINK);
    let is_digest =
        |text: &str| text.parse::<Digest>().is_ok() || text.parse::<DigestBeginning>().is_ok();
    let tag = segment("/tags/").or_else(|| of_link("tag"));
    let digest = segment("/images/").or_else(|| of_link("digest"));
    let shown = |text: String| text.chars().take(128).collect();
    match (tag, digest) {
        (Some(tag), _) if tag.parse::<Tag>().is_err() => Some(InvalidReference::Tag(shown(tag))),
        (_, Some(digest)) if !is_digest(&digest) => Some(InvalidReference::Digest(shown(digest))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_no_tag_and_no_digest_is_named() {
        let tag = |text: &str| Some(InvalidReference::Tag(text.into()));
        let digest = |text: &str| Some(InvalidReference::Digest(text.into()));
        for (path, expected) in [
            (
                "/tags/retail/users-api:1.7/storefront/users-api",
                tag("users-api:1.7"),
            ),
            ("/tags/retail/a%3Ab+c/storefront/users-api", tag("a:b+c")),
            ("/tags/retail/1.7/storefront/users-api", None),
            ("/images/retail/3f9a/storefront/users-api", None),
            ("/images/retail/prod/storefront/users-api", digest("prod")),
            ("/links/new?registry=retail&name=a/b&tag=a:b", tag("a:b")),
            ("/links/new?registry=retail&name=a/b&tag=prod", None),
            ("/links?tag=a:b", None),
            ("/repositories/retail/a:b", None),
        ] {
            assert_eq!(invalid_reference(path), expected, "{path}");
        }
    }
}
