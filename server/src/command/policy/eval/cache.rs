//! Parsed policies and principals that several questions share.

use std::{collections::HashMap, sync::Arc};

use foldhash::fast::RandomState;
use policy::{
    CompiledPolicy, Effect, ParseError, PolicyKind, Principal, PrincipalError, Statement, Subject,
};
use serde::Serialize;

/// How many texts of each kind are kept, so that questions that share nothing cannot fill the memory.
const MOST: usize = 10_000;

/// Policies and principals by their texts.
#[derive(Default)]
pub(super) struct Cache {
    /// By kind: the same text means different things in different positions.
    policies: [Known<Result<Arc<Entry>, ParseError>>; 3],
    subjects: Known<Result<Arc<Subject>, PrincipalError>>,
}

/// A policy, and what answers say about its statements.
pub(super) struct Entry {
    pub(super) policy: Arc<CompiledPolicy>,
    /// For each statement, the members of a JSON object that identify it.
    pub(super) statements: Vec<String>,
}

/// A statement's name and effect.
#[derive(Serialize)]
struct Name<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<&'a str>,
    /// For a statement without a Sid.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    effect: Effect,
}

type Known<T> = HashMap<Box<str>, T, RandomState>;

impl Cache {
    /// The policy that a text contains.
    pub(super) fn policy(
        &mut self,
        text: &str,
        kind: PolicyKind,
    ) -> Result<Arc<Entry>, ParseError> {
        let known = &mut self.policies[kind as usize];
        look_up(known, text, || {
            CompiledPolicy::parse(text, kind).map(|policy| Arc::new(entry(policy)))
        })
    }

    /// The principal that a text names, without tags.
    pub(super) fn subject(&mut self, text: &str) -> Result<Arc<Subject>, PrincipalError> {
        look_up(&mut self.subjects, text, || {
            Principal::parse(text).map(|principal| Arc::new(Subject::new(principal, [])))
        })
    }
}

fn entry(policy: CompiledPolicy) -> Entry {
    let members = |(index, statement): (usize, &Statement)| {
        let sid = statement.sid();
        let name = Name {
            sid,
            index: sid.is_none().then_some(index),
            effect: statement.effect,
        };
        let object = serde_json::to_string(&name).unwrap_or_default();
        object.trim_matches(['{', '}']).to_owned()
    };
    let statements = policy
        .policy()
        .statements
        .iter()
        .map(|statement| &**statement);
    Entry {
        statements: statements.enumerate().map(members).collect(),
        policy: Arc::new(policy),
    }
}

fn look_up<T: Clone>(known: &mut Known<T>, text: &str, read: impl FnOnce() -> T) -> T {
    if let Some(value) = known.get(text) {
        return value.clone();
    }
    if known.len() == MOST {
        known.clear();
    }
    let value = read();
    known.insert(text.into(), value.clone());
    value
}
