//! Checks that the texts of all languages take the same values and have every plural form of their language.

use crate::{
    catalog::{Case, Catalog, Fault, Kind, Piece, Text, Value},
    languages::Language,
};

/// Determines the values that each English text takes, and checks the other languages against them.
pub fn check(english: &mut Catalog, others: &mut [Catalog]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let language = english.language;
    for text in english.areas.iter_mut().flat_map(|area| &mut area.texts) {
        let mut checked = Checked::new(language, text, &mut faults);
        text.values = checked.values(text);
        settle(&mut text.pieces, &text.values);
    }
    for other in others {
        let language = other.language;
        for text in other.areas.iter_mut().flat_map(|area| &mut area.texts) {
            let mut checked = Checked::new(language, text, &mut faults);
            match english.text(&text.id) {
                Some(first) => {
                    checked.same(text, first);
                    text.values.clone_from(&first.values);
                    settle(&mut text.pieces, &text.values);
                }
                None => checked.fault(format!(
                    "`{}` is not in {}.ftl",
                    text.id, english.language.tag
                )),
            }
        }
    }
    faults
}

struct Checked<'a> {
    language: &'static Language,
    line: usize,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Checked<'a> {
    fn new(language: &'static Language, text: &Text, faults: &'a mut Vec<Fault>) -> Self {
        Self {
            language,
            line: text.line,
            faults,
        }
    }

    fn fault(&mut self, message: impl Into<String>) {
        let (tag, message) = (self.language.tag, message.into());
        self.faults.push(Fault {
            tag,
            line: self.line,
            message,
        });
    }

    /// The values that an English text takes, in the order in which its comment lists them.
    fn values(&mut self, text: &Text) -> Vec<Value> {
        let used = self.used(text);
        let Some(listed) = &text.listed else {
            if let [_, _, ..] = used.as_slice() {
                let names = used
                    .iter()
                    .map(|it| format!("${}", it.name.replace('_', "-")));
                let names = names.collect::<Vec<_>>().join(", ");
                self.fault(format!(
                    "`{}` needs a comment that lists what it takes, in order: `# {names}`",
                    text.id
                ));
            }
            return used;
        };
        let mut values = Vec::new();
        for name in listed {
            match used.iter().find(|it| it.name == *name) {
                Some(value) if !values.contains(value) => values.push(value.clone()),
                _ => self.fault(format!(
                    "`{}` does not use ${name}, which its comment lists",
                    text.id
                )),
            }
        }
        for value in used.iter().filter(|it| !listed.contains(&it.name)) {
            self.fault(format!(
                "`{}` does not take ${}: its comment does not list it",
                text.id, value.name
            ));
        }
        values
    }

    /// Checks that a text uses the same values as the English one, each as the same kind.
    fn same(&mut self, text: &Text, first: &Text) {
        let used = self.used(text);
        for value in &first.values {
            match used.iter().find(|it| it.name == value.name) {
                None => self.fault(format!(
                    "`{}` does not use ${}, as English does",
                    text.id, value.name
                )),
                Some(it) if it.kind != value.kind && it.kind != Kind::Text => {
                    self.fault(format!(
                        "${} is not what it is in the English `{}`",
                        value.name, text.id
                    ));
                }
                Some(_) => {}
            }
        }
        for value in used
            .iter()
            .filter(|it| first.values.iter().all(|given| given.name != it.name))
        {
            self.fault(format!(
                "`{}` does not take ${}: English does not use it",
                text.id, value.name
            ));
        }
    }

    fn used(&mut self, text: &Text) -> Vec<Value> {
        let mut used = Vec::new();
        self.collect(&text.pieces, &mut used);
        used
    }

    fn collect(&mut self, pieces: &[Piece], used: &mut Vec<Value>) {
        for piece in pieces {
            match piece {
                Piece::Words(words) => {
                    if words.contains('\n') {
                        self.fault("a text is one line");
                    }
                }
                Piece::Value(name) => self.note(used, name, Kind::Text),
                Piece::Number { name, .. } => self.note(used, name, Kind::Number),
                Piece::Select { on, line, cases } => {
                    let before = std::mem::replace(&mut self.line, *line);
                    let truth = cases
                        .iter()
                        .all(|case| matches!(case.key.as_str(), "true" | "false"));
                    if truth {
                        self.note(used, on, Kind::Truth);
                    } else {
                        self.note(used, on, Kind::Number);
                        self.forms(cases);
                    }
                    self.line = before;
                    for case in cases {
                        self.collect(&case.pieces, used);
                    }
                }
            }
        }
    }

    /// Adds a value. If a value is used as a plain text in one place and as another kind elsewhere, the other kind
    /// applies.
    fn note(&mut self, used: &mut Vec<Value>, name: &str, kind: Kind) {
        match used.iter_mut().find(|it| it.name == name) {
            None => used.push(Value {
                name: name.to_owned(),
                kind,
            }),
            Some(value) if value.kind == Kind::Text => value.kind = kind,
            Some(value) if kind == Kind::Text || value.kind == kind => {}
            Some(_) => self.fault(format!("${name} is a number here and true or false there")),
        }
    }

    /// Checks the variants: each is for a number such as 0 or for a plural form of the language, and no plural form is
    /// missing.
    fn forms(&mut self, cases: &[Case]) {
        let (tag, plurals) = (self.language.tag, self.language.plurals);
        let known =
            |key: &str| key.parse::<u64>().is_ok() || plurals.iter().any(|(form, _)| *form == key);
        for case in cases.iter().filter(|case| !known(&case.key)) {
            self.fault(format!("`{tag}` has no plural form [{}]", case.key));
        }
        for (form, _) in plurals {
            let last = plurals.last().is_some_and(|(last, _)| last == form);
            let star = if last { "*" } else { "" };
            if !cases
                .iter()
                .any(|case| case.key == *form && case.default == last)
            {
                self.fault(format!("`{tag}` needs a wording for {star}[{form}]"));
            }
        }
    }
}

/// Marks the values that are numbers.
fn settle(pieces: &mut [Piece], values: &[Value]) {
    for piece in pieces {
        match piece {
            Piece::Value(name) => {
                let number = Value {
                    name: name.clone(),
                    kind: Kind::Number,
                };
                if values.contains(&number) {
                    *piece = Piece::Number {
                        name: std::mem::take(name),
                        grouped: true,
                    };
                }
            }
            Piece::Select { cases, .. } => {
                for case in cases {
                    settle(&mut case.pieces, values);
                }
            }
            Piece::Words(_) | Piece::Number { .. } => {}
        }
    }
}
