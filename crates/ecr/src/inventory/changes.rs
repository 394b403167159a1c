//! What has changed since a moment ago: whether what was found out then still holds, and what an observer
//! hears of it.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use access::policies::PolicyTexts;
use model::{Digest, RegistryAlias, RepositoryName, Tag, Timestamp};
use tokio::sync::Notify;

/// A change in a registry that nobody asked Gantry for: between two readings, it was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// A repository's policy reads differently than before.
    PolicyChanged(PolicyTexts),
    /// A tag points at another image than before.
    TagMoved {
        /// The tag.
        tag: Tag,
        /// Where it pointed.
        from: Digest,
        /// Where it points.
        to: Digest,
    },
    /// So many more tags moved at the same time than are told one by one.
    MoreTagsMoved(usize),
    /// The images were let go to make room: which tags move until they are read again is not seen.
    TagsUnwatched {
        /// When they were read last.
        last_read: Timestamp,
    },
}

/// Who hears of changes. It must not wait: the crawler would.
pub trait Observer: fmt::Debug + Send + Sync + 'static {
    /// Something was seen in a repository.
    fn observe(&self, registry: &RegistryAlias, name: &RepositoryName, seen: Observation);
}

/// Counts what may change who sees which repositories: a listing, the registry's policy read again,
/// a repository's policy that reads differently. Also tells an observer what changed in a registry.
#[derive(Debug)]
pub(super) struct Changes {
    count: AtomicU64,
    noted: Notify,
    observer: Arc<dyn Observer>,
}

impl Changes {
    pub(super) fn new(observer: Arc<dyn Observer>) -> Self {
        Self {
            count: AtomicU64::new(0),
            noted: Notify::new(),
            observer,
        }
    }

    /// Counts a change, which stands already: whoever finds the new count finds what has changed.
    pub(super) fn note(&self) {
        self.count.fetch_add(1, Ordering::Release);
        self.noted.notify_one();
    }

    /// Waits until a change has been counted since the last wait. One task waits.
    pub(super) async fn noted(&self) {
        self.noted.notified().await;
    }

    /// How many there were.
    pub(super) fn count(&self) -> u64 {
        self.count.load(Ordering::Acquire)
    }

    /// Tells the observer.
    pub(super) fn observe(
        &self,
        registry: &RegistryAlias,
        name: &RepositoryName,
        seen: Observation,
    ) {
        self.observer.observe(registry, name, seen);
    }
}
