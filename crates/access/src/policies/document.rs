//! Policies as they were read, with the time of the reading.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use model::{Problem, Timestamp};
use policy::{CompiledPolicy, Effect, ParseError, Policy, PolicyKind, Resource};

/// How long to wait after a failed reading. Without it, each of several checks on one page, and
/// every viewer during an outage, would wait for all retries.
pub const RETRY_DELAY: Duration = Duration::from_secs(1);

/// Which requests a registry policy applies to (the account setting `REGISTRY_POLICY_SCOPE`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PolicyScope {
    /// V1: only ReplicateImage, BatchImportUpstreamImage and CreateRepository.
    Replication,
    /// V2: every request.
    Every,
    /// The setting could not be read: only denies count.
    #[default]
    Unknown,
}

/// What ECR returned for a policy: a text, or that no policy is set.
#[derive(Debug)]
pub struct Document {
    text: Option<Arc<str>>,
    compiled: Result<CompiledPolicy, ParseError>,
}

impl Document {
    /// Reads a policy text. No policy is the same as a policy without statements.
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

    /// The policy, or why it was not understood.
    pub fn compiled(&self) -> Result<&CompiledPolicy, &ParseError> {
        self.compiled.as_ref()
    }
}

/// A repository policy, and the properties of the repository that policies may check.
#[derive(Debug)]
pub struct RepositoryPolicy {
    /// The policy as it was read.
    pub document: Arc<Document>,
    /// The repository, with the tags that policies may check.
    pub resource: Resource,
}

impl PartialEq for RepositoryPolicy {
    fn eq(&self, other: &Self) -> bool {
        self.document.text == other.document.text && self.resource == other.resource
    }
}

/// A registry policy, and the requests it applies to.
#[derive(Debug)]
pub struct RegistryPolicy {
    /// The policy as it was read.
    pub document: Document,
    scope: PolicyScope,
    /// The statements that apply to Gantry's questions, if these are not all statements.
    part: Option<CompiledPolicy>,
}

impl PartialEq for RegistryPolicy {
    fn eq(&self, other: &Self) -> bool {
        self.document.text == other.document.text && self.scope == other.scope
    }
}

impl RegistryPolicy {
    /// Reads a policy text.
    pub fn read(text: Option<String>, scope: PolicyScope) -> Self {
        let document = Document::read(text, PolicyKind::Registry);
        let part = match scope {
            PolicyScope::Every => None,
            // Nothing in it applies to Gantry's questions, whatever it says.
            PolicyScope::Replication => Some(Policy::empty(PolicyKind::Registry)),
            // It is unknown whether the policy applies to the request, so it may only deny.
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

    /// The statements that apply to Gantry's questions. None if the policy was not understood.
    pub fn in_scope(&self) -> Option<&CompiledPolicy> {
        self.part.as_ref().or(self.document.compiled().ok())
    }
}

/// The last reading of a policy.
#[derive(Debug)]
pub struct Reading<T> {
    /// The policy as last read. None if no reading has succeeded.
    pub policy: Option<Arc<T>>,
    /// When the policy was read, on the monotonic clock.
    pub(crate) read: Instant,
    /// When the policy was read, to show to people.
    pub read_at: Timestamp,
    /// Why the latest attempt failed. None if it succeeded.
    pub problem: Option<Problem>,
    /// When the latest attempt ended, whether it succeeded or not.
    tried: Instant,
}

impl<T: PartialEq> Reading<T> {
    /// A reading before the first attempt.
    pub fn never() -> Self {
        Self {
            policy: None,
            read: Instant::now(),
            read_at: Timestamp(0),
            problem: None,
            tried: Instant::now(),
        }
    }

    /// Whether the result is known: the policy, or an error that does not go away by itself.
    pub fn is_settled(&self) -> bool {
        let passes = |problem: &Problem| {
            matches!(
                problem,
                Problem::Throttled | Problem::Credentials | Problem::Unreachable | Problem::Failing
            )
        };
        self.policy.is_some() || self.problem.is_some_and(|problem| !passes(&problem))
    }

    /// Whether the reading is not older than this.
    pub fn is_fresh(&self, age: Duration) -> bool {
        self.policy.is_some() && self.read.elapsed() <= age
    }

    /// Whether the call to ECR began after this time.
    pub fn is_of(&self, moment: Instant) -> bool {
        self.policy.is_some() && self.problem.is_none() && self.read >= moment
    }

    /// Whether an attempt that began after this time succeeded, or an attempt failed since then or
    /// very recently.
    pub fn tried_since(&self, moment: Instant) -> bool {
        if self.problem.is_some() {
            self.tried >= moment || self.tried.elapsed() < RETRY_DELAY
        } else {
            self.is_of(moment)
        }
    }

    /// The reading after another attempt that began at `began`; the answer from ECR is as old as
    /// that. An unchanged text keeps its policy, and with it everything that is based on it. After
    /// a failure the older policy stays and continues to age.
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
    fn a_replication_only_policy_decides_nothing_even_if_it_is_not_understood() {
        for text in ["{", r#"{"Version": "2012-10-17", "Statement": []}"#] {
            let read = |scope| RegistryPolicy::read(Some(text.to_owned()), scope);
            let in_scope = read(PolicyScope::Replication);
            assert!(in_scope.in_scope().unwrap().policy().statements.is_empty());
        }
        let every = RegistryPolicy::read(Some("{".to_owned()), PolicyScope::Every);
        assert!(every.in_scope().is_none());
    }
}
