//! Input that is made to be slow or too deep is answered in time.

use std::time::{Duration, Instant};

use policy::{
    CompiledPolicy, Context, LintOptions, Mode, Outcome, Policy, PolicyKind, Resource, diff, lint,
};
use serde_json::{Value, json};

use crate::asked::{Compiled, IdentitySide, Question, Rules};

/// Far more than an unoptimised build needs, and far less than quadratic growth needs.
const IN_TIME: Duration = Duration::from_secs(10);
/// The maximum length of a repository policy, in characters.
const POLICY_CHARACTERS: usize = 10_240;
const LONG: usize = 100_000;

fn question(value: &str) -> Question {
    Question {
        principal: "arn:aws:iam::111122223333:role/builder".to_owned(),
        any_session: true,
        tags: Vec::new(),
        action: "ecr:PutImage".to_owned(),
        resource: "arn:aws:ecr:eu-west-1:111122223333:repository/shop".to_owned(),
        resource_account: None,
        resource_tags: None,
        context: vec![("x:key".to_owned(), vec![value.to_owned()])],
    }
}

/// Parses, compiles, decides and explains within the time limit.
#[track_caller]
fn is_answered(statements: &Value, question: &Question, expected: Outcome) {
    let start = Instant::now();
    let document = json!({ "Version": "2012-10-17", "Statement": statements });
    let policy = Policy::parse(document.to_string(), PolicyKind::Repository).unwrap();
    let rules = Rules {
        repository: Some(policy),
        registry: None,
        identity: IdentitySide::Unseen,
    };
    let compiled = Compiled::new(&rules);
    for mode in [Mode::Strict, Mode::ThreeValued] {
        let explained = compiled.explain(question, mode);
        assert_eq!(explained.outcome, expected);
    }
    let took = start.elapsed();
    assert!(took < IN_TIME, "took {took:?}");
}

/// A condition on the long value, in a policy of at most the allowed length.
fn like(operator: &str, pattern: &str) -> Value {
    assert!(pattern.len() <= POLICY_CHARACTERS);
    json!({
        "Effect": "Allow",
        "Principal": "*",
        "Action": "*",
        "Condition": { operator: { "x:key": pattern } },
    })
}

#[test]
fn nested_wildcards_against_a_long_value_are_answered_in_time() {
    let value = "a".repeat(LONG);
    for pattern in [
        "*a".repeat(5_000) + "b*",
        "*?".repeat(5_000) + "b*",
        "*".repeat(10_000) + "b*",
        "a?*".repeat(3_000) + "b*",
        format!("*{}b*", "a".repeat(60)),
        format!("*{}b*", "a".repeat(2_000)),
    ] {
        is_answered(
            &like("StringLike", &pattern),
            &question(&value),
            Outcome::ImplicitDeny,
        );
        is_answered(
            &like("StringNotLike", &pattern),
            &question(&value),
            Outcome::Allowed,
        );
    }
}

#[test]
fn many_patterns_against_a_long_value_are_answered_in_time() {
    let patterns = vec!["*b*"; POLICY_CHARACTERS / 3];
    let mut statement = like("StringLike", "");
    statement["Condition"]["StringLike"]["x:key"] = json!(patterns);
    let value = "a".repeat(LONG / 50);
    is_answered(&statement, &question(&value), Outcome::ImplicitDeny);
}

#[test]
fn nested_wildcards_in_actions_and_arns_are_answered_in_time() {
    let arn = format!("arn:aws:iam::111122223333:{}", "a/".repeat(LONG / 2));
    let pattern = format!("arn:*:*:*:*:{}b", "*a*".repeat(3_000));
    is_answered(
        &like("ArnLike", &pattern),
        &question(&arn),
        Outcome::ImplicitDeny,
    );
    let actions =
        json!({"Effect": "Allow", "Principal": "*", "Action": format!("{}b", "*e".repeat(5_000))});
    let mut asked = question("");
    asked.action = format!("ecr:{}", "e".repeat(LONG));
    is_answered(&actions, &asked, Outcome::ImplicitDeny);
}

#[test]
fn a_long_value_for_many_variables_is_answered_in_time() {
    let value = "a".repeat(LONG);
    for pattern in ["${x:key}".repeat(1_200), "*${x:key}".repeat(1_100)] {
        is_answered(
            &like("StringLike", &pattern),
            &question(&value),
            Outcome::ImplicitDeny,
        );
        let ignoring_case = like("StringEqualsIgnoreCase", &pattern.replace('*', ""));
        is_answered(&ignoring_case, &question(&value), Outcome::ImplicitDeny);
    }
    is_answered(
        &like("StringLike", "${x:key}"),
        &question(&value),
        Outcome::Allowed,
    );
    is_answered(
        &like("StringLike", "${x:key}*${x:key}"),
        &question(&value),
        Outcome::ImplicitDeny,
    );
}

#[test]
fn thousands_of_members_and_statements_are_answered_in_time() {
    let role = |place: usize| format!("arn:aws:iam::{place:012}:role/builder");
    let mut members: Vec<String> = (0..10_000).map(role).collect();
    members.push("arn:aws:iam::111122223333:role/builder".to_owned());
    let one = json!({"Effect": "Allow", "Principal": {"AWS": members}, "Action": "*"});
    is_answered(&one, &question(""), Outcome::Allowed);
    let statement = |member: &String| json!({"Effect": "Allow", "Principal": {"AWS": member}, "Action": "ecr:Put*"});
    let many: Value = members[9_000..].iter().map(statement).collect();
    is_answered(&many, &question(""), Outcome::Allowed);
    let keys: serde_json::Map<String, Value> = (0..10_000)
        .map(|place| (format!("x:{place}"), json!("*")))
        .collect();
    let conditions = json!({
        "Effect": "Deny", "Principal": "*", "Action": "*", "Condition": {"StringNotLike": keys},
    });
    let allow = json!({"Effect": "Allow", "Principal": "*", "Action": "*"});
    let start = Instant::now();
    let document = json!({ "Statement": [allow, conditions] }).to_string();
    assert!(Policy::parse(document, PolicyKind::Repository).is_ok());
    assert!(start.elapsed() < IN_TIME);
}

/// Compares work with work, because a machine may be slow: eight times the statements, with a position in the text
/// for each, take eight times as long, and not sixty-four times.
#[test]
fn the_cost_of_explaining_grows_linearly_with_the_policy() {
    let statement = |place: usize| {
        json!({"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{place:012}:role/builder")},
            "Action": "ecr:PutImage"})
        .to_string()
    };
    for separator in [",", ",\n"] {
        let explain = |count: usize| {
            let statements: Vec<String> = (0..count).map(statement).collect();
            let text = format!("{{\"Statement\": [{}]}}", statements.join(separator));
            let took = (0..3).map(|_| {
                let start = Instant::now();
                let rules = Rules {
                    repository: Some(Policy::parse(text.as_str(), PolicyKind::Repository).unwrap()),
                    registry: None,
                    identity: IdentitySide::Unseen,
                };
                let explained = Compiled::new(&rules).explain(&question(""), Mode::ThreeValued);
                assert_eq!(explained.statements.len(), count);
                start.elapsed()
            });
            took.min().unwrap()
        };
        let (few, many) = (explain(2_000), explain(16_000));
        assert!(
            many < few * 8 * 4,
            "{few:?}, and for eight times as many statements {many:?}"
        );
    }
}

/// The data for each account must not be multiplied by the number of statements.
#[test]
fn a_policy_of_many_accounts_decides_like_its_statements() {
    let role = |place: usize| format!("arn:aws:iam::{place:012}:role/builder");
    let statement =
        |place: usize| json!({"Effect": "Allow", "Principal": {"AWS": role(place)}, "Action": "*"});
    let mut statements: Vec<Value> = (0..20_000).map(statement).collect();
    let json = Value::from(statements.clone());
    is_answered(&json, &question(""), Outcome::ImplicitDeny);
    statements.push(
        json!({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/builder"},
            "Action": "*"}),
    );
    is_answered(&statements.into(), &question(""), Outcome::Allowed);
}

#[test]
fn a_policy_that_is_nested_too_deep_is_refused() {
    let deep = |open: &str, inside: &str, close: &str| {
        format!("{}{inside}{}", open.repeat(LONG), close.repeat(LONG))
    };
    let texts = [
        deep("[", "", ""),
        deep("[", "", "]"),
        deep(r#"{"Statement":"#, "", ""),
        deep(r#"{"Statement":"#, "1", "}"),
        format!(r#"{{"Statement": {}}}"#, deep("[", "", "]")),
        format!(
            r#"{{"Statement": {{"Effect": "Allow", "Principal": "*", "Action": {}}}}}"#,
            deep("[", r#""*""#, "]")
        ),
        format!(
            r#"{{"Statement": {{"Effect": "Allow", "Principal": {}, "Action": "*"}}}}"#,
            deep(r#"{"AWS":"#, r#""*""#, "}")
        ),
    ];
    for text in texts {
        let start = Instant::now();
        for kind in [
            PolicyKind::Repository,
            PolicyKind::Registry,
            PolicyKind::Identity,
        ] {
            assert!(Policy::parse(text.as_str(), kind).is_err());
        }
        assert!(start.elapsed() < IN_TIME);
    }
}

#[test]
fn a_policy_of_the_full_size_is_linted_and_compared() {
    let role = |place: usize| format!("arn:aws:iam::{place:012}:role/a");
    let statement = |place: usize| {
        let conditions = json!({ "StringLike": { "x:key": "*a*a*" } });
        json!({"Effect": if place.is_multiple_of(2) { "Allow" } else { "Deny" },
            "Principal": {"AWS": role(place)}, "Action": "*r*:*t*", "Condition": conditions})
    };
    let statements: Vec<Value> = (0..60).map(statement).collect();
    let members: Vec<String> = (0..200).map(role).collect();
    let one = json!({"Effect": "Allow", "Principal": {"AWS": members}, "Action": "*"});
    let policies = [json!(statements), json!(one)].map(|statements| {
        let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
        assert!(text.len() <= POLICY_CHARACTERS, "{}", text.len());
        Policy::parse(text, PolicyKind::Repository).unwrap()
    });
    let start = Instant::now();
    // The first uses a key that no action has; the second has no fault.
    assert!(!lint(&policies[0], LintOptions::default()).is_empty());
    assert!(lint(&policies[1], LintOptions::default()).is_empty());
    assert!(!diff(&policies[0], &policies[1]).is_empty());
    let took = start.elapsed();
    assert!(took < IN_TIME, "took {took:?}");
}

#[test]
fn denies_that_override_a_repeated_principal_are_found_in_time() {
    let everyone: Vec<_> = (0..1_200).map(|_| "*").collect();
    let conditions = json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1" } });
    let statements = json!([
        {"Effect": "Allow", "Principal": {"AWS": everyone}, "Action": "ecr:*"},
        {"Effect": "Deny", "Principal": {"AWS": everyone}, "Action": "ecr:*", "Condition": conditions},
    ]);
    let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    assert!(text.len() <= POLICY_CHARACTERS, "{}", text.len());
    let policy = CompiledPolicy::new(Policy::parse(text, PolicyKind::Repository).unwrap());
    let repository = Resource::new("arn:aws:ecr:eu-west-1:111122223333:repository/shop", None);
    let start = Instant::now();
    let found = policy.overrides(0, &repository, &Context::default());
    let took = start.elapsed();
    assert!(!found.is_empty());
    assert!(took < IN_TIME, "took {took:?}");
}
