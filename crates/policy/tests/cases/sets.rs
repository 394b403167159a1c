//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>

use super::{NO, OPEN_NO, OPEN_YES, ROLE, YES, ask, conditions};
use policy::Outcome;

#[test]
fn for_any_value_one_is_enough() {
    conditions! {
        "ForAnyValue:StringEquals" ["a", "b"], Has("b", "c") => YES;
        "ForAnyValue:StringEquals" ["a", "b"], Has("c", "d") => NO;
        "ForAnyValue:StringEquals" "a", Has("a") => YES;
        "ForAnyValue:StringEquals" "a", Missing => NO;
        "ForAnyValue:StringEquals" "a", Unsaid => OPEN_NO;
        "ForAnyValue:StringEquals" "", Has("") => NO;
        "ForAnyValue:StringLike" "a*", Has("x", "ab") => YES;
        "ForAnyValue:StringNotEquals" "a", Has("a", "b") => YES;
        "ForAnyValue:StringNotEquals" ["a", "b"], Has("a", "b") => NO;
        "ForAnyValue:StringNotEquals" "a", Missing => NO;
        "ForAnyValue:StringEqualsIfExists" "a", Missing => YES;
        "ForAnyValue:StringEqualsIfExists" "a", Has("b") => NO;
        "ForAnyValue:NumericLessThan" "5", Has("9", "4") => YES;
        "ForAnyValue:NumericLessThan" "five", Has("9", "4") => OPEN_NO;
        "ForAnyValue:Bool" "true", Has("false", "true") => YES;
        "ForAnyValue:ArnLike" "arn:*:*:*:*:b", Has("x", "arn:a:b:::b") => YES;
        "ForAnyValue:IpAddress" "10.0.0.0/8", Has("192.0.2.1", "10.0.0.1") => YES;
        "foranyvalue:stringequals" "a", Has("b", "a") => YES;
    }
}

#[test]
fn for_all_values_every_value_must_match_and_an_empty_set_matches() {
    conditions! {
        "ForAllValues:StringEquals" ["a", "b"], Has("b", "a") => YES;
        "ForAllValues:StringEquals" ["a", "b"], Has("b", "c") => NO;
        "ForAllValues:StringEquals" "a", Missing => YES;
        "ForAllValues:StringEquals" "a", Unsaid => OPEN_YES;
        "ForAllValues:StringEquals" "a", Has("") => YES;
        "ForAllValues:StringEquals" "a", Has("", "") => YES;
        "ForAllValues:StringEquals" "a", Has("", "a") => NO;
        "ForAllValues:StringNotEquals" "a", Has("b", "c") => YES;
        "ForAllValues:StringNotEquals" "a", Has("a", "c") => NO;
        "ForAllValues:StringNotEquals" "a", Missing => YES;
        "ForAllValues:StringLike" "a*", Has("ab", "ac") => YES;
        "ForAllValues:StringEqualsIfExists" "a", Missing => YES;
        "ForAllValues:StringEqualsIfExists" "a", Has("a", "b") => NO;
        "ForAllValues:DateLessThan" "2027", Has("2025", "2026") => YES;
        "ForAllValues:DateLessThan" "soon", Has("2025", "2026") => OPEN_NO;
    }
}

#[test]
fn without_a_qualifier_one_of_several_values_is_enough() {
    conditions! {
        "StringEquals" "a", Has("b", "a") => YES;
        "StringEquals" "a", Has("b", "c") => NO;
        "StringNotEquals" "a", Has("b", "a") => NO;
        "StringNotEquals" "a", Has("b", "c") => YES;
        "NumericGreaterThan" "5", Has("1", "9") => YES;
        "NotIpAddress" "10.0.0.0/8", Has("192.0.2.1", "10.0.0.1") => NO;
    }
}

const TWO_KEYS: &str = r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Condition":
    {"StringEquals": {"x:a": "1", "x:b": "2"}, "Bool": {"x:c": "true"}}}"#;

#[test]
fn all_conditions_of_a_statement_must_hold() {
    let asked = || ask(ROLE).repository(TWO_KEYS);
    let all = || {
        asked()
            .with("x:a", &["1"])
            .with("x:b", &["2"])
            .with("x:c", &["true"])
    };
    all().is_allowed();
    all().with("x:b", &["3"]).is_not_allowed();
    all().with("x:c", &["false"]).is_not_allowed();
    all().with("x:a", &[]).is_not_allowed();
    asked()
        .with("x:a", &["1"])
        .depends_on_a_key(Outcome::ImplicitDeny);
    // One condition that does not hold decides, even if others are not known.
    asked().with("x:a", &["9"]).is_not_allowed();
}

#[test]
fn a_deny_that_depends_on_a_key_withholds() {
    let allow = r#"{"Effect": "Allow", "Principal": "*", "Action": "*"}"#;
    let deny = |condition: &str| {
        let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Condition":"#;
        format!("{deny} {condition}}}")
    };
    let allow_but = |condition: &str| format!("{allow}, {}", deny(condition));
    let away = allow_but(r#"{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#);
    let asked = || ask(ROLE).repository(&away);
    asked().depends_on_a_key(Outcome::ExplicitDeny);
    asked().with("aws:SourceIp", &[]).is_denied();
    asked().with("aws:SourceIp", &["203.0.113.7"]).is_allowed();
    let plain = r#"{"Bool": {"aws:SecureTransport": "false"}}"#;
    let asked = || ask(ROLE).repository(&allow_but(plain));
    asked().depends_on_a_key(Outcome::Allowed);
    asked().with("aws:SecureTransport", &["true"]).is_allowed();
    asked().with("aws:SecureTransport", &["false"]).is_denied();
    // If nothing allows, a possible deny changes nothing.
    let only = || ask(ROLE).repository(&deny(plain));
    only().is_not_allowed();
    only().with("aws:SecureTransport", &["false"]).is_denied();
}
