//! The meaning of a condition, independent of its spelling.

use super::{
    Condition, Network, Wanted, is_arn,
    pattern::{Pattern, Piece},
    positions,
};
use crate::{
    document::{self, Version},
    glob::Atom,
    operator::{Comparison, Operator, Order, Quantifier, Test},
    request::RESOURCE_TAGS,
};

/// Above this number of values, the search for covered values is skipped: its cost is quadratic.
const MOST_VALUES: usize = 200;

/// The keys whose values are always ARNs.
///
/// Source: "AWS global condition context keys" in the IAM User Guide.
const ARN_KEYS: [&str; 3] = ["aws:principalarn", "aws:sourcearn", "aws:sourcevpcarn"];

/// Two conditions with the same meaning hold in the same requests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Meaning {
    operator: String,
    key: String,
    /// Sorted, without duplicates.
    values: Vec<String>,
}

impl Meaning {
    /// For an element that is not a condition and whose values have only one spelling.
    pub(crate) fn of_element(name: &str, mut values: Vec<String>) -> Self {
        values.sort_unstable();
        values.dedup();
        Self {
            operator: name.to_owned(),
            key: String::new(),
            values,
        }
    }

    /// The key, in normalised spelling.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The meaning of a condition.
    pub(crate) fn new(written: &document::Condition, version: Version) -> Self {
        let read = Condition::read(written, version);
        let mut operator = read.operator;
        let mut values = read.values(written);
        // These hold in any case if the key is missing.
        let holds_where_missing = match operator.quantifier {
            Quantifier::Single => operator.comparison.negated,
            Quantifier::AnyValue => false,
            Quantifier::AllValues => true,
        };
        operator.if_exists &= !holds_where_missing;
        operator.comparison.test = read.plainest_test();
        let takes_any = operator.comparison.test == Test::StringLike
            && operator.quantifier == Quantifier::Single
            && !operator.if_exists
            && values.iter().any(|value| value == "*");
        if takes_any {
            values = vec![operator.comparison.negated.to_string()];
            operator.comparison = Comparison {
                test: Test::Null,
                negated: false,
            };
        }
        values.sort_unstable();
        values.dedup();
        let [aws, ecr] = RESOURCE_TAGS;
        let tag = read.key.strip_prefix(ecr);
        Self {
            operator: operator.to_string(),
            key: tag.map_or_else(|| read.key.to_string(), |tag| format!("{aws}{tag}")),
            values,
        }
    }
}

impl Operator {
    /// The operator in normalised spelling, if a condition holds as soon as one of its values matches. Two such
    /// conditions on one key can be replaced by one condition with the values of both: it holds if either does.
    pub(crate) fn unites(mut self) -> Option<Self> {
        if self.comparison.test == Test::ArnEquals {
            self.comparison.test = Test::ArnLike;
        }
        let unites = !self.comparison.negated && self.quantifier != Quantifier::AllValues;
        unites.then_some(self)
    }
}

impl Condition {
    /// What it compares, as the simplest of the equivalent operators.
    fn plainest_test(&self) -> Test {
        let test = self.operator.comparison.test;
        let (Wanted::Texts(patterns) | Wanted::Arns(patterns)) = &self.wanted else {
            return test;
        };
        let all = |holds: fn(&Pattern) -> bool| patterns.iter().all(holds);
        let is_arn_key = ARN_KEYS.contains(&&*self.key);
        match test {
            Test::StringLike if all(is_literal) => Test::StringEquals,
            Test::StringEqualsIgnoreCase if all(is_caseless) => Test::StringEquals,
            Test::ArnLike | Test::ArnEquals => {
                let is_text =
                    all(|pattern| matches!(pattern, Pattern::Plain(_)) && is_arn(pattern));
                match is_arn_key && is_text {
                    true => Test::StringEquals,
                    false => Test::ArnLike,
                }
            }
            _ => test,
        }
    }

    /// The values in normalised spelling, without those that others cover.
    fn values(&self, written: &document::Condition) -> Vec<String> {
        let order = match self.operator.comparison.test {
            Test::Numeric(order) | Test::Date(order) => order,
            _ => Order::Equal,
        };
        let mut values = match &self.wanted {
            Wanted::Texts(patterns) | Wanted::Arns(patterns) => {
                let texts = patterns.iter().zip(&written.values);
                let texts = texts.map(|(pattern, written)| self.spelling(pattern, written));
                let covered = self.covered(patterns);
                return (texts.enumerate())
                    .filter(|(place, _)| !covered.contains(place))
                    .map(|(_, text)| text)
                    .collect();
            }
            Wanted::Numbers(values) => {
                // Zero can have a sign; adding 0.0 removes it.
                let numbers = values.iter().flatten().map(|number| number + 0.0);
                outermost(order, numbers, |left, right| left < right)
            }
            Wanted::Moments(values) => {
                outermost(order, values.iter().flatten().copied(), |left, right| {
                    left < right
                })
            }
            Wanted::Booleans(values) => values.iter().flatten().map(ToString::to_string).collect(),
            Wanted::Bytes(values) => (values.iter().flatten())
                .map(|bytes| format!("{bytes:?}"))
                .collect(),
            Wanted::Networks(values) => {
                let networks = Network::simplified(values.iter().flatten().copied());
                networks.iter().map(ToString::to_string).collect()
            }
        };
        let unreadable = self.unreadable().into_iter();
        let unreadable = unreadable.filter_map(|place| written.values.get(place));
        values.extend(unreadable.map(|value| unread(value)));
        values
    }

    fn spelling(&self, pattern: &Pattern, written: &str) -> String {
        let text = pattern.spelling(written);
        match self.operator.comparison.test {
            Test::StringEqualsIgnoreCase => text.to_ascii_lowercase(),
            _ => text,
        }
    }

    /// The places of patterns that match nothing that another pattern does not match.
    fn covered(&self, patterns: &[Pattern]) -> Vec<usize> {
        if patterns.len() > MOST_VALUES {
            return Vec::new();
        }
        let is_arn = matches!(self.wanted, Wanted::Arns(_));
        let patterns = patterns.iter().map(|pattern| parts(pattern, is_arn));
        let patterns: Vec<Parts> = patterns.collect();
        let is_covered = |place: usize, narrow: &Parts| {
            patterns.iter().enumerate().any(|(wide_place, wide)| {
                wide_place != place
                    && covers(wide, narrow)
                    // If two patterns match the same, the first one stays.
                    && (wide_place < place || !covers(narrow, wide))
            })
        };
        (patterns.iter().enumerate())
            .filter(|(place, narrow)| is_covered(*place, narrow))
            .map(|(place, _)| place)
            .collect()
    }
}

/// If any of several bounds is enough, the widest one.
fn outermost<T: Copy + ToString>(
    order: Order,
    values: impl Iterator<Item = T>,
    is_less: impl Fn(T, T) -> bool,
) -> Vec<String> {
    let outer = |left, right| match order {
        Order::Less | Order::LessOrEqual => !is_less(left, right),
        _ => is_less(left, right),
    };
    if order == Order::Equal {
        return values.map(|value| value.to_string()).collect();
    }
    let one = values.reduce(|left, right| if outer(left, right) { left } else { right });
    one.iter().map(ToString::to_string).collect()
}

/// A pattern in parts that are compared separately. None if it contains a variable.
type Parts = Option<Vec<Vec<Atom>>>;

fn parts(pattern: &Pattern, is_arn: bool) -> Parts {
    let count = if is_arn { 6 } else { 1 };
    let atoms = match pattern {
        Pattern::Fixed(atoms) => normal(atoms),
        Pattern::Plain(text) => text.bytes().map(Atom::Byte).collect(),
        Pattern::Template(_) | Pattern::Unclear => return None,
    };
    let parts = atoms.splitn(count, |atom| *atom == Atom::Byte(b':'));
    Some(parts.map(<[Atom]>::to_vec).collect())
}

/// Whether one pattern matches everything that another matches. False also means "not sure".
fn covers(wide: &Parts, narrow: &Parts) -> bool {
    wide.as_ref()
        .zip(narrow.as_ref())
        .is_some_and(|(wide, narrow)| {
            let mut parts = wide.iter().zip(narrow);
            wide.len() == narrow.len() && parts.all(|(wide, narrow)| positions::cover(wide, narrow))
        })
}

impl Pattern {
    /// A text of the policy in the normalised spelling of all texts that match the same.
    pub(crate) fn spelling(&self, written: &str) -> String {
        let mut text = Vec::new();
        match self {
            Self::Plain(plain) => plain.bytes().for_each(|byte| literal(byte, &mut text)),
            Self::Fixed(atoms) => spell(atoms, &mut text),
            Self::Template(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Fixed(atoms) => spell(atoms, &mut text),
                        Piece::Variable { key, default } => {
                            text.extend(format!("\\{{{key}, {default:?}}}").bytes());
                        }
                    }
                }
            }
            Self::Unclear => return unread(written),
        }
        String::from_utf8_lossy(&text).into_owned()
    }
}

/// The spelling of an unreadable value. It differs from the spelling of every readable one.
fn unread(written: &str) -> String {
    format!("\0{written}")
}

fn spell(atoms: &[Atom], text: &mut Vec<u8>) {
    for atom in normal(atoms) {
        match atom {
            Atom::Byte(byte) => literal(byte, text),
            Atom::One => text.push(b'?'),
            Atom::Many => text.push(b'*'),
        }
    }
}

/// Normalises runs of wildcards: only the number of `?` matters, and whether there is a `*`, which is placed last.
fn normal(atoms: &[Atom]) -> Vec<Atom> {
    let mut normal = Vec::with_capacity(atoms.len());
    for run in atoms.chunk_by(|left, right| is_wildcard(left) && is_wildcard(right)) {
        normal.extend(run.iter().filter(|atom| **atom != Atom::Many));
        normal.extend(run.iter().find(|atom| **atom == Atom::Many));
    }
    normal
}

fn literal(byte: u8, text: &mut Vec<u8>) {
    if let b'\\' | b'*' | b'?' = byte {
        text.push(b'\\');
    }
    text.push(byte);
}

fn is_wildcard(atom: &Atom) -> bool {
    matches!(atom, Atom::One | Atom::Many)
}

fn is_literal(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Plain(_) => true,
        Pattern::Fixed(atoms) => !atoms.iter().any(is_wildcard),
        Pattern::Template(pieces) => pieces.iter().all(|piece| match piece {
            Piece::Fixed(atoms) => !atoms.iter().any(is_wildcard),
            Piece::Variable { .. } => true,
        }),
        Pattern::Unclear => false,
    }
}

/// Whether a text is the same in upper and lower case.
fn is_caseless(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Plain(text) => text
            .chars()
            .all(|c| c.is_ascii() && !c.is_ascii_alphabetic()),
        _ => false,
    }
}
