//! From text to policy: what is accepted, and the error for what is not.

#![expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]

use policy::{Effect, Policy, PolicyKind, Version};

fn statement(elements: &str) -> String {
    format!("{{\n \"Version\": \"2012-10-17\",\n \"Statement\": [\n  {{{elements}}}\n ]\n}}")
}

#[test]
fn a_single_value_is_a_list_of_one() {
    let text = r#"{"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
        "Action": "ecr:*", "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": 300},
        "Bool": {"aws:SecureTransport": true}}}}"#;
    let policy = Policy::parse(text, PolicyKind::Repository).unwrap();
    assert_eq!(policy.version, Version::V2008);
    let statement = &policy.statements[0];
    assert_eq!(
        (statement.effect, statement.label(0)),
        (Effect::Allow, "#0".to_owned())
    );
    assert_eq!(statement.actions.items[0].value, "ecr:*");
    let values = statement
        .conditions
        .iter()
        .map(|condition| condition.values[0].as_str());
    assert_eq!(values.collect::<Vec<_>>(), ["300", "true"]);
}

#[test]
fn a_key_can_be_used_with_several_operators() {
    let text = statement(
        r#""Effect": "Allow", "Principal": "*", "Action": "ecr:*",
           "Condition": {"StringLike": {"a:b": "x*"}, "StringNotLike": {"A:B": "xy*"}}"#,
    );
    let policy = Policy::parse(text, PolicyKind::Repository).unwrap();
    assert_eq!(policy.statements[0].conditions.len(), 2);
}

#[test]
fn every_part_has_its_position() {
    let text = statement(
        "\"Sid\": \"é\", \"Effect\": \"Deny\",\n   \"Principal\": \"*\", \"Action\": [\"ecr:PutImage\"],\n   \
         \"Condition\": {\"StringEquals\": {\"aws:SourceVpce\": [\"a\",\n    \"b\"]}}",
    );
    let policy = Policy::parse(text, PolicyKind::Repository).unwrap();
    let statement = &policy.statements[0];
    let place = |line: u32, column: u32| format!("line {line}, column {column}");
    assert_eq!(policy.position(statement).to_string(), place(4, 3));
    assert_eq!(
        policy.position(&statement.actions.items[0]).to_string(),
        place(5, 33)
    );
    let condition = &statement.conditions[0];
    assert_eq!(policy.position(condition).to_string(), place(6, 35));
    assert_eq!(
        policy.position(&condition.values[1]).to_string(),
        place(7, 5)
    );
}

#[test]
fn an_error_has_its_position_and_what_was_expected() {
    let allow = r#""Effect": "Allow", "Principal": "*", "Action": "ecr:*""#;
    for (text, expected) in [
        (String::new(), "line 1, column 1: EOF while parsing"),
        (
            "[]".to_owned(),
            "line 1, column 1: expected a policy: an object",
        ),
        (
            "{}".to_owned(),
            "line 1, column 1: expected an element Statement",
        ),
        (
            "{\n \"Statements\": []}".to_owned(),
            "line 2, column 2: expected Version, Id or Statement",
        ),
        (
            "{\"Version\": \"2020-01-01\"}".to_owned(),
            "line 1, column 13: expected Version to be",
        ),
        (
            "{\"Statement\": [1]}".to_owned(),
            "line 1, column 16: expected a statement: an object",
        ),
        (
            statement(r#""Effect": "allow""#),
            "line 4, column 14: expected Effect to be \"Allow\" or",
        ),
        (
            statement(r#""Effect": "Allow""#),
            "line 4, column 3: expected an element Principal",
        ),
        (
            statement(&format!("{allow}, \"NotAction\": \"a:b\"")),
            "expected Action or NotAction, not both",
        ),
        (
            statement(&format!("{allow}, \"Effect\": \"Deny\"")),
            "expected \"Effect\" to stand only once",
        ),
        (
            statement(&format!("{allow}, \"Conditions\": {{}}")),
            "expected Sid, Effect, Principal",
        ),
        (
            statement(r#""Effect": "Allow", "Action": "ecr:*", "Principal": {"Role": "x"}"#),
            "expected \"*\" or an object of AWS, Service",
        ),
        (
            statement(&format!(
                "{allow}, \"Condition\": {{\"StringLikes\": {{}}}}"
            )),
            "expected a condition operator, not \"StringLikes\"",
        ),
        (
            statement(&format!(
                "{allow}, \"Condition\": {{\"Bool\": {{\"a:b\": {{}}}}}}"
            )),
            "expected a text, a number, or true or false",
        ),
        (
            statement(&format!(
                "{allow}, \"Condition\": {{\"StringNotEquals\": {{\"a:b\": []}}}}"
            )),
            "line 4, column 101: expected at least one value, not an empty list",
        ),
        (
            statement(r#""Effect": "Allow", "Principal": "*", "NotAction": []"#),
            "line 4, column 54: expected at least one action, not an empty list",
        ),
        (
            statement(r#""Effect": "Deny", "Principal": "*", "Action": []"#),
            "line 4, column 50: expected at least one action, not an empty list",
        ),
        (
            statement(&format!("{allow}, \"NotResource\": []")),
            "expected at least one resource, not an empty list",
        ),
        (
            statement(&format!("{allow}, \"Resource\": []")),
            "expected at least one resource, not an empty list",
        ),
        (
            statement(r#""Effect": "Deny", "Action": "*", "Principal": {}"#),
            "expected at least one principal, not an empty object",
        ),
        (
            statement(r#""Effect": "Deny", "Action": "*", "NotPrincipal": {"AWS": []}"#),
            "expected at least one principal, not an empty list",
        ),
        (
            statement(
                r#""Effect": "Deny", "Action": "*", "Principal": {"AWS": "*", "Service": []}"#,
            ),
            "expected at least one principal, not an empty list",
        ),
        (
            "{\"Statement\": []}".to_owned(),
            "line 1, column 15: expected at least one statement, not an empty list",
        ),
        (
            statement(&format!(
                "{allow}, \"Condition\": {{\"StringEquals\": {{}}}}"
            )),
            "line 4, column 90: expected at least one condition key, not an empty object",
        ),
        (
            statement(&format!(
                "{allow}, \"Condition\": {{\"Bool\": {{\"a:b\": \"true\"}}, \"Null\": {{}}}}"
            )),
            "expected at least one condition key, not an empty object",
        ),
        (
            statement(&format!("{allow}, \"Condition\": {{}}")),
            "line 4, column 73: expected at least one condition operator, not an empty object",
        ),
        (
            statement(&format!("{allow}, \"Condition\": []")),
            "expected Condition to be an object of operators",
        ),
        (
            statement(&format!(
                "{allow}, \"Condition\": {{\"StringEquals\": {{\"a:b\": \"1\", \"A:B\": \"2\"}}}}"
            )),
            "line 4, column 103: expected \"A:B\" to stand only once, in any case",
        ),
        (
            format!("{} trailing", statement(allow)),
            "trailing characters",
        ),
    ] {
        let error = Policy::parse(text.clone(), PolicyKind::Repository)
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}\n{text}");
    }
}

#[test]
fn each_kind_has_its_own_elements() {
    let resource = r#""Effect": "Allow", "Action": "ecr:*", "Resource": "*""#;
    let principal = r#""Effect": "Allow", "Action": "ecr:*", "Principal": "*""#;
    let both = format!("{resource}, \"Principal\": \"*\"");
    for (elements, kind, expected) in [
        (principal, PolicyKind::Repository, true),
        // Tolerated although a repository policy does not need it.
        (&both, PolicyKind::Repository, true),
        (resource, PolicyKind::Repository, false),
        (&both, PolicyKind::Registry, true),
        (resource, PolicyKind::Registry, false),
        (resource, PolicyKind::Identity, true),
        (principal, PolicyKind::Identity, false),
        (&both, PolicyKind::Identity, false),
    ] {
        let read = Policy::parse(statement(elements), kind);
        assert_eq!(read.is_ok(), expected, "{kind:?} {elements}");
    }
}
