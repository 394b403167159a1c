//! Sections of pages that are read when they are first needed. They are cached in memory, shown
//! with their age, and read again in the background when they are older than a limit.
//!
//! All of them share one budget of bytes, because people who push decide how large they are.

use std::{
    any::{Any, TypeId},
    collections::{HashMap, hash_map::Entry},
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use access::{now, policies::Incarnation};
use model::{Digest, Problem, Timestamp};
use moka::future::Cache;
use serde::Serialize;
use tokio::{sync::watch, task::JoinHandle};

use super::{Known, turns::Turn};

/// The maximum size of the cache, in bytes.
const MAX_HELD: u64 = 96 * 1024 * 1024;

/// Sections that no one asked for within this time are dropped.
const IDLE: Duration = Duration::from_secs(3_600);

/// How long to wait after a failed reading.
const RETRY: Duration = Duration::from_secs(5);

/// How long a reader waits for a newer reading who wants one.
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// What a part costs to keep beside its content.
const OVERHEAD: usize = 512;

/// A value that can be cached. Its size is measured in serialized form.
pub(super) trait Part: Any + Send + Sync + Serialize {}

impl<T: Any + Send + Sync + Serialize> Part for T {}

/// The approximate memory of a section, in bytes: its texts, and the same again for the structures
/// around them.
fn held_bytes(part: &impl Part) -> usize {
    struct Count(usize);
    impl io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    match serde_json::to_writer(&mut count, part) {
        Ok(()) => 2 * count.0 + OVERHEAD,
        // Too large to cache.
        Err(_) => usize::MAX,
    }
}

/// A section of a page of a repository or an image.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct PartKey {
    kind: TypeId,
    /// The name alone is not enough, because a repository can be deleted and created again.
    repository: Incarnation,
    digest: Option<Digest>,
}

impl PartKey {
    pub(super) fn new<T: Part>(repository: Incarnation, digest: Option<&Digest>) -> Self {
        Self {
            kind: TypeId::of::<T>(),
            repository,
            digest: digest.cloned(),
        }
    }
}

#[derive(Clone)]
struct Kept {
    part: Arc<dyn Any + Send + Sync>,
    bytes: usize,
    as_of: Timestamp,
    read: Instant,
    /// Why the latest attempt to read it again failed, and when.
    failed: Option<(Problem, Instant)>,
}

impl Kept {
    fn new<T: Part>(part: T, read: Instant, as_of: Timestamp) -> Self {
        Self {
            bytes: held_bytes(&part),
            part: Arc::new(part),
            as_of,
            read,
            failed: None,
        }
    }

    fn is_due(&self, limit: Duration) -> bool {
        let rests = |(_, at): &(Problem, Instant)| at.elapsed() < RETRY;
        self.read.elapsed() > limit && !self.failed.as_ref().is_some_and(rests)
    }

    fn known<T: Part>(self) -> Result<Known<Arc<T>>, Problem> {
        Ok(Known {
            // The key contains the type's ID.
            value: self.part.downcast().map_err(|_| Problem::Unexpected)?,
            as_of: Some(self.as_of),
            problem: self.failed.map(|(problem, _)| problem),
        })
    }
}

/// The cached sections.
pub(super) struct Parts {
    kept: Cache<PartKey, Kept>,
    /// What is being read again now. The sender is dropped when that ends.
    refreshing: Mutex<HashMap<PartKey, watch::Sender<()>>>,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("bytes", &self.kept.weighted_size())
            .finish_non_exhaustive()
    }
}

impl Parts {
    pub(super) fn new() -> Self {
        let weight = |_: &PartKey, kept: &Kept| u32::try_from(kept.bytes).unwrap_or(u32::MAX);
        Self {
            kept: Cache::builder()
                .weigher(weight)
                .max_capacity(MAX_HELD)
                .time_to_idle(IDLE)
                .build(),
            refreshing: Mutex::default(),
        }
    }

    /// The size of the cache, in bytes.
    pub(super) fn held_bytes(&self) -> u64 {
        self.kept.weighted_size()
    }

    /// A section that never changes. It is read once, with one call for all waiting callers.
    pub(super) async fn once<T: Part>(
        &self,
        key: PartKey,
        turn: impl Future<Output = Result<Turn, Problem>>,
        read: impl Future<Output = Result<T, Problem>>,
    ) -> Result<Arc<T>, Problem> {
        let kept = self.kept.get(&key).await;
        let known = match kept {
            Some(kept) => kept.known()?,
            None => self.first(key, turn, read).await?,
        };
        Ok(known.value)
    }

    /// A section that can change. The first caller waits for `wait`. Later callers get the known section at once, and if it
    /// is older than `limit`, it is read again in the background: at the caller's turn, so that a person who waits for a
    /// turn keeps no one else from reading it.
    pub(super) async fn recent<T: Part, W, R>(
        self: &Arc<Self>,
        key: PartKey,
        limit: Duration,
        turn: impl Future<Output = Result<Turn, Problem>>,
        wait: impl Future<Output = Result<T, Problem>>,
        again: impl FnOnce() -> (W, R),
    ) -> Result<Recent<T>, Problem>
    where
        W: Future<Output = Result<Turn, Problem>> + Send + 'static,
        R: Future<Output = Result<T, Problem>> + Send + 'static,
    {
        let Some(kept) = self.kept.get(&key).await else {
            let known = self.first(key, turn, wait).await?;
            return Ok(Recent {
                known,
                reading: None,
            });
        };
        let reading = kept.is_due(limit).then(|| {
            let (parts, (turn, read)) = (Arc::clone(self), again());
            tokio::spawn(async move {
                if let Ok(_until_it_ends) = turn.await {
                    parts.read_again(key, limit, read).await;
                }
            })
        });
        Ok(Recent {
            known: kept.known()?,
            reading,
        })
    }

    /// Reads a section again, or waits for the task that does so now.
    pub(super) async fn read_again<T: Part>(
        self: &Arc<Self>,
        key: PartKey,
        limit: Duration,
        read: impl Future<Output = Result<T, Problem>>,
    ) {
        let begun = Refreshing::begin(self, key.clone());
        let refreshing = match begun {
            Ok(refreshing) => refreshing,
            Err(mut ends) => {
                let _ = ends.changed().await;
                return;
            }
        };
        let kept = self.kept.get(&key).await;
        if let Some(before) = kept.filter(|kept| kept.is_due(limit)) {
            refreshing.read(before, read).await;
        }
    }

    /// Drops a section that was changed.
    pub(super) async fn forget(&self, key: &PartKey) {
        self.kept.invalidate(key).await;
    }

    /// Each caller first waits for its own turn, and then for the shared call. So a caller without
    /// a turn does not delay others.
    async fn first<T: Part>(
        &self,
        key: PartKey,
        turn: impl Future<Output = Result<Turn, Problem>>,
        read: impl Future<Output = Result<T, Problem>>,
    ) -> Result<Known<Arc<T>>, Problem> {
        let _turn = turn.await?;
        let began = Instant::now();
        let read = async { Ok(Kept::new(read.await?, began, now())) };
        let kept = self.kept.try_get_with(key, read).await;
        kept.map_err(|problem: Arc<Problem>| *problem)?.known()
    }

    fn refreshing(&self) -> MutexGuard<'_, HashMap<PartKey, watch::Sender<()>>> {
        self.refreshing
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A section as it is known, and the reading that was started because it is too old.
pub(super) struct Recent<T> {
    pub(super) known: Known<Arc<T>>,
    pub(super) reading: Option<JoinHandle<()>>,
}

impl<T> Recent<T> {
    /// Waits for that reading, for a few seconds at most.
    pub(super) async fn read(self) {
        if let Some(reading) = self.reading {
            let _ = tokio::time::timeout(LONGEST_WAIT, reading).await;
        }
    }
}

/// A section that is being read again. Only one task at a time does that.
struct Refreshing {
    parts: Arc<Parts>,
    key: PartKey,
}

impl Refreshing {
    /// Fails with the end of the reading that is under way.
    fn begin(parts: &Arc<Parts>, key: PartKey) -> Result<Self, watch::Receiver<()>> {
        match parts.refreshing().entry(key.clone()) {
            Entry::Occupied(running) => return Err(running.get().subscribe()),
            Entry::Vacant(free) => free.insert(watch::Sender::new(())),
        };
        Ok(Self {
            parts: Arc::clone(parts),
            key,
        })
    }

    async fn read<T: Part>(self, before: Kept, read: impl Future<Output = Result<T, Problem>>) {
        let began = Instant::now();
        let kept = match read.await {
            Ok(part) => Kept::new(part, began, now()),
            Err(problem) => Kept {
                failed: Some((problem, Instant::now())),
                ..before
            },
        };
        self.parts.kept.insert(self.key.clone(), kept).await;
    }
}

impl Drop for Refreshing {
    fn drop(&mut self) {
        self.parts.refreshing().remove(&self.key);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests;
