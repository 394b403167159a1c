//! Examples of what is hidden.

use super::*;
use crate::links::cut::TEXT;

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
fn values_are_removed_from_texts_that_repeat_them() {
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

/// What a link shows of the labels with which an image describes itself.
fn identity_shown(variables: &[(&str, &str)], labels: &[(&str, &str)]) -> Vec<String> {
    let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    };
    let named = labels.iter().map(|(key, value)| {
        let key = if key.contains('.') {
            (*key).to_owned()
        } else {
            format!("org.opencontainers.image.{key}")
        };
        (key, (*value).to_owned())
    });
    let mut view = image(owned(variables), &[], "1.0");
    if let SharedView::Image(detail) = &mut view
        && let Section::Shown { value, .. } = &mut detail.config
    {
        value.labels = named.collect();
    }
    let shared = prepare(view, HIDDEN, &BTreeSet::new()).unwrap();
    let SharedView::Image(detail) = shared.view else {
        unreachable!("an image")
    };
    let labels = &detail.config.shown().unwrap().labels;
    labels.iter().map(|(_, label)| label.clone()).collect()
}

#[test]
fn a_version_label_is_shown_if_its_variable_has_a_plain_name() {
    let variables = [
        ("SERVICE_VERSION", "1.7.1-build.823"),
        ("SERVICE_NAME", "users-api"),
        ("GIT_COMMIT", "3f9a1c2d4b5e6f708192a3b4c5d6e7f8091a2b3c"),
    ];
    let labels = [
        ("version", "1.7.1-build.823"),
        ("title", "users-api"),
        ("revision", "3f9a1c2d4b5e6f708192a3b4c5d6e7f8091a2b3c"),
        ("source", "https://git.example/shop/users-api"),
    ];
    let shown = identity_shown(&variables, &labels);
    assert_eq!(shown, labels.map(|(_, value)| value));
    // The same values in other labels may be anything.
    let others = labels.map(|(_, value)| ("com.example.note", value));
    let hidden = identity_shown(&variables, &others);
    assert_eq!(hidden, ["…", "…", "…", "https://git.example/shop/…"]);
}

#[test]
fn a_secret_is_not_shown_as_the_version() {
    let value = "hunter2hunter2";
    for variables in [
        // The name does not describe the value, or says that it is a secret.
        &[("TOKEN", value)][..],
        &[("PASSWORD", value)],
        &[("VERSION_TOKEN", value)],
        &[("TOKEN_NAME", value)],
        &[("X", value)],
        &[("NAMES", value)],
        &[("", value)],
        // One variable has a plain name, and another has the same value as a secret, in either
        // order.
        &[("VERSION", value), ("TOKEN", value)],
        &[("TOKEN", value), ("VERSION", value)],
        // A secret is a part of the plain value.
        &[("VERSION", value), ("TOKEN", "hunter2h")],
    ] {
        for label in ["version", "title", "revision", "source"] {
            let shown = identity_shown(variables, &[(label, value)]).remove(0);
            assert!(
                !shown.contains("hunter2h"),
                "{label} of {variables:?}: {shown}"
            );
        }
    }
    for source in [
        "https://bot:hunter2hunter2@git.example",
        "https://git.example?key=hunter2hunter2",
    ] {
        let shown = identity_shown(&[("SOURCE", source)], &[("source", source)]);
        assert_eq!(shown, ["…"], "a URL with more than the location");
    }
    // If not all variables are known, an unknown one may be the secret.
    let many: Vec<_> = (0..MAX_ENTRIES).map(|_| ("VERSION", value)).collect();
    assert_eq!(identity_shown(&many, &[("version", value)]), ["…"]);
    assert_eq!(
        identity_shown(&[("VERSION", value)], &[("version", value)]),
        [value]
    );
}

#[test]
fn removing_a_value_reveals_nothing_behind_the_cut() {
    let values = ["a-first-secret", "another-secret-of-more-characters"].map(str::to_owned);
    let before = values[0].repeat(12);
    // Wherever a text ends, the second value is cut there.
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
fn a_value_that_was_saved_without_an_account_id_is_unknown() {
    let id = "444455556666";
    let variables = vec![("TOKEN".to_owned(), format!("secret-{id}"))];
    // With the next digit it is another number and not an account ID.
    let labels = [format!("secret-{id}7")];
    let accounts = BTreeSet::new();
    let showed = LinkShows {
        accounts: false,
        ..SHOWN
    };
    let shared = prepare(image(variables, &labels, "1.0"), showed, &accounts).unwrap();
    let hidden = hide_again(shared, showed, HIDDEN, &accounts).unwrap();
    assert!(!said(&hidden).contains("secret"), "{}", said(&hidden));
}

#[test]
fn texts_that_may_repeat_unknown_variables_are_hidden() {
    let value = |n: usize| format!("a value of no interest, the {n}th");
    let few: Vec<_> = (1..MAX_ENTRIES).map(value).collect();
    assert_eq!(labels_shown(variables(&few), &["hello"]), ["hello"]);
    let many: Vec<_> = (1..=MAX_ENTRIES).map(value).collect();
    assert_eq!(labels_shown(variables(&many), &["hello"]), ["…"]);

    let mut few_shown = image(variables(&few[..1]), &["hello".to_owned()], "1.0");
    let SharedView::Image(detail) = &mut few_shown else {
        unreachable!("an image")
    };
    if let Section::Shown { value, .. } = &mut detail.config {
        value.environment_cut = true;
    }
    let said = said(&prepared(few_shown, &[HOME]));
    assert!(!said.contains("hello"), "{said}");
}

#[test]
fn twelve_digit_numbers_are_hidden_in_pushed_texts() {
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

/// Searching each text once for each account, and again after each match, would take minutes.
#[test]
fn a_hostile_image_is_prepared_quickly() {
    let arn = |n: usize| format!("arn::::{:012}", n * 7_919_191 % 999_999_999_989);
    let label = |n: usize| (200 * n..200 * (n + 1)).map(arn).collect::<String>();
    let labels: Vec<_> = (0..1_000).map(label).collect();
    // Each value ends with each shorter one.
    let values: Vec<_> = (1..MAX_ENTRIES).map(|n| "a".repeat(n)).collect();
    let shared = prepared(image(variables(&values), &labels, "1.0"), &[HOME]);
    assert!(!said(&shared).contains("7919191"));
    let labels: Vec<_> = (0..1_000).map(|_| "a".repeat(4_000)).collect();
    let shared = prepared(image(variables(&values), &labels, "1.0"), &[HOME]);
    assert!(!said(&shared).contains("aaaa"));
}

#[test]
fn account_ids_are_found_in_arns_and_host_names() {
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
fn only_the_instruction_of_a_build_step_remains() {
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
fn account_ids_are_hidden_on_the_whole_page_of_a_repository() {
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
    assert_eq!(hidden.now, rows.now, "a number is not an account ID");
}
