//! Whether a condition holds.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use std::cmp::Ordering;

use policy::{Condition, Mode, Order, Quantifier, Test, Truth, Version};

use super::{
    keys::{Found, RequestKeys},
    not,
    text::{self, Filled, Piece},
    truth, value,
};

pub fn holds(condition: &Condition, version: Version, keys: &RequestKeys) -> Truth {
    let operator = condition.operator;
    let found = keys.find(&condition.key);
    if operator.comparison.test == Test::Null {
        return null(condition, &found, keys.mode);
    }
    let values = match found {
        Found::Unknown => return Truth::Unknown,
        Found::Missing => {
            return truth(match operator.quantifier {
                _ if operator.if_exists => true,
                Quantifier::AllValues => true,
                Quantifier::AnyValue => false,
                Quantifier::Single => operator.comparison.negated,
            });
        }
        Found::SomePath(arn) => {
            let listed = condition.values.iter();
            let pairs = listed
                .map(|listed| on_any_path(operator.comparison.test, listed, arn, version, keys));
            let matched = pairs.max().unwrap_or(Truth::False);
            return if operator.comparison.negated {
                not(matched)
            } else {
                matched
            };
        }
        Found::Values(values) => values,
    };
    // A set of empty texts is an empty set.
    if operator.quantifier != Quantifier::Single && values.iter().all(String::is_empty) {
        return truth(operator.quantifier == Quantifier::AllValues);
    }
    let matched = values.iter().map(|value| {
        let pairs = condition
            .values
            .iter()
            .map(|listed| pair(operator.comparison.test, listed, value, version, keys));
        pairs.max().unwrap_or(Truth::False)
    });
    let negated = operator.comparison.negated;
    let turned = |matched: Truth| if negated { not(matched) } else { matched };
    match operator.quantifier {
        Quantifier::Single => turned(matched.max().unwrap_or(Truth::False)),
        Quantifier::AnyValue => matched.map(turned).max().unwrap_or(Truth::False),
        Quantifier::AllValues => matched.map(turned).min().unwrap_or(Truth::True),
    }
}

/// `true` requires that the key is missing, `false` that it is present. With a set operator it is documented to hold
/// always or never, whatever its values suggest.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
fn null(condition: &Condition, found: &Found<'_>, mode: Mode) -> Truth {
    let missing = match found {
        Found::Unknown => Truth::Unknown,
        Found::Missing => Truth::True,
        Found::Values(_) | Found::SomePath(_) => Truth::False,
    };
    let asked = condition
        .values
        .iter()
        .map(|listed| match value::boolean(listed) {
            _ if missing == Truth::Unknown => Truth::Unknown,
            Some(true) => missing,
            Some(false) => not(missing),
            None => unreadable(mode),
        });
    let seems = asked.max().unwrap_or(Truth::False);
    let documented = match condition.operator.quantifier {
        Quantifier::Single => return seems,
        Quantifier::AllValues => Truth::True,
        Quantifier::AnyValue => Truth::False,
    };
    if mode == Mode::Strict || seems == documented {
        documented
    } else {
        Truth::Unknown
    }
}

/// The result for a value, of the policy or of the request, that cannot be read as the operator's type.
fn unreadable(mode: Mode) -> Truth {
    match mode {
        Mode::Strict => Truth::False,
        Mode::ThreeValued => Truth::Unknown,
    }
}

/// Whether a policy's value matches the ARN of a role with any path.
fn on_any_path(test: Test, listed: &str, arn: &str, version: Version, keys: &RequestKeys) -> Truth {
    let wildcards = matches!(test, Test::StringLike | Test::ArnLike | Test::ArnEquals);
    let paths = match text::fill(listed, version, wildcards, keys) {
        Filled::Text(pattern) => text::paths(&pattern),
        _ => vec![String::new()],
    };
    let (before, name) = arn.rsplit_once('/').unwrap();
    let answers: Vec<Truth> = paths
        .iter()
        .map(|path| {
            pair(
                test,
                listed,
                &format!("{before}/{path}{name}"),
                version,
                keys,
            )
        })
        .collect();
    if answers.iter().all(|answer| *answer == answers[0]) {
        answers[0]
    } else {
        Truth::Unknown
    }
}

/// Whether a policy's value matches a request's.
fn pair(test: Test, listed: &str, value: &str, version: Version, keys: &RequestKeys) -> Truth {
    let filled = |wildcards| text::fill(listed, version, wildcards, keys);
    let mode = keys.mode;
    match test {
        Test::StringEquals => string(filled(false), mode, |pattern| text::matches(pattern, value)),
        Test::StringLike => string(filled(true), mode, |pattern| text::matches(pattern, value)),
        Test::StringEqualsIgnoreCase => string(filled(false), mode, |pattern| {
            plain(pattern).eq_ignore_ascii_case(value)
        })
        .max(beyond_ascii(filled(false), value, mode)),
        Test::ArnLike | Test::ArnEquals => arn(filled(true), value, keys.mode),
        Test::Numeric(order) => typed(value::number, listed, value, keys.mode, |found, bound| {
            is_in_order(order, found.cmp(bound))
        }),
        Test::Date(order) => typed(value::date, listed, value, keys.mode, |found, bound| {
            is_in_order(order, found.cmp(bound))
        }),
        Test::Bool => typed(value::boolean, listed, value, keys.mode, PartialEq::eq),
        Test::Binary => typed(value::bytes, listed, value, keys.mode, PartialEq::eq),
        Test::IpAddress => {
            let Some(address) = value::address(value) else {
                return unreadable(keys.mode);
            };
            value::network(listed).map_or(unreadable(keys.mode), |network| {
                truth(value::is_within(address, network))
            })
        }
        Test::Null => Truth::False,
    }
}

/// AWS does not document whether non-ASCII letters have a case.
fn beyond_ascii(filled: Filled, value: &str, mode: Mode) -> Truth {
    let Filled::Text(pattern) = filled else {
        return Truth::False;
    };
    if plain(&pattern).to_lowercase() == value.to_lowercase() {
        unreadable(mode)
    } else {
        Truth::False
    }
}

fn plain(pattern: &[Piece]) -> String {
    let characters = pattern.iter().filter_map(|piece| match piece {
        Piece::Exactly(c) => Some(*c),
        Piece::One | Piece::Any => None,
    });
    characters.collect()
}

fn string(filled: Filled, mode: Mode, matches: impl FnOnce(&[Piece]) -> bool) -> Truth {
    match filled {
        Filled::Text(pattern) => truth(matches(&pattern)),
        Filled::Missing => Truth::False,
        Filled::Unknown => Truth::Unknown,
        Filled::Undocumented => unreadable(mode),
    }
}

/// The six parts of an ARN are compared separately.
fn arn(filled: Filled, value: &str, mode: Mode) -> Truth {
    let parts: Vec<&str> = value.splitn(6, ':').collect();
    if parts.len() != 6 {
        return unreadable(mode);
    }
    let pattern = match filled {
        Filled::Text(pattern) => pattern,
        Filled::Missing => return Truth::False,
        Filled::Unknown => return Truth::Unknown,
        Filled::Undocumented => return unreadable(mode),
    };
    let Some(patterns) = text::arn_parts(&pattern) else {
        return unreadable(mode);
    };
    let mut pairs = patterns.iter().zip(parts);
    truth(pairs.all(|(pattern, part)| text::matches(pattern, part)))
}

/// Compares two values after parsing them.
fn typed<T>(
    read: impl Fn(&str) -> Option<T>,
    listed: &str,
    value: &str,
    mode: Mode,
    matches: impl FnOnce(&T, &T) -> bool,
) -> Truth {
    let Some(value) = read(value) else {
        return unreadable(mode);
    };
    read(listed).map_or(unreadable(mode), |listed| truth(matches(&value, &listed)))
}

fn is_in_order(order: Order, found: Ordering) -> bool {
    match order {
        Order::Equal => found == Ordering::Equal,
        Order::Less => found == Ordering::Less,
        Order::LessOrEqual => found != Ordering::Greater,
        Order::Greater => found == Ordering::Greater,
        Order::GreaterOrEqual => found != Ordering::Less,
    }
}

/// Whether a value of the policy or of the request is not of the operator's type, or AWS advises against it. An ARN
/// made from variables may be unreadable.
pub fn has_unreadable_value(condition: &Condition, keys: &RequestKeys) -> bool {
    let test = condition.operator.comparison.test;
    let is_read = |value: &str| match test {
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => {
            !text::is_undocumented(value)
        }
        Test::ArnLike | Test::ArnEquals => value.split(':').count() >= 6,
        Test::Numeric(_) => value::number(value).is_some(),
        Test::Date(_) => value::date(value).is_some(),
        Test::Bool | Test::Null => value::boolean(value).is_some(),
        Test::Binary => value::bytes(value).is_some(),
        Test::IpAddress => value::network(value).is_some(),
    };
    let is_arn = matches!(test, Test::ArnLike | Test::ArnEquals);
    let mut listed = condition.values.iter();
    let all_listed = listed.all(|listed| is_read(listed) && !(is_arn && listed.contains('$')));
    let found = match keys.find(&condition.key) {
        Found::Values(values) if test != Test::Null => values,
        Found::SomePath(_) | Found::Values(_) | Found::Missing | Found::Unknown => &[],
    };
    let is_set_of_null = test == Test::Null && condition.operator.quantifier != Quantifier::Single;
    is_set_of_null || !(all_listed && found.iter().all(|value| is_read(value)))
}
