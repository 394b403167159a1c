use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::Repository;

/// How many generated images stay in memory, over all repositories. At about three kilobytes an
/// image with its blobs this stays well under half a gigabyte.
const MAX_IMAGES: usize = 100_000;

/// The repositories whose generated images are in memory.
#[derive(Debug, Default)]
pub(super) struct Residents {
    queue: Mutex<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    /// The oldest first, with how many images each one had when it was filled.
    repositories: VecDeque<(Arc<Repository>, usize)>,
    images: usize,
}

impl Residents {
    /// Notes that a generator has just filled this repository, and empties the oldest ones while
    /// there are too many images. Call it with no repository locked.
    pub(super) fn admit(&self, repository: Arc<Repository>, images: usize) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.repositories.push_back((repository, images));
        queue.images += images;
        let mut busy = Vec::new();
        while queue.images > MAX_IMAGES
            && queue.repositories.len() > 1
            && let Some((oldest, images)) = queue.repositories.pop_front()
        {
            queue.images -= images;
            if oldest.evict() == Eviction::Busy {
                busy.push((oldest, images));
            }
        }
        // Whoever is busy now gets its turn with the next newcomer.
        for (repository, images) in busy {
            queue.images += images;
            queue.repositories.push_front((repository, images));
        }
    }
}

/// What became of a request to forget a repository's images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Eviction {
    /// They are gone, or they stay for good because somebody wrote to them.
    Settled,
    /// Somebody looks at them at this moment.
    Busy,
}
