//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use serde_json::{Value, json};

use super::{Ask, Holds, NO, OPEN_NO, OPEN_YES, ROLE, USER, YES, ask, condition};

/// A user whose tag is `shop`, with the key `x:key` in the request.
fn user(key: &str) -> Ask {
    ask(USER).tagged("Team", "shop").with("x:key", &[key])
}

#[track_caller]
fn holds(ask: &Ask, rows: &[(&str, Value, Holds)]) {
    for (operator, listed, expected) in rows {
        condition(ask, "2012-10-17", (operator, "x:key", listed), *expected);
    }
}

#[test]
fn a_variable_is_replaced_by_the_value_of_its_key() {
    holds(
        &user("shop"),
        &[
            ("StringEquals", json!("${aws:PrincipalTag/Team}"), YES),
            ("StringEquals", json!("${AWS:principaltag/TEAM}"), YES),
            ("StringNotEquals", json!("${aws:PrincipalTag/Team}"), NO),
            (
                "StringEqualsIgnoreCase",
                json!("${aws:PrincipalTag/Team}"),
                YES,
            ),
            ("StringEquals", json!("${aws:username}"), NO),
            ("StringLike", json!("${aws:PrincipalTag/Team}*"), YES),
            ("StringEquals", json!("${x:key}"), YES),
        ],
    );
    holds(
        &user("shop-ana"),
        &[
            (
                "StringEquals",
                json!("${aws:PrincipalTag/Team}-${aws:username}"),
                YES,
            ),
            ("StringLike", json!("${aws:PrincipalTag/Team}*"), YES),
            ("StringNotLike", json!("${aws:PrincipalTag/Team}?ana"), NO),
        ],
    );
    holds(
        &user("arn:aws:iam::111122223333:role/shop"),
        &[
            (
                "ArnEquals",
                json!("arn:aws:iam::${aws:PrincipalAccount}:role/${aws:PrincipalTag/Team}"),
                YES,
            ),
            (
                "ArnLike",
                json!("arn:aws:iam::*:*/${aws:PrincipalTag/Team}"),
                YES,
            ),
            ("ArnNotLike", json!("arn:aws:iam::*:*/${aws:username}"), YES),
        ],
    );
    holds(
        &user(USER),
        &[("ArnEquals", json!("${aws:PrincipalArn}"), YES)],
    );
}

#[test]
fn a_text_with_a_missing_key_equals_nothing_unless_there_is_a_default() {
    let asked = user("till").with("x:other", &[]);
    holds(
        &asked,
        &[
            ("StringEquals", json!("${x:other}"), NO),
            ("StringLike", json!("*${x:other}*"), NO),
            ("StringNotEquals", json!("${x:other}"), YES),
            ("StringNotLike", json!("${x:other}*"), YES),
            (
                "ArnNotEquals",
                json!("arn:aws:iam::1:role/${x:other}"),
                OPEN_YES,
            ),
            ("StringEquals", json!("${x:other, 'till'}"), YES),
            ("StringEquals", json!("${x:other, 'shop'}"), NO),
            ("StringEquals", json!(["${x:other}", "till"]), YES),
            (
                "StringEquals",
                json!("${aws:PrincipalTag/Team, 'till'}"),
                NO,
            ),
            ("StringLike", json!("t${x:other, 'il'}*"), YES),
            // A default is not a pattern either.
            ("StringLike", json!("${x:other, '*'}"), NO),
            // Whatever the other value is, nothing equals the text.
            ("StringEquals", json!("${x:unsaid}${x:other}"), NO),
            ("StringNotEquals", json!("${x:other}${x:unsaid}"), YES),
        ],
    );
    holds(
        &user("").with("x:empty", &[""]),
        &[
            ("StringEquals", json!("${x:empty}"), YES),
            ("StringEquals", json!("${x:empty, 'till'}"), YES),
        ],
    );
}

#[test]
fn a_default_can_contain_a_brace() {
    holds(
        &user("a}b").with("x:other", &[]),
        &[
            ("StringEquals", json!("${x:other, 'a}b'}"), YES),
            ("StringLike", json!("${x:other, 'a}'}*"), YES),
            ("StringEquals", json!("${x:other, 'a}'}"), NO),
        ],
    );
}

#[test]
fn an_unknown_key_stays_unknown_and_several_values_are_not_a_variable() {
    holds(
        &user("till"),
        &[
            ("StringEquals", json!("${x:unsaid}"), OPEN_NO),
            ("StringNotEquals", json!("${x:unsaid}"), OPEN_YES),
            ("StringEquals", json!(["${x:unsaid}", "till"]), YES),
            ("ArnLike", json!("arn:aws:iam::*:role/${x:unsaid}"), OPEN_NO),
        ],
    );
    let known_only_strictly = (policy::Truth::True, policy::Truth::Unknown);
    holds(
        &user("till"),
        &[(
            "StringEquals",
            json!("${x:unsaid, 'till'}"),
            known_only_strictly,
        )],
    );
    holds(
        &user("a").with("x:many", &["a", "b"]),
        &[
            ("StringEquals", json!("${x:many}"), NO),
            ("StringNotEquals", json!("${x:many}"), YES),
            ("StringEquals", json!("${x:many, 'a'}"), NO),
        ],
    );
}

#[test]
fn values_are_not_patterns_and_escapes_are_literal() {
    let starred = |key: &str| ask(USER).tagged("Team", "s*").with("x:key", &[key]);
    holds(
        &starred("shop"),
        &[
            ("StringLike", json!("${aws:PrincipalTag/Team}"), NO),
            ("StringLike", json!("s${*}"), NO),
            ("StringLike", json!("s${?}op"), NO),
            ("StringNotLike", json!("${aws:PrincipalTag/Team}"), YES),
        ],
    );
    holds(
        &starred("s*"),
        &[
            ("StringLike", json!("${aws:PrincipalTag/Team}"), YES),
            ("StringLike", json!("s${*}"), YES),
            ("StringEquals", json!("s${*}"), YES),
            ("StringEqualsIgnoreCase", json!("S${*}"), YES),
        ],
    );
    holds(&user("who?"), &[("StringLike", json!("wh*${?}"), YES)]);
    holds(&user("$5"), &[("StringEquals", json!("${$}5"), YES)]);
    holds(
        &user("${x:key}"),
        &[("StringEquals", json!("${$}{x:key}"), YES)],
    );
}

/// IAM Access Analyzer reports each of these as an error, and AWS does not document the effect on a request.
#[test]
fn an_undocumented_form_of_a_variable_leaves_the_text_open() {
    let asked = |text: &str| user(text).with("x:five", &["five"]).with("x:other", &[]);
    for text in [
        "${ x:five}",
        "${x:five }",
        "${\tx:five}",
        "${ x:five }",
        "${ aws:PrincipalTag/Team }",
        "${aws: PrincipalTag/Team}",
        "${aws:PrincipalTag/Cost Center}",
        "${}",
        "${ }",
        "${, 'five'}",
        "${ * }",
        "${**}",
        "${x:five*}",
        "${x:${x:five}}",
        "${x:five, five}",
        "${x:five,'five'}",
        "${x:five , 'five'}",
        "${x:five,  'five'}",
        "${x:five, 'five' }",
        "${x:five, \"five\"}",
        "${x:five, 'five}",
        "${x:five, five'}",
        "${x:other, 'fi've'}",
        "${x:five",
        "shop${",
    ] {
        for found in ["five", "shop", text, "${x:five"] {
            holds(
                &asked(found),
                &[
                    ("StringEquals", json!(text), OPEN_NO),
                    ("StringNotEquals", json!(text), OPEN_YES),
                    ("StringEqualsIgnoreCase", json!(text), OPEN_NO),
                    ("StringLike", json!(text), OPEN_NO),
                ],
            );
        }
        holds(
            &asked("till"),
            &[("StringEquals", json!([text, "till"]), YES)],
        );
        let arn = format!("arn:aws:iam::111122223333:role/{text}");
        holds(
            &asked("arn:aws:iam::111122223333:role/five"),
            &[
                ("ArnLike", json!(arn), OPEN_NO),
                ("ArnNotLike", json!(arn), OPEN_YES),
            ],
        );
    }
}

#[test]
fn a_variable_with_spaces_grants_nothing_by_resource_either() {
    let arn = "arn:aws:ecr:eu-west-1:111122223333:repository/${ aws:PrincipalTag/team }/*";
    let one =
        |element: &str| format!(r#"{{"Effect": "Allow", "Action": "*", "{element}": "{arn}"}}"#);
    let asked = ask(ROLE).tagged("team", "shop");
    let listed = asked.clone().identity(&one("Resource"));
    listed.depends_on_a_key(policy::Outcome::ImplicitDeny);
    let excluded = asked.identity(&one("NotResource"));
    excluded.depends_on_a_key(policy::Outcome::Allowed);
}

#[test]
fn other_operators_and_the_first_version_have_no_variables() {
    let asked = ask(ROLE).with("x:key", &["5"]).with("x:five", &["5"]);
    condition(
        &asked,
        "2012-10-17",
        ("NumericEquals", "x:key", &json!("${x:five}")),
        OPEN_NO,
    );
    condition(
        &asked,
        "2012-10-17",
        ("StringEquals", "x:key", &json!("${x:five}")),
        YES,
    );
    condition(
        &asked,
        "2008-10-17",
        ("StringEquals", "x:key", &json!("${x:five}")),
        NO,
    );
    condition(
        &asked,
        "2008-10-17",
        ("StringNotEquals", "x:key", &json!("${x:five}")),
        YES,
    );
    let literal = ask(ROLE).with("x:key", &["${x:five}"]);
    condition(
        &literal,
        "2008-10-17",
        ("StringEquals", "x:key", &json!("${x:five}")),
        YES,
    );
    condition(
        &literal,
        "2008-10-17",
        ("StringLike", "x:key", &json!("${*}")),
        YES,
    );
    let yes = ask(ROLE).with("x:key", &["true"]).with("x:yes", &["true"]);
    condition(
        &yes,
        "2012-10-17",
        ("Bool", "x:key", &json!("${x:yes}")),
        OPEN_NO,
    );
}

#[test]
fn resources_can_contain_variables() {
    let allow = |element: &str| {
        let arn = "arn:aws:ecr:eu-west-1:111122223333:repository";
        format!(
            r#"{{"Effect": "Allow", "Action": "*", {}}}"#,
            element.replace("REPO", arn)
        )
    };
    let team = allow(r#""Resource": "REPO/${aws:PrincipalTag/team}/*""#);
    ask(ROLE)
        .tagged("team", "shop")
        .identity(&team)
        .is_allowed();
    ask(ROLE)
        .tagged("team", "till")
        .identity(&team)
        .is_not_allowed();
    // A tag whose value is a star opens nothing.
    ask(ROLE)
        .tagged("team", "*")
        .identity(&team)
        .is_not_allowed();
    ask(ROLE)
        .identity(&team)
        .depends_on_a_key(policy::Outcome::ImplicitDeny);
    ask(ROLE)
        .with("aws:PrincipalTag/team", &[])
        .identity(&team)
        .is_not_allowed();
    let default = allow(r#""Resource": "REPO/${aws:PrincipalTag/team, 'shop'}/*""#);
    ask(ROLE)
        .with("aws:PrincipalTag/team", &[])
        .identity(&default)
        .is_allowed();
    let others = allow(r#""NotResource": "REPO/${aws:PrincipalTag/team}/*""#);
    ask(ROLE)
        .tagged("team", "shop")
        .identity(&others)
        .is_not_allowed();
    ask(ROLE)
        .tagged("team", "till")
        .identity(&others)
        .is_allowed();
    ask(ROLE)
        .identity(&others)
        .depends_on_a_key(policy::Outcome::Allowed);
}
