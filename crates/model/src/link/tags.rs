//! The saved tags of a repository link, and how they differ from the current ones.

use serde::{Deserialize, Serialize};

use crate::{
    Digest, Tag,
    image::{TagMove, TagSighting},
    natural_cmp,
};

/// A tag, and the image that it points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagAt {
    /// The tag.
    pub tag: Tag,
    /// The image that it points at.
    pub digest: Digest,
}

/// The tags of a repository at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagList {
    /// The tags: all of them, or the maximum that is saved.
    pub tags: Vec<TagAt>,
    /// How many more tags there were.
    pub more: u32,
}

/// What is known about the tags of a repository between two moments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TagsSince {
    /// The link has no saved tags: an older version of Gantry created it.
    NotKept,
    /// The current tags were not read.
    NotRead,
    /// The tags were compared.
    Compared(TagDifferences),
}

/// The tags that differ between two moments. What happened in between is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagDifferences {
    /// Tags that people deploy from and that are gone first (`prod`), then those that point elsewhere, then others that
    /// are gone, then those that are new.
    pub changes: Vec<TagChange>,
    /// How many more tags differ.
    pub more: u32,
    /// How many saved tags were compared.
    pub compared: u32,
    /// How many tags the link did not save. If there are any, no new tags are listed, because a new tag may be one of
    /// them.
    pub not_kept: u32,
}

/// A tag that differs: it points at a different image, was deleted, or is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagChange {
    /// The tag.
    pub tag: Tag,
    /// The image that it pointed at then. None if it did not exist.
    pub then: Option<TagPoint>,
    /// The image that it points at now. None if it does not exist.
    pub now: Option<TagPoint>,
}

/// The tags that point at the same image as before, but were seen to point at other images, or to be missing, in
/// between.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagsReturned {
    /// The first few, floating tags first.
    pub first: Vec<TagReturned>,
    /// How many there are.
    pub count: u32,
}

/// A tag that moved or was deleted and has returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagReturned {
    /// The tag.
    pub tag: Tag,
    /// The images that it pointed at in between, newest first.
    pub elsewhere: Vec<TagSighting>,
    /// How it left its image.
    pub left: TagMove,
    /// The latest return.
    pub back: TagMove,
}

/// An image that a tag points at, and the version from another tag of the image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagPoint {
    /// The image.
    pub digest: Digest,
    /// The tag that looks like its version, if there is one.
    pub version_tag: Option<Tag>,
}

/// The tag that reads most like the version of an image (`1.7.1-build.823`, `v2.0.13`), among all of its
/// tags but the one that is asked about. A part of a version (`1`, `1.7`) moves on, and names none. A tag that is itself
/// a version needs no other.
pub fn version_among<'a>(
    tags: impl IntoIterator<Item = &'a Tag>,
    except: Option<&Tag>,
) -> Option<&'a Tag> {
    if except.is_some_and(|tag| reads_like_a_version(tag.as_str())) {
        return None;
    }
    let others = tags.into_iter().filter(|tag| Some(*tag) != except);
    let versions = others.filter(|tag| reads_like_a_version(tag.as_str()));
    // The longest is the most specific. Among equal lengths the natural order decides, so that the result is always
    // the same.
    versions.max_by(|one, other| {
        let lengths = one.as_str().len().cmp(&other.as_str().len());
        lengths.then_with(|| natural_cmp(one.as_str(), other.as_str()))
    })
}

/// Whether a text starts with three numbers separated by dots, as versions do.
fn reads_like_a_version(text: &str) -> bool {
    let text = text.strip_prefix('v').unwrap_or(text);
    let numbers = text.splitn(3, '.').map(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        (digits, digits == part.len())
    });
    match numbers.collect::<Vec<_>>()[..] {
        [(major, true), (minor, true), (patch, _)] => major > 0 && minor > 0 && patch > 0,
        _ => false,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn version(tags: &[&str]) -> Option<String> {
        let tags: Vec<Tag> = tags.iter().map(|tag| tag.parse().unwrap()).collect();
        let prod = "prod".parse().unwrap();
        version_among(&tags, Some(&prod)).map(ToString::to_string)
    }

    #[test]
    fn the_version_of_an_image_is_the_tag_that_looks_most_like_one() {
        for (tags, expected) in [
            (
                &["prod", "3f9a1c2", "1.7.1-build.823"][..],
                Some("1.7.1-build.823"),
            ),
            (&["1", "1.7", "1.7.1", "latest"], Some("1.7.1")),
            (&["1.7.1", "1.7.1-build.823"], Some("1.7.1-build.823")),
            (&["v2.0.13-rc.1"], Some("v2.0.13-rc.1")),
            (&["1.7.9", "1.7.8"], Some("1.7.9")),
            (
                &["prod", "1.4", "20261122", "3f9a1c2", "a.b.c", "1..2"],
                None,
            ),
            (&[], None),
        ] {
            assert_eq!(version(tags).as_deref(), expected, "{tags:?}");
        }
        let only: Tag = "1.7.1".parse().unwrap();
        assert_eq!(version_among([&only], Some(&only)), None);
        let build: Tag = "1.7.1-build.823".parse().unwrap();
        assert_eq!(version_among([&only, &build], Some(&only)), None);
        assert_eq!(version_among([&only, &build], Some(&build)), None);
    }
}
