//! Remarks as data.

use std::collections::HashSet;

use super::*;

#[test]
fn a_remark_serialises_with_its_place_and_its_rule() {
    let text = "{\"Statement\": [\n  {\"Sid\": \"Push\", \"Effect\": \"Deny\", \"Principal\": \"*\",\n   \
                \"Action\": \"ecr:PutImages\"}]}";
    let remarks = remarks(PolicyKind::Repository, text);
    let json = serde_json::to_value(&remarks).unwrap();
    let expected = serde_json::json!([{
        "severity": "error", "at": {"line": 3, "column": 14},
        "statement": {"index": 0, "sid": "Push"},
        "rule": "unknown-action", "action": "ecr:PutImages", "nearest": "ecr:PutImage",
    }]);
    assert_eq!(json, expected);
}

#[test]
fn severities_are_ordered() {
    assert!(Severity::ALL.is_sorted());
    for severity in Severity::ALL {
        assert_eq!(severity.to_string().parse(), Ok(severity));
    }
    assert_eq!("worse".parse::<Severity>(), Err(SeverityError));
}

/// A policy that breaks every rule that can be broken together with the others. Each remark serialises its rule's
/// name.
#[test]
fn every_remark_has_the_name_of_its_rule() {
    let role = "arn:aws:iam::111122223333:role/ci";
    let statements = [
        r#"{"Effect": "Allow", "Principal": {"AWS": ["*", "444455556666"]}, "NotAction": "s3:Get*"}"#,
        r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#,
        &pull_by(
            r#"{"AWS": ["444455556666", "AIDAEXAMPLEIDOFAUSER1", "x"]}"#,
            "",
        ),
        &pull_by(
            r#"{"AWS": "arn:aws:iam::111122223333:user/*", "Service": "a.amazonaws.com"}"#,
            "",
        ),
        &statement(
            "Allow",
            role,
            r#""ecr:Pt", "ecr:X*", "ecr:GetRegistryPolicy""#,
            "",
        ),
    ];
    let text = repository(&statements.join(", "));
    let mut seen = HashSet::new();
    for kind in [PolicyKind::Repository, PolicyKind::Registry] {
        for remark in remarks(kind, &text) {
            let json = serde_json::to_value(&remark).unwrap();
            assert_eq!(json["rule"], remark.rule().id);
            assert!(rules().any(|rule| rule == remark.rule()));
            seen.insert(remark.rule().id);
        }
    }
    assert!(seen.len() >= 12, "{seen:?}");
}
