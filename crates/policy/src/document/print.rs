//! From policy to text.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{
    Condition, Effect, Listed, Located, Policy, PrincipalElement, PrincipalType, Statement, Version,
};

/// JSON whose members keep the order in which they were written.
enum Json {
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The policy as JSON, formatted for people.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = match self.version {
            Version::V2008 => "2008-10-17",
            Version::V2012 => "2012-10-17",
        };
        let statements = self.statements.iter().map(|s| statement(s)).collect();
        let mut members = vec![("Version".to_owned(), version.into())];
        members.extend(self.id.as_deref().map(|id| ("Id".to_owned(), id.into())));
        members.push(("Statement".to_owned(), Json::Array(statements)));
        let text = serde_json::to_string_pretty(&Json::Object(members)).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

fn statement(statement: &Statement) -> Json {
    let effect = match statement.effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    let mut members = Vec::new();
    members.extend((statement.sid.as_ref()).map(|sid| ("Sid".to_owned(), sid.as_str().into())));
    members.push(("Effect".to_owned(), effect.into()));
    members.extend(
        (statement.principals.as_ref())
            .map(|listed| (name("Principal", listed), principals(&listed.items))),
    );
    members.push((
        name("Action", &statement.actions),
        texts(&statement.actions.items),
    ));
    members.extend(
        (statement.resources.as_ref())
            .map(|listed| (name("Resource", listed), texts(&listed.items))),
    );
    if !statement.conditions.is_empty() {
        members.push(("Condition".to_owned(), conditions(&statement.conditions)));
    }
    Json::Object(members)
}

fn name<T>(element: &str, listed: &Listed<T>) -> String {
    let not = if listed.excluded { "Not" } else { "" };
    format!("{not}{element}")
}

fn texts(items: &[Located<String>]) -> Json {
    Json::Array(items.iter().map(|item| item.as_str().into()).collect())
}

fn principals(items: &[Located<PrincipalElement>]) -> Json {
    let mut kinds: Vec<(String, Json)> = Vec::new();
    for item in items {
        let known = PrincipalType::ALL
            .iter()
            .find(|(kind, _)| *kind == item.kind);
        add(
            &mut kinds,
            known.map_or("AWS", |(_, name)| name),
            item.text.as_str().into(),
        );
    }
    Json::Object(kinds)
}

/// Adds an item to the array of that name. Creates the array if needed.
fn add(arrays: &mut Vec<(String, Json)>, name: &str, item: Json) {
    match arrays.iter_mut().find(|(known, _)| known == name) {
        Some((_, Json::Array(items))) => items.push(item),
        _ => arrays.push((name.to_owned(), Json::Array(vec![item]))),
    }
}

fn conditions(conditions: &[Located<Condition>]) -> Json {
    let mut operators: Vec<(String, Json)> = Vec::new();
    for condition in conditions {
        let operator = condition.operator.to_string();
        let member = (condition.key.clone(), texts(&condition.values));
        match operators.iter_mut().find(|(known, _)| *known == operator) {
            Some((_, Json::Object(keys))) => keys.push(member),
            _ => operators.push((operator, Json::Object(vec![member]))),
        }
    }
    Json::Object(operators)
}
