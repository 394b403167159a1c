//! Statements in combination, and the policy as a whole.

use proptest::{prelude::*, sample};

use super::*;
use crate::{
    ActionName, CompiledPolicy, Context, Identity, Mode, Outcome, Policies, Principal, Request,
    Resource, Subject,
};

#[test]
fn a_statement_that_others_cover_is_reported() {
    let role = "arn:aws:iam::111122223333:role/ci";
    let session = "arn:aws:sts::111122223333:assumed-role/ci/main";
    let all = statement("Allow", role, r#""ecr:*""#, "");
    let one = |principal: &str| statement("Allow", principal, r#""ecr:PutImage""#, "");
    let encrypted = r#", "Condition": {"Bool": {"aws:SecureTransport": "true"}}"#;
    let encrypted = statement("Allow", role, r#""ecr:PutImage""#, encrypted);
    let own_account = statement("Allow", OWNER, r#""ecr:*""#, "");
    let deny_account = statement("Deny", OWNER, r#""ecr:PutImage""#, "");
    let deny_role = statement("Deny", role, r#""ecr:PutImage""#, "");
    for (statements, expected) in [
        ([&all, &one(role)], &["unreachable"] as &[_]),
        ([&one(role), &all], &["unreachable"]),
        ([&one(role), &one(role)], &["unreachable"]),
        ([&all, &one(session)], &["unreachable"]),
        ([&all, &encrypted], &["unreachable"]),
        ([&encrypted, &all], &["unreachable"]),
        // A grant to the account as a whole allows its roles only what its own policies also allow.
        ([&own_account, &one(role)], &[]),
        ([&deny_account, &deny_role], &["unreachable"]),
        ([&all, &deny_role], &[]),
        ([&one(role), &deny_role], &["shadowed"]),
        ([&encrypted, &deny_account], &["shadowed"]),
        ([&one(session), &deny_role], &["shadowed"]),
    ] {
        let statements = format!("{}, {}", statements[0], statements[1]);
        assert_eq!(on(&statements), expected, "{statements}");
    }
}

#[test]
fn a_deny_by_not_principal_also_denies_principals_that_it_means_to_spare() {
    let role = "arn:aws:iam::111122223333:role/release";
    let allow = statement("Allow", role, r#""ecr:PutImage""#, "");
    let deny = |spared: &str| {
        format!(
            r#"{allow}, {{"Effect": "Deny", "NotPrincipal": {{"AWS": [{spared}]}},
                "Action": "ecr:PutImage"}}"#
        )
    };
    let alone = deny(&format!(r#""{role}""#));
    assert_eq!(on(&alone), ["shadowed", "not-principal-without-account"]);
    let with_account = deny(&format!(r#""{role}", "111122223333""#));
    assert_eq!(on(&with_account), ["not-principal-without-session"]);
}

#[test]
fn not_principal_must_list_account_role_and_session() {
    let deny = |spared: &[&str]| {
        let spared = serde_json::json!(spared);
        on(&format!(
            r#"{{"Effect": "Deny", "NotPrincipal": {{"AWS": {spared}}}, "Action": "ecr:PutImage"}}"#
        ))
    };
    let account = "111122223333";
    let role = "arn:aws:iam::111122223333:role/build/release";
    let session = "arn:aws:sts::111122223333:assumed-role/release/main";
    let other = "arn:aws:sts::111122223333:assumed-role/other/main";
    let user = "arn:aws:iam::111122223333:user/ana";
    assert_eq!(deny(&[role, session]), ["not-principal-without-account"]);
    assert_eq!(deny(&[account, role]), ["not-principal-without-session"]);
    assert_eq!(deny(&[account, session]), ["not-principal-without-session"]);
    assert_eq!(
        deny(&[account, role, other]),
        ["not-principal-without-session"]
    );
    assert_eq!(deny(&[account, role, session]), ["not-principal"]);
    assert_eq!(deny(&[account, user]), ["not-principal"]);
    assert_eq!(deny(&[account]), ["not-principal"]);
    let text = repository(&format!(
        r#"{{"Effect": "Deny", "NotPrincipal": {{"AWS": ["{account}", "{role}"]}}, "Action": "ecr:PutImage"}}"#
    ));
    let remark = &remarks(PolicyKind::Repository, &text)[0];
    assert_eq!(remark.severity, Severity::Warning);
    let principals = vec![role.to_owned()];
    let remark_is = PrincipalRemark::NotPrincipalWithoutSession { principals };
    assert_eq!(remark.finding, Finding::Principal(remark_is));
}

#[test]
fn repeated_sids_wrong_resources_and_lockouts_are_reported() {
    let role = "arn:aws:iam::111122223333:role/ci";
    let sid = |action: &str| statement("Allow", role, action, r#", "Sid": "Push""#);
    let twice = format!(
        "{}, {}",
        sid(r#""ecr:PutImage""#),
        sid(r#""ecr:ListImages""#)
    );
    assert_eq!(on(&twice), ["duplicate-sid"]);
    let resource = statement("Allow", role, r#""ecr:PutImage""#, r#", "Resource": "*""#);
    assert_eq!(on(&resource), ["resource-in-repository-policy"]);
    assert_eq!(on(&statement("Deny", "*", r#""ecr:*""#, "")), ["locks-out"]);
    assert_eq!(on(&statement("Deny", "*", r#""ecr:Set*""#, "")), [""; 0]);
    let registry = repository(&statement("Allow", role, r#""ecr:ReplicateImage""#, ""));
    assert_eq!(
        rules_broken(PolicyKind::Registry, &registry),
        ["registry-without-resource"]
    );
}

#[test]
fn a_policy_has_a_maximum_size() {
    let severity = |characters: usize| {
        let role = "arn:aws:iam::111122223333:role/ci";
        let text = repository(&statement("Allow", role, r#""ecr:PutImage""#, ""));
        let text = format!("{text}{}", " ".repeat(characters - text.len()));
        let remarks = remarks(PolicyKind::Repository, &text);
        remarks.first().map(|remark| remark.severity)
    };
    assert_eq!(severity(8_191), None);
    assert_eq!(severity(8_192), Some(Severity::Warning));
    assert_eq!(severity(10_240), Some(Severity::Warning));
    assert_eq!(severity(10_241), Some(Severity::Error));
}

#[test]
fn a_policy_far_too_large_has_only_a_remark_on_its_size() {
    for (kind, principal) in [
        (PolicyKind::Repository, r#""Principal": "*""#),
        (PolicyKind::Identity, r#""Resource": "*""#),
    ] {
        let one = format!(r#"{{"Effect": "Allow", {principal}, "Action": "ecr:Nothing"}}"#);
        let policy = |count: usize| repository(&vec![one.as_str(); count].join(", "));
        assert!(rules_broken(kind, &policy(20)).contains(&"unknown-action"));
        assert_eq!(rules_broken(kind, &policy(20_000)), ["size"]);
    }
}

/// The lockout remarks on a repository policy, with a known and with an unknown owner.
fn locks(statements: &str) -> [Vec<Remark>; 2] {
    let policy = Policy::parse(repository(statements), PolicyKind::Repository).unwrap();
    [Account::parse(OWNER), None].map(|owner| {
        let remarks = lint(&policy, LintOptions { owner }).into_iter();
        let locks = remarks.filter(|remark| remark.rule().id == "locks-out");
        locks.collect()
    })
}

#[test]
fn several_statements_can_lock_an_owner_out() {
    let set = r#""ecr:SetRepositoryPolicy""#;
    let delete = r#""ecr:DeleteRepository*""#;
    let one = |principal: &str, actions: &str, sid: &str| {
        statement("Deny", principal, actions, &format!(r#", "Sid": "{sid}""#))
    };
    let together = format!("{}, {}", one("*", set, "Set"), one("*", delete, "Delete"));
    let label = |(index, sid): (usize, &str)| StatementLabel {
        index,
        sid: Some(sid.to_owned()),
    };
    let locks_out = |account: &str, owner: &str| {
        Finding::Statement(StatementRemark::LocksOut {
            by: [(0, "Set"), (1, "Delete")].map(label).to_vec(),
            account: Account::parse(account),
            owner: Account::parse(owner),
        })
    };
    for (remarks, owner) in locks(&together).iter().zip([OWNER, ""]) {
        let [remark] = remarks.as_slice() else {
            panic!("{remarks:?}")
        };
        assert_eq!(remark.finding, locks_out("", owner));
    }
    assert!(locks(&one("*", set, "Set")).iter().all(Vec::is_empty));
    let mixed = format!("{}, {}", one("*", set, "Set"), one(OWNER, delete, "Delete"));
    let [known, unknown] = locks(&mixed);
    assert_eq!(known[0].severity, Severity::Error);
    assert_eq!(known[0].finding, locks_out(OWNER, OWNER));
    assert_eq!(unknown[0].severity, Severity::Note);
    assert_eq!(unknown[0].finding, locks_out(OWNER, ""));
}

#[test]
fn a_deny_on_the_owners_account_can_lock_the_owner_out() {
    let recovery = r#""Action": ["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"]"#;
    let deny = |principal: &str, further: &str| {
        format!(r#"{{"Effect": "Deny", {principal}, {recovery}{further}}}"#)
    };
    let everyone = r#""Principal": "*""#;
    let only = |key: &str, operator: &str, value: &str| {
        deny(
            everyone,
            &format!(r#", "Condition": {{"{operator}": {{"{key}": "{value}"}}}}"#),
        )
    };
    let account = format!(r#""Principal": {{"AWS": "{OWNER}"}}"#);
    let other = r#""Principal": {"AWS": "444455556666"}"#;
    let role = "arn:aws:iam::111122223333:role/release";
    let but = |listed: &str| format!(r#""NotPrincipal": {{"AWS": [{listed}]}}"#);
    for (statement, locks_known, locks_unknown) in [
        (deny(&account, ""), true, true),
        (deny(other, ""), false, true),
        (
            only("aws:PrincipalAccount", "StringEquals", OWNER),
            true,
            true,
        ),
        (
            only("aws:PrincipalAccount", "StringNotEquals", OWNER),
            false,
            false,
        ),
        (
            only("aws:PrincipalAccount", "StringNotEquals", "444455556666"),
            true,
            false,
        ),
        (
            only("aws:PrincipalIsAWSService", "Bool", "false"),
            true,
            true,
        ),
        (only("aws:PrincipalArn", "ArnNotEquals", role), false, false),
        (only("aws:SecureTransport", "Bool", "false"), false, false),
        (deny(&but(&format!(r#""{role}""#)), ""), true, true),
        (
            deny(&but(&format!(r#""{role}", "{OWNER}""#)), ""),
            false,
            false,
        ),
        (
            deny(&format!(r#""Principal": {{"AWS": "{role}"}}"#), ""),
            false,
            false,
        ),
    ] {
        let found = locks(&statement).map(|said| !said.is_empty());
        assert_eq!(found, [locks_known, locks_unknown], "{statement}");
    }
}

#[test]
fn a_registrys_owner_can_be_locked_out_too() {
    let deny = |resource: &str| {
        let text = repository(&format!(
            r#"{{"Effect": "Deny", "Principal": "*", "Action": "ecr:*RegistryPolicy",
                "Resource": "{resource}"}}"#
        ));
        rules_broken(PolicyKind::Registry, &text)
    };
    assert_eq!(deny("*"), ["locks-out"]);
    assert_eq!(deny("arn:aws:ecr:*:111122223333:repository/*"), [""; 0]);
}

fn statements() -> impl Strategy<Value = Vec<String>> {
    let principals = sample::select(vec![
        r#""Principal": "*""#,
        r#""Principal": {"AWS": "111122223333"}"#,
        r#""Principal": {"AWS": "arn:aws:iam::111122223333:role/build/ci"}"#,
        r#""Principal": {"AWS": ["arn:aws:sts::111122223333:assumed-role/ci/main",
            "arn:aws:iam::444455556666:role/release"]}"#,
        r#""Principal": {"AWS": "arn:aws:iam::444455556666:role/release"}"#,
        r#""NotPrincipal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:role/build/ci"]}"#,
        r#""NotPrincipal": {"AWS": "arn:aws:iam::444455556666:role/release"}"#,
    ]);
    let actions = sample::select(vec![
        r#""Action": "ecr:PutImage""#,
        r#""Action": ["ecr:BatchGetImage", "ecr:PutImage"]"#,
        r#""Action": "ecr:*""#,
        r#""NotAction": "ecr:PutImage""#,
    ]);
    let conditions = sample::select(vec![
        "",
        r#", "Condition": {"StringLike": {"aws:userid": ["a:*", "b:*"]}}"#,
        r#", "Condition": {"StringLike": {"aws:userid": "a:*"}}"#,
        r#", "Condition": {"StringNotLike": {"aws:userid": ["a:*", "b:*"]}}"#,
        r#", "Condition": {"StringNotLike": {"aws:userid": "a:*"}, "Bool": {"aws:SecureTransport": "true"}}"#,
    ]);
    let effects = sample::select(vec!["Allow", "Deny"]);
    let one = (effects, principals, actions, conditions).prop_map(
        |(effect, principals, actions, conditions)| {
            format!(r#"{{"Effect": "{effect}", {principals}, {actions}{conditions}}}"#)
        },
    );
    proptest::collection::vec(one, 2..5)
}

/// The decisions of a policy for all principals that [`statements`] distinguish, in every context.
fn answers(statements: &[String]) -> Vec<Outcome> {
    let text = repository(&statements.join(", "));
    let policy = CompiledPolicy::parse(text, PolicyKind::Repository).unwrap();
    let resource = Resource::new("arn:aws:ecr:eu-west-1:111122223333:repository/shop", None);
    let mut answers = Vec::new();
    for principal in [
        "111122223333",
        "arn:aws:iam::111122223333:role/build/ci",
        "arn:aws:sts::111122223333:assumed-role/ci/main",
        "arn:aws:iam::111122223333:role/other",
        "arn:aws:iam::444455556666:role/release",
        "arn:aws:iam::777788889999:role/other",
    ] {
        let subject = Subject::new(Principal::parse(principal).unwrap(), []);
        for (id, encrypted) in [
            ("a:1", "true"),
            ("b:1", "true"),
            ("c:1", "true"),
            ("c:1", "false"),
        ] {
            let mut context = Context::default();
            context.set("aws:userid", [id]);
            context.set("aws:SecureTransport", [encrypted]);
            for action in ["ecr:PutImage", "ecr:BatchGetImage", "ecr:ListImages"] {
                let request = Request {
                    subject: &subject,
                    action: &ActionName::new(action),
                    resource: &resource,
                    context: &context,
                };
                for identity in [Identity::Unseen, Identity::Assumed] {
                    let policies = Policies {
                        repository: Some(&policy),
                        registry: None,
                        identity,
                    };
                    answers.push(policies.decide(&request, Mode::Strict).outcome);
                }
            }
        }
    }
    answers
}

proptest! {
    /// A statement that is reported to have no effect has no effect.
    #[test]
    fn removing_an_unreachable_or_shadowed_statement_changes_nothing(statements in statements()) {
        let text = repository(&statements.join(", "));
        for remark in remarks(PolicyKind::Repository, &text) {
            let needless = match &remark.finding {
                Finding::Statement(StatementRemark::Unreachable { .. }) => true,
                Finding::Statement(StatementRemark::Shadowed { wholly, .. }) => *wholly,
                _ => false,
            };
            let Some(StatementLabel { index, .. }) = remark.statement.filter(|_| needless) else {
                continue;
            };
            let mut fewer = statements.clone();
            fewer.remove(index);
            prop_assert!(answers(&statements) == answers(&fewer), "without #{index}");
        }
    }
}
