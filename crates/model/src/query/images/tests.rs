use super::*;
use crate::image::{ImageFacts, ImageKind, ScanSummary, TagKind, TagLabel};
use crate::{FindingCounts, Timestamp};

fn row(digest: u32, tags: &[&str], facts: Option<ImageFacts>) -> ImageRow {
    let label = |tag: &&str| TagLabel {
        tag: tag.parse().unwrap(),
        kind: TagKind::LooksUnique,
    };
    ImageRow {
        digest: format!("sha256:{digest:064x}").parse().unwrap(),
        tags: tags.iter().map(label).collect(),
        facts,
    }
}

fn scanned(scan: Scan, platform_scans: Option<ScanSummary>) -> ImageFacts {
    ImageFacts {
        kind: ImageKind::Image,
        platforms: Vec::new(),
        size: None,
        pushed: Some(Timestamp(0)),
        pulled: None,
        scan,
        platform_scans,
        archived: false,
    }
}

#[test]
fn if_only_tags_are_known_the_newest_version_comes_first() {
    let rows = [
        row(1, &["main", "1.9.0-build.7"], None),
        row(2, &["prod", "bdefe2ed", "1.10.0-build.12"], None),
        row(3, &[], None),
        row(4, &["9f3a1c2"], None),
        row(5, &["v1.10.1"], None),
        row(6, &["latest"], None),
    ];
    let query = ImageQuery::default().over_tags();
    assert_eq!(query.sort.column, ImageColumn::Tag);
    let sorted: Vec<_> = query
        .apply(&rows)
        .into_iter()
        .map(|row| &row.digest)
        .collect();
    let expected = [5, 2, 1, 6, 4, 3].map(|at: usize| &rows[at - 1].digest);
    assert_eq!(sorted, expected);
    let by_digest = ImageQuery {
        sort: Sort {
            column: ImageColumn::Digest,
            descending: false,
        },
        ..ImageQuery::default()
    };
    assert_eq!(
        by_digest.clone().over_tags(),
        by_digest,
        "a possible order is kept"
    );
}

#[test]
fn images_without_findings_and_unscanned_images_are_sorted_separately() {
    let clean = Scan::Found(FindingCounts::default());
    let high = Scan::Found(FindingCounts([0, 1, 0, 0, 0, 0]));
    let half = ScanSummary::of([clean, Scan::Failed]);
    let rows = [
        row(1, &[], Some(scanned(Scan::None, None))),
        row(2, &[], Some(scanned(clean, Some(half)))),
        row(3, &[], Some(scanned(clean, None))),
        row(4, &[], Some(scanned(high, None))),
    ];
    for (descending, expected) in [(true, [4, 3, 1, 2]), (false, [3, 4, 1, 2])] {
        let query = ImageQuery {
            sort: Sort {
                column: ImageColumn::Findings,
                descending,
            },
            ..ImageQuery::default()
        };
        let sorted: Vec<_> = query
            .apply(&rows)
            .into_iter()
            .map(|row| &row.digest)
            .collect();
        let expected = expected.map(|at: usize| &rows[at - 1].digest);
        assert_eq!(sorted, expected, "descending: {descending}");
    }
}

fn tagged(kind: TagKind) -> ImageRow {
    ImageRow {
        digest: format!("sha256:{}", "0".repeat(64)).parse().unwrap(),
        tags: vec![TagLabel {
            tag: "some-tag".parse().unwrap(),
            kind,
        }],
        facts: None,
    }
}

#[test]
fn the_floating_filter_also_has_its_older_name() {
    for word in ["floating", "stable"] {
        let mut pairs = std::iter::once(("tags", word));
        let query = ImageQuery::from_pairs(&mut pairs);
        assert_eq!(query.to_pairs(), [("tags", "floating".to_owned())]);
        let admits = |kind| query.admits(&tagged(kind));
        assert!(admits(TagKind::Moved) && admits(TagKind::LooksFloating));
        let others = [TagKind::Locked, TagKind::LooksUnique, TagKind::Unknown];
        assert!(!others.into_iter().any(admits));
    }
}
