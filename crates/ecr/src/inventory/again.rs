//! Reads again what an event names, so that it is known soon and not only with the crawler's next round.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use model::{
    Digest, RegistryAlias, RepositoryAt, RepositoryName, Tag,
    image::{FindingsView, ReferrerView},
};

use super::{
    Inventory, LifecycleText, RegistryState, RepositoryState,
    images::Images,
    parts::{Part, PartKey},
};
use crate::{client::Priority, host::Crawled};

/// The maximum number of images of which sections are read again at once. The others are read when they are opened.
const IMAGES: usize = 20;

/// How often a reading is tried: one that began before the event may be under way, and ECR may throttle.
const ATTEMPTS: u32 = 3;

/// The time between two attempts.
const PAUSE: Duration = Duration::from_millis(300);

/// What to read again of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadAgain {
    /// The images and their tags.
    pub images: bool,
    /// The repository policy.
    pub policy: bool,
    /// The lifecycle policy.
    pub lifecycle: bool,
    /// The images whose findings and referrers changed.
    pub about: BTreeSet<Digest>,
}

impl ReadAgain {
    /// Adds what another event names.
    pub fn add(&mut self, other: Self) {
        self.images |= other.images;
        self.policy |= other.policy;
        self.lifecycle |= other.lifecycle;
        self.about.extend(other.about);
        while self.about.len() > IMAGES {
            self.about.pop_last();
        }
    }
}

impl Inventory {
    /// The registries of an account in a region. A registry whose account is not known yet may be one of them.
    pub fn registries_of(&self, region: &str, account: &str) -> Vec<RegistryAlias> {
        let is_of = |state: &&Arc<RegistryState>| {
            let own = state.account();
            state.settings().region == region && own.is_none_or(|own| own.as_str() == account)
        };
        let states = self.registries.iter().filter(is_of);
        states.map(|state| state.alias().clone()).collect()
    }

    /// Whether a repository is known.
    pub fn knows(&self, repository: &RepositoryAt) -> bool {
        self.entry(repository).is_some()
    }

    /// Lists the repositories of a registry again.
    pub async fn list_again(&self, registry: &RegistryAlias) {
        if let Some(state) = self.registry(registry) {
            state.list().await;
        }
    }

    /// Reads parts of a repository again, so that what is known of them is not older than `since`. Of findings, referrers
    /// and the lifecycle policy, only what people looked at recently. Does nothing if the repository is not known.
    pub async fn read_again(&self, repository: &RepositoryAt, what: &ReadAgain, since: Instant) {
        let state = self.registry(&repository.registry);
        let (Some(state), Some(entry)) = (state, self.entry(repository)) else {
            return;
        };
        // Calls are large futures, and several wait here at once, so they go on the heap.
        let policy = Box::pin(async {
            // A reading that began before the event may be under way: then the second one reads it again.
            for _ in 0..2 {
                if what.policy {
                    state
                        .read_policy(&entry, since.elapsed(), Priority::Background)
                        .await;
                }
            }
        });
        let images = Box::pin(async {
            if what.images {
                state.read_images_of(&entry, since).await;
            }
        });
        let parts = Box::pin(async {
            if what.lifecycle {
                self.lifecycle_again(state, &entry).await;
            }
            for digest in &what.about {
                self.sections_again(state, &entry, digest).await;
            }
        });
        tokio::join!(policy, images, parts);
    }

    /// Whether a tag points at an image, or does not exist, according to the latest reading. None if the images are not in
    /// memory, or were last read before `since`.
    pub fn confirms(
        &self,
        repository: &RepositoryAt,
        tag: &Tag,
        image: Option<&Digest>,
        since: Instant,
    ) -> Option<bool> {
        let images = self.entry(repository)?.images();
        images.is_of(since).then(|| images.tagged(tag) == image)
    }

    async fn lifecycle_again(&self, state: &Arc<RegistryState>, entry: &RepositoryState) {
        let name = &entry.repository().name;
        let read = state
            .client
            .lifecycle_policy(&state.call, Priority::Background, name);
        self.section_again::<LifecycleText>(entry, None, read).await;
    }

    async fn sections_again(
        &self,
        state: &Arc<RegistryState>,
        entry: &RepositoryState,
        digest: &Digest,
    ) {
        let (name, background): (&RepositoryName, _) =
            (&entry.repository().name, Priority::Background);
        let findings = state.client.findings(&state.call, background, name, digest);
        self.section_again::<Option<FindingsView>>(entry, Some(digest), findings)
            .await;
        let referrers = state
            .client
            .referrers(&state.call, background, name, digest);
        self.section_again::<Vec<ReferrerView>>(entry, Some(digest), referrers)
            .await;
    }

    async fn section_again<T: Part>(
        &self,
        entry: &RepositoryState,
        digest: Option<&Digest>,
        read: impl Future<Output = Result<Crawled<T>, model::Problem>>,
    ) {
        let key = PartKey::new::<T>(entry.policies().incarnation(), digest);
        let read = Box::pin(read);
        let read = async { read.await.map(Crawled::enter) };
        self.parts.read_again(key, Duration::ZERO, read).await;
    }
}

impl RegistryState {
    /// Reads a repository's images with a reading that begins after `since`. Images that were released from memory stay
    /// so: who can push must not be able to have those of others released.
    async fn read_images_of(&self, entry: &Arc<RepositoryState>, since: Instant) {
        let is_enough = |images: &Images| images.is_of(since);
        for attempt in 0..ATTEMPTS {
            let images = entry.images();
            let has_room = images.held() > 0 || self.capacity.has_room_for(images.weighed());
            if is_enough(&images) || !has_room {
                return;
            }
            if attempt > 0 && images.problem.is_some() {
                tokio::time::sleep(PAUSE).await;
            }
            self.read_images_unless(entry, is_enough, Priority::Background)
                .await;
        }
    }
}
