//! The part of each statement in a decision.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use policy::{Effect, Mode, Outcome, Position, Seen, Source, Truth};

use super::{ROLE, SESSION, STRANGER, ask};

const FROZEN: &str = r#"
    {"Sid": "Everyone", "Effect": "Allow", "Principal": "*", "Action": "ecr:*"},
    {"Sid": "ProdIsFrozen", "Effect": "Deny", "Principal": "*", "Action": "ecr:Put*",
     "Condition": {"StringNotEquals": {"x:window": ["open", "late"]},
                   "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/release"}}},
    {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "ecr:Get*", "Resource": "arn:other"}"#;

#[test]
fn an_explanation_names_the_deciding_deny_and_its_parts() {
    let explained = ask(ROLE)
        .repository(FROZEN)
        .with("x:window", &["shut"])
        .explain(Mode::Strict);
    assert_eq!(explained.outcome, Outcome::ExplicitDeny);
    assert_eq!(explained.decided_by, Some(1));
    assert!(explained.same_account && !explained.delegated);
    let deny = explained.deciding().unwrap();
    assert_eq!((deny.source, deny.index), (Source::Repository, 1));
    assert_eq!(deny.sid.as_deref(), Some("ProdIsFrozen"));
    assert_eq!((deny.effect, deny.applies), (Effect::Deny, Truth::True));
    assert_eq!(deny.at, Position { line: 3, column: 5 });
    let [window, arn] = &deny.conditions[..] else {
        unreachable!("the statement has two conditions");
    };
    assert_eq!(
        (&*window.operator, &*window.key),
        ("StringNotEquals", "x:window")
    );
    assert_eq!(window.values, ["open", "late"]);
    assert_eq!(window.seen, Seen::Values(vec!["shut".to_owned()]));
    assert_eq!(window.holds, Truth::True);
    assert_eq!(
        window.at,
        Position {
            line: 4,
            column: 40
        }
    );
    assert_eq!(arn.seen, Seen::Values(vec![ROLE.to_owned()]));
    assert_eq!(explained.reduced().outcome, Outcome::ExplicitDeny);
}

#[test]
fn unknown_and_missing_keys_are_explained() {
    let asked = ask(ROLE).repository(FROZEN);
    let unknown = asked.explain(Mode::ThreeValued);
    assert_eq!(unknown.outcome, Outcome::Conditional);
    assert_eq!(unknown.decided_by, Some(1));
    assert_eq!(unknown.statements[1].applies, Truth::Unknown);
    assert_eq!(unknown.statements[1].conditions[0].seen, Seen::Unknown);
    assert_eq!(unknown.statements[1].conditions[0].holds, Truth::Unknown);
    assert_eq!(unknown.statements[1].conditions[1].holds, Truth::True);
    let missing = asked.with("x:window", &[]).explain(Mode::ThreeValued);
    assert_eq!(missing.statements[1].conditions[0].seen, Seen::Absent);
    assert_eq!(missing.outcome, Outcome::ExplicitDeny);
}

#[test]
fn an_explanation_names_the_deciding_allow_and_those_that_do_not_apply() {
    let explained = ask(SESSION)
        .repository(FROZEN)
        .with("x:window", &["late"])
        .explain(Mode::Strict);
    assert_eq!(
        (explained.outcome, explained.decided_by),
        (Outcome::Allowed, Some(0))
    );
    assert_eq!(explained.reduced().outcome, Outcome::Allowed);
    let [everyone, frozen, other] = &explained.statements[..] else {
        unreachable!("the policy has three statements");
    };
    assert_eq!(everyone.applies, Truth::True);
    assert_eq!(
        (frozen.principal, frozen.action),
        (Truth::True, Truth::True)
    );
    assert_eq!(
        (frozen.conditions[0].holds, frozen.applies),
        (Truth::False, Truth::False)
    );
    assert_eq!(other.sid, None);
    assert_eq!((other.principal, other.by_account), (Truth::False, false));
    assert_eq!((other.action, other.resource), (Truth::False, Truth::False));
}

#[test]
fn an_explanation_says_that_an_account_is_named_as_a_whole() {
    let only_account =
        r#"{"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "ecr:Put*"}"#;
    let explained = ask(STRANGER)
        .repository(only_account)
        .explain(Mode::ThreeValued);
    assert_eq!(
        (explained.outcome, explained.delegated),
        (Outcome::ImplicitDeny, true)
    );
    assert!(!explained.same_account);
    let statement = explained.deciding().unwrap();
    assert!(statement.by_account);
    assert_eq!(
        (statement.principal, statement.applies),
        (Truth::True, Truth::True)
    );
    let nothing = ask(STRANGER).explain(Mode::Strict);
    assert_eq!((nothing.decided_by, nothing.statements.len()), (None, 0));
}

#[test]
fn statements_are_in_the_order_of_their_policies() {
    let any = r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#;
    let may = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    let asked = ask(STRANGER)
        .repository(any)
        .registry(any)
        .identity(may)
        .identity(may);
    let sources: Vec<_> = (asked.explain(Mode::Strict).statements.iter())
        .map(|statement| statement.source)
        .collect();
    let identity = [Source::Identity(0), Source::Identity(1)];
    assert_eq!(sources[..2], [Source::Repository, Source::Registry]);
    assert_eq!(sources[2..], identity);
}
