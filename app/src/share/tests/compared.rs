//! Comparisons of then and now.

use model::{
    Page, Visibility,
    image::{TagMove, TagSighting},
    link::{TagChange, TagDifferences, TagPoint, TagReturned, TagsSince},
    repository::{RepositoryCounts, RepositoryDetail},
};

use super::{images::of_image, *};

/// A repository with so many images, 82 tags and nothing else that is shown.
pub(super) fn repository(images: u32) -> Shared {
    let ImageContext {
        repository,
        through,
        source,
        pull,
        as_of,
        now,
    } = context();
    let detail = RepositoryDetail {
        repository,
        visibility: Visibility::Images,
        through,
        arn: String::new(),
        source,
        pull,
        settings: withheld(Action::DescribeRepositories),
        resource_tags: withheld(Action::ListTagsForResource),
        policy: withheld(Action::GetRepositoryPolicy),
        lifecycle: withheld(Action::GetLifecyclePolicy),
        counts: RepositoryCounts {
            images,
            tags: 82,
            ..RepositoryCounts::default()
        },
        as_of,
        now,
    };
    shared(SharedView::Repository {
        detail: Box::new(detail),
        images: Page {
            rows: vec![],
            total: images,
            matching: images,
            number: 1,
            pages: 1,
            as_of: Some(NOW),
            incomplete: false,
            problem: None,
            now: NOW,
        },
    })
}

fn point(byte: &str, version: Option<&str>) -> Option<TagPoint> {
    Some(TagPoint {
        digest: image(byte).digest,
        version_tag: version.map(|version| version.parse().unwrap()),
    })
}

fn change(tag: &str, then: Option<TagPoint>, now: Option<TagPoint>) -> TagChange {
    TagChange {
        tag: tag.parse().unwrap(),
        then,
        now,
    }
}

/// A repository with so many images then and now, and what is known of its tags.
pub(super) fn of_repository(images: [u32; 2], tags: TagsSince) -> SharedPage {
    let live = Some(SharedNow::There(repository(images[1])));
    let mut page = page(LinkScope::Repository, Some(repository(images[0])), live);
    page.tags = Some(tags);
    page
}

pub(super) fn differing(changes: Vec<TagChange>) -> TagsSince {
    TagsSince::Compared(TagDifferences {
        changes,
        compared: 82,
        ..TagDifferences::default()
    })
}

#[test]
fn a_repository_is_unchanged_only_if_its_tags_are() {
    let moved = || {
        vec![
            change(
                "prod",
                point("3f", Some("1.7.1-build.823")),
                point("81", Some("1.7.1-build.829")),
            ),
            change("1.2.0-build.788", point("44", None), None),
        ]
    };
    let in_part = |changes| {
        TagsSince::Compared(TagDifferences {
            changes,
            more: 0,
            compared: 1_000,
            not_kept: 51,
        })
    };
    for (images, tags, expected) in [
        (
            [44, 44],
            differing(vec![]),
            "Unchanged storefront/users-api still has 44 images, as it had when this link was created. All 82 tags point at the same images.",
        ),
        (
            [44, 44],
            differing(moved()),
            "Changed 2 tags differ: prod moved from 1.7.1-build.823 (3f3f3f3f3f3f) to 1.7.1-build.829 (818181818181); 1.2.0-build.788 was deleted. storefront/users-api has 44 images, as many as when this link was created.",
        ),
        (
            [44, 43],
            differing(vec![]),
            "Changed storefront/users-api had 44 images when this link was created; now it has 43 images. All 82 tags point at the same images.",
        ),
        (
            [44, 44],
            TagsSince::NotKept,
            "No difference found storefront/users-api has 44 images, as many as when this link was created. Tags are not compared: an older version",
        ),
        (
            [44, 44],
            TagsSince::NotRead,
            "No difference found storefront/users-api has 44 images, as many as when this link was created. Tags are not compared: Gantry has not read",
        ),
        (
            [44, 44],
            in_part(vec![]),
            "No difference found storefront/users-api has 44 images, as many as when this link was created. 1,000 of 1,051 tags were compared: none differs. This link did not keep the other 51:",
        ),
        (
            [44, 44],
            in_part(moved()),
            "1,000 of 1,051 tags were compared. This link did not keep the other 51:",
        ),
        (
            [44, 44],
            differing(
                (0..7)
                    .map(|n| change(&format!("t{n}"), None, point("3f", None)))
                    .collect(),
            ),
            "7 tags differ: t0 is new; t1 is new; t2 is new; 4 other tags are new.",
        ),
    ] {
        let text = text(of_repository(images, tags), Locale::En);
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn unchanged_facts_are_shown_once_and_changes_are_marked() {
    let same = of_prod(
        Some(version("3f", "1.7.1")),
        Some(SharedNow::There(version("3f", "1.7.1"))),
    );
    let same = text(same, Locale::En);
    assert_eq!(same.matches("Compressed size").count(), 1, "{same}");
    assert!(same.contains("When this link was created, and now") && !same.contains("What differs"));
    let moved = of_prod(
        Some(version("3f", "1.7.1")),
        Some(SharedNow::There(version("81", "1.7.0"))),
    );
    let moved = text(moved, Locale::En);
    assert_eq!(moved.matches("Compressed size").count(), 2, "{moved}");
    let table = &moved[moved.find("What differs").unwrap()..];
    let digest = |byte: &str| format!("sha256:{}", byte.repeat(32));
    for part in [
        "Version1.7.11.7.0".to_owned(),
        format!("Digest{}{}", digest("3f"), digest("81")),
    ] {
        assert!(table.contains(&part), "{part}: {table}");
    }
    assert!(
        !table.contains("Pushed2026"),
        "unchanged facts are not in the table: {table}"
    );
    // A part that is withheld now does not count as changed.
    let mut less = version("3f", "1.7.1");
    if let SharedView::Tag(detail) = &mut less.view {
        detail.image.facts = None;
    }
    let less = of_prod(Some(version("3f", "1.7.1")), Some(SharedNow::There(less)));
    let less = text(less, Locale::En);
    assert!(
        !less.contains("What differs") && less.contains("ecr:DescribeImages"),
        "{less}"
    );
    assert_eq!(
        less.matches("Compressed size").count(),
        1,
        "it only shows then: {less}"
    );
}

#[test]
fn a_name_with_a_hidden_account_has_no_link() {
    let mut page = of_prod(Some(prod("3f")), None);
    page.is_named_whole = false;
    let html = html(page, Locale::En);
    assert!(
        !html.contains("<a ") && !html.contains("Open in Gantry"),
        "{html}"
    );
}

#[test]
fn moved_and_unchanged_differ_in_word_icon_and_colour() {
    let looks = |byte| {
        let page = of_prod(Some(prod("3f")), Some(SharedNow::There(prod(byte))));
        html(page, Locale::Zh)
    };
    let (moved, same) = (looks("81"), looks("3f"));
    for (html, look, icon, word) in [
        (&moved, "shared-changed", "#icon-moves", "已移动"),
        (&same, "shared-unchanged", "#icon-check", "无变化"),
    ] {
        let answer = &html[html.find("shared-answer").unwrap()..];
        let answer = &answer[..answer.find("</p>").unwrap()];
        for part in [look, icon, word] {
            assert!(answer.contains(part), "{part}: {answer}");
        }
    }
}

#[test]
fn removed_and_added_images_are_named() {
    let listing = |rows: Vec<ImageRow>| {
        let mut shared = repository(u32::try_from(rows.len()).unwrap());
        if let SharedView::Repository { images, .. } = &mut shared.view {
            images.rows = rows;
        }
        shared
    };
    let tagged = |byte: &str, tag: &str| ImageRow {
        tags: vec![label(tag, TagKind::LooksUnique)],
        ..image(byte)
    };
    // An index was deleted: the images of its two platforms remain.
    let then = listing(vec![tagged("3f", "1.0.0"), tagged("81", "1.1.0")]);
    let now = listing(vec![
        tagged("3f", "1.0.0"),
        image("aa"),
        image("bb"),
        image("cc"),
    ]);
    let mut page = of_repository([0, 0], differing(vec![]));
    page.frozen = Some(then.clone());
    let mut new = now.clone();
    if let SharedView::Repository { images, .. } = &mut new.view {
        images.rows[3].facts.as_mut().unwrap().pushed = Some(NOW);
        images.rows[3].tags = vec![label("1.2.0", TagKind::LooksUnique)];
        images.rows[1].facts.as_mut().unwrap().kind = ImageKind::Artifact("a.signature".into());
        for row in &mut images.rows[1..3] {
            row.facts.as_mut().unwrap().pushed = Some(Timestamp(NOW.0 - 9 * DAY));
        }
    }
    if let SharedView::Repository { detail, .. } = &mut page.frozen.as_mut().unwrap().view {
        detail.as_of = Some(Timestamp(NOW.0 - DAY));
    }
    page.live = Some(SharedNow::There(new.clone()));
    let said = text(page.clone(), Locale::En);
    for part in [
        "Changed 1 image was deleted: 1.1.0 (818181818181).",
        "bbbbbbbbbbbb. storefront/users-api had 2 images when this link was created; now it has 4 images.",
        "1 image is new: 1.2.0 (cccccccccccc).",
        "2 untagged images that belonged to a deleted image are still there: aaaaaaaaaaaa, bbbbbbbbbbbb.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // For a list that was cut, no image is called removed or added.
    new.more = vec![(SharedPart::Images, 1)];
    page.live = Some(SharedNow::There(new));
    let said = text(page, Locale::En);
    assert!(
        !said.contains("deleted:") && !said.contains("new:"),
        "{said}"
    );
}

#[test]
fn tags_that_moved_and_are_back_are_in_the_answer() {
    let at = |seconds| Timestamp(NOW.0 + seconds);
    let returned = |tag: &str| TagReturned {
        tag: tag.parse().unwrap(),
        elsewhere: vec![TagSighting {
            digest: image("81").digest,
            version_tag: None,
            first_seen: at(-300),
            last_seen: Some(at(-250)),
            gone: None,
        }],
        left: TagMove {
            last_seen: Some(at(-400)),
            gone: None,
            first_seen: at(-300),
        },
        back: TagMove {
            last_seen: Some(at(-250)),
            gone: None,
            first_seen: at(-200),
        },
    };
    let pushed = [Some(NOW.0 - DAY); 2];
    for mut page in [
        of_repository([44, 44], differing(vec![])),
        of_image(&["prod"], &["prod"], pushed),
    ] {
        page.returned = TagsReturned {
            first: vec![returned("prod")],
            count: 1,
        };
        let said = text(page.clone(), Locale::En);
        for part in [
            "As before; tags moved in between",
            "prod moved away and came back. In between it pointed at 818181818181: it left between",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!said.contains("Unchanged"), "{said}");
        page.returned.count = 5;
        let said = text(page, Locale::En);
        assert!(said.contains("same images again: prod, 4 more."), "{said}");
    }
}

#[test]
fn kinds_of_changes_are_counted_apart() {
    let moves = (0..3).map(|n| change(&format!("m{n}"), point("3f", None), point("81", None)));
    let gone = (0..2).map(|n| change(&format!("g{n}"), point("3f", None), None));
    let tags = differing(moves.chain(gone).collect());
    let said = text(of_repository([44, 44], tags.clone()), Locale::En);
    assert!(
        said.contains("818181818181; 2 other tags were deleted."),
        "{said}"
    );
    let said = text(of_repository([44, 44], tags), Locale::Zh);
    assert!(said.contains("另有 2 个标签已被删除"), "{said}");
}

#[test]
fn exact_times_in_sentences_do_not_break() {
    let html = html(of_prod(Some(prod("3f")), None), Locale::En);
    let made = Timestamp(NOW.0 - DAY).utc();
    assert!(
        html.contains(&format!("<span class=\"shared-time\">{made}</span>")),
        "{html}"
    );
}
