//! Looks up the image that a tag of a reading points at.

use model::Tag;

use crate::record::HeldImage;

/// The positions of all tags, in the order of their names. It needs eight bytes per tag, while the
/// tag and its digest need more than a hundred, so
/// [`ImageRecord::weight`](crate::ImageRecord::weight) covers them.
#[derive(Debug, Default)]
pub(super) struct TagIndex(Box<[Place]>);

/// The position of a tag's image among the records, and the position of the tag in that image.
#[derive(Debug, Clone, Copy)]
struct Place {
    record: u32,
    tag: u32,
}

impl Place {
    fn tag(self, records: &[HeldImage]) -> Option<&str> {
        let tags = &records.get(self.record as usize)?.tags;
        tags.get(self.tag as usize).map(Tag::as_str)
    }
}

impl TagIndex {
    /// Slow if there are many tags. Do not call it on a thread that answers requests.
    pub(super) fn of(records: &[HeldImage]) -> Self {
        let places = (0..).zip(records).flat_map(|(record, held)| {
            let tags = (0..).zip(&held.tags);
            tags.map(move |(tag, _)| Place { record, tag })
        });
        let mut places: Vec<_> = places.collect();
        // The sort is stable: a tag that moved while it was read is on two images, and the first
        // one is found.
        places.sort_by_key(|place| place.tag(records));
        Self(places.into())
    }

    /// The image with this tag. The records must be those that the index was built from.
    pub(super) fn find<'a>(&self, records: &'a [HeldImage], tag: &Tag) -> Option<&'a HeldImage> {
        let stands_before = |place: &Place| {
            #[cfg(test)]
            crate::content::work::add(1);
            place.tag(records) < Some(tag.as_str())
        };
        let place = self.0.get(self.0.partition_point(stands_before))?;
        let is_it = place.tag(records) == Some(tag.as_str());
        records.get(place.record as usize).filter(|_| is_it)
    }
}
