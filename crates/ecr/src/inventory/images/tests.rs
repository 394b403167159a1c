use super::*;
use crate::content::work;

const TAGS: usize = 10_000;

/// So many tags in all, so many on each image; none says a version.
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
    let records = (0..TAGS / per_image).map(record).collect();
    Images::read(
        records,
        Arc::default(),
        std::time::Instant::now(),
        Timestamp(0),
    )
}

#[test]
fn a_search_looks_at_each_tag_a_few_times_however_many_an_image_has() {
    for per_image in [1, 100, 1_000] {
        let images = tagged(per_image);
        let matched = std::cell::Cell::new(0);
        let every_tag = |_: &Tag| {
            matched.set(matched.get() + 1);
            true
        };
        let ranked = work::steps(|| {
            let (tags, digests) = images.find(&every_tag, &|_| true);
            assert_eq!((tags.len(), digests.len()), (TAGS, TAGS / per_image));
        });
        // Once to match it, and once to see whether it says the version.
        assert_eq!((matched.get(), ranked), (TAGS, TAGS), "{per_image} on each");
    }
}
