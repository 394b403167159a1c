//! Wildcards and variables.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use policy::Version;

use super::keys::{Found, RequestKeys};

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// This exact character, even if it has a meaning in policies.
    Exactly(char),
    /// Any one character.
    One,
    /// Any characters, or none.
    Any,
}

/// A text after its variables are replaced.
pub enum Filled {
    Text(Vec<Piece>),
    /// A variable has no value, so nothing equals the text.
    Missing,
    /// A variable's value is not known.
    Unknown,
    /// The documentation has no variable of this form.
    Undocumented,
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

/// Replaces variables with their values.
pub fn fill(text: &str, version: Version, wildcards: bool, keys: &RequestKeys) -> Filled {
    let mut pieces = Vec::new();
    let (mut missing, mut unknown, mut undocumented) = (false, false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let variable = rest
            .strip_prefix("${")
            .filter(|_| version == Version::V2012);
        let Some(variable) = variable else {
            pieces.push(piece(c, wildcards));
            rest = &rest[c.len_utf8()..];
            continue;
        };
        let Some((inside, after)) = split_at_brace(variable) else {
            return Filled::Undocumented;
        };
        rest = after;
        match value(inside, keys) {
            Value::Text(value) => pieces.extend(value.chars().map(Piece::Exactly)),
            Value::Missing => missing = true,
            Value::Unknown => unknown = true,
            Value::Undocumented => undocumented = true,
        }
    }
    if undocumented {
        Filled::Undocumented
    } else if missing {
        Filled::Missing
    } else if unknown {
        Filled::Unknown
    } else {
        Filled::Text(pieces)
    }
}

/// Whether a text may contain a variable in a form that the documentation does not have.
pub fn is_undocumented(text: &str) -> bool {
    let mut variables = text.split("${").skip(1);
    variables.any(|rest| !rest.contains('}') || rest.contains([' ', '"']) && !rest.contains(", '"))
}

/// The text before the closing brace, which is the first one outside quotation marks, and the text after it.
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
    Undocumented,
}

/// The value of a variable, given the text between its braces.
fn value(inside: &str, keys: &RequestKeys) -> Value {
    if ["*", "?", "$"].contains(&inside) {
        return Value::Text(inside.to_owned());
    }
    let (key, default) = match inside.split_once(',') {
        Some((key, default)) => (key, Some(default)),
        None => (inside, None),
    };
    let is_sign = |c: char| c.is_whitespace() || "$*?{}'\"".contains(c);
    if key.is_empty() || key.chars().any(is_sign) {
        return Value::Undocumented;
    }
    let default = match default.map(|default| default.split('\'').collect::<Vec<_>>()) {
        None => None,
        Some(parts) if parts.len() == 3 && parts[0] == " " && parts[2].is_empty() => {
            Some(parts[1].to_owned())
        }
        Some(_) => return Value::Undocumented,
    };
    match keys.find(key) {
        Found::Values([one]) => Value::Text(one.clone()),
        Found::Values(_) => Value::Missing,
        Found::Missing => default.map_or(Value::Missing, Value::Text),
        Found::Unknown | Found::SomePath(_) => Value::Unknown,
    }
}

/// Whether a pattern matches a whole text. Fills in the table of all their prefixes.
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

/// Possible paths for a role whose path is not known: some of different lengths, and every part of this text that
/// could be a path. Such a part begins and ends at a slash or a wildcard.
pub fn paths(text: &[Piece]) -> Vec<String> {
    let mut paths = vec![String::new()];
    paths.extend((1..20).map(|length| "\u{1}".repeat(length) + "/"));
    let is_border = |piece: &Piece| !matches!(piece, Piece::Exactly(c) if *c != '/');
    let borders: Vec<usize> = (0..text.len())
        .filter(|at| is_border(&text[*at]))
        .flat_map(|at| [at, at + 1])
        .collect();
    for (from, to) in borders
        .iter()
        .flat_map(|from| borders.iter().map(move |to| (*from, *to)))
    {
        for run in ["", "x"] {
            let part = text.get(from..to).unwrap_or_default().iter();
            let path: String = part
                .map(|piece| match piece {
                    Piece::Exactly(c) => c.to_string(),
                    Piece::One => "x".to_owned(),
                    Piece::Any => run.to_owned(),
                })
                .collect();
            if !path.is_empty() && path.chars().all(|c| c.is_ascii_graphic()) {
                paths.push(path + "/");
            }
        }
    }
    paths
}

/// A pattern's six parts, split at its first five colons. None if it has fewer.
pub fn arn_parts(pattern: &[Piece]) -> Option<Vec<&[Piece]>> {
    let parts: Vec<&[Piece]> = pattern
        .splitn(6, |piece| *piece == Piece::Exactly(':'))
        .collect();
    (parts.len() == 6).then_some(parts)
}
