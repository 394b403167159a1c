//! ARNs in `Resource` and `NotResource`: their parts, and what AWS documents of incomplete and unusual ones.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use policy::Outcome;
use serde_json::{Value, json};

use super::{Ask, ROLE, ask};

/// Whether an ARN covers the repository.
#[derive(Debug, Clone, Copy)]
enum Covers {
    Yes,
    No,
    /// AWS does not document it.
    Unclear,
}

/// Tests an ARN in a policy: an allow and a deny, of it and of everything else.
#[track_caller]
fn test(covers: Covers, arn: &str, asked: impl Fn(Vec<Value>) -> Ask) {
    let statement =
        |effect: &str, element: &str| json!({ "Effect": effect, "Action": "*", element: arn });
    let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    let allow = asked(vec![statement("Allow", "Resource")]);
    let allow_others = asked(vec![statement("Allow", "NotResource")]);
    let deny = asked(vec![all.clone(), statement("Deny", "Resource")]);
    let deny_others = asked(vec![all, statement("Deny", "NotResource")]);
    match covers {
        Covers::Yes => {
            allow.is_allowed();
            allow_others.is_not_allowed();
            deny.is_denied();
            deny_others.is_allowed();
        }
        Covers::No => {
            allow.is_not_allowed();
            allow_others.is_allowed();
            deny.is_allowed();
            deny_others.is_denied();
        }
        Covers::Unclear => {
            allow.depends_on_a_key(Outcome::ImplicitDeny);
            allow_others.depends_on_a_key(Outcome::Allowed);
            deny.depends_on_a_key(Outcome::Allowed);
            deny_others.depends_on_a_key(Outcome::ExplicitDeny);
        }
    }
}

fn asked() -> Ask {
    ask(ROLE)
        .tagged("region", "eu-west-1")
        .tagged("service", "ecr")
}

fn joined(statements: &[Value]) -> String {
    let texts: Vec<_> = statements.iter().map(Value::to_string).collect();
    texts.join(",")
}

#[track_caller]
fn in_identity_policies(covers: Covers, arn: &str) {
    test(covers, arn, |statements| {
        asked().identity(&joined(&statements))
    });
}

#[track_caller]
fn in_resource_policies(covers: Covers, arn: &str) {
    let for_everyone = |mut statements: Vec<Value>| {
        for statement in &mut statements {
            statement["Principal"] = "*".into();
        }
        joined(&statements)
    };
    test(covers, arn, |statements| {
        asked().repository(&for_everyone(statements))
    });
    test(covers, arn, |statements| {
        asked().registry(&for_everyone(statements))
    });
}

#[test]
fn identity_policies_complete_an_arn_with_wildcards() {
    for arn in [
        "arn:aws:ecr",
        "arn:*:ecr",
        "arn:aws:ecr:*",
        "arn:aws:ecr:eu-west-1",
        "arn:aws:ecr:eu-*",
        "arn:aws:ecr:eu-west-1:111122223333",
        "arn:aws:ecr:*:111122223333",
        "arn:aws:ecr:eu-west-1:1111*",
    ] {
        in_identity_policies(Covers::Yes, arn);
    }
    for arn in [
        "arn:aws:ec",
        "arn:aws:ecr-public",
        "arn:aws-cn:ecr",
        "arn:aws:s3",
        "arn:aws:ecr:eu-west-2",
        "arn:aws:ecr:eu-west-1:444455556666",
        "repository/shop/api",
        "shop",
    ] {
        in_identity_policies(Covers::No, arn);
    }
}

#[test]
fn other_policies_may_not_complete_an_arn() {
    for arn in [
        "arn:aws:ecr",
        "arn:*:ecr",
        "arn:aws:ecr:eu-west-1",
        "arn:aws:ecr:eu-west-1:111122223333",
        "arn:aws:ecr:*:111122223333",
    ] {
        in_resource_policies(Covers::Unclear, arn);
    }
    // A star at the end of a part may match beyond colons in every policy.
    for arn in [
        "arn:aws:ecr:*",
        "arn:aws:ecr:eu-*",
        "arn:aws:ecr:eu-west-1:1111*",
    ] {
        in_resource_policies(Covers::Yes, arn);
    }
    for arn in ["arn:aws:ec", "arn:aws:s3", "arn:aws:ecr:eu-west-2", "shop"] {
        in_resource_policies(Covers::No, arn);
    }
}

#[test]
fn an_empty_part_of_an_incomplete_arn_may_count_as_missing() {
    for arn in [
        "arn:aws:ecr:",
        "arn:aws:ecr::",
        "arn:aws:ecr::111122223333",
        "arn::ecr",
        "",
    ] {
        in_identity_policies(Covers::Unclear, arn);
        in_resource_policies(Covers::Unclear, arn);
    }
    for arn in [
        "arn:aws:ecr::444455556666",
        "arn:aws:ecr:::repository/shop/api",
        "arn:aws:ecr::111122223333:repository/shop/api",
    ] {
        in_identity_policies(Covers::No, arn);
        in_resource_policies(Covers::No, arn);
    }
}

#[test]
fn a_wildcard_may_match_a_colon_only_at_the_end() {
    for arn in [
        "arn:aws:ecr:*y/shop/api",
        "arn:aws:ecr:*:repository/shop/api",
        "arn:aws:ecr:eu-west-1?111122223333:repository/shop/api",
        "arn:aws:ecr:eu-west-1:*/shop/api",
        "arn:aws:ecr:eu*3:repository/shop/api",
        "*/shop/api",
        "*:repository/shop/*",
        "arn*shop/api",
    ] {
        in_identity_policies(Covers::Unclear, arn);
        in_resource_policies(Covers::Unclear, arn);
    }
    for arn in [
        "*/shop",
        "arn:aws:ecr:*y/shop",
        "arn:aws:ecr:eu-west-1?444455556666:*",
    ] {
        in_identity_policies(Covers::No, arn);
        in_resource_policies(Covers::No, arn);
    }
}

#[test]
fn an_arn_names_its_service() {
    for arn in [
        "arn:aws:*",
        "arn:aws:*:*:*:repository/shop/api",
        "arn:aws:ec?:eu-west-1:111122223333:repository/shop/api",
        "arn:aws:ecr*",
        "arn:aws",
        "arn",
        "arn:*",
        "a*",
        "*:aws:ecr:eu-west-1:111122223333:repository/shop/api",
    ] {
        in_identity_policies(Covers::Unclear, arn);
        in_resource_policies(Covers::Unclear, arn);
    }
    for arn in ["arn:aws:s*", "arn:aws-cn", "b*", "arn:aws:*:us-*:*:*"] {
        in_identity_policies(Covers::No, arn);
        in_resource_policies(Covers::No, arn);
    }
}

#[test]
fn variables_are_for_the_last_part() {
    for arn in [
        "arn:aws:ecr:${aws:PrincipalTag/region}:111122223333:repository/shop/*",
        "arn:aws:${aws:PrincipalTag/service}:*:*:*",
        "arn:aws:ecr:${aws:PrincipalTag/region}",
        "arn:aws:ecr:*:${aws:PrincipalAccount}:repository/shop/api",
    ] {
        in_identity_policies(Covers::Unclear, arn);
        in_resource_policies(Covers::Unclear, arn);
    }
    let elsewhere = "arn:aws:ecr:us-${aws:PrincipalTag/region}:111122223333:repository/shop/*";
    in_identity_policies(Covers::No, elsewhere);
    in_resource_policies(Covers::No, elsewhere);
}

#[test]
fn complete_arns_and_stars_are_clear_in_every_policy() {
    for arn in [
        "*",
        "**",
        "arn:*:ecr:*:*:*",
        "arn:aws:ecr:??-west-?:*:repository/*/api",
    ] {
        in_identity_policies(Covers::Yes, arn);
        in_resource_policies(Covers::Yes, arn);
    }
}
