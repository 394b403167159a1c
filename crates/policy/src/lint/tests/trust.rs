//! Principals that are trusted, and principals that do not exist.

use super::*;

/// Conditions, and whether each narrows a grant to everyone.
const CONDITIONS: &[(&str, bool)] = &[
    (
        r#"{"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#,
        true,
    ),
    (
        r#"{"StringEquals": {"AWS:principalorgid": "${aws:ResourceOrgID}"}}"#,
        true,
    ),
    (
        r#"{"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalOrgID}"}}"#,
        false,
    ),
    (r#"{"StringLike": {"aws:PrincipalOrgID": "o-*"}}"#, false),
    (
        r#"{"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#,
        false,
    ),
    (
        r#"{"StringNotEquals": {"aws:PrincipalAccount": "444455556666"}}"#,
        false,
    ),
    (
        r#"{"StringEquals": {"aws:PrincipalAccount": ["444455556666", "777788889999"]}}"#,
        true,
    ),
    (
        r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/*"}}"#,
        true,
    ),
    (
        r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/release"}}"#,
        false,
    ),
    (
        r#"{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::builds"}}"#,
        true,
    ),
    (
        r#"{"StringLike": {"aws:userid": "AROAEXAMPLEIDOFAROLE1:*"}}"#,
        true,
    ),
    (r#"{"StringLike": {"aws:userid": "*:ana"}}"#, false),
    (
        r#"{"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}"#,
        true,
    ),
    (r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#, true),
    (
        r#"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]}}"#,
        false,
    ),
    (r#"{"IpAddress": {"aws:SourceIp": "2001::/16"}}"#, false),
    (r#"{"Bool": {"aws:SecureTransport": "true"}}"#, false),
    (
        r#"{"StringEquals": {"aws:PrincipalTag/team": "storefront"}}"#,
        false,
    ),
];

#[test]
fn some_conditions_narrow_a_grant_to_everyone_and_others_do_not() {
    for (condition, narrows) in CONDITIONS {
        let expected: &[&str] = if *narrows { &[] } else { &["public-access"] };
        assert_eq!(everyone_under(condition), expected, "{condition}");
    }
}

#[test]
fn the_actions_that_anyone_can_take_are_listed() {
    let text = repository(r#"{"Effect": "Allow", "Principal": "*", "Action": "ecr:Put*"}"#);
    let remarks = remarks(PolicyKind::Repository, &text);
    let [Remark { finding, .. }] = remarks.as_slice() else {
        panic!("{remarks:?}");
    };
    let Finding::Trust(TrustRemark::PublicAccess {
        actions,
        every_action: false,
        pull: false,
        push: true,
    }) = finding
    else {
        panic!("{finding:?}");
    };
    assert!(actions.contains(&"ecr:PutImage"));
    assert!(!actions.contains(&"ecr:PutRegistryPolicy"));
}

#[test]
fn a_grant_to_another_account_as_a_whole_is_reported() {
    let account = r#"{"AWS": "444455556666"}"#;
    assert_eq!(on(&pull_by(account, "")), ["whole-account"]);
    for (condition, narrows) in [
        (
            r#"{"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#,
            true,
        ),
        (
            r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/release"}}"#,
            true,
        ),
        (
            r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/*"}}"#,
            false,
        ),
        (
            r#"{"StringEquals": {"aws:PrincipalAccount": "444455556666"}}"#,
            false,
        ),
        (
            r#"{"StringEquals": {"aws:PrincipalTag/team": "storefront"}}"#,
            true,
        ),
        (r#"{"Bool": {"aws:SecureTransport": "true"}}"#, false),
    ] {
        let expected: &[&str] = if narrows { &[] } else { &["whole-account"] };
        let further = format!(r#", "Condition": {condition}"#);
        assert_eq!(on(&pull_by(account, &further)), expected, "{condition}");
    }
}

#[test]
fn the_owners_account_must_be_known() {
    let own = repository(&pull_by(r#"{"AWS": "111122223333"}"#, ""));
    assert_eq!(rules_broken(PolicyKind::Repository, &own), [""; 0]);
    let policy = Policy::parse(own, PolicyKind::Repository).unwrap();
    let unsure = lint(&policy, LintOptions::default());
    let severities: Vec<_> = unsure.iter().map(|remark| remark.severity).collect();
    assert_eq!(severities, [Severity::Note]);
}

#[test]
fn principals_that_do_not_exist_are_reported() {
    for (principal, expected) in [
        (r#"{"AWS": "AROAEXAMPLEIDOFAROLE1"}"#, "deleted-principal"),
        (
            r#"{"AWS": "arn:aws:iam::111122223333:role/*"}"#,
            "wildcard-in-principal",
        ),
        (r#"{"AWS": "1111*"}"#, "wildcard-in-principal"),
        (
            r#"{"AWS": "arn:aws:iam::1111:role/storefront"}"#,
            "principal-names-nothing",
        ),
        (
            r#"{"AWS": "arn:aws:iam::111122223333:group/admins"}"#,
            "principal-names-nothing",
        ),
        (
            r#"{"AWS": "arn:aws:s3:::builds"}"#,
            "principal-names-nothing",
        ),
        (r#"{"AWS": "storefront"}"#, "principal-names-nothing"),
        (
            r#"{"CanonicalUser": "79a59df900b949e5"}"#,
            "principal-names-nothing",
        ),
        (
            r#"{"AWS": "arn:aws:sts::111122223333:assumed-role/developer"}"#,
            "principal-names-nothing",
        ),
        (
            r#"{"AWS": " arn:aws:iam::111122223333:role/storefront"}"#,
            "principal-names-nothing",
        ),
        (
            r#"{"AWS": "arn:aws:iam:eu-west-1:111122223333:role/storefront"}"#,
            "principal-names-nothing",
        ),
        (
            r#"{"AWS": "arn:aws:iam:eu-west-1:111122223333:root"}"#,
            "principal-names-nothing",
        ),
        (
            r#"{"AWS": "arn:nonsense:iam::111122223333:root"}"#,
            "principal-names-nothing",
        ),
        (r#"{"AWS": ""}"#, "principal-names-nothing"),
    ] {
        assert_eq!(on(&pull_by(principal, "")), [expected], "{principal}");
    }
    let service = pull_by(r#"{"Service": "lambda.amazonaws.com"}"#, "");
    assert_eq!(on(&service), ["service-without-source"]);
}

#[test]
fn not_principal_is_reported_in_every_statement() {
    let with = |effect: &str, principals: &str| {
        on(&format!(
            r#"{{"Effect": "{effect}", "NotPrincipal": {{"AWS": {principals}}},
                "Action": "ecr:PutImage"}}"#
        ))
    };
    let role = r#""arn:aws:iam::111122223333:role/release""#;
    assert_eq!(with("Allow", role), ["not-principal-allow"]);
    assert_eq!(with("Deny", role), ["not-principal-without-account"]);
    let both = format!(r#"[{role}, "111122223333"]"#);
    assert_eq!(with("Deny", &both), ["not-principal-without-session"]);
    let misspelt = format!(r#"[{role}, "arn:aws:iam:eu-west-1:111122223333:root"]"#);
    assert_eq!(
        with("Deny", &misspelt),
        ["not-principal-without-account", "principal-names-nothing"]
    );
}

#[test]
fn a_service_acts_for_any_account_unless_its_source_names_one() {
    let service = r#"{"Service": "lambda.amazonaws.com"}"#;
    for (condition, expected) in [
        (
            r#"{"ArnLike": {"aws:SourceArn": "arn:aws:lambda:*:*:function:*"}}"#,
            "service-with-any-source",
        ),
        (
            r#"{"ArnLike": {"aws:SourceArn": "arn:aws:lambda:*:444455556666:function:*"}}"#,
            "",
        ),
        (
            r#"{"ArnLike": {"aws:SourceArn": ["arn:aws:lambda:*:444455556666:function:*",
                "arn:aws:lambda:*:????????????:function:*"]}}"#,
            "service-with-any-source",
        ),
        (
            r#"{"ArnLike": {"aws:SourceArn": "arn:aws:lambda:*:*:function:*"},
                "StringEquals": {"aws:SourceAccount": "444455556666"}}"#,
            "",
        ),
        (
            r#"{"StringLike": {"aws:SourceAccount": "*"}}"#,
            "service-with-any-source",
        ),
        (
            r#"{"StringEqualsIfExists": {"aws:SourceAccount": "444455556666"}}"#,
            "service-with-any-source",
        ),
        (
            r#"{"StringNotEquals": {"aws:SourceAccount": "444455556666"}}"#,
            "service-with-any-source",
        ),
        (
            r#"{"StringEquals": {"aws:SourceAccount": "${aws:ResourceAccount}"}}"#,
            "",
        ),
        (
            r#"{"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}"#,
            "",
        ),
        (
            r#"{"StringLike": {"aws:SourceOrgID": "o-*"}}"#,
            "service-with-any-source",
        ),
        (
            r#"{"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::builds"}}"#,
            "",
        ),
        (
            r#"{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}"#,
            "service-with-any-source",
        ),
        (
            r#"{"Null": {"aws:SourceAccount": "false"}}"#,
            "service-without-source",
        ),
    ] {
        let further = format!(r#", "Condition": {condition}"#);
        let expected: Vec<_> = [expected]
            .into_iter()
            .filter(|rule| !rule.is_empty())
            .collect();
        assert_eq!(on(&pull_by(service, &further)), expected, "{condition}");
    }
}
