//! The numbers of images that a link to a repository compares.

use model::link::TagsSince;

use super::{
    compared::{differing, of_repository, repository},
    *,
};

#[test]
fn numbers_that_are_counted_differently_are_not_compared() {
    let mut page = of_repository([44, 132], differing(vec![]));
    page.is_counted_alike = false;
    let text = text(page, Locale::En);
    assert!(
        text.contains("No difference found") && text.contains("cannot be compared"),
        "{text}"
    );
    assert!(!text.contains("What differs"), "{text}");
}

#[test]
fn images_that_were_not_read_do_not_count_as_zero() {
    let mut page = of_repository([44, 0], TagsSince::NotRead);
    if let Some(SharedNow::There(Shared {
        view: SharedView::Repository { detail, .. },
        ..
    })) = &mut page.live
    {
        detail.as_of = None;
    }
    let text = text(page, Locale::En);
    assert!(
        text.contains("Not known now Gantry cannot read what is in"),
        "{text}"
    );
    assert!(!text.contains("now it has"), "{text}");
}

#[test]
fn a_repository_without_tagged_images_does_not_say_no_findings() {
    let with = |scans, critical| {
        let mut shared = repository(44);
        if let SharedView::Repository { detail, .. } = &mut shared.view {
            detail.counts.scans = Some(scans);
            detail.counts.findings = model::FindingCounts([critical, 0, 0, 0, 0, 0]);
        }
        shared
    };
    let scanned = model::image::ScanSummary {
        scanned: 3,
        worst: Some(model::Severity::Critical),
        ..Default::default()
    };
    let mut page = of_repository([44, 44], differing(vec![]));
    page.frozen = Some(with(scanned, 5));
    page.live = Some(SharedNow::There(with(
        model::image::ScanSummary::default(),
        0,
    )));
    let said = text(page, Locale::En);
    assert!(
        said.contains(
            "Findings, tagged images, each by its worst platform5 criticalno tagged images"
        ),
        "{said}"
    );
}

#[test]
fn a_repository_without_images_does_not_mention_filters() {
    let said = text(of_repository([0, 0], differing(vec![])), Locale::En);
    assert!(
        said.contains("No images.") && !said.contains("filter"),
        "{said}"
    );
}

#[test]
fn archived_images_are_counted_and_compared_where_both_counts_are_known() {
    let with = |archived| {
        let mut shared = repository(44);
        if let SharedView::Repository { detail, .. } = &mut shared.view {
            detail.counts.archived = archived;
        }
        shared
    };
    let said = |then, now| {
        let mut page = of_repository([44, 44], differing(vec![]));
        page.frozen = Some(with(then));
        page.live = Some(SharedNow::There(with(now)));
        text(page, Locale::En)
    };
    let differ = said(Some(3), Some(5));
    assert!(differ.contains("44, 3 archived") && differ.contains("44, 5 archived"));
    assert!(differ.contains("Archived images35"), "{differ}");
    for (then, now) in [(None, Some(5)), (Some(5), Some(5)), (None, Some(0))] {
        let same = said(then, now);
        assert!(
            !same.contains("Archived images"),
            "{then:?} {now:?}: {same}"
        );
    }
}
