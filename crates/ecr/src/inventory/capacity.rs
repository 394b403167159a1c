//! How many images all repositories hold together, and how many they may.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many images of one repository are always read: ECR's quota ("Amazon ECR service quotas").
const ONE_REPOSITORY: usize = 100_000;

/// A repository that holds more than one part in so many of all images is let go before the others.
const SHARES: usize = 4;

/// A running total, so that nobody adds up every repository to know it. Counted as
/// [`ImageRecord::weight`](crate::ImageRecord::weight) counts, and one for each image of an index.
#[derive(Debug)]
pub(super) struct Capacity {
    most: usize,
    held: AtomicUsize,
}

impl Capacity {
    /// For so many images ([`InventorySettings::max_images`](super::InventorySettings::max_images)).
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            held: AtomicUsize::new(0),
        }
    }

    /// The most that is read of one repository.
    pub(super) fn of_one_repository(&self) -> usize {
        self.most.max(ONE_REPOSITORY)
    }

    /// More than this is more than one repository's share.
    pub(super) fn share(&self) -> usize {
        self.most / SHARES
    }

    /// Notes that a repository holds other images than before.
    pub(super) fn exchange(&self, before: usize, after: usize) {
        self.held.fetch_add(after, Ordering::Relaxed);
        self.held.fetch_sub(before, Ordering::Relaxed);
    }

    /// Whether more are held than may be.
    pub(super) fn is_exceeded(&self) -> bool {
        self.held.load(Ordering::Relaxed) > self.most
    }

    /// Whether so many more may be held.
    pub(super) fn has_room_for(&self, more: usize) -> bool {
        self.held.load(Ordering::Relaxed).saturating_add(more) < self.most
    }
}
