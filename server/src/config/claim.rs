//! Which claim of a sign-in holds something.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, SeqAccess, Visitor},
};

/// Where a claim is: its name, or the names that lead to it through nested claims.
///
/// A text is one name as it is, whatever it holds: names of claims have dots, colons and slashes in them
/// (`cognito:groups`, `https://example.com/groups`). So a path is a list, as in `["realm_access", "roles"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimPath(Vec<String>);

impl ClaimPath {
    /// A claim at the top.
    pub fn top(name: &str) -> Self {
        Self(vec![name.to_owned()])
    }

    /// The names, from the top.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The name of the claim at the top that it begins with.
    pub fn first(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }
}

/// As the configuration has it: a list in TOML where it is one. Characters that hide something are escaped.
impl fmt::Display for ClaimPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(self.0.iter().map(String::as_str)))
    }
}

/// How a configuration names a claim. A name that needs escapes stands in quotes.
pub(crate) fn written<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    // A text of JSON is one of TOML too.
    let quoted = |name: &str| model::visible_json(&serde_json::Value::from(name).to_string());
    let names: Vec<_> = names.into_iter().map(|name| (name, quoted(name))).collect();
    match names.as_slice() {
        [(name, quoted)] if quoted[1..quoted.len() - 1] == **name => (*name).to_owned(),
        [(_, quoted)] => quoted.clone(),
        names => {
            let quoted: Vec<_> = names.iter().map(|(_, quoted)| quoted.as_str()).collect();
            format!("[{}]", quoted.join(", "))
        }
    }
}

impl<'de> Deserialize<'de> for ClaimPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = ClaimPath;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a claim's name, or a list of names that leads into nested claims, \
                     as in [\"realm_access\", \"roles\"]",
                )
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<ClaimPath, E> {
                if name.is_empty() {
                    return Err(E::invalid_value(de::Unexpected::Str(name), &self));
                }
                Ok(ClaimPath::top(name))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ClaimPath, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element::<String>()? {
                    names.push(name);
                }
                if names.is_empty() || names.iter().any(String::is_empty) {
                    return Err(de::Error::invalid_value(de::Unexpected::Seq, &self));
                }
                Ok(ClaimPath(names))
            }
        }

        deserializer.deserialize_any(Names)
    }
}

impl Serialize for ClaimPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [name] => serializer.serialize_str(name),
            names => names.serialize(serializer),
        }
    }
}

impl JsonSchema for ClaimPath {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ClaimPath".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "string", "minLength": 1 },
                { "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 },
            ],
        })
    }
}
