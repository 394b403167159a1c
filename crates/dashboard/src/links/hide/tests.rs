//! No hidden value remains, whatever is pushed.

#![expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]

use ecr::content::MAX_ENTRIES;
use model::{
    Digest, GrantedVia, Page, Section,
    image::{
        ConfigView, HistoryStep, ImageContext, ImageDetail, ImageRow, LayerView, ManifestView,
        ReferrerMeaning, ReferrerView, TagKind, TagLabel,
    },
    link::HIDDEN_ACCOUNT,
    pull::Source,
};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::{accounts::for_each_text, *};

mod examples;

const HOME: &str = "111122223333";

fn through() -> GrantedVia {
    GrantedVia::Team {
        team: "developers".parse().unwrap(),
        principal: format!("arn:aws:iam::{HOME}:role/developer")
            .parse()
            .unwrap(),
    }
}

fn shown<T>(value: T) -> Section<T> {
    Section::Shown {
        through: through(),
        value,
        as_of: None,
    }
}

fn digest(digits: &str) -> Digest {
    let filled: String = digits.chars().cycle().take(64).collect();
    format!("sha256:{filled}").parse().unwrap()
}

/// An image with these texts in every place that a person who pushes controls.
fn image(variables: Vec<(String, String)>, texts: &[String], tag: &str) -> SharedView {
    let pairs: Vec<_> = texts
        .iter()
        .map(|text| (text.clone(), text.clone()))
        .collect();
    let step = |text: &String| HistoryStep {
        created_by: text.clone(),
        comment: Some(text.clone()),
        ..HistoryStep::default()
    };
    let layer = |text: &String| LayerView {
        digest: digest(HOME).to_string(),
        size: 1,
        media_type: "layer".to_owned(),
        created_by: Some(text.clone()),
        urls: Vec::new(),
    };
    let config = ConfigView {
        author: texts.first().cloned(),
        entrypoint: texts.to_vec(),
        command: texts.to_vec(),
        user: texts.last().cloned(),
        environment: variables,
        labels: pairs.clone(),
        history: texts.iter().map(step).collect(),
        ..ConfigView::default()
    };
    let referrer = ReferrerView {
        digest: digest(HOME),
        artifact_type: None,
        meaning: ReferrerMeaning::Other,
        size: None,
        annotations: pairs.clone(),
        by_tag: Some(tag.parse().unwrap()),
        cut: 0,
        more_follow: false,
    };
    let row = ImageRow {
        digest: digest(HOME),
        tags: vec![TagLabel {
            tag: tag.parse().unwrap(),
            kind: TagKind::LooksUnique,
        }],
        facts: None,
    };
    let now = model::Timestamp(0);
    SharedView::Image(Box::new(ImageDetail {
        context: ImageContext {
            repository: format!("retail/team/{HOME}").parse().unwrap(),
            through: vec![through()],
            source: Source {
                uri: format!("{HOME}.dkr.ecr.eu-central-1.amazonaws.com/team/{HOME}"),
                region: "eu-central-1".to_owned(),
                endpoint_url: None,
            },
            pull: shown(()),
            as_of: None,
            now,
        },
        image: row,
        part_of: Vec::new(),
        more_part_of: 0,
        manifest: shown(ManifestView {
            media_type: "manifest".to_owned(),
            raw: texts.concat(),
            size: 0,
            escaped: 0,
            children: Vec::new(),
            layers: texts.iter().map(layer).collect(),
            annotations: pairs,
            subject: Some(digest(HOME)),
            config_size: 0,
            cut: 0,
            unread: texts.to_vec(),
        }),
        config: shown(config),
        referrers: shown(vec![referrer]),
        index_referrers: Vec::new(),
        findings: Section::Withheld {
            action: model::Action::DescribeImageScanFindings,
            statement: Some(texts.concat()),
        },
    }))
}

/// Every text that is shown, except digests and tags.
fn said(shared: &Shared) -> String {
    let mut said = String::new();
    let mut value = serde_json::to_value(shared).unwrap();
    for_each_text(&mut value, &mut |text| {
        said.push_str(text);
        said.push('\n');
    });
    said
}

const HIDDEN: LinkShows = LinkShows {
    environment: false,
    accounts: false,
};

const SHOWN: LinkShows = LinkShows {
    environment: true,
    accounts: true,
};

/// A view that was prepared to show this, and then may no longer show it.
fn hidden_again(view: SharedView, showed: LinkShows) -> Shared {
    let accounts = AccountId::parse(HOME).into_iter().collect();
    let shared = prepare(view, showed, &accounts).unwrap();
    hide_again(shared, showed, HIDDEN, &accounts).unwrap()
}

fn prepared(view: SharedView, accounts: &[&str]) -> Shared {
    let accounts = accounts.iter().filter_map(|id| AccountId::parse(id));
    prepare(view, HIDDEN, &accounts.collect()).unwrap()
}

/// The hidden values, in the middle of other text.
fn around(hidden: &[String], noise: &[(String, usize, String)]) -> Vec<String> {
    let say = |(before, which, after): &(String, usize, String)| {
        let hidden = hidden.get(which % hidden.len().max(1));
        format!("{before}{}{after}", hidden.map_or("", String::as_str))
    };
    noise.iter().map(say).collect()
}

fn variables(values: &[String]) -> Vec<(String, String)> {
    let values = values.iter().enumerate();
    values
        .map(|(n, value)| (format!("KEY{n}"), value.clone()))
        .collect()
}

/// How a value is derived from two others.
#[derive(Debug, Clone, Copy)]
enum Relation {
    Start,
    Overlap,
    Adjacent,
}

fn relative() -> impl Strategy<Value = (Index, Index, Relation)> {
    let relation = prop_oneof![
        Just(Relation::Start),
        Just(Relation::Overlap),
        Just(Relation::Adjacent)
    ];
    (any::<Index>(), any::<Index>(), relation)
}

/// Values, some with the same start or overlapping two of them, and pairs of them.
fn with_relatives(
    mut values: Vec<String>,
    relatives: &[(Index, Index, Relation)],
) -> (Vec<String>, Vec<String>) {
    let mut rows = Vec::new();
    for (one, other, relation) in relatives {
        let (one, other) = (one.get(&values), other.get(&values));
        let half = |text: &str| text.chars().count() / 2;
        let start = other.chars().take(half(other).max(8));
        let value = match relation {
            Relation::Start => start.collect(),
            Relation::Overlap => one.chars().skip(half(one)).chain(start).collect(),
            Relation::Adjacent => {
                rows.push(format!("{one}{other}"));
                continue;
            }
        };
        rows.push(format!("{one}{other}"));
        values.push(value);
    }
    rows.extend(values.iter().cloned());
    (values, rows)
}

/// Starts of texts that could mislead a search.
fn noise() -> impl Strategy<Value = Vec<(String, usize, String)>> {
    let before = prop_oneof![
        Just(String::new()),
        "[ -~]{0,40}",
        "[ -~éÀ]{280,420}",
        Just("arn:aws:iam::".to_owned()),
        Just("RUN |1 TOKEN=".to_owned()),
        Just("/bin/sh -c #(nop)  ENV A=".to_owned()),
        Just("sha256:".to_owned()),
        "sha256:[0-9a-f]{40,60}",
    ];
    let after = prop_oneof![
        Just(String::new()),
        "[ -~]{0,40}",
        Just(":role/x".to_owned())
    ];
    vec((before, 0..1_000_usize, after), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Greek letters occur only in values, so no part of a value may remain.
    #[test]
    fn no_part_of_a_hidden_value_remains(
        values in vec("[α-ω]{8,30}|[α-ω]{90,600}", 1..40),
        relatives in vec(relative(), 0..40),
        noise in noise(),
    ) {
        let (values, rows) = with_relatives(values, &relatives);
        let texts = around(&rows, &noise);
        let said = said(&prepared(image(variables(&values), &texts, "1.0"), &[]));
        prop_assert!(!said.contains(|c| ('α'..='ω').contains(&c)), "{said}");
        prop_assert!(said.contains("KEY0"), "names are shown");
    }

    #[test]
    fn no_part_of_a_value_that_was_shown_before_remains(
        values in vec("[α-ω]{8,30}|[α-ω]{90,600}", 1..40),
        relatives in vec(relative(), 0..40),
        noise in noise(),
    ) {
        let (values, rows) = with_relatives(values, &relatives);
        let texts = around(&rows, &noise);
        let said = said(&hidden_again(image(variables(&values), &texts, "1.0"), SHOWN));
        prop_assert!(!said.contains(|c| ('α'..='ω').contains(&c)), "{said}");
    }

    #[test]
    fn a_short_value_remains_only_as_part_of_a_word(
        values in vec("[α-ω]{4,7}", 1..20),
        noise in noise(),
    ) {
        let texts = around(&values, &noise);
        let said = said(&prepared(image(variables(&values), &texts, "1.0"), &[]));
        // The cut-off part may have been a letter.
        let words: Vec<&str> = said.split(|c: char| c != '…' && !c.is_alphanumeric()).collect();
        for value in &values {
            prop_assert!(!words.contains(&value.as_str()), "{value} in {said}");
        }
    }

    #[test]
    fn no_account_id_remains(
        accounts in vec("[0-9]{12}|0{10}[0-9]{2}|(12){6}", 1..6),
        noise in noise(),
        named in any::<bool>(),
        tag in "[0-9]{12}",
    ) {
        prop_assume!(!accounts.iter().any(|id| id == HIDDEN_ACCOUNT));
        let mut texts = around(&accounts, &noise);
        let mut known: Vec<_> = accounts.iter().map(String::as_str).chain([HOME]).collect();
        if named {
            // The account IDs need not be known.
            known.truncate(0);
            texts.extend(accounts.iter().map(|id| format!("see arn:aws:ecr:eu-central-1:{id}:repository/x")));
            texts.rotate_right(accounts.len());
        }
        let tag = if named { HOME.to_owned() } else { tag };
        let shared = prepared(image(Vec::new(), &texts, &tag), &known);
        let SharedView::Image(detail) = &shared.view else { unreachable!() };
        prop_assert_eq!(&detail.image.digest, &digest(HOME));
        prop_assert_eq!(detail.image.tags[0].tag.as_str(), tag);
        let layer = &detail.manifest.shown().unwrap().layers[0].digest;
        prop_assert_eq!(layer, &digest(HOME).to_string());
        prop_assert_eq!(detail.manifest.shown().unwrap().subject.as_ref(), Some(&digest(HOME)));
        let said = without_digests(&said(&shared));
        for account in accounts.iter().map(String::as_str).chain([HOME]) {
            prop_assert!(!said.contains(account), "{account} in {said}");
        }
    }

    #[test]
    fn hiding_twice_equals_hiding_once(texts in vec("[ -~]{0,80}|arn:a:b:c:[0-9]{12}:d", 1..20)) {
        let once = prepared(image(Vec::new(), &texts, "1.0"), &[HOME]);
        let known = [AccountId::parse(HOME).unwrap()].into();
        prop_assert_eq!(&hide_accounts(&once, &known).unwrap(), &once);
    }
}

/// Digests stay complete in a text too.
fn without_digests(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(at) = text.match_indices("sha256:").map(|(at, _)| at).find(|at| {
        text.get(*at..at + 71)
            .is_some_and(|it| it.parse::<Digest>().is_ok())
    }) {
        text.replace_range(at..at + 71, "#");
    }
    text
}
