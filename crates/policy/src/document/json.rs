//! JSON with the position of every part.

use std::{borrow::Cow, collections::HashSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{Located, ParseError, Position};

/// A part of a text.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    text: &'a str,
    raw: &'a str,
}

impl<'a> Node<'a> {
    /// The whole text.
    pub(super) fn root(text: &'a str) -> Result<Self, ParseError> {
        let raw: &RawValue = read(text, text)?;
        Ok(Self {
            text,
            raw: raw.get(),
        })
    }

    /// How many bytes come before it.
    pub(super) fn offset(self) -> usize {
        offset(self.text, self.raw)
    }

    pub(super) fn is_object(self) -> bool {
        self.raw.starts_with('{')
    }

    pub(super) fn error(self, expected: impl Into<String>) -> ParseError {
        ParseError::at(self.text, self.offset(), expected)
    }

    /// The members of an object, by name. A repeated name is an error.
    pub(super) fn members(self, expected: &str) -> Result<Vec<Member<'a>>, ParseError> {
        if !self.is_object() {
            return Err(self.error(expected));
        }
        let Members(pairs) = read(self.text, self.raw)?;
        let mut members = Vec::with_capacity(pairs.len());
        let mut names = HashSet::with_capacity(pairs.len());
        for (name, raw) in pairs {
            let value = self.part(raw);
            let offset = match name {
                // The quotation mark comes before the name.
                Cow::Borrowed(name) => offset(self.text, name).saturating_sub(1),
                Cow::Owned(_) => value.offset(),
            };
            if !names.insert(name.clone()) {
                let expected = format!("\"{name}\" to stand only once");
                return Err(ParseError::at(self.text, offset, expected));
            }
            members.push(Member {
                name: Located {
                    value: name,
                    offset,
                },
                value,
            });
        }
        Ok(members)
    }

    /// The items of an array. Any other value counts as an array of one item.
    pub(super) fn items(self) -> Result<Vec<Self>, ParseError> {
        if !self.raw.starts_with('[') {
            return Ok(vec![self]);
        }
        let items: Vec<&RawValue> = read(self.text, self.raw)?;
        Ok(items.into_iter().map(|raw| self.part(raw)).collect())
    }

    /// A text.
    pub(super) fn string(self, expected: &str) -> Result<Located<String>, ParseError> {
        if !self.raw.starts_with('"') {
            return Err(self.error(expected));
        }
        Ok(Located {
            value: read(self.text, self.raw)?,
            offset: self.offset(),
        })
    }

    /// A text, a number or a boolean, as text: IAM accepts numbers and booleans without quotation marks.
    pub(super) fn scalar(self, expected: &str) -> Result<Located<String>, ParseError> {
        match self.raw.as_bytes().first() {
            Some(b'"') => self.string(expected),
            Some(b'{' | b'[' | b'n') | None => Err(self.error(expected)),
            Some(_) => Ok(Located {
                value: self.raw.to_owned(),
                offset: self.offset(),
            }),
        }
    }

    fn part(self, raw: &'a RawValue) -> Self {
        Self {
            text: self.text,
            raw: raw.get(),
        }
    }
}

/// A member of an object.
pub(super) struct Member<'a> {
    pub(super) name: Located<Cow<'a, str>>,
    pub(super) value: Node<'a>,
}

/// The byte position of a part that was borrowed from a text.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

fn read<'a, T: Deserialize<'a>>(text: &'a str, part: &'a str) -> Result<T, ParseError> {
    serde_json::from_str(part).map_err(|error| {
        let before = offset(text, part);
        let line = error.line().saturating_sub(1);
        let line_start = (part.split_inclusive('\n').take(line))
            .map(str::len)
            .sum::<usize>();
        // The JSON reader counts the bytes of a line up to the unexpected one.
        let within = line_start + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        ParseError {
            at: Position::of(text, before + within.min(part.len())),
            message: message.to_owned(),
        }
    })
}

struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    pairs.push((name, map.next_value()?));
                }
                Ok(Members(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

/// A name, borrowed if the text contains it without escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Borrowing<'a>(#[serde(borrow)] Cow<'a, str>);

        Borrowing::deserialize(deserializer).map(|Borrowing(name)| Self(name))
    }
}
