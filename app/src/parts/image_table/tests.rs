use model::image::{Platform, Scan, TagKind};

use super::*;
use crate::testing::{columns_of, text_of};

fn look() -> ImagesLook {
    ImagesLook {
        repository: "retail/storefront/users-api".parse().unwrap(),
        facts: true,
        locale: Locale::En,
    }
}

fn image(tags: u32, facts: Option<ImageFacts>) -> ImageRow {
    let label = |number| TagLabel {
        tag: format!("1.{number}").parse().unwrap(),
        kind: TagKind::LooksFloating,
    };
    ImageRow {
        digest: format!("sha256:{}", "3f".repeat(32)).parse().unwrap(),
        tags: (0..tags).map(label).collect(),
        facts,
    }
}

fn facts(kind: ImageKind, platforms: Vec<Platform>) -> ImageFacts {
    ImageFacts {
        kind,
        platforms,
        size: Some(0),
        pushed: Some(Timestamp(0)),
        pulled: None,
        scan: Scan::None,
        platform_scans: None,
        archived: false,
    }
}

#[test]
fn that_an_image_is_archived_stands_apart_from_its_kind() {
    let archived = ImageFacts {
        archived: true,
        ..facts(ImageKind::Image, vec![])
    };
    let cell = view! { <FactCells facts=archived about=None now=Timestamp(0) locale=Locale::En /> };
    assert!(text_of(cell).contains("image archived"));
}

#[test]
fn an_index_is_one_row_with_its_platforms_in_it() {
    let platform = |architecture: &str| Platform {
        os: "linux".into(),
        architecture: architecture.into(),
        variant: None,
        os_version: None,
        os_features: Vec::new(),
    };
    let index = facts(ImageKind::Index, vec![platform("amd64"), platform("arm64")]);
    let row = look().row(image(1, Some(index)), Timestamp(0));
    let text = text_of(row);
    for part in [
        "1.0 (floating)",
        "linux/amd64, linux/arm64",
        "not recorded",
        "not scanned",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn each_row_has_as_many_columns_as_the_head() {
    for has_facts in [true, false] {
        let look = ImagesLook {
            facts: has_facts,
            ..look()
        };
        let head = columns_of(look.head(&ImageQuery::default()));
        let known = has_facts.then(|| facts(ImageKind::Image, vec![]));
        for facts in [None, known] {
            let row = columns_of(look.row(image(1, facts.clone()), Timestamp(0)));
            assert_eq!(row, head, "{facts:?}");
        }
    }
}

#[test]
fn a_list_of_tags_only_has_no_other_columns() {
    let look = ImagesLook {
        facts: false,
        ..look()
    };
    let query = ImageQuery::default().over_tags();
    let head = look.head(&query).to_html();
    let sorted = head.find("aria-sort=\"descending\"").unwrap();
    assert!(sorted < head.find("Digest").unwrap(), "by tags: {head}");
    for column in ["Pushed", "Platforms", "Findings"] {
        assert!(!head.contains(column), "{column}: {head}");
    }
    let row = look.row(image(1, None), Timestamp(0)).to_html();
    assert!(!row.contains("colspan"), "{row}");
}

#[test]
fn a_thousand_tags_do_not_fill_the_page() {
    let html = look().row(image(1_000, None), Timestamp(0)).to_html();
    assert_eq!(html.matches("href=\"/tags/").count(), SHOWN_TAGS);
    let all = format!(
        "href=\"/images/retail/sha256:{}/storefront/users-api\"",
        "3f".repeat(32)
    );
    assert!(
        html.contains("+994 more") && html.matches(&all).count() == 2,
        "{html}"
    );
}

#[test]
fn the_remaining_tags_of_a_row_can_be_unfolded() {
    let written = |linking: LinkMode, tags| {
        Owner::new_root(None).with(|| {
            provide_context(linking);
            look().row(image(tags, None), Timestamp(0)).to_html()
        })
    };
    for (linking, tags) in [(LinkMode::Everywhere, 8), (LinkMode::Nowhere, 40)] {
        let html = written(linking, tags);
        assert!(html.contains("<details><summary>+"), "{html}");
        assert_eq!(html.matches("class=\"tag tag-").count(), tags as usize);
    }
}

#[test]
fn a_signature_that_was_pushed_as_an_image_is_listed_as_a_signature() {
    let mut row = image(1, Some(facts(ImageKind::Image, vec![])));
    row.tags[0].tag = format!("sha256-{}.sig", "3f".repeat(32)).parse().unwrap();
    let text = text_of(look().row(row, Timestamp(0)));
    assert!(text.contains("signature, by its tag"), "{text}");
}

#[test]
fn markup_in_an_artifact_type_stays_text() {
    let kind = ImageKind::Artifact("\"><img src=x onerror=alert(1)>".into());
    let html = look()
        .row(image(0, Some(facts(kind, vec![]))), Timestamp(0))
        .to_html();
    assert!(!html.contains("<img"), "{html}");
}

#[test]
fn a_digest_without_a_row_leads_to_the_page_of_that_image() {
    let elsewhere = |text: &str| {
        let query = ImageQuery {
            text: text.into(),
            ..ImageQuery::default()
        };
        look().elsewhere(&query).map(|view| view.to_html())
    };
    let html = elsewhere("747625beaab2").unwrap();
    let href = "href=\"/images/retail/747625beaab2/storefront/users-api\"";
    assert!(html.contains(href), "{html}");
    for text in ["", "prod", "747", "747625beaab2 prod"] {
        assert_eq!(elsewhere(text), None, "{text}");
    }
}

#[test]
fn the_findings_of_an_index_are_said_to_be_those_of_its_worst_platform() {
    let head = look().head(&ImageQuery::default()).to_html();
    assert!(
        head.contains("title=\"Of an index: its worst platform\""),
        "{head}"
    );
    let label = |kind| {
        let row = image(1, Some(facts(kind, vec![])));
        look().row(row, Timestamp(0)).to_html()
    };
    let worst = "data-label=\"Findings, worst platform\"";
    assert!(label(ImageKind::Index).contains(worst));
    assert!(!label(ImageKind::Image).contains(worst));
}
