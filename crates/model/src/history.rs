//! Where a tag has pointed, as far as it was seen.

use serde::{Deserialize, Serialize};

use crate::{Digest, Timestamp};

/// An image that a tag was seen to point at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagSighting {
    /// Where it pointed.
    pub digest: Digest,
    /// When that was first seen.
    pub first_seen: Timestamp,
    /// The last look at which it pointed there; none while it does, and where that was not kept.
    pub last_seen: Option<Timestamp>,
    /// The first look after that at which the tag was not there. None where it pointed elsewhere next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Timestamp>,
}

/// Where a tag was seen to point. Between two looks nobody knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagHistory {
    /// The images, newest first.
    pub seen: Vec<TagSighting>,
    /// The last look at which the tag was not there, just before the oldest of these. None where nothing is
    /// known of before.
    pub absent_before: Option<Timestamp>,
    /// How many earlier sightings there are than these.
    pub more: u32,
}

/// A tag that was seen and is not there any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneTag {
    /// The image that it pointed at when it was last seen.
    pub digest: Digest,
    /// The last look at which it was there.
    pub last_seen: Timestamp,
    /// The first look at which it was not.
    pub gone_since: Timestamp,
    /// Where it was seen to point until then.
    pub history: TagHistory,
}

/// How a tag came from one image to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagMove {
    /// The last look at the image before; none where that was not kept.
    pub last_seen: Option<Timestamp>,
    /// The first look at which the tag was not there, where it was deleted in between.
    pub gone: Option<Timestamp>,
    /// The first look at the image after.
    pub first_seen: Timestamp,
}

/// What has become of a tag since a moment, as far as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagSince {
    /// It points at the same image, and was not seen to do anything else.
    Stayed,
    /// It points at the same image again. In between it pointed elsewhere, was not there, or both.
    Returned {
        /// The images that it pointed at in between, newest first.
        elsewhere: Vec<TagSighting>,
        /// How it left the image.
        left: TagMove,
        /// The latest return.
        back: TagMove,
    },
    /// It points at another image.
    Moved {
        /// How often it was seen to move, or to be pushed again.
        times: usize,
        /// The latest time.
        latest: TagMove,
    },
}

impl TagHistory {
    /// The moves that were seen, newest first: from each sighting to the one after it.
    pub fn moves(&self) -> impl Iterator<Item = TagMove> + '_ {
        let pairs = self.seen.iter().zip(self.seen.iter().skip(1));
        pairs.map(|(after, before)| TagMove {
            last_seen: before.last_seen,
            gone: before.gone,
            first_seen: after.first_seen,
        })
    }

    /// What has become of the tag since a moment at which it pointed at an image. None where the tag is not
    /// there now.
    pub fn since(&self, then: &Digest, at: Timestamp) -> Option<TagSince> {
        let newest = self.seen.first().filter(|it| it.gone.is_none())?;
        let is_later = |it: &Option<Timestamp>| it.is_some_and(|seen| seen > at);
        let later =
            |it: &&TagSighting| it.first_seen > at || is_later(&it.last_seen) || is_later(&it.gone);
        let later: Vec<_> = self.seen.iter().skip(1).take_while(later).collect();
        let latest = self.moves().next();
        if newest.digest != *then {
            // From the image of then to the oldest that was seen after it is one move as well.
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

    /// How the tag first left where it pointed at a moment, of what was seen later than that.
    fn left(&self, at: Timestamp, later: &[&TagSighting]) -> Option<TagMove> {
        let oldest = later.last()?;
        let left = self.moves().take_while(|it| it.first_seen > at).last()?;
        // Whoever began to look later saw no look at the image before.
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

    /// The same with what was seen until a moment by somebody who did not look on: another process, or this one
    /// before it began anew. The tag was read last at `read`.
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
        Self { seen, ..earlier }
    }
}
