//! The reference of the configuration, made from the types that read it: a JSON Schema, and a page of Markdown.

mod markdown;

use std::sync::LazyLock;

pub(crate) use markdown::page;
use schemars::{Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::Value;

use super::file::File;

/// A complete configuration, as the page shows it.
pub(crate) const EXAMPLE: &str = include_str!("example.toml");

/// The schema of `gantry.toml`, without references: a key's schema is where the key is.
pub(crate) static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let settings = SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .with_transform(RecursiveTransform(as_toml));
    let schema = settings.into_generator().into_root_schema_for::<File>();
    schema.to_value()
});

/// The schema of a key, by the names that lead to it. A number is a place in a list.
pub(super) fn schema_of<'a>(mut keys: impl Iterator<Item = &'a str>) -> Option<&'static Value> {
    keys.try_fold(&*SCHEMA, |schema, key| match key.parse::<usize>() {
        Ok(_) => schema.get("items"),
        Err(_) => schema.get("properties")?.get(key),
    })
}

/// Whether a key holds a secret.
pub(super) fn is_secret(schema: &Value) -> bool {
    schema["writeOnly"] == true
}

/// TOML has no null, and its numbers have no width. Doc comments are wrapped; descriptions are not.
fn as_toml(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [name] = types.as_slice() {
            let name = name.clone();
            schema.insert("type".to_owned(), name);
        }
    }
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
    schema.remove("format");
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace('\n', " ");
    }
}
