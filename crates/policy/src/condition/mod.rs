//! Conditions, ready to be tested.

mod meaning;
mod network;
mod path;
mod pattern;
mod positions;
mod value;

use std::net::IpAddr;

use crate::{
    document::{self, Located, Version},
    glob::{self, Atom},
    operator::{Comparison, Operator, Order, Quantifier, Test},
    request::{Found, Mode, Scene, fold},
    truth::Truth,
};

pub(crate) use meaning::Meaning;
pub(crate) use network::Network;
use pattern::Likeness;
use pattern::Unfilled;
pub use pattern::VariableFault;
pub(crate) use pattern::{Inside, Pattern, Piece, Wildcards, split_variable};

/// A condition with its values parsed.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    operator: Operator,
    /// In lower case.
    key: Box<str>,
    wanted: Wanted,
}

/// The policy's values. None for a value that cannot be read as the operator's type.
#[derive(Debug, Clone)]
enum Wanted {
    Texts(Box<[Pattern]>),
    Arns(Box<[Pattern]>),
    Numbers(Box<[Option<f64>]>),
    Moments(Box<[Option<i128>]>),
    Booleans(Box<[Option<bool>]>),
    Bytes(Box<[Option<Vec<u8>>]>),
    Networks(Box<[Option<Network>]>),
}

impl Condition {
    pub(crate) fn read(written: &document::Condition, version: Version) -> Self {
        let Comparison { test, .. } = written.operator.comparison;
        let values = &written.values;
        let patterns = |wildcards| {
            (values.iter())
                .map(|value| Pattern::read(value, version, wildcards))
                .collect()
        };
        let wanted = match test {
            Test::StringEquals | Test::StringEqualsIgnoreCase => {
                Wanted::Texts(patterns(Wildcards::Literal))
            }
            Test::StringLike => Wanted::Texts(patterns(Wildcards::Mean)),
            Test::ArnLike | Test::ArnEquals => Wanted::Arns(patterns(Wildcards::Mean)),
            Test::Numeric(_) => Wanted::Numbers(each(values, value::number)),
            Test::Date(_) => Wanted::Moments(each(values, value::moment)),
            Test::Bool | Test::Null => Wanted::Booleans(each(values, value::boolean)),
            Test::Binary => Wanted::Bytes(each(values, value::bytes)),
            Test::IpAddress => Wanted::Networks(each(values, Network::read)),
        };
        Self {
            operator: written.operator,
            key: fold(&written.key),
            wanted,
        }
    }

    /// The key, in lower case.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The places of the policy's values that cannot be read as the operator's type.
    pub(crate) fn unreadable(&self) -> Vec<usize> {
        fn places<T>(values: &[Option<T>]) -> Vec<usize> {
            let unread = values
                .iter()
                .enumerate()
                .filter(|(_, value)| value.is_none());
            unread.map(|(place, _)| place).collect()
        }
        match &self.wanted {
            Wanted::Texts(_) => Vec::new(),
            Wanted::Arns(patterns) => {
                let unread = patterns
                    .iter()
                    .enumerate()
                    .filter(|(_, pattern)| !is_arn(pattern));
                unread.map(|(place, _)| place).collect()
            }
            Wanted::Numbers(values) => places(values),
            Wanted::Moments(values) => places(values),
            Wanted::Booleans(values) => places(values),
            Wanted::Bytes(values) => places(values),
            Wanted::Networks(values) => places(values),
        }
    }

    /// The keys of the variables in its values.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        let patterns: &[Pattern] = match &self.wanted {
            Wanted::Texts(patterns) | Wanted::Arns(patterns) => patterns,
            _ => &[],
        };
        patterns.iter().flat_map(Pattern::keys)
    }

    /// Whether the condition holds.
    ///
    /// Source: "IAM JSON policy elements: Condition operators" and "Set operators for multivalued context keys" in
    /// the IAM User Guide.
    pub(crate) fn holds(&self, scene: &Scene<'_>) -> Truth {
        let found = scene.find(&self.key);
        let Comparison { test, negated } = self.operator.comparison;
        if test == Test::Null {
            return self.is_null(found, scene);
        }
        let values = match found {
            Found::Unknown => return Truth::Unknown,
            Found::Absent if self.operator.if_exists => return Truth::True,
            Found::Absent => &[],
            Found::WithSomePath(arn) => return self.match_path(arn, scene).negated_if(negated),
            Found::Values(values) => values,
        };
        let matches = |value: &str| self.matches(value, scene);
        // A set of empty texts counts as empty.
        let is_empty = values.iter().all(|value| value.is_empty());
        match self.operator.quantifier {
            Quantifier::Single => {
                Truth::any(values.iter().map(|value| matches(value))).negated_if(negated)
            }
            Quantifier::AnyValue if is_empty => Truth::False,
            Quantifier::AllValues if is_empty => Truth::True,
            Quantifier::AnyValue => Truth::any(
                values
                    .iter()
                    .map(|value| matches(value).negated_if(negated)),
            ),
            Quantifier::AllValues => Truth::all(
                values
                    .iter()
                    .map(|value| matches(value).negated_if(negated)),
            ),
        }
    }

    /// `Null` tests whether the key is missing: `true` for missing, `false` for present. AWS advises against it with
    /// a set operator, and documents that it then always holds with `ForAllValues` and never with `ForAnyValue`. If
    /// the values suggest otherwise, the result is left open.
    ///
    /// Source: the check "Null with qualifier" of IAM Access Analyzer in the IAM User Guide.
    fn is_null(&self, found: Found<'_>, scene: &Scene<'_>) -> Truth {
        let missing = match found {
            Found::Unknown => None,
            Found::Absent => Some(true),
            Found::Values(_) | Found::WithSomePath(_) => Some(false),
        };
        let holds = match (&self.wanted, missing) {
            (Wanted::Booleans(wanted), Some(_)) => one_of(wanted, missing, scene, |w, m| *w == m),
            _ => Truth::Unknown,
        };
        match (self.operator.quantifier, scene.mode) {
            (Quantifier::Single, _) => holds,
            (Quantifier::AllValues, Mode::Strict) => Truth::True,
            (Quantifier::AllValues, Mode::ThreeValued) => holds.or(Truth::Unknown),
            (Quantifier::AnyValue, Mode::Strict) => Truth::False,
            (Quantifier::AnyValue, Mode::ThreeValued) => holds.and(Truth::Unknown),
        }
    }

    /// Whether the ARN of a role matches one of the policy's values, for any path of the role.
    fn match_path(&self, arn: &str, scene: &Scene<'_>) -> Truth {
        let ignores_case = self.operator.comparison.test == Test::StringEqualsIgnoreCase;
        let (patterns, by): (_, path::Compare) = match &self.wanted {
            Wanted::Texts(patterns) if ignores_case => (patterns, path::in_any_case),
            Wanted::Texts(patterns) => (patterns, path::as_text),
            Wanted::Arns(patterns) => (patterns, path::as_arn),
            // An ARN cannot be read as any of these types, with or without a path.
            _ => return self.matches(arn, scene),
        };
        Truth::any(
            patterns
                .iter()
                .map(|pattern| path::compare(pattern, arn, scene, by)),
        )
    }

    /// Whether one value of the request matches one of the policy's values.
    fn matches(&self, value: &str, scene: &Scene<'_>) -> Truth {
        let Comparison { test, .. } = self.operator.comparison;
        let order = match test {
            Test::Numeric(order) | Test::Date(order) => order,
            _ => Order::Equal,
        };
        match &self.wanted {
            Wanted::Texts(patterns) if test == Test::StringEqualsIgnoreCase => {
                Truth::any(patterns.iter().map(|pattern| {
                    match pattern.equals_ignoring_case(value, scene) {
                        Ok(Likeness::InAscii) => Truth::True,
                        Ok(Likeness::BeyondAscii) => undocumented(scene),
                        Ok(Likeness::None) => Truth::False,
                        Err(unfilled) => truth(Err(unfilled), scene),
                    }
                }))
            }
            Wanted::Texts(patterns) => Truth::any(
                patterns
                    .iter()
                    .map(|pattern| truth(pattern.matches(value, scene), scene)),
            ),
            Wanted::Arns(patterns) => Truth::any(
                patterns
                    .iter()
                    .map(|pattern| arn_matches(pattern, value, scene)),
            ),
            Wanted::Numbers(wanted) => {
                one_of(wanted, value::number(value), scene, |wanted, found| {
                    found
                        .partial_cmp(wanted)
                        .is_some_and(|found| order.holds(found))
                })
            }
            Wanted::Moments(wanted) => {
                one_of(wanted, value::moment(value), scene, |wanted, found| {
                    order.holds(found.cmp(wanted))
                })
            }
            Wanted::Booleans(wanted) => {
                one_of(wanted, value::boolean(value), scene, |wanted, found| {
                    *wanted == found
                })
            }
            Wanted::Bytes(wanted) => {
                let found = value::bytes(value);
                one_of(wanted, found.as_deref(), scene, |wanted, found| {
                    wanted == found
                })
            }
            Wanted::Networks(wanted) => {
                let address = value.parse::<IpAddr>().ok();
                one_of(wanted, address, scene, |wanted, address| {
                    wanted.contains(address)
                })
            }
        }
    }
}

/// Whether a pattern may name ARNs: a pattern with variables may.
fn is_arn(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Plain(text) => text.split(':').count() >= 6,
        Pattern::Fixed(atoms) => atoms.iter().filter(|a| **a == Atom::Byte(b':')).count() >= 5,
        Pattern::Template(_) | Pattern::Unclear => true,
    }
}

fn each<T>(values: &[Located<String>], read: impl Fn(&str) -> Option<T>) -> Box<[Option<T>]> {
    values.iter().map(|value| read(value)).collect()
}

/// Whether a value satisfies one of the policy's values.
fn one_of<T, F: Copy>(
    wanted: &[Option<T>],
    found: Option<F>,
    scene: &Scene<'_>,
    matches: impl Fn(&T, F) -> bool,
) -> Truth {
    let Some(found) = found else {
        return undocumented(scene);
    };
    Truth::any(wanted.iter().map(|wanted| match wanted {
        Some(wanted) => matches(wanted, found).into(),
        None => undocumented(scene),
    }))
}

/// The result if AWS does not document whether two values match: a value of the policy or the request cannot be read
/// as the operator's type, a variable has an undocumented form, or only the case of non-ASCII letters differs.
/// Nothing is granted based on that.
pub(crate) fn undocumented(scene: &Scene<'_>) -> Truth {
    match scene.mode {
        Mode::Strict => Truth::False,
        Mode::ThreeValued => Truth::Unknown,
    }
}

/// The result of comparing a text of the policy.
pub(crate) fn truth(matched: Result<bool, Unfilled>, scene: &Scene<'_>) -> Truth {
    match matched {
        Ok(matches) => matches.into(),
        Err(Unfilled::Absent) => Truth::False,
        Err(Unfilled::Unknown) => Truth::Unknown,
        Err(Unfilled::Unclear) => undocumented(scene),
    }
}

/// Compares the six parts of two ARNs separately.
///
/// Source: "Amazon Resource Name (ARN) condition operators" in the IAM User Guide.
pub(crate) fn arn_matches(pattern: &Pattern, value: &str, scene: &Scene<'_>) -> Truth {
    let found = value.splitn(6, ':');
    if found.clone().count() < 6 {
        return undocumented(scene);
    }
    let filled;
    let atoms = match pattern {
        Pattern::Plain(text) if is_arn(pattern) => return (**text == *value).into(),
        Pattern::Plain(_) => return undocumented(scene),
        Pattern::Fixed(atoms) => atoms,
        Pattern::Unclear => return truth(Err(Unfilled::Unclear), scene),
        Pattern::Template(pieces) => {
            match pattern::filled(pieces, value.len() * pattern::MOST_BYTES, scene) {
                Ok(atoms) => {
                    filled = atoms;
                    &*filled
                }
                Err(unfilled) => return truth(Err(unfilled), scene),
            }
        }
    };
    let is_colon = |atom: &Atom| *atom == Atom::Byte(b':');
    if atoms.iter().filter(|atom| is_colon(atom)).count() < 5 {
        return undocumented(scene);
    }
    (atoms.splitn(6, is_colon).zip(found))
        .all(|(wanted, found)| glob::matches(wanted, found))
        .into()
}
