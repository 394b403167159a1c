//! Tags that were deleted.

use std::collections::HashMap;

use model::{
    Digest, Tag,
    image::{GoneTag, TagHistory, TagKind},
};

/// The maximum number of deleted tags that are remembered: the latest. A person who can push can
/// create and delete many.
const MOST: usize = 200;

/// Splits tags that were deleted together into those to remember and the others. Tags with the name
/// of a floating tag come first, because people deploy by them.
pub(super) fn remembered<'a>(
    went: HashMap<&'a Tag, &'a Digest>,
) -> (Vec<(&'a Tag, &'a Digest)>, Vec<&'a Tag>) {
    let mut went: Vec<_> = went.into_iter().collect();
    if went.len() > MOST {
        went.sort_by_cached_key(|(tag, _)| (!floats(tag), *tag));
    }
    let dropped = went.split_off(went.len().min(MOST));
    (went, dropped.into_iter().map(|(tag, _)| tag).collect())
}

fn floats(tag: &Tag) -> bool {
    TagKind::by_name(tag) == TagKind::LooksFloating
}

/// The tags of a repository that were seen and no longer exist.
#[derive(Debug, Clone, Default)]
pub(super) struct GoneTags(HashMap<Tag, GoneTag>);

impl GoneTags {
    /// Remembers a deleted tag.
    pub(super) fn note(&mut self, tag: &Tag, gone: GoneTag) {
        self.0.insert(tag.clone(), gone);
    }

    /// Forgets all but the latest tags. Tags with the name of a floating tag are forgotten last.
    pub(super) fn forget_older(&mut self) {
        let surplus = self.0.len().saturating_sub(MOST);
        if surplus == 0 {
            return;
        }
        let mut oldest: Vec<_> = self
            .0
            .iter()
            .map(|(tag, it)| (floats(tag), it.gone_since, tag))
            .collect();
        oldest.sort_unstable();
        let oldest: Vec<Tag> = oldest
            .into_iter()
            .take(surplus)
            .map(|(_, _, tag)| tag.clone())
            .collect();
        for tag in &oldest {
            self.0.remove(tag);
        }
    }

    /// Removes and returns what is known about a tag that exists again.
    pub(super) fn take(&mut self, tag: &Tag) -> Option<GoneTag> {
        self.0.remove(tag)
    }

    /// The history of each tag.
    pub(super) fn histories(&self) -> impl Iterator<Item = &TagHistory> {
        self.0.values().map(|gone| &gone.history)
    }

    pub(super) fn get(&self, tag: &Tag) -> Option<&GoneTag> {
        self.0.get(tag)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use model::Timestamp;

    use super::*;

    #[test]
    fn only_the_latest_deleted_tags_are_remembered() {
        let digest: Digest = format!("sha256:{}", "0".repeat(64)).parse().unwrap();
        let tag = |n: usize| -> Tag { format!("build-{n:05}").parse().unwrap() };
        let at = |last_seen, gone_since| GoneTag {
            digest: digest.clone(),
            last_seen: Timestamp(last_seen),
            gone_since: Timestamp(gone_since),
            history: TagHistory::default(),
        };
        let mut gone = GoneTags::default();
        for n in 1..2 * MOST {
            gone.note(&tag(n), at(100, 200));
        }
        gone.forget_older();
        assert_eq!(gone.0.len(), MOST);
        gone.note(&tag(0), at(200, 300));
        gone.forget_older();
        assert_eq!(gone.0.len(), MOST);
        assert_eq!(gone.get(&tag(0)), Some(&at(200, 300)));
        assert_eq!(gone.take(&tag(0)), Some(at(200, 300)));
        assert_eq!(gone.get(&tag(0)), None);
    }
}
