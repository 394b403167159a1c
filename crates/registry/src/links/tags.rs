//! The tags of a repository: what a link keeps of them, and which differ when it is opened.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{
    Digest, Tag,
    image::TagKind,
    link::{
        LinkMoment, LinkScope, SharedNow, TagAt, TagChange, TagDifferences, TagList, TagPoint,
        TagsSince, version_among,
    },
    natural_cmp,
};

use super::{rows::StoredLink, withhold::Granted};
use crate::{
    inventory::{Inventory, Known},
    views::Seen,
};

/// The most tags that a link keeps: about 100 kB in the store.
const KEPT: usize = 1_000;

/// The most differences on a link's page.
const LISTED: usize = 40;

/// The tags of a repository, for whoever may list them.
pub(super) fn all(inventory: &Inventory, seen: &Seen) -> Known<Vec<TagAt>> {
    match seen {
        Seen::Images(grant) => inventory.all_tags(grant),
        Seen::Tags(grant) => inventory.all_tags(grant),
    }
}

/// What a link keeps: the tags that look as if they move, those that name the same images, and of the
/// others as many as there is room for, the newest versions first.
pub(super) fn keep(mut tags: Vec<TagAt>) -> TagList {
    let floats = |at: &TagAt| TagKind::by_name(&at.tag) == TagKind::LooksFloating;
    let pointed: HashSet<Digest> = tags
        .iter()
        .filter(|at| floats(at))
        .map(|at| at.digest.clone())
        .collect();
    tags.sort_by(|one, other| {
        let rank = |at: &TagAt| (!floats(at), !pointed.contains(&at.digest));
        let newest = || natural_cmp(other.tag.as_str(), one.tag.as_str());
        rank(one).cmp(&rank(other)).then_with(newest)
    });
    let more = tags.len().saturating_sub(KEPT);
    tags.truncate(KEPT);
    TagList {
        tags,
        more: u32::try_from(more).unwrap_or(u32::MAX),
    }
}

/// What is known of a repository's tags since then, for a link that shows both moments.
pub(super) fn since(
    link: &StoredLink,
    then: Option<TagList>,
    live: Option<&SharedNow>,
    inventory: &Arc<Inventory>,
    granted: &Granted,
) -> Option<TagsSince> {
    let is_asked = link.row.moment == LinkMoment::Both
        && matches!(link.row.target.scope, LinkScope::Repository);
    if !is_asked {
        return None;
    }
    let Some(then) = then else {
        return Some(TagsSince::NotKept);
    };
    let now = all(inventory, granted.seen());
    if now.as_of.is_none() || !matches!(live, Some(SharedNow::There(_))) {
        return Some(TagsSince::NotRead);
    }
    Some(TagsSince::Compared(compare(&then, &now.value)))
}

/// Which tags differ: of those that were kept, and new ones where all were.
fn compare(then: &TagList, now: &[TagAt]) -> TagDifferences {
    let (before, after) = (Moment::of(&then.tags), Moment::of(now));
    let pointed = then.tags.iter().filter_map(|at| {
        let there = after.pointed.get(&at.tag).copied();
        (there != Some(&at.digest)).then(|| TagChange {
            tag: at.tag.clone(),
            then: Some(before.point(&at.tag, &at.digest)),
            now: there.map(|digest| after.point(&at.tag, digest)),
        })
    });
    let is_new = |at: &&TagAt| then.more == 0 && !before.pointed.contains_key(&at.tag);
    let new = now.iter().filter(is_new).map(|at| TagChange {
        tag: at.tag.clone(),
        then: None,
        now: Some(after.point(&at.tag, &at.digest)),
    });
    let mut changes: Vec<_> = pointed.chain(new).collect();
    changes.sort_by(|one, other| {
        let rank = |change: &TagChange| (change.then.is_none(), change.now.is_none());
        let newest = || natural_cmp(other.tag.as_str(), one.tag.as_str());
        let looks = |change: &TagChange| TagKind::by_name(&change.tag) == TagKind::LooksUnique;
        let order = rank(one).cmp(&rank(other));
        order
            .then_with(|| looks(one).cmp(&looks(other)))
            .then_with(newest)
    });
    let more = changes.len().saturating_sub(LISTED);
    changes.truncate(LISTED);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    TagDifferences {
        changes,
        more: count(more),
        compared: count(then.tags.len()),
        not_kept: then.more,
    }
}

/// The tags of a moment, to be looked up.
struct Moment<'a> {
    pointed: HashMap<&'a Tag, &'a Digest>,
    tagged: HashMap<&'a Digest, Vec<&'a Tag>>,
}

impl<'a> Moment<'a> {
    fn of(tags: &'a [TagAt]) -> Self {
        let mut tagged: HashMap<&Digest, Vec<&Tag>> = HashMap::new();
        for at in tags {
            tagged.entry(&at.digest).or_default().push(&at.tag);
        }
        Self {
            pointed: tags.iter().map(|at| (&at.tag, &at.digest)).collect(),
            tagged,
        }
    }

    /// An image that a tag points at, with its version.
    fn point(&self, tag: &Tag, digest: &Digest) -> TagPoint {
        let tags = self.tagged.get(digest).map_or(&[][..], Vec::as_slice);
        TagPoint {
            digest: digest.clone(),
            version_tag: version_among(tags.iter().copied(), Some(tag)).cloned(),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn list(tags: &[(&str, u32)]) -> Vec<TagAt> {
        let at = |(tag, image): &(&str, u32)| TagAt {
            tag: tag.parse().unwrap(),
            digest: format!("sha256:{image:064x}").parse().unwrap(),
        };
        tags.iter().map(at).collect()
    }

    /// Each difference in a line: `prod: 1.0.0 -> 1.0.1`.
    fn said(differences: &TagDifferences) -> Vec<String> {
        let point = |point: &Option<TagPoint>| match point {
            Some(point) => point
                .version_tag
                .as_ref()
                .map_or_else(|| point.digest.short().to_owned(), ToString::to_string),
            None => "none".to_owned(),
        };
        let line = |change: &TagChange| {
            format!(
                "{}: {} -> {}",
                change.tag,
                point(&change.then),
                point(&change.now)
            )
        };
        differences.changes.iter().map(line).collect()
    }

    #[test]
    fn what_moved_comes_before_what_is_gone_and_what_is_new() {
        let then = list(&[
            ("1.0.0", 1),
            ("1.0.1", 2),
            ("0.9.0", 3),
            ("prod", 1),
            ("dev", 9),
        ]);
        let now = list(&[
            ("1.0.0", 1),
            ("1.0.1", 2),
            ("1.0.2", 4),
            ("prod", 2),
            ("dev", 9),
        ]);
        let differences = compare(&keep(then.clone()), &now);
        assert_eq!(
            said(&differences),
            [
                "prod: 1.0.0 -> 1.0.1",
                "0.9.0: 000000000000 -> none",
                "1.0.2: none -> 000000000000"
            ]
        );
        assert_eq!(
            (differences.compared, differences.not_kept, differences.more),
            (5, 0, 0)
        );
        assert_eq!(compare(&keep(then.clone()), &then).changes, []);
    }

    #[test]
    fn of_a_part_nothing_is_called_new() {
        let builds: Vec<_> = (0..KEPT as u32 + 50)
            .map(|n| (format!("1.0.{n}-build.{n}"), n))
            .collect();
        let mut all: Vec<_> = builds
            .iter()
            .map(|(tag, image)| (tag.as_str(), *image))
            .collect();
        // The image of `prod` is an old one; its version is kept all the same.
        all.push(("prod", 0));
        let kept = keep(list(&all));
        assert_eq!((kept.tags.len(), kept.more), (KEPT, 51));
        let names: Vec<_> = kept.tags.iter().take(2).map(|at| at.tag.as_str()).collect();
        assert_eq!(names, ["prod", "1.0.0-build.0"]);
        let last = all.len() - 1;
        all[last].1 = 1;
        all.push(("9.9.9", 7));
        let differences = compare(&kept, &list(&all));
        assert_eq!(said(&differences), ["prod: 1.0.0-build.0 -> 1.0.1-build.1"]);
        assert_eq!(
            (differences.compared, differences.not_kept),
            (KEPT as u32, 51)
        );
        let none = compare(&kept, &[]);
        assert_eq!(
            (none.changes.len(), none.more as usize),
            (LISTED, KEPT - LISTED)
        );
    }
}
