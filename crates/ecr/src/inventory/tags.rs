//! Decides which tags are floating.

use std::{collections::HashSet, sync::Arc};

use model::{Tag, image::TagKind, repository::Mutability};

/// The facts that decide whether a tag is floating.
#[derive(Debug)]
pub(super) struct TagFacts {
    /// The tags that were seen to move.
    pub(super) moved: Arc<HashSet<Tag>>,
    /// Whether the repository's settings allow tags to move. None if the viewer may not see the
    /// settings.
    pub(super) mutability: Option<Mutability>,
}

/// The kind of a tag. Its history and the repository's settings take precedence over its name.
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

/// The rank of a tag among the tags of its image. The tags that people use most come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TagRank {
    /// Floating, or with the name of a floating tag: `prod`, `latest`, `1.4`.
    Floating,
    /// A version: `1.4.2`, `v2.0.13-rc.1`.
    Version,
    /// Any other tag: it names a commit, a date, a build or another image, or its name has no known
    /// form.
    Other,
}

/// The rank of a tag among the tags of its image.
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
    fn floating_tags_come_before_versions_and_versions_before_commits() {
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
        // A tag that cannot move is not floating, whatever its name is.
        let prod = "prod".parse().unwrap();
        assert_eq!(rank(&prod, TagKind::Locked), TagRank::Other);
    }

    #[test]
    fn history_and_settings_take_precedence_over_names() {
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
            // If the viewer may not see the settings, only the history and the name count.
            (&prod, facts(None, &[]), TagKind::LooksFloating),
            (&build, facts(None, &[]), TagKind::LooksUnique),
            (&build, facts(None, &[&build]), TagKind::Moved),
        ] {
            let kind = kind(tag, TagKind::by_name(tag), &facts);
            assert_eq!(kind, expected, "{tag} by {facts:?}");
        }
    }
}
