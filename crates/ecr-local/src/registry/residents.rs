use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::Repository;

/// How many generated images stay in memory, over all repositories. At about three kilobytes an
/// image with its blobs this stays well under half a gigabyte.
const MAX_IMAGES: usize = 100_000;

/// The repositories whose generated images are in memory, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Residents {
    queue: Mutex<(VecDeque<(Arc<Repository>, usize)>, usize)>,
}

impl Residents {
    /// Notes that a generator has just filled this repository, and empties the oldest ones while
    /// there are too many images. Call it with no repository locked.
    pub(super) fn admit(&self, repository: Arc<Repository>, images: usize) {
        let mut guard = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let (queue, total) = &mut *guard;
        queue.push_back((repository, images));
        *total += images;
        while *total > MAX_IMAGES
            && queue.len() > 1
            && let Some((oldest, images)) = queue.pop_front()
        {
            // One that is busy or was written to leaves the queue too: written ones stay in memory.
            oldest.evict();
            *total -= images;
        }
    }
}
