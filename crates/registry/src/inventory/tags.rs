//! Which tags move.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{
    Digest, Tag, Timestamp,
    image::{TagKind, TagSighting},
    repository::Mutability,
};

use super::images::Images;

/// The tags of a repository that were seen to move, and where they pointed, newest first. It begins
/// with the first reading, since ECR keeps no history, and anew where readings were let go in between:
/// nobody knows what happened then. A tag that is gone is forgotten.
#[derive(Debug, Default)]
pub(super) struct TagMoves {
    moved: HashMap<Tag, Vec<TagSighting>>,
    /// The tags in it, for those who read many at once.
    names: Arc<HashSet<Tag>>,
    /// The tags that were not there at the first reading, and when they were seen first.
    appeared: HashMap<Tag, Timestamp>,
    first: Option<Timestamp>,
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
        if before.as_of().is_none() {
            *self = Self {
                first: Some(now),
                ..Self::default()
            };
            return Vec::new();
        }
        let mut moved = Vec::new();
        let pointed: HashMap<&Tag, &Digest> = before.tags().collect();
        let mut gone: HashSet<&Tag> = pointed.keys().copied().collect();
        for (tag, digest) in after.tags() {
            gone.remove(tag);
            let Some(old) = pointed.get(tag) else {
                self.appeared.insert(tag.clone(), now);
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
                }]
            });
            sightings.insert(
                0,
                TagSighting {
                    digest: digest.clone(),
                    first_seen: now,
                },
            );
            sightings.truncate(MAX_SIGHTINGS);
            moved.push((tag, *old, digest));
        }
        for tag in gone {
            self.appeared.remove(tag);
            self.moved.remove(tag);
        }
        if self.names.len() != self.moved.len() || !moved.is_empty() {
            self.names = Arc::new(self.moved.keys().cloned().collect());
        }
        moved
    }

    /// Where a tag was seen to point, newest first.
    pub(super) fn sightings(&self, tag: &Tag, now: &Digest) -> Vec<TagSighting> {
        let unmoved = || {
            vec![TagSighting {
                digest: now.clone(),
                first_seen: self.first_seen(tag),
            }]
        };
        self.moved.get(tag).cloned().unwrap_or_else(unmoved)
    }

    fn first_seen(&self, tag: &Tag) -> Timestamp {
        let appeared = self.appeared.get(tag).copied();
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

/// Whether a tag moves: what was seen and what the repository's settings forbid come before looks.
pub(super) fn kind(tag: &Tag, facts: &TagFacts) -> TagKind {
    let is_locked = |mutability: &Mutability| !mutability.lets_move(tag.as_str());
    if facts.moved.contains(tag) {
        TagKind::Moved
    } else if facts.mutability.as_ref().is_some_and(is_locked) {
        TagKind::Locked
    } else {
        by_looks(tag)
    }
}

/// Whether a tag moves, by its looks: a guess, where nothing better is known.
pub(crate) fn by_looks(tag: &Tag) -> TagKind {
    if looks_unique(tag.as_str()) {
        TagKind::LooksUnique
    } else {
        TagKind::LooksStable
    }
}

/// Where a tag stands among those of its image: what people call the image by comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TagRank {
    /// It moves: `prod`, `latest`, `1.4`.
    Floating,
    /// It names a version: `1.4.2`, `v2.0.13-rc.1`.
    Version,
    /// It names a commit, a day, a build or another image.
    Other,
}

/// Where a tag stands among those of its image.
pub(super) fn rank(tag: &Tag, kind: TagKind) -> TagRank {
    let version = tag.as_str().strip_prefix('v').unwrap_or(tag.as_str());
    let (major, rest) = version.split_once('.').unwrap_or(("", ""));
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !kind.is_unique() {
        TagRank::Floating
    } else if numeric(major) && rest.starts_with(|c: char| c.is_ascii_digit()) {
        TagRank::Version
    } else {
        TagRank::Other
    }
}

/// Whether a tag looks as if it was made for one image: it names a build, a commit or a day, or is a
/// full version (`1.4.2`; `1.4` and `1` are moved from one to the next).
fn looks_unique(tag: &str) -> bool {
    let mut parts = tag.split(['.', '-', '_']);
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let version = tag.strip_prefix('v').unwrap_or(tag);
    let leading_numbers = version
        .split(['.', '-', '_'])
        .take_while(|part| numeric(part))
        .count();
    parts.any(|part| {
        let hex = part.bytes().all(|b| b.is_ascii_hexdigit()) && (7..=64).contains(&part.len());
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        // A commit id has digits among its letters; a word such as `deadbeef` or `facade` rarely is one.
        (hex && digits >= 2) || (numeric(part) && part.len() >= 5)
    }) || leading_numbers >= 3
        || tag.contains("build")
        || tag.starts_with("sha256-")
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
    fn looks_are_a_guess_that_people_would_make() {
        for unique in [
            "1.4.2",
            "v2.0.13-rc.1",
            "1.4.2-build.831",
            "3f9a1c2",
            "20261122",
            "main-4f2a91bc",
            "build-831",
            "2026-11-22",
        ] {
            assert!(looks_unique(unique), "{unique}");
        }
        for stable in [
            "latest",
            "prod",
            "1",
            "1.4",
            "v2",
            "staging",
            "bookworm",
            "1.4-alpine",
            "release-2024",
            "facade",
        ] {
            assert!(!looks_unique(stable), "{stable}");
        }
    }

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
        tags.sort_by_key(|tag| rank(tag, by_looks(tag)));
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
    fn history_and_settings_come_before_looks() {
        let (prod, build): (Tag, Tag) =
            ("prod".parse().unwrap(), "1.4.2-build.831".parse().unwrap());
        let facts = |mutability: Option<Mutability>, moved: &[&Tag]| TagFacts {
            moved: Arc::new(moved.iter().copied().cloned().collect()),
            mutability,
        };
        let (immutable, mutable) = (Some(Mutability::Immutable), Some(Mutability::Mutable));
        for (tag, facts, expected) in [
            (&prod, facts(immutable.clone(), &[]), TagKind::Locked),
            (&prod, facts(mutable.clone(), &[]), TagKind::LooksStable),
            (&build, facts(mutable.clone(), &[]), TagKind::LooksUnique),
            (&build, facts(mutable, &[&build]), TagKind::Moved),
            (&prod, facts(immutable, &[&prod]), TagKind::Moved),
            // Where the settings are not to be seen, nothing else takes their place.
            (&prod, facts(None, &[]), TagKind::LooksStable),
            (&build, facts(None, &[]), TagKind::LooksUnique),
            (&build, facts(None, &[&build]), TagKind::Moved),
        ] {
            assert_eq!(kind(tag, &facts), expected, "{tag} by {facts:?}");
        }
    }
}
