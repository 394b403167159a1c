#![expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]

use super::*;
use crate::content::work;

/// As many tags as ECR lets an image have.
const TAGS: u32 = 1_000;

fn digest(number: u32) -> Digest {
    format!("sha256:{number:064x}").parse().unwrap()
}

/// An image with so many tags.
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
fn what_is_known_of_an_image_is_looked_up_once_and_without_its_tags() {
    let records = (0..5).map(|number| record(number, ImageKind::Image, TAGS));
    let images = Images::read(records.collect(), Arc::default(), Timestamp(1));
    for (named, distinct) in [(1, 1), (10_000, 1), (10_000, 5)] {
        let digests: Vec<_> = (0..named).map(|number| digest(number % distinct)).collect();
        let looks = work::steps(|| {
            let known = images.facts(digests.iter(), Fold::Together);
            assert_eq!(known.len(), distinct as usize);
            assert_eq!(known[&digest(0)].pulled, Some(Timestamp(7)));
        });
        assert_eq!(looks, distinct as usize, "{named} named");
    }
    assert!(
        images
            .facts([&digest(99)].into_iter(), Fold::Apart)
            .is_empty()
    );
}

#[test]
fn tags_are_named_of_those_indexes_alone_that_fit_the_page() {
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
        let images = Images::read(records.collect(), Arc::new(manifests), Timestamp(1));
        work::steps(|| {
            let (rows, more) = images.containing(&digest(0), most, &no_facts());
            assert_eq!(rows.len() + more, 1_000);
            assert!(rows.iter().all(|row| row.tags.len() == tags as usize));
        })
    };
    for tags in [1, 10, 100] {
        let looks = looks(tags);
        assert!(looks <= 2 * most / ENTRY, "{tags} tags each: {looks} looks");
    }
}

#[test]
fn what_a_name_suggests_is_kept_with_its_tag() {
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
