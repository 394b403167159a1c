//! The texts of one language file.

use std::fmt;

use fluent_syntax::{
    ast::{
        Comment, Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Variant,
        VariantKey,
    },
    parser::parse,
};

use crate::languages::Language;

/// The texts of a language.
#[derive(Debug)]
pub struct Catalog {
    /// The language.
    pub language: &'static Language,
    /// The areas, in the order of the file.
    pub areas: Vec<Area>,
}

/// The texts under one `##` heading.
#[derive(Debug)]
pub struct Area {
    /// The name in Rust: `sign_in`.
    pub name: String,
    /// The description in the heading.
    pub about: String,
    /// The texts of the area.
    pub texts: Vec<Text>,
}

/// One text.
#[derive(Debug)]
pub struct Text {
    /// The ID in the file: `sign-in-title`.
    pub id: String,
    /// The name in Rust, without the area: `title`.
    pub name: String,
    /// The line in the file.
    pub line: usize,
    /// The values that the comment lists, in the order of the method's parameters.
    pub listed: Option<Vec<String>>,
    /// The parts of the text.
    pub pieces: Vec<Piece>,
    /// The values that the text takes. The English text decides.
    pub values: Vec<Value>,
}

/// A part of a text.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Fixed text.
    Words(String),
    /// A value: a text, or a number with thousands separators.
    Value(String),
    /// A number, with or without thousands separators.
    Number { name: String, grouped: bool },
    /// A choice between several variants.
    Select {
        on: String,
        line: usize,
        cases: Vec<Case>,
    },
}

/// A variant.
#[derive(Debug, Clone)]
pub struct Case {
    /// The value that it is for.
    pub key: String,
    /// Whether it is also for all other values.
    pub default: bool,
    /// The parts of the variant.
    pub pieces: Vec<Piece>,
}

/// A value that a text takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The name in Rust.
    pub name: String,
    /// The kind of value.
    pub kind: Kind,
}

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text: `&str`.
    Text,
    /// A whole number.
    Number,
    /// `bool`: wordings for `[true]` and `[false]`.
    Truth,
}

/// An error in a file, with its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The language tag of the file.
    pub tag: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "crates/words/{}.ftl:{}: {}",
            self.tag, self.line, self.message
        )
    }
}

impl Catalog {
    /// Parses a file. Syntax that it does not support is reported as a fault.
    pub fn read(source: &str, language: &'static Language) -> (Self, Vec<Fault>) {
        let mut reader = Reader {
            source,
            language,
            faults: Vec::new(),
        };
        let resource = match parse(source) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    let line = reader.line_at(error.pos.start);
                    reader.fault(line, error.kind.to_string());
                }
                resource
            }
        };
        let mut areas = Vec::<Area>::new();
        for entry in resource.body {
            match entry {
                Entry::GroupComment(comment) => areas.push(reader.area(&comment)),
                Entry::Message(message) => match areas.last_mut() {
                    Some(area) => {
                        let text = reader.text(&message, &area.name);
                        if area.texts.iter().any(|it| it.id == text.id) {
                            reader.fault(text.line, format!("`{}` is here twice", text.id));
                        }
                        area.texts.push(text);
                    }
                    None => reader.fault(
                        reader.line(message.id.name),
                        "a `## area: …` heading comes first",
                    ),
                },
                Entry::Term(term) => {
                    reader.fault(
                        reader.line(term.id.name),
                        "terms are not supported: write the words",
                    );
                }
                Entry::Comment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
            }
        }
        for (at, area) in areas.iter().enumerate() {
            if areas[..at].iter().any(|it| it.name == area.name) {
                let line = area.texts.first().map_or(1, |it| it.line);
                reader.fault(line, format!("the area `{}` is here twice", area.name));
            }
        }
        (Self { language, areas }, reader.faults)
    }

    /// All texts with their areas.
    pub fn texts(&self) -> impl Iterator<Item = (&Area, &Text)> {
        self.areas
            .iter()
            .flat_map(|area| area.texts.iter().map(move |text| (area, text)))
    }

    /// The text with this id.
    pub fn text(&self, id: &str) -> Option<&Text> {
        self.texts().map(|(_, text)| text).find(|it| it.id == id)
    }

    /// The IDs of the texts that the other language has and this one lacks.
    pub fn missing<'a>(&self, english: &'a Catalog) -> Vec<&'a str> {
        let ids = english.texts().map(|(_, text)| text.id.as_str());
        ids.filter(|id| self.text(id).is_none()).collect()
    }
}

struct Reader<'a> {
    source: &'a str,
    language: &'static Language,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, line: usize, message: impl Into<String>) {
        let (tag, message) = (self.language.tag, message.into());
        self.faults.push(Fault { tag, line, message });
    }

    fn line_at(&self, offset: usize) -> usize {
        let before = self.source.get(..offset).unwrap_or(self.source);
        before.matches('\n').count() + 1
    }

    /// The line of a part of the source. The parser keeps no positions, but its texts are slices of the source.
    fn line(&self, part: &str) -> usize {
        let offset = part
            .as_ptr()
            .addr()
            .wrapping_sub(self.source.as_ptr().addr());
        self.line_at(offset)
    }

    /// Parses a heading: `## sign-in: Texts of the sign-in page.`
    fn area(&mut self, comment: &Comment<&str>) -> Area {
        let heading = comment.content.first().copied().unwrap_or_default();
        let (name, about) = heading.split_once(": ").unwrap_or((heading, ""));
        if about.is_empty() {
            self.fault(self.line(heading), "a heading is `## area: what it is`");
        }
        Area {
            name: rust_name(name),
            about: about.to_owned(),
            texts: Vec::new(),
        }
    }

    fn text(&mut self, message: &Message<&str>, area: &str) -> Text {
        let id = message.id.name;
        let line = self.line(id);
        let full = rust_name(id);
        let name = full
            .strip_prefix(area)
            .and_then(|rest| rest.strip_prefix('_'));
        if name.is_none() {
            let wanted = area.replace('_', "-");
            self.fault(
                line,
                format!("`{id}` is under `{wanted}`, so its name must begin with `{wanted}-`"),
            );
        }
        if !message.attributes.is_empty() {
            self.fault(
                line,
                format!("`{id}` has attributes: write texts of their own"),
            );
        }
        let pieces = match &message.value {
            Some(pattern) => self.pieces(pattern, line),
            None => Vec::new(),
        };
        let mut comment = message.comment.iter().flat_map(|it| it.content.iter());
        let listed = comment.rfind(|line| line.starts_with('$'));
        Text {
            id: id.to_owned(),
            name: name.unwrap_or(&full).to_owned(),
            line,
            listed: listed.map(|it| {
                it.split(',')
                    .map(|it| rust_name(it.trim().trim_start_matches('$')))
                    .collect()
            }),
            pieces,
            values: Vec::new(),
        }
    }

    fn pieces(&mut self, pattern: &Pattern<&str>, line: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for element in &pattern.elements {
            let piece = match element {
                PatternElement::TextElement { value } => Piece::Words((*value).to_owned()),
                PatternElement::Placeable { expression } => self.placeable(expression, line),
            };
            match (pieces.last_mut(), piece) {
                (Some(Piece::Words(before)), Piece::Words(words)) => before.push_str(&words),
                (_, piece) => pieces.push(piece),
            }
        }
        pieces
    }

    fn placeable(&mut self, expression: &Expression<&str>, line: usize) -> Piece {
        match expression {
            Expression::Select {
                selector: InlineExpression::VariableReference { id },
                variants,
            } => {
                let line = self.line(id.name);
                let cases = variants
                    .iter()
                    .map(|variant| self.case(variant, line))
                    .collect();
                Piece::Select {
                    on: rust_name(id.name),
                    line,
                    cases,
                }
            }
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                Piece::Value(rust_name(id.name))
            }
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                Piece::Words(fluent_syntax::unicode::unescape_unicode_to_string(value).into_owned())
            }
            Expression::Inline(InlineExpression::FunctionReference { id, arguments }) => {
                let plain = [("useGrouping", "0")];
                let named = arguments.named.iter().map(|it| match it.value {
                    InlineExpression::NumberLiteral { value } => (it.name.name, value),
                    _ => (it.name.name, ""),
                });
                let named = named.collect::<Vec<_>>();
                match (id.name, arguments.positional.as_slice()) {
                    ("NUMBER", [InlineExpression::VariableReference { id }])
                        if named.is_empty() || named == plain =>
                    {
                        Piece::Number {
                            name: rust_name(id.name),
                            grouped: named.is_empty(),
                        }
                    }
                    _ => self.unsupported(self.line(id.name)),
                }
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => {
                self.placeable(expression, line)
            }
            _ => self.unsupported(line),
        }
    }

    fn unsupported(&mut self, line: usize) -> Piece {
        let what = "only values, NUMBER($value), NUMBER($value, useGrouping: 0), quoted words and wordings that a \
                    value selects are supported";
        self.fault(line, what);
        Piece::Words(String::new())
    }

    fn case(&mut self, variant: &Variant<&str>, line: usize) -> Case {
        let (VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key }) =
            variant.key;
        Case {
            key: key.to_owned(),
            default: variant.default,
            pieces: self.pieces(&variant.value, line),
        }
    }
}

fn rust_name(name: &str) -> String {
    name.replace('-', "_")
}
