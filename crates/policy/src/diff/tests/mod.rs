//! Comparing two policies.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod notation;
mod properties;
mod spellings;

use super::*;

const CI: &str = r#"{"AWS": "arn:aws:iam::111122223333:role/ci"}"#;
const ACCOUNT: &str = r#"{"AWS": "444455556666"}"#;

fn policy(kind: PolicyKind, statements: &[String]) -> Policy {
    if statements.is_empty() {
        return Policy::empty(kind);
    }
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
        statements.join(", ")
    );
    Policy::parse(text.as_str(), kind).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn repository(statements: &[String]) -> Policy {
    policy(PolicyKind::Repository, statements)
}

fn statement(effect: &str, principal: &str, actions: &str, conditions: &str) -> String {
    let conditions = match conditions {
        "{}" => String::new(),
        some => format!(r#", "Condition": {some}"#),
    };
    format!(
        r#"{{"Effect": "{effect}", "Principal": {principal}, "Action": {actions}{conditions}}}"#
    )
}

fn allow(principal: &str, actions: &str, conditions: &str) -> String {
    statement("Allow", principal, actions, conditions)
}

/// The changes, as lines.
fn lines(old: &[String], new: &[String]) -> Vec<String> {
    (diff(&repository(old), &repository(new)).iter())
        .map(notation::line)
        .collect()
}

#[test]
fn a_role_can_push() {
    let new = allow(CI, r#"["ecr:PutImage", "ecr:UploadLayerPart"]"#, "{}");
    assert_eq!(
        lines(&[], &[new]),
        [
            "arn:aws:iam::111122223333:role/ci: ecr:PutImage, ecr:UploadLayerPart: \
          not allowed -> allowed"
        ]
    );
}

#[test]
fn a_change_of_every_action_is_marked() {
    let changes = diff(&repository(&[]), &repository(&[allow(CI, r#""*""#, "{}")]));
    let [change] = changes.as_slice() else {
        panic!("{changes:?}");
    };
    assert!(change.every_action);
    assert!(change.actions.contains(&"ecr:PutImage"));
    assert!(!change.actions.contains(&"ecr:PutRegistryPolicy"));
}

#[test]
fn most_actions_are_listed_by_the_exceptions() {
    let new = r#"{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
        "NotAction": "ecr:PutImage"}"#;
    assert_eq!(
        lines(&[], &[new.to_owned()]),
        ["service lambda.amazonaws.com: every action but ecr:PutImage: not allowed -> allowed"]
    );
}

#[test]
fn an_account_as_a_whole_decides_for_itself() {
    let organisation = r#"{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}"#;
    let (plain, narrowed) = (
        allow(ACCOUNT, r#""ecr:PutImage""#, "{}"),
        allow(ACCOUNT, r#""ecr:PutImage""#, organisation),
    );
    assert_eq!(
        lines(&[], std::slice::from_ref(&plain)),
        [
            "account 444455556666 as a whole: ecr:PutImage: not allowed -> allowed",
            "any other role or user of 444455556666: ecr:PutImage: \
             not allowed -> as its account decides",
        ]
    );
    assert_eq!(
        lines(&[plain], &[narrowed]),
        [
            "account 444455556666 as a whole: ecr:PutImage: \
             allowed -> allowed if StringEquals aws:PrincipalOrgID [o-1]",
            "any other role or user of 444455556666: ecr:PutImage: as its account decides -> \
             as its account decides if StringEquals aws:PrincipalOrgID [o-1]",
        ]
    );
}

#[test]
fn a_different_condition_is_a_different_decision() {
    let under = |organisation: &str| {
        let condition = format!(r#"{{"StringEquals": {{"aws:PrincipalOrgID": {organisation}}}}}"#);
        allow(r#""*""#, r#""ecr:BatchGetImage""#, &condition)
    };
    assert_eq!(
        lines(&[under(r#""o-1""#)], &[under(r#""o-2""#)]),
        ["anyone of any other account: ecr:BatchGetImage: \
          allowed if StringEquals aws:PrincipalOrgID [o-1] -> \
          allowed if StringEquals aws:PrincipalOrgID [o-2]"]
    );
    let either = under(r#"["o-2", "o-1"]"#);
    assert_eq!(lines(&[under(r#"["o-1", "o-2"]"#)], &[either]), [""; 0]);
}

#[test]
fn a_deny_is_shown_with_its_conditions() {
    let push = allow(CI, r#""ecr:PutImage""#, "{}");
    let encrypted = statement(
        "Deny",
        r#""*""#,
        r#""ecr:*""#,
        r#"{"Bool": {"aws:SecureTransport": "false"}}"#,
    );
    let frozen = statement("Deny", r#""*""#, r#""ecr:PutImage""#, "{}");
    assert_eq!(
        lines(std::slice::from_ref(&push), &[push.clone(), encrypted]),
        ["arn:aws:iam::111122223333:role/ci: ecr:PutImage: \
          allowed -> allowed, unless Bool aws:SecureTransport [false]"]
    );
    let changes = lines(std::slice::from_ref(&push), &[push.clone(), frozen]);
    let expected = [
        "anyone of any other account: ecr:PutImage: not allowed -> denied",
        "any other role or user of 111122223333: ecr:PutImage: not allowed -> denied",
        "arn:aws:iam::111122223333:role/ci: ecr:PutImage: allowed -> denied",
    ];
    assert_eq!(changes, expected);
}

#[test]
fn an_unknown_session_or_path_is_a_condition() {
    let push = allow(CI, r#""ecr:PutImage""#, "{}");
    let role = "arn:aws:iam::111122223333:role/ci";
    let but = format!(
        r#"{{"Effect": "Deny", "NotPrincipal": {{"AWS": ["111122223333", "{role}"]}},
            "Action": "ecr:PutImage"}}"#
    );
    let changes = lines(std::slice::from_ref(&push), &[push.clone(), but]);
    let expected = format!(
        "{role}: ecr:PutImage: allowed -> allowed, unless NotPrincipal [111122223333, {role}]"
    );
    assert!(changes.contains(&expected), "{changes:?}");
    let moved = "arn:aws:iam::111122223333:role/build/ci";
    let elsewhere = allow(
        &format!(r#"{{"AWS": ["{moved}", "111122223333"]}}"#),
        r#""ecr:PutImage""#,
        "{}",
    );
    let changes = lines(&[push], &[elsewhere]);
    let expected = format!(
        "{role}: ecr:PutImage: allowed -> \
         allowed if Principal [111122223333, {moved}], or as its account decides"
    );
    assert!(changes.contains(&expected), "{changes:?}");
}

#[test]
fn a_role_that_only_a_condition_names_is_compared_too() {
    let release = "arn:aws:iam::444455556666:role/release";
    let condition = format!(r#"{{"ArnEquals": {{"aws:PrincipalArn": "{release}"}}}}"#);
    let changes = lines(&[], &[allow(r#""*""#, r#""ecr:PutImage""#, &condition)]);
    let expected = format!("{release}: ecr:PutImage: not allowed -> allowed");
    assert!(changes.contains(&expected), "{changes:?}");
}

#[test]
fn a_statement_that_repeats_another_changes_nothing() {
    let all = allow(CI, r#""ecr:*""#, "{}");
    let conditional = allow(
        CI,
        r#""ecr:PutImage""#,
        r#"{"Bool": {"aws:SecureTransport": "true"}}"#,
    );
    let more = r#"{"Bool": {"aws:SecureTransport": "true", "aws:MultiFactorAuthPresent": "true"}}"#;
    let more = allow(CI, r#""ecr:PutImage""#, more);
    assert_eq!(
        lines(std::slice::from_ref(&all), &[all.clone(), more.clone()]),
        [""; 0]
    );
    assert_eq!(
        lines(
            std::slice::from_ref(&conditional),
            &[more, conditional.clone()]
        ),
        [""; 0]
    );
}

#[test]
fn a_variable_is_read_only_in_the_later_version() {
    let text = |version: &str| {
        format!(
            r#"{{"Version": "{version}", "Statement": {{"Effect": "Allow", "Principal": "*",
                "Action": "ecr:PutImage", "Condition":
                {{"StringEquals": {{"ecr:ResourceTag/team": "${{aws:PrincipalTag/team}}"}}}}}}}}"#
        )
    };
    let read = |version| Policy::parse(text(version), PolicyKind::Repository).unwrap();
    assert_eq!(diff(&read("2008-10-17"), &read("2012-10-17")).len(), 1);
}

#[test]
fn changes_of_identity_policies_name_the_holder_and_the_resource() {
    let text = |resource: &str| {
        format!(r#"{{"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "{resource}"}}"#)
    };
    let (old, new) = (
        policy(
            PolicyKind::Identity,
            &[text("arn:aws:ecr:*:*:repository/a/*")],
        ),
        policy(
            PolicyKind::Identity,
            &[text("arn:aws:ecr:*:*:repository/b/*")],
        ),
    );
    let changes: Vec<_> = diff(&old, &new).iter().map(notation::line).collect();
    assert_eq!(
        changes,
        [
            "any principal with the policy: ecr:PutImage on arn:aws:ecr:*:*:repository/a/*: \
             allowed -> not allowed",
            "any principal with the policy: ecr:PutImage on arn:aws:ecr:*:*:repository/b/*: \
             not allowed -> allowed",
        ]
    );
}

#[test]
fn a_change_serialises_as_data() {
    let condition = r#"{"StringEquals": {"aws:SourceAccount": "444455556666"}}"#;
    let service = r#"{"Service": "lambda.amazonaws.com"}"#;
    let new = repository(&[allow(service, r#""ecr:BatchGetImage""#, condition)]);
    let mut json = serde_json::to_value(diff(&repository(&[]), &new)).unwrap();
    let others = json[0]["other_actions"].take();
    let others: Vec<String> = serde_json::from_value(others).unwrap();
    assert!(others.iter().any(|action| action == "ecr:PutImage"));
    assert!(!others.iter().any(|action| action == "ecr:BatchGetImage"));
    let dependency = serde_json::json!({"operator": "StringEquals", "key": "aws:SourceAccount",
        "values": ["444455556666"], "variables": false});
    let expected = serde_json::json!([{
        "principal": {"kind": "service", "name": "lambda.amazonaws.com"},
        "resource": null, "actions": ["ecr:BatchGetImage"], "every_action": false,
        "other_actions": null,
        "before": {"outcome": "implicit_deny", "allowed_if": [], "delegated": false,
                   "delegated_if": [], "denied_if": []},
        "after": {"outcome": "conditional", "allowed_if": [[dependency]], "delegated": false,
                  "delegated_if": [], "denied_if": []},
    }]);
    assert_eq!(json, expected);
}
