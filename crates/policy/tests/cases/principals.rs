//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>

use policy::Outcome;

use super::{ROLE, ROOT, SERVICE, SESSION, STRANGER, USER, ask};

pub const PATH_ROLE: &str = "arn:aws:iam::111122223333:role/ci/builder";
pub const FEDERATED: &str = "arn:aws:sts::111122223333:federated-user/ana";
pub const CORP: &str = "arn:aws:iam::111122223333:saml-provider/corp";

/// The principal is allowed by a statement with this Principal.
#[track_caller]
fn allowed(element: &str, principals: &[&str]) {
    for principal in principals {
        ask(principal).repository(&allow(element)).is_allowed();
    }
}

/// A statement with this Principal does not concern these principals.
#[track_caller]
pub fn not_named(element: &str, principals: &[&str]) {
    for principal in principals {
        ask(principal).repository(&allow(element)).is_not_allowed();
    }
}

pub fn allow(element: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Principal": {element}, "Action": "*"}}"#)
}

/// Everyone is allowed, except for a deny with this element.
pub fn deny(element: &str) -> String {
    let everyone = allow(r#""*""#);
    format!(r#"{everyone}, {{"Effect": "Deny", {element}, "Action": "*"}}"#)
}

#[track_caller]
pub fn denied(element: &str, principals: &[&str]) {
    for principal in principals {
        ask(principal).repository(&deny(element)).is_denied();
    }
}

/// It is not known whether a deny with this element concerns these principals.
#[track_caller]
pub fn perhaps_denied(element: &str, principals: &[&str]) {
    for principal in principals {
        let asked = ask(principal).repository(&deny(element));
        asked.is(Outcome::Conditional);
    }
}

/// It is not known whether a statement with this Principal concerns these principals.
#[track_caller]
fn perhaps_named(element: &str, principals: &[&str]) {
    for principal in principals {
        ask(principal)
            .repository(&allow(element))
            .is(Outcome::Conditional);
    }
}

#[track_caller]
pub fn spared(element: &str, principals: &[&str]) {
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
}

#[test]
fn an_account_is_delegated_to_and_only_its_root_is_granted() {
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
    not_named(&named, &[USER, ROOT, STRANGER, SERVICE]);
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
    // A session does not show the path of its role.
    allowed(
        &format!(r#"{{"AWS": "{PATH_ROLE}"}}"#),
        &[PATH_ROLE, SESSION],
    );
}

#[test]
fn a_session_can_be_named_alone() {
    let named = format!(r#"{{"AWS": "{SESSION}"}}"#);
    allowed(&named, &[SESSION]);
    not_named(
        &named,
        &[ROLE, "arn:aws:sts::111122223333:assumed-role/builder/run-2"],
    );
}

#[test]
fn an_unknown_session_may_be_the_named_one() {
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
    // With the account listed too, it stays open whether the session is granted.
    let both = format!(r#"{{"AWS": ["{SESSION}", "{ROOT}"]}}"#);
    session(ROLE)
        .repository(&allow(&both))
        .is(Outcome::Conditional);
}

/// The names of roles and users are unique in an account, in any case and whatever the path.
#[test]
fn a_different_path_or_case_leaves_open_which_principal_is_meant() {
    let role = format!(r#"{{"AWS": "{ROLE}"}}"#);
    perhaps_named(&role, &[PATH_ROLE]);
    perhaps_named(&role.replace("builder", "Builder"), &[ROLE, SESSION]);
    let user = r#"{"AWS": "arn:aws:iam::111122223333:user/ana"}"#;
    perhaps_named(user, &[USER]);
    perhaps_named(&user.replace("ana", "staff/Ana"), &[USER]);
    perhaps_denied(&format!(r#""Principal": {user}"#), &[USER]);
    not_named(&user.replace("ana", "staff/ben"), &[USER]);
    not_named(&user.replace("111122223333", "444455556666"), &[USER]);
    not_named(&user.replace("user/ana", "role/ana"), &[USER]);
    not_named(
        r#"{"AWS": "arn:aws:iam::111122223333:user/builder"}"#,
        &[ROLE, SESSION],
    );
}

#[test]
fn users_providers_and_services_are_named_exactly() {
    allowed(&format!(r#"{{"AWS": "{USER}"}}"#), &[USER]);
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
fn the_id_of_a_deleted_principal_names_no_principal() {
    let all = [ROLE, SESSION, USER, ROOT, PATH_ROLE];
    for id in ["AROAEXAMPLEIDOFAROLE1", "AIDAEXAMPLEIDOFAUSER1"] {
        not_named(&format!(r#"{{"AWS": "{id}"}}"#), &all);
        spared(&format!(r#""Principal": {{"AWS": "{id}"}}"#), &all);
    }
}

#[test]
fn a_deny_to_an_account_concerns_everyone_in_it() {
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

/// A `NotPrincipal` that lists these under `AWS`.
pub fn all_but(listed: &[&str]) -> String {
    format!(
        r#""NotPrincipal": {{"AWS": {}}}"#,
        serde_json::json!(listed)
    )
}

#[test]
fn not_principal_spares_a_session_that_is_listed_with_its_role_and_account() {
    let other = "arn:aws:sts::111122223333:assumed-role/builder/run-2";
    for account in [ROOT, "111122223333"] {
        let all = all_but(&[SESSION, ROLE, account]);
        spared(&all, &[SESSION, ROOT]);
        perhaps_denied(&all, &[ROLE, other]);
        denied(&all, &[USER, STRANGER, SERVICE, FEDERATED]);
        // A session does not show its role's path.
        spared(&all_but(&[SESSION, PATH_ROLE, account]), &[SESSION]);
    }
    let role = "arn:aws:iam::111122223333:role/Builder";
    perhaps_denied(&all_but(&[SESSION, role, ROOT]), &[SESSION]);
    perhaps_denied(&all_but(&[SESSION, ROOT]), &[SESSION]);
    denied(&all_but(&[SESSION, ROOT]), &[ROLE, other]);
    denied(&all_but(&[SESSION, ROLE]), &[SESSION, ROLE]);
}

/// The name of the session that a role will use is not known, so it is never certain that a list contains it.
#[test]
fn not_principal_never_certainly_spares_a_role() {
    for account in [ROOT, "111122223333"] {
        let both = all_but(&[ROLE, account]);
        perhaps_denied(&both, &[ROLE, SESSION, PATH_ROLE]);
        spared(&both, &[ROOT]);
        denied(&both, &[USER, STRANGER, SERVICE]);
        for listed in [
            &[ROLE, account][..],
            &[ROLE, SESSION, account],
            &[SESSION, account],
        ] {
            let asked = ask(ROLE).in_any_session();
            let asked = asked.repository(&deny(&all_but(listed)));
            asked.is(Outcome::Conditional);
        }
    }
    let any = |listed: &[&str]| {
        let asked = ask(ROLE).in_any_session();
        asked.repository(&deny(&all_but(listed)))
    };
    any(&[ROLE]).is_denied();
    any(&[ROOT]).is_denied();
    any(&["*"]).is_allowed();
    // AWS recommends a condition on the role's ARN instead, and that is certain.
    let condition = format!(r#""Condition": {{"ArnNotEquals": {{"aws:PrincipalArn": "{ROLE}"}}}}"#);
    let by_condition = deny(&format!(r#""Principal": "*", {condition}"#));
    let role = ask(ROLE).in_any_session();
    role.repository(&by_condition).is_allowed();
}

#[test]
fn not_principal_spares_others_with_their_account() {
    let user = all_but(&[USER, ROOT]);
    spared(&user, &[USER, ROOT]);
    denied(&user, &[ROLE, SESSION, STRANGER]);
    denied(&all_but(&[USER]), &[USER, ROOT]);
    let elsewhere = all_but(&["arn:aws:iam::111122223333:user/ana", ROOT]);
    perhaps_denied(&elsewhere, &[USER]);
    spared(&all_but(&[FEDERATED, ROOT]), &[FEDERATED]);
    denied(&all_but(&[FEDERATED]), &[FEDERATED]);
    let alone = all_but(&[ROLE]);
    denied(&alone, &[ROLE, SESSION, ROOT]);
    let account = all_but(&["111122223333"]);
    denied(&account, &[ROLE, SESSION, USER]);
    spared(&account, &[ROOT]);
    denied(&all_but(&[ROLE, "444455556666"]), &[ROLE, STRANGER]);
    spared(r#""NotPrincipal": "*""#, &[ROLE, STRANGER, SERVICE]);
    // A principal without an account needs no account listed.
    let service = r#""NotPrincipal": {"Service": "ecs.amazonaws.com"}"#;
    spared(service, &[SERVICE]);
    denied(service, &[ROLE, CORP]);
}

#[test]
fn not_principal_grants_nothing() {
    for element in [r#"{"AWS": "444455556666"}"#, r#""*""#] {
        let statement = allow(element).replace("Principal", "NotPrincipal");
        for principal in [ROLE, ROOT, USER, SERVICE, STRANGER] {
            ask(principal).repository(&statement).is_not_allowed();
        }
    }
}
