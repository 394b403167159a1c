//! Actions and conditions.

use super::*;

/// Lists of actions, and the remarks on each.
const ACTIONS_BROKEN: &[(&str, &str, &[&str])] = &[
    ("Action", r#""ecr:PutImages""#, &["unknown-action"]),
    ("Action", r#""PutImage""#, &["unknown-action"]),
    ("Action", r#""ecr:Pull*""#, &["pattern-without-action"]),
    ("Action", r#""s3:GetObject""#, &["other-service"]),
    (
        "Action",
        r#""ecr:GetAuthorizationToken""#,
        &["not-on-repositories"],
    ),
    (
        "Action",
        r#"["ecr:Describe*", "ECR:DescribeImages"]"#,
        &["redundant-action"],
    ),
    (
        "Action",
        r#"["ecr:PutImage", "ecr:putimage"]"#,
        &["redundant-action"],
    ),
    (
        "Action",
        r#""ecr:GetDownloadUrlForLayer""#,
        &["incomplete-pull"],
    ),
    (
        "Action",
        r#"["ecr:*Layer*", "ecr:PutImage"]"#,
        &["incomplete-pull"],
    ),
    (
        "Action",
        r#"["ecr:PutImage", "ecr:*LayerUpload"]"#,
        &["incomplete-push"],
    ),
    ("Action", r#"["ecr:BatchGetImage", "ecr:PutImage"]"#, &[]),
    ("Action", r#"["ecr:Get*", "ecr:*Image"]"#, &[]),
    (
        "NotAction",
        r#""ecr:DeleteRepository""#,
        &["not-action-allow"],
    ),
];

#[test]
fn actions_that_do_not_exist_or_never_apply_are_reported() {
    for (element, actions, expected) in ACTIONS_BROKEN {
        let statement = format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::111122223333:role/ci"}},
                "{element}": {actions}}}"#
        );
        assert_eq!(on(&statement), *expected, "{actions}");
    }
}

#[test]
fn a_misspelled_action_gets_a_suggestion() {
    for (action, meant) in [
        (
            "ecr:GetDownloadURLForLayers",
            Some("ecr:GetDownloadUrlForLayer"),
        ),
        ("erc:PutImage", Some("ecr:PutImage")),
        ("PutImage", Some("ecr:PutImage")),
        ("ecr:Deploy", None),
    ] {
        let text = repository(&format!(
            r#"{{"Effect": "Deny", "Principal": "*", "Action": "{action}"}}"#
        ));
        let found: Vec<_> = (remarks(PolicyKind::Repository, &text).into_iter())
            .map(|remark| match remark.finding {
                Finding::Action(
                    ActionRemark::UnknownAction { nearest, .. }
                    | ActionRemark::OtherService { nearest, .. },
                ) => nearest,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found, [meant], "{action}");
    }
}

/// Conditions, and the remarks on each.
const BROKEN: &[(&str, &[&str])] = &[
    (
        r#"{"StringEquals": {"aws:PrincipleOrgID": "o-1"}}"#,
        &["key-never-there"],
    ),
    (
        r#"{"StringEquals": {"aws:RequestTag/team": "a"}}"#,
        &["key-never-there"],
    ),
    (
        r#"{"StringEquals": {"s3:prefix": "a"}}"#,
        &["key-never-there"],
    ),
    (
        r#"{"StringEquals": {"aws:PrincipalTag": "a"}}"#,
        &["tag-key-missing"],
    ),
    (
        r#"{"StringEquals": {"aws:RequestTag/": "a"}}"#,
        &["tag-key-missing"],
    ),
    (r#"{"StringEquals": {"accounts.google.com:aud": "a"}}"#, &[]),
    (
        r#"{"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": "o-1/*"}}"#,
        &["for-all-values-allow"],
    ),
    (
        r#"{"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": "o-1/*"},
         "Null": {"aws:principalorgpaths": "false"}}"#,
        &[],
    ),
    (
        r#"{"StringLike": {"aws:PrincipalOrgPaths": "o-1/*"}}"#,
        &["needs-set-operator"],
    ),
    (
        r#"{"ForAnyValue:StringEquals": {"aws:PrincipalOrgID": "o-1"}}"#,
        &["needless-set-operator"],
    ),
    (
        r#"{"StringEquals": {"aws:SourceIp": "10.0.0.1"}}"#,
        &["operator-does-not-fit"],
    ),
    (r#"{"Null": {"aws:SourceIp": "true"}}"#, &[]),
    (
        r#"{"StringEquals": {"aws:Ec2InstanceSourcePrivateIPv4": "${aws:VpcSourceIp}"}}"#,
        &[],
    ),
    (
        r#"{"NumericLessThan": {"aws:EpochTime": "1795350600"}}"#,
        &[],
    ),
    (
        r#"{"Bool": {"aws:SecureTransport": ["true", "false"]}}"#,
        &["both-booleans"],
    ),
    (
        r#"{"Bool": {"aws:SecureTransport": "yes"}}"#,
        &["unreadable-value"],
    ),
    (
        r#"{"IpAddress": {"aws:SourceIp": "10.0.0.0/33"}}"#,
        &["unreadable-value"],
    ),
    (
        r#"{"DateLessThan": {"aws:CurrentTime": "soon"}}"#,
        &["unreadable-value"],
    ),
    (
        r#"{"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::*:role/a"}}"#,
        &["wildcard-is-literal"],
    ),
    (r#"{"StringEquals": {"aws:username": "${*}"}}"#, &[]),
    (
        r#"{"StringEquals": {"aws:username": "${aws:PrincipalTag/owner, '*'}"}}"#,
        &[],
    ),
    (
        r#"{"StringEquals": {"aws:username": "${aws:PrincipalTag/owner"}}"#,
        &["variable-not-closed"],
    ),
    (
        r#"{"StringEquals": {"aws:username": "${aws:PrincipleTag/owner}"}}"#,
        &["variable-never-there"],
    ),
];

/// More conditions: variables, addresses and ARNs.
const MALFORMED: &[(&str, &[&str])] = &[
    (
        r#"{"StringEquals": {"aws:username": "${ aws:PrincipalTag/owner }"}}"#,
        &["variable-malformed"],
    ),
    (
        r#"{"StringLike": {"aws:username": "a-${aws:PrincipalTag/cost center}-*"}}"#,
        &["variable-malformed"],
    ),
    (
        r#"{"StringEquals": {"aws:username": "${aws:PrincipalTag/owner, nobody}"}}"#,
        &["variable-malformed"],
    ),
    (
        r#"{"StringEquals": {"aws:username": "${aws:PrincipalTag/owner, 'nobody}"}}"#,
        &["variable-not-closed"],
    ),
    (
        r#"{"StringEquals": {"aws:username": "${aws:PrincipalTag/owner,'nobody'}"}}"#,
        &["variable-malformed"],
    ),
    (
        r#"{"StringEquals": {"aws:username": "${}"}}"#,
        &["variable-malformed"],
    ),
    (
        r#"{"StringEquals": {"aws:username": "${aws:PrincipalTag/${*}}"}}"#,
        &["variable-malformed"],
    ),
    (
        r#"{"StringEquals": {"aws:username": "${aws:PrincipalTag/owner, 'no body'}"}}"#,
        &[],
    ),
    (
        r#"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#,
        &["private-address"],
    ),
    (
        r#"{"NotIpAddress": {"AWS:sourceip": ["203.0.113.0/24", "192.168.1.7"]}}"#,
        &["private-address"],
    ),
    (
        r#"{"IpAddress": {"aws:SourceIp": "fd00::/8"}}"#,
        &["private-address"],
    ),
    (
        r#"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]}}"#,
        &[],
    ),
    (
        r#"{"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}"#,
        &[],
    ),
    (
        r#"{"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/release"}}"#,
        &["wildcard-crosses-colons"],
    ),
    (
        r#"{"StringNotLike": {"aws:PrincipalArn": "*:role/release"}}"#,
        &["wildcard-crosses-colons"],
    ),
    (
        r#"{"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333*"}}"#,
        &["wildcard-crosses-colons"],
    ),
    (
        r#"{"StringLike": {"aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:role/release-*"}}"#,
        &[],
    ),
    (
        r#"{"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:*"}}"#,
        &[],
    ),
    (r#"{"StringLike": {"aws:PrincipalArn": "*"}}"#, &[]),
    (r#"{"StringLike": {"aws:userid": "*:ana"}}"#, &[]),
    (
        r#"{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/release"}}"#,
        &[],
    ),
];

#[test]
fn a_mixed_list_of_addresses_is_only_a_note() {
    let severity = |addresses: &str| {
        let further = format!(r#", "Condition": {{"IpAddress": {{"aws:SourceIp": {addresses}}}}}"#);
        let text = repository(&pull_by(r#"{"AWS": "111122223333"}"#, &further));
        let remarks = remarks(PolicyKind::Repository, &text);
        remarks
            .iter()
            .map(|remark| remark.severity)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        severity(r#"["10.0.0.0/8", "192.168.0.0/16"]"#),
        [Severity::Warning]
    );
    assert_eq!(
        severity(r#"["10.0.0.0/8", "203.0.113.7"]"#),
        [Severity::Note]
    );
}

#[test]
fn wrong_keys_and_operators_of_conditions_are_reported() {
    for (condition, expected) in BROKEN.iter().chain(MALFORMED) {
        assert_eq!(under(condition), *expected, "{condition}");
    }
}

#[test]
fn a_variable_needs_the_later_version() {
    let text = |version: &str| {
        format!(
            r#"{{"Version": "{version}", "Statement": {{"Effect": "Allow",
                "Principal": {{"AWS": "arn:aws:iam::111122223333:role/ci"}},
                "Action": "ecr:PutImage", "Condition":
                {{"StringEquals": {{"ecr:ResourceTag/team": "${{aws:PrincipalTag/team}}"}}}}}}}}"#
        )
    };
    let broken = |version| rules_broken(PolicyKind::Repository, &text(version));
    assert_eq!(broken("2008-10-17"), ["variable-is-literal"]);
    assert_eq!(broken("2012-10-17"), [""; 0]);
}

#[test]
fn a_misspelled_key_gets_a_suggestion() {
    for (key, meant) in [
        ("aws:PrincipleOrgId", Some("aws:PrincipalOrgID")),
        ("aws:SourceIP4", Some("aws:SourceIp")),
        ("ecr:Team", None),
    ] {
        let condition = format!(r#"{{"Null": {{"{key}": "false"}}}}"#);
        let further = format!(r#", "Condition": {condition}"#);
        let text = repository(&pull_by(r#"{"AWS": "111122223333"}"#, &further));
        let found: Vec<_> = (remarks(PolicyKind::Repository, &text).into_iter())
            .map(|remark| match remark.finding {
                Finding::Condition(ConditionRemark::KeyNeverThere { nearest, .. }) => nearest,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found, [meant], "{key}");
    }
}
