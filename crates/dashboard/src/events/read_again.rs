//! Reads again what events name: of each repository, one reading waits.
//!
//! Who can push or send messages decides how many events there are. A repository is read by one task, which then rests
//! for three times as long as the reading took, so it keeps ECR busy for a quarter of the time at most. A registry has a
//! few readings at once, in the order in which they were asked for.

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use ecr::inventory::{Inventory, ReadAgain};
use model::{Digest, RegistryAlias, RepositoryAt, Tag};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::metric;

/// How many readings of one registry run at once.
const AT_ONCE: usize = 4;

/// The shortest rest between two readings of the same repository, and between two listings.
const SHORTEST_REST: Duration = Duration::from_millis(500);

/// How long a reading rests, in readings.
const REST: u32 = 3;

/// The maximum number of tags of one repository whose events a reading should confirm.
const EXPECTED: usize = 100;

/// The maximum number of repositories of one registry that wait for a listing: anyone who can send messages can name
/// repositories that do not exist.
const UNLISTED: usize = 200;

/// What events name of one repository.
#[derive(Debug, Clone)]
pub(super) struct Hint {
    what: ReadAgain,
    /// When the latest of the events was known: a reading must begin after it.
    since: Instant,
    /// Where tags point according to the events.
    expected: BTreeMap<Tag, Option<Digest>>,
}

impl Hint {
    pub(super) fn new(what: ReadAgain) -> Self {
        Self {
            what,
            since: Instant::now(),
            expected: BTreeMap::new(),
        }
    }

    /// Notes where a tag should point.
    pub(super) fn expect(&mut self, tag: &Tag, image: Option<&Digest>) {
        if self.expected.len() < EXPECTED || self.expected.contains_key(tag) {
            self.expected.insert(tag.clone(), image.cloned());
        }
    }

    fn merge(&mut self, later: Self) {
        self.what.add(later.what);
        self.since = later.since;
        for (tag, image) in &later.expected {
            self.expect(tag, image.as_ref());
        }
    }
}

/// The tasks that read.
#[derive(Debug)]
pub(super) struct Readers {
    inventory: Arc<Inventory>,
    /// Each repository that has a task, with what waits for its next reading.
    waiting: Mutex<HashMap<RepositoryAt, Option<Hint>>>,
    /// Each registry that has a task which lists it, with what waits for that.
    unlisted: Mutex<HashMap<RegistryAlias, HashMap<RepositoryAt, Hint>>>,
    turns: HashMap<RegistryAlias, Semaphore>,
    stop: CancellationToken,
}

impl Readers {
    pub(super) fn new(inventory: Arc<Inventory>, stop: CancellationToken) -> Arc<Self> {
        let registries = inventory.registries().iter();
        let turns = registries.map(|state| (state.alias().clone(), Semaphore::new(AT_ONCE)));
        Arc::new(Self {
            turns: turns.collect(),
            inventory,
            waiting: Mutex::default(),
            unlisted: Mutex::default(),
            stop,
        })
    }

    /// Has something read again soon. It never waits itself. `lists` says that the repository was created or deleted.
    pub(super) fn add(self: &Arc<Self>, repository: RepositoryAt, hint: Hint, lists: bool) {
        if lists || !self.inventory.knows(&repository) {
            self.list_for(repository, hint);
        } else {
            self.read(repository, hint);
        }
    }

    fn read(self: &Arc<Self>, repository: RepositoryAt, hint: Hint) {
        match self.waiting().entry(repository.clone()) {
            Entry::Occupied(mut task) => {
                match task.get_mut() {
                    Some(waiting) => waiting.merge(hint),
                    none => *none = Some(hint),
                }
                return;
            }
            Entry::Vacant(free) => free.insert(Some(hint)),
        };
        let (readers, stop) = (Arc::clone(self), self.stop.clone());
        tokio::spawn(stop.run_until_cancelled_owned(async move {
            while let Some(hint) = readers.next(&repository) {
                let took = readers.reading(&repository, hint).await;
                tokio::time::sleep((took * REST).max(SHORTEST_REST)).await;
            }
        }));
    }

    /// What waits for a repository's next reading. If nothing does, its task ends.
    fn next(&self, repository: &RepositoryAt) -> Option<Hint> {
        let mut waiting = self.waiting();
        let next = waiting.get_mut(repository)?.take();
        if next.is_none() {
            waiting.remove(repository);
        }
        next
    }

    async fn reading(&self, repository: &RepositoryAt, hint: Hint) -> Duration {
        let turns = self.turns.get(&repository.registry);
        let Some(Ok(_turn)) = async { Some(turns?.acquire().await) }.await else {
            return Duration::ZERO;
        };
        let began = Instant::now();
        let reading = self
            .inventory
            .read_again(repository, &hint.what, hint.since);
        Box::pin(reading).await;
        let is_denied = |(tag, image): &(&Tag, &Option<Digest>)| {
            let image = image.as_ref();
            self.inventory.confirms(repository, tag, image, hint.since) == Some(false)
        };
        let denied = hint.expected.iter().filter(is_denied).count();
        if denied > 0 {
            metrics::counter!(metric::NOT_CONFIRMED).increment(denied as u64);
            tracing::debug!(
                registry.alias = %repository.registry,
                repository.name = %repository.name,
                count = denied,
                "A reading did not confirm what events report of tags"
            );
        }
        began.elapsed()
    }

    fn list_for(self: &Arc<Self>, repository: RepositoryAt, hint: Hint) {
        let registry = repository.registry.clone();
        let mut unlisted = self.unlisted();
        let has_task = unlisted.contains_key(&registry);
        let waiting = unlisted.entry(registry.clone()).or_default();
        if let Some(known) = waiting.get_mut(&repository) {
            known.merge(hint);
        } else if waiting.len() < UNLISTED {
            waiting.insert(repository, hint);
        }
        drop(unlisted);
        if has_task {
            return;
        }
        let (readers, stop) = (Arc::clone(self), self.stop.clone());
        tokio::spawn(stop.run_until_cancelled_owned(async move {
            while let Some(waiting) = readers.next_listing(&registry) {
                let began = Instant::now();
                Box::pin(readers.inventory.list_again(&registry)).await;
                for (repository, mut hint) in waiting {
                    if readers.inventory.knows(&repository) {
                        // It may be new, so nothing is known of it yet.
                        let all = ReadAgain {
                            images: true,
                            policy: true,
                            ..ReadAgain::default()
                        };
                        hint.what.add(all);
                        readers.read(repository, hint);
                    }
                }
                tokio::time::sleep((began.elapsed() * REST).max(SHORTEST_REST)).await;
            }
        }));
    }

    fn next_listing(&self, registry: &RegistryAlias) -> Option<HashMap<RepositoryAt, Hint>> {
        let mut unlisted = self.unlisted();
        let next = std::mem::take(unlisted.get_mut(registry)?);
        if next.is_empty() {
            unlisted.remove(registry);
            return None;
        }
        Some(next)
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<RepositoryAt, Option<Hint>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unlisted(&self) -> MutexGuard<'_, HashMap<RegistryAlias, HashMap<RepositoryAt, Hint>>> {
        self.unlisted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
