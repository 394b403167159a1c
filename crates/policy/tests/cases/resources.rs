//! Which resources a statement names.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>

use policy::{Mode, Outcome};

use super::{Ask, ROLE, ask};

fn statement(effect: &str, element: &str, resource: &str) -> String {
    format!(r#"{{"Effect": "{effect}", "Action": "ecr:*", "{element}": "{resource}"}}"#)
}

impl Ask {
    /// Nothing is granted and nothing is denied for certain.
    #[track_caller]
    fn is_unclear(&self) {
        self.comes_to(Mode::ThreeValued, Outcome::Conditional, false);
    }
}

/// An allow of everything, beside this statement.
fn beside_everything(statement: &str) -> Ask {
    let everything = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    ask(ROLE).identity(&format!("{everything}, {statement}"))
}

/// These cover the repository, however the rules are read.
const COVERING: [&str; 9] = [
    "*",
    "**",
    "arn:aws:ecr:eu-west-1:111122223333:repository/shop/api",
    "arn:aws:ecr:eu-west-1:111122223333:repository/*",
    "arn:aws:ecr:eu-west-1:111122223333:*",
    "arn:aws:ecr:*:*:*",
    "arn:aws:ecr:*",
    "arn:*",
    "arn:a?s:ecr:eu-*-1:1111*:repository/s*p/???",
];

/// AWS documents the meaning of these for identity policies alone, or not at all.
const UNCLEAR: [&str; 8] = [
    "arn:aws:ecr",
    "arn:aws:ecr:eu-west-1",
    "arn:aws:ecr:eu-west-1:111122223333",
    "arn:aws:ecr:*:111122223333",
    "arn:aws:ecr:*p/api",
    "arn:aws:ecr:eu-west-1?111122223333:repository/shop/api",
    "arn:aws:ecr*shop/api",
    "*repository/shop/api",
];

/// These cover something else.
const OTHERS: [&str; 5] = [
    "arn:aws:ecr:eu-west-1:111122223333:repository/shop",
    "arn:aws:ecr:eu-west-1:111122223333:repository/shop/api:*",
    "arn:aws:s3",
    "arn:aws:ecr:us-east-1",
    "",
];

#[test]
fn a_deny_on_a_resource_that_may_be_meant_withholds() {
    for resource in COVERING {
        beside_everything(&statement("Deny", "Resource", resource)).is(Outcome::ExplicitDeny);
    }
    for resource in UNCLEAR {
        beside_everything(&statement("Deny", "Resource", resource)).is_unclear();
    }
    for resource in OTHERS.iter().filter(|it| !it.is_empty()) {
        beside_everything(&statement("Deny", "Resource", resource)).is(Outcome::Allowed);
    }
}

#[test]
fn an_allow_on_a_resource_that_may_be_meant_grants_nothing() {
    for resource in COVERING {
        let allowed = ask(ROLE).identity(&statement("Allow", "Resource", resource));
        allowed.is(Outcome::Allowed);
    }
    for resource in UNCLEAR {
        let allowed = ask(ROLE).identity(&statement("Allow", "Resource", resource));
        allowed.is_unclear();
    }
}

#[test]
fn an_allow_of_all_but_a_resource_that_may_be_meant_grants_nothing() {
    for resource in COVERING {
        let allowed = ask(ROLE).identity(&statement("Allow", "NotResource", resource));
        allowed.is(Outcome::ImplicitDeny);
    }
    for resource in UNCLEAR {
        let allowed = ask(ROLE).identity(&statement("Allow", "NotResource", resource));
        allowed.is_unclear();
    }
}

#[test]
fn a_registry_policy_with_a_resource_that_may_be_meant_withholds() {
    for resource in UNCLEAR {
        let deny = format!(
            r#"{{"Effect": "Deny", "Principal": "*", "Action": "ecr:*", "Resource": "{resource}"}}"#
        );
        let allow = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
        ask(ROLE).identity(allow).registry(&deny).is_unclear();
    }
}
