//! Counts the images of all repositories, and limits their number.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many images of one repository are always read: the quota of ECR ("Amazon ECR service
/// quotas").
const ONE_REPOSITORY: usize = 100_000;

/// A repository that holds more than this fraction of all images is released before the others.
const SHARES: usize = 4;

/// A running total, so that it need not be summed over every repository. It counts
/// [`ImageRecord::weight`](crate::ImageRecord::weight), and one for each image of an index.
#[derive(Debug)]
pub(super) struct Capacity {
    most: usize,
    held: AtomicUsize,
}

impl Capacity {
    /// Creates a limit of this many images
    /// ([`InventorySettings::max_images`](super::InventorySettings::max_images)).
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            held: AtomicUsize::new(0),
        }
    }

    /// The maximum number of images to read of one repository.
    pub(super) fn of_one_repository(&self) -> usize {
        self.most.max(ONE_REPOSITORY)
    }

    /// The share of one repository. A repository with more images is released first.
    pub(super) fn share(&self) -> usize {
        self.most / SHARES
    }

    /// Records that the number of images of a repository changed.
    pub(super) fn exchange(&self, before: usize, after: usize) {
        self.held.fetch_add(after, Ordering::Relaxed);
        self.held.fetch_sub(before, Ordering::Relaxed);
    }

    /// Whether the total exceeds the limit.
    pub(super) fn is_exceeded(&self) -> bool {
        self.held.load(Ordering::Relaxed) > self.most
    }

    /// Whether this many more images fit.
    pub(super) fn has_room_for(&self, more: usize) -> bool {
        self.held.load(Ordering::Relaxed).saturating_add(more) < self.most
    }
}
