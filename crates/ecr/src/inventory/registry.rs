//! One registry.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use access::{
    now,
    policies::{Reading, RegistryPolicy},
};
use arc_swap::ArcSwap;
use model::{Problem, RegistryAlias, RepositoryName, Timestamp};

use super::{
    Capacity, Changes, RegistryStatus, RepositoryState,
    turns::{IN_BACKGROUND, Turns},
};
use crate::{
    client::{EcrClient, RegistrySettings},
    host::HostCall,
    record::RepositoryFacts,
};

pub(super) type Entries = BTreeMap<RepositoryName, Arc<RepositoryState>>;

/// A registry: its client and its repositories.
#[derive(Debug)]
pub struct RegistryState {
    pub(super) client: EcrClient,
    pub(super) call: Arc<HostCall>,
    pub(super) entries: ArcSwap<Entries>,
    pub(super) registry_policy: Arc<ArcSwap<Reading<RegistryPolicy>>>,
    pub(super) listing: ArcSwap<Listing>,
    /// Since when the registry cannot be read.
    pub(super) failing_since: std::sync::Mutex<Option<Timestamp>>,
    pub(super) changes: Arc<Changes>,
    swept: OnceLock<u64>,
    /// Whether the last round left a policy that was never read.
    lacks_policies: AtomicBool,
    /// Locked while the entries change, because several tasks change them.
    changing: std::sync::Mutex<()>,
    /// Locked while the repositories are listed: an older list must not replace a newer one.
    listing_flight: tokio::sync::Mutex<()>,
    /// Locked while the registry policy is read.
    pub(super) registry_policy_flight: tokio::sync::Mutex<()>,
    /// Turns for policies that people wait for, and for images of whole repositories. They are
    /// separate, so a policy never waits for images. Sections of pages do not wait for images
    /// either: they have the turns of the [`Inventory`](super::Inventory).
    pub(super) policy_turns: Turns,
    pub(super) image_turns: Turns,
    /// Turns for background readings of opened repositories.
    pub(super) policy_refreshes: Arc<Turns>,
    pub(super) image_refreshes: Arc<Turns>,
    pub(super) part_refreshes: Arc<Turns>,
    pub(super) capacity: Arc<Capacity>,
    pub(super) policy_max_age: Duration,
    /// Whether an identity policy in the configuration checks resource tags.
    pub(super) identities_ask_for_tags: bool,
    /// Whether index manifests can be read without counting as pulls.
    pub(super) leaves_pull_times: AtomicBool,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Listing {
    at: Option<Timestamp>,
    pub(super) problem: Option<Problem>,
}

impl RegistryState {
    pub(super) fn new(
        client: EcrClient,
        call: Arc<HostCall>,
        changes: Arc<Changes>,
        capacity: Arc<Capacity>,
        policy_max_age: Duration,
        identities_ask_for_tags: bool,
    ) -> Self {
        Self {
            client,
            call,
            entries: ArcSwap::default(),
            registry_policy: Arc::new(ArcSwap::from_pointee(Reading::never())),
            listing: ArcSwap::default(),
            failing_since: std::sync::Mutex::default(),
            changes,
            swept: OnceLock::new(),
            lacks_policies: AtomicBool::new(false),
            changing: std::sync::Mutex::new(()),
            listing_flight: tokio::sync::Mutex::default(),
            registry_policy_flight: tokio::sync::Mutex::default(),
            policy_turns: Turns::new(),
            image_turns: Turns::new(),
            policy_refreshes: Arc::new(Turns::so_many(IN_BACKGROUND)),
            image_refreshes: Arc::new(Turns::so_many(IN_BACKGROUND)),
            part_refreshes: Arc::new(Turns::so_many(IN_BACKGROUND)),
            capacity,
            policy_max_age,
            identities_ask_for_tags,
            leaves_pull_times: AtomicBool::new(false),
        }
    }

    /// The name of the registry in URLs.
    pub fn alias(&self) -> &RegistryAlias {
        &self.client.settings().alias
    }

    /// The settings of the registry.
    pub fn settings(&self) -> &RegistrySettings {
        self.client.settings()
    }

    pub(super) fn entries(&self) -> Arc<Entries> {
        self.entries.load_full()
    }

    /// The first repository by name that is not before this name.
    pub fn next_name(&self, from: &RepositoryName) -> Option<RepositoryName> {
        let entries = self.entries.load();
        entries
            .range::<RepositoryName, _>(from..)
            .next()
            .map(|(name, _)| name.clone())
    }

    /// The state of the listing, for answers that are based on the changes up to a count.
    pub fn status(&self, up_to: u64) -> RegistryStatus {
        let (listing, entries) = (self.listing.load(), self.entries.load());
        let settled = self.is_settled(up_to);
        let unread = |entry: &&Arc<RepositoryState>| entry.reading().policy.is_none();
        RegistryStatus {
            alias: self.alias().clone(),
            listed: listing.at,
            problem: listing.problem,
            repositories: entries.len(),
            // Pages call this, so its work must not grow with the number of repositories.
            unread_policies: if settled {
                0
            } else {
                entries.values().filter(unread).count()
            },
            lacks_policies: self.lacks_policies.load(Ordering::Relaxed),
            policy_problem: self.registry_policy.load().problem,
            failing_since: *self.failing_since(),
            unread: !settled || self.registry_policy.load().policy.is_none(),
            settled,
        }
    }

    /// Whether access is known, for answers that are based on the changes up to a count.
    pub fn is_settled(&self, up_to: u64) -> bool {
        self.swept().is_some_and(|swept| swept <= up_to)
    }

    /// Records whether a round has left a policy that was never read.
    pub(super) fn note_round(&self) {
        let entries = self.entries.load();
        let is_unread = |entry: &Arc<RepositoryState>| entry.reading().policy.is_none();
        let lacks = entries.values().any(is_unread);
        self.lacks_policies.store(lacks, Ordering::Relaxed);
    }

    /// Records that every policy was tried once since the first listing. The first answers are
    /// based on the changes up to now. Does nothing while too little is known to decide about
    /// access.
    pub(super) fn note_sweep(&self) {
        let entries = self.entries.load();
        // If one policy fails for a while, the others may still be known.
        let is_known = |entry: &Arc<RepositoryState>| entry.reading().is_settled();
        let knows_own = entries.is_empty() || entries.values().any(is_known);
        let knows_registry = self.registry_policy.load().is_settled();
        if self.listing.load().at.is_some() && knows_own && knows_registry {
            let swept = self.swept.get_or_init(|| self.changes.count());
            tracing::debug!(
                registry.alias = %self.alias(),
                inventory.changes = swept,
                "Gantry has tried to read every policy of the registry once"
            );
            self.changes.note();
        }
    }

    /// Whether the latest reading of the listing or of any policy failed.
    pub(super) fn is_failing(&self) -> bool {
        let fails = |entry: &Arc<RepositoryState>| entry.reading().problem.is_some();
        self.listing.load().problem.is_some()
            || self.registry_policy.load().problem.is_some()
            || self.entries.load().values().any(fails)
    }

    /// The number of changes when every policy had been tried once. None before that.
    pub fn swept(&self) -> Option<u64> {
        self.swept.get().copied()
    }

    /// Removes a deleted repository from the inventory. If there is a new repository with the same
    /// name, it takes its place.
    pub(super) fn replace(&self, gone: &RepositoryState, by: Option<RepositoryFacts>) {
        let _changing = self.changing.lock();
        let mut entries = Entries::clone(&self.entries.load());
        let incarnation = |entry: &RepositoryState| entry.policies().incarnation();
        let is_gone = |entry: &Arc<RepositoryState>| incarnation(entry) == incarnation(gone);
        if !entries.get(&gone.repository().name).is_some_and(is_gone) {
            return;
        }
        match by {
            Some(facts) => entries.insert(facts.name.clone(), Arc::new(self.entry(facts))),
            None => entries.remove(&gone.repository().name),
        };
        self.entries.store(Arc::new(entries));
        self.changes.note();
    }

    fn entry(&self, facts: RepositoryFacts) -> RepositoryState {
        RepositoryState::new(
            self.alias().clone(),
            facts,
            Arc::clone(&self.registry_policy),
            Arc::clone(&self.changes),
            Arc::clone(&self.capacity),
        )
    }

    /// Lists the registry's repositories again. Deleted repositories leave the inventory and all
    /// pages.
    pub(super) async fn list(&self) {
        let _flight = self.listing_flight.lock().await;
        let leaves = self.client.leaves_pull_times(&self.call).await.enter();
        if self.leaves_pull_times.swap(leaves, Ordering::Relaxed) != leaves
            || self.listing.load().at.is_none()
        {
            self.log_pull_times(leaves);
        }
        // A long list takes many calls: what the first one returned is as old as that.
        let asked = now();
        let found = self.client.describe_repositories(&self.call).await;
        let facts = match found {
            Ok(found) => found.enter(),
            Err(problem) => {
                return self.set_listing(Listing {
                    at: self.listing.load().at,
                    problem: Some(problem),
                });
            }
        };
        let _changing = self.changing.lock();
        let before = self.entries.load_full();
        let entries: Entries = facts
            .into_iter()
            .map(|facts| match before.get(&facts.name) {
                Some(entry) if entry.is_of(&facts) => {
                    entry.set_facts(facts);
                    (entry.repository().name.clone(), Arc::clone(entry))
                }
                _ => (facts.name.clone(), Arc::new(self.entry(facts))),
            })
            .collect();
        let same = entries.len() == before.len()
            && (entries.values().zip(before.values()))
                .all(|(now, before)| Arc::ptr_eq(now, before));
        self.entries.store(Arc::new(entries));
        self.set_listing(Listing {
            at: Some(asked),
            problem: None,
        });
        if !same {
            self.changes.note();
        }
    }

    fn set_listing(&self, listing: Listing) {
        self.listing.store(Arc::new(listing));
        self.note_health();
    }
}

#[cfg(test)]
mod tests;
