//! One repository's policies.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use arc_swap::{ArcSwap, ArcSwapOption};
use model::{RegistryAlias, RepositoryName};

use super::{Reading, RegistryPolicy, RepositoryPolicy, Ruling};

/// The last reading of a registry's policy: all of its repositories share it.
pub type RegistryReading = Arc<ArcSwap<Reading<RegistryPolicy>>>;

/// Which repository of a name is meant. One that was deleted and created again is another one: nothing that
/// was read of the first is shown of the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Incarnation(u64);

impl Incarnation {
    fn next() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(COUNT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A repository as the gate knows it: which one it is, and what decides about it.
#[derive(Debug)]
pub struct RepositoryPolicies {
    incarnation: Incarnation,
    registry: RegistryAlias,
    name: RepositoryName,
    own: ArcSwap<Reading<RepositoryPolicy>>,
    of_registry: RegistryReading,
    ruling: ArcSwapOption<Ruling>,
}

impl RepositoryPolicies {
    /// Which repository of this name it is.
    pub fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// The registry.
    pub fn registry(&self) -> &RegistryAlias {
        &self.registry
    }

    /// The repository.
    pub fn name(&self) -> &RepositoryName {
        &self.name
    }

    /// The last reading of the repository's policy.
    pub fn reading(&self) -> Arc<Reading<RepositoryPolicy>> {
        self.own.load_full()
    }

    /// The last reading of the registry's policy.
    pub fn registry_reading(&self) -> Arc<Reading<RegistryPolicy>> {
        self.of_registry.load_full()
    }

    /// What the two readings together say, remembered until one of them changes.
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

/// What a newer reading of a repository's policy changed.
#[derive(Debug)]
pub struct PolicyChange {
    /// Whether the gate may decide otherwise now. A reading that succeeds after a failure counts: the policy may
    /// have grown too old meanwhile.
    pub decides: bool,
    /// The texts, where both were read and differ.
    pub texts: Option<PolicyTexts>,
}

/// The texts of a policy that was changed; none where no policy is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTexts {
    /// The older one.
    pub before: Option<Arc<str>>,
    /// The newer one.
    pub after: Option<Arc<str>>,
}

/// The one who may put a newer reading in place. What is read through it anybody may hold.
#[derive(Debug)]
pub struct PolicyWriter(Arc<RepositoryPolicies>);

impl Deref for PolicyWriter {
    type Target = Arc<RepositoryPolicies>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl PolicyWriter {
    /// Another repository than every other, also than one of the same name. Its policy was not read yet.
    pub fn new(
        registry: RegistryAlias,
        name: RepositoryName,
        of_registry: RegistryReading,
    ) -> Self {
        Self(Arc::new(RepositoryPolicies {
            incarnation: Incarnation::next(),
            registry,
            name,
            own: ArcSwap::from_pointee(Reading::never()),
            of_registry,
            ruling: ArcSwapOption::empty(),
        }))
    }

    /// Puts a newer reading of the repository's policy in place.
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
