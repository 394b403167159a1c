//! Which tags move.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{
    Digest, Tag, Timestamp,
    image::{GoneTag, TagKind, TagSighting},
    repository::Mutability,
};

use super::{gone::GoneTags, images::Images};

/// The tags of a repository that were seen to move, and where they pointed, newest first. It begins
/// with the first reading, since ECR keeps no history, and anew where readings were let go in between:
/// nobody knows what happened then. Of a tag that is gone, it knows when that was.
#[derive(Debug, Clone, Default)]
pub(super) struct TagMoves {
    moved: HashMap<Tag, Vec<TagSighting>>,
    /// The tags in it, for those who read many at once.
    names: Arc<HashSet<Tag>>,
    /// The tags that were not there at the first reading.
    appeared: HashMap<Tag, Appearance>,
    /// The tags that were there, and are not any more. Nothing bridges the gap when one of them comes back.
    gone: GoneTags,
    first: Option<Timestamp>,
}

/// When a tag came.
#[derive(Debug, Clone, Copy)]
struct Appearance {
    /// The last reading that had no such tag.
    absent: Timestamp,
    /// The first one that had it.
    seen: Timestamp,
}

/// The most sightings that are kept of one tag.
const MAX_SIGHTINGS: usize = 50;

impl TagMoves {
    /// Compares two readings, and says which tags moved, from where to where.
    pub(super) fn note<'a>(
        &mut self,
        before: &'a Images,
        after: &'a Images,
    ) -> Vec<(&'a Tag, &'a Digest, &'a Digest)> {
        let Some(now) = after.as_of() else {
            return Vec::new();
        };
        let Some(last) = before.as_of() else {
            *self = Self {
                first: Some(now),
                ..Self::default()
            };
            return Vec::new();
        };
        let mut moved = Vec::new();
        let pointed: HashMap<&Tag, &Digest> = before.tags().collect();
        let mut gone = pointed.clone();
        for (tag, digest) in after.tags() {
            gone.remove(tag);
            let Some(old) = pointed.get(tag) else {
                let appearance = Appearance {
                    absent: last,
                    seen: now,
                };
                self.appeared.insert(tag.clone(), appearance);
                self.gone.forget(tag);
                continue;
            };
            if *old == digest {
                continue;
            }
            let first_seen = self.first_seen(tag);
            let sightings = self.moved.entry(tag.clone()).or_insert_with(|| {
                vec![TagSighting {
                    digest: (*old).clone(),
                    first_seen,
                    last_seen: None,
                }]
            });
            if let Some(latest) = sightings.first_mut() {
                latest.last_seen = Some(last);
            }
            sightings.insert(
                0,
                TagSighting {
                    digest: digest.clone(),
                    first_seen: now,
                    last_seen: None,
                },
            );
            sightings.truncate(MAX_SIGHTINGS);
            moved.push((tag, *old, digest));
        }
        for tag in gone.keys() {
            self.appeared.remove(*tag);
            self.moved.remove(*tag);
        }
        self.gone.note(gone.into_iter(), last, now);
        if self.names.len() != self.moved.len() || !moved.is_empty() {
            self.names = Arc::new(self.moved.keys().cloned().collect());
        }
        moved
    }

    /// When the tags were read first; none where they were let go since.
    pub(super) fn first(&self) -> Option<Timestamp> {
        self.first
    }

    /// Where a tag was seen to point, newest first.
    pub(super) fn sightings(&self, tag: &Tag, now: &Digest) -> Vec<TagSighting> {
        let unmoved = || {
            vec![TagSighting {
                digest: now.clone(),
                first_seen: self.first_seen(tag),
                last_seen: None,
            }]
        };
        self.moved.get(tag).cloned().unwrap_or_else(unmoved)
    }

    /// The last reading without a tag, if that is just before the oldest of its sightings.
    pub(super) fn absent_before(&self, tag: &Tag) -> Option<Timestamp> {
        let sightings = self.moved.get(tag).map_or(0, Vec::len);
        let appeared = self.appeared.get(tag).map(|appearance| appearance.absent);
        appeared.filter(|_| sightings < MAX_SIGHTINGS)
    }

    /// When a tag was last seen that is not there any more.
    pub(super) fn gone(&self, tag: &Tag) -> Option<&GoneTag> {
        self.gone.get(tag)
    }

    fn first_seen(&self, tag: &Tag) -> Timestamp {
        let appeared = self.appeared.get(tag).map(|appearance| appearance.seen);
        appeared.or(self.first).unwrap_or(Timestamp(0))
    }

    /// The tags that were seen to move.
    pub(super) fn moved(&self) -> Arc<HashSet<Tag>> {
        Arc::clone(&self.names)
    }
}

/// What tells which tags move.
#[derive(Debug)]
pub(super) struct TagFacts {
    /// The tags that were seen to move.
    pub(super) moved: Arc<HashSet<Tag>>,
    /// What the repository's settings forbid; none for who may not see them.
    pub(super) mutability: Option<Mutability>,
}

/// Whether a tag moves: what was seen and what the repository's settings forbid come before its name.
pub(super) fn kind(tag: &Tag, by_name: TagKind, facts: &TagFacts) -> TagKind {
    let is_locked = |mutability: &Mutability| !mutability.lets_move(tag.as_str());
    if facts.moved.contains(tag) {
        TagKind::Moved
    } else if facts.mutability.as_ref().is_some_and(is_locked) {
        TagKind::Locked
    } else {
        by_name
    }
}

/// Where a tag stands among those of its image: what people call the image by comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TagRank {
    /// It moves, or looks as if it did: `prod`, `latest`, `1.4`.
    Floating,
    /// It names a version: `1.4.2`, `v2.0.13-rc.1`.
    Version,
    /// Any other: it names a commit, a day, a build or another image, or its name says nothing.
    Other,
}

/// Where a tag stands among those of its image.
pub(super) fn rank(tag: &Tag, kind: TagKind) -> TagRank {
    let version = tag.as_str().strip_prefix('v').unwrap_or(tag.as_str());
    let (major, rest) = version.split_once('.').unwrap_or(("", ""));
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if kind.is_floating() {
        TagRank::Floating
    } else if numeric(major) && rest.starts_with(|c: char| c.is_ascii_digit()) {
        TagRank::Version
    } else {
        TagRank::Other
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use model::{
        image::{ImageKind, Scan},
        natural_cmp,
    };

    use super::*;
    use crate::inventory::ImageRecord;

    #[test]
    fn what_moves_stands_before_versions_and_these_before_commits() {
        let tags = [
            "v2.0.1",
            "3f9a1c2",
            "1.4",
            "1.10.0",
            "prod",
            "1.9.0-build.3",
            "20261122",
        ];
        let mut tags: Vec<Tag> = tags.iter().map(|tag| tag.parse().unwrap()).collect();
        tags.sort_by(|left, right| natural_cmp(right.as_str(), left.as_str()));
        tags.sort_by_key(|tag| rank(tag, TagKind::by_name(tag)));
        let tags: Vec<_> = tags.iter().map(Tag::as_str).collect();
        let expected = [
            "prod",
            "1.4",
            "v2.0.1",
            "1.10.0",
            "1.9.0-build.3",
            "20261122",
            "3f9a1c2",
        ];
        assert_eq!(tags, expected);
        // A tag that cannot move is none that does, whatever it looks like.
        let prod = "prod".parse().unwrap();
        assert_eq!(rank(&prod, TagKind::Locked), TagRank::Other);
    }

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
        Images::read(records, Arc::default(), Timestamp(at))
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
        let sightings = now.map(|(_, now)| moves.sightings(&prod, now));
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
    fn a_tag_is_dated_from_when_it_was_seen_first() {
        let (other, prod) = (("other", 1), ("prod", 2));
        let readings = [
            reading(100, &[other]),
            reading(200, &[other, prod]),
            reading(300, &[other, ("prod", 3)]),
        ];
        assert_eq!(history(&readings[..2]), [(2, 200)]);
        assert_eq!(history(&readings), [(3, 300), (2, 200)]);
    }

    #[test]
    fn a_tag_that_was_gone_has_no_history() {
        let readings = [
            reading(100, &[("prod", 1)]),
            reading(200, &[("prod", 2)]),
            reading(300, &[]),
            reading(400, &[("prod", 3)]),
        ];
        assert_eq!(history(&readings[..2]), [(2, 200), (1, 100)]);
        assert_eq!(history(&readings), [(3, 400)]);
    }

    /// What is known of `prod` after these readings: when it was last seen and first missed, and the last
    /// reading without it before it came.
    fn around(readings: &[Images]) -> (Option<(i64, i64)>, Option<i64>) {
        let (mut moves, mut before) = (TagMoves::default(), Images::default());
        for reading in readings {
            moves.note(&before, reading);
            before = reading.clone();
        }
        let prod: Tag = "prod".parse().unwrap();
        let gone = moves.gone(&prod);
        (
            gone.map(|gone| (gone.last_seen.0, gone.gone_since.0)),
            moves.absent_before(&prod).map(|at| at.0),
        )
    }

    #[test]
    fn a_gap_is_told_and_not_bridged() {
        let readings = [
            reading(100, &[("other", 1)]),
            reading(200, &[("other", 1), ("prod", 2)]),
            reading(300, &[("other", 1)]),
            reading(400, &[("other", 1)]),
            reading(500, &[("other", 1), ("prod", 3)]),
        ];
        assert_eq!(around(&readings[..1]), (None, None), "never seen");
        assert_eq!(around(&readings[..2]), (None, Some(100)));
        assert_eq!(around(&readings[..3]), (Some((200, 300)), None));
        assert_eq!(around(&readings[..4]), (Some((200, 300)), None));
        assert_eq!(around(&readings), (None, Some(400)));
        assert_eq!(history(&readings), [(3, 500)]);
        // One that was there at the first look was there before, for all that is known.
        assert_eq!(around(&[reading(100, &[("prod", 1)])]), (None, None));
    }

    #[test]
    fn a_move_lies_between_two_looks() {
        let (mut moves, prod) = (TagMoves::default(), "prod".parse().unwrap());
        let looks = [(100, 1), (200, 1), (300, 2), (400, 2), (500, 3)];
        let looks = looks.map(|(at, image)| reading(at, &[("prod", image)]));
        moves.note(&Images::default(), &looks[0]);
        for pair in looks.windows(2) {
            moves.note(&pair[0], &pair[1]);
        }
        let seen = moves.sightings(&prod, &digest(3));
        let spans: Vec<_> = seen
            .iter()
            .map(|it| (it.first_seen.0, it.last_seen.map(|at| at.0)))
            .collect();
        assert_eq!(spans, [(500, None), (300, Some(400)), (100, Some(200))]);
    }

    #[test]
    fn readings_that_were_let_go_begin_the_history_anew() {
        let readings = [
            reading(100, &[("prod", 1)]),
            reading(200, &[("prod", 2)]),
            Images::default(),
            reading(400, &[("prod", 3)]),
        ];
        assert_eq!(history(&readings), [(3, 400)]);
    }

    #[test]
    fn history_and_settings_come_before_names() {
        let (prod, build): (Tag, Tag) =
            ("prod".parse().unwrap(), "1.4.2-build.831".parse().unwrap());
        let facts = |mutability: Option<Mutability>, moved: &[&Tag]| TagFacts {
            moved: Arc::new(moved.iter().copied().cloned().collect()),
            mutability,
        };
        let (immutable, mutable) = (Some(Mutability::Immutable), Some(Mutability::Mutable));
        for (tag, facts, expected) in [
            (&prod, facts(immutable.clone(), &[]), TagKind::Locked),
            (&prod, facts(mutable.clone(), &[]), TagKind::LooksFloating),
            (&build, facts(mutable.clone(), &[]), TagKind::LooksUnique),
            (&build, facts(mutable, &[&build]), TagKind::Moved),
            (&prod, facts(immutable, &[&prod]), TagKind::Moved),
            // Where the settings are not to be seen, nothing else takes their place.
            (&prod, facts(None, &[]), TagKind::LooksFloating),
            (&build, facts(None, &[]), TagKind::LooksUnique),
            (&build, facts(None, &[&build]), TagKind::Moved),
        ] {
            let kind = kind(tag, TagKind::by_name(tag), &facts);
            assert_eq!(kind, expected, "{tag} by {facts:?}");
        }
    }
}
