//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>

use policy::Outcome;
use serde_json::{Value, json};

use super::{REPOSITORY, ROLE, ask};

/// Rows: an element with its list, the request, and whether the list covers it.
macro_rules! rows {
    ($check:ident: $($element:ident $listed:tt, $asked:expr => $covered:literal;)*) => {
        $($check(stringify!($element), &json!($listed), $asked, $covered);)*
    };
}

fn outcome(is_covered: bool) -> Outcome {
    if is_covered {
        Outcome::Allowed
    } else {
        Outcome::ImplicitDeny
    }
}

#[track_caller]
fn action(element: &str, listed: &Value, asked: &str, is_covered: bool) {
    let statement = json!({ "Effect": "Allow", "Principal": "*", element: listed });
    let asked = ask(ROLE).for_action(asked);
    let asked = asked.repository(&statement.to_string());
    asked.is(outcome(is_covered));
}

/// Tests an element in an identity policy, and in a registry policy.
#[track_caller]
fn resource(element: &str, listed: &Value, asked: &str, is_covered: bool) {
    let mut statement = json!({ "Effect": "Allow", "Action": "*", element: listed });
    let identity = ask(ROLE).on(asked).identity(&statement.to_string());
    identity.is(outcome(is_covered));
    statement["Principal"] = "*".into();
    let registry = ask(ROLE).on(asked).registry(&statement.to_string());
    registry.is(outcome(is_covered));
}

#[test]
fn actions_are_named_in_any_case_and_with_wildcards() {
    rows! { action:
        Action "ecr:PutImage", "ecr:PutImage" => true;
        Action "ecr:PutImage", "ECR:putimage" => true;
        Action "ECR:PUTIMAGE", "ecr:PutImage" => true;
        Action "ecr:PutImage", "ecr:PutImageTagMutability" => false;
        Action "ecr:PutImage*", "ecr:PutImageTagMutability" => true;
        Action "ecr:PutImage*", "ecr:PutImage" => true;
        Action "ecr:*", "ecr:PutImage" => true;
        Action "*", "ecr:PutImage" => true;
        Action "*Image", "ecr:PutImage" => true;
        Action "ecr:?utImage", "ecr:PutImage" => true;
        Action "ecr:?PutImage", "ecr:PutImage" => false;
        Action "ecr:Get*Layer", "ecr:GetDownloadUrlForLayer" => true;
        Action "e*:*o*", "ecr:GetDownloadUrlForLayer" => true;
        Action "ecr", "ecr:PutImage" => false;
        Action "s3:*", "ecr:PutImage" => false;
        Action "ecr-public:*", "ecr:PutImage" => false;
        Action ["s3:*", "ecr:PutImage"], "ecr:PutImage" => true;
        // An action that is not in the table yet.
        Action "ecr:TeleportImage", "ecr:TeleportImage" => true;
        Action "ecr:Tele*", "ecr:TELEPORTIMAGE" => true;
        Action "ecr:PutImage", "ecr:TeleportImage" => false;
        // The kelvin sign is not a `k` in any case.
        Action "ecr:Chec\u{212a}", "ecr:Check" => false;
        Action "ecr:Check", "ecr:Chec\u{212a}" => false;
        Action "ecr:BatchChec\u{212a}LayerAvailability", "ecr:BatchCheckLayerAvailability" => false;
        // Variables are not read in actions.
        Action "ecr:${*}", "ecr:PutImage" => false;
        Action "ecr:${*}", "ecr:${PutImage}" => true;
    }
}

#[test]
fn not_action_covers_every_other_action() {
    rows! { action:
        NotAction "ecr:PutImage", "ecr:PutImage" => false;
        NotAction "ecr:putimage", "ecr:PutImage" => false;
        NotAction "ecr:Get*", "ecr:PutImage" => true;
        NotAction ["ecr:Get*", "ecr:Put*"], "ecr:PutImage" => false;
        NotAction "s3:*", "ecr:TeleportImage" => true;
        NotAction "ecr:*", "ecr:TeleportImage" => false;
        NotAction "*", "ecr:PutImage" => false;
    }
}

#[test]
fn resources_are_case_sensitive_and_have_wildcards() {
    let shop = "arn:aws:ecr:eu-west-1:111122223333:repository/shop";
    rows! { resource:
        Resource "*", REPOSITORY => true;
        Resource "arn:aws:ecr:eu-west-1:111122223333:repository/shop/api", REPOSITORY => true;
        Resource "arn:aws:ecr:eu-west-1:111122223333:repository/Shop/api", REPOSITORY => false;
        Resource "arn:aws:ecr:eu-west-1:111122223333:repository/shop", REPOSITORY => false;
        Resource "arn:aws:ecr:eu-west-1:111122223333:repository/shop/*", REPOSITORY => true;
        Resource "arn:aws:ecr:eu-west-1:111122223333:repository/shop/*", shop => false;
        Resource "arn:aws:ecr:eu-west-1:111122223333:repository/*", REPOSITORY => true;
        Resource "arn:aws:ecr:*:*:repository/s??p/a*i", REPOSITORY => true;
        Resource "arn:aws:ecr:us-*:*:repository/*", REPOSITORY => false;
        Resource "arn:aws:ecr:eu-west-1:444455556666:repository/*", REPOSITORY => false;
        Resource ["arn:aws:s3:::shop", "arn:aws:ecr:*:*:repository/*"], REPOSITORY => true;
        NotResource "*", REPOSITORY => false;
        NotResource "arn:aws:ecr:*:*:repository/shop/*", REPOSITORY => false;
        NotResource "arn:aws:ecr:*:*:repository/shop/*", shop => true;
        NotResource ["arn:aws:s3:::shop", "arn:aws:ecr:*:*:repository/*"], REPOSITORY => false;
        NotResource "arn:aws:s3:::shop", REPOSITORY => true;
    }
}

#[test]
fn a_repository_policy_needs_no_resource_but_a_given_one_counts() {
    let allow = |resource: Option<&str>| {
        let mut allow = json!({ "Effect": "Allow", "Principal": "*", "Action": "*" });
        if let Some(resource) = resource {
            allow["Resource"] = resource.into();
        }
        ask(ROLE).repository(&allow.to_string())
    };
    allow(None).is_allowed();
    allow(Some("*")).is_allowed();
    allow(Some("arn:aws:ecr:*:*:repository/shop/*")).is_allowed();
    allow(Some("arn:aws:ecr:*:*:repository/other")).is_not_allowed();
}
