//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>

use policy::Outcome;

use super::{ROLE, ROOT, SERVICE, SESSION, STRANGER, USER, ask};

const PATH_ROLE: &str = "arn:aws:iam::111122223333:role/ci/builder";
const FEDERATED: &str = "arn:aws:sts::111122223333:federated-user/ana";
const CORP: &str = "arn:aws:iam::111122223333:saml-provider/corp";

/// The principal is allowed by a statement with this Principal.
#[track_caller]
fn allowed(element: &str, principals: &[&str]) {
    for principal in principals {
        ask(principal).repository(&allow(element)).is_allowed();
    }
}

/// A statement with this Principal does not concern it.
#[track_caller]
fn not_named(element: &str, principals: &[&str]) {
    for principal in principals {
        ask(principal).repository(&allow(element)).is_not_allowed();
    }
}

fn allow(element: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Principal": {element}, "Action": "*"}}"#)
}

/// Everyone is allowed, but for a deny with this element.
fn deny(element: &str) -> String {
    let everyone = allow(r#""*""#);
    format!(r#"{everyone}, {{"Effect": "Deny", {element}, "Action": "*"}}"#)
}

#[track_caller]
fn denied(element: &str, principals: &[&str]) {
    for principal in principals {
        ask(principal).repository(&deny(element)).is_denied();
    }
}

#[track_caller]
fn spared(element: &str, principals: &[&str]) {
    for principal in principals {
        ask(principal).repository(&deny(element)).is_allowed();
    }
}

#[test]
fn everyone_is_a_star_alone_or_under_aws() {
    let all = [
        ROLE, SESSION, USER, ROOT, STRANGER, SERVICE, FEDERATED, CORP,
    ];
    allowed(r#""*""#, &all);
    allowed(r#"{"AWS": "*"}"#, &all);
    allowed(r#"{"AWS": ["*", "444455556666"]}"#, &all);
    not_named(r#"{"CanonicalUser": "*"}"#, &all);
    not_named("{}", &all);
    not_named(r#"{"AWS": []}"#, &all);
}

#[test]
fn an_account_is_handed_to_and_only_its_root_is_granted() {
    for element in [
        r#"{"AWS": "111122223333"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:root"}"#,
        r#"{"AWS": ["444455556666", "111122223333"]}"#,
    ] {
        for principal in [ROLE, SESSION, USER, FEDERATED] {
            ask(principal).repository(&allow(element)).is_delegated();
        }
        allowed(element, &[ROOT, "111122223333"]);
    }
    not_named(r#"{"AWS": "444455556666"}"#, &[ROLE, ROOT, SERVICE]);
    not_named(r#"{"AWS": "11112222333"}"#, &[ROLE, ROOT]);
}

#[test]
fn a_role_is_named_with_its_sessions() {
    let named = format!(r#"{{"AWS": "{ROLE}"}}"#);
    allowed(&named, &[ROLE, SESSION]);
    not_named(&named, &[USER, ROOT, STRANGER, SERVICE, PATH_ROLE]);
    not_named(
        &named,
        &["arn:aws:sts::111122223333:assumed-role/builders/run-1"],
    );
    not_named(
        &named,
        &["arn:aws:sts::444455556666:assumed-role/builder/run-1"],
    );
    not_named(
        &named,
        &["arn:aws-cn:sts::111122223333:assumed-role/builder/run-1"],
    );
    not_named(&named.replace("builder", "Builder"), &[ROLE, SESSION]);
    // A session does not tell the path of its role.
    allowed(
        &format!(r#"{{"AWS": "{PATH_ROLE}"}}"#),
        &[PATH_ROLE, SESSION],
    );
}

#[test]
fn one_session_is_named_alone() {
    let named = format!(r#"{{"AWS": "{SESSION}"}}"#);
    allowed(&named, &[SESSION]);
    not_named(
        &named,
        &[ROLE, "arn:aws:sts::111122223333:assumed-role/builder/run-2"],
    );
}

#[test]
fn which_session_it_will_be_nobody_knows() {
    let session = |role| ask(role).in_any_session();
    let named = format!(r#"{{"AWS": "{SESSION}"}}"#);
    for role in [ROLE, PATH_ROLE] {
        session(role)
            .repository(&allow(&named))
            .is(Outcome::Conditional);
        let denied = deny(&format!(r#""Principal": {named}"#));
        session(role).repository(&denied).is(Outcome::Conditional);
        let spared = deny(&format!(
            r#""NotPrincipal": {{"AWS": ["{SESSION}", "{ROOT}"]}}"#
        ));
        session(role).repository(&spared).is(Outcome::Conditional);
    }
    session(STRANGER)
        .repository(&allow(&named))
        .is_not_allowed();
    let by_role = allow(&format!(r#"{{"AWS": "{ROLE}"}}"#));
    session(ROLE).repository(&by_role).is_allowed();
    // A role's name is unique in its account: one of the two paths is out of date.
    session(PATH_ROLE)
        .repository(&by_role)
        .is(Outcome::Conditional);
    // The account beside the session leaves it open whether the session is granted.
    let both = format!(r#"{{"AWS": ["{SESSION}", "{ROOT}"]}}"#);
    session(ROLE)
        .repository(&allow(&both))
        .is(Outcome::Conditional);
}

#[test]
fn users_providers_and_services_are_named_as_they_are() {
    allowed(&format!(r#"{{"AWS": "{USER}"}}"#), &[USER]);
    not_named(r#"{"AWS": "arn:aws:iam::111122223333:user/ana"}"#, &[USER]);
    allowed(&format!(r#"{{"AWS": "{FEDERATED}"}}"#), &[FEDERATED]);
    allowed(&format!(r#"{{"Federated": "{CORP}"}}"#), &[CORP]);
    not_named(&format!(r#"{{"Federated": "{ROLE}"}}"#), &[ROLE, CORP]);
    allowed(r#"{"Service": "ecs.amazonaws.com"}"#, &[SERVICE]);
    allowed(
        r#"{"Service": ["a.amazonaws.com", "ecs.amazonaws.com"]}"#,
        &[SERVICE],
    );
    not_named(r#"{"Service": "lambda.amazonaws.com"}"#, &[SERVICE, ROLE]);
    not_named(r#"{"AWS": "ecs.amazonaws.com"}"#, &[SERVICE]);
    allowed(
        r#"{"AWS": "444455556666", "Service": "ecs.amazonaws.com"}"#,
        &[SERVICE],
    );
}

#[test]
fn a_wildcard_within_a_name_and_a_deleted_id_name_nobody() {
    let all = [ROLE, SESSION, USER, ROOT, PATH_ROLE];
    for arn in [
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::111122223333:role/*/builder",
        "arn:aws:iam::111122223333:role/buil?er",
        "arn:aws:iam::*:root",
        "arn:aws:iam::111122223333:*",
        "1111222233*",
        "AROAEXAMPLEIDOFAROLE1",
        "AIDAEXAMPLEIDOFAUSER1",
    ] {
        not_named(&format!(r#"{{"AWS": "{arn}"}}"#), &all);
        spared(&format!(r#""Principal": {{"AWS": "{arn}"}}"#), &all);
    }
}

#[test]
fn a_deny_to_an_account_concerns_all_of_it() {
    for element in [
        r#""Principal": {"AWS": "111122223333"}"#,
        r#""Principal": {"AWS": "arn:aws:iam::111122223333:root"}"#,
    ] {
        denied(element, &[ROLE, SESSION, USER, ROOT, FEDERATED]);
        spared(element, &[STRANGER, SERVICE, CORP]);
    }
    denied(
        &format!(r#""Principal": {{"AWS": "{ROLE}"}}"#),
        &[ROLE, SESSION],
    );
    spared(
        &format!(r#""Principal": {{"AWS": "{ROLE}"}}"#),
        &[USER, ROOT],
    );
    denied(r#""Principal": "*""#, &[ROLE, STRANGER, SERVICE, ROOT]);
}

#[test]
fn not_principal_spares_whom_it_lists_with_the_account() {
    let both = format!(r#""NotPrincipal": {{"AWS": ["{ROLE}", "{ROOT}"]}}"#);
    spared(&both, &[ROLE, SESSION, ROOT]);
    denied(&both, &[USER, STRANGER, SERVICE, PATH_ROLE]);
    let digits = format!(r#""NotPrincipal": {{"AWS": ["{ROLE}", "111122223333"]}}"#);
    spared(&digits, &[ROLE, SESSION]);
    let alone = format!(r#""NotPrincipal": {{"AWS": "{ROLE}"}}"#);
    denied(&alone, &[ROLE, SESSION, ROOT]);
    let account = r#""NotPrincipal": {"AWS": "111122223333"}"#;
    denied(account, &[ROLE, SESSION, USER]);
    spared(account, &[ROOT]);
    let elsewhere = format!(r#""NotPrincipal": {{"AWS": ["{ROLE}", "444455556666"]}}"#);
    denied(&elsewhere, &[ROLE, STRANGER]);
    let one = format!(r#""NotPrincipal": {{"AWS": ["{SESSION}", "{ROOT}"]}}"#);
    spared(&one, &[SESSION]);
    denied(
        &one,
        &[ROLE, "arn:aws:sts::111122223333:assumed-role/builder/run-2"],
    );
    spared(r#""NotPrincipal": "*""#, &[ROLE, STRANGER, SERVICE]);
    // Who has no account needs none listed.
    spared(
        r#""NotPrincipal": {"Service": "ecs.amazonaws.com"}"#,
        &[SERVICE],
    );
    denied(
        r#""NotPrincipal": {"Service": "ecs.amazonaws.com"}"#,
        &[ROLE, CORP],
    );
    denied(r#""NotPrincipal": {}"#, &[ROLE, STRANGER, SERVICE]);
}

#[test]
fn not_principal_grants_nothing() {
    for element in [r#"{"AWS": "444455556666"}"#, r#""*""#, "{}"] {
        let statement = allow(element).replace("Principal", "NotPrincipal");
        for principal in [ROLE, ROOT, USER, SERVICE, STRANGER] {
            ask(principal).repository(&statement).is_not_allowed();
        }
    }
}
