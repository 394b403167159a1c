//! Reading the images of a repository: for people who open it, for visitors of share links, and for the crawler.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use access::{PersonId, now};
use model::{Digest, Problem};
use tokio::task::JoinHandle;

use super::{
    RegistryState, RepositoryState,
    images::Images,
    manifests::{Manifests, unnamed_children, unread_manifests},
    repository::Refreshing,
    turns::Turns,
};
use crate::{
    apart::apart,
    client::Priority,
    content::{Contents, Manifest, read_contents},
    host::Crawled,
};

/// When a repository is opened, images that are older than this are read again in the background.
const IMAGES_AGE_AT_OPENING: Duration = Duration::from_secs(15);

/// How long an opened page waits for images of which nothing is known.
pub const WAIT_FOR_FIRST: Duration = Duration::from_secs(8);

/// How many manifests are read in one call.
const MANIFESTS_AT_A_TIME: usize = 10;

/// After this many failed calls, the other manifests wait for the next reading.
const READ_FAILURES: u32 = 3;

/// Parses manifests. A manifest that can never be read has empty contents.
fn all_contents(manifests: Vec<(Digest, Option<Manifest>)>) -> Vec<(Digest, Contents)> {
    let read = |manifest: Option<Manifest>| manifest.and_then(|it| read_contents(&it));
    let all = manifests.into_iter();
    all.map(|(digest, manifest)| (digest, read(manifest).unwrap_or_default()))
        .collect()
}

impl RegistryState {
    /// Makes sure that a repository's images are known when a person opens it. Only the first
    /// person waits, up to a limit; the reading continues after that. Known images that are not
    /// recent are read again in the background.
    pub async fn open_images(
        self: &Arc<Self>,
        entry: &Arc<RepositoryState>,
        person: &PersonId,
    ) -> Result<(), Problem> {
        let images = entry.images();
        if images.as_of().is_none() && !images.tried_since(Instant::now()) {
            let is_fresh = |images: &Images| images.is_fresh(IMAGES_AGE_AT_OPENING);
            let reading = self.begin_reading(entry, is_fresh, person).await?;
            // A timeout is not an error: the page says that the images are still being read.
            let _ = tokio::time::timeout(WAIT_FOR_FIRST, reading).await;
        } else if !images.is_fresh(IMAGES_AGE_AT_OPENING) {
            self.refresh(
                &self.image_refreshes,
                |entry| &entry.images_refresh,
                entry,
                person,
                {
                    let (state, entry) = (Arc::clone(self), Arc::clone(entry));
                    let age = IMAGES_AGE_AT_OPENING;
                    async move { state.read_images(&entry, age, Priority::Background).await }
                },
            );
        }
        Ok(())
    }

    /// Reads a repository's images for a waiting person, unless a reading that began after `since`
    /// has them. The reading continues if the person leaves.
    ///
    /// # Errors
    /// If the person does not get a turn in time.
    pub async fn await_images(
        self: &Arc<Self>,
        entry: &Arc<RepositoryState>,
        since: Instant,
        person: &PersonId,
    ) -> Result<(), Problem> {
        if entry.has_read_images_since(since) {
            return Ok(());
        }
        let is_new = move |images: &Images| images.is_of(since);
        let _ = self.begin_reading(entry, is_new, person).await?.await;
        Ok(())
    }

    /// Waits until a repository's images are no older than `age`, or than four times as long as the last reading took:
    /// so people who open a large repository again and again keep ECR busy for a quarter of the time at most. Many who
    /// wait at once cause one reading and take one turn.
    pub async fn await_recent_images(
        self: &Arc<Self>,
        entry: &Arc<RepositoryState>,
        age: Duration,
        person: &PersonId,
    ) {
        let images = entry.images();
        let age = age.max(4 * images.took());
        let is_recent = move |images: &Images| images.is_fresh(age);
        if is_recent(&images) {
            return;
        }
        let only_one = Arc::clone(&entry.recent_flight).lock_owned().await;
        if is_recent(&entry.images()) {
            return;
        }
        let is_recent = move |images: &Images| {
            // Held until the reading ends.
            let _ = &only_one;
            is_recent(images)
        };
        if let Ok(reading) = self.begin_reading(entry, is_recent, person).await {
            let _ = reading.await;
        }
    }

    /// Waits for the person's turn, and then starts reading a repository's images, unless the known
    /// ones are good enough by then.
    async fn begin_reading(
        self: &Arc<Self>,
        entry: &Arc<RepositoryState>,
        is_enough: impl Fn(&Images) -> bool + Send + 'static,
        person: &PersonId,
    ) -> Result<JoinHandle<()>, Problem> {
        let turn = self.image_turns.take(person).await?;
        let (state, entry) = (Arc::clone(self), Arc::clone(entry));
        Ok(tokio::spawn(async move {
            // If the person leaves, the reading continues and keeps the turn.
            let _until_it_ends = turn;
            let reading = state.read_images_unless(&entry, is_enough, Priority::Interactive);
            reading.await;
        }))
    }

    /// Reads something again in the background, with the turn of the person who opened it, unless
    /// another task is already doing that. A person who opens many repositories waits for their own
    /// turns and does not delay the readings of others. If there is no turn in time, the crawler
    /// reads it, or the next person who opens it.
    pub(super) fn refresh(
        &self,
        turns: &Arc<Turns>,
        flag: fn(&RepositoryState) -> &AtomicBool,
        entry: &Arc<RepositoryState>,
        person: &PersonId,
        reading: impl Future<Output = ()> + Send + 'static,
    ) {
        let (turns, entry, person) = (Arc::clone(turns), Arc::clone(entry), person.clone());
        tokio::spawn(async move {
            let Ok(_turn) = turns.take(&person).await else {
                tracing::debug!(
                    repository.name = %entry.repository().name,
                    "A refresh in the background got no turn and is left to the crawler"
                );
                return;
            };
            if let Some(_until_it_ends) = Refreshing::begin(&entry, flag) {
                reading.await;
            }
        });
    }

    /// Reads a repository's images unless they were read within `age`.
    pub(super) async fn read_images(
        &self,
        entry: &Arc<RepositoryState>,
        age: Duration,
        priority: Priority,
    ) {
        let is_fresh = move |images: &Images| images.is_fresh(age);
        self.read_images_unless(entry, is_fresh, priority).await;
    }

    /// Reads a repository's images unless the known ones are good enough, or another attempt was
    /// made in the meantime.
    async fn read_images_unless(
        &self,
        entry: &Arc<RepositoryState>,
        is_enough: impl Fn(&Images) -> bool,
        priority: Priority,
    ) {
        let asked = Instant::now();
        let _flight = entry.images_flight.lock().await;
        let known = entry.images();
        if is_enough(&known) || known.tried_since(asked) {
            return;
        }
        let began = Instant::now();
        let most = self.capacity.of_one_repository();
        let records = self
            .client
            .images(&self.call, priority, &entry.repository().name, most);
        let records = match records.await {
            Ok(records) => records.enter(),
            Err(problem) => return entry.fail_images(problem),
        };
        // The work grows with the amount of pushed content, so it must not run on a thread that
        // answers requests.
        let (records, (unread, mut manifests)) = apart(move || {
            let unread = unread_manifests(&records, &known.manifests());
            (records, unread)
        })
        .await;
        // Without manifests, indexes are listed next to their platforms. That is less clear but
        // correct.
        if self.leaves_pull_times.load(Ordering::Relaxed) {
            manifests = self
                .read_manifests(entry, priority, &unread, manifests, most)
                .await;
            let unnamed;
            (unnamed, manifests) = apart(move || (unnamed_children(&manifests), manifests)).await;
            manifests = self
                .read_manifests(entry, priority, &unnamed, manifests, most)
                .await;
        }
        let (entry, as_of) = (Arc::clone(entry), now());
        apart(move || entry.set_images(Images::read(records, Arc::new(manifests), began, as_of)))
            .await;
    }

    /// Reads manifests, a few at a time, and keeps only their contents. A manifest that makes the
    /// answer for others fail is read by itself. A manifest that cannot be read now is left out and
    /// read later; one that can never be read has empty contents. Reading stops when the indexes
    /// list more than `most` images.
    async fn read_manifests(
        &self,
        entry: &RepositoryState,
        priority: Priority,
        unread: &[Digest],
        mut read: Manifests,
        most: usize,
    ) -> Manifests {
        let mut failures = 0;
        let mut listed: usize = read.values().map(|it| it.children.len()).sum();
        let mut batches: Vec<_> = unread.chunks(MANIFESTS_AT_A_TIME).rev().collect();
        while let Some(batch) = batches.pop() {
            if listed > most {
                break;
            }
            let manifests = self
                .client
                .manifests(&self.call, priority, &entry.repository().name, batch)
                .await;
            match (manifests.map(Crawled::enter), batch) {
                (Ok(manifests), _) => {
                    for (digest, contents) in apart(move || all_contents(manifests)).await {
                        listed += contents.children.len();
                        read.insert(digest, Arc::new(contents));
                    }
                }
                (Err(Problem::Malformed), [alone]) => {
                    read.insert(alone.clone(), Arc::default());
                }
                (
                    Err(Problem::Malformed | Problem::Unexpected | Problem::Unreachable),
                    [_, _, ..],
                ) => {
                    batches.extend(batch.chunks(1).rev());
                }
                (Err(_), _) => {
                    failures += 1;
                    if failures == READ_FAILURES {
                        break;
                    }
                }
            }
        }
        read
    }
}
