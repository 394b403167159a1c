//! The operators of conditions.
//!
//! Source: "IAM JSON policy elements: Condition operators" in the IAM User Guide.

use std::fmt;

/// An operator with its prefix and suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operator {
    /// How many of a key's values must satisfy it.
    pub quantifier: Quantifier,
    /// What it compares.
    pub comparison: Comparison,
    /// Whether it holds if the key is missing (`...IfExists`).
    pub if_exists: bool,
}

/// How many of a key's values must satisfy a comparison.
///
/// Source: "Set operators for multivalued context keys" in the IAM User Guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// The key has one value.
    Single,
    /// `ForAnyValue:`, at least one value.
    AnyValue,
    /// `ForAllValues:`, every value; also holds if there is none.
    AllValues,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// The type of the values.
    pub test: Test,
    /// Whether none of the policy's values may match.
    pub negated: bool,
}

/// The type that values are read as, and when a pair of them matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Test {
    /// Texts, case-sensitive.
    StringEquals,
    /// Texts, case-insensitive.
    StringEqualsIgnoreCase,
    /// Texts, with wildcards.
    StringLike,
    /// Numbers.
    Numeric(Order),
    /// Points in time.
    Date(Order),
    /// `true` or `false`.
    Bool,
    /// Bytes, in base64.
    Binary,
    /// Addresses, in networks.
    IpAddress,
    /// ARNs, part by part, with wildcards.
    ArnLike,
    /// The same, under another name.
    ArnEquals,
    /// Whether the key is missing.
    Null,
}

/// Which of two numbers must be greater. The request's number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Both are equal.
    Equal,
    /// The policy's number is greater.
    Less,
    /// The policy's number is greater, or both are equal.
    LessOrEqual,
    /// The request's number is greater.
    Greater,
    /// The request's number is greater, or both are equal.
    GreaterOrEqual,
}

impl Order {
    pub(crate) fn holds(self, found: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => found.is_eq(),
            Self::Less => found.is_lt(),
            Self::LessOrEqual => found.is_le(),
            Self::Greater => found.is_gt(),
            Self::GreaterOrEqual => found.is_ge(),
        }
    }
}

const fn plain(test: Test) -> Comparison {
    Comparison {
        test,
        negated: false,
    }
}

const fn not(test: Test) -> Comparison {
    Comparison {
        test,
        negated: true,
    }
}

/// Every comparison by its name.
const NAMES: &[(&str, Comparison)] = &[
    ("StringEquals", plain(Test::StringEquals)),
    ("StringNotEquals", not(Test::StringEquals)),
    (
        "StringEqualsIgnoreCase",
        plain(Test::StringEqualsIgnoreCase),
    ),
    (
        "StringNotEqualsIgnoreCase",
        not(Test::StringEqualsIgnoreCase),
    ),
    ("StringLike", plain(Test::StringLike)),
    ("StringNotLike", not(Test::StringLike)),
    ("NumericEquals", plain(Test::Numeric(Order::Equal))),
    ("NumericNotEquals", not(Test::Numeric(Order::Equal))),
    ("NumericLessThan", plain(Test::Numeric(Order::Less))),
    (
        "NumericLessThanEquals",
        plain(Test::Numeric(Order::LessOrEqual)),
    ),
    ("NumericGreaterThan", plain(Test::Numeric(Order::Greater))),
    (
        "NumericGreaterThanEquals",
        plain(Test::Numeric(Order::GreaterOrEqual)),
    ),
    ("DateEquals", plain(Test::Date(Order::Equal))),
    ("DateNotEquals", not(Test::Date(Order::Equal))),
    ("DateLessThan", plain(Test::Date(Order::Less))),
    ("DateLessThanEquals", plain(Test::Date(Order::LessOrEqual))),
    ("DateGreaterThan", plain(Test::Date(Order::Greater))),
    (
        "DateGreaterThanEquals",
        plain(Test::Date(Order::GreaterOrEqual)),
    ),
    ("Bool", plain(Test::Bool)),
    ("BinaryEquals", plain(Test::Binary)),
    ("IpAddress", plain(Test::IpAddress)),
    ("NotIpAddress", not(Test::IpAddress)),
    ("ArnLike", plain(Test::ArnLike)),
    ("ArnNotLike", not(Test::ArnLike)),
    ("ArnEquals", plain(Test::ArnEquals)),
    ("ArnNotEquals", not(Test::ArnEquals)),
    ("Null", plain(Test::Null)),
];

impl Operator {
    /// Parses an operator's name, case-insensitively. None if there is no such operator.
    pub fn parse(name: &str) -> Option<Self> {
        let (quantifier, rest) = match name.split_once(':') {
            None => (Quantifier::Single, name),
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAnyValue") => {
                (Quantifier::AnyValue, rest)
            }
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAllValues") => {
                (Quantifier::AllValues, rest)
            }
            Some(_) => return None,
        };
        let suffix = "IfExists";
        let (rest, if_exists) = match rest.len().checked_sub(suffix.len()) {
            Some(at) if rest.is_char_boundary(at) && rest[at..].eq_ignore_ascii_case(suffix) => {
                (&rest[..at], true)
            }
            _ => (rest, false),
        };
        let (_, comparison) = NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(rest))?;
        // Null tests whether the key exists, so it has no `IfExists` form.
        let valid = !(if_exists && comparison.test == Test::Null);
        valid.then_some(Self {
            quantifier,
            comparison: *comparison,
            if_exists,
        })
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.quantifier {
            Quantifier::Single => "",
            Quantifier::AnyValue => "ForAnyValue:",
            Quantifier::AllValues => "ForAllValues:",
        })?;
        let name = NAMES
            .iter()
            .find(|(_, comparison)| *comparison == self.comparison);
        f.write_str(name.map_or("", |(name, _)| name))?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_read_in_any_case_and_printed_in_their_own() {
        for name in [
            "StringEquals",
            "ForAnyValue:StringNotLikeIfExists",
            "ForAllValues:ArnLike",
            "NotIpAddress",
            "DateGreaterThanEquals",
            "Null",
        ] {
            for written in [name.to_owned(), name.to_uppercase(), name.to_lowercase()] {
                let read = Operator::parse(&written).map(|operator| operator.to_string());
                assert_eq!(read.as_deref(), Some(name), "{written}");
            }
        }
        for name in [
            "",
            "Equals",
            "NullIfExists",
            "ForEach:StringLike",
            "IfExists",
            "éIfExists",
        ] {
            assert_eq!(Operator::parse(name), None, "{name}");
        }
    }
}
