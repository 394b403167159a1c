//! Typical policies, each with the remarks on it.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod beside;
mod elements;
mod report;
mod sound;
mod trust;

use super::*;
use crate::document::PolicyKind;

const OWNER: &str = "111122223333";

/// The remarks on a policy of this kind.
fn remarks(kind: PolicyKind, text: &str) -> Vec<Remark> {
    let policy = Policy::parse(text, kind).unwrap_or_else(|error| panic!("{error}: {text}"));
    let options = LintOptions {
        owner: Account::parse(OWNER),
    };
    lint(&policy, options)
}

fn rules_broken(kind: PolicyKind, text: &str) -> Vec<&'static str> {
    (remarks(kind, text).iter())
        .map(|remark| remark.rule().id)
        .collect()
}

/// A repository policy of these statements.
fn repository(statements: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)
}

/// The remarks on a repository policy of these statements.
fn on(statements: &str) -> Vec<&'static str> {
    rules_broken(PolicyKind::Repository, &repository(statements))
}

/// A statement that lets the team's role pull, with additional members.
fn pull_by(principal: &str, further: &str) -> String {
    format!(
        r#"{{"Effect": "Allow", "Principal": {principal},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]{further}}}"#
    )
}

/// The remarks on a statement under a condition, for the role of a team.
fn under(condition: &str) -> Vec<&'static str> {
    let role = r#"{"AWS": "arn:aws:iam::111122223333:role/storefront"}"#;
    on(&pull_by(role, &format!(r#", "Condition": {condition}"#)))
}

/// The remarks if everyone can pull under a condition.
fn everyone_under(condition: &str) -> Vec<&'static str> {
    on(&pull_by(
        r#""*""#,
        &format!(r#", "Condition": {condition}"#),
    ))
}

/// A statement by its effect, principal and actions.
fn statement(effect: &str, principal: &str, actions: &str, further: &str) -> String {
    format!(
        r#"{{"Effect": "{effect}", "Principal": {{"AWS": "{principal}"}}, "Action": [{actions}]
            {further}}}"#
    )
}
