//! Counts changes, so that cached answers can be checked, and reports changes to an observer.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

use access::policies::PolicyTexts;
use model::{Digest, RepositoryAt, Tag, Timestamp};
use tokio::sync::Notify;

use super::images::Images;

/// A change in a registry that was not made through Gantry, found by comparing two readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// The text of a repository policy changed.
    PolicyChanged(PolicyTexts),
    /// A tag points at a different image.
    TagMoved {
        /// The tag.
        tag: Tag,
        /// The digest before.
        from: Digest,
        /// The digest after.
        to: Digest,
    },
    /// The number of further tags that moved at the same time and are not reported one by one.
    MoreTagsMoved(usize),
    /// The images were released to free memory. Tag moves are not observed until the images are
    /// read again.
    TagsUnwatched {
        /// When the images were last read.
        last_read: Timestamp,
    },
}

/// A complete reading of a repository's tags.
#[derive(Debug, Clone)]
pub struct TagsRead {
    /// The ARN, as ECR returned it.
    pub arn: String,
    /// The creation time, in nanoseconds since 1970. It distinguishes the repository from a later
    /// one with the same name.
    pub created_nanos: Option<i128>,
    /// When the first call to ECR began.
    pub began: SystemTime,
    /// When ECR had answered the last one.
    pub ended: SystemTime,
    pub(super) images: Images,
}

impl TagsRead {
    /// The tags with their digests. A tag that moved while ECR was listing can occur twice.
    pub fn tags(&self) -> impl Iterator<Item = (&Tag, &Digest)> {
        self.images.tags()
    }
}

/// Receives changes. It must not block, because the crawler calls it.
pub trait Observer: fmt::Debug + Send + Sync + 'static {
    /// Called for each change in a repository.
    fn observe(&self, repository: &RepositoryAt, seen: Observation);

    /// Called for each complete reading of a repository's tags.
    fn tags_read(&self, reading: TagsRead);
}

/// Counts the changes that can change who sees which repositories: a new listing, a new reading of
/// the registry policy, a repository policy with a different text. Also reports changes in a
/// registry to an observer.
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

    /// Counts a change. Call this after the change, so that a reader of the new count also sees the
    /// change.
    pub(super) fn note(&self) {
        self.count.fetch_add(1, Ordering::Release);
        self.noted.notify_one();
    }

    /// Waits until a change has been counted since the last wait. Only one task may wait.
    pub(super) async fn noted(&self) {
        self.noted.notified().await;
    }

    /// The number of changes.
    pub(super) fn count(&self) -> u64 {
        self.count.load(Ordering::Acquire)
    }

    /// Calls the observer.
    pub(super) fn observe(&self, repository: &RepositoryAt, seen: Observation) {
        self.observer.observe(repository, seen);
    }

    /// Calls the observer.
    pub(super) fn tags_read(&self, reading: TagsRead) {
        self.observer.tags_read(reading);
    }
}
