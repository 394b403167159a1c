//! `docs/configuration.md`: one table for each table of the configuration.

use std::fmt;

use serde_json::{Map, Value};

use super::{EXAMPLE, SCHEMA, is_secret};
use crate::config::{VARIABLE_PREFIX, file::REQUIRED};

/// What applies to all keys.
const HEAD: &str = include_str!("head.md");

/// The page.
pub(crate) fn page() -> String {
    let sections = properties(&SCHEMA).flat_map(|(name, schema)| Section::all(name, schema));
    let sections: String = sections.map(|section| section.to_string()).collect();
    format!("{HEAD}\n```toml\n{EXAMPLE}```\n{sections}")
}

/// A table of the configuration.
struct Section {
    /// As TOML names it, in its brackets.
    heading: String,
    /// What the names of its variables begin with.
    prefix: String,
    schema: &'static Value,
}

impl Section {
    /// A table, and the tables in it.
    fn all(name: &str, schema: &'static Value) -> Vec<Self> {
        let prefix = format!(
            "{VARIABLE_PREFIX}{}__",
            name.replace('.', "__").to_uppercase()
        );
        let items = &schema["items"];
        let own = match is_table(items) {
            true => Self {
                heading: format!("[[{name}]]"),
                prefix: format!("{prefix}0__"),
                schema: items,
            },
            false => Self {
                heading: format!("[{name}]"),
                prefix,
                schema,
            },
        };
        let inner = properties(own.schema).filter(|(_, schema)| is_table(schema));
        let inner: Vec<_> = inner
            .flat_map(|(key, schema)| Self::all(&format!("{name}.{key}"), schema))
            .collect();
        std::iter::once(own).chain(inner).collect()
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## `{}`\n\n{}\n", self.heading, text(self.schema))?;
        f.write_str("| key | what it does | value | default | environment variable |\n")?;
        f.write_str("| --- | --- | --- | --- | --- |\n")?;
        for (key, schema) in properties(self.schema).filter(|(_, schema)| !is_table(schema)) {
            let variable = format!("{}{}", self.prefix, key.to_uppercase());
            let file = match is_secret(schema) {
                true => format!("; `{variable}_FILE` for a file"),
                false => String::new(),
            };
            let cells = [
                format!("`{key}`"),
                text(schema).to_owned(),
                kind(schema),
                default(schema),
                format!("`{variable}`{file}"),
            ];
            for cell in cells {
                write!(f, "| {} ", cell.replace('|', "\\|"))?;
            }
            f.write_str("|\n")?;
        }
        Ok(())
    }
}

fn properties(schema: &'static Value) -> impl Iterator<Item = (&'static str, &'static Value)> {
    let properties = schema["properties"].as_object().into_iter();
    properties
        .flat_map(Map::iter)
        .map(|(key, schema)| (key.as_str(), schema))
}

fn is_table(schema: &Value) -> bool {
    schema["properties"].is_object()
}

fn text(schema: &Value) -> &str {
    schema["description"].as_str().unwrap_or_default()
}

/// What a key takes, with its bounds.
fn kind(schema: &Value) -> String {
    if let Some(title) = schema["title"].as_str() {
        return title.to_owned();
    }
    let alternatives = |list: &Vec<Value>, write: fn(&Value) -> String| {
        list.iter().map(write).collect::<Vec<_>>().join(" or ")
    };
    if let Some(values) = schema["enum"].as_array() {
        return alternatives(values, |value| format!("`{value}`"));
    }
    if let Some(kinds) = schema["anyOf"].as_array() {
        return alternatives(kinds, kind);
    }
    match schema["type"].as_str().unwrap_or_default() {
        "boolean" => "`true` or `false`".to_owned(),
        "integer" => format!("a number of {} or more", schema["minimum"]),
        "array" => format!("a list (each: {})", kind(&schema["items"])),
        "object" => format!("a table (each: {})", kind(&schema["additionalProperties"])),
        _ if is_secret(schema) => "a text (secret)".to_owned(),
        _ => match schema["pattern"].as_str() {
            Some(pattern) => format!("a text that matches `{pattern}`"),
            None => "a text".to_owned(),
        },
    }
}

/// The default of a key, in TOML.
fn default(schema: &Value) -> String {
    if schema[REQUIRED] == true {
        return "required".to_owned();
    }
    match schema.get("default") {
        // JSON's texts, numbers and switches are TOML's too.
        Some(Value::Array(values)) => {
            let values: Vec<_> = values.iter().map(Value::to_string).collect();
            format!("`[{}]`", values.join(", "))
        }
        Some(value) => format!("`{value}`"),
        None => "not set".to_owned(),
    }
}
