//! Policies as they were read, and when.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use model::{Problem, Timestamp};
use policy::{ParseError, Policy};

use crate::{inventory::PAUSE, port::PolicyScope};

/// What ECR gave for a policy: a text, or that none is set.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Document {
    text: Option<Arc<str>>,
    parsed: Result<Policy, ParseError>,
}

impl Document {
    /// Parses a text. That no policy is set reads as one without statements.
    pub(crate) fn parse(text: Option<String>) -> Self {
        let parsed = match &text {
            Some(text) => Policy::parse(text),
            None => Ok(Policy {
                statements: Vec::new(),
            }),
        };
        Self {
            text: text.map(Into::into),
            parsed,
        }
    }

    /// The text, if a policy is set.
    pub(crate) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The policy, or why it cannot be understood.
    pub(crate) fn parsed(&self) -> Result<&Policy, &ParseError> {
        self.parsed.as_ref()
    }

    pub(super) fn is_understood(&self) -> bool {
        self.parsed.is_ok()
    }
}

/// The last reading of a policy, and of what decides which requests it concerns: the repository's
/// concerns all of its own.
#[derive(Debug, Clone)]
pub(crate) struct Reading<Scope = ()> {
    /// What was read last. None when that never succeeded.
    pub(crate) document: Option<Arc<Document>>,
    /// Which requests it concerns.
    pub(crate) scope: Scope,
    /// When that was, by the clock that only goes forward.
    pub(crate) read: Instant,
    /// When that was, for people.
    pub(crate) read_at: Timestamp,
    /// Why the latest attempt failed, if it did.
    pub(crate) problem: Option<Problem>,
    /// When the latest attempt ended, well or not.
    tried: Instant,
}

/// The last reading of a registry's policy and of its scope.
pub(crate) type RegistryReading = Reading<PolicyScope>;

impl<Scope: Clone + Default + PartialEq> Reading<Scope> {
    /// Nothing read yet.
    pub(crate) fn never() -> Self {
        Self {
            document: None,
            scope: Scope::default(),
            read: Instant::now(),
            read_at: Timestamp(0),
            problem: None,
            tried: Instant::now(),
        }
    }

    /// Whether it is younger than this.
    pub(crate) fn is_fresh(&self, age: Duration) -> bool {
        self.document.is_some() && self.read.elapsed() < age
    }

    /// Whether an attempt ended, well or not, after a moment, or failed a moment ago.
    pub(crate) fn tried_since(&self, moment: Instant) -> bool {
        self.tried >= moment || (self.problem.is_some() && self.tried.elapsed() < PAUSE)
    }

    /// The reading after another attempt. The same text of the same scope keeps its document, and with
    /// it everything that was decided by it; a failure keeps the older reading, which goes on ageing.
    pub(crate) fn then(
        &self,
        outcome: Result<(Option<String>, Scope), Problem>,
        now: Timestamp,
    ) -> Self {
        let (text, scope) = match outcome {
            Ok(read) => read,
            Err(problem) => {
                return Self {
                    problem: Some(problem),
                    tried: Instant::now(),
                    ..self.clone()
                };
            }
        };
        let same = self
            .document
            .as_ref()
            .filter(|document| document.text() == text.as_deref() && scope == self.scope);
        let document = same
            .cloned()
            .unwrap_or_else(|| Arc::new(Document::parse(text)));
        Self {
            document: Some(document),
            scope,
            read: Instant::now(),
            read_at: now,
            problem: None,
            tried: Instant::now(),
        }
    }
}
