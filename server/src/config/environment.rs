//! The environment over the file: `GANTRY__SERVER__LISTEN` is `listen` in `[server]`,
//! `GANTRY__REGISTRY__0__REGION` is `region` in the first `[[registry]]`, and `GANTRY__STORE__URL_FILE` a file
//! with `url` of `[store]`.

use toml::{Table, Value};

use super::{ConfigError, reference, secret_file, value};

/// What the names of variables begin with. Two underscores part the keys, for keys hold single ones.
pub(crate) const PREFIX: &str = "GANTRY__";

/// The table with every variable's value in its place.
pub(super) fn overlay(
    table: Table,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Table, ConfigError> {
    let mut variables: Vec<_> = variables
        .filter(|(name, _)| name.starts_with(PREFIX))
        .collect();
    // In order, so that the entries of a list are made one after the other.
    variables.sort();
    let mut root = Value::Table(table);
    for (name, text) in &variables {
        let keys = name[PREFIX.len()..].to_lowercase();
        let (keys, text) = match secret_file::secret_of(&keys) {
            Some(secret) => {
                let is_same =
                    |(other, _): &&(String, String)| other[PREFIX.len()..].to_lowercase() == secret;
                if let Some((other, _)) = variables.iter().find(is_same) {
                    return Err(value(
                        name,
                        format!("{other} is set too; set only one of them"),
                    ));
                }
                (secret.to_owned(), secret_file::read(name, text)?)
            }
            None => (keys, text.clone()),
        };
        let place = keys
            .split("__")
            .try_fold(&mut root, |place, key| step(place, key));
        let place = place.ok_or_else(|| value(name, "does not name a key of the configuration"))?;
        *place = read(text, reference::schema_of(keys.split("__")));
    }
    match root {
        Value::Table(table) => Ok(table),
        _ => Err(value(PREFIX, "names no key")),
    }
}

/// The value at a key, made if there is none.
fn step<'a>(place: &'a mut Value, key: &str) -> Option<&'a mut Value> {
    if let Ok(index) = key.parse::<usize>() {
        if place.as_table().is_some_and(Table::is_empty) {
            *place = Value::Array(Vec::new());
        }
        let list = place.as_array_mut()?;
        if index == list.len() {
            list.push(Value::Table(Table::new()));
        }
        return list.get_mut(index);
    }
    let table = place.as_table_mut()?;
    Some(
        table
            .entry(key)
            .or_insert_with(|| Value::Table(Table::new())),
    )
}

/// A variable's text as TOML where it is (`true`, `5`, `["a"]`), and as a plain text otherwise. Where the key takes a
/// text alone, digits are one too; a secret is taken as it is.
fn read(text: String, schema: Option<&serde_json::Value>) -> Value {
    if schema.is_some_and(reference::is_secret) {
        return Value::String(text);
    }
    let typed = toml::from_str::<Table>(&format!("value = {text}")).ok();
    let typed = typed
        .filter(|table| table.len() == 1)
        .and_then(|mut table| table.remove("value"));
    let is_text = schema.is_some_and(|schema| schema["type"] == "string");
    typed
        .filter(|typed| typed.is_str() || !is_text)
        .unwrap_or(Value::String(text))
}
