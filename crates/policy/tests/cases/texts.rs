//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use super::{NO, OPEN_NO, OPEN_YES, YES, conditions};

#[test]
fn texts_are_compared_case_sensitively() {
    conditions! {
        "StringEquals" "shop", Has("shop") => YES;
        "StringEquals" "shop", Has("Shop") => NO;
        "StringEquals" "shop", Has("shops") => NO;
        "StringEquals" ["till", "shop"], Has("shop") => YES;
        "StringEquals" "", Has("") => YES;
        "StringEquals" "sh*", Has("shop") => NO;
        "StringEquals" "sh*", Has("sh*") => YES;
        "StringEquals" "sh?p", Has("shop") => NO;
        "StringEquals" " shop", Has("shop") => NO;
        // Numbers and booleans without quotation marks are texts too.
        "StringEquals" 12, Has("12") => YES;
        "StringEquals" true, Has("true") => YES;
        "stringequals" "shop", Has("shop") => YES;
        "StringEquals" "shop", Missing => NO;
        "StringEquals" "shop", Unsaid => OPEN_NO;
        "StringEqualsIfExists" "shop", Has("till") => NO;
        "StringEqualsIfExists" "shop", Has("shop") => YES;
        "StringEqualsIfExists" "shop", Missing => YES;
        "StringEqualsIfExists" "shop", Unsaid => OPEN_YES;
    }
}

#[test]
fn texts_differ_if_none_of_the_list_is_equal() {
    conditions! {
        "StringNotEquals" "shop", Has("till") => YES;
        "StringNotEquals" "shop", Has("shop") => NO;
        "StringNotEquals" ["shop", "till"], Has("till") => NO;
        "StringNotEquals" "shop", Missing => YES;
        "StringNotEquals" "shop", Unsaid => OPEN_YES;
        "StringNotEqualsIfExists" "shop", Missing => YES;
        "StringNotEqualsIfExists" "shop", Unsaid => OPEN_YES;
        "StringNotEqualsIfExists" "shop", Has("shop") => NO;
    }
}

#[test]
fn case_is_ignored_if_the_operator_says_so() {
    conditions! {
        "StringEqualsIgnoreCase" "shop", Has("SHOP") => YES;
        // AWS does not document whether non-ASCII letters have a case.
        "StringEqualsIgnoreCase" "SHÖP", Has("shÖp") => YES;
        "StringEqualsIgnoreCase" "SHÖP", Has("shöp") => OPEN_NO;
        "StringEqualsIgnoreCase" "kelvin", Has("\u{212a}elvin") => OPEN_NO;
        "StringNotEqualsIgnoreCase" "\u{212a}elvin", Has("kelvin") => OPEN_YES;
        "StringEqualsIgnoreCase" "shop", Has("shops") => NO;
        "StringEqualsIgnoreCase" "sh*", Has("SHOP") => NO;
        "StringEqualsIgnoreCase" "shop", Missing => NO;
        "StringEqualsIgnoreCaseIfExists" "shop", Missing => YES;
        "StringNotEqualsIgnoreCase" "shop", Has("SHOP") => NO;
        "StringNotEqualsIgnoreCase" "shop", Has("till") => YES;
        "StringNotEqualsIgnoreCase" "shop", Missing => YES;
        "StringNotEqualsIgnoreCase" "shop", Unsaid => OPEN_YES;
    }
}

#[test]
fn a_pattern_must_match_the_whole_text() {
    conditions! {
        "StringLike" "sh*", Has("shop") => YES;
        "StringLike" "sh*", Has("sh") => YES;
        "StringLike" "sh*", Has("Shop") => NO;
        "StringLike" "*op", Has("shop") => YES;
        "StringLike" "s?op", Has("shop") => YES;
        "StringLike" "s?op", Has("sop") => NO;
        "StringLike" "?", Has("é") => YES;
        "StringLike" "hop", Has("shop") => NO;
        "StringLike" "*", Has("") => YES;
        "StringLike" "*", Missing => NO;
        "StringLike" "*", Unsaid => OPEN_NO;
        "StringLike" "a*b*c", Has("a.b.b.c") => YES;
        "StringLike" ["x", "s*"], Has("shop") => YES;
        "StringLikeIfExists" "x", Missing => YES;
        "StringNotLike" "sh*", Has("shop") => NO;
        "StringNotLike" "sh*", Has("till") => YES;
        "StringNotLike" ["t*", "s*"], Has("till") => NO;
        "StringNotLike" "*", Missing => YES;
        "StringNotLike" "*", Unsaid => OPEN_YES;
        // The request's value is not a pattern.
        "StringLike" "shop", Has("*") => NO;
    }
}

#[test]
fn arns_are_compared_part_by_part() {
    let arn = "arn:aws:iam::111122223333:role/ci/builder";
    let nested = "arn:aws:sns:eu-west-1:999999999999:a:111122223333:b";
    conditions! {
        "ArnEquals" arn, Has(arn) => YES;
        "ArnLike" arn, Has(arn) => YES;
        "ArnEquals" "arn:aws:iam::*:role/*", Has(arn) => YES;
        "ArnLike" "arn:aws:iam::*:role/*", Has(arn) => YES;
        "ArnLike" "arn:aws:iam::*:role/CI/*", Has(arn) => NO;
        "ArnLike" "arn:aws:iam::11112222333?:role/*", Has(arn) => YES;
        "ArnLike" "arn:*:*:*:*:*", Has(arn) => YES;
        // A star stays within its part, except in the last part.
        "ArnLike" "arn:aws:sns:*:111122223333:b", Has(nested) => NO;
        "StringLike" "arn:aws:sns:*:111122223333:b", Has(nested) => YES;
        "ArnLike" "arn:aws:sns:*:999999999999:*", Has(nested) => YES;
        "ArnLike" "arn:aws:iam:*", Has(arn) => OPEN_NO;
        "ArnLike" "*", Has(arn) => OPEN_NO;
        "ArnNotLike" "*", Has(arn) => OPEN_YES;
        "ArnLike" "arn:*:*:*:*:*", Has("builder") => OPEN_NO;
        "ArnLike" "*", Has("builder") => OPEN_NO;
        "ArnNotLike" "arn:*:*:*:*:*", Has("builder") => OPEN_YES;
        "ArnNotLike" "arn:aws:iam::*:role/*", Has(arn) => NO;
        "ArnNotEquals" "arn:aws:iam::*:user/*", Has(arn) => YES;
        "ArnNotEquals" arn, Missing => YES;
        "ArnNotEquals" arn, Unsaid => OPEN_YES;
        "ArnEquals" arn, Missing => NO;
        "ArnEquals" arn, Unsaid => OPEN_NO;
        "ArnEqualsIfExists" arn, Missing => YES;
        "ArnNotLikeIfExists" arn, Has(arn) => NO;
    }
}
