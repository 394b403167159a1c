//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use policy::Truth;
use serde_json::json;

use super::{
    Ask, Holds, NO, OPEN_NO, OPEN_YES, ROLE, ROOT, SERVICE, SESSION, STRANGER, USER, YES, ask,
    condition,
};

#[track_caller]
fn equals(ask: &Ask, key: &str, value: &str, expected: Holds) {
    condition(
        ask,
        "2012-10-17",
        ("StringEquals", key, &json!(value)),
        expected,
    );
}

#[test]
fn the_principal_arn_of_a_session_is_its_roles() {
    equals(&ask(ROLE), "aws:PrincipalArn", ROLE, YES);
    // A session does not show its role's path, but `aws:PrincipalArn` contains it.
    equals(&ask(SESSION), "aws:PrincipalArn", ROLE, OPEN_YES);
    equals(&ask(SESSION), "aws:PrincipalArn", SESSION, NO);
    equals(&ask(ROLE).in_any_session(), "aws:PrincipalArn", ROLE, YES);
    let chinese = "arn:aws-cn:sts::111122223333:assumed-role/builder/x";
    equals(
        &ask(chinese),
        "aws:PrincipalArn",
        "arn:aws-cn:iam::111122223333:role/builder",
        OPEN_YES,
    );
    equals(&ask(USER), "aws:PrincipalArn", USER, YES);
    equals(&ask(ROOT), "aws:PrincipalArn", ROOT, YES);
    equals(&ask("111122223333"), "aws:PrincipalArn", ROOT, YES);
    equals(&ask(SERVICE), "aws:PrincipalArn", ROOT, OPEN_NO);
}

/// Every role of IAM Identity Center has a path.
#[test]
fn the_arn_of_a_sessions_role_can_have_any_path() {
    let name = "AWSReservedSSO_Developer_0123456789abcdef";
    let session = ask(&format!(
        "arn:aws:sts::111122223333:assumed-role/{name}/ana"
    ));
    let role = format!("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/{name}");
    let stated = session.clone().with("aws:PrincipalArn", &[&role]);
    let of = |resource: &str| format!("arn:aws:iam::111122223333:role/{resource}");
    let sso = |name: &str| of(&format!("aws-reserved/sso.amazonaws.com/{name}"));
    for (operator, listed, expected, with_path) in [
        ("ArnLike", of("*"), YES, YES),
        ("ArnLike", of(&format!("*{name}")), YES, YES),
        ("ArnLike", of(name), OPEN_YES, NO),
        ("ArnEquals", role.clone(), OPEN_NO, YES),
        ("ArnLike", sso("*"), OPEN_NO, YES),
        ("ArnLike", sso("*/AWSReservedSSO_Developer_*"), OPEN_NO, NO),
        ("ArnLike", of("*/AWSReservedSSO_Developer_*"), OPEN_NO, YES),
        ("ArnLike", of("AWSReservedSSO_*"), OPEN_YES, NO),
        // No path leads there.
        ("ArnLike", sso("AWSReservedSSO_Auditor_*0"), NO, NO),
        ("ArnEquals", sso("AWSReservedSSO_Developer_"), NO, NO),
        (
            "ArnLike",
            "arn:aws:iam::444455556666:role/*".to_owned(),
            NO,
            NO,
        ),
        ("ArnLike", "arn:aws:sts::111122223333:*".to_owned(), NO, NO),
        ("ArnNotLike", of("*"), NO, NO),
        (
            "ArnNotEquals",
            of(name),
            (Truth::False, Truth::Unknown),
            YES,
        ),
        (
            "ArnNotEquals",
            role.clone(),
            (Truth::True, Truth::Unknown),
            NO,
        ),
        ("ArnNotLike", sso("AWSReservedSSO_Auditor_*0"), YES, YES),
        ("StringEquals", role.clone(), OPEN_NO, YES),
        ("StringEqualsIgnoreCase", role.to_uppercase(), OPEN_NO, YES),
        ("StringEqualsIgnoreCase", of("admin"), NO, NO),
        ("StringLike", "*".to_owned(), YES, YES),
        ("StringLike", "*/aws-reserved/*".to_owned(), OPEN_NO, YES),
        ("StringLike", "*_Auditor_*f".to_owned(), OPEN_NO, NO),
        ("ArnNotLike", "arn:aws:iam::*:user/*".to_owned(), YES, YES),
        // A path can contain colons.
        (
            "StringNotLike",
            "arn:aws:iam::*:user/*".to_owned(),
            OPEN_YES,
            YES,
        ),
        ("ForAllValues:ArnLike", sso("*"), OPEN_NO, YES),
        ("ForAnyValue:ArnLikeIfExists", of("*"), YES, YES),
        ("Bool", "true".to_owned(), OPEN_NO, OPEN_NO),
        ("Null", "false".to_owned(), YES, YES),
    ] {
        let listed = json!(listed);
        let test = (operator, "aws:PrincipalArn", &listed);
        condition(&session, "2012-10-17", test, expected);
        condition(&stated, "2012-10-17", test, with_path);
    }
    let variable = json!("${aws:PrincipalArn}");
    let asked = session.with("x:key", &[&of(name)]);
    condition(
        &asked,
        "2012-10-17",
        ("StringEquals", "x:key", &variable),
        OPEN_YES,
    );
}

#[test]
fn accounts_types_and_names_are_derived_from_the_principal() {
    equals(&ask(ROLE), "aws:PrincipalAccount", "111122223333", YES);
    equals(&ask(STRANGER), "aws:PrincipalAccount", "444455556666", YES);
    equals(
        &ask(SERVICE),
        "aws:PrincipalAccount",
        "111122223333",
        OPEN_NO,
    );
    equals(&ask(ROLE), "aws:PrincipalType", "AssumedRole", YES);
    equals(&ask(SESSION), "aws:PrincipalType", "AssumedRole", YES);
    equals(&ask(USER), "aws:PrincipalType", "User", YES);
    equals(&ask(ROOT), "aws:PrincipalType", "Account", YES);
    let federated = "arn:aws:sts::111122223333:federated-user/ana";
    equals(&ask(federated), "aws:PrincipalType", "FederatedUser", YES);
    equals(&ask(federated), "aws:userid", "111122223333:ana", YES);
    equals(&ask(USER), "aws:username", "ana", YES);
    equals(&ask(ROLE), "aws:username", "builder", NO);
    equals(&ask(ROOT), "aws:userid", "111122223333", YES);
    // A role's ID is not part of its ARN.
    equals(&ask(ROLE), "aws:userid", "AROAEXAMPLEIDOFAROLE1:x", OPEN_NO);
    equals(&ask(ROLE), "aws:PrincipalIsAWSService", "false", YES);
    equals(&ask(SERVICE), "aws:PrincipalIsAWSService", "true", YES);
    equals(&ask(SERVICE), "aws:PrincipalServiceName", SERVICE, YES);
    equals(&ask(ROLE), "aws:PrincipalServiceName", SERVICE, NO);
}

#[test]
fn tags_and_the_resources_account_are_keys() {
    let tagged = ask(ROLE).tagged("Team", "shop");
    equals(&tagged, "aws:PrincipalTag/Team", "shop", YES);
    equals(&tagged, "aws:principaltag/team", "shop", YES);
    equals(&tagged, "aws:PrincipalTag/Team", "Shop", NO);
    equals(&tagged, "aws:PrincipalTag/Stage", "x", OPEN_NO);
    equals(&ask(ROLE), "aws:ResourceAccount", "111122223333", YES);
    equals(
        &ask(ROLE).owned_by("444455556666"),
        "aws:ResourceAccount",
        "444455556666",
        YES,
    );
    let of_shop = ask(ROLE).repository_tagged("Team", "shop");
    equals(&of_shop, "aws:ResourceTag/team", "shop", YES);
    equals(&of_shop, "ecr:ResourceTag/Team", "shop", YES);
    // Either all of a repository's tags are known, or none.
    equals(&of_shop, "aws:ResourceTag/stage", "x", NO);
    equals(&ask(ROLE), "aws:ResourceTag/stage", "x", OPEN_NO);
    let org = json!("o-example");
    let test = ("StringNotEquals", "aws:PrincipalOrgID", &org);
    condition(&ask(ROLE), "2012-10-17", test, OPEN_YES);
}

#[test]
fn keys_in_the_request_override_derived_keys() {
    let stated = ask(SESSION).with(
        "aws:PrincipalArn",
        &["arn:aws:iam::111122223333:role/ci/builder"],
    );
    equals(
        &stated,
        "aws:PrincipalArn",
        "arn:aws:iam::111122223333:role/ci/builder",
        YES,
    );
    equals(&stated, "aws:PrincipalArn", ROLE, NO);
    let stated = ask(ROLE)
        .tagged("team", "shop")
        .with("AWS:PrincipalTag/Team", &["till"]);
    equals(&stated, "aws:PrincipalTag/team", "till", YES);
    let missing = ask(ROLE)
        .tagged("team", "shop")
        .with("aws:PrincipalTag/team", &[]);
    equals(&missing, "aws:PrincipalTag/team", "shop", NO);
    equals(
        &ask(ROLE).with("aws:PrincipalAccount", &["444455556666"]),
        "aws:PrincipalAccount",
        "444455556666",
        YES,
    );
    equals(
        &ask(ROLE).with("aws:ResourceAccount", &[]),
        "aws:ResourceAccount",
        "111122223333",
        NO,
    );
}
