//! The tags that went.

use std::collections::HashMap;

use model::{Digest, Tag, Timestamp, image::GoneTag};

/// The most tags that are remembered as gone: the latest. Whoever may push can make and delete many.
const MOST: usize = 200;

/// The tags of a repository that were seen, and are not there any more.
#[derive(Debug, Clone, Default)]
pub(super) struct GoneTags(HashMap<Tag, GoneTag>);

impl GoneTags {
    /// Remembers tags that went between two readings, with where they pointed.
    pub(super) fn note<'a>(
        &mut self,
        gone: impl Iterator<Item = (&'a Tag, &'a Digest)>,
        last_seen: Timestamp,
        gone_since: Timestamp,
    ) {
        let gone = gone.map(|(tag, digest)| {
            let gone = GoneTag {
                digest: digest.clone(),
                last_seen,
                gone_since,
            };
            (tag.clone(), gone)
        });
        self.0.extend(gone);
        let surplus = self.0.len().saturating_sub(MOST);
        if surplus == 0 {
            return;
        }
        let mut oldest: Vec<_> = self
            .0
            .iter()
            .map(|(tag, it)| (it.gone_since, tag))
            .collect();
        oldest.sort_unstable();
        let oldest: Vec<Tag> = oldest
            .into_iter()
            .take(surplus)
            .map(|(_, tag)| tag.clone())
            .collect();
        for tag in &oldest {
            self.0.remove(tag);
        }
    }

    /// Forgets that a tag was gone: it is there again.
    pub(super) fn forget(&mut self, tag: &Tag) {
        self.0.remove(tag);
    }

    pub(super) fn get(&self, tag: &Tag) -> Option<&GoneTag> {
        self.0.get(tag)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn the_latest_tags_that_went_are_remembered_and_no_others() {
        let digest: Digest = format!("sha256:{}", "0".repeat(64)).parse().unwrap();
        let tag = |n: usize| -> Tag { format!("build-{n:05}").parse().unwrap() };
        let many: Vec<_> = (1..2 * MOST).map(tag).collect();
        let mut gone = GoneTags::default();
        gone.note(
            many.iter().map(|tag| (tag, &digest)),
            Timestamp(100),
            Timestamp(200),
        );
        assert_eq!(gone.0.len(), MOST);
        gone.note(
            [(&tag(0), &digest)].into_iter(),
            Timestamp(200),
            Timestamp(300),
        );
        assert_eq!(gone.0.len(), MOST);
        let latest = gone.get(&tag(0)).unwrap();
        assert_eq!(
            (latest.last_seen, latest.gone_since),
            (Timestamp(200), Timestamp(300))
        );
        gone.forget(&tag(0));
        assert_eq!(gone.get(&tag(0)), None);
    }
}
