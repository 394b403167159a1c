//! Properties of every policy and every request.

mod generate;
mod overrides;
mod words;

use std::collections::BTreeMap;

use policy::{
    Grid, Mode, Outcome, Policy, PolicyKind, Row, Source, StatementRef, Subject, Truth, diff,
};
use proptest::{
    prelude::*,
    sample::Index,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

use self::generate::{
    DraftSide, Drafts, conditions, draft, drafts, keys, question, statement, values,
};
use crate::{
    asked::{Compiled, IdentitySide, Question, Rules},
    reference,
};

const MODES: [Mode; 2] = [Mode::Strict, Mode::ThreeValued];

fn config(cases: u32) -> Config {
    Config {
        // A failure is printed with its policies, so there is nothing to store in a file.
        failure_persistence: None,
        ..Config::with_cases(cases)
    }
}

fn outcome(drafts: &Drafts, question: &Question, mode: Mode) -> Outcome {
    Compiled::new(&drafts.rules())
        .decide(question, mode)
        .outcome
}

/// Values for every key, used if the key is not known.
fn completion() -> impl Strategy<Value = Vec<(&'static str, Vec<String>)>> {
    let entries: Vec<_> = keys()
        .map(|key| values(key).prop_map(move |values| (key, values)))
        .collect();
    entries
}

/// The request with every key known, and made by a known session.
fn completed(question: &Question, completion: &[(&str, Vec<String>)], session: bool) -> Question {
    let mut completed = question.clone();
    for (key, values) in completion {
        if reference::is_unknown(question, key) {
            completed.context.push(((*key).to_owned(), values.clone()));
        }
    }
    if question.any_session {
        let name = if session { "run-1" } else { "run-3" };
        let role = question.principal.rsplit('/').next().unwrap();
        let account = question.principal.split(':').nth(4).unwrap();
        // A session does not show its role's path, but here it is known.
        let arn = "aws:PrincipalArn".to_owned();
        if !completed.context.iter().any(|(key, _)| *key == arn) {
            completed
                .context
                .push((arn, vec![question.principal.clone()]));
        }
        completed.principal = format!("arn:aws:sts::{account}:assumed-role/{role}/{name}");
        completed.any_session = false;
    } else if let Some((before, after)) = question.principal.split_once(":assumed-role/") {
        let role = after.split('/').next().unwrap();
        let path = if session { "ci/" } else { "" };
        let arn = "aws:PrincipalArn".to_owned();
        if !completed.context.iter().any(|(key, _)| *key == arn) {
            let before = before.replace(":sts:", ":iam:");
            completed
                .context
                .push((arn, vec![format!("{before}:role/{path}{role}")]));
        }
    }
    completed
}

/// A policy that allows everything to everyone under each of these conditions on a key.
fn allowing(key: &str, conditions: &[(String, Value)]) -> Policy {
    let statement = |(operator, values): &(String, Value)| {
        json!({
            "Effect": "Allow",
            "Principal": "*",
            "Action": "*",
            "Condition": { operator: { key: values } },
        })
    };
    let statements: Vec<_> = conditions.iter().map(statement).collect();
    let document = json!({ "Version": "2012-10-17", "Statement": statements });
    Policy::parse(document.to_string(), PolicyKind::Repository).unwrap()
}

proptest! {
    #![proptest_config(config(4_000))]

    #[test]
    fn the_crate_agrees_with_the_reference(drafts in drafts(), question in question()) {
        let rules = drafts.rules();
        for mode in MODES {
            let expected = reference::decide(&rules, &question, mode);
            let explained = Compiled::new(&rules).explain(&question, mode);
            let applies: Vec<Truth> = explained.statements.iter().map(|s| s.applies).collect();
            prop_assert_eq!(&applies, &expected.applies, "{:?}", mode);
            prop_assert_eq!(explained.outcome, expected.outcome, "{:?}", mode);
            prop_assert_eq!(explained.delegated, expected.delegated, "{:?}", mode);
        }
    }
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn printing_and_parsing_keeps_a_policy_the_same(
        drafts in (draft(PolicyKind::Repository), draft(PolicyKind::Registry), draft(PolicyKind::Identity)),
    ) {
        for draft in [drafts.0, drafts.1, drafts.2] {
            let policy = draft.policy();
            let again = Policy::parse(policy.to_string(), policy.kind).unwrap();
            prop_assert_eq!(again, policy);
        }
    }

    #[test]
    fn the_order_of_statements_does_not_matter(
        drafts in drafts(), question in question(), place in any::<Index>(), turn in any::<Index>(),
    ) {
        let mut turned = drafts.clone();
        if let Some(draft) = turned.pick(place) {
            let length = draft.statements.len();
            if length > 0 {
                draft.statements.rotate_left(turn.index(length));
            }
            draft.statements.reverse();
        }
        if let DraftSide::Known(policies) = &mut turned.identity {
            policies.reverse();
        }
        let (before, after) = (Compiled::new(&drafts.rules()), Compiled::new(&turned.rules()));
        for mode in MODES {
            let (before, after) = (before.decide(&question, mode), after.decide(&question, mode));
            prop_assert_eq!(before.outcome, after.outcome);
            prop_assert_eq!(before.delegated, after.delegated);
        }
    }

    #[test]
    fn an_additional_deny_allows_nothing(
        drafts in drafts(), question in question(), place in any::<Index>(),
        denies in (
            statement(PolicyKind::Repository, Some("Deny")),
            statement(PolicyKind::Registry, Some("Deny")),
            statement(PolicyKind::Identity, Some("Deny")),
        ),
    ) {
        let mut more = drafts.clone();
        if let Some(draft) = more.pick(place) {
            draft.statements.push(match draft.kind {
                PolicyKind::Repository => denies.0,
                PolicyKind::Registry => denies.1,
                PolicyKind::Identity => denies.2,
            });
        }
        for mode in MODES {
            let (before, after) = (outcome(&drafts, &question, mode), outcome(&more, &question, mode));
            prop_assert!(after == before || after != Outcome::Allowed, "{:?} {:?}", before, after);
            prop_assert!(before != Outcome::ExplicitDeny || after == before);
            prop_assert!(before != Outcome::ImplicitDeny || after != Outcome::Conditional);
        }
    }

    #[test]
    fn an_additional_allow_denies_nothing(
        drafts in drafts(), question in question(), place in any::<Index>(),
        allows in (
            statement(PolicyKind::Repository, Some("Allow")),
            statement(PolicyKind::Registry, Some("Allow")),
            statement(PolicyKind::Identity, Some("Allow")),
        ),
    ) {
        let mut more = drafts.clone();
        if let Some(draft) = more.pick(place) {
            draft.statements.push(match draft.kind {
                PolicyKind::Repository => allows.0,
                PolicyKind::Registry => allows.1,
                PolicyKind::Identity => allows.2,
            });
        }
        for mode in MODES {
            let (before, after) = (outcome(&drafts, &question, mode), outcome(&more, &question, mode));
            prop_assert!(before != Outcome::Allowed || after == before, "{:?}", after);
            prop_assert!(after != Outcome::ExplicitDeny || after == before, "{:?}", before);
            prop_assert!(before != Outcome::Conditional || after != Outcome::ImplicitDeny);
        }
    }

    #[test]
    fn the_modes_agree_if_everything_is_known(
        drafts in drafts(), question in question(), completion in completion(),
    ) {
        let question = completed(&question, &completion, true);
        let rules = drafts.rules();
        let policies = Compiled::new(&rules);
        // Only an unreadable value is still left open by the three-valued mode.
        if reference::has_unreadable_value(&rules, &question) {
            return Ok(());
        }
        let strict = policies.explain(&question, Mode::Strict);
        prop_assert_eq!(policies.explain(&question, Mode::ThreeValued), strict);
    }

    #[test]
    fn a_certain_decision_stays_whatever_becomes_known(
        drafts in drafts(), question in question(), completion in completion(), session in any::<bool>(),
    ) {
        let before = outcome(&drafts, &question, Mode::ThreeValued);
        let completed = completed(&question, &completion, session);
        for mode in MODES {
            let after = outcome(&drafts, &completed, mode);
            match before {
                Outcome::Allowed | Outcome::ExplicitDeny => prop_assert_eq!(after, before),
                Outcome::ImplicitDeny => prop_assert!(
                    matches!(after, Outcome::ImplicitDeny | Outcome::ExplicitDeny), "{:?}", after
                ),
                Outcome::Conditional => {}
            }
        }
    }

    /// If a comparison finds no change, every request has the same decision.
    #[test]
    fn conditions_with_the_same_meaning_decide_the_same(
        (key, conditions) in conditions(), questions in prop::collection::vec(question(), 4),
    ) {
        let policies = conditions.map(|conditions| allowing(key, &conditions));
        let [old, new] = &policies;
        if !diff(old, new).is_empty() {
            return Ok(());
        }
        let compiled = policies.map(|policy| Compiled::new(&Rules {
            repository: Some(policy),
            registry: None,
            identity: IdentitySide::Unseen,
        }));
        for question in questions {
            for mode in MODES {
                let [old, new] = compiled.each_ref().map(|it| it.decide(&question, mode).outcome);
                prop_assert_eq!(old, new, "{:?} {:?}", mode, question);
            }
        }
    }

    #[test]
    fn a_grid_agrees_with_each_decision(
        drafts in drafts(), questions in prop::collection::vec(question(), 1..4),
    ) {
        let rules = drafts.rules();
        let compiled = Compiled::new(&rules);
        let shared = &questions[0];
        for mode in MODES {
            let mut decisions = Vec::new();
            let mut expected = Vec::new();
            let names = questions.iter().map(|q| policy::ActionName::new(&q.action));
            let actions: Vec<_> = names.collect();
            shared.put(|request| {
                for row in &questions {
                    row.put(|other| {
                        let subject: &Subject = other.subject;
                        let grid = Grid {
                            repository: compiled.repository.as_ref(),
                            registry: compiled.registry.as_ref(),
                            resource: request.resource,
                            context: request.context,
                            mode,
                            actions: &actions,
                        };
                        let row = Row { subject, identity: compiled.identity() };
                        grid.decide([row], |decision| decisions.push(decision));
                        for action in &actions {
                            let request = policy::Request { subject, action, ..*request };
                            expected.push(compiled.policies().decide(&request, mode));
                        }
                    });
                }
            });
            prop_assert_eq!(decisions, expected);
        }
    }

    #[test]
    fn an_explanation_agrees_with_its_decision(drafts in drafts(), question in question()) {
        let compiled = Compiled::new(&drafts.rules());
        for mode in MODES {
            let decision = compiled.decide(&question, mode);
            let explained = compiled.explain(&question, mode);
            prop_assert_eq!(explained.outcome, decision.outcome);
            prop_assert_eq!(explained.delegated, decision.delegated);
            let deciding = explained.deciding().map(|s| StatementRef { source: s.source, index: s.index });
            prop_assert_eq!(deciding, decision.decided_by);
            prop_assert_eq!(explained.reduced().outcome, decision.outcome);
            for statement in &explained.statements {
                let conditions = statement.conditions.iter().map(|c| c.holds).min();
                let parts = [statement.principal, statement.action, statement.resource];
                let least = parts.into_iter().chain(conditions).min();
                prop_assert_eq!(Some(statement.applies), least);
                let is_identity = matches!(statement.source, Source::Identity(_));
                prop_assert!(!(is_identity && statement.by_account));
            }
        }
    }
}

/// Without different conditions of the same meaning, comparing their decisions would prove nothing.
#[test]
fn conditions_with_the_same_meaning_are_generated_often() {
    let mut runner = TestRunner::deterministic();
    let conditions = conditions();
    let mut met = 0;
    for _ in 0..2_000 {
        let (key, [old, new]) = conditions.new_tree(&mut runner).unwrap().current();
        let is_same = diff(&allowing(key, &old), &allowing(key, &new)).is_empty();
        met += usize::from(is_same && old != new);
    }
    assert!(met >= 40, "{met}");
}

/// A generator whose policies never match its requests would prove nothing.
#[test]
fn every_outcome_is_generated_often() {
    let mut runner = TestRunner::deterministic();
    let mut counts = BTreeMap::new();
    let cases = (drafts(), question());
    for _ in 0..2_000 {
        let (drafts, question) = cases.new_tree(&mut runner).unwrap().current();
        for mode in MODES {
            let outcome = outcome(&drafts, &question, mode);
            *counts.entry((format!("{mode:?}"), outcome)).or_insert(0) += 1;
        }
    }
    for (mode, outcome, least) in [
        ("Strict", Outcome::Allowed, 200),
        ("Strict", Outcome::ImplicitDeny, 200),
        ("Strict", Outcome::ExplicitDeny, 100),
        ("ThreeValued", Outcome::Allowed, 100),
        ("ThreeValued", Outcome::Conditional, 100),
        ("ThreeValued", Outcome::ImplicitDeny, 200),
        ("ThreeValued", Outcome::ExplicitDeny, 100),
    ] {
        let met = counts.get(&(mode.to_owned(), outcome)).copied();
        assert!(met >= Some(least), "{outcome:?} in {mode}: {counts:?}");
    }
}
