//! ECR's answers with their times. Pages read only from here. The inventory is in memory and can be
//! rebuilt at any time.
//!
//! The crawler fills it with a [`HostCall`]; viewers read from it with a [`Grant`].

mod again;
mod capacity;
mod changes;
mod crawl;
mod folded;
mod gone;
mod health;
mod image_readings;
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
use model::{Problem, RegistryAlias, RepositoryAt, Timestamp};
use parts::Parts;
use turns::Turns;

pub use again::ReadAgain;
pub use changes::{Observation, Observer, TagsRead};
pub use crawl::IMAGES_AGE;
pub use image_readings::WAIT_FOR_FIRST;
pub use images::{Found, ImagesSummary, TaggedReferrer, order_again};
pub use on_demand::{ConfigGrants, LifecycleText};
pub use read::Known;
pub use registry::RegistryState;
pub use repository::RepositoryState;

use crate::{HostCall, client::EcrClient};

/// Settings of the inventory (`[inventory]` in the configuration).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InventorySettings {
    /// The maximum number of images in memory. An image with many tags counts as several: one more
    /// for each four tags. Beyond the limit, repositories are read only when they are opened, and
    /// the images of repositories that were not opened for longest are released. A repository that
    /// exceeds both this limit and ECR's quota of 100,000 is not shown.
    pub max_images: usize,
}

impl Default for InventorySettings {
    fn default() -> Self {
        Self {
            max_images: 200_000,
        }
    }
}

/// The known repositories, policies and images of every registry.
#[derive(Debug)]
pub struct Inventory {
    registries: Vec<Arc<RegistryState>>,
    capacity: Arc<Capacity>,
    changes: Arc<Changes>,
    parts: Arc<Parts>,
    /// Turns for sections of pages that people wait for.
    turns: Turns,
}

/// The state of a registry's listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryStatus {
    /// The registry.
    pub alias: RegistryAlias,
    /// When its repositories were last listed completely. None before the first listing.
    pub listed: Option<Timestamp>,
    /// Why the latest attempt failed. None if it succeeded.
    pub problem: Option<Problem>,
    /// The number of repositories.
    pub repositories: usize,
    /// How many repository policies were never read. Nothing is granted on these repositories yet.
    /// Counted until `settled`.
    pub unread_policies: usize,
    /// Whether some repository policy was never read, after all of them were tried. Nobody is shown such a repository,
    /// whoever it grants.
    pub lacks_policies: bool,
    /// Why the registry policy could not be read. Nothing in the registry is then granted to
    /// anyone.
    pub policy_problem: Option<Problem>,
    /// Since when the registry cannot be read. None if it can.
    pub failing_since: Option<Timestamp>,
    /// Whether it is unknown who has access: the registry policy or the repository policies were
    /// not read since the start.
    pub unread: bool,
    /// Whether every policy was tried once since the first listing, and access was decided with
    /// them. Before that, no one learns whether a repository exists.
    pub settled: bool,
}

impl RegistryStatus {
    /// Whether more will be known shortly. A failed registry does not count: it is retried, but no
    /// one should wait for it.
    pub fn is_being_read(&self) -> bool {
        self.failure().is_none() && !self.settled
    }

    /// Why the registry cannot be read. None if it can.
    pub fn failure(&self) -> Option<Problem> {
        self.problem.or(self.policy_problem)
    }
}

impl Inventory {
    /// Creates an empty inventory of these registries. [`Inventory::start`] fills it. The observer
    /// receives changes.
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

    /// Every known repository. The gate decides about each of them.
    pub fn entries(&self) -> impl Iterator<Item = Arc<RepositoryState>> {
        self.registries
            .iter()
            .flat_map(|state| state.entries().values().cloned().collect::<Vec<_>>())
    }

    /// The number of changes that can change who sees which repositories.
    pub fn changes(&self) -> u64 {
        self.changes.count()
    }

    /// Waits for a change that can change who sees which repositories.
    pub async fn changed(&self) {
        self.changes.noted().await;
    }

    /// Whether access to a registry is known, for answers that are based on the changes up to a
    /// count. Without a registry, or with one that does not exist: whether access to every registry
    /// is known.
    pub fn is_settled(&self, registry: Option<&RegistryAlias>, up_to: u64) -> bool {
        let settled = |state: &Arc<RegistryState>| state.is_settled(up_to);
        match registry.and_then(|alias| self.registry(alias)) {
            Some(state) => settled(state),
            None => self.registries.iter().all(settled),
        }
    }

    /// The state of each registry's listing, for answers that are based on the changes up to a
    /// count.
    pub fn status(&self, up_to: u64) -> Vec<RegistryStatus> {
        let status = |state: &Arc<RegistryState>| state.status(up_to);
        self.registries.iter().map(status).collect()
    }

    /// Every registry, in the order of the configuration.
    pub fn registries(&self) -> &[Arc<RegistryState>] {
        &self.registries
    }

    /// The memory that sections of pages use, in bytes.
    pub fn held_bytes(&self) -> u64 {
        self.parts.held_bytes()
    }

    /// A registry.
    pub fn registry(&self, alias: &RegistryAlias) -> Option<&Arc<RegistryState>> {
        self.registries.iter().find(|state| state.alias() == alias)
    }

    /// The repository that a grant is for. None if it was deleted, even if there is a new one with
    /// the same name.
    pub fn granted<A: Act>(&self, grant: &Grant<A>) -> Option<Arc<RepositoryState>> {
        self.entry(grant.repository())
            .filter(|entry| entry.policies().incarnation() == grant.incarnation())
    }

    /// A repository.
    pub fn entry(&self, repository: &RepositoryAt) -> Option<Arc<RepositoryState>> {
        let entries = self.registry(&repository.registry)?.entries();
        entries.get(&repository.name).cloned()
    }
}
