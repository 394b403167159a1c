//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
//! <https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html>

use policy::Outcome;

use super::{ROLE, ROOT, SERVICE, STRANGER, USER, ask};

const OPEN: &str = r#"{"Effect": "Allow", "Principal": "*", "Action": "*"}"#;
const OPEN_REGISTRY: &str =
    r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#;
const CLOSED: &str = r#"{"Effect": "Deny", "Principal": "*", "Action": "*"}"#;
const CLOSED_REGISTRY: &str =
    r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#;
const TO_ACCOUNTS: &str =
    r#"{"Effect": "Allow", "Principal": {"AWS": ["111122223333", "444455556666"]}, "Action": "*"}"#;
const MAY: &str = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
const MAY_NOT: &str = r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#;
/// Holds if `x:a` is 1.
const MAY_PERHAPS: &str = r#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"x:a": "1"}}}"#;
const FOREIGN_ROOT: &str = "arn:aws:iam::444455556666:root";

#[test]
fn without_an_allow_nothing_is_allowed() {
    for principal in [ROLE, USER, STRANGER, SERVICE] {
        ask(principal).is_not_allowed();
        ask(principal).repository("").is_not_allowed();
        ask(principal).without_identity_policies().is_not_allowed();
        ask(principal).identity_assumed().is_not_allowed();
    }
}

#[test]
fn within_an_account_either_side_can_allow() {
    ask(ROLE).repository(OPEN).is_allowed();
    ask(ROLE).registry(OPEN_REGISTRY).is_allowed();
    ask(ROLE)
        .repository(OPEN)
        .without_identity_policies()
        .is_allowed();
    ask(ROLE).identity(MAY).is_allowed();
    ask(ROLE).identity(MAY).repository("").is_allowed();
    ask(ROLE).identity("").identity(MAY).is_allowed();
    // Naming the account delegates to its policies.
    ask(ROLE).repository(TO_ACCOUNTS).is_delegated();
    ask(ROLE)
        .repository(TO_ACCOUNTS)
        .without_identity_policies()
        .is_delegated();
    ask(ROLE).repository(TO_ACCOUNTS).identity(MAY).is_allowed();
    ask(ROLE)
        .repository(TO_ACCOUNTS)
        .identity_assumed()
        .is_allowed();
    ask(ROLE)
        .identity(MAY_PERHAPS)
        .depends_on_a_key(Outcome::ImplicitDeny);
    ask(ROLE)
        .identity(MAY_PERHAPS)
        .with("x:a", &["1"])
        .is_allowed();
    ask(ROLE)
        .identity(MAY_PERHAPS)
        .repository(OPEN)
        .is_allowed();
}

#[test]
fn across_accounts_both_sides_must_allow() {
    ask(STRANGER).repository(OPEN).identity(MAY).is_allowed();
    ask(STRANGER)
        .registry(OPEN_REGISTRY)
        .identity(MAY)
        .is_allowed();
    ask(STRANGER)
        .repository(OPEN)
        .without_identity_policies()
        .is_delegated();
    ask(STRANGER).identity(MAY).is_not_allowed();
    ask(STRANGER)
        .repository(TO_ACCOUNTS)
        .identity(MAY)
        .is_allowed();
    ask(STRANGER)
        .repository(TO_ACCOUNTS)
        .without_identity_policies()
        .is_delegated();
    ask(STRANGER).repository(TO_ACCOUNTS).is_delegated();
    ask(STRANGER)
        .repository(TO_ACCOUNTS)
        .identity_assumed()
        .is_allowed();
    ask(STRANGER)
        .repository(OPEN)
        .identity_assumed()
        .is_allowed();
    ask(STRANGER).repository(OPEN).is_allowed();
    ask(STRANGER).identity_assumed().is_not_allowed();
    let asked = || ask(STRANGER).repository(OPEN).identity(MAY_PERHAPS);
    asked().with("x:a", &["1"]).is_allowed();
    asked().with("x:a", &["2"]).is_delegated();
}

#[test]
fn the_resources_account_can_be_given() {
    let asked = || ask(STRANGER).identity(MAY);
    asked().is_not_allowed();
    asked().owned_by("444455556666").is_allowed();
    ask(ROLE)
        .identity(MAY)
        .owned_by("444455556666")
        .is_not_allowed();
    // Without an account, no principal is in the same account.
    ask(ROLE).on("*").identity(MAY).is_not_allowed();
    ask(ROLE)
        .on("*")
        .repository(OPEN)
        .identity(MAY)
        .is_allowed();
}

#[test]
fn a_deny_on_any_side_decides() {
    let asked = || {
        ask(ROLE)
            .repository(OPEN)
            .registry(OPEN_REGISTRY)
            .identity(MAY)
    };
    asked().is_allowed();
    asked().identity(MAY_NOT).is_denied();
    asked().repository(&format!("{OPEN}, {CLOSED}")).is_denied();
    asked().repository(&format!("{CLOSED}, {OPEN}")).is_denied();
    asked().registry(CLOSED_REGISTRY).is_denied();
    ask(ROLE).registry(CLOSED_REGISTRY).is_denied();
    ask(ROLE).identity(MAY_NOT).is_denied();
    ask(STRANGER)
        .repository(OPEN)
        .identity(&format!("{MAY}, {MAY_NOT}"))
        .is_denied();
    ask(ROLE).repository(CLOSED).identity_assumed().is_denied();
    let other = CLOSED_REGISTRY.replace(
        r#""Resource": "*""#,
        r#""Resource": "arn:aws:ecr:*:*:repository/other""#,
    );
    asked().registry(&other).is_allowed();
}

#[test]
fn the_root_user_can_do_everything_that_nothing_denies() {
    ask(ROOT).without_identity_policies().is_allowed();
    ask(ROOT)
        .repository(CLOSED)
        .without_identity_policies()
        .is_denied();
    ask(ROOT).repository(TO_ACCOUNTS).is_allowed();
    ask(ROOT)
        .repository(TO_ACCOUNTS)
        .identity_assumed()
        .is_allowed();
    ask(FOREIGN_ROOT).repository(TO_ACCOUNTS).is_allowed();
    ask(FOREIGN_ROOT)
        .repository(TO_ACCOUNTS)
        .without_identity_policies()
        .is_allowed();
    ask(FOREIGN_ROOT)
        .without_identity_policies()
        .is_not_allowed();
    // If the root user's own side is not considered, only the resource's policies decide.
    ask(ROOT).is_not_allowed();
}

#[test]
fn services_have_no_identity_side() {
    ask(SERVICE).repository(OPEN).is_allowed();
    ask(SERVICE)
        .repository(OPEN)
        .without_identity_policies()
        .is_allowed();
    ask(SERVICE).identity(MAY).is_not_allowed();
    ask(SERVICE)
        .repository(TO_ACCOUNTS)
        .identity_assumed()
        .is_not_allowed();
    ask(SERVICE).repository(CLOSED).is_denied();
}
