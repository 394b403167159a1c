//! What a link to an image says.

use super::*;

/// An image with these tags.
pub(super) fn image_detail(tags: &[&str]) -> Shared {
    let mut row = image("3f");
    row.tags = tags
        .iter()
        .map(|tag| label(tag, TagKind::LooksUnique))
        .collect();
    shared(SharedView::Image(Box::new(ImageDetail {
        context: context(),
        image: row,
        part_of: vec![],
        more_part_of: 0,
        manifest: withheld(Action::BatchGetImage),
        config: withheld(Action::GetDownloadUrlForLayer),
        referrers: withheld(Action::BatchGetImage),
        index_referrers: vec![],
        findings: withheld(Action::DescribeImageScanFindings),
    })))
}

#[test]
fn an_image_with_other_tags_is_not_called_unchanged() {
    let scope = || LinkScope::Image(image("3f").digest);
    let now = |tags| Some(SharedNow::There(image_detail(tags)));
    let retagged = page(
        scope(),
        Some(image_detail(&["1.0.0", "1.0"])),
        now(&["1.0.0"]),
    );
    let said = text(retagged, Locale::En);
    assert!(said.contains("Still there; its tags differ The image 1.0.0 (3f3f3f3f3f3f) is still in the repository. It was pushed 3 days ago."), "{said}");
    assert!(
        said.contains("What differs") && !said.contains("Unchanged"),
        "{said}"
    );
    let same = text(
        page(scope(), Some(image_detail(&["1.0.0"])), now(&["1.0.0"])),
        Locale::En,
    );
    assert!(same.contains("Unchanged The image"), "{same}");
}

pub(super) fn of_image(then: &[&str], now: &[&str], pushed: [Option<i64>; 2]) -> SharedPage {
    let [then, now] = [(then, pushed[0]), (now, pushed[1])].map(|(tags, pushed)| {
        let mut detail = image_detail(tags);
        if let SharedView::Image(detail) = &mut detail.view {
            detail.image.facts.as_mut().unwrap().pushed = pushed.map(Timestamp);
        }
        detail
    });
    let scope = LinkScope::Image(image("3f").digest);
    page(scope, Some(then), Some(SharedNow::There(now)))
}

#[test]
fn an_image_that_was_pushed_again_was_deleted_in_between() {
    let (before, again) = (NOW.0 - 3 * DAY, NOW.0 + 50);
    let said = |pushed| text(of_image(&["1.0.0"], &["1.0.0"], pushed), Locale::En);
    let deleted = said([Some(before), Some(again)]);
    let again = Timestamp(again).utc();
    let expected = format!(
        "Deleted and pushed again The image 1.0.0 (3f3f3f3f3f3f) is in the repository again: it was deleted {}, and pushed again at {again}.",
        between(NOW, Timestamp(NOW.0 + 50))
    );
    assert!(deleted.contains(&expected), "{deleted}");
    assert!(!deleted.contains("still"), "{deleted}");
    let not_known = said([None, None]);
    assert!(
        not_known.contains("Whether it was deleted in between is not known."),
        "{not_known}"
    );
    assert!(!not_known.contains("still"), "{not_known}");
    let stayed = said([Some(before), Some(before)]);
    assert!(
        stayed.contains("Unchanged The image 1.0.0 (3f3f3f3f3f3f) is still"),
        "{stayed}"
    );
}
