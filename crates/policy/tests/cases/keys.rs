//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

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
fn the_arn_of_a_session_is_its_roles() {
    equals(&ask(ROLE), "aws:PrincipalArn", ROLE, YES);
    equals(&ask(SESSION), "aws:PrincipalArn", ROLE, YES);
    equals(&ask(SESSION), "aws:PrincipalArn", SESSION, NO);
    equals(&ask(ROLE).in_any_session(), "aws:PrincipalArn", ROLE, YES);
    let chinese = "arn:aws-cn:sts::111122223333:assumed-role/builder/x";
    equals(
        &ask(chinese),
        "aws:PrincipalArn",
        "arn:aws-cn:iam::111122223333:role/builder",
        YES,
    );
    equals(&ask(USER), "aws:PrincipalArn", USER, YES);
    equals(&ask(ROOT), "aws:PrincipalArn", ROOT, YES);
    equals(&ask("111122223333"), "aws:PrincipalArn", ROOT, YES);
    equals(&ask(SERVICE), "aws:PrincipalArn", ROOT, OPEN_NO);
}

#[test]
fn accounts_types_and_names_follow_from_the_principal() {
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
    // A role's id is nowhere in its ARN.
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
    // All of a repository's tags are known, or none.
    equals(&of_shop, "aws:ResourceTag/stage", "x", NO);
    equals(&ask(ROLE), "aws:ResourceTag/stage", "x", OPEN_NO);
    let org = json!("o-example");
    let test = ("StringNotEquals", "aws:PrincipalOrgID", &org);
    condition(&ask(ROLE), "2012-10-17", test, OPEN_YES);
}

#[test]
fn what_the_request_states_wins_over_what_follows() {
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
