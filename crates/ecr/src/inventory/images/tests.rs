#![expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]

use model::image::{ChildView, Scan};

use super::*;
use crate::content::work;

/// The maximum number of tags of an image in ECR.
const TAGS: u32 = 1_000;

fn digest(number: u32) -> Digest {
    format!("sha256:{number:064x}").parse().unwrap()
}

/// An image with this many tags.
fn record(number: u32, kind: ImageKind, tags: u32) -> ImageRecord {
    let tag = |tag| format!("{number}.{tag}.0-build.{tag}").parse().unwrap();
    ImageRecord {
        digest: digest(number),
        tags: (0..tags).map(tag).collect(),
        kind,
        size: Some(1),
        pushed: None,
        pulled: Some(Timestamp(7)),
        scan: Scan::None,
        archived: false,
        subject: None,
    }
}

fn child(number: u32) -> ChildView {
    ChildView {
        digest: digest(number),
        platform: None,
        size: 0,
        role: None,
        is_index: false,
        scan: Scan::Unread,
    }
}

fn no_facts() -> TagFacts {
    TagFacts {
        moved: Arc::default(),
        mutability: None,
    }
}

#[test]
fn the_facts_of_an_image_are_looked_up_once_and_without_its_tags() {
    let records = (0..5).map(|number| record(number, ImageKind::Image, TAGS));
    let images = Images::read(
        records.collect(),
        Arc::default(),
        Instant::now(),
        at_second(1),
    );
    for (named, distinct) in [(1, 1), (10_000, 1), (10_000, 5)] {
        let digests: Vec<_> = (0..named).map(|number| digest(number % distinct)).collect();
        let looks = work::steps(|| {
            let known = images.facts(digests.iter(), IndexView::Grouped);
            assert_eq!(known.len(), distinct as usize);
            assert_eq!(known[&digest(0)].pulled, Some(Timestamp(7)));
        });
        assert_eq!(looks, distinct as usize, "{named} named");
    }
    assert!(
        images
            .facts([&digest(99)].into_iter(), IndexView::Flat)
            .is_empty()
    );
}

#[test]
fn tags_are_labeled_only_for_indexes_that_fit_the_page() {
    let most = 16 * 1024;
    let looks = |tags: u32| {
        let records = (1..=1_000).map(|number| record(number, ImageKind::Index, tags));
        let contents = |number| {
            let contents = Contents {
                children: vec![child(0)],
                ..Contents::default()
            };
            (digest(number), Arc::new(contents))
        };
        let manifests: Manifests = (1..=1_000).map(contents).collect();
        let images = Images::read(
            records.collect(),
            Arc::new(manifests),
            Instant::now(),
            at_second(1),
        );
        work::steps(|| {
            let (rows, more) = images.containing(&digest(0), most, &no_facts());
            assert_eq!(rows.len() + more, 1_000);
            assert!(rows.iter().all(|row| row.tags.len() == tags as usize));
        })
    };
    for tags in [1, 10, 100] {
        let looks = looks(tags);
        // Each tag is read a few times: to see whether it fits, for its kind, and for its position.
        assert!(looks <= 4 * most / ENTRY, "{tags} tags each: {looks} looks");
    }
}

#[test]
fn the_kind_that_a_name_suggests_is_stored_with_its_tag() {
    let mut image = record(1, ImageKind::Image, 30);
    image
        .tags
        .extend(["prod", "1.4", "3f9a1c2"].map(|tag| tag.parse().unwrap()));
    let held = HeldImage::new(image);
    assert_eq!(held.named().count(), 33);
    assert!(
        held.named()
            .all(|(tag, kind)| kind == TagKind::by_name(tag))
    );
}

/// The total number of tags.
const ALL_TAGS: usize = 10_000;

/// The same total number of tags with this many on each image. No tag is a version.
fn tagged(per_image: usize) -> Images {
    let record = |image: usize| ImageRecord {
        digest: format!("sha256:{image:064x}").parse().unwrap(),
        tags: (0..per_image)
            .map(|tag| format!("branch-{image:05}-{tag:04}-x").parse().unwrap())
            .collect(),
        kind: ImageKind::Image,
        size: None,
        pushed: None,
        pulled: None,
        scan: Scan::None,
        archived: false,
        subject: None,
    };
    let records = (0..ALL_TAGS / per_image).map(record).collect();
    Images::read(records, Arc::default(), Instant::now(), at_second(0))
}

#[test]
fn a_search_reads_each_tag_only_a_few_times() {
    for per_image in [1, 100, 1_000] {
        let images = tagged(per_image);
        let matched = std::cell::Cell::new(0);
        let every_tag = |_: &Tag| {
            matched.set(matched.get() + 1);
            true
        };
        let ranked = work::steps(|| {
            let (tags, digests) = images.find(&every_tag, &|_| true);
            assert_eq!(
                (tags.len(), digests.len()),
                (ALL_TAGS, ALL_TAGS / per_image)
            );
        });
        // Once to match it, and once to check whether it is a version.
        assert_eq!(
            (matched.get(), ranked),
            (ALL_TAGS, ALL_TAGS),
            "{per_image} on each"
        );
    }
}

#[test]
fn looking_up_a_tag_stays_fast_with_many_tags() {
    let records = |tagged: u32| (0..tagged).map(|number| record(number, ImageKind::Image, 10));
    for tagged in [1, 100, 1_000, 10_000] {
        let about = |number: u32, suffix: &str| {
            let tag = digest(number).as_str().replace(':', "-") + suffix;
            let mut record = record(50_000 + number, ImageKind::Image, 0);
            record.tags.push(tag.parse().unwrap());
            record
        };
        // Each image is signed.
        let signatures = (0..tagged).map(|number| about(number, ".sig"));
        let images = records(tagged).chain(signatures).collect();
        let images = Images::read(images, Arc::default(), Instant::now(), at_second(1));
        let last = tagged - 1;
        let (there, absent): (Tag, Tag) = (
            format!("{last}.7.0-build.7").parse().unwrap(),
            "prod".parse().unwrap(),
        );
        let looks = work::steps(|| {
            assert_eq!(images.tagged(&there), Some(&digest(last)));
            assert_eq!(images.tagged(&absent), None);
            let found = images.tagged_about(&digest(last));
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].digest, digest(50_000 + last));
        });
        // At most six tags are looked up among 110,000. A binary search needs 18 looks for each.
        assert!(looks <= 6 * 18, "{looks} looks at {tagged} images");
    }
}

#[test]
fn every_tag_finds_the_image_it_points_at() {
    let images = (0..50).map(|number| record(number, ImageKind::Image, number % 7));
    let images = Images::read(
        images.collect(),
        Arc::default(),
        Instant::now(),
        at_second(1),
    );
    assert!(images.tags().count() > 100);
    for (tag, digest) in images.tags() {
        assert_eq!(images.tagged(tag), Some(digest));
    }
    assert_eq!(Images::default().tagged(&"prod".parse().unwrap()), None);
}

#[test]
fn a_tag_that_was_read_on_two_images_finds_the_first() {
    let of_both = |number| ImageRecord {
        tags: vec!["prod".parse().unwrap()],
        ..record(number, ImageKind::Image, 0)
    };
    let images = Images::read(
        vec![of_both(2), of_both(1)],
        Arc::default(),
        Instant::now(),
        at_second(1),
    );
    assert_eq!(images.tagged(&"prod".parse().unwrap()), Some(&digest(1)));
}

/// An index of these images, with its manifest.
fn index(
    number: u32,
    children: impl Iterator<Item = u32>,
) -> (ImageRecord, (Digest, Arc<Contents>)) {
    let contents = Contents {
        children: children.map(child).collect(),
        is_whole: true,
        ..Contents::default()
    };
    let record = record(number, ImageKind::Index, 1);
    let manifest = (record.digest.clone(), Arc::new(contents));
    (record, manifest)
}

fn facts_of(images: &Images, number: u32) -> ImageFacts {
    let row = images.row(&digest(number), IndexView::Grouped, &no_facts());
    row.and_then(|row| row.facts).unwrap()
}

#[test]
fn an_index_within_an_index_stands_for_its_own_images() {
    let scanned = |number| ImageRecord {
        scan: Scan::Found(model::FindingCounts([number, 0, 0, 0, 0, 0])),
        ..record(number, ImageKind::Image, 0)
    };
    let ((outer, outer_manifest), (inner, inner_manifest)) = (
        index(10, [1, 11].into_iter()),
        index(11, [2, 3].into_iter()),
    );
    let records = || {
        let images = (1..=3).map(scanned);
        images.chain([outer.clone(), inner.clone()]).collect()
    };
    let manifests = [outer_manifest.clone(), inner_manifest]
        .into_iter()
        .collect();
    let images = Images::read(records(), Arc::new(manifests), Instant::now(), at_second(1));
    let facts = facts_of(&images, 10);
    let worst = Scan::Found(model::FindingCounts([3, 0, 0, 0, 0, 0]));
    assert_eq!((facts.scan, facts.platform_scans), (worst, None));
    assert_eq!(facts.size, Some(3), "of three images, and no index");
    // Its manifest was not read: nobody knows what is in it.
    let manifests = [outer_manifest].into_iter().collect();
    let images = Images::read(records(), Arc::new(manifests), Instant::now(), at_second(1));
    assert_eq!(facts_of(&images, 10).scan, Scan::Unread);
}

#[test]
fn an_index_of_large_indexes_is_not_followed_without_end() {
    let inner: Vec<_> = (1_000..1_100)
        .map(|number| index(number, 1..=500))
        .collect();
    let (outer, manifest) = index(5_000, 1_000..1_100);
    let (inner, mut manifests): (Vec<_>, Manifests) = inner.into_iter().unzip();
    manifests.extend([manifest]);
    let leaves = (1..=500).map(|number| record(number, ImageKind::Image, 0));
    let records = leaves.chain(inner).chain([outer]).collect();
    let images = Images::read(records, Arc::new(manifests), Instant::now(), at_second(1));
    let facts = facts_of(&images, 5_000);
    assert_eq!(facts.size, Some(INNER as u64));
    assert_eq!(
        facts.scan,
        Scan::Unread,
        "and does not seem to be the whole"
    );
}
