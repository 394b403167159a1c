//! The generated methods.

use std::fmt::{Error, Write};

use crate::{
    catalog::{Area, Case, Catalog, Kind, Piece, Text},
    languages::Language,
};

/// Writes a module for each area, with a method for each text.
pub fn texts(english: &Catalog, others: &[Catalog]) -> Result<String, Error> {
    let mut rust = String::new();
    languages(&mut rust, english, others)?;
    for area in &english.areas {
        let (name, about) = (&area.name, &area.about);
        writeln!(rust, "#[doc = {about:?}]\npub mod {name} {{")?;
        writeln!(
            rust,
            "    #[doc = {about:?}]\n    #[derive(Debug, Clone, Copy)]"
        )?;
        writeln!(
            rust,
            "    pub struct {}(pub ::model::Locale);\n",
            struct_name(area)
        )?;
        writeln!(rust, "    impl {} {{", struct_name(area))?;
        for text in &area.texts {
            method(&mut rust, text, english, others)?;
        }
        writeln!(rust, "    }}\n}}\n")?;
    }
    Ok(rust)
}

fn languages(rust: &mut String, english: &Catalog, others: &[Catalog]) -> Result<(), Error> {
    let all = [english].into_iter().chain(others).map(|it| it.language);
    let variants: Vec<_> = all
        .clone()
        .map(|it| format!("::model::Locale::{}", it.variant()))
        .collect();
    writeln!(rust, "/// All languages.")?;
    writeln!(
        rust,
        "pub const LANGUAGES: [::model::Locale; {}] = [{}];\n",
        variants.len(),
        variants.join(", ")
    )?;
    writeln!(rust, "/// The name of a language in that language.")?;
    writeln!(
        rust,
        "pub fn own_name(language: ::model::Locale) -> &'static str {{"
    )?;
    writeln!(rust, "    match language {{")?;
    for (language, variant) in all.zip(&variants) {
        writeln!(rust, "        {variant} => {:?},", language.name)?;
    }
    writeln!(rust, "    }}\n}}\n")
}

/// The type name of an area: `SignInTexts`.
pub fn struct_name(area: &Area) -> String {
    let part = |part: &str| part[..1].to_ascii_uppercase() + &part[1..];
    area.name.split('_').map(part).collect::<String>() + "Texts"
}

fn method(
    rust: &mut String,
    text: &Text,
    english: &Catalog,
    others: &[Catalog],
) -> Result<(), Error> {
    let fixed = text.values.is_empty();
    let mut arms = Vec::<(String, Vec<String>)>::new();
    let own = others.iter().map(|other| match other.text(&text.id) {
        Some(own) => (other.language, own, other.language),
        None => (other.language, text, english.language),
    });
    for (shown_to, text, language) in [(english.language, text, english.language)]
        .into_iter()
        .chain(own)
    {
        let variant = format!("::model::Locale::{}", shown_to.variant());
        let expression = if fixed {
            literal(&text.pieces)
        } else {
            string(&text.pieces, language)
        };
        match arms.iter_mut().find(|(same, _)| *same == expression) {
            Some((_, variants)) => variants.push(variant),
            None => arms.push((expression, vec![variant])),
        }
    }
    let values = text.values.iter().map(|value| match value.kind {
        Kind::Text => format!(", {}: &str", value.name),
        Kind::Number => format!(", {}: impl crate::Number", value.name),
        Kind::Truth => format!(", {}: bool", value.name),
    });
    let values = values.collect::<String>();
    let answer = if fixed { "&'static str" } else { "String" };
    writeln!(
        rust,
        "        #[doc = {:?}]",
        format!("“{}”", shown(&text.pieces))
    )?;
    writeln!(
        rust,
        "        pub fn {}(self{values}) -> {answer} {{",
        text.name
    )?;
    if let [(expression, _)] = arms.as_slice() {
        writeln!(rust, "            {expression}")?;
    } else {
        writeln!(rust, "            match self.0 {{")?;
        for (expression, variants) in &arms {
            writeln!(
                rust,
                "                {} => {expression},",
                variants.join(" | ")
            )?;
        }
        writeln!(rust, "            }}")?;
    }
    writeln!(rust, "        }}\n")
}

/// Fixed text.
fn literal(pieces: &[Piece]) -> String {
    match pieces {
        [Piece::Words(words)] => format!("{words:?}"),
        _ => "\"\"".to_owned(),
    }
}

fn is_fixed(pieces: &[Piece]) -> bool {
    matches!(pieces, [] | [Piece::Words(_)])
}

/// An expression of the type `String`.
fn string(pieces: &[Piece], language: &Language) -> String {
    match pieces {
        [Piece::Select { on, cases, .. }] => select(on, cases, language, string),
        [Piece::Value(name)] => format!("{name}.to_owned()"),
        _ if is_fixed(pieces) => format!("{}.to_owned()", literal(pieces)),
        _ => {
            let mut format = String::new();
            let mut values = String::new();
            for piece in pieces {
                match piece {
                    Piece::Words(words) => format += &words.replace('{', "{{").replace('}', "}}"),
                    Piece::Value(name)
                    | Piece::Number {
                        name,
                        grouped: false,
                    } => {
                        format += &format!("{{{name}}}");
                    }
                    Piece::Number {
                        name,
                        grouped: true,
                    } => {
                        format += "{}";
                        values += &format!(", crate::grouped({name})");
                    }
                    Piece::Select { on, cases, .. } => {
                        let plain = cases.iter().all(|case| is_fixed(&case.pieces));
                        let arm = if plain {
                            |pieces: &[Piece], _: &Language| literal(pieces)
                        } else {
                            string
                        };
                        format += "{}";
                        values += &format!(", {}", select(on, cases, language, arm));
                    }
                }
            }
            format!("format!({format:?}{values})")
        }
    }
}

fn select(
    on: &str,
    cases: &[Case],
    language: &Language,
    arm: fn(&[Piece], &Language) -> String,
) -> String {
    let case = |key: &str| {
        cases
            .iter()
            .find(|case| case.key == key)
            .map(|case| arm(&case.pieces, language))
    };
    if let (Some(yes), Some(no)) = (case("true"), case("false")) {
        return format!("if {on} {{ {yes} }} else {{ {no} }}");
    }
    let exactly = cases.iter().filter(|case| case.key.parse::<u64>().is_ok());
    let exactly = exactly.map(|case| (case.key.as_str(), arm(&case.pieces, language)));
    let forms = language
        .plurals
        .iter()
        .filter_map(|(form, pattern)| Some((*pattern, case(form)?)));
    let arms = exactly
        .chain(forms)
        .map(|(pattern, expression)| format!("{pattern} => {expression}"));
    format!(
        "match crate::Number::count({on}) {{ {} }}",
        arms.collect::<Vec<_>>().join(", ")
    )
}

/// The text for its doc comment: brackets are escaped, because they are not links.
fn shown(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.replace('[', "\\["),
        Piece::Value(name) | Piece::Number { name, .. } => format!("{{{name}}}"),
        Piece::Select { cases, .. } => {
            let other = cases.iter().find(|case| case.default);
            other.map(|case| shown(&case.pieces)).unwrap_or_default()
        }
    };
    pieces.iter().map(piece).collect()
}
