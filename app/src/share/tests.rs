//! What the pages of links say, and what they do not say.

#![expect(clippy::unwrap_used, reason = "a parse failure fails the test")]

use model::{
    Action, GrantedVia, Problem, Section, Timestamp,
    image::{
        ConfigView, GoneTag, ImageContext, ImageDetail, ImageFacts, ImageKind, ImageRow, Scan,
        TagDetail, TagHistory, TagKind, TagLabel,
    },
    link::{
        LinkMoment, LinkScope, LinkShows, LinkTarget, Shared, SharedNow, SharedPart, SharedView,
        TagsReturned,
    },
    pull::Source,
};

use super::*;
use again::between;

mod again;
mod compared;
mod counted;
mod deleted;
mod images;
mod moved;

const NOW: Timestamp = Timestamp(1_795_311_000);
const DAY: i64 = 24 * 60 * 60;

fn image(byte: &str) -> ImageRow {
    ImageRow {
        digest: format!("sha256:{}", byte.repeat(32)).parse().unwrap(),
        tags: Vec::new(),
        facts: Some(ImageFacts {
            kind: ImageKind::Image,
            platforms: Vec::new(),
            size: Some(3_355_443),
            pushed: Some(Timestamp(NOW.0 - 3 * DAY)),
            pulled: None,
            scan: Scan::None,
            platform_scans: None,
            archived: false,
        }),
    }
}

fn context() -> ImageContext {
    ImageContext {
        repository: "retail/storefront/users-api".parse().unwrap(),
        through: vec![GrantedVia::Review],
        source: Source {
            uri: "registry.example/storefront/users-api".into(),
            region: "eu-central-1".into(),
            endpoint_url: None,
        },
        pull: Section::Absent {
            through: GrantedVia::Review,
            as_of: None,
        },
        as_of: Some(NOW),
        now: NOW,
    }
}

fn shared(view: SharedView) -> Shared {
    Shared {
        view,
        more: vec![],
        tags: None,
        seen_at: None,
    }
}

fn label(tag: &str, kind: TagKind) -> TagLabel {
    TagLabel {
        tag: tag.parse().unwrap(),
        kind,
    }
}

/// `prod`, pointing at an image with this version.
fn version(byte: &str, version: &str) -> Shared {
    let mut shared = prod(byte);
    if let SharedView::Tag(detail) = &mut shared.view {
        detail.siblings = vec![label(version, TagKind::LooksUnique)];
        detail.image.tags = vec![label("prod", TagKind::Moved), detail.siblings[0].clone()];
    }
    shared
}

/// `prod`, pointing at an image.
fn prod(byte: &str) -> Shared {
    shared(SharedView::Tag(Box::new(TagDetail {
        label: TagLabel {
            tag: "prod".parse().unwrap(),
            kind: TagKind::Moved,
        },
        image: image(byte),
        siblings: vec![TagLabel {
            tag: "1.4.2".parse().unwrap(),
            kind: TagKind::Locked,
        }],
        seen: Vec::new(),
        absent_before: None,
        more: 0,
        gaps: Vec::new(),
        context: context(),
    })))
}

fn page(scope: LinkScope, frozen: Option<Shared>, live: Option<SharedNow>) -> SharedPage {
    SharedPage {
        target: LinkTarget {
            repository: "retail/storefront/users-api".parse().unwrap(),
            scope,
        },
        moment: LinkMoment::Both,
        shows: LinkShows::default(),
        note: "INC-4711".into(),
        maker_name: "Ana".into(),
        team: "storefront".parse().unwrap(),
        made: Timestamp(NOW.0 - DAY),
        expires: Timestamp(NOW.0 + 13 * DAY),
        frozen,
        read: live.as_ref().map(|_| NOW),
        live,
        earlier: Vec::new(),
        tags: None,
        returned: TagsReturned::default(),
        is_counted_alike: true,
        is_named_whole: true,
        now: NOW,
    }
}

fn of_prod(frozen: Option<Shared>, live: Option<SharedNow>) -> SharedPage {
    page(LinkScope::Tag("prod".parse().unwrap()), frozen, live)
}

fn html(page: SharedPage, locale: Locale) -> String {
    let options = LeptosOptions::builder().output_name("gantry").build();
    shared_page(page, "a-request", &options, locale)
}

/// The text of a document, without its head.
fn text(page: SharedPage, locale: Locale) -> String {
    let html = html(page, locale);
    let body = &html[html.find("<body").unwrap()..];
    let pieces = body
        .split('<')
        .map(|piece| piece.split_once('>').unwrap_or(("", piece)).1);
    let text: String = pieces.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_answer_compares_then_and_now() {
    let then = || Some(prod("3f"));
    for (frozen, live, expected) in [
        (
            then(),
            Some(SharedNow::There(prod("81"))),
            "Moved prod moved from 3f3f3f3f3f3f to 818181818181.",
        ),
        (
            then(),
            Some(SharedNow::There(prod("3f"))),
            "Unchanged prod points at 3f3f3f3f3f3f, as it did when this link was created. Gantry did not see it elsewhere in between.",
        ),
        (
            then(),
            Some(SharedNow::Gone(None)),
            "Tag deleted prod pointed at 3f3f3f3f3f3f when this link was created. The tag prod was deleted.",
        ),
        (
            Some(version("3f", "1.7.1-build.823")),
            Some(SharedNow::There(version("81", "1.7.0-build.820"))),
            "Moved prod moved from 1.7.1-build.823 to 1.7.0-build.820. Digest: 3f3f3f3f3f3f when this link was created, 818181818181 now.",
        ),
        (
            Some(version("3f", "1.7.1-build.823")),
            Some(SharedNow::There(version("3f", "1.7.1-build.823"))),
            "Unchanged prod points at 1.7.1-build.823 (3f3f3f3f3f3f), as it did",
        ),
        (
            then(),
            Some(SharedNow::Problem(Problem::Throttled)),
            "Not known now prod pointed at 3f3f3f3f3f3f when this link was created. Gantry cannot read where it points now.",
        ),
        (then(), None, "this link does not show the present"),
        (
            None,
            Some(SharedNow::There(prod("81"))),
            "prod points at 818181818181. The image was pushed 3 days ago.",
        ),
        (
            None,
            Some(SharedNow::Gone(None)),
            "Tag deleted The tag prod was deleted.",
        ),
        (
            None,
            Some(SharedNow::Gone(Some(GoneTag {
                digest: image("3f").digest,
                last_seen: Timestamp(NOW.0 - 120),
                gone_since: Timestamp(NOW.0 - 60),
                history: TagHistory::default(),
            }))),
            "Gantry saw the tag last at 2026-11-22 01:28:00 UTC; it was gone at 2026-11-22 01:29:00 UTC.",
        ),
    ] {
        let text = text(of_prod(frozen, live), Locale::En);
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn content_that_was_not_read_again_shows_when_it_was_read() {
    let mut then = prod("3f");
    then.seen_at = Some(Timestamp(NOW.0 - DAY - 50));
    let live = Some(SharedNow::There(prod("3f")));
    let of_then = text(of_prod(Some(then.clone()), None), Locale::En);
    for part in [
        "prod pointed at 3f3f3f3f3f3f when Gantry saw it at 2026-11-21 01:29:10 UTC.",
        "As Gantry saw it at 2026-11-21 01:29:10 UTC",
        "could not read Amazon ECR again when this link was created",
    ] {
        assert!(of_then.contains(part), "{part}: {of_then}");
    }
    let moved = of_prod(Some(then.clone()), Some(SharedNow::There(prod("81"))));
    for page in [of_prod(Some(then.clone()), live.clone()), moved] {
        let said = text(page, Locale::En);
        let not_anew = "again when this link was created.";
        let others = said.replacen(not_anew, "", 1);
        assert!(said.contains(not_anew), "{said}");
        assert!(
            !others.to_lowercase().contains("when this link was created"),
            "{said}"
        );
    }
    let in_chinese = text(of_prod(Some(then), live), Locale::Zh);
    assert!(
        in_chinese.contains("与最近一次读取时（2026-11-21 01:29:10 UTC）相同"),
        "{in_chinese}"
    );
}

#[test]
fn what_the_link_keeps_is_shown_while_the_registry_fails() {
    let live = Some(SharedNow::Problem(Problem::Throttled));
    let text = text(of_prod(Some(prod("3f")), live), Locale::En);
    assert!(text.contains("asked to slow down"), "{text}");
    assert!(text.contains(&"3f".repeat(32)), "the digest, whole: {text}");
}

#[test]
fn the_page_names_its_target_and_its_expiry() {
    let text = text(of_prod(Some(prod("3f")), None), Locale::En);
    for part in [
        "Share link",
        "INC-4711",
        "Created by Ana (team storefront) on 2026-11-21 01:30:00 UTC.",
        "Expires in 13 days, on 2026-12-05 01:30:00 UTC.",
        "Account IDs are hidden",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_page_links_only_to_the_same_page_in_gantry_and_runs_no_script() {
    let live = Some(SharedNow::There(prod("81")));
    let html = html(of_prod(Some(prod("3f")), live), Locale::En);
    for element in ["<script", "<form", "<button", "<input", "<iframe"] {
        assert!(!html.contains(element), "{element}: {html}");
    }
    let open = "href=\"/tags/retail/prod/storefront/users-api\" rel=\"noreferrer\"";
    assert_eq!(
        (html.matches("<a ").count(), html.matches(open).count()),
        (1, 1),
        "{html}"
    );
    let leads = html.matches("href=").count();
    let allowed = [
        "href=\"/favicon.svg\"",
        "href=\"/pkg/",
        "href=\"#icon-",
        "href=\"/tags/",
    ];
    let known: usize = allowed.iter().map(|it| html.matches(it).count()).sum();
    assert_eq!(leads, known, "{html}");
}

#[test]
fn a_preview_reveals_no_more_than_the_page_and_is_not_indexed() {
    let live = Some(SharedNow::There(prod("81")));
    let mut page = of_prod(None, live);
    page.read = Some(Timestamp(NOW.0 - 10));
    let html = html(page, Locale::En);
    assert!(
        html.contains("<title>prod of storefront/users-api · Gantry</title>"),
        "{html}"
    );
    // A chat keeps it for years, so no time in it is relative.
    let description = "content=\"prod points at 818181818181. The image was pushed 2026-11-19 01:30:00 UTC. Read from Amazon ECR at 2026-11-22 01:29:50 UTC.\"";
    assert_eq!(html.matches(description).count(), 2, "{html}");
    assert!(html.contains("property=\"og:description\""), "{html}");
    assert!(
        html.contains("name=\"robots\" content=\"noindex, nofollow\""),
        "{html}"
    );
    assert!(
        !html.contains("registry.example"),
        "references contain account IDs: {html}"
    );
}

#[test]
fn an_image_hides_values_and_names_what_is_withheld() {
    let config = ConfigView {
        environment: vec![("API_TOKEN".into(), String::new())],
        ..ConfigView::default()
    };
    let row = image("3f");
    let scope = LinkScope::Image(row.digest.clone());
    let detail = ImageDetail {
        context: context(),
        image: row,
        part_of: vec![],
        more_part_of: 0,
        manifest: withheld(Action::BatchGetImage),
        config: Section::Shown {
            through: GrantedVia::Review,
            value: config,
            as_of: None,
        },
        referrers: Section::Absent {
            through: GrantedVia::Review,
            as_of: None,
        },
        index_referrers: vec![],
        findings: withheld(Action::DescribeImageScanFindings),
    };
    let mut kept = shared(SharedView::Image(Box::new(detail)));
    kept.more = vec![(SharedPart::Labels, 12)];
    let text = text(page(scope, Some(kept), None), Locale::En);
    for part in [
        "API_TOKEN",
        "hidden",
        "ecr:DescribeImageScanFindings is not granted",
        "the team that this link was made for",
        "Left out for lack of space: 12 labels.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

fn withheld<Value>(action: Action) -> Section<Value> {
    Section::Withheld {
        action,
        statement: None,
    }
}

#[test]
fn markup_in_a_note_stays_text() {
    let mut page = of_prod(Some(prod("3f")), None);
    page.note = "\"><script>alert(1)</script>".into();
    page.maker_name = "<b>Ana</b>".into();
    let html = html(page, Locale::En);
    assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
}

#[test]
fn the_page_is_in_the_readers_language() {
    let live = Some(SharedNow::There(prod("81")));
    let html = html(of_prod(Some(prod("3f")), live), Locale::Zh);
    assert!(html.contains("lang=\"zh-Hans\""), "{html}");
    assert!(html.contains("创建此链接时"), "{html}");
}

#[test]
fn the_page_of_a_link_that_does_not_open_is_always_the_same() {
    let options = LeptosOptions::builder().output_name("gantry").build();
    let one = closed_page(&options, Locale::En);
    assert_eq!(one, closed_page(&options, Locale::En));
    assert!(one.contains("There is no such link"), "{one}");
    let undecided = undecided_page("a-request", &options, Locale::En);
    assert!(undecided.contains("a-request") && undecided.contains("Nothing was changed"));
}

#[test]
fn a_link_that_cannot_be_read_says_why_and_what_to_do() {
    let options = LeptosOptions::builder().output_name("gantry").build();
    let newer = newer_page("a-request", &options, Locale::En);
    assert!(newer.contains("A newer version of Gantry created this link"));
    let unreadable = unreadable_page("a-request", &options, Locale::En);
    assert!(unreadable.contains("cannot read what it saved"));
    for page in [newer, unreadable] {
        assert!(page.contains("a-request") && page.contains("Nothing was changed"));
    }
}
