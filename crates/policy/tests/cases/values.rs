//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use super::{NO, OPEN_NO, OPEN_YES, YES, conditions};

#[test]
fn numbers_are_compared_as_numbers() {
    conditions! {
        "NumericEquals" "10", Has("10") => YES;
        "NumericEquals" 10, Has("10.0") => YES;
        "NumericEquals" "10", Has("9") => NO;
        "NumericEquals" ["9", "10"], Has("10") => YES;
        "NumericNotEquals" ["9", "10"], Has("10") => NO;
        "NumericNotEquals" "9", Has("10") => YES;
        "NumericLessThan" "10", Has("9") => YES;
        "NumericLessThan" "10", Has("10") => NO;
        "NumericLessThan" "10", Has("-11") => YES;
        "NumericLessThanEquals" "10", Has("10") => YES;
        "NumericLessThanEquals" "10", Has("10.5") => NO;
        "NumericGreaterThan" "9", Has("10") => YES;
        "NumericGreaterThan" "10", Has("10") => NO;
        "NumericGreaterThanEquals" "-1.5", Has("-1.5") => YES;
        "NumericGreaterThanEquals" "-1.5", Has("-2") => NO;
        // AWS does not document how it treats a value that is not a number: neither a request's ...
        "NumericEquals" "10", Has("ten") => OPEN_NO;
        "NumericLessThan" "10", Has("") => OPEN_NO;
        "NumericNotEquals" "10", Has("ten") => OPEN_YES;
        "NumericGreaterThan" "5", Has("high") => OPEN_NO;
        "NumericGreaterThan" "5", Has("high", "6") => YES;
        "ForAllValues:NumericLessThan" "5", Has("high", "6") => NO;
        // ... nor a policy's.
        "NumericEquals" "ten", Has("10") => OPEN_NO;
        "NumericNotEquals" "ten", Has("10") => OPEN_YES;
        "NumericEquals" ["ten", "10"], Has("10") => YES;
        "NumericEquals" "1*", Has("10") => OPEN_NO;
        "NumericEquals" "10", Has(" 10") => OPEN_NO;
        "NumericNotEquals" "10 ", Has("10") => OPEN_YES;
        "NumericEquals" "+10", Has("10") => OPEN_NO;
        "NumericEquals" "1e1", Has("10") => OPEN_NO;
        "NumericEquals" ".5", Has("0.5") => OPEN_NO;
        // With this many digits, two numbers may be equal as floating-point numbers.
        "NumericEquals" "9007199254740992", Has("9007199254740993") => OPEN_NO;
        "NumericNotEquals" "0.1", Has("0.1000000000000000001") => OPEN_YES;
        "NumericLessThan" "999999999999999", Has("999999999999998") => YES;
        "NumericLessThan" "10", Missing => NO;
        "NumericLessThan" "10", Unsaid => OPEN_NO;
        "NumericNotEquals" "10", Missing => YES;
        "NumericLessThanIfExists" "10", Missing => YES;
        "NumericLessThanIfExists" "10", Has("11") => NO;
    }
}

#[test]
fn dates_are_points_in_time() {
    let noon = "2026-11-22T12:00:00Z";
    conditions! {
        "DateEquals" noon, Has(noon) => YES;
        "DateEquals" "2026-11-22T13:00:00+01:00", Has(noon) => YES;
        "DateEquals" "2026-11-22T12:00Z", Has(noon) => YES;
        "DateEquals" "2026-11-22T12:00:00.000Z", Has(noon) => YES;
        "DateEquals" "1795348800", Has(noon) => YES;
        "DateEquals" 1_795_348_800, Has("2026-11-22T12:00:00Z") => YES;
        "DateEquals" noon, Has("1795348801") => NO;
        "DateEquals" "2026-11-22", Has("2026-11-22T00:00:00Z") => YES;
        "DateEquals" "2026-11", Has("2026-11-01T00:00:00Z") => YES;
        "DateEquals" "2026", Has("2026-01-01T00:00:00Z") => YES;
        "DateNotEquals" noon, Has(noon) => NO;
        "DateNotEquals" noon, Has("2026-11-22") => YES;
        "DateLessThan" noon, Has("2026-11-22T11:59:59Z") => YES;
        "DateLessThan" noon, Has(noon) => NO;
        "DateLessThan" noon, Has("2026-11-22T12:30:00+01:00") => YES;
        "DateLessThanEquals" noon, Has(noon) => YES;
        "DateGreaterThan" "2026-11", Has(noon) => YES;
        "DateGreaterThan" noon, Has("2026-11-22T12:00:00.5Z") => YES;
        "DateGreaterThanEquals" "2027", Has(noon) => NO;
        "DateGreaterThanEquals" "0", Has("1970-01-01T00:00:00Z") => YES;
        "DateLessThan" noon, Has("yesterday") => OPEN_NO;
        "DateNotEquals" noon, Has("yesterday") => OPEN_YES;
        "DateLessThan" "tomorrow", Has(noon) => OPEN_NO;
        "DateLessThan" "2026-02-29", Has("2020") => OPEN_NO;
        "DateNotEquals" "tomorrow", Has(noon) => OPEN_YES;
        "DateLessThan" "2026-11-22T12:00:00", Has("2020") => OPEN_NO;
        "DateLessThan" "2026-11-22 12:00:00Z", Has("2020") => OPEN_NO;
        "DateLessThan" "2026-11-22t12:00:00z", Has("2020") => OPEN_NO;
        "DateLessThan" "2026-11-22T12:00:00+0100", Has("2020") => OPEN_NO;
        "DateLessThan" " 2026-11-22", Has("2020") => OPEN_NO;
        "DateGreaterThan" "-1", Has(noon) => OPEN_NO;
        "DateGreaterThan" "1795348800.5", Has(noon) => OPEN_NO;
        "DateLessThan" noon, Missing => NO;
        "DateNotEquals" noon, Missing => YES;
        "DateLessThan" noon, Unsaid => OPEN_NO;
        "DateGreaterThanIfExists" noon, Missing => YES;
    }
}

#[test]
fn booleans_bytes_and_null_are_compared_by_their_own_rules() {
    conditions! {
        "Bool" "true", Has("true") => YES;
        "Bool" true, Has("true") => YES;
        "Bool" "true", Has("false") => NO;
        "Bool" "False", Has("false") => YES;
        "Bool" ["true", "false"], Has("false") => YES;
        "Bool" "true", Has("1") => OPEN_NO;
        "Bool" "yes", Has("true") => OPEN_NO;
        "Bool" " true ", Has("true") => OPEN_NO;
        "Bool" "true", Has("true ") => OPEN_NO;
        "Bool" "false", Missing => NO;
        "Bool" "false", Unsaid => OPEN_NO;
        "BoolIfExists" "false", Missing => YES;
        "BoolIfExists" "false", Has("true") => NO;
        "BinaryEquals" "aGk=", Has("aGk=") => YES;
        "BinaryEquals" "aGk=", Has("aGs=") => NO;
        "BinaryEquals" "aGk=", Has("not base64") => OPEN_NO;
        "BinaryEquals" "not base64", Has("aGk=") => OPEN_NO;
        "BinaryEquals" "aGk", Has("aGk=") => OPEN_NO;
        "BinaryEquals" " aGk=", Has("aGk=") => OPEN_NO;
        "BinaryEquals" "aGk=", Missing => NO;
        "BinaryEqualsIfExists" "aGk=", Missing => YES;
        "Null" "true", Missing => YES;
        "Null" true, Missing => YES;
        "Null" "true", Has("x") => NO;
        "Null" "false", Has("x") => YES;
        "Null" "false", Has("x", "y") => YES;
        "Null" "false", Missing => NO;
        "Null" ["true", "false"], Missing => YES;
        "Null" "true", Unsaid => OPEN_YES;
        "Null" "false", Unsaid => OPEN_NO;
        "Null" "perhaps", Missing => OPEN_NO;
        "Null" " true ", Missing => OPEN_NO;
        // With a set operator, it is documented to hold always or never.
        "ForAllValues:Null" "true", Missing => YES;
        "ForAllValues:Null" "true", Has("x") => OPEN_YES;
        "ForAllValues:Null" "false", Unsaid => OPEN_YES;
        "ForAnyValue:Null" "false", Missing => NO;
        "ForAnyValue:Null" "false", Has("x") => OPEN_NO;
        "ForAnyValue:Null" "true", Unsaid => OPEN_NO;
    }
}

#[test]
fn addresses_are_compared_with_networks() {
    conditions! {
        "IpAddress" "203.0.113.0/24", Has("203.0.113.7") => YES;
        "IpAddress" "203.0.113.0/24", Has("203.0.114.7") => NO;
        "IpAddress" "203.0.113.7", Has("203.0.113.7") => YES;
        "IpAddress" "203.0.113.7", Has("203.0.113.8") => NO;
        "IpAddress" "203.0.113.99/24", Has("203.0.113.7") => YES;
        "IpAddress" "0.0.0.0/0", Has("203.0.113.7") => YES;
        "IpAddress" "203.0.113.6/31", Has("203.0.113.7") => YES;
        "IpAddress" "2001:db8::/32", Has("2001:DB8:1::5") => YES;
        "IpAddress" "2001:db8::/33", Has("2001:db8:8000::") => NO;
        "IpAddress" "2001:0db8:0:0:0:0:0:5", Has("2001:db8::5") => YES;
        "IpAddress" "::/0", Has("203.0.113.7") => NO;
        "IpAddress" "0.0.0.0/0", Has("2001:db8::5") => NO;
        "IpAddress" ["2001:db8::/32", "203.0.113.0/24"], Has("203.0.113.7") => YES;
        "IpAddress" "203.0.113.0/33", Has("203.0.113.7") => OPEN_NO;
        "IpAddress" "203.0.113.*", Has("203.0.113.7") => OPEN_NO;
        "IpAddress" "203.0.113.0/24", Has("here") => OPEN_NO;
        "IpAddress" " 203.0.113.0/24", Has("203.0.113.7") => OPEN_NO;
        "IpAddress" "203.0.113.0/24", Has("203.0.113.7 ") => OPEN_NO;
        "NotIpAddress" "203.0.113.0/24", Has("203.0.113.7") => NO;
        "NotIpAddress" "203.0.113.0/24", Has("198.51.100.7") => YES;
        "NotIpAddress" ["10.0.0.0/8", "203.0.113.0/24"], Has("203.0.113.7") => NO;
        "NotIpAddress" "203.0.113.0/24", Has("here") => OPEN_YES;
        "NotIpAddress" "203.0.113.0/24", Missing => YES;
        "NotIpAddress" "203.0.113.0/24", Unsaid => OPEN_YES;
        "IpAddress" "203.0.113.0/24", Missing => NO;
        "IpAddressIfExists" "203.0.113.0/24", Missing => YES;
        "IpAddressIfExists" "203.0.113.0/24", Unsaid => OPEN_YES;
    }
}
