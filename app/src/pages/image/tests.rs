//! The size of a page grows linearly with what it shows.

#![expect(clippy::unwrap_used, reason = "a parse failure fails the test")]

use model::{
    GrantedVia, Timestamp,
    image::{
        ChildView, ConfigView, HistoryStep, ImageFacts, LayerView, ManifestView, ReferrerMeaning,
        ReferrerView, Scan,
    },
    pull::Source,
};

use super::*;

const DIGITS: [char; 16] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
];

fn digest(number: usize) -> Digest {
    let hex: String = (0..64)
        .map(|at| DIGITS[(number >> (at % 8)) % 16])
        .collect();
    format!("sha256:{hex}").parse().unwrap()
}

fn shown<T>(value: T) -> Section<T> {
    Section::Shown {
        through: GrantedVia::Review,
        value,
        as_of: None,
    }
}

fn many<T>(count: usize, each: impl Fn(usize) -> T) -> Vec<T> {
    // All numbers have the same count of digits, so that the length does not depend on them.
    (1_000..1_000 + count).map(each).collect()
}

fn pairs(count: usize) -> Vec<(String, String)> {
    many(count, |number| (format!("key-{number}"), "value".into()))
}

fn manifest(count: usize) -> ManifestView {
    ManifestView {
        media_type: String::new(),
        raw: String::new(),
        size: 0,
        escaped: 0,
        children: many(count, |number| ChildView {
            digest: digest(number),
            platform: None,
            size: 1,
            role: None,
            is_index: false,
            scan: Scan::None,
        }),
        layers: many(count, |number| LayerView {
            digest: digest(number).to_string(),
            size: 1_000_000,
            media_type: "layer".into(),
            created_by: Some(format!("RUN {number}")),
            urls: Vec::new(),
        }),
        annotations: pairs(count),
        subject: None,
        config_size: 1,
        cut: 0,
        unread: Vec::new(),
    }
}

fn image(count: usize) -> ImageDetail {
    let config = ConfigView {
        environment: pairs(count),
        labels: pairs(count),
        history: many(count, |number| HistoryStep {
            created_by: format!("RUN {number}"),
            ..HistoryStep::default()
        }),
        ..ConfigView::default()
    };
    let referrers = many(count, |number| ReferrerView {
        digest: digest(number),
        artifact_type: None,
        meaning: ReferrerMeaning::Signature,
        size: Some(1),
        annotations: Vec::new(),
        by_tag: None,
        cut: 0,
        more_follow: false,
    });
    let absent = || Section::Absent {
        through: GrantedVia::Review,
        as_of: None,
    };
    let facts = ImageFacts {
        kind: ImageKind::Image,
        platforms: Vec::new(),
        size: None,
        pushed: None,
        pulled: None,
        scan: Scan::None,
        platform_scans: None,
        archived: false,
    };
    ImageDetail {
        context: ImageContext {
            repository: "retail/storefront/users-api".parse().unwrap(),
            through: vec![GrantedVia::Review],
            source: Source {
                uri: "registry.example/storefront/users-api".into(),
                region: "eu-central-1".into(),
                endpoint_url: None,
            },
            pull: absent(),
            as_of: None,
            now: Timestamp(0),
        },
        image: ImageRow {
            digest: digest(0),
            tags: Vec::new(),
            facts: Some(facts),
        },
        part_of: Vec::new(),
        more_part_of: 0,
        manifest: shown(manifest(count)),
        config: shown(config),
        referrers: shown(referrers),
        index_referrers: Vec::new(),
        findings: Section::Absent {
            through: GrantedVia::Review,
            as_of: None,
        },
    }
}

#[test]
fn a_page_grows_linearly_with_its_content() {
    let written = |count: usize| {
        let detail = image(count);
        view! { <Parts detail locale=Locale::En /> }.to_html().len()
    };
    // Row numbers and shares have more digits on a longer page: less than a hundredth of its size.
    let [some, twice, four_times] = [100, 200, 400].map(written);
    let (first, second) = (twice - some, four_times - twice);
    assert!(
        second.abs_diff(2 * first) < first / 50,
        "{some}, {twice}, {four_times} bytes"
    );
}
