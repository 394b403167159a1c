//! What a link to a tag says about events since it was created.

use model::{
    image::{TagHistory, TagSighting},
    link::EarlierImage,
};

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp(NOW.0 + seconds)
}

/// An image that the tag was seen to point at: first seen, last seen, and then seen to be gone.
fn seen(byte: &str, first: i64, last: Option<i64>, gone: Option<i64>) -> TagSighting {
    TagSighting {
        digest: image(byte).digest,
        version_tag: None,
        first_seen: at(first),
        last_seen: last.map(at),
        gone: gone.map(at),
    }
}

/// `prod`, read this long ago, with what was seen of it by then, newest first.
fn of(seen: Vec<TagSighting>, read: i64) -> Shared {
    let mut shared = prod("3f");
    if let SharedView::Tag(detail) = &mut shared.view {
        detail.image.digest = seen[0].digest.clone();
        detail.seen = seen;
        detail.context.as_of = Some(at(read));
    }
    shared
}

/// A link that was created a thousand seconds ago, when `prod` pointed at `3f`, with what was seen since.
fn since(seen_since: Vec<TagSighting>) -> SharedPage {
    let then = of(vec![seen("3f", -5_000, None, None)], -1_000);
    let mut page = of_prod(Some(then), Some(SharedNow::There(of(seen_since, -5))));
    page.read = Some(at(-5));
    page
}

pub(super) fn gone(history: Option<Vec<TagSighting>>, image: Option<(&str, bool)>) -> SharedPage {
    let mut page = since(vec![seen("3f", -5_000, None, None)]);
    let gone = history.map(|seen| GoneTag {
        digest: seen[0].digest.clone(),
        last_seen: seen[0].last_seen.unwrap(),
        gone_since: seen[0].gone.unwrap(),
        history: TagHistory {
            seen,
            ..TagHistory::default()
        },
    });
    page.live = Some(SharedNow::Gone(gone));
    page.earlier = image.into_iter().map(earlier).collect();
    page
}

pub(super) fn earlier((byte, is_there): (&str, bool)) -> EarlierImage {
    EarlierImage {
        digest: super::image(byte).digest,
        version_tag: None,
        is_there,
    }
}

#[test]
fn the_answer_and_the_history_never_contradict_each_other() {
    for (page, answer, history) in [
        // This process has read the tag all the time.
        (
            since(vec![seen("3f", -5_000, None, None)]),
            "Unchanged prod points at",
            "It was not seen to move.",
        ),
        (
            since(vec![
                seen("81", -300, None, None),
                seen("3f", -5_000, Some(-400), None),
            ]),
            "It moved between 2026-11-22 01:23:20 and 01:25:00 UTC.",
            "It was seen to move once.",
        ),
        // This process first read the tag after the move.
        (
            since(vec![seen("81", -300, None, None)]),
            "It moved between 2026-11-22 01:13:20 and 01:25:00 UTC.",
            "It was seen to move once.",
        ),
        // The tag was deleted and pushed again.
        (
            since(vec![
                seen("81", -200, None, None),
                seen("3f", -5_000, Some(-400), Some(-300)),
            ]),
            "It was deleted (between 2026-11-22 01:23:20 and 01:25:00 UTC) and was back at 2026-11-22 01:26:40 UTC.",
            "It was deleted and pushed again once.",
        ),
        (
            since(vec![
                seen("81", -200, None, None),
                seen("44", -300, Some(-250), None),
                seen("3f", -5_000, Some(-400), None),
            ]),
            "It was seen to move 2 times since then, the last time between",
            "It was seen to move 2 times.",
        ),
    ] {
        let text = text(page, Locale::En);
        assert!(text.contains(answer), "{answer}: {text}");
        assert!(text.contains(history), "{history}: {text}");
        let says_it_moved = text.contains("Moved prod moved");
        assert_ne!(says_it_moved, text.contains("not seen to move"), "{text}");
    }
}

#[test]
fn a_tag_that_moved_and_came_back_is_not_called_unchanged() {
    let elsewhere = vec![
        seen("3f", -200, None, None),
        seen("81", -400, Some(-300), None),
        seen("3f", -5_000, Some(-500), None),
    ];
    let away = vec![
        seen("3f", -200, None, None),
        seen("3f", -5_000, Some(-400), Some(-300)),
    ];
    for (history, expected) in [
        (
            elsewhere,
            "In between it pointed at 818181818181: it left between 2026-11-22 01:21:40 and 01:23:20 UTC, and came back between 2026-11-22 01:25:00 and 01:26:40 UTC.",
        ),
        (
            away,
            "It was deleted (between 2026-11-22 01:23:20 and 01:25:00 UTC) and was back at 2026-11-22 01:26:40 UTC.",
        ),
    ] {
        let text = text(since(history), Locale::En);
        assert!(text.contains("Same image again prod points at 3f3f3f3f3f3f, the same image as when this link was created."), "{text}");
        assert!(text.contains(expected), "{expected}: {text}");
        assert!(
            !text.contains("Unchanged") && !text.contains("still"),
            "{text}"
        );
    }
    // Events from before the link was created do not count as events since then.
    let before = vec![
        seen("3f", -2_000, None, None),
        seen("81", -3_000, Some(-2_500), None),
        seen("3f", -5_000, Some(-3_500), None),
    ];
    assert!(text(since(before), Locale::En).contains("Unchanged prod points at"));
}

#[test]
fn a_deleted_tag_shows_its_history_and_whether_its_image_still_exists() {
    let moved = vec![
        seen("81", -400, Some(-300), Some(-200)),
        seen("3f", -5_000, Some(-500), None),
    ];
    for (page, answer, history) in [
        (
            gone(Some(moved.clone()), Some(("81", true))),
            "The tag prod was deleted; the image 818181818181 is still there.",
            "It was seen to move once. It was deleted.",
        ),
        (
            gone(Some(moved), Some(("81", false))),
            "The tag prod was deleted; the image 818181818181 is gone too.",
            "Deleted while it pointed at 818181818181",
        ),
        // This process never saw the tag: it existed when the link was created, and does not exist now.
        (
            gone(None, None),
            "The tag prod was deleted.",
            ", between 2026-11-22 01:13:20 UTC and 2026-11-22 01:29:55 UTC.",
        ),
    ] {
        let text = text(page, Locale::En);
        for part in ["Tag deleted", answer, "Where it has pointed", history] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("no longer there"), "{text}");
    }
}

#[test]
fn differences_other_than_the_image_are_in_the_answer() {
    let said = |now: Shared| {
        let page = of_prod(Some(version("3f", "1.7.1")), Some(SharedNow::There(now)));
        text(page, Locale::En)
    };
    let mut other_size = version("3f", "1.7.1");
    let mut other_tag = version("3f", "1.7.1");
    if let SharedView::Tag(detail) = &mut other_size.view {
        detail.image.facts.as_mut().unwrap().size = Some(7);
    }
    if let SharedView::Tag(detail) = &mut other_tag.view {
        detail
            .image
            .tags
            .push(label("stable", TagKind::LooksFloating));
    }
    for (now, word) in [
        (
            other_size,
            "Same image; something about it differs prod points",
        ),
        (other_tag, "Same image; its other tags differ prod points"),
        (version("3f", "1.7.1"), "Unchanged prod points"),
    ] {
        let said = said(now);
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn the_page_shows_when_ecr_was_read_and_not_when_it_was_opened() {
    let text = text(since(vec![seen("3f", -5_000, None, None)]), Locale::En);
    let (read, opened) = (at(-5).utc(), NOW.utc());
    assert!(
        text.contains(&format!("Read from Amazon ECR at {read}.")),
        "{text}"
    );
    assert!(text.contains(&format!("As of {read}.")), "{text}");
    assert!(
        !text.contains(&opened) && !text.contains("just now"),
        "{text}"
    );
}

#[test]
fn an_answer_from_an_older_reading_gives_its_time_in_the_verdict() {
    let mut old = since(vec![seen("3f", -5_000, None, None)]);
    old.read = Some(at(-40));
    let word = format!("Unchanged as of {} prod points", at(-40).utc());
    let said = text(old.clone(), Locale::En);
    assert!(said.contains(&word), "{said}");
    assert!(!html(old.clone(), Locale::En).contains("shared-unchanged"));
    let said = text(old, Locale::Zh);
    assert!(
        said.contains(&format!("截至 {}：无变化", at(-40).utc())),
        "{said}"
    );
    let recent = since(vec![seen("3f", -5_000, None, None)]);
    assert!(text(recent.clone(), Locale::En).contains("Unchanged prod points"));
    assert!(html(recent, Locale::En).contains("shared-unchanged"));
}

#[test]
fn a_tag_that_came_back_was_deleted_and_restored_between_readings() {
    let returned = |left, seen_at| {
        text(
            since(vec![
                seen("3f", -200, None, None),
                seen("81", -300, Some(seen_at), None),
                seen("3f", -5_000, Some(left), None),
            ]),
            Locale::En,
        )
    };
    let said = returned(-400, -300);
    let between = |from: i64, until: i64| super::between(at(from), at(until));
    let expected = format!(
        "In between it pointed at 818181818181: it left {}, and came back {}.",
        between(-400, -300),
        between(-300, -200)
    );
    assert!(said.contains(&expected), "{said}");
    let back = format!(
        "Moved from 818181818181 to 3f3f3f3f3f3f between {} and {}.",
        at(-300).utc(),
        at(-200).utc()
    );
    assert!(said.contains(&back), "{said}");
    let same_second = returned(-300, -200);
    let expected = format!(
        "it left at {0}, and came back at {1}.",
        at(-300).utc(),
        at(-200).utc()
    );
    assert!(same_second.contains(&expected), "{same_second}");
}

#[test]
fn a_tag_that_never_moved_says_since_when_it_is_known() {
    let page = || since(vec![seen("3f", -5_000, None, None)]);
    let first = at(-5_000).utc();
    let said = text(page(), Locale::En);
    let expected = format!("Pointed at 3f3f3f3f3f3f at {first}, when the history begins.");
    assert!(said.contains(&expected), "{said}");
    let said = text(page(), Locale::Zh);
    assert!(
        said.contains(&format!("历史开始时（{first}）指向 3f3f3f3f3f3f")),
        "{said}"
    );
}

#[test]
fn the_current_version_is_not_attributed_to_the_past() {
    let said = |then, now| {
        let live = Some(SharedNow::There(version("3f", now)));
        text(of_prod(Some(version("3f", then)), live), Locale::En)
    };
    let other = said("1.7.1", "1.7.2");
    assert!(
        other.contains("prod points at 3f3f3f3f3f3f, as it did"),
        "{other}"
    );
    // Two images with the same version are distinguished by their digests.
    let live = Some(SharedNow::There(version("81", "1.7.1")));
    let moved = text(of_prod(Some(version("3f", "1.7.1")), live), Locale::En);
    assert!(
        moved.contains("prod moved from 3f3f3f3f3f3f to 818181818181."),
        "{moved}"
    );
}

#[test]
fn a_tag_whose_image_was_pushed_again_is_not_called_unchanged() {
    let mut page = since(vec![seen("3f", -5_000, None, None)]);
    let again = at(-300);
    if let Some(SharedNow::There(now)) = &mut page.live
        && let SharedView::Tag(detail) = &mut now.view
    {
        detail.image.facts.as_mut().unwrap().pushed = Some(again);
    }
    let said = text(page, Locale::En);
    let expected = format!(
        "Deleted and pushed again prod points at 3f3f3f3f3f3f, the same image as when this link was created. The image was deleted {}, and pushed again at {}.",
        super::between(at(-1_000), again),
        again.utc()
    );
    assert!(said.contains(&expected), "{said}");
    assert!(!said.contains("Unchanged"), "{said}");
}

#[test]
fn a_tag_that_went_back_to_an_older_image_says_so() {
    let with = |byte: &str, name: &str, days: i64| {
        let mut shared = version(byte, name);
        if let SharedView::Tag(detail) = &mut shared.view {
            detail.image.facts.as_mut().unwrap().pushed = Some(Timestamp(NOW.0 - days * DAY));
        }
        shared
    };
    let said = |then, now| text(of_prod(Some(then), Some(SharedNow::There(now))), Locale::En);
    let (older, newer) = (with("81", "1.7.0", 60), with("3f", "1.7.1", 3));
    let back = said(newer.clone(), older.clone());
    assert!(
        back.contains("prod went back to an older image: 1.7.1 → 1.7.0."),
        "{back}"
    );
    let forth = said(older, newer);
    assert!(forth.contains("prod moved from 1.7.0 to 1.7.1."), "{forth}");
}

#[test]
fn a_tag_that_moved_says_whether_its_earlier_image_is_still_there() {
    for (is_there, expected) in [
        (
            true,
            "The earlier image 3f3f3f3f3f3f is still in the repository.",
        ),
        (
            false,
            "The earlier image 3f3f3f3f3f3f is no longer in the repository.",
        ),
    ] {
        let mut page = of_prod(Some(prod("3f")), Some(SharedNow::There(prod("81"))));
        assert!(!text(page.clone(), Locale::En).contains("earlier image"));
        page.earlier = vec![earlier(("3f", is_there))];
        let said = text(page, Locale::En);
        assert!(said.contains(expected), "{expected}: {said}");
    }
}
