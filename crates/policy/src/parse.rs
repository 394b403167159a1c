//! From text to statements.

use std::collections::BTreeMap;

use model::policy::{ConditionView, PrincipalPattern};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use thiserror::Error;

/// Why a text is not a policy, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {message}")]
pub struct ParseError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What was expected.
    pub message: String,
}

/// A policy that can be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its statements, in the order of the text.
    pub statements: Vec<Statement>,
}

/// Whether a statement allows or denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

/// A list that a statement names, or the complement of one (`NotAction` and its like).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// What is listed.
    pub items: Vec<T>,
    /// Whether everything but the listed is meant.
    pub excluded: bool,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its Sid.
    pub sid: Option<String>,
    /// The line it begins on, from 1.
    pub line: u32,
    /// Allow or deny.
    pub effect: Effect,
    /// Whom it concerns.
    pub principals: Listed<PrincipalPattern>,
    /// Which actions, wildcards as written.
    pub actions: Listed<String>,
    /// Which resources, wildcards as written. None in repository policies, which have no such
    /// element: their one resource is the repository.
    pub resources: Option<Listed<String>>,
    /// Under which conditions.
    pub conditions: Vec<ConditionView>,
}

impl Statement {
    /// What people call it: its Sid, or its place (`#0` is the first).
    pub fn label(&self, index: usize) -> String {
        match &self.sid {
            Some(sid) if !sid.is_empty() => sid.clone(),
            _ => format!("#{index}"),
        }
    }
}

/// A policy document, element by element. What is not in the language is refused: a policy that is
/// only half understood must not grant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    #[serde(rename = "Version")]
    version: Option<String>,
    #[serde(rename = "Id")]
    _id: Option<String>,
    #[serde(rename = "Statement", borrow)]
    statement: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct RawStatement {
    sid: Option<String>,
    effect: Effect,
    principal: Option<Value>,
    not_principal: Option<Value>,
    action: Option<OneOrMany>,
    not_action: Option<OneOrMany>,
    resource: Option<OneOrMany>,
    not_resource: Option<OneOrMany>,
    condition: Option<BTreeMap<String, BTreeMap<String, ConditionValues>>>,
}

/// IAM takes a single value wherever it takes a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Vec<String> {
    fn from(values: OneOrMany) -> Self {
        match values {
            OneOrMany::One(value) => vec![value],
            OneOrMany::Many(values) => values,
        }
    }
}

/// Condition values may be written as texts, numbers or booleans.
#[derive(Deserialize)]
#[serde(untagged)]
enum ConditionValues {
    Many(Vec<Value>),
    One(Value),
}

impl Policy {
    /// Reads a policy document.
    ///
    /// # Errors
    /// When the text is not JSON, or not a policy in every part.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let whole = Place { text, offset: 0 };
        let document: Document<'_> = whole.read(text)?;
        if document
            .version
            .is_some_and(|version| version != "2012-10-17" && version != "2008-10-17")
        {
            return Err(whole.error("Version is 2012-10-17 or 2008-10-17"));
        }
        let raw = document.statement;
        let statements = match raw.get().starts_with('[') {
            true => Place::of(text, raw).read::<Vec<&RawValue>>(raw.get())?,
            false => vec![raw],
        };
        let statements = statements
            .into_iter()
            .map(|raw| Statement::read(Place::of(text, raw), raw));
        Ok(Self {
            statements: statements.collect::<Result<_, _>>()?,
        })
    }
}

impl Statement {
    fn read(place: Place<'_>, raw: &RawValue) -> Result<Self, ParseError> {
        let raw: RawStatement = place.read(raw.get())?;
        let principals = match (raw.principal, raw.not_principal) {
            (Some(listed), None) => Listed {
                items: principals(&listed, place)?,
                excluded: false,
            },
            (None, Some(listed)) => Listed {
                items: principals(&listed, place)?,
                excluded: true,
            },
            _ => return Err(place.error("a statement has either Principal or NotPrincipal")),
        };
        let actions = listed(raw.action, raw.not_action)
            .ok_or_else(|| place.error("a statement has either Action or NotAction"))?;
        if raw.resource.is_some() && raw.not_resource.is_some() {
            return Err(place.error("a statement has Resource or NotResource, not both"));
        }
        Ok(Self {
            sid: raw.sid,
            line: u32::try_from(place.position().0).unwrap_or(u32::MAX),
            effect: raw.effect,
            principals,
            actions,
            resources: listed(raw.resource, raw.not_resource),
            conditions: conditions(raw.condition.unwrap_or_default()),
        })
    }
}

fn listed(included: Option<OneOrMany>, excluded: Option<OneOrMany>) -> Option<Listed<String>> {
    match (included, excluded) {
        (Some(items), None) => Some(Listed {
            items: items.into(),
            excluded: false,
        }),
        (None, Some(items)) => Some(Listed {
            items: items.into(),
            excluded: true,
        }),
        _ => None,
    }
}

fn principals(value: &Value, place: Place<'_>) -> Result<Vec<PrincipalPattern>, ParseError> {
    let expected = || {
        place.error("a principal is \"*\" or an object of AWS, Service, Federated or CanonicalUser")
    };
    let Value::Object(kinds) = value else {
        return if value == "*" {
            Ok(vec![PrincipalPattern::Everyone])
        } else {
            Err(expected())
        };
    };
    let mut patterns = Vec::new();
    for (kind, values) in kinds {
        let values = match values {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values {
            let text = value.as_str().ok_or_else(expected)?;
            patterns.push(match kind.as_str() {
                "AWS" => aws_principal(text),
                "Service" => PrincipalPattern::Service(text.to_owned()),
                "Federated" | "CanonicalUser" => PrincipalPattern::Other(text.to_owned()),
                _ => return Err(expected()),
            });
        }
    }
    Ok(patterns)
}

/// What an `AWS` principal names. An account is written as its twelve digits or as its root's ARN;
/// an id beginning with AROA or AIDA is what a deleted role or user leaves behind.
fn aws_principal(text: &str) -> PrincipalPattern {
    let root = || {
        let (before, resource) = text.rsplit_once(':')?;
        let account = before.rsplit_once(':')?.1;
        (resource == "root" && text.starts_with("arn:")).then_some(account)
    };
    let account = model::AccountId::parse(text).map(|_| text).or_else(root);
    let is_id = text.len() >= 16
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    match account {
        _ if text == "*" => PrincipalPattern::Everyone,
        Some(account) => PrincipalPattern::Account(account.to_owned()),
        None if is_id && (text.starts_with("AROA") || text.starts_with("AIDA")) => {
            PrincipalPattern::Deleted(text.to_owned())
        }
        None => PrincipalPattern::Arn(text.to_owned()),
    }
}

fn conditions(raw: BTreeMap<String, BTreeMap<String, ConditionValues>>) -> Vec<ConditionView> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let keys = raw.into_iter().flat_map(|(operator, keys)| {
        keys.into_iter()
            .map(move |(key, values)| (operator.clone(), key, values))
    });
    keys.map(|(operator, key, values)| {
        let values = match values {
            ConditionValues::Many(values) => values,
            ConditionValues::One(value) => vec![value],
        };
        ConditionView {
            operator,
            key,
            values: values.into_iter().map(text).collect(),
        }
    })
    .collect()
}

/// A place in the text, for errors and for line numbers.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Place<'a> {
    /// Where a part that was borrowed from the text stands in it.
    fn of(text: &'a str, part: &RawValue) -> Self {
        let offset = (part.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        Self {
            text,
            offset: offset.min(text.len()),
        }
    }

    /// Line and column, from 1.
    fn position(self) -> (usize, usize) {
        let before = &self.text.as_bytes()[..self.offset];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|b| **b != b'\n').count() + 1;
        (line, column)
    }

    fn error(self, message: &str) -> ParseError {
        let (line, column) = self.position();
        ParseError {
            line,
            column,
            message: message.to_owned(),
        }
    }

    fn read<'t, T: Deserialize<'t>>(self, part: &'t str) -> Result<T, ParseError> {
        serde_json::from_str(part).map_err(|error| {
            let (line, column) = self.position();
            // The parser counts from the part's beginning, and ends its message with that place.
            let on_first_line = error.line() <= 1;
            let message = error.to_string();
            ParseError {
                line: line + error.line().saturating_sub(1),
                column: if on_first_line {
                    column + error.column().saturating_sub(1)
                } else {
                    error.column()
                },
                message: message
                    .split(" at line ")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            }
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn single_values_stand_for_lists_of_one() {
        let text = r#"{"Version":"2008-10-17","Statement":{"Effect":"Allow",
            "Principal":{"AWS":"111122223333"},"Action":"ecr:*"}}"#;
        let policy = Policy::parse(text).unwrap();
        let statement = &policy.statements[0];
        assert_eq!(
            statement.principals.items,
            [PrincipalPattern::Account("111122223333".into())]
        );
        assert_eq!(statement.actions.items, ["ecr:*"]);
        assert_eq!(statement.label(0), "#0");
    }

    #[test]
    fn statements_know_their_lines() {
        let text = "{\n \"Statement\": [\n  {\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"a:b\"},\n\n  {\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"a:b\"}\n ]\n}";
        let lines: Vec<u32> = Policy::parse(text)
            .unwrap()
            .statements
            .iter()
            .map(|s| s.line)
            .collect();
        assert_eq!(lines, [3, 5]);
    }

    #[test]
    fn what_is_not_understood_is_an_error_with_its_place() {
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"Statement":[{"Effect":"allow","Principal":"*","Action":"a:b"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Principal":"*"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Action":"a:b"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Principal":"me","Action":"a:b"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Principal":"*","NotPrincipal":"*","Action":"a:b"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"a:b","Conditions":{}}]}"#,
            r#"{"Version":"2020-01-01","Statement":[]}"#,
        ] {
            assert!(Policy::parse(bad).is_err(), "{bad}");
        }
        let error = Policy::parse("{\n  \"Statement\": [\n    {\"Effect\": \"Maybe\"}\n  ]\n}")
            .unwrap_err();
        assert_eq!(error.line, 3);
        assert!(error.message.contains("Maybe"), "{error}");
    }

    #[test]
    fn the_forms_of_a_principal() {
        assert_eq!(aws_principal("*"), PrincipalPattern::Everyone);
        assert_eq!(
            aws_principal("arn:aws:iam::111122223333:root"),
            PrincipalPattern::Account("111122223333".into())
        );
        assert_eq!(
            aws_principal("AROAEXAMPLEIDOFAROLE1"),
            PrincipalPattern::Deleted("AROAEXAMPLEIDOFAROLE1".into())
        );
        let arn = "arn:aws:iam::111122223333:role/root";
        assert_eq!(aws_principal(arn), PrincipalPattern::Arn(arn.into()));
    }
}
