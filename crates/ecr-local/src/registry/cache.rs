use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::Repository;

/// How many generated images stay in memory, across all repositories. At about three kilobytes for an image with its
/// blobs, this is well below half a gigabyte.
const MAX_IMAGES: usize = 100_000;

/// The repositories whose generated images are in memory.
#[derive(Debug)]
pub(super) struct GeneratedCache {
    limit: usize,
    queue: Mutex<Queue>,
}

impl Default for GeneratedCache {
    fn default() -> Self {
        Self::with_limit(MAX_IMAGES)
    }
}

#[derive(Debug, Default)]
struct Queue {
    /// Oldest first, with the number of images that each one had when it was filled.
    repositories: VecDeque<(Arc<Repository>, usize)>,
    images: usize,
}

impl GeneratedCache {
    fn with_limit(limit: usize) -> Self {
        Self {
            limit,
            queue: Mutex::default(),
        }
    }

    /// Records that a generator has just filled this repository, and empties the oldest ones while there are too many
    /// images. Call it with no repository locked.
    pub(super) fn admit(&self, repository: Arc<Repository>, images: usize) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.repositories.push_back((repository, images));
        queue.images += images;
        let mut busy = Vec::new();
        while queue.images > self.limit
            && queue.repositories.len() > 1
            && let Some((oldest, images)) = queue.repositories.pop_front()
        {
            queue.images -= images;
            if oldest.evict() == Eviction::Busy {
                busy.push((oldest, images));
            }
        }
        // A repository that is busy now is tried again at the next call.
        for (repository, images) in busy {
            queue.images += images;
            queue.repositories.push_front((repository, images));
        }
    }
}

/// The result of evicting a repository's images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Eviction {
    /// They were dropped, or they stay permanently because of a write.
    Settled,
    /// They are being read at this moment.
    Busy,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::sync::atomic::{AtomicUsize, Ordering};

    use serde_json::json;

    use super::super::{
        EcrError, Generator, Images, ManifestKind, Mutability, NewRepository, PutImage,
    };
    use super::*;

    /// Generates two empty indexes, and counts the calls.
    #[derive(Debug, Default)]
    struct TwoImages {
        asked: AtomicUsize,
    }

    impl Generator for TwoImages {
        fn fill(&self, images: &mut Images) -> Result<(), EcrError> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            for number in 0..2 {
                let index = json!({ "schemaVersion": 2, "manifests": [], "annotations": { "number": number.to_string() } });
                let put = PutImage {
                    manifest: index.to_string().into(),
                    media_type: Some(ManifestKind::OciIndex.media_type().to_owned()),
                    ..PutImage::default()
                };
                images.put(put, &Mutability::default())?;
            }
            Ok(())
        }
    }

    fn generated(name: &str) -> (Arc<Repository>, Arc<TwoImages>) {
        let new = NewRepository {
            name: name.to_owned(),
            ..NewRepository::default()
        };
        let repository = Arc::new(Repository::new("111122223333", new));
        let generator = Arc::new(TwoImages::default());
        let shared: Arc<dyn Generator> = Arc::<TwoImages>::clone(&generator);
        repository.lock().unwrap().attach(shared);
        (repository, generator)
    }

    /// Reads the repository's images as the registry does.
    fn look(cache: &GeneratedCache, repository: &Arc<Repository>) {
        let mut state = repository.lock().unwrap();
        let filled = repository.fill(&mut state).unwrap();
        let (is_new, count) = (filled.is_new, filled.images.len());
        drop(state);
        if is_new {
            cache.admit(Arc::clone(repository), count);
        }
    }

    #[test]
    fn the_oldest_images_are_dropped_and_generated_again_on_demand() {
        let cache = GeneratedCache::with_limit(4);
        let (first, made) = generated("first");
        let (second, _) = generated("second");
        let (third, _) = generated("third");
        look(&cache, &first);
        look(&cache, &second);
        look(&cache, &first);
        assert_eq!(made.asked.load(Ordering::Relaxed), 1);
        look(&cache, &third);
        look(&cache, &first);
        assert_eq!(made.asked.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn changed_images_and_images_being_read_stay() {
        let cache = GeneratedCache::with_limit(2);
        let (written, made) = generated("written");
        written.lock().unwrap().mark_written();
        look(&cache, &written);
        let (watched, watched_made) = generated("watched");
        look(&cache, &watched);
        let watching = watched.lock().unwrap();
        look(&cache, &generated("newcomer").0);
        drop(watching);
        look(&cache, &written);
        look(&cache, &watched);
        assert_eq!(made.asked.load(Ordering::Relaxed), 1);
        assert_eq!(watched_made.asked.load(Ordering::Relaxed), 1);
    }
}
