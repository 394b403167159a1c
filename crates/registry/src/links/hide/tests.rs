//! Whatever is pushed, nothing that is hidden is left.

#![expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]

use model::{
    Digest, Page, Section, Through,
    image::{
        ConfigView, HistoryStep, ImageContext, ImageDetail, ImageRow, LayerView, ManifestView,
        ReferrerMeaning, ReferrerView, TagKind, TagLabel,
    },
    link::HIDDEN_ACCOUNT,
    pull::Source,
};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::{accounts::for_each_text, *};
use crate::content::MAX_ENTRIES;

const HOME: &str = "111122223333";

fn through() -> Through {
    Through::Team {
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
    }
}

fn digest(digits: &str) -> Digest {
    let filled: String = digits.chars().cycle().take(64).collect();
    format!("sha256:{filled}").parse().unwrap()
}

/// An image that says these texts wherever somebody who pushes can say something.
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
            registry: "retail".parse().unwrap(),
            name: format!("team/{HOME}").parse().unwrap(),
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
        manifest: shown(ManifestView {
            media_type: "manifest".to_owned(),
            raw: texts.concat(),
            children: Vec::new(),
            layers: texts.iter().map(layer).collect(),
            annotations: pairs,
            subject: Some(digest(HOME)),
        }),
        config: shown(config),
        referrers: shown(vec![referrer]),
        findings: Section::Withheld {
            action: model::Action::DescribeImageScanFindings,
            statement: Some(texts.concat()),
        },
    }))
}

/// Every text that is shown, but for digests and tags.
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

fn prepared(view: SharedView, accounts: &[&str]) -> Shared {
    let accounts = accounts.iter().filter_map(|id| AccountId::parse(id));
    prepare(view, HIDDEN, &accounts.collect()).unwrap()
}

/// What is hidden, in the middle of something.
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

/// How a value comes from two others.
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

/// Values and some that begin as they do or stand across two of them, and rows of two.
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

/// Beginnings of texts that may mislead whoever looks for something in them.
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

    /// Greek letters stand in values alone, so that not even a part of one may be left.
    #[test]
    fn nothing_of_a_value_is_left(
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
    fn a_short_value_is_left_only_as_part_of_a_word(
        values in vec("[α-ω]{4,7}", 1..20),
        noise in noise(),
    ) {
        let texts = around(&values, &noise);
        let said = said(&prepared(image(variables(&values), &texts, "1.0"), &[]));
        // What was cut off was a letter, maybe.
        let words: Vec<&str> = said.split(|c: char| c != '…' && !c.is_alphanumeric()).collect();
        for value in &values {
            prop_assert!(!words.contains(&value.as_str()), "{value} in {said}");
        }
    }

    #[test]
    fn no_account_id_is_left(
        accounts in vec("[0-9]{12}|0{10}[0-9]{2}|(12){6}", 1..6),
        noise in noise(),
        named in any::<bool>(),
        tag in "[0-9]{12}",
    ) {
        prop_assume!(!accounts.iter().any(|id| id == HIDDEN_ACCOUNT));
        let mut texts = around(&accounts, &noise);
        let mut known: Vec<_> = accounts.iter().map(String::as_str).chain([HOME]).collect();
        if named {
            // Then nobody has to know them.
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
    fn hiding_twice_is_hiding_once(texts in vec("[ -~]{0,80}|arn:a:b:c:[0-9]{12}:d", 1..20)) {
        let once = prepared(image(Vec::new(), &texts, "1.0"), &[HOME]);
        let known = [AccountId::parse(HOME).unwrap()].into();
        prop_assert_eq!(&hide_accounts(&once, &known).unwrap(), &once);
    }
}

/// Digests stay whole in a text too.
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

/// What a link shows of these labels.
fn labels_shown(variables: Vec<(String, String)>, labels: &[&str]) -> Vec<String> {
    let labels: Vec<_> = labels.iter().map(|&label| label.to_owned()).collect();
    let shared = prepared(image(variables, &labels, "1.0"), &[HOME]);
    let SharedView::Image(detail) = shared.view else {
        unreachable!("an image")
    };
    let labels = &detail.config.shown().unwrap().labels;
    labels.iter().map(|(_, label)| label.clone()).collect()
}

#[test]
fn values_are_taken_out_of_what_repeats_them() {
    let values = [
        "postgres",
        "postgres://app:s3cr3tpw@db/prod",
        "hunter2",
        "abcdefgh",
        "ghijklmnop",
        "on",
        "ab-c",
        "ab-c-de",
    ];
    let variables = variables(&values.map(str::to_owned));
    for (label, left) in [
        ("postgres://app:s3cr3tpw@db/prod", "…"),
        ("from postgres://app:s3cr3tpw@db/prod!", "from …!"),
        ("mypostgres16", "my…16"),
        ("--pin=hunter2", "--pin=…"),
        ("hunter2", "…"),
        ("pin_hunter2é", "pin_hunter2é"),
        ("hunter2postgres", "…"),
        ("postgreshunter2abcdefgh", "…"),
        ("hunter2000", "hunter2000"),
        ("(abcdefghijklmnop)", "(…)"),
        ("abcdefghabcdefgh, abcdefgh", "…, …"),
        ("it is on", "it is on"),
        ("ab-c-def", "…-def"),
    ] {
        assert_eq!(labels_shown(variables.clone(), &[label]), [left], "{label}");
    }
}

#[test]
fn what_is_taken_out_draws_nothing_into_view() {
    let values = ["a-first-secret", "another-secret-of-more-characters"].map(str::to_owned);
    let before = values[0].repeat(12);
    // Wherever a text ends, the second is cut in two there.
    for end in [TEXT, TEXT + cut::MARGIN] {
        for cut_off in 1..values[1].len() {
            let rest = "-".repeat(end + cut_off - values[1].len() - before.len());
            let label = format!("{before}{rest}{}", values[1]);
            let shown = labels_shown(variables(&values), &[&label]).remove(0);
            assert_eq!(shown.trim_matches(['-', '…']), "", "{label}");
        }
    }
}

#[test]
fn where_not_all_variables_are_known_nothing_that_may_repeat_them_is_shown() {
    let value = |n: usize| format!("a value of no interest, the {n}th");
    let few: Vec<_> = (1..MAX_ENTRIES).map(value).collect();
    assert_eq!(labels_shown(variables(&few), &["hello"]), ["hello"]);
    let many: Vec<_> = (1..=MAX_ENTRIES).map(value).collect();
    assert_eq!(labels_shown(variables(&many), &["hello"]), ["…"]);
}

#[test]
fn numbers_of_twelve_digits_are_hidden_where_they_were_pushed() {
    const DIGEST: &str = "sha256:11112222333311112222333311112222333311112222333311112222333311aa";
    let id = "666677778888";
    for (before, after) in [
        ("https://sqs.eu-central-1.amazonaws.com/", "/queue"),
        ("bucket-logs-", ""),
        ("arn%3Aaws%3Aiam%3A%3A", "%3Arole%2Fx"),
        ("ARN:AWS:IAM::", ":ROLE/X"),
        ("", ".DKR.ECR.EU-CENTRAL-1.AMAZONAWS.COM"),
        ("", ""),
        ("é", "é"),
        (DIGEST, DIGEST),
        (&"-".repeat(295), ""),
    ] {
        let shown = labels_shown(Vec::new(), &[&format!("{before}{id}{after}")]);
        let left: String = format!("{before}{HIDDEN_ACCOUNT}{after}");
        let cut: String = left.chars().take(TEXT).collect();
        assert_eq!(shown[0].trim_end_matches('…'), cut);
    }
    for (label, left) in [
        ("20261122153059", "20261122153059"),
        ("11112222333", "11112222333"),
        ("9111122223333", "0000000000000"),
    ] {
        assert_eq!(labels_shown(Vec::new(), &[label]), [left], "{label}");
    }
}

/// To go over each text once for each account, and again after each find, would take minutes.
#[test]
fn a_hostile_image_is_prepared_in_passing() {
    let arn = |n: usize| format!("arn::::{:012}", n * 7_919_191 % 999_999_999_989);
    let label = |n: usize| (200 * n..200 * (n + 1)).map(arn).collect::<String>();
    let labels: Vec<_> = (0..1_000).map(label).collect();
    // Each value ends in each shorter one.
    let values: Vec<_> = (1..MAX_ENTRIES).map(|n| "a".repeat(n)).collect();
    let shared = prepared(image(variables(&values), &labels, "1.0"), &[HOME]);
    assert!(!said(&shared).contains("7919191"));
    let labels: Vec<_> = (0..1_000).map(|_| "a".repeat(4_000)).collect();
    let shared = prepared(image(variables(&values), &labels, "1.0"), &[HOME]);
    assert!(!said(&shared).contains("aaaa"));
}

#[test]
fn account_ids_are_found_where_aws_writes_them() {
    let found = |text: &str| {
        let found = accounts_in(text).into_iter();
        found.map(|id| id.to_string()).collect::<Vec<_>>()
    };
    for (text, accounts) in [
        ("arn:aws:iam::111122223333:role/x", vec!["111122223333"]),
        (
            "in arn:aws-cn:ecr:cn-north-1:444455556666:repository/x, and arn:aws:iam::111122223333:root",
            vec!["444455556666", "111122223333"],
        ),
        ("\"arn:aws:iam::111122223333\"", vec!["111122223333"]),
        (
            "111122223333.dkr.ecr.eu-central-1.amazonaws.com/x:1",
            vec!["111122223333"],
        ),
        (
            "https://111122223333.dkr.ecr-fips.us-east-1.amazonaws.com",
            vec!["111122223333"],
        ),
        (
            "111122223333.dkr-ecr.eu-central-1.on.aws/x",
            vec!["111122223333"],
        ),
        ("arn:aws:s3:::bucket/202611221530", vec![]),
        ("build 202611221530", vec![]),
        ("é.dkr.ecr", vec![]),
        ("arn:arn:arn:arn:arn:", vec![]),
    ] {
        assert_eq!(found(text), accounts, "{text}");
    }
}

#[test]
fn of_a_build_step_the_instruction_is_left() {
    for (step, left) in [
        ("RUN |1 TOKEN=x /bin/sh -c make # buildkit", "RUN"),
        ("|1 TOKEN=x /bin/sh -c make", "RUN"),
        ("/bin/sh -c #(nop)  ENV TOKEN=x", "ENV"),
        ("/bin/sh -c #(nop) COPY file:1 in / ", "COPY"),
        ("/bin/sh -c make TOKEN=x", "RUN"),
        ("ENV TOKEN=x", "ENV"),
        ("TOKEN=x", "…"),
        ("hunter2", "…"),
        ("/bin/sh", "RUN"),
        ("/bin/sh -c #(nop) hunter2", "…"),
        ("", "…"),
    ] {
        assert_eq!(instruction(step), left, "{step}");
    }
}

#[test]
fn a_page_of_a_repository_is_hidden_as_a_whole() {
    let rows = Page {
        rows: vec![HOME.to_owned()],
        total: 1,
        matching: 1,
        number: 1,
        pages: 1,
        as_of: None,
        incomplete: false,
        problem: None,
        now: model::Timestamp(111_122_223_333),
    };
    let known = [AccountId::parse(HOME).unwrap()].into();
    let hidden = hide_accounts(&rows, &known).unwrap();
    assert_eq!(hidden.rows, [HIDDEN_ACCOUNT]);
    assert_eq!(hidden.now, rows.now, "a number is no account id");
}
