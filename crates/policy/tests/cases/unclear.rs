//! Denies that may or may not concern a principal: AWS does not document which principals an element names, or a
//! role's session may have started through the identity provider that it names.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use policy::Outcome;

use super::{
    ROLE, ROOT, SERVICE, SESSION, STRANGER, USER, ask,
    principals::{
        CORP, FEDERATED, PATH_ROLE, all_but, allow, denied, deny, not_named, perhaps_denied, spared,
    },
};

/// AWS documents none of these. They grant nothing, and a deny that lists one may concern every principal that it
/// could mean.
#[test]
fn unreadable_elements_grant_nothing_and_may_deny() {
    let all = [ROLE, SESSION, USER, ROOT, PATH_ROLE, FEDERATED];
    let names_nobody = |kind: &str, text: &str| {
        not_named(&format!(r#"{{"{kind}": "{text}"}}"#), &all);
        let denied = format!(r#""Principal": {{"{kind}": "{text}"}}"#);
        perhaps_denied(&denied, &all);
        ask(ROLE)
            .in_any_session()
            .repository(&deny(&denied))
            .is(Outcome::Conditional);
        denied
    };
    for text in [
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::111122223333:role/*/builder",
        "arn:aws:iam::111122223333:role/buil?er",
        "arn:aws:iam::111122223333:*",
        "arn:aws:iam::111122223333:role",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:iam::111122223333:Role/builder",
        "arn:aws:iam::111122223333:root/",
        "arn:aws:iam::111122223333:group/builders",
        "arn:aws:iam::111122223333:saml-provider/corp",
        "arn:aws:iam:eu-west-1:111122223333:role/builder",
        "arn:AWS:iam::111122223333:role/builder",
        "arn:*:iam::111122223333:role/builder",
        "arn:aws:sts::111122223333:assumed-role/builder",
        "arn:aws:sts::111122223333:assumed-role/builder/*",
        " arn:aws:iam::111122223333:role/builder",
        "arn:aws:iam::111122223333:role/builder ",
        "arn:aws:iam::111122223333:root ",
        "arn:aws:iam:eu-west-1:111122223333:root",
        "arn:AWS:iam::111122223333:root",
        "arn:nonsense:iam::111122223333:root",
        "arn::iam::111122223333:root",
        " 111122223333",
    ] {
        let denied = names_nobody("AWS", text);
        spared(&denied, &[STRANGER]);
    }
    for (kind, text) in [
        ("AWS", ""),
        ("AWS", " * "),
        ("AWS", "**"),
        ("AWS", "arn:aws:iam::*:root"),
        ("AWS", "arn:aws:iam::1111:role/builder"),
        ("AWS", "ARN:aws:iam::111122223333:role/builder"),
        ("AWS", "arn:aws:s3:::builds"),
        ("AWS", "1111222233*"),
        ("AWS", "builder"),
        ("CanonicalUser", "79a59df900b949e5"),
    ] {
        let denied = names_nobody(kind, text);
        perhaps_denied(&denied, &[STRANGER, SERVICE, CORP]);
    }
    // If an element that is understood is listed too, that one decides.
    let both = format!(r#""Principal": {{"AWS": ["{ROLE}", "builder"]}}"#);
    denied(&both, &[ROLE, SESSION]);
    perhaps_denied(&both, &[USER, STRANGER]);
    // It excludes no principal.
    denied(&all_but(&[" 111122223333", "builder"]), &all);
    for root in [
        "arn:nonsense:iam::111122223333:root",
        "arn:aws:iam:eu-west-1:111122223333:root",
    ] {
        denied(&all_but(&[root, ROLE, SESSION, USER]), &all);
    }
}

/// A session of a role may have started through any provider, and its ARN does not show it.
#[test]
fn a_deny_to_a_provider_may_concern_a_role() {
    for provider in [CORP, "cognito-identity.amazonaws.com", "*"] {
        let element = format!(r#""Principal": {{"Federated": "{provider}"}}"#);
        perhaps_denied(&element, &[ROLE, PATH_ROLE, SESSION, STRANGER, FEDERATED]);
        spared(&element, &[USER, ROOT, SERVICE]);
        let any = |statements: &str| ask(ROLE).in_any_session().repository(statements);
        any(&deny(&element)).is(Outcome::Conditional);
        let grant = format!(r#"{{"Federated": "{provider}"}}"#);
        not_named(&grant, &[ROLE, SESSION, USER, ROOT]);
        any(&allow(&grant)).is_not_allowed();
        // The role is allowed by name; the list also names another account.
        let by_name = allow(&format!(r#"{{"AWS": ["{ROLE}", "444455556666"]}}"#));
        let beside = format!(r#"{by_name}, {{"Effect": "Deny", {element}, "Action": "ecr:*"}}"#);
        any(&beside).is(Outcome::Conditional);
        denied(&element.replace("Principal", "NotPrincipal"), &[ROLE, USER]);
    }
    denied(
        &format!(r#""Principal": {{"Federated": "{CORP}"}}"#),
        &[CORP],
    );
}
