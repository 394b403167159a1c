//! One repository.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering},
    },
    time::Instant,
};

use access::{
    now,
    policies::{PolicyWriter, Reading, RegistryReading, RepositoryPolicies, RepositoryPolicy},
};
use arc_swap::ArcSwap;
use model::{Problem, RegistryAlias, RepositoryAt, Timestamp, image::TagKind};

use super::{Capacity, Changes, Observation, TagsRead, images::Images, moves::TagMoves};
use crate::record::RepositoryFacts;

/// How many tags that moved between two readings get their own row in the audit log. The others are
/// counted in one row.
const MOVES_RECORDED: usize = 50;

/// How many seconds the images of a repository must be known before its tags count as watched.
const WATCHED: i64 = 600;

/// A repository: its known data, and the policies that the gate decides by. Only the inventory
/// accesses its images, which viewers read with a grant.
#[derive(Debug)]
pub struct RepositoryState {
    policies: PolicyWriter,
    facts: ArcSwap<RepositoryFacts>,
    images: ArcSwap<Images>,
    moves: ArcSwap<TagMoves>,
    /// Locked while two readings are compared. Pages do not use it.
    comparing: Mutex<()>,
    /// The weight of the images and of the tag history, in images.
    held: AtomicUsize,
    opened: AtomicI64,
    changes: Arc<Changes>,
    capacity: Arc<Capacity>,
    /// Locked while the policy is read, so that many viewers make one call.
    pub(super) policy_flight: tokio::sync::Mutex<()>,
    /// Locked while the images are read.
    pub(super) images_flight: tokio::sync::Mutex<()>,
    /// Held by the one who reads the images for all who wait for recent ones.
    pub(super) recent_flight: Arc<tokio::sync::Mutex<()>>,
    /// Whether the policy, and whether the images, are about to be read again in the background.
    pub(super) policy_refresh: AtomicBool,
    pub(super) images_refresh: AtomicBool,
}

impl RepositoryState {
    pub(super) fn new(
        registry: RegistryAlias,
        facts: RepositoryFacts,
        registry_policy: RegistryReading,
        changes: Arc<Changes>,
        capacity: Arc<Capacity>,
    ) -> Self {
        let repository = RepositoryAt {
            name: facts.name.clone(),
            registry,
        };
        Self {
            policies: PolicyWriter::new(repository, registry_policy),
            facts: ArcSwap::from_pointee(facts),
            images: ArcSwap::from_pointee(Images::default()),
            moves: ArcSwap::default(),
            comparing: Mutex::default(),
            held: AtomicUsize::new(0),
            opened: AtomicI64::new(0),
            changes,
            capacity,
            policy_flight: tokio::sync::Mutex::default(),
            images_flight: tokio::sync::Mutex::default(),
            recent_flight: Arc::default(),
            policy_refresh: AtomicBool::new(false),
            images_refresh: AtomicBool::new(false),
        }
    }

    /// The policies that decide about the repository, for the gate.
    pub fn policies(&self) -> &RepositoryPolicies {
        &self.policies
    }

    /// Whether ECR still describes the same repository. One that was deleted and created again has
    /// a different creation time.
    pub(super) fn is_of(&self, facts: &RepositoryFacts) -> bool {
        let known = self.facts();
        (&known.arn, known.created_nanos) == (&facts.arn, facts.created_nanos)
    }

    /// The repository.
    pub fn repository(&self) -> &RepositoryAt {
        self.policies.repository()
    }

    /// The first full second in which the repository exists. None if ECR does not say. Earlier rows
    /// of the audit log are about another repository. The creation time is one of the settings, so
    /// it is never shown from here.
    pub fn there_since(&self) -> Option<Timestamp> {
        const NANOS: i128 = 1_000_000_000;
        let created = self.facts().created_nanos?;
        let seconds = created.div_euclid(NANOS) + i128::from(created.rem_euclid(NANOS) > 0);
        i64::try_from(seconds).ok().map(Timestamp)
    }

    /// ECR's description of the repository.
    pub fn facts(&self) -> Arc<RepositoryFacts> {
        self.facts.load_full()
    }

    pub(super) fn set_facts(&self, facts: RepositoryFacts) {
        self.facts.store(Arc::new(facts));
    }

    /// The last reading of the policy.
    pub(super) fn reading(&self) -> Arc<Reading<RepositoryPolicy>> {
        self.policies.reading()
    }

    /// Stores a new reading of the policy.
    pub(super) fn set_reading(&self, reading: Reading<RepositoryPolicy>) {
        let change = self.policies.put(reading);
        if change.decides {
            self.changes.note();
        }
        if let Some(texts) = change.texts {
            self.observe(Observation::PolicyChanged(texts));
        }
    }

    /// Records that the policy could not be read.
    pub(super) fn fail_policy(&self, problem: Problem) {
        let failed = self.reading().then(Err(problem), Instant::now(), now());
        self.set_reading(failed);
    }

    pub(super) fn images(&self) -> Arc<Images> {
        self.images.load_full()
    }

    /// Whether a reading that began after this time has read the images completely.
    pub fn has_read_images_since(&self, moment: Instant) -> bool {
        self.images().is_of(moment)
    }

    /// Stores newly read images, and records which tags moved. Slow if there are many tags. Do not
    /// call it on a thread that answers requests.
    pub(super) fn set_images(&self, images: Images) {
        let comparing = self.comparing.lock();
        let _comparing = comparing.unwrap_or_else(PoisonError::into_inner);
        let before = self.images.load_full();
        let mut moves = TagMoves::clone(&self.moves.load());
        let mut moved = moves.note(&before, &images);
        let held = images.held() + moves.weight();
        self.capacity
            .exchange(self.held.swap(held, Ordering::Relaxed), held);
        // A person who can push can move thousands at once. The tags that people deploy by come
        // first.
        moved.sort_by_key(|(tag, ..)| TagKind::by_name(tag) != TagKind::LooksFloating);
        let more = moved.len().saturating_sub(MOVES_RECORDED);
        for (tag, from, to) in moved.into_iter().take(MOVES_RECORDED) {
            self.observe(Observation::TagMoved { tag, from, to });
        }
        if more > 0 {
            self.observe(Observation::MoreTagsMoved(more));
        }
        self.moves.store(Arc::new(moves));
        if let Some((began, ended)) = images.span() {
            let facts = self.facts();
            self.changes.tags_read(TagsRead {
                arn: facts.arn.clone(),
                created_nanos: facts.created_nanos,
                began,
                ended,
                images: images.clone(),
            });
        }
        self.images.store(Arc::new(images));
    }

    /// Records that the images could not be read. The older images stay, and nothing is compared.
    pub(super) fn fail_images(&self, problem: Problem) {
        self.images.rcu(|images| images.failed(problem));
    }

    /// Releases the images. Tag moves are no longer seen. If the tags were watched for a while, the
    /// audit log says so.
    pub(super) fn let_go_of_images(&self) {
        let images = self.images();
        let watched_since = self.moves().first();
        let is_watched = |since: Timestamp| now().seconds_since(since) >= WATCHED;
        if watched_since.is_some_and(is_watched)
            && let Some(last_read) = images.as_of()
        {
            self.observe(Observation::TagsUnwatched { last_read });
        }
        self.set_images(images.let_go());
    }

    /// The weight of the repository, for
    /// [`InventorySettings::max_images`](super::InventorySettings::max_images).
    pub(super) fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// The tag history.
    pub(super) fn moves(&self) -> Arc<TagMoves> {
        self.moves.load_full()
    }

    fn observe(&self, seen: Observation) {
        self.changes.observe(self.repository(), seen);
    }

    /// Records that a person opens the repository.
    pub fn touch(&self) {
        self.opened.store(now().0, Ordering::Relaxed);
    }

    /// When a person last opened the repository.
    pub(super) fn opened(&self) -> Timestamp {
        Timestamp(self.opened.load(Ordering::Relaxed))
    }
}

impl Drop for RepositoryState {
    fn drop(&mut self) {
        self.capacity.exchange(self.held(), 0);
    }
}

/// A background reading that a person started by opening the repository. Only one runs at a time.
/// It ends when this value is dropped, also after a panic.
#[derive(Debug)]
pub(super) struct Refreshing {
    entry: Arc<RepositoryState>,
    flag: fn(&RepositoryState) -> &AtomicBool,
}

impl Refreshing {
    /// Starts a reading, unless one is running.
    pub(super) fn begin(
        entry: &Arc<RepositoryState>,
        flag: fn(&RepositoryState) -> &AtomicBool,
    ) -> Option<Self> {
        let begun = !flag(entry).swap(true, Ordering::AcqRel);
        begun.then(|| Self {
            entry: Arc::clone(entry),
            flag,
        })
    }
}

impl Drop for Refreshing {
    fn drop(&mut self) {
        (self.flag)(&self.entry).store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests;
