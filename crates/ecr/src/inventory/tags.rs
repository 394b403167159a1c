//! Which tags move.

use std::{collections::HashSet, sync::Arc};

use model::{Tag, image::TagKind, repository::Mutability};

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
    #[cfg(test)]
    crate::content::work::add(1);
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
    use model::natural_cmp;

    use super::*;

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
