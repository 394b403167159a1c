//! Texts of a policy that can contain variables and wildcards.
//!
//! Source: "IAM policy elements: Variables and tags" in the IAM User Guide.

use serde::Serialize;
use smallvec::SmallVec;

use crate::{
    document::Version,
    glob::{self, Atom},
    request::{Found, Scene, fold, same_beyond_ascii},
};

/// A template with its variables filled in. Most fit without allocating.
pub(crate) type Filled = SmallVec<[Atom; 128]>;

/// Whether `*` and `?` are wildcards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wildcards {
    Mean,
    Literal,
}

/// A parsed text of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Without variables and wildcards.
    Plain(Box<str>),
    /// Without variables.
    Fixed(Box<[Atom]>),
    /// With variables, filled in for each request.
    Template(Box<[Piece]>),
    /// With a variable in a form that AWS does not document, so it is not known what it matches.
    Unclear,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Fixed(Box<[Atom]>),
    /// The value of a key, whose name is in lower case, or the default.
    Variable {
        key: Box<str>,
        default: Option<Box<str>>,
    },
}

/// Why a template cannot be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfilled {
    /// The request does not have the key, so nothing equals the text.
    Absent,
    /// The key is not known.
    Unknown,
    /// AWS does not document the meaning of the text.
    Unclear,
}

/// Whether two texts are equal if case is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// Equal except for the case of ASCII letters.
    InAscii,
    /// Equal except for the case of other letters. One of a pair may be ASCII: the kelvin sign lowercases to `k`.
    BeyondAscii,
    /// Not equal.
    None,
}

impl Likeness {
    fn of(left: &str, right: &str) -> Self {
        if left.eq_ignore_ascii_case(right) {
            Self::InAscii
        } else if same_beyond_ascii(left, right) {
            Self::BeyondAscii
        } else {
            Self::None
        }
    }
}

impl Pattern {
    /// Parses a text. Variables exist since the second version of the language; in the first version, the text is
    /// literal.
    pub(crate) fn read(text: &str, version: Version, wildcards: Wildcards) -> Self {
        let atoms = |text: &str| match wildcards {
            Wildcards::Mean => glob::wildcards(text),
            Wildcards::Literal => text.bytes().map(Atom::Byte).collect(),
        };
        let mut pieces: Vec<Piece> = Vec::new();
        let mut fixed: Vec<Atom> = Vec::new();
        let mut rest = text;
        while version == Version::V2012
            && let Some((before, after)) = rest.split_once("${")
        {
            let Some((inside, after)) = split_variable(after) else {
                return Self::Unclear;
            };
            let Ok(inside) = Inside::read(inside) else {
                return Self::Unclear;
            };
            fixed.extend(atoms(before));
            match inside {
                Inside::Escape(letter) => fixed.push(Atom::Byte(letter)),
                Inside::Key { name, default } => {
                    pieces.push(Piece::Fixed(std::mem::take(&mut fixed).into()));
                    pieces.push(Piece::Variable {
                        key: fold(name),
                        default: default.map(Into::into),
                    });
                }
            }
            rest = after;
        }
        fixed.extend(atoms(rest));
        if !pieces.is_empty() {
            pieces.push(Piece::Fixed(fixed.into()));
            return Self::Template(pieces.into());
        }
        match literal(&fixed) {
            Some(text) => Self::Plain(text.into()),
            None => Self::Fixed(fixed.into()),
        }
    }

    /// Whether the pattern matches a whole text, case-sensitively.
    pub(crate) fn matches(&self, text: &str, scene: &Scene<'_>) -> Result<bool, Unfilled> {
        match self {
            Self::Plain(pattern) => Ok(**pattern == *text),
            Self::Fixed(atoms) => Ok(glob::matches(atoms, text)),
            Self::Template(pieces) => {
                filled(pieces, text.len(), scene).map(|atoms| glob::matches(&atoms, text))
            }
            Self::Unclear => Err(Unfilled::Unclear),
        }
    }

    /// The atoms with variables filled in, to compare with a text of at most `enough` bytes.
    pub(crate) fn atoms(&self, enough: usize, scene: &Scene<'_>) -> Result<Filled, Unfilled> {
        match self {
            Self::Plain(text) => Ok(text.bytes().map(Atom::Byte).collect()),
            Self::Fixed(atoms) => Ok(SmallVec::from_slice(atoms)),
            Self::Template(pieces) => filled(pieces, enough, scene),
            Self::Unclear => Err(Unfilled::Unclear),
        }
    }

    /// How a text compares if case is ignored. Only for patterns without wildcards.
    pub(crate) fn equals_ignoring_case(
        &self,
        text: &str,
        scene: &Scene<'_>,
    ) -> Result<Likeness, Unfilled> {
        match self {
            Self::Plain(pattern) => Ok(Likeness::of(pattern, text)),
            Self::Fixed(_) => Ok(Likeness::None),
            Self::Template(pieces) => {
                let atoms = filled(pieces, text.len() * MOST_BYTES, scene)?;
                Ok(literal(&atoms).map_or(Likeness::None, |pattern| Likeness::of(&pattern, text)))
            }
            Self::Unclear => Err(Unfilled::Unclear),
        }
    }

    /// The keys of its variables, in lower case.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let pieces: &[Piece] = match self {
            Self::Template(pieces) => pieces,
            _ => &[],
        };
        pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, .. } => Some(&**key),
            Piece::Fixed(_) => None,
        })
    }
}

/// The text inside a variable's braces, and the text after them. A default is quoted, and can contain a brace.
pub(crate) fn split_variable(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = text.bytes().position(|byte| {
        quoted ^= byte == b'\'';
        byte == b'}' && !quoted
    })?;
    Some((&text[..end], &text[end + 1..]))
}

/// The content of a variable's braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside<'a> {
    /// An escaped character that would otherwise be a wildcard or start a variable.
    Escape(u8),
    /// The name of a key, and the default if the request does not have the key.
    Key {
        name: &'a str,
        default: Option<&'a str>,
    },
}

/// Why a variable does not have a form that AWS documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VariableFault {
    /// The braces are empty.
    Empty,
    /// A space is in the name or next to it.
    Space,
    /// The default is not in single quotation marks after a comma and a space.
    Quote,
    /// The name contains a character that no name has.
    Sign,
}

impl<'a> Inside<'a> {
    /// Parses the content of a variable's braces.
    ///
    /// Source: "IAM policy elements: Variables and tags", and the checks "Unsupported space in variable", "Missing
    /// quote in variable" and "Empty variable" of IAM Access Analyzer, in the IAM User Guide.
    pub(crate) fn read(inside: &'a str) -> Result<Self, VariableFault> {
        if let "*" | "?" | "$" = inside {
            return Ok(Self::Escape(inside.as_bytes()[0]));
        }
        let (name, default) = match inside.split_once(',') {
            Some((name, default)) => (name, Some(default)),
            None => (inside, None),
        };
        if name.trim().is_empty() {
            return Err(VariableFault::Empty);
        }
        if name.contains(char::is_whitespace) {
            return Err(VariableFault::Space);
        }
        let unquoted = |text: &'a str| -> Option<&'a str> {
            let text = text.strip_prefix(" '")?.strip_suffix('\'')?;
            (!text.contains('\'')).then_some(text)
        };
        let default =
            (default.map(|text| unquoted(text).ok_or(VariableFault::Quote))).transpose()?;
        if name.contains(['$', '{', '*', '?', '\'', '"']) {
            return Err(VariableFault::Sign);
        }
        Ok(Self::Key { name, default })
    }
}

/// The text of the atoms, if all of them are literal.
pub(super) fn literal(atoms: &[Atom]) -> Option<String> {
    let bytes = atoms.iter().map(|atom| match atom {
        Atom::Byte(byte) => Some(*byte),
        Atom::One | Atom::Many => None,
    });
    String::from_utf8(bytes.collect::<Option<_>>()?).ok()
}

/// The maximum number of bytes of a letter for each byte that it has in the other case.
pub(super) const MOST_BYTES: usize = 4;

/// Fills in a template, to compare it with a text of at most `enough` bytes.
///
/// Stops as soon as the result is too long to match: a short policy can name a long value a thousand times.
pub(super) fn filled(
    pieces: &[Piece],
    enough: usize,
    scene: &Scene<'_>,
) -> Result<Filled, Unfilled> {
    let mut atoms = Filled::new();
    let mut length = 0;
    let mut is_known = true;
    for piece in pieces {
        match piece {
            Piece::Fixed(_) if length > enough => {}
            Piece::Fixed(fixed) => {
                atoms.extend_from_slice(fixed);
                length += fixed.iter().filter(|atom| **atom != Atom::Many).count();
            }
            Piece::Variable { key, default } => {
                let value = match (scene.find(key), default) {
                    (Found::Values([value]), _) => value,
                    (Found::Unknown | Found::WithSomePath(_), _) => {
                        is_known = false;
                        continue;
                    }
                    // A key with several values cannot be used as a variable.
                    (Found::Values(_), _) => return Err(Unfilled::Absent),
                    (Found::Absent, Some(default)) => default,
                    (Found::Absent, None) => return Err(Unfilled::Absent),
                };
                let left = (enough + 1).saturating_sub(length);
                atoms.extend(value.bytes().take(left).map(Atom::Byte));
                length += value.len();
            }
        }
    }
    // If one value is missing, nothing equals the text, whatever the others are.
    if is_known {
        Ok(atoms)
    } else {
        Err(Unfilled::Unknown)
    }
}
