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
mod tests {
    use std::time::Instant;

    use model::image::{ImageKind, Scan};

    use super::{super::images::at_second, *};
    use crate::record::ImageRecord;

    fn reading(at: i64, tags: &[(&str, u32)]) -> Images {
        let record = |(tag, image): &(&str, u32)| ImageRecord {
            digest: digest(*image),
            tags: vec![tag.parse().unwrap()],
            kind: ImageKind::Image,
            size: None,
            pushed: None,
            pulled: None,
            scan: Scan::None,
            archived: false,
            subject: None,
        };
        let records = tags.iter().map(record).collect();
        Images::read(records, Arc::default(), Instant::now(), at_second(at))
    }

    fn digest(image: u32) -> Digest {
        format!("sha256:{image:064x}").parse().unwrap()
    }

    /// The history of `prod` after these readings: when each image was first seen.
    fn history(readings: &[Images]) -> Vec<(u32, i64)> {
        let (mut moves, mut before) = (TagMoves::default(), Images::default());
        for reading in readings {
            moves.note(&before, reading);
            before = reading.clone();
        }
        let prod: Tag = "prod".parse().unwrap();
        let now = before.tags().find(|(tag, _)| **tag == prod);
        let sightings = now.map(|(_, now)| moves.history(&prod, now).seen);
        let image = |sighting: &TagSighting| {
            (0..10)
                .find(|image| digest(*image) == sighting.digest)
                .unwrap()
        };
        let sightings = sightings.unwrap_or_default();
        sightings
            .iter()
            .map(|it| (image(it), it.first_seen.0))
            .collect()
    }

    #[test]
    fn a_tag_is_dated_from_when_it_was_first_seen() {
        let (other, prod) = (("other", 1), ("prod", 2));
        let readings = [
            reading(100, &[other]),
            reading(200, &[other, prod]),
            reading(300, &[other, ("prod", 3)]),
        ];
        assert_eq!(history(&readings[..2]), [(2, 200)]);
        assert_eq!(history(&readings), [(3, 300), (2, 200)]);
    }

    /// The history of `prod` after these readings, even if it was deleted: each image with the
    /// times when it was first seen, last seen and first missing; and the last reading without the
    /// tag before all of them. An image is a number.
    type Sighted = (u32, i64, Option<i64>, Option<i64>);

    fn known(readings: &[Images]) -> (Vec<Sighted>, Option<i64>) {
        let (mut moves, mut before) = (TagMoves::default(), Images::default());
        for reading in readings {
            moves.note(&before, reading);
            before = reading.clone();
        }
        let prod: Tag = "prod".parse().unwrap();
        let there = before.tags().find(|(tag, _)| **tag == prod);
        let history = match there {
            Some((_, now)) => moves.history(&prod, now),
            None => moves
                .gone(&prod)
                .map(|gone| gone.history.clone())
                .unwrap_or_default(),
        };
        let image = |found: &Digest| (0..10).find(|image| digest(*image) == *found).unwrap();
        let seconds = |at: Option<Timestamp>| at.map(|at| at.0);
        let seen = history.seen.iter();
        let seen = seen.map(|it| {
            let TagSighting {
                digest,
                first_seen,
                last_seen,
                gone,
            } = it;
            (
                image(digest),
                first_seen.0,
                seconds(*last_seen),
                seconds(*gone),
            )
        });
        (seen.collect(), seconds(history.absent_before))
    }

    #[test]
    fn a_tag_that_was_deleted_and_created_again_keeps_its_history() {
        let readings = [
            reading(100, &[("prod", 1)]),
            reading(200, &[("prod", 2)]),
            reading(300, &[]),
            reading(400, &[]),
            reading(500, &[("prod", 3)]),
            reading(600, &[("prod", 4)]),
        ];
        let until_gone = vec![(2, 200, Some(200), Some(300)), (1, 100, Some(100), None)];
        assert_eq!(known(&readings[..3]), (until_gone.clone(), None));
        assert_eq!(known(&readings[..4]), (until_gone.clone(), None));
        let mut back = until_gone.clone();
        back.insert(0, (3, 500, None, None));
        assert_eq!(known(&readings[..5]), (back, None));
        let mut moved = until_gone;
        moved.splice(0..0, [(4, 600, None, None), (3, 500, Some(500), None)]);
        assert_eq!(known(&readings), (moved, None));
    }

    #[test]
    fn a_tag_that_was_deleted_and_points_at_the_same_image_again_has_not_moved() {
        let readings = [
            reading(100, &[("prod", 1)]),
            reading(200, &[]),
            reading(300, &[("prod", 1)]),
            reading(400, &[("prod", 2)]),
        ];
        let (mut moves, prod): (_, Tag) = (TagMoves::default(), "prod".parse().unwrap());
        moves.note(&Images::default(), &readings[0]);
        for (pair, moved) in readings.windows(2).zip([false, false, true]) {
            moves.note(&pair[0], &pair[1]);
            assert_eq!(moves.moved().contains(&prod), moved);
        }
        let back = vec![(1, 300, None, None), (1, 100, Some(100), Some(200))];
        assert_eq!(known(&readings[..3]), (back, None));
    }

    #[test]
    fn the_absence_before_the_oldest_sighting_is_known_after_a_gap() {
        let readings = [
            reading(100, &[("other", 1)]),
            reading(200, &[("other", 1), ("prod", 2)]),
            reading(300, &[("other", 1)]),
            reading(400, &[("other", 1)]),
            reading(500, &[("other", 1), ("prod", 3)]),
        ];
        assert_eq!(known(&readings[..1]), (vec![], None), "never seen");
        assert_eq!(
            known(&readings[..2]),
            (vec![(2, 200, None, None)], Some(100))
        );
        let gone = (2, 200, Some(200), Some(300));
        assert_eq!(known(&readings[..4]), (vec![gone], Some(100)));
        assert_eq!(
            known(&readings),
            (vec![(3, 500, None, None), gone], Some(100))
        );
        // A tag that existed at the first reading may have existed before it.
        assert_eq!(known(&[reading(100, &[("prod", 1)])]).1, None);
    }

    #[test]
    fn a_move_is_between_two_readings() {
        let (mut moves, prod) = (TagMoves::default(), "prod".parse().unwrap());
        let looks = [(100, 1), (200, 1), (300, 2), (400, 2), (500, 3)];
        let looks = looks.map(|(at, image)| reading(at, &[("prod", image)]));
        moves.note(&Images::default(), &looks[0]);
        for pair in looks.windows(2) {
            moves.note(&pair[0], &pair[1]);
        }
        let seen = moves.history(&prod, &digest(3)).seen;
        let spans: Vec<_> = seen
            .iter()
            .map(|it| (it.first_seen.0, it.last_seen.map(|at| at.0)))
            .collect();
        assert_eq!(spans, [(500, None), (300, Some(400)), (100, Some(200))]);
    }

    #[test]
    fn the_history_restarts_after_images_were_released() {
        let readings = [
            reading(100, &[("prod", 1)]),
            reading(200, &[("prod", 2)]),
            Images::default(),
            reading(400, &[("prod", 3)]),
        ];
        assert_eq!(history(&readings), [(3, 400)]);
    }

    /// ECR needs several calls to list a repository.
    #[test]
    fn a_tag_that_moves_while_it_is_listed_moves_once() {
        for (old, new) in [(1, 2), (2, 1)] {
            let twice = reading(200, &[("prod", old), ("prod", new)]);
            let readings = [
                reading(100, &[("prod", old)]),
                twice,
                reading(300, &[("prod", new)]),
            ];
            let (mut moves, mut before, mut moved) =
                (TagMoves::default(), Images::default(), Vec::new());
            for reading in &readings {
                moved.extend(moves.note(&before, reading));
                before = reading.clone();
            }
            assert_eq!(moved, [("prod".parse().unwrap(), digest(old), digest(new))]);
            assert_eq!(history(&readings).len(), 2, "{old} to {new}");
        }
    }

    #[test]
    fn floating_tags_are_remembered_among_many_deleted_tags() {
        let names: Vec<String> = (0..1_000).map(|n| format!("z-{n:05}")).collect();
        let mut tags: Vec<_> = names.iter().map(|name| (name.as_str(), 1)).collect();
        tags.push(("prod", 1));
        let (all, none) = (reading(100, &tags), reading(200, &[]));
        let again = reading(300, &[("prod", 2)]);
        let mut moves = TagMoves::default();
        moves.note(&Images::default(), &all);
        moves.note(&all, &none);
        let moved = moves.note(&none, &again);
        assert_eq!(moved, [("prod".parse().unwrap(), digest(1), digest(2))]);
    }
}
