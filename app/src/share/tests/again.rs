//! What a link says of a repository or an image that was deleted and is there again, and of what is about an image.

use model::{
    Severity, Visibility,
    image::{IndexReferrers, ReferrerMeaning, ReferrerView, ScanSummary},
    repository::{Mutability, RepositorySettings},
};

use super::{
    compared::{differing, of_repository, repository},
    images::image_detail,
    *,
};

/// Between two times, as a sentence has it.
pub(super) fn between(from: Timestamp, until: Timestamp) -> String {
    let (from, until) = (from.utc(), until.utc());
    let (from, time) = (from.trim_end_matches(" UTC"), &until[11..]);
    assert_eq!(from[..10], until[..10], "of one day");
    format!("between {from} and {time}")
}

/// A repository of one image, created so many seconds ago.
fn created(seconds: i64, pushed: i64, mutability: Mutability) -> Shared {
    let mut shared = repository(1);
    if let SharedView::Repository { detail, images } = &mut shared.view {
        let mut row = image("3f");
        row.facts.as_mut().unwrap().pushed = Some(Timestamp(NOW.0 - pushed));
        images.rows = vec![row];
        detail.settings = Section::Shown {
            through: GrantedVia::Review,
            value: RepositorySettings {
                created: Some(Timestamp(NOW.0 - seconds)),
                mutability,
                scan_on_push: false,
                encryption: "AES256".into(),
            },
            as_of: Some(Timestamp(NOW.0 - 40)),
        };
    }
    shared
}

fn repository_since(then: Shared, now: Shared) -> String {
    let mut page = of_repository([0, 0], differing(vec![]));
    (page.frozen, page.live) = (Some(then), Some(SharedNow::There(now)));
    text(page, Locale::En)
}

#[test]
fn a_repository_that_was_created_again_is_not_called_unchanged() {
    let mutable = || Mutability::Mutable;
    let before = created(9_000, 8_000, mutable());
    let said = repository_since(before.clone(), created(50, 30, mutable()));
    let at = Timestamp(NOW.0 - 50).utc();
    for part in [
        format!(
            "Deleted and created again storefront/users-api was deleted, and created again at {at}."
        ),
        "1 image was deleted and pushed again: 3f3f3f3f3f3f.".to_owned(),
        format!("Created {} {at}", Timestamp(NOW.0 - 9_000).utc()),
    ] {
        assert!(said.contains(&part), "{part}: {said}");
    }
    assert!(
        !said.contains("Unchanged") && !said.contains("still has"),
        "{said}"
    );
    // An image alone: the listing that tells of the new repository is not read yet.
    let image = repository_since(before.clone(), created(9_000, 30, mutable()));
    assert!(
        image.contains("Changed 1 image was deleted and pushed again"),
        "{image}"
    );
    let same = repository_since(before.clone(), before);
    assert!(
        same.contains("Unchanged storefront/users-api still has"),
        "{same}"
    );
}

#[test]
fn what_changed_of_the_settings_is_said_and_as_of_when() {
    let before = created(9_000, 8_000, Mutability::Mutable);
    let said = repository_since(before.clone(), created(9_000, 8_000, Mutability::Immutable));
    assert!(
        said.contains("Tag mutability: now immutable, before mutable."),
        "{said}"
    );
    let as_of = format!("Settings as of {}.", Timestamp(NOW.0 - 40).utc());
    assert!(said.contains(&as_of), "{said}");
    let same = repository_since(before.clone(), before);
    assert!(same.contains(&as_of), "{same}");
}

fn referrer(byte: &str, meaning: ReferrerMeaning) -> ReferrerView {
    ReferrerView {
        digest: image(byte).digest,
        artifact_type: None,
        meaning,
        size: None,
        annotations: vec![],
        by_tag: None,
        cut: 0,
        more_follow: false,
    }
}

fn shown<T>(value: T) -> Section<T> {
    Section::Shown {
        through: GrantedVia::Review,
        value,
        as_of: Some(NOW),
    }
}

/// An image with these referrers, in an index with these.
fn signed(referrers: Section<Vec<ReferrerView>>, of_index: &[ReferrerMeaning]) -> Shared {
    let mut shared = image_detail(&["1.0.0"]);
    if let SharedView::Image(detail) = &mut shared.view {
        detail.referrers = referrers;
        detail.index_referrers = vec![IndexReferrers {
            index: image("aa").digest,
            meanings: Some(of_index.to_vec()),
        }];
    }
    shared
}

fn image_since(then: Shared, now: Shared) -> String {
    let scope = LinkScope::Image(image("3f").digest);
    text(
        page(scope, Some(then), Some(SharedNow::There(now))),
        Locale::En,
    )
}

#[test]
fn an_image_whose_signatures_are_gone_is_not_called_unchanged() {
    use ReferrerMeaning::{Sbom, Signature};
    let with = |byte| shown(vec![referrer(byte, Signature), referrer("cc", Sbom)]);
    let before = signed(with("bb"), &[Signature, Sbom]);
    let none = Section::Absent {
        through: GrantedVia::Review,
        as_of: Some(NOW),
    };
    for now in [
        signed(none, &[Signature, Sbom]),
        signed(with("dd"), &[Signature, Sbom]),
        signed(with("bb"), &[Sbom]),
    ] {
        let said = image_since(before.clone(), now);
        assert!(
            said.contains("Still there; something about it differs"),
            "{said}"
        );
        assert!(
            said.contains("What differsWhat") && !said.contains("Unchanged"),
            "{said}"
        );
    }
    let same = image_since(before.clone(), before.clone());
    assert!(same.contains("Unchanged The image"), "{same}");
    // What cannot be read now may differ.
    let problem = Problem::Throttled;
    let unread = signed(Section::Unavailable { problem }, &[Signature, Sbom]);
    let said = image_since(before, unread);
    assert!(said.contains("No difference found The image"), "{said}");
}

#[test]
fn an_image_that_is_gone_says_between_when_it_was_deleted() {
    let scope = LinkScope::Image(image("3f").digest);
    let mut kept = image_detail(&["1.0.0"]);
    let kept_at = Timestamp(NOW.0 - 600);
    if let SharedView::Image(detail) = &mut kept.view {
        detail.context.as_of = Some(kept_at);
    }
    let said = text(
        page(scope, Some(kept), Some(SharedNow::Gone(None))),
        Locale::En,
    );
    let expected = format!("It was deleted {}.", between(kept_at, NOW));
    assert!(said.contains(&expected), "{said}");
}

#[test]
fn the_latest_pull_in_a_card_of_both_moments_is_called_one_of_now() {
    let same = of_prod(Some(prod("3f")), Some(SharedNow::There(prod("3f"))));
    assert!(text(same, Locale::En).contains("Last pulled (as of now)"));
    let moved = of_prod(Some(prod("3f")), Some(SharedNow::There(prod("81"))));
    assert!(!text(moved, Locale::En).contains("as of now"));
}

#[test]
fn a_part_of_the_images_is_not_called_all_of_them() {
    let mut kept = repository(620);
    if let SharedView::Repository { images, .. } = &mut kept.view {
        images.rows = vec![image("3f")];
    }
    let live = Some(SharedNow::There(repository(620)));
    let said = text(page(LinkScope::Repository, Some(kept), live), Locale::En);
    assert!(
        said.contains("1 of 620 images. This link did not keep the others."),
        "{said}"
    );
}

#[test]
fn what_differs_says_of_findings_what_the_cards_say() {
    let with = |scans: ScanSummary| {
        let mut shared = repository(3);
        if let SharedView::Repository { detail, .. } = &mut shared.view {
            detail.counts.scans = Some(scans);
            detail.counts.findings = model::FindingCounts([2, 0, 0, 0, 0, 0]);
        }
        shared
    };
    let scanned = ScanSummary {
        scanned: 3,
        worst: Some(Severity::Critical),
        ..ScanSummary::default()
    };
    let not_scanned = ScanSummary {
        not_scanned: 3,
        ..ScanSummary::default()
    };
    let said = repository_since(with(scanned), with(not_scanned));
    assert!(!said.contains("scan not known"), "{said}");
    assert!(said.contains("2 criticalnot scanned"), "{said}");
}

#[test]
fn a_card_without_figures_says_which_action_has_them() {
    let mut kept = repository(3);
    if let SharedView::Repository { detail, .. } = &mut kept.view {
        detail.visibility = Visibility::Tags;
        detail.pull = withheld(Action::BatchGetImage);
    }
    let said = text(page(LinkScope::Repository, Some(kept), None), Locale::En);
    // Pulling takes another action, and is not granted either.
    let withheld = "ecr:DescribeImages is not granted";
    assert_eq!(said.matches(withheld).count(), 2, "{said}");
}
