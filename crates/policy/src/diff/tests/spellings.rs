//! Two spellings of one policy are equal, and similar texts may differ.

use super::*;

/// Pairs of conditions that hold in the same requests.
const SAME: &[(&str, &str)] = &[
    // Operators.
    (
        r#"{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}"#,
        r#"{"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::*"}}"#,
    ),
    (
        r#"{"ArnNotLike": {"x:arn": "arn:aws:s3:::a"}}"#,
        r#"{"arnnotequals": {"X:ARN": ["arn:aws:s3:::a"]}}"#,
    ),
    (
        r#"{"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::a"}}"#,
        r#"{"StringEquals": {"aws:SourceArn": "arn:aws:s3:::a"}}"#,
    ),
    (
        r#"{"StringLike": {"aws:PrincipalOrgID": "o-1"}}"#,
        r#"{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}"#,
    ),
    (
        r#"{"StringLike": {"aws:userid": "${*}:${aws:PrincipalTag/Team}"}}"#,
        r#"{"StringEquals": {"aws:userid": "*:${AWS:principaltag/team}"}}"#,
    ),
    (
        r#"{"StringEqualsIgnoreCase": {"aws:SourceVpce": "VPCE-1"}}"#,
        r#"{"StringEqualsIgnoreCase": {"aws:SourceVpce": "vpce-1"}}"#,
    ),
    (
        r#"{"StringEqualsIgnoreCase": {"aws:SourceAccount": "444455556666"}}"#,
        r#"{"StringEquals": {"aws:SourceAccount": 444455556666}}"#,
    ),
    (
        r#"{"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}"#,
        r#"{"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}"#,
    ),
    (
        r#"{"ForAllValues:StringLikeIfExists": {"aws:CalledVia": "a*"}}"#,
        r#"{"ForAllValues:StringLike": {"aws:CalledVia": "a*"}}"#,
    ),
    (
        r#"{"StringLike": {"aws:SourceVpce": ["*", "vpce-1"]}}"#,
        r#"{"Null": {"aws:SourceVpce": "false"}}"#,
    ),
    (
        r#"{"StringNotLike": {"aws:SourceVpce": "*"}}"#,
        r#"{"Null": {"aws:SourceVpce": "True"}}"#,
    ),
    // Keys.
    (
        r#"{"StringEquals": {"ecr:ResourceTag/team": "a"}}"#,
        r#"{"StringEquals": {"aws:ResourceTag/Team": "a"}}"#,
    ),
    // Values.
    (
        r#"{"Bool": {"aws:SecureTransport": "true"}}"#,
        r#"{"Bool": {"aws:SecureTransport": ["True", true]}}"#,
    ),
    (
        r#"{"NumericEquals": {"x:n": ["1", "-0"]}}"#,
        r#"{"NumericEquals": {"x:n": [0, 1, "1.0", "01"]}}"#,
    ),
    (
        r#"{"NumericLessThan": {"x:n": ["5", "10"]}}"#,
        r#"{"NumericLessThan": {"x:n": 10.0}}"#,
    ),
    (
        r#"{"NumericGreaterThanEquals": {"x:n": ["5", "10"]}}"#,
        r#"{"NumericGreaterThanEquals": {"x:n": "5"}}"#,
    ),
    (
        r#"{"DateLessThan": {"aws:CurrentTime": "2026-11-22T12:30:00Z"}}"#,
        r#"{"DateLessThan": {"aws:CurrentTime": "2026-11-22T13:30+01:00"}}"#,
    ),
    (
        r#"{"DateGreaterThan": {"aws:CurrentTime": "1795350600"}}"#,
        r#"{"DateGreaterThan": {"aws:CurrentTime": ["2026-11-22T12:30:00.0Z", "2027"]}}"#,
    ),
    (
        r#"{"IpAddress": {"aws:SourceIp": "203.0.113.7"}}"#,
        r#"{"IpAddress": {"aws:SourceIp": "203.0.113.7/32"}}"#,
    ),
    (
        r#"{"NotIpAddress": {"aws:SourceIp": ["203.0.113.7/24", "203.0.113.9"]}}"#,
        r#"{"NotIpAddress": {"aws:SourceIp": ["203.0.113.128/25", "203.0.113.0/25"]}}"#,
    ),
    (
        r#"{"IpAddress": {"aws:SourceIp": "2001:0DB8:0:0::/32"}}"#,
        r#"{"IpAddress": {"aws:SourceIp": "2001:db8::1/32"}}"#,
    ),
    (
        r#"{"StringLike": {"aws:userid": "a**?b"}}"#,
        r#"{"StringLike": {"aws:userid": ["a?*b", "a?b"]}}"#,
    ),
    (
        r#"{"StringLike": {"aws:userid": ["a*", "ab*c", "abc"]}}"#,
        r#"{"StringLike": {"aws:userid": "a*"}}"#,
    ),
    (
        r#"{"ArnLike": {"aws:SourceArn": ["arn:aws:sns:*:444455556666:*", "arn:aws:sns:eu:444455556666:a"]}}"#,
        r#"{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:444455556666:**"}}"#,
    ),
    // Order, and a single value or a list.
    (
        r#"{"StringEquals": {"aws:PrincipalOrgID": ["o-2", "o-1"]}, "Null": {"x:a": true}}"#,
        r#"{"null": {"x:a": "TRUE"}, "StringEquals": {"aws:PrincipalOrgID": ["o-1", "o-2", "o-1"]}}"#,
    ),
];

/// Pairs of conditions that do not hold in the same requests.
const OTHER: &[(&str, &str)] = &[
    (
        r#"{"ArnLike": {"x:arn": "arn:aws:s3:::*"}}"#,
        r#"{"StringLike": {"x:arn": "arn:aws:s3:::*"}}"#,
    ),
    (
        r#"{"ArnNotEquals": {"x:arn": "arn:aws:s3:::a"}}"#,
        r#"{"ArnEquals": {"x:arn": "arn:aws:s3:::a"}}"#,
    ),
    (
        r#"{"StringLike": {"aws:userid": "a*"}}"#,
        r#"{"StringEquals": {"aws:userid": "a*"}}"#,
    ),
    (
        r#"{"StringEqualsIgnoreCase": {"aws:userid": "a"}}"#,
        r#"{"StringEquals": {"aws:userid": "a"}}"#,
    ),
    (
        r#"{"StringEqualsIfExists": {"aws:userid": "a"}}"#,
        r#"{"StringEquals": {"aws:userid": "a"}}"#,
    ),
    (
        r#"{"ForAnyValue:StringNotLikeIfExists": {"aws:CalledVia": "a"}}"#,
        r#"{"ForAnyValue:StringNotLike": {"aws:CalledVia": "a"}}"#,
    ),
    (
        r#"{"ForAnyValue:StringLike": {"aws:CalledVia": "*"}}"#,
        r#"{"Null": {"aws:CalledVia": "false"}}"#,
    ),
    (
        r#"{"StringEquals": {"aws:PrincipalTag/team": "a"}}"#,
        r#"{"StringEquals": {"aws:ResourceTag/team": "a"}}"#,
    ),
    (
        r#"{"StringEquals": {"x:n": "1"}}"#,
        r#"{"StringEquals": {"x:n": "1.0"}}"#,
    ),
    (
        r#"{"NumericEquals": {"x:n": ["5", "10"]}}"#,
        r#"{"NumericEquals": {"x:n": "10"}}"#,
    ),
    (
        r#"{"NumericLessThan": {"x:n": "10"}}"#,
        r#"{"NumericLessThanEquals": {"x:n": "10"}}"#,
    ),
    (
        r#"{"NumericLessThan": {"x:n": "10"}}"#,
        r#"{"NumericLessThan": {"x:n": ["10", "x"]}}"#,
    ),
    (
        r#"{"DateLessThan": {"aws:CurrentTime": "2026-11-22T12:30:00Z"}}"#,
        r#"{"DateLessThan": {"aws:CurrentTime": "2026-11-22T12:30:00+01:00"}}"#,
    ),
    (
        r#"{"IpAddress": {"aws:SourceIp": "203.0.113.7"}}"#,
        r#"{"IpAddress": {"aws:SourceIp": "203.0.113.7/31"}}"#,
    ),
    (
        r#"{"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}"#,
        r#"{"IpAddress": {"aws:SourceIp": "::/0"}}"#,
    ),
    (
        r#"{"StringLike": {"aws:userid": "a?*"}}"#,
        r#"{"StringLike": {"aws:userid": ["a?*", "a*"]}}"#,
    ),
    (
        r#"{"StringEquals": {"aws:userid": "${x:a}"}}"#,
        r#"{"StringEquals": {"aws:userid": "${x:a, 'b'}"}}"#,
    ),
    (
        r#"{"StringEquals": {"aws:userid": "${x:a}"}}"#,
        r#"{"StringEquals": {"aws:userid": "${ x:a }"}}"#,
    ),
    (
        r#"{"Bool": {"aws:SecureTransport": "true"}}"#,
        r#"{"Bool": {"aws:SecureTransport": " true"}}"#,
    ),
];

fn under(condition: &str) -> Vec<String> {
    ["Allow", "Deny"]
        .map(|effect| statement(effect, r#""*""#, r#""ecr:PutImage""#, condition))
        .to_vec()
}

#[test]
fn a_different_spelling_of_a_condition_changes_nothing() {
    for (left, right) in SAME {
        for (left, right) in under(left).into_iter().zip(under(right)) {
            let everyone = allow(r#""*""#, r#""ecr:PutImage""#, "{}");
            let (old, new) = ([left, everyone.clone()], [right, everyone]);
            assert_eq!(lines(&old[..1], &new[..1]), [""; 0]);
            assert_eq!(lines(&old, &new), [""; 0]);
        }
    }
}

#[test]
fn what_only_looks_like_a_different_spelling_is_a_change() {
    for (left, right) in OTHER {
        let [left, right] = [left, right].map(|condition| under(condition)[0].clone());
        assert_ne!(
            lines(std::slice::from_ref(&left), std::slice::from_ref(&right)),
            [""; 0],
            "{left}\n{right}"
        );
    }
}

#[test]
fn a_different_spelling_of_principals_and_actions_changes_nothing() {
    let root = r#"{"AWS": ["arn:aws:iam::444455556666:root"]}"#;
    let actions = r#"["ecr:PUTimage", "ecr:putImag?"]"#;
    let (old, new) = (
        allow(ACCOUNT, r#""ecr:PutImage""#, "{}"),
        allow(root, actions, "{}"),
    );
    assert_eq!(lines(&[old], &[new]), [""; 0]);
    let everyone = |principal: &str| allow(principal, r#""ecr:Put**Image""#, "{}");
    let (old, new) = (
        everyone(r#""*""#),
        everyone(r#"{"AWS": ["*", "444455556666"]}"#),
    );
    assert_eq!(lines(&[old], &[new]), [""; 0]);
    // If a role has a different path, the decision depends on whether the principals mean it.
    let role = allow(CI, r#""ecr:PutImage""#, "{}");
    let moved = |account: &str| {
        let principals =
            format!(r#"{{"AWS": ["arn:aws:iam::111122223333:role/x/ci", "{account}"]}}"#);
        let deny = statement("Deny", &principals, r#""ecr:PutImage""#, "{}");
        vec![role.clone(), deny.replace("Principal", "NotPrincipal")]
    };
    let (old, new) = (
        moved("111122223333"),
        moved("arn:aws:iam::111122223333:root"),
    );
    assert_eq!(lines(&old, &new), [""; 0]);
}

#[test]
fn statements_that_differ_in_values_equal_one_that_lists_them() {
    let organisation =
        |values: &str| format!(r#"{{"StringEquals": {{"aws:PrincipalOrgID": {values}}}}}"#);
    let push = |condition: &str| allow(r#""*""#, r#""ecr:PutImage""#, condition);
    let apart = [
        push(&organisation(r#""o-1""#)),
        push(&organisation(r#""o-2""#)),
    ];
    let listed = push(&organisation(r#"["o-1", "o-2"]"#));
    assert_eq!(lines(&apart, std::slice::from_ref(&listed)), [""; 0]);
    let narrower = [listed.clone(), push(&organisation(r#""o-2""#))];
    assert_eq!(lines(&narrower, &[listed]), [""; 0]);
    let but = |values: &str| push(&format!(r#"{{"StringNotEquals": {{"x:a": {values}}}}}"#));
    let apart = [but(r#""o-1""#), but(r#""o-2""#)];
    assert_ne!(lines(&apart, &[but(r#"["o-1", "o-2"]"#)]), [""; 0]);
    let all = |values: &str| {
        push(&format!(
            r#"{{"ForAllValues:StringEquals": {{"aws:CalledVia": {values}}}}}"#
        ))
    };
    let apart = [all(r#""a""#), all(r#""b""#)];
    assert_ne!(lines(&apart, &[all(r#"["a", "b"]"#)]), [""; 0]);
    let both = |ip: &str, organisation: &str| {
        push(&format!(
            r#"{{"IpAddress": {{"aws:SourceIp": "{ip}"}},
                "StringEquals": {{"aws:PrincipalOrgID": "{organisation}"}}}}"#
        ))
    };
    let halves = [
        both("203.0.113.0/25", "o-1"),
        both("203.0.113.128/25", "o-1"),
    ];
    assert_eq!(lines(&halves, &[both("203.0.113.0/24", "o-1")]), [""; 0]);
}
