//! Whether what was found out a moment ago still holds.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts what may change who sees which repositories: a listing, the registry's policy read again,
/// a repository's policy that reads differently.
#[derive(Debug, Default)]
pub(super) struct Changes(AtomicU64);

impl Changes {
    /// Counts a change, which stands already: whoever finds the new count finds what has changed.
    pub(super) fn note(&self) {
        self.0.fetch_add(1, Ordering::Release);
    }

    /// How many there were.
    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}
