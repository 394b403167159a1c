//! Policies as written.
//!
//! Source: "Grammar of the IAM JSON policy language" in the IAM User Guide.

mod json;
mod parse;
mod position;
mod principals;
mod print;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::operator::Operator;

use position::Places;
pub use position::{Located, Position};
pub(crate) use principals::read_arn;
pub use principals::{Named, PrincipalElement, PrincipalType};

/// Why a text is not a policy, and where. An invalid policy grants nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{at}: {message}")]
pub struct ParseError {
    /// The position of the error.
    pub at: Position,
    /// What was expected there.
    pub message: String,
}

impl ParseError {
    fn at(text: &str, offset: usize, expected: impl Into<String>) -> Self {
        Self {
            at: Position::of(text, offset),
            message: format!("expected {}", expected.into()),
        }
    }
}

/// What a policy is attached to. It decides which elements its statements can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyKind {
    /// A repository: statements name principals, and the only resource is the repository.
    Repository,
    /// A registry: statements name principals and resources.
    Registry,
    /// A role or user: statements name resources, and the only principal is the role or user itself.
    Identity,
}

/// A policy.
#[derive(Debug, Clone)]
pub struct Policy {
    text: Arc<str>,
    places: Places,
    /// What it is attached to.
    pub kind: PolicyKind,
    /// The version of the language. Variables are only read in the later one.
    pub version: Version,
    /// Its `Id`.
    pub id: Option<String>,
    /// Its statements, in the order of the text.
    pub statements: Vec<Located<Statement>>,
}

/// Two policies are equal if they say the same, whatever their layout.
impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        let parts = |policy: &Self| (policy.kind, policy.version, policy.id.clone());
        parts(self) == parts(other) && self.statements == other.statements
    }
}

impl Eq for Policy {}

/// A version of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`, which is also the default: no variables.
    V2008,
    /// `2012-10-17`.
    V2012,
}

/// Whether a statement allows or denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

/// A list in a statement, or the complement of one (`NotAction` and similar).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// What is listed.
    pub items: Vec<Located<T>>,
    /// Whether everything except the list is meant.
    pub excluded: bool,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its Sid.
    pub sid: Option<Located<String>>,
    /// Allow or deny.
    pub effect: Effect,
    /// The principals that it concerns. None in identity policies.
    pub principals: Option<Located<Listed<PrincipalElement>>>,
    /// The actions, with wildcards as written.
    pub actions: Located<Listed<String>>,
    /// The resources, with wildcards as written. None if the policy is attached to the resource.
    pub resources: Option<Located<Listed<String>>>,
    /// The conditions, which must all hold.
    pub conditions: Vec<Located<Condition>>,
}

impl Statement {
    /// Its Sid, if it has one that is not empty.
    pub fn sid(&self) -> Option<&str> {
        (self.sid.as_ref())
            .map(|sid| sid.as_str())
            .filter(|sid| !sid.is_empty())
    }

    /// A label for people: its Sid, or its place (`#0` is the first).
    pub fn label(&self, index: usize) -> String {
        label(self.sid(), index)
    }
}

/// The label of a statement with this Sid, at this place.
pub(crate) fn label(sid: Option<&str>, index: usize) -> String {
    sid.map_or_else(|| format!("#{index}"), str::to_owned)
}

/// A condition: an operator, a key and the values that it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The operator.
    pub operator: Operator,
    /// The key, as written.
    pub key: String,
    /// The values, variables as written.
    pub values: Vec<Located<String>>,
}

impl Policy {
    /// Parses a policy document.
    ///
    /// # Errors
    /// If the text is not JSON, or any part of it is not valid in a policy of this kind.
    pub fn parse(text: impl Into<Arc<str>>, kind: PolicyKind) -> Result<Self, ParseError> {
        parse::policy(text.into(), kind)
    }

    /// A policy without statements, as for a repository without a policy.
    pub fn empty(kind: PolicyKind) -> Self {
        Self {
            text: "".into(),
            places: Places::of(""),
            kind,
            version: Version::V2012,
            id: None,
            statements: Vec::new(),
        }
    }

    /// Whether a statement names this role, user or session among its principals, or excludes it.
    pub fn names(&self, arn: &str) -> bool {
        (self.statements.iter())
            .flat_map(|statement| &statement.principals)
            .flat_map(|listed| &listed.items)
            .any(|item| item.named() == Named::Arn(arn))
    }

    /// The text that the policy was parsed from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The position of a byte in its text.
    pub(crate) fn position_of(&self, offset: usize) -> Position {
        self.places.find(&self.text, offset)
    }

    /// The position of a part in its text.
    pub fn position<T>(&self, part: &Located<T>) -> Position {
        self.position_of(part.offset)
    }
}
