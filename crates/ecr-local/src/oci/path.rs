//! Parses the path below `/v2/`.
//!
//! A repository's name contains slashes and is at the start, which a router's pattern cannot express. So the path is
//! read from its end.

use crate::registry::{Digest, Reference};

/// The resource of a path below `/v2/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `<name>/blobs/<digest>`
    Blob(Digest),
    /// `<name>/blobs/uploads/`
    Uploads,
    /// `<name>/blobs/uploads/<id>`
    Upload(String),
    /// `<name>/manifests/<tag or digest>`
    Manifest(Reference),
    /// `<name>/tags/list`
    Tags,
    /// `<name>/referrers/<digest>`
    Referrers(Digest),
}

/// Splits a path into the repository's name and the place in it. None if the path does not exist.
pub fn parse(path: &str) -> Option<(&str, Place)> {
    let (name, place) = parse_parts(path)?;
    (!name.is_empty()).then_some((name, place))
}

fn parse_parts(path: &str) -> Option<(&str, Place)> {
    if let Some(name) = path
        .strip_suffix("/blobs/uploads/")
        .or_else(|| path.strip_suffix("/blobs/uploads"))
    {
        return Some((name, Place::Uploads));
    }
    if let Some(name) = path.strip_suffix("/tags/list") {
        return Some((name, Place::Tags));
    }
    let (front, last) = path.rsplit_once('/')?;
    if let Some(name) = front.strip_suffix("/blobs/uploads") {
        return Some((name, Place::Upload(last.to_owned())));
    }
    if let Some(name) = front.strip_suffix("/blobs") {
        return Some((name, Place::Blob(last.parse().ok()?)));
    }
    if let Some(name) = front.strip_suffix("/manifests") {
        return Some((name, Place::Manifest(reference(last)?)));
    }
    let name = front.strip_suffix("/referrers")?;
    Some((name, Place::Referrers(last.parse().ok()?)))
}

/// A tag never contains a colon, a digest always does.
fn reference(text: &str) -> Option<Reference> {
    if text.contains(':') {
        text.parse().ok().map(Reference::Digest)
    } else {
        Some(Reference::Tag(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_contain_slashes_and_the_words_of_the_protocol() {
        let digest = Digest::of(b"");
        for (path, expected) in [
            ("a/b/c/tags/list".to_owned(), ("a/b/c", Place::Tags)),
            ("tags/list/tags/list".to_owned(), ("tags/list", Place::Tags)),
            ("a/blobs/uploads/".to_owned(), ("a", Place::Uploads)),
            (
                "a/blobs/uploads/42".to_owned(),
                ("a", Place::Upload("42".to_owned())),
            ),
            (format!("a/blobs/{digest}"), ("a", Place::Blob(digest))),
            (
                format!("a/manifests/{digest}"),
                ("a", Place::Manifest(Reference::Digest(digest))),
            ),
            (
                "a/manifests/1.4".to_owned(),
                ("a", Place::Manifest(Reference::Tag("1.4".to_owned()))),
            ),
            (
                format!("a/referrers/{digest}"),
                ("a", Place::Referrers(digest)),
            ),
        ] {
            assert_eq!(parse(&path), Some(expected), "{path}");
        }
    }

    #[test]
    fn other_paths_do_not_exist() {
        for path in [
            "",
            "a",
            "/tags/list",
            "a/manifests/sha256:12",
            "a/blobs/latest",
            "a/b/c/d",
        ] {
            assert_eq!(parse(path), None, "{path}");
        }
    }
}
