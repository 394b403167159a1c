//! The tags of a repository: which ones a link saves, and which ones differ when it is opened.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use ecr::inventory::Inventory;
use model::{
    Digest, Tag, Timestamp,
    image::{TagKind, TagSince},
    link::{
        LinkMoment, LinkScope, Shared, SharedNow, SharedView, TagAt, TagChange, TagDifferences,
        TagList, TagPoint, TagReturned, TagsReturned, TagsSince, version_among,
    },
    natural_cmp,
    pull::USUAL_TAGS,
};
use store::links::StoredLink;

use super::withhold::Granted;

/// The maximum number of tags that a link saves.
const KEPT: usize = 1_000;

/// Their maximum size in the store, in bytes.
const MAX_KEPT: usize = 128 * 1024;

/// The size of a saved tag without its name, in bytes: a digest, and the names of fields.
const ENTRY: usize = 100;

/// The maximum number of differences on a link's page.
const LISTED: usize = 40;

/// What a link keeps: the tags that look as if they move, those that name the same images, and of the
/// others as many as there is room for, the newest versions first.
pub(super) fn keep(tags: Vec<TagAt>) -> TagList {
    let all = tags.len();
    let floats = |at: &TagAt| TagKind::by_name(&at.tag) == TagKind::LooksFloating;
    let tags: Vec<_> = tags.into_iter().map(|at| (!floats(&at), at)).collect();
    let pointed: HashSet<Digest> = tags
        .iter()
        .filter(|(stays, _)| !stays)
        .map(|(_, at)| at.digest.clone())
        .collect();
    let ranked = tags
        .into_iter()
        .map(|(stays, at)| ((stays, !pointed.contains(&at.digest)), at));
    let mut weight = 0;
    let fits = |at: &TagAt| {
        weight += at.tag.as_str().len() + ENTRY;
        weight <= MAX_KEPT
    };
    let tags: Vec<_> = first(ranked.collect(), KEPT, |at| &at.tag)
        .into_iter()
        .take_while(fits)
        .collect();
    let more = all - tags.len();
    TagList {
        tags,
        more: u32::try_from(more).unwrap_or(u32::MAX),
    }
}

/// The first few by rank, and within a rank the newest versions first. Only these are sorted,
/// because a person who can push controls how many others there are.
fn first<Rank: Ord, T>(
    mut ranked: Vec<(Rank, T)>,
    most: usize,
    tag: impl Fn(&T) -> &Tag,
) -> Vec<T> {
    let order = |one: &(Rank, T), other: &(Rank, T)| {
        let newest = || natural_cmp(tag(&other.1).as_str(), tag(&one.1).as_str());
        one.0.cmp(&other.0).then_with(newest)
    };
    if ranked.len() > most {
        ranked.select_nth_unstable_by(most, order);
        ranked.truncate(most);
    }
    ranked.sort_by(order);
    ranked.into_iter().map(|(_, it)| it).collect()
}

/// What changed in a repository's tags since then, for a link that shows both states.
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
    let compared = inventory.look_at_tags(granted.list(), |now| Some(compare(&then, now)));
    let is_known = compared.as_of.is_some() && matches!(live, Some(SharedNow::There(_)));
    let compared = compared.value.filter(|_| is_known);
    Some(compared.map_or(TagsSince::NotRead, TagsSince::Compared))
}

/// How many of the tags that moved and came back are listed.
const NAMED: usize = 3;

/// Which tags point at the same digest as in the saved state but were seen elsewhere in between:
/// for a repository the saved tags, for an image its own tags.
pub(super) fn returned(
    then: &Shared,
    at: Timestamp,
    live: Option<&SharedNow>,
    inventory: &Inventory,
    granted: &Granted,
) -> TagsReturned {
    let Some(SharedNow::There(_)) = live else {
        return TagsReturned::default();
    };
    let kept: HashMap<&Tag, &Digest> = match &then.view {
        SharedView::Repository { .. } => then
            .tags
            .iter()
            .flat_map(|list| &list.tags)
            .map(|at| (&at.tag, &at.digest))
            .collect(),
        SharedView::Image(detail) => {
            let labels = detail.image.tags.iter();
            labels
                .map(|label| (&label.tag, &detail.image.digest))
                .collect()
        }
        // The history of a tag shows this.
        SharedView::Tag(_) => return TagsReturned::default(),
    };
    let look = |now: &mut dyn Iterator<Item = (&Tag, &Digest)>| -> Vec<Tag> {
        now.filter(|(tag, digest)| kept.get(tag) == Some(digest))
            .map(|(tag, _)| tag.clone())
            .collect()
    };
    let same = inventory.look_at_tags(granted.list(), look);
    let returned = same.value.into_iter().filter_map(|tag| {
        let then = *kept.get(&tag)?;
        let history = inventory.history(granted.list(), &tag, then);
        let Some(TagSince::Returned {
            elsewhere,
            left,
            back,
        }) = history.since(then, at)
        else {
            return None;
        };
        let stays = TagKind::by_name(&tag) != TagKind::LooksFloating;
        let returned = TagReturned {
            tag,
            elsewhere,
            left,
            back,
        };
        Some((stays, returned))
    });
    let returned: Vec<_> = returned.collect();
    TagsReturned {
        count: u32::try_from(returned.len()).unwrap_or(u32::MAX),
        first: first(returned, NAMED, |it| &it.tag),
    }
}

/// Which tags differ: saved tags, and new tags if all tags were saved.
fn compare<'a>(then: &TagList, now: impl Iterator<Item = (&'a Tag, &'a Digest)>) -> TagDifferences {
    let kept = then.tags.iter().map(|at| (&at.tag, &at.digest));
    let (before, after) = (Moment::of(kept), Moment::of(now));
    let pointed = then.tags.iter().filter_map(|at| {
        let there = after.pointed.get(&at.tag).copied();
        (there != Some(&at.digest)).then_some((&at.tag, Some(&at.digest), there))
    });
    let is_new = |tag: &Tag| then.more == 0 && !before.pointed.contains_key(tag);
    let new = after.pointed.iter().filter(|(tag, _)| is_new(tag));
    let new = new.map(|(tag, digest)| (*tag, None, Some(*digest)));
    let ranked: Vec<_> = pointed
        .chain(new)
        .map(|change| {
            let (tag, then, now) = change;
            let kind = TagKind::by_name(tag);
            // What people deploy from comes first, and most of all if it is gone; moves come before other deletions.
            let is_usual_and_went = now.is_none() && USUAL_TAGS.contains(&tag.as_str());
            let looks_unique = kind == TagKind::LooksUnique;
            let rank = (
                !is_usual_and_went,
                then.is_none(),
                now.is_none(),
                looks_unique,
            );
            (rank, change)
        })
        .collect();
    let differ = ranked.len();
    let listed = first(ranked, LISTED, |(tag, ..)| *tag);
    let changes: Vec<_> = listed
        .into_iter()
        .map(|(tag, then, now)| TagChange {
            tag: tag.clone(),
            then: then.map(|digest| before.point(tag, digest)),
            now: now.map(|digest| after.point(tag, digest)),
        })
        .collect();
    let more = differ - changes.len();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    TagDifferences {
        changes,
        more: count(more),
        compared: count(then.tags.len()),
        not_kept: then.more,
    }
}

/// The tags at one time, for lookup.
struct Moment<'a> {
    pointed: HashMap<&'a Tag, &'a Digest>,
    tagged: HashMap<&'a Digest, Vec<&'a Tag>>,
}

impl<'a> Moment<'a> {
    fn of(tags: impl Iterator<Item = (&'a Tag, &'a Digest)>) -> Self {
        let (mut pointed, mut tagged) = (HashMap::new(), HashMap::<_, Vec<_>>::new());
        for (tag, digest) in tags {
            pointed.insert(tag, digest);
            tagged.entry(digest).or_default().push(tag);
        }
        Self { pointed, tagged }
    }

    /// The image that a tag points at, with its version.
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

    fn differ(then: &TagList, now: &[TagAt]) -> TagDifferences {
        compare(then, now.iter().map(|at| (&at.tag, &at.digest)))
    }

    /// Each difference as a line: `prod: 1.0.0 -> 1.0.1`.
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
    fn moved_tags_come_before_deleted_and_new_tags() {
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
        let differences = differ(&keep(then.clone()), &now);
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
        assert_eq!(differ(&keep(then.clone()), &then).changes, []);
    }

    #[test]
    fn a_usual_tag_that_is_gone_comes_first_and_others_that_are_gone_after_moves() {
        let then = list(&[
            ("1.0.0", 1),
            ("latest", 1),
            ("0.9.0", 3),
            ("prod", 1),
            ("feature-login", 5),
        ]);
        let now = list(&[("1.0.0", 1), ("latest", 2)]);
        let differences = differ(&keep(then), &now);
        let tags: Vec<_> = differences
            .changes
            .iter()
            .map(|it| it.tag.as_str())
            .collect();
        assert_eq!(tags, ["prod", "latest", "feature-login", "0.9.0"]);
    }

    #[test]
    fn no_tag_is_called_new_if_only_a_part_was_saved() {
        let builds: Vec<_> = (0..KEPT as u32 + 50)
            .map(|n| (format!("1.0.{n}-build.{n}"), n))
            .collect();
        let mut all: Vec<_> = builds
            .iter()
            .map(|(tag, image)| (tag.as_str(), *image))
            .collect();
        // The image of `prod` is an old one. The tag with its version is saved too.
        all.push(("prod", 0));
        let kept = keep(list(&all));
        assert_eq!((kept.tags.len(), kept.more), (KEPT, 51));
        let names: Vec<_> = kept.tags.iter().take(2).map(|at| at.tag.as_str()).collect();
        assert_eq!(names, ["prod", "1.0.0-build.0"]);
        let last = all.len() - 1;
        all[last].1 = 1;
        all.push(("9.9.9", 7));
        let differences = differ(&kept, &list(&all));
        assert_eq!(said(&differences), ["prod: 1.0.0-build.0 -> 1.0.1-build.1"]);
        assert_eq!(
            (differences.compared, differences.not_kept),
            (KEPT as u32, 51)
        );
        let none = differ(&kept, &[]);
        assert_eq!(
            (none.changes.len(), none.more as usize),
            (LISTED, KEPT - LISTED)
        );
    }

    #[test]
    fn many_tags_per_image_take_no_longer_than_as_many_images() {
        let tag = |number: usize| format!("branch-{number:06}-x").parse().unwrap();
        let all = |per_image: usize| -> Vec<TagAt> {
            let at = |number: usize| TagAt {
                tag: tag(number),
                digest: format!("sha256:{:064x}", number / per_image)
                    .parse()
                    .unwrap(),
            };
            (0..30_000).map(at).collect()
        };
        let took = |per_image| {
            let (none, now) = (TagList::default(), all(per_image));
            let began = std::time::Instant::now();
            assert_eq!(differ(&none, &now).changes.len(), LISTED);
            assert_eq!(keep(now).tags.len(), KEPT);
            began.elapsed()
        };
        let (apart, together) = (took(1), took(1_000));
        assert!(together < 5 * apart, "{together:?}, {apart:?}");
    }

    #[test]
    fn the_size_of_saved_tags_is_limited() {
        let at = |number: u32| TagAt {
            tag: format!("{number:0128}").parse().unwrap(),
            digest: format!("sha256:{number:064x}").parse().unwrap(),
        };
        let kept = keep((0..1_000).map(at).collect());
        assert!(kept.more > 0 && kept.tags.len() + kept.more as usize == 1_000);
        let stored = serde_json::to_string(&kept).unwrap().len();
        assert!(stored <= MAX_KEPT + 1_024, "{stored} bytes");
    }
}
