//! Tags and digests that a search finds.

use std::cell::LazyCell;

use model::{Digest, Tag, Timestamp, image::TagKind};

use super::Images;
use crate::{
    inventory::tags::{self, TagRank},
    record::ImageRecord,
};

/// The tags and the images that match a search.
pub type FoundNames = (Vec<Found<Tag>>, Vec<Found<Digest>>);

/// A tag or an image that matches a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<Name> {
    /// The tag or the digest.
    pub name: Name,
    /// The version of the image from another tag, if there is one.
    pub version: Option<Tag>,
    /// When the image was pushed. None if the viewer may not see it.
    pub pushed: Option<Timestamp>,
}

impl<Name: Clone + AsRef<str>> Found<Name> {
    fn on(record: &ImageRecord, name: &Name, version: Option<&Tag>) -> Self {
        Self {
            name: name.clone(),
            version: version.filter(|tag| tag.as_str() != name.as_ref()).cloned(),
            pushed: record.pushed,
        }
    }
}

impl Images {
    /// The tags and the images that match.
    pub(in crate::inventory) fn find(
        &self,
        tag: &dyn Fn(&Tag) -> bool,
        digest: &dyn Fn(&Digest) -> bool,
    ) -> FoundNames {
        let (mut tags_found, mut digests) = (Vec::new(), Vec::new());
        let reading = self.reading.iter();
        for record in reading.flat_map(|reading| &reading.records) {
            // Searched once for all tags of an image, because an image can have a thousand.
            let version = LazyCell::new(|| {
                let is_version =
                    |(tag, kind): &(&Tag, TagKind)| tags::rank(tag, *kind) == TagRank::Version;
                record.named().find(is_version).map(|(tag, _)| tag)
            });
            for found in record.tags.iter().filter(|found| tag(found)) {
                tags_found.push(Found::on(record, found, *version));
            }
            if digest(&record.digest) {
                digests.push(Found::on(record, &record.digest, *version));
            }
        }
        (tags_found, digests)
    }
}
