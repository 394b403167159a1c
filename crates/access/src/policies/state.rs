//! The policies of one repository.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use arc_swap::{ArcSwap, ArcSwapOption};
use model::RepositoryAt;

use super::{Reading, RegistryPolicy, RepositoryPolicy, Ruling};

/// The last reading of a registry policy. All repositories of the registry share it.
pub type RegistryReading = Arc<ArcSwap<Reading<RegistryPolicy>>>;

/// Distinguishes repositories that had the same name. A repository that was deleted and created
/// again is a new incarnation: data that was read from the first is not shown for the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Incarnation(u64);

impl Incarnation {
    fn next() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(COUNT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A repository as the gate knows it: its incarnation and the policies that decide about it.
#[derive(Debug)]
pub struct RepositoryPolicies {
    incarnation: Incarnation,
    repository: RepositoryAt,
    own: ArcSwap<Reading<RepositoryPolicy>>,
    of_registry: RegistryReading,
    ruling: ArcSwapOption<Ruling>,
}

impl RepositoryPolicies {
    /// The incarnation of the repository.
    pub fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// The repository.
    pub fn repository(&self) -> &RepositoryAt {
        &self.repository
    }

    /// The last reading of the repository policy.
    pub fn reading(&self) -> Arc<Reading<RepositoryPolicy>> {
        self.own.load_full()
    }

    /// The last reading of the registry policy.
    pub fn registry_reading(&self) -> Arc<Reading<RegistryPolicy>> {
        self.of_registry.load_full()
    }

    /// The combined decision of both readings, cached until one of them changes.
    pub(crate) fn ruling(
        &self,
        own: &Reading<RepositoryPolicy>,
        registry: &Reading<RegistryPolicy>,
    ) -> Option<Arc<Ruling>> {
        let known = self
            .ruling
            .load_full()
            .filter(|ruling| ruling.is_of(own, registry));
        known.or_else(|| {
            let ruling = Arc::new(Ruling::of(own, registry)?);
            self.ruling.store(Some(Arc::clone(&ruling)));
            Some(ruling)
        })
    }
}

/// What a new reading of a repository policy changed.
#[derive(Debug)]
pub struct PolicyChange {
    /// Whether the gate may decide differently now. A success after a failure counts, because the
    /// policy may have become too old in between.
    pub decides: bool,
    /// Both texts, if both were read and they differ.
    pub texts: Option<PolicyTexts>,
}

/// The texts of a changed policy. None means that no policy is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTexts {
    /// The older text.
    pub before: Option<Arc<str>>,
    /// The newer text.
    pub after: Option<Arc<str>>,
}

/// The right to store a new reading of a repository policy. Reading needs no such right.
#[derive(Debug)]
pub struct PolicyWriter(Arc<RepositoryPolicies>);

impl Deref for PolicyWriter {
    type Target = Arc<RepositoryPolicies>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl PolicyWriter {
    /// Creates a new incarnation, different from every other repository, including earlier ones
    /// with the same name. Its policy is not read yet.
    pub fn new(repository: RepositoryAt, of_registry: RegistryReading) -> Self {
        Self(Arc::new(RepositoryPolicies {
            incarnation: Incarnation::next(),
            repository,
            own: ArcSwap::from_pointee(Reading::never()),
            of_registry,
            ruling: ArcSwapOption::empty(),
        }))
    }

    /// Stores a new reading of the repository policy.
    pub fn put(&self, reading: Reading<RepositoryPolicy>) -> PolicyChange {
        let policy = reading.policy.clone();
        let before = self.0.own.swap(Arc::new(reading));
        let same = match (&before.policy, &policy) {
            (Some(before), Some(policy)) => Arc::ptr_eq(before, policy),
            (before, policy) => before.is_none() && policy.is_none(),
        };
        let texts = before.policy.as_ref().zip(policy.as_ref());
        let texts = texts.map(|(before, after)| PolicyTexts {
            before: before.document.shared_text(),
            after: after.document.shared_text(),
        });
        PolicyChange {
            decides: !same || before.problem.is_some(),
            texts: texts.filter(|texts| texts.before != texts.after),
        }
    }
}
