//! What has changed since a moment ago: whether what was found out then still holds, and what the
//! audit log is told of it.

use std::sync::atomic::{AtomicU64, Ordering};

use model::{Digest, RegistryAlias, RepositoryName, Tag, Timestamp, audit::Event};
use sha2::{Digest as _, Sha256};
use tokio::sync::Notify;

use crate::audit::{Audit, Entry};

/// Counts what may change who sees which repositories: a listing, the registry's policy read again,
/// a repository's policy that reads differently. Also records changes of a registry in the
/// audit log.
#[derive(Debug)]
pub(super) struct Changes {
    count: AtomicU64,
    noted: Notify,
    audit: Audit,
}

impl Changes {
    pub(super) fn new(audit: Audit) -> Self {
        Self {
            count: AtomicU64::new(0),
            noted: Notify::new(),
            audit,
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

    /// A repository's policy reads differently than before; none where none is set.
    pub(super) fn policy(
        &self,
        registry: &RegistryAlias,
        name: &RepositoryName,
        before: Option<&str>,
        after: Option<&str>,
    ) {
        self.audit.observe(Entry {
            arguments: vec![("before", told(before)), ("after", told(after))],
            ..Entry::unasked(Event::PolicyChanged).on(registry, name)
        });
    }

    /// A tag points at another image than before.
    pub(super) fn tag(
        &self,
        registry: &RegistryAlias,
        name: &RepositoryName,
        (tag, from, to): (&Tag, &Digest, &Digest),
    ) {
        let arguments = vec![
            ("tag", tag.to_string()),
            ("from", from.to_string()),
            ("to", to.to_string()),
        ];
        self.audit.observe(Entry {
            arguments,
            ..Entry::unasked(Event::TagMoved).on(registry, name)
        });
    }

    /// The images were let go to make room: which tags move until they are read again is not seen.
    pub(super) fn unwatched(
        &self,
        registry: &RegistryAlias,
        name: &RepositoryName,
        last_read: Timestamp,
    ) {
        self.audit.observe(Entry {
            arguments: vec![("last-read", last_read.rfc3339())],
            ..Entry::unasked(Event::TagsUnwatched).on(registry, name)
        });
    }

    /// More tags moved at the same time than have rows of their own.
    pub(super) fn more_tags(&self, registry: &RegistryAlias, name: &RepositoryName, more: usize) {
        self.audit.observe(Entry {
            arguments: vec![("more", more.to_string())],
            ..Entry::unasked(Event::TagMoved).on(registry, name)
        });
    }
}

/// A policy's text in the log: its digest, since the log is no place to read policies.
fn told(text: Option<&str>) -> String {
    text.map_or_else(
        || "none".to_owned(),
        |text| {
            let digest = Sha256::digest(text);
            let digits = digest.iter().map(|byte| format!("{byte:02x}"));
            format!("sha256:{}", digits.collect::<String>())
        },
    )
}
