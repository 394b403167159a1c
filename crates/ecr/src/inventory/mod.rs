//! What ECR said, and when: the only place that pages read from. Held in memory, rebuilt at will.
//!
//! The crawler fills it under a [`HostCall`]; viewers read from it under a [`Grant`].

mod capacity;
mod changes;
mod crawl;
mod folded;
mod gone;
mod health;
mod images;
mod manifests;
mod moves;
mod on_demand;
mod parts;
mod policies;
mod read;
mod registry;
mod repository;
mod tag_index;
mod tags;
mod turns;

use std::{sync::Arc, time::Duration};

use access::{Grant, acts::Act};
use capacity::Capacity;
use changes::Changes;
use model::{Problem, RegistryAlias, RepositoryName, Timestamp};
use parts::Parts;
use turns::Turns;

pub use changes::{Observation, Observer};
pub use images::{Found, ImagesSummary, TaggedReferrer, order_again};
pub use on_demand::{ConfigGrants, LifecycleText};
pub use read::Known;
pub use registry::{RegistryState, WAIT_FOR_FIRST};
pub use repository::RepositoryState;

use crate::{HostCall, client::EcrClient};

/// How the inventory is kept (`[inventory]` in the configuration).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InventorySettings {
    /// The most images that are held; one with many tags counts as several, one for each four tags.
    /// Beyond that, repositories are read when they are opened, and those that were not opened for
    /// longest are let go. A repository with more than that, and with more than ECR's quota of 100,000,
    /// is not shown.
    pub max_images: usize,
}

impl Default for InventorySettings {
    fn default() -> Self {
        Self {
            max_images: 200_000,
        }
    }
}

/// Every registry's repositories, policies and images, as far as they are known.
#[derive(Debug)]
pub struct Inventory {
    registries: Vec<Arc<RegistryState>>,
    capacity: Arc<Capacity>,
    changes: Arc<Changes>,
    parts: Arc<Parts>,
    /// Turns for parts of pages that people wait for.
    turns: Turns,
}

/// How a registry's listing stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryStatus {
    /// The registry.
    pub alias: RegistryAlias,
    /// When its repositories were last listed whole. None before the first time.
    pub listed: Option<Timestamp>,
    /// Why the latest attempt failed, if it did.
    pub problem: Option<Problem>,
    /// How many repositories it has.
    pub repositories: usize,
    /// How many of their policies were never read: nothing is granted on those yet. Counted until `settled`.
    pub unread_policies: usize,
    /// Why its registry policy could not be read, if so: then nothing in it is granted to anybody.
    pub policy_problem: Option<Problem>,
    /// Since when it cannot be read, if it cannot.
    pub failing_since: Option<Timestamp>,
    /// Whether nothing is known of what it would grant to whom: its policy, or those of its repositories, were not
    /// read since the start.
    pub unread: bool,
    /// Whether every policy was tried once since the first listing, and who sees what is known. Until
    /// then, nobody is told whether there is a repository of any name.
    pub settled: bool,
}

impl RegistryStatus {
    /// Whether more will be known in a moment. What failed is not being read: it is tried again, but
    /// nobody should wait for it.
    pub fn is_being_read(&self) -> bool {
        self.failure().is_none() && !self.settled
    }

    /// Why it cannot be read, if it cannot.
    pub fn failure(&self) -> Option<Problem> {
        self.problem.or(self.policy_problem)
    }
}

impl Inventory {
    /// An inventory of these registries, empty yet: [`Inventory::start`] fills it. The observer hears of changes.
    pub fn new(
        clients: Vec<EcrClient>,
        observer: Arc<dyn Observer>,
        settings: InventorySettings,
        policy_max_age: Duration,
        identities_ask_for_tags: bool,
    ) -> Self {
        let call = Arc::new(HostCall::of_the_inventory());
        let changes = Arc::new(Changes::new(observer));
        let capacity = Arc::new(Capacity::new(settings.max_images));
        let state = |client| {
            RegistryState::new(
                client,
                Arc::clone(&call),
                Arc::clone(&changes),
                Arc::clone(&capacity),
                policy_max_age,
                identities_ask_for_tags,
            )
        };
        let registries = clients.into_iter().map(state).map(Arc::new).collect();
        Self {
            registries,
            capacity,
            changes,
            parts: Arc::new(Parts::new()),
            turns: Turns::new(),
        }
    }

    /// Every repository that is known, for the gate to ask about one by one.
    pub fn entries(&self) -> impl Iterator<Item = Arc<RepositoryState>> {
        self.registries
            .iter()
            .flat_map(|state| state.entries().values().cloned().collect::<Vec<_>>())
    }

    /// How often something has changed that decides which repositories somebody sees.
    pub fn changes(&self) -> u64 {
        self.changes.count()
    }

    /// Waits until something has changed that decides which repositories somebody sees.
    pub async fn changed(&self) {
        self.changes.noted().await;
    }

    /// Whether who sees what is known of a registry, by the changes up to a count; of every registry where
    /// none is named, or one that does not exist.
    pub fn is_settled(&self, registry: Option<&RegistryAlias>, up_to: u64) -> bool {
        let settled = |state: &Arc<RegistryState>| state.is_settled(up_to);
        match registry.and_then(|alias| self.registry(alias)) {
            Some(state) => settled(state),
            None => self.registries.iter().all(settled),
        }
    }

    /// How each registry's listing stands, for answers that rest on the changes up to a count.
    pub fn status(&self, up_to: u64) -> Vec<RegistryStatus> {
        let status = |state: &Arc<RegistryState>| state.status(up_to);
        self.registries.iter().map(status).collect()
    }

    /// Every registry, in the order of the configuration.
    pub fn registries(&self) -> &[Arc<RegistryState>] {
        &self.registries
    }

    /// The bytes that parts of pages hold.
    pub fn held_bytes(&self) -> u64 {
        self.parts.held_bytes()
    }

    /// A registry.
    pub fn registry(&self, alias: &RegistryAlias) -> Option<&Arc<RegistryState>> {
        self.registries.iter().find(|state| state.alias() == alias)
    }

    /// The repository that a grant is for. None once it was deleted, even if there is another one of its
    /// name.
    pub fn granted<A: Act>(&self, grant: &Grant<A>) -> Option<Arc<RepositoryState>> {
        self.entry(grant.registry(), grant.repository())
            .filter(|entry| entry.policies().incarnation() == grant.incarnation())
    }

    /// A repository.
    pub fn entry(
        &self,
        alias: &RegistryAlias,
        name: &RepositoryName,
    ) -> Option<Arc<RepositoryState>> {
        self.registry(alias)?.entries().get(name).cloned()
    }
}
