//! Wildcards and variables.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use policy::Version;

use super::keys::{Found, RequestKeys};

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// This character, whatever it would mean in a policy.
    Exactly(char),
    /// Any one character.
    One,
    /// Any characters, or none.
    Any,
}

/// What a text is once its variables are replaced.
pub enum Filled {
    Text(Vec<Piece>),
    /// A variable has no value: nothing equals such a text.
    Missing,
    /// A variable's value is not known.
    Unknown,
}

pub fn with_wildcards(text: &str) -> Vec<Piece> {
    text.chars().map(|c| piece(c, true)).collect()
}

fn piece(c: char, wildcards: bool) -> Piece {
    match c {
        '*' if wildcards => Piece::Any,
        '?' if wildcards => Piece::One,
        c => Piece::Exactly(c),
    }
}

/// Puts values in the place of variables.
pub fn fill(text: &str, version: Version, wildcards: bool, keys: &RequestKeys) -> Filled {
    let mut pieces = Vec::new();
    let (mut missing, mut unknown) = (false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let variable = (rest
            .strip_prefix("${")
            .filter(|_| version == Version::V2012))
        .and_then(split_at_brace);
        let Some((inside, after)) = variable else {
            pieces.push(piece(c, wildcards));
            rest = &rest[c.len_utf8()..];
            continue;
        };
        rest = after;
        match value(inside, keys) {
            Value::Text(value) => pieces.extend(value.chars().map(Piece::Exactly)),
            Value::Missing => missing = true,
            Value::Unknown => unknown = true,
        }
    }
    if missing {
        Filled::Missing
    } else if unknown {
        Filled::Unknown
    } else {
        Filled::Text(pieces)
    }
}

/// What stands before the closing brace, which is the first outside of quotation marks, and after.
fn split_at_brace(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '}' if !quoted => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

enum Value {
    Text(String),
    Missing,
    Unknown,
}

/// What stands for a variable, given what is between its braces.
fn value(inside: &str, keys: &RequestKeys) -> Value {
    if ["*", "?", "$"].contains(&inside) {
        return Value::Text(inside.to_owned());
    }
    let (key, default) = match inside.split_once(',') {
        Some((key, default)) => (key, Some(default)),
        None => (inside, None),
    };
    let default = default.map(|default| default.trim().trim_matches('\'').to_owned());
    match keys.find(key.trim()) {
        Found::Values([one]) => Value::Text(one.clone()),
        Found::Values(_) => Value::Missing,
        Found::Missing => default.map_or(Value::Missing, Value::Text),
        Found::Unknown => Value::Unknown,
    }
}

/// Whether a pattern covers a text as a whole, found by filling the table of all their beginnings.
pub fn matches(pattern: &[Piece], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut row = vec![false; text.len() + 1];
    row[0] = true;
    for piece in pattern {
        let mut next = vec![false; text.len() + 1];
        next[0] = row[0] && *piece == Piece::Any;
        for at in 1..=text.len() {
            next[at] = match piece {
                Piece::Exactly(c) => row[at - 1] && *c == text[at - 1],
                Piece::One => row[at - 1],
                Piece::Any => row[at] || next[at - 1],
            };
        }
        row = next;
    }
    row[text.len()]
}

/// A pattern's six parts, split at its first five colons; none where it has fewer.
pub fn arn_parts(pattern: &[Piece]) -> Option<Vec<&[Piece]>> {
    let parts: Vec<&[Piece]> = pattern
        .splitn(6, |piece| *piece == Piece::Exactly(':'))
        .collect();
    (parts.len() == 6).then_some(parts)
}
