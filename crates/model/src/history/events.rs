//! What happened to a tag, one event after the other.

use super::{TagHistory, TagSighting};
use crate::{Digest, Tag, Timestamp};

/// An image that a tag pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointedImage {
    /// The image.
    pub digest: Digest,
    /// Another tag that reads like its version.
    pub version_tag: Option<Tag>,
}

/// Something that happened to a tag between two readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagEvent {
    /// What happened.
    pub kind: TagEventKind,
    /// It happened after this time. None if no earlier reading is known.
    pub after: Option<Timestamp>,
    /// It happened before this time.
    pub before: Timestamp,
}

/// What happened to a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagEventKind {
    /// It was created.
    Created(PointedImage),
    /// It was deleted, and created again.
    CreatedAgain(PointedImage),
    /// It moved from the first image to the second one.
    Moved(PointedImage, PointedImage),
    /// It was deleted. It pointed at this image before.
    Deleted(PointedImage),
    /// The history begins: the tag existed already.
    FirstSeen(PointedImage),
}

impl TagHistory {
    /// What happened, newest first. The oldest event is left out if what came before it is not known.
    pub fn events(&self) -> Vec<TagEvent> {
        let older = self.seen.iter().skip(1).map(Some).chain([None]);
        let pairs = self.seen.iter().zip(older);
        pairs
            .flat_map(|(sighting, older)| [deletion(sighting), self.arrival(sighting, older)])
            .flatten()
            .collect()
    }

    /// How the tag came to an image, from the one before.
    fn arrival(&self, sighting: &TagSighting, older: Option<&TagSighting>) -> Option<TagEvent> {
        let image = pointed(sighting);
        let (kind, after) = match older {
            Some(older) => match older.gone {
                Some(gone) => (TagEventKind::CreatedAgain(image), Some(gone)),
                None => (TagEventKind::Moved(pointed(older), image), older.last_seen),
            },
            None => match (self.absent_before, self.more) {
                (Some(absent), _) => (TagEventKind::Created(image), Some(absent)),
                (None, 0) => (TagEventKind::FirstSeen(image), None),
                (None, _) => return None,
            },
        };
        Some(TagEvent {
            kind,
            after,
            before: sighting.first_seen,
        })
    }
}

fn deletion(sighting: &TagSighting) -> Option<TagEvent> {
    Some(TagEvent {
        kind: TagEventKind::Deleted(pointed(sighting)),
        after: sighting.last_seen,
        before: sighting.gone?,
    })
}

fn pointed(sighting: &TagSighting) -> PointedImage {
    PointedImage {
        digest: sighting.digest.clone(),
        version_tag: sighting.version_tag.clone(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn seen(byte: &str, first: i64, last: Option<i64>, gone: Option<i64>) -> TagSighting {
        TagSighting {
            digest: format!("sha256:{}", byte.repeat(32)).parse().unwrap(),
            version_tag: None,
            first_seen: Timestamp(first),
            last_seen: last.map(Timestamp),
            gone: gone.map(Timestamp),
        }
    }

    /// Each event as a line: `moved 1..2 aa bb`.
    fn said(history: &TagHistory) -> Vec<String> {
        let line = |event: TagEvent| {
            let name = |image: PointedImage| image.digest.hex()[..2].to_owned();
            let what = match event.kind {
                TagEventKind::Created(image) => format!("created {}", name(image)),
                TagEventKind::CreatedAgain(image) => format!("created again {}", name(image)),
                TagEventKind::Moved(from, to) => format!("moved {} {}", name(from), name(to)),
                TagEventKind::Deleted(image) => format!("deleted {}", name(image)),
                TagEventKind::FirstSeen(image) => format!("first seen {}", name(image)),
            };
            let after = event
                .after
                .map_or(String::new(), |after| after.0.to_string());
            format!("{what} {after}..{}", event.before.0)
        };
        history.events().into_iter().map(line).collect()
    }

    #[test]
    fn events_follow_from_neighbouring_sightings() {
        let history = TagHistory {
            seen: vec![
                seen("cc", 80, None, None),
                seen("bb", 40, Some(50), Some(60)),
                seen("aa", 20, Some(30), None),
            ],
            absent_before: Some(Timestamp(10)),
            ..TagHistory::default()
        };
        assert_eq!(
            said(&history),
            [
                "created again cc 60..80",
                "deleted bb 50..60",
                "moved aa bb 30..40",
                "created aa 10..20",
            ]
        );
    }

    #[test]
    fn nothing_is_said_about_what_came_before_the_first_reading() {
        let only = |more| TagHistory {
            seen: vec![seen("aa", 20, None, None)],
            more,
            ..TagHistory::default()
        };
        assert_eq!(said(&only(0)), ["first seen aa ..20"]);
        assert!(said(&only(3)).is_empty());
    }
}
