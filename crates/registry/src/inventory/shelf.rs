//! One registry.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use arc_swap::ArcSwap;
use model::{Digest, Problem, RegistryAlias, RepositoryName, Timestamp};
use moka::future::Cache;
use policy::{CompiledPolicy, PolicyKind, Resource};

use super::{
    Changes, Crawled, Entry, HostCall, RegistryStatus, RepositoryFacts,
    images::{Images, unread_indexes},
    now,
    record::Indexes,
};
use crate::{
    content::read_children,
    gate::{Document, Reading, RegistryPolicy, RepositoryPolicy},
    port::{Pace, Port},
};

/// Opening a page reads a policy again that is older than this, or than half of what may grant.
const POLICY_AGE_AT_OPENING: Duration = Duration::from_secs(30);

/// Opening a repository reads its images again that are older than this.
const IMAGES_AGE_AT_OPENING: Duration = Duration::from_secs(15);

/// How long an opened page waits for images that are known, if not from just now.
const WAIT_FOR_NEWER: Duration = Duration::from_millis(300);

/// How long it waits for images of which nothing is known.
const WAIT_FOR_FIRST: Duration = Duration::from_secs(8);

/// How many manifests of indexes are read in one call.
const MANIFESTS_AT_A_TIME: usize = 10;

/// After so many failed calls the other indexes wait for the next reading.
const READ_FAILURES: u32 = 3;

pub(super) type Entries = BTreeMap<RepositoryName, Arc<Entry>>;

/// A registry: its connection and its repositories.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub(super) port: Port,
    pub(super) call: Arc<HostCall>,
    entries: ArcSwap<Entries>,
    pub(super) registry_policy: Arc<ArcSwap<Reading<RegistryPolicy>>>,
    listing: ArcSwap<Listing>,
    changes: Arc<Changes>,
    /// Held while the entries are changed: several tasks add to them.
    changing: std::sync::Mutex<()>,
    /// Held while the registry's policy is read.
    registry_policy_flight: tokio::sync::Mutex<()>,
    /// Names that ECR did not know a moment ago.
    unknown: Cache<RepositoryName, ()>,
    policy_age_at_opening: Duration,
    /// Whether an identity policy of the configuration asks for resource tags.
    identities_ask_for_tags: bool,
    /// Whether index manifests may be read without being taken for pulls.
    leaves_pull_times: AtomicBool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Listing {
    at: Option<Timestamp>,
    problem: Option<Problem>,
}

impl Shelf {
    pub(super) fn new(
        port: Port,
        call: Arc<HostCall>,
        changes: Arc<Changes>,
        policy_max_age: Duration,
        identities_ask_for_tags: bool,
    ) -> Self {
        let policy_age_at_opening = POLICY_AGE_AT_OPENING.min(policy_max_age / 2);
        Self {
            port,
            call,
            entries: ArcSwap::default(),
            registry_policy: Arc::new(ArcSwap::from_pointee(Reading::never())),
            listing: ArcSwap::default(),
            changes,
            changing: std::sync::Mutex::new(()),
            registry_policy_flight: tokio::sync::Mutex::default(),
            unknown: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(policy_age_at_opening)
                .build(),
            policy_age_at_opening,
            identities_ask_for_tags,
            leaves_pull_times: AtomicBool::new(false),
        }
    }

    pub(crate) fn alias(&self) -> &RegistryAlias {
        &self.port.settings().alias
    }

    pub(crate) fn port(&self) -> &Port {
        &self.port
    }

    pub(super) fn entries(&self) -> Arc<Entries> {
        self.entries.load_full()
    }

    pub(crate) fn status(&self) -> RegistryStatus {
        let (listing, entries) = (self.listing.load(), self.entries.load());
        let unread = |entry: &&Arc<Entry>| entry.reading().policy.is_none();
        RegistryStatus {
            alias: self.alias().clone(),
            listed: listing.at,
            problem: listing.problem,
            repositories: entries.len(),
            unread_policies: entries.values().filter(unread).count(),
            policy_problem: self.registry_policy.load().problem,
        }
    }

    /// Finds a repository for somebody who opens it, with policies read no longer than a moment ago.
    ///
    /// A name that is not known is asked for at ECR: the repository may be new. Known or not, the
    /// answer then takes one call, so that its delay does not tell whether there is a repository.
    pub(crate) async fn open(self: &Arc<Self>, name: &RepositoryName) -> Option<Arc<Entry>> {
        self.find(name).await.ok().flatten()
    }

    /// The same, for whom "there is none" and "nobody knows" are not alike.
    pub(crate) async fn find(
        self: &Arc<Self>,
        name: &RepositoryName,
    ) -> Result<Option<Arc<Entry>>, Problem> {
        self.read_registry_policy(self.policy_age_at_opening, Pace::Interactive)
            .await;
        let known = self.entries.load().get(name).cloned();
        let entry = match known {
            Some(entry) => entry,
            None => match self.look_up(name).await? {
                Some(entry) => entry,
                None => return Ok(None),
            },
        };
        self.read_policy(&entry, self.policy_age_at_opening, Pace::Interactive)
            .await;
        entry.touch();
        Ok(Some(entry))
    }

    async fn look_up(&self, name: &RepositoryName) -> Result<Option<Arc<Entry>>, Problem> {
        if self.unknown.contains_key(name) {
            return Ok(None);
        }
        let found = self.port.describe_repository(&self.call, name).await?;
        match found.enter() {
            Some(facts) => Ok(Some(self.add(facts))),
            None => {
                self.unknown.insert(name.clone(), ()).await;
                Ok(None)
            }
        }
    }

    fn add(&self, facts: RepositoryFacts) -> Arc<Entry> {
        let _changing = self.changing.lock();
        let mut entries = Entries::clone(&self.entries.load());
        let entry = entries
            .entry(facts.name.clone())
            .or_insert_with(|| Arc::new(self.entry(facts)));
        let entry = Arc::clone(entry);
        self.entries.store(Arc::new(entries));
        self.changes.note();
        entry
    }

    fn entry(&self, facts: RepositoryFacts) -> Entry {
        Entry::new(
            self.alias().clone(),
            facts,
            Arc::clone(&self.registry_policy),
            Arc::clone(&self.changes),
        )
    }

    /// Lists the registry's repositories anew. Those that are gone leave the inventory, and with it
    /// every page.
    pub(super) async fn list(&self) {
        let leaves = self.port.leaves_pull_times(&self.call).await.enter();
        if self.leaves_pull_times.swap(leaves, Ordering::Relaxed) != leaves
            || self.listing.load().at.is_none()
        {
            tracing::info!(registry = %self.alias(), together = leaves, "whether indexes are shown with their platforms");
        }
        let found = self.port.describe_repositories(&self.call).await;
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
        let before = self.entries.load();
        let entries = facts
            .into_iter()
            .map(|facts| match before.get(&facts.name) {
                Some(entry) => {
                    entry.set_facts(facts);
                    (entry.name().clone(), Arc::clone(entry))
                }
                None => (facts.name.clone(), Arc::new(self.entry(facts))),
            });
        self.entries.store(Arc::new(entries.collect()));
        self.set_listing(Listing {
            at: Some(now()),
            problem: None,
        });
    }

    fn set_listing(&self, listing: Listing) {
        self.listing.store(Arc::new(listing));
        self.changes.note();
    }

    /// Reads the registry's policy unless it was read within `age`.
    pub(super) async fn read_registry_policy(&self, age: Duration, pace: Pace) {
        let asked = Instant::now();
        let is_fresh = || self.registry_policy.load().is_fresh(age);
        if is_fresh() {
            return;
        }
        let _flight = self.registry_policy_flight.lock().await;
        // Whoever held the lock has tried meanwhile: many who wait make one call, also when it fails.
        if is_fresh() || self.registry_policy.load().tried_since(asked) {
            return;
        }
        let began = Instant::now();
        let text = self
            .port
            .registry_policy(&self.call, pace)
            .await
            .map(Crawled::enter);
        let scope = self
            .port
            .registry_policy_scope(&self.call, pace)
            .await
            .enter();
        let reading = self.registry_policy.load().then(
            text.map(|text| RegistryPolicy::read(text, scope)),
            began,
            now(),
        );
        self.registry_policy.store(Arc::new(reading));
        self.changes.note();
    }

    /// Reads a repository's policy unless it was read within `age`.
    pub(super) async fn read_policy(&self, entry: &Entry, age: Duration, pace: Pace) {
        let asked = Instant::now();
        let is_fresh = || entry.reading().is_fresh(age);
        if is_fresh() {
            return;
        }
        let _flight = entry.policy_flight.lock().await;
        if is_fresh() || entry.reading().tried_since(asked) {
            return;
        }
        let began = Instant::now();
        let read = self.read_policy_and_tags(entry, pace).await;
        entry.set_reading(entry.reading().then(read, began, now()));
    }

    /// Reads a repository's policy, and the resource tags where some policy asks for them. Tags that
    /// cannot be read are unknown: what hangs on them is not granted.
    async fn read_policy_and_tags(
        &self,
        entry: &Entry,
        pace: Pace,
    ) -> Result<RepositoryPolicy, Problem> {
        let text = self
            .port
            .repository_policy(&self.call, pace, entry.name())
            .await?
            .enter();
        let known = entry
            .reading()
            .policy
            .as_ref()
            .map(|policy| Arc::clone(&policy.document));
        let document = known
            .filter(|document| document.text() == text.as_deref())
            .unwrap_or_else(|| Arc::new(Document::read(text, PolicyKind::Repository)));
        let facts = entry.facts();
        let region = facts
            .arn
            .split(':')
            .nth(3)
            .map(|region| ("aws:RequestedRegion", region));
        let mut resource = Resource::new(&facts.arn, None).with(region);
        if self.asks_for_tags(&document)
            && let Ok(tags) = self
                .port
                .crawl_resource_tags(&self.call, pace, entry.name(), &facts.arn)
                .await
        {
            let tags = tags.enter();
            // Which of two tags a condition means that differ in case alone, nobody has written down.
            let mut keys = HashSet::new();
            if !tags.iter().all(|(tag, _)| keys.insert(tag.to_lowercase())) {
                return Ok(RepositoryPolicy { document, resource });
            }
            resource = resource.with_tags(tags.iter().map(|(tag, value)| (&**tag, &**value)));
        }
        Ok(RepositoryPolicy { document, resource })
    }

    /// Whether a decision on a repository may hang on its resource tags.
    fn asks_for_tags(&self, own: &Document) -> bool {
        let registry = self.registry_policy.load();
        let registry = registry
            .policy
            .as_ref()
            .and_then(|policy| policy.in_scope());
        self.identities_ask_for_tags
            || (own.compiled().ok().into_iter().chain(registry))
                .any(CompiledPolicy::asks_for_resource_tags)
    }

    /// Reads a repository's images for somebody who opens it. Waits for as long as makes sense, and
    /// goes on reading after that: the next look shows the rest.
    pub(crate) async fn open_images(self: &Arc<Self>, entry: &Arc<Entry>) {
        let images = entry.images();
        if images.is_fresh(IMAGES_AGE_AT_OPENING) {
            return;
        }
        let wait = if images.as_of().is_some() {
            WAIT_FOR_NEWER
        } else {
            WAIT_FOR_FIRST
        };
        let (shelf, entry) = (Arc::clone(self), Arc::clone(entry));
        let reading = tokio::spawn(async move {
            shelf
                .read_images(&entry, IMAGES_AGE_AT_OPENING, Pace::Interactive)
                .await
        });
        // Too late is not wrong: what is known is shown, with its date.
        let _ = tokio::time::timeout(wait, reading).await;
    }

    /// Reads a repository's images unless they were read within `age`.
    pub(super) async fn read_images(&self, entry: &Entry, age: Duration, pace: Pace) {
        let asked = Instant::now();
        let _flight = entry.images_flight.lock().await;
        let known = entry.images();
        if known.is_fresh(age) || known.tried_since(asked) {
            return;
        }
        let records = match self.port.images(&self.call, pace, entry.name()).await {
            Ok(records) => records.enter(),
            Err(problem) => return entry.set_images(known.failed(problem)),
        };
        let (unread, mut indexes) = unread_indexes(&records, &known.indexes());
        // Without their manifests indexes stand beside their platforms: less tidy, not wrong.
        if self.leaves_pull_times.load(Ordering::Relaxed) {
            indexes.extend(self.read_indexes(entry, pace, &unread).await);
        }
        entry.set_images(Images::read(records, Arc::new(indexes), now()));
    }

    /// The images of indexes, by their manifests, a few at a time: each is read and let go before the
    /// next. One that spoils the answer for others is read by itself. What cannot be read now is left
    /// out and asked for again; what can never be read has no images.
    async fn read_indexes(&self, entry: &Entry, pace: Pace, unread: &[Digest]) -> Indexes {
        let (mut read, mut failures) = (Indexes::new(), 0);
        let mut batches: Vec<_> = unread.chunks(MANIFESTS_AT_A_TIME).rev().collect();
        while let Some(batch) = batches.pop() {
            let manifests = self
                .port
                .manifests(&self.call, pace, entry.name(), batch)
                .await;
            match (manifests.map(Crawled::enter), batch) {
                (Ok(manifests), _) => {
                    read.extend(manifests.into_iter().map(|(digest, manifest)| {
                        let children = manifest.and_then(|manifest| read_children(&manifest));
                        (digest, children.unwrap_or_default())
                    }))
                }
                (Err(Problem::Malformed), [alone]) => {
                    read.insert(alone.clone(), Vec::new());
                }
                (
                    Err(Problem::Malformed | Problem::Unexpected | Problem::Unreachable),
                    [_, _, ..],
                ) => {
                    batches.extend(batch.chunks(1).rev());
                }
                (Err(_), _) => {
                    failures += 1;
                    if failures == READ_FAILURES {
                        break;
                    }
                }
            }
        }
        read
    }
}
