//! Where tags were seen to point.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use access::second_of;
use model::{
    Digest, Tag, Timestamp,
    image::{GoneTag, TagHistory, TagSighting},
};

use super::{
    gone::{self, GoneTags},
    images::Images,
};

/// Where the tags of a repository were seen to point. ECR keeps no history, so it begins with the
/// first reading. It restarts after images were released, because nothing is known about the time
/// in between. A tag that was deleted and exists again keeps its history, if it is among the latest
/// deleted tags.
#[derive(Debug, Clone, Default)]
pub(super) struct TagMoves {
    /// The existing tags that moved or were missing for a time.
    histories: HashMap<Tag, TagHistory>,
    /// The tags among them that were seen at more than one image, for readers of many tags.
    moved: Arc<HashSet<Tag>>,
    /// The tags that were missing at the first reading and have no history yet.
    appeared: HashMap<Tag, Appearance>,
    /// The tags that were deleted.
    gone: GoneTags,
    first: Option<Timestamp>,
}

/// When a tag was created.
#[derive(Debug, Clone, Copy)]
struct Appearance {
    /// The last reading without the tag.
    absent: Timestamp,
    /// The first reading with the tag.
    seen: Timestamp,
}

/// The maximum number of sightings of one tag.
const MAX_SIGHTINGS: usize = 50;

/// How many sightings, or new tags, have the weight of one image.
const PER_IMAGE: usize = 4;

/// A tag that points at a different image than before: between two readings, or after readings
/// without the tag.
pub(super) type Move = (Tag, Digest, Digest);

impl TagMoves {
    /// Compares two readings and returns which tags moved, with both digests. If the images were
    /// released, the history is deleted too, because changes are not seen until the images are read
    /// again.
    pub(super) fn note(&mut self, before: &Images, after: &Images) -> Vec<Move> {
        let Some(now) = after.as_of() else {
            *self = Self::default();
            return Vec::new();
        };
        // What the reading before returned was true when it began or later.
        let last = before.span().map(|(began, _)| second_of(began));
        let Some(last) = last else {
            *self = Self {
                first: Some(now),
                ..Self::default()
            };
            return Vec::new();
        };
        let mut moved = Vec::new();
        let mut before: HashMap<&Tag, &Digest> = before.tags().collect();
        // A tag that moves while ECR lists a repository can be on two images. Both readings use the
        // same one of them.
        let after: HashMap<&Tag, &Digest> = after.tags().collect();
        for (tag, digest) in after {
            match before.remove(tag) {
                None => moved.extend(self.comes(tag, digest, last, now)),
                Some(old) if old == digest => {}
                Some(old) => {
                    self.moves(tag, (old, digest), last, now);
                    moved.push((tag.clone(), old.clone(), digest.clone()));
                }
            }
        }
        let (kept, dropped) = gone::remembered(before);
        for tag in dropped {
            self.histories.remove(tag);
            self.appeared.remove(tag);
        }
        for (tag, digest) in kept {
            self.goes(tag, digest, last, now);
        }
        self.gone.forget_older();
        self.name_those_that_moved();
        moved
    }

    /// A tag exists that was missing at the last reading. It moved if it pointed at a different
    /// image before it was deleted.
    fn comes(
        &mut self,
        tag: &Tag,
        digest: &Digest,
        last: Timestamp,
        now: Timestamp,
    ) -> Option<Move> {
        if let Some(before) = self.gone.take(tag) {
            let mut history = before.history;
            push(&mut history, digest, now);
            self.histories.insert(tag.clone(), history);
            return (before.digest != *digest)
                .then(|| (tag.clone(), before.digest, digest.clone()));
        }
        let appearance = Appearance {
            absent: last,
            seen: now,
        };
        self.appeared.insert(tag.clone(), appearance);
        None
    }

    /// A tag points at a different image than at the last reading.
    fn moves(
        &mut self,
        tag: &Tag,
        (old, new): (&Digest, &Digest),
        last: Timestamp,
        now: Timestamp,
    ) {
        let mut history = self.history(tag, old);
        if let Some(latest) = history.seen.first_mut() {
            latest.last_seen = Some(last);
        }
        push(&mut history, new, now);
        self.histories.insert(tag.clone(), history);
    }

    /// A tag no longer exists.
    fn goes(&mut self, tag: &Tag, digest: &Digest, last: Timestamp, now: Timestamp) {
        let mut history = self.history(tag, digest);
        if let Some(latest) = history.seen.first_mut() {
            (latest.last_seen, latest.gone) = (Some(last), Some(now));
        }
        self.histories.remove(tag);
        self.appeared.remove(tag);
        let gone = GoneTag {
            digest: digest.clone(),
            last_seen: last,
            gone_since: now,
            history,
        };
        self.gone.note(tag, gone);
    }

    fn name_those_that_moved(&mut self) {
        let has_moved = |history: &TagHistory| {
            let mut digests = history.seen.iter().map(|it| &it.digest);
            let newest = digests.next();
            digests.any(|digest| Some(digest) != newest)
        };
        let moved = self.histories.iter().filter(|(_, it)| has_moved(it));
        let moved: HashSet<_> = moved.map(|(tag, _)| tag).collect();
        let same =
            moved.len() == self.moved.len() && moved.iter().all(|it| self.moved.contains(*it));
        if !same {
            self.moved = Arc::new(moved.into_iter().cloned().collect());
        }
    }

    /// The weight of the history, in images. People who push decide how large it is.
    pub(super) fn weight(&self) -> usize {
        let gone = self.gone.histories();
        let sightings = self.histories.values().chain(gone).map(|it| it.seen.len());
        (sightings.sum::<usize>() + self.appeared.len()) / PER_IMAGE
    }

    /// When the tags were first read. None if they were released since.
    pub(super) fn first(&self) -> Option<Timestamp> {
        self.first
    }

    /// The history of a tag that now points at this digest.
    pub(super) fn history(&self, tag: &Tag, now: &Digest) -> TagHistory {
        let unmoved = || {
            let appeared = self.appeared.get(tag);
            let first_seen = appeared.map(|it| it.seen).or(self.first);
            TagHistory {
                seen: vec![sighting(now, first_seen.unwrap_or(Timestamp(0)))],
                absent_before: appeared.map(|it| it.absent),
                ..TagHistory::default()
            }
        };
        self.histories.get(tag).cloned().unwrap_or_else(unmoved)
    }

    /// When a deleted tag was last seen, and where it pointed.
    pub(super) fn gone(&self, tag: &Tag) -> Option<&GoneTag> {
        self.gone.get(tag)
    }

    /// The tags that were seen to move.
    pub(super) fn moved(&self) -> Arc<HashSet<Tag>> {
        Arc::clone(&self.moved)
    }
}

fn sighting(digest: &Digest, first_seen: Timestamp) -> TagSighting {
    TagSighting {
        digest: digest.clone(),
        version_tag: None,
        first_seen,
        last_seen: None,
        gone: None,
    }
}

/// Adds a sighting. The absence before the oldest sighting is known only until sightings are
/// dropped.
fn push(history: &mut TagHistory, digest: &Digest, now: Timestamp) {
    history.seen.insert(0, sighting(digest, now));
    if history.seen.len() > MAX_SIGHTINGS {
        history.seen.truncate(MAX_SIGHTINGS);
        history.absent_before = None;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests;
