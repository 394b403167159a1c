//! Objects whose members are read independently. A member that is invalid is reported and does not
//! hide the others.

use std::{cell::RefCell, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{
    budget::{self, Budget},
    first::{First, FirstPairs},
    json,
};

/// How many unreadable members are reported by name. Others are counted.
const NAMED: usize = 20;

/// The maximum length of such a name, in bytes: pushed keys can have any length.
const NAME: usize = 128;

/// A document, and which of its members could not be read.
#[derive(Debug)]
pub(super) struct Document {
    text: Vec<u8>,
    pruned: u32,
    unread: RefCell<Unread>,
}

#[derive(Debug, Default)]
struct Unread {
    names: Vec<String>,
    more: u32,
}

/// The names of the members to read from an object.
pub(super) type Names = &'static [&'static str];

/// An object, or a missing one, which has no members.
#[derive(Debug)]
pub(super) struct Object<'a> {
    document: &'a Document,
    /// The prefix for a member's name: empty for the document itself, otherwise for example
    /// `config.`.
    place: String,
    members: Vec<(&'static str, &'a RawValue)>,
}

impl Document {
    /// Reads a text. Invalid bytes are replaced with U+FFFD, which is visible.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let (text, pruned) = json::prune(String::from_utf8_lossy(bytes).as_bytes());
        Self {
            text,
            pruned,
            unread: RefCell::default(),
        }
    }

    /// The object in the document. None if the document is something else, or invalid JSON.
    pub(super) fn object(&self, names: Names) -> Option<Object<'_>> {
        let text = str::from_utf8(&self.text).ok()?;
        Some(Object {
            document: self,
            place: String::new(),
            members: members(text, names)?,
        })
    }

    /// The names of members that could not be read, and how much else was left out.
    pub(super) fn into_unread(self) -> (Vec<String>, u32) {
        let Unread { names, more } = self.unread.into_inner();
        (names, self.pruned.saturating_add(more))
    }

    fn note(&self, place: &str) {
        let mut unread = self.unread.borrow_mut();
        let (place, _) = budget::visible(place, NAME);
        if unread.names.contains(&place) {
            // The member was read twice.
        } else if unread.names.len() < NAMED {
            unread.names.push(place);
        } else {
            unread.more = unread.more.saturating_add(1);
        }
    }
}

impl<'a> Object<'a> {
    /// A text.
    pub(super) fn text(&self, name: &'static str) -> Option<String> {
        self.read::<Text>(name).map(|Text(text)| text)
    }

    /// A text that is not empty.
    pub(super) fn word(&self, name: &'static str) -> Option<String> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// A text that `read` can parse.
    pub(super) fn parsed<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.word(name)?;
        self.known(name, read(&text))
    }

    /// A number, without validation.
    pub(super) fn number(&self, name: &'static str) -> Option<f64> {
        self.read(name)
    }

    /// A boolean.
    pub(super) fn flag(&self, name: &'static str) -> Option<bool> {
        self.read(name)
    }

    /// A nested object.
    pub(super) fn object(&self, name: &'static str, names: Names) -> Self {
        let members = self.raw(name).and_then(|raw| {
            let members = members(raw.get(), names);
            self.known(name, members)
        });
        Self {
            document: self.document,
            place: format!("{}{name}.", self.place),
            members: members.unwrap_or_default(),
        }
    }

    /// A list of objects. An entry that is not an object keeps its place in the list and has no
    /// members.
    pub(super) fn objects(
        &self,
        name: &'static str,
        names: Names,
        budget: &mut Budget,
    ) -> Vec<Self> {
        let entries = First::of(self.read::<First<&RawValue>>(name), budget);
        let object = |(number, raw): (usize, &'a RawValue)| {
            let members = members(raw.get(), names);
            if members.is_none() {
                self.note(format_args!("{name}[{number}]"));
            }
            Self {
                document: self.document,
                place: format!("{}{name}[{number}].", self.place),
                members: members.unwrap_or_default(),
            }
        };
        entries.into_iter().enumerate().map(object).collect()
    }

    /// A list of texts. As in Docker, a single text counts as a list of one.
    pub(super) fn texts(&self, name: &'static str, budget: &mut Budget) -> Vec<String> {
        let Some(raw) = self.raw(name) else {
            return Vec::new();
        };
        if let Some(Text(alone)) = read(raw) {
            return vec![alone];
        }
        let entries = First::of(self.read::<First<&RawValue>>(name), budget);
        let text = |(number, raw): (usize, &RawValue)| {
            let text = read::<Option<Text>>(raw);
            if text.is_none() {
                self.note(format_args!("{name}[{number}]"));
            }
            text.map(|text| text.unwrap_or_default().0)
        };
        entries.into_iter().enumerate().filter_map(text).collect()
    }

    /// Keys and texts, by key. A value that is not a text is shown as JSON.
    pub(super) fn pairs(&self, name: &'static str, budget: &mut Budget) -> Vec<(String, String)> {
        let entries = FirstPairs::of(self.read::<FirstPairs<&RawValue>>(name), budget);
        let pair = |(key, raw): (String, &RawValue)| match read::<Option<Text>>(raw) {
            Some(text) => (key, text.unwrap_or_default().0),
            None => {
                self.note(format_args!("{name}[\"{key}\"]"));
                (key, raw.get().to_owned())
            }
        };
        entries.into_iter().map(pair).collect()
    }

    /// The keys of an object whose values have no meaning.
    pub(super) fn keys(&self, name: &'static str, budget: &mut Budget) -> Vec<String> {
        let entries = FirstPairs::of(self.read::<FirstPairs<IgnoredAny>>(name), budget);
        entries.into_iter().map(|(key, _)| key).collect()
    }

    /// Reports which of these members are missing. They are required to identify the object.
    pub(super) fn needs(&self, names: Names) {
        for name in names {
            if !self.members.is_empty() && self.raw(name).is_none() {
                self.note(format_args!("{name}"));
            }
        }
    }

    /// Reads a member. None if it has the wrong type; this is reported.
    fn read<T: Deserialize<'a>>(&self, name: &'static str) -> Option<T> {
        let raw = self.raw(name)?;
        self.known(name, read(raw))
    }

    fn known<T>(&self, name: &'static str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.note(format_args!("{name}"));
        }
        found
    }

    /// A member, unless it is missing or `null`.
    fn raw(&self, name: &'static str) -> Option<&'a RawValue> {
        let (_, raw) = self.members.iter().find(|(its, _)| *its == name)?;
        (!is_null(raw)).then_some(*raw)
    }

    fn note(&self, name: fmt::Arguments<'_>) {
        self.document.note(&format!("{}{name}", self.place));
    }
}

fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

fn read<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    json::parse(raw.get())
}

/// The members with these names. None if the text is not an object.
fn members(text: &str, names: Names) -> Option<Vec<(&'static str, &RawValue)>> {
    json::parse_with(text, Members(names))
}

struct Members(Names);

impl<'de> DeserializeSeed<'de> for Members {
    type Value = Vec<(&'static str, &'de RawValue)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(&'static str, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut members: Self::Value = Vec::new();
        while let Some(Text(key)) = object.next_key()? {
            let Some(name) = self.0.iter().find(|name| **name == key) else {
                object.next_value::<IgnoredAny>()?;
                continue;
            };
            let raw = object.next_value()?;
            // If a name occurs twice, the last one counts, as in Go.
            match members.iter_mut().find(|(its, _)| its == name) {
                Some(member) => member.1 = raw,
                None => members.push((name, raw)),
            }
        }
        Ok(members)
    }
}

/// A text. Unpaired surrogates, which JSON can contain and a text cannot, are replaced with U+FFFD.
#[derive(Debug, Default)]
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Text, E> {
                Ok(Text(String::from_utf8_lossy(bytes).into_owned()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}
