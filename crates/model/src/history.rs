//! The images that a tag has pointed at, as far as Gantry has seen.

mod events;
mod moment;

pub use events::{PointedImage, TagEvent, TagEventKind};
pub use moment::{Doubt, HistoryDetail, KnownMoment, Moment};

use serde::{Deserialize, Serialize};

use crate::{Digest, Tag, Timestamp};

/// An image that a tag was seen to point at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagSighting {
    /// The image.
    pub digest: Digest,
    /// Another tag that reads like the version of the image, as of the latest reading. None for a deleted image.
    pub version_tag: Option<Tag>,
    /// When the tag was first seen there.
    pub first_seen: Timestamp,
    /// The last time that the tag was seen there. None if it still points there, or if the time was not kept.
    pub last_seen: Option<Timestamp>,
    /// The first time after that when the tag was seen to be missing. None if it pointed at another image next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Timestamp>,
}

/// The images that a tag was seen to point at. What happened between two readings is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagHistory {
    /// The images, newest first.
    pub seen: Vec<TagSighting>,
    /// The last time that the tag was seen to be missing before the oldest of these. None if nothing earlier is
    /// known.
    pub absent_before: Option<Timestamp>,
    /// How many earlier sightings are left out.
    pub more: u32,
    /// The times in which Gantry did not read the repository for longer than usual, newest first. A move to another
    /// image and back in such a time is not known.
    pub gaps: Vec<HistoryGap>,
}

/// A time without readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryGap {
    /// When the last reading before it ended.
    pub from: Timestamp,
    /// When the next reading began.
    pub until: Timestamp,
}

/// A tag that was seen and no longer exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneTag {
    /// The image that it pointed at when it was last seen.
    pub digest: Digest,
    /// The last time that the tag was seen.
    pub last_seen: Timestamp,
    /// The first time that the tag was seen to be missing.
    pub gone_since: Timestamp,
    /// The images that it was seen to point at until then.
    pub history: TagHistory,
}

/// How a tag moved from one image to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagMove {
    /// The last time that the previous image was seen. None if that was not kept.
    pub last_seen: Option<Timestamp>,
    /// The first time that the tag was seen to be missing, if it was deleted in between.
    pub gone: Option<Timestamp>,
    /// The first time that the next image was seen.
    pub first_seen: Timestamp,
}

/// What has happened to a tag since a moment, as far as Gantry has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagSince {
    /// It points at the same image, and was not seen to move.
    Stayed,
    /// It points at the same image again. In between it pointed at other images, was missing, or both.
    Returned {
        /// The images that it pointed at in between, newest first.
        elsewhere: Vec<TagSighting>,
        /// How it left the image.
        left: TagMove,
        /// The latest return to it.
        back: TagMove,
    },
    /// It points at a different image.
    Moved {
        /// How many times it was seen to move or to be pushed again.
        times: usize,
        /// The latest move.
        latest: TagMove,
    },
}

impl TagHistory {
    /// The moves that were seen, newest first: from each sighting to the next one.
    pub fn moves(&self) -> impl Iterator<Item = TagMove> + '_ {
        let pairs = self.seen.iter().zip(self.seen.iter().skip(1));
        pairs.map(|(after, before)| TagMove {
            last_seen: before.last_seen,
            gone: before.gone,
            first_seen: after.first_seen,
        })
    }

    /// What has happened to the tag since a moment when it pointed at an image. None if the tag does not exist now.
    pub fn since(&self, then: &Digest, at: Timestamp) -> Option<TagSince> {
        let newest = self.seen.first().filter(|it| it.gone.is_none())?;
        let is_later = |it: &Option<Timestamp>| it.is_some_and(|seen| seen > at);
        let later =
            |it: &&TagSighting| it.first_seen > at || is_later(&it.last_seen) || is_later(&it.gone);
        let later: Vec<_> = self.seen.iter().skip(1).take_while(later).collect();
        let latest = self.moves().next();
        if newest.digest != *then {
            // From the image at that moment to the oldest one seen after it is also a move.
            let elsewhere = later.iter().filter(|it| it.first_seen > at).count();
            return Some(TagSince::Moved {
                times: 1 + elsewhere,
                latest: latest.unwrap_or(TagMove {
                    last_seen: Some(at),
                    gone: None,
                    first_seen: newest.first_seen,
                }),
            });
        }
        let away = |it: &&&TagSighting| it.digest != *then;
        let was_gone = later.iter().any(|it| is_later(&it.gone));
        let elsewhere: Vec<_> = later.iter().filter(away).map(|it| (*it).clone()).collect();
        Some(match latest {
            Some(back) if was_gone || !elsewhere.is_empty() => {
                let left = self.left(at, &later).unwrap_or(back);
                TagSince::Returned {
                    elsewhere,
                    left,
                    back,
                }
            }
            _ => TagSince::Stayed,
        })
    }

    /// How the tag first left its image of that moment, based on later sightings.
    fn left(&self, at: Timestamp, later: &[&TagSighting]) -> Option<TagMove> {
        let oldest = later.last()?;
        let left = self.moves().take_while(|it| it.first_seen > at).last()?;
        // A process that started later has not seen the previous image.
        let unseen = TagMove {
            last_seen: Some(at),
            gone: self.absent_before.filter(|absent| *absent > at),
            first_seen: oldest.first_seen,
        };
        if oldest.first_seen > at && left.first_seen > oldest.first_seen {
            return Some(unseen);
        }
        Some(TagMove {
            last_seen: Some(left.last_seen.map_or(at, |seen| seen.max(at))),
            ..left
        })
    }

    /// Adds earlier sightings, up to a moment, from a process that stopped watching: another one, or this one before
    /// a restart. The tag was last read at `read`.
    #[must_use]
    pub fn after(self, mut earlier: Self, at: Timestamp, read: Timestamp) -> Self {
        let Some(then) = earlier.seen.first_mut() else {
            return self;
        };
        let known = self.seen.iter().find(|it| it.first_seen <= at);
        if known.is_some_and(|it| it.digest == then.digest) {
            return self;
        }
        then.last_seen = Some(at);
        let Some(newest) = self.seen.first().cloned() else {
            then.gone = Some(read);
            return earlier;
        };
        let absent = self.absent_before.filter(|absent| *absent > at);
        let mut seen: Vec<_> = self
            .seen
            .into_iter()
            .filter(|it| it.first_seen > at)
            .collect();
        if seen.is_empty() {
            seen.push(TagSighting {
                first_seen: read.max(at),
                ..newest
            });
        }
        then.gone = absent;
        if let Some(oldest) = seen.last_mut()
            && oldest.digest == then.digest
            && absent.is_none()
        {
            oldest.first_seen = then.first_seen;
            earlier.seen.remove(0);
        }
        seen.append(&mut earlier.seen);
        Self {
            seen,
            gaps: self.gaps,
            ..earlier
        }
    }
}
