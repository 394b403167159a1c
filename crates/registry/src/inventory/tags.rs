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
/// with the first reading: ECR keeps no history.
#[derive(Debug, Default)]
pub(super) struct TagMoves {
    moved: HashMap<Tag, Vec<TagSighting>>,
    /// The tags in it, for those who read many at once.
    names: Arc<HashSet<Tag>>,
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
        let first = *self.first.get_or_insert(now);
        let mut moved = Vec::new();
        let pointed: HashMap<&Tag, &Digest> = before.tags().collect();
        for (tag, digest) in after.tags() {
            let Some(old) = pointed.get(tag).filter(|old| **old != digest) else {
                continue;
            };
            let sightings = self.moved.entry(tag.clone()).or_insert_with(|| {
                vec![TagSighting {
                    digest: (*old).clone(),
                    first_seen: first,
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
        if self.names.len() != self.moved.len() {
            self.names = Arc::new(self.moved.keys().cloned().collect());
        }
        moved
    }

    /// Where a tag was seen to point, newest first.
    pub(super) fn sightings(&self, tag: &Tag, now: &Digest) -> Vec<TagSighting> {
        let first_seen = self.first.unwrap_or(Timestamp(0));
        let unmoved = || {
            vec![TagSighting {
                digest: now.clone(),
                first_seen,
            }]
        };
        self.moved.get(tag).cloned().unwrap_or_else(unmoved)
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
    use super::*;

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
