//! Policies as they were read, and when.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use model::{Problem, Timestamp};
use policy::{CompiledPolicy, Effect, ParseError, Policy, PolicyKind, Resource};

/// What failed is not tried again at once: the several questions of one page, and many people on a
/// bad day, would each wait for every retry.
pub const RETRY_DELAY: Duration = Duration::from_secs(1);

/// Which requests a registry policy concerns (the account setting `REGISTRY_POLICY_SCOPE`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PolicyScope {
    /// V1: ReplicateImage, BatchImportUpstreamImage and CreateRepository alone.
    Replication,
    /// V2: every request.
    Every,
    /// The setting could not be read: only denies count.
    #[default]
    Unknown,
}

/// What ECR gave for a policy: a text, or that none is set.
#[derive(Debug)]
pub struct Document {
    text: Option<Arc<str>>,
    compiled: Result<CompiledPolicy, ParseError>,
}

impl Document {
    /// Reads a text. That no policy is set reads as one without statements.
    pub fn read(text: Option<String>, kind: PolicyKind) -> Self {
        let text: Option<Arc<str>> = text.map(Into::into);
        let compiled = match &text {
            Some(text) => CompiledPolicy::parse(Arc::clone(text), kind),
            None => Ok(CompiledPolicy::new(Policy::empty(kind))),
        };
        Self { text, compiled }
    }

    /// The text, if a policy is set.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    pub(crate) fn shared_text(&self) -> Option<Arc<str>> {
        self.text.clone()
    }

    /// The policy, or why it cannot be understood.
    pub fn compiled(&self) -> Result<&CompiledPolicy, &ParseError> {
        self.compiled.as_ref()
    }
}

/// A repository's policy, and what of the repository policies may ask for.
#[derive(Debug)]
pub struct RepositoryPolicy {
    /// What was read.
    pub document: Arc<Document>,
    /// The repository, with the tags that policies may ask for.
    pub resource: Resource,
}

impl PartialEq for RepositoryPolicy {
    fn eq(&self, other: &Self) -> bool {
        self.document.text == other.document.text && self.resource == other.resource
    }
}

/// A registry's policy, and which requests it concerns.
#[derive(Debug)]
pub struct RegistryPolicy {
    /// What was read.
    pub document: Document,
    scope: PolicyScope,
    /// The part that concerns what Gantry asks about, where that is not all of it.
    part: Option<CompiledPolicy>,
}

impl PartialEq for RegistryPolicy {
    fn eq(&self, other: &Self) -> bool {
        self.document.text == other.document.text && self.scope == other.scope
    }
}

impl RegistryPolicy {
    /// Reads a policy's text.
    pub fn read(text: Option<String>, scope: PolicyScope) -> Self {
        let document = Document::read(text, PolicyKind::Registry);
        let part = match scope {
            PolicyScope::Every => None,
            // Nothing in it concerns what Gantry asks about, whatever it says.
            PolicyScope::Replication => Some(Policy::empty(PolicyKind::Registry)),
            // Nobody knows whether it concerns the request: it may only withhold.
            PolicyScope::Unknown => document.compiled().ok().map(|compiled| {
                let mut policy = compiled.policy().clone();
                let denies = |effect: Effect| effect == Effect::Deny;
                policy
                    .statements
                    .retain(|statement| denies(statement.effect));
                policy
            }),
        };
        Self {
            part: part.map(CompiledPolicy::new),
            document,
            scope,
        }
    }

    /// The part that concerns what Gantry asks about; none where it was not understood.
    pub fn in_scope(&self) -> Option<&CompiledPolicy> {
        self.part.as_ref().or(self.document.compiled().ok())
    }
}

/// The last reading of a policy.
#[derive(Debug)]
pub struct Reading<T> {
    /// What was read last. None when that never succeeded.
    pub policy: Option<Arc<T>>,
    /// When that was, by the clock that only goes forward.
    pub(crate) read: Instant,
    /// When that was, for people.
    pub read_at: Timestamp,
    /// Why the latest attempt failed, if it did.
    pub problem: Option<Problem>,
    /// When the latest attempt ended, well or not.
    tried: Instant,
}

impl<T: PartialEq> Reading<T> {
    /// Nothing read yet.
    pub fn never() -> Self {
        Self {
            policy: None,
            read: Instant::now(),
            read_at: Timestamp(0),
            problem: None,
            tried: Instant::now(),
        }
    }

    /// Whether something is known: the policy, or that it cannot be read for a reason that does not pass
    /// by itself.
    pub fn is_settled(&self) -> bool {
        let passes = |problem: &Problem| {
            matches!(
                problem,
                Problem::Throttled | Problem::Credentials | Problem::Unreachable | Problem::Failing
            )
        };
        self.policy.is_some() || self.problem.is_some_and(|problem| !passes(&problem))
    }

    /// Whether it is no older than this.
    pub fn is_fresh(&self, age: Duration) -> bool {
        self.policy.is_some() && self.read.elapsed() <= age
    }

    /// Whether what ECR said is no older than a moment: the call began after it.
    pub fn is_of(&self, moment: Instant) -> bool {
        self.policy.is_some() && self.problem.is_none() && self.read >= moment
    }

    /// Whether an attempt that began after a moment succeeded, or one failed since or a moment ago.
    pub fn tried_since(&self, moment: Instant) -> bool {
        if self.problem.is_some() {
            self.tried >= moment || self.tried.elapsed() < RETRY_DELAY
        } else {
            self.is_of(moment)
        }
    }

    /// The reading after another attempt, which began at a moment: what ECR said is as old as that.
    /// What reads the same keeps its policy, and with it everything that rests on it; a failure keeps
    /// the older policy, which goes on ageing.
    pub fn then(&self, outcome: Result<T, Problem>, began: Instant, now: Timestamp) -> Self {
        let tried = Instant::now();
        match outcome {
            Err(problem) => Self {
                policy: self.policy.clone(),
                read: self.read,
                read_at: self.read_at,
                problem: Some(problem),
                tried,
            },
            Ok(policy) => {
                let same = self.policy.clone().filter(|known| **known == policy);
                Self {
                    policy: Some(same.unwrap_or_else(|| Arc::new(policy))),
                    read: began,
                    read_at: now,
                    problem: None,
                    tried,
                }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_concerns_replication_alone_decides_nothing_even_where_it_is_not_understood() {
        for text in ["{", r#"{"Version": "2012-10-17", "Statement": []}"#] {
            let read = |scope| RegistryPolicy::read(Some(text.to_owned()), scope);
            let in_scope = read(PolicyScope::Replication);
            assert!(in_scope.in_scope().unwrap().policy().statements.is_empty());
        }
        let every = RegistryPolicy::read(Some("{".to_owned()), PolicyScope::Every);
        assert!(every.in_scope().is_none());
    }
}
