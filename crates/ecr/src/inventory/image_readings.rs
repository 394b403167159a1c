//! Reading the images of a repository: for people who open it, for visitors of share links, and for the crawler.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use access::PersonId;
use model::{Digest, Problem, Tag};
use tokio::task::JoinHandle;

use super::{
    RegistryState, RepositoryState,
    images::Images,
    manifests::{Manifests, unnamed, unread_manifests},
    repository::Refreshing,
    turns::Turns,
};
use crate::{
    apart::apart,
    client::Priority,
    content::{Contents, Manifest, read_contents},
    host::Crawled,
    record::ImageRecord,
};

/// When a repository is opened, images that are older than this are read again in the background.
const IMAGES_AGE_AT_OPENING: Duration = Duration::from_secs(15);

/// How long an opened page waits for images of which nothing is known.
pub const WAIT_FOR_FIRST: Duration = Duration::from_secs(8);

/// How many manifests are read in one call.
const MANIFESTS_AT_A_TIME: usize = 10;

/// After this many failed calls, the other manifests wait for the next reading.
const READ_FAILURES: u32 = 3;

/// Whether a list has every tag of the reading before.
fn has_all_tags(known: &Images, records: &[ImageRecord]) -> bool {
    let listed: HashSet<&Tag> = records.iter().flat_map(|record| &record.tags).collect();
    known.tags().all(|(tag, _)| listed.contains(tag))
}

/// The images of a second list, with the tags that only the first one had: each was on its image between the two.
fn joined(first: Vec<ImageRecord>, mut again: Vec<ImageRecord>) -> Vec<ImageRecord> {
    let listed: HashSet<Tag> = again
        .iter()
        .flat_map(|record| record.tags.clone())
        .collect();
    let mut images: HashMap<Digest, &mut ImageRecord> = again
        .iter_mut()
        .map(|record| (record.digest.clone(), record))
        .collect();
    for record in first {
        // The tags of an image that is gone are gone too.
        let Some(image) = images.get_mut(&record.digest) else {
            continue;
        };
        let missing = record.tags.into_iter().filter(|tag| !listed.contains(tag));
        image.tags.extend(missing);
    }
    drop(images);
    again
}

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
    pub(super) async fn read_images_unless(
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
        let records = match self.list_images(entry, &known, priority, most).await {
            Ok(records) => records,
            Err(problem) => return entry.fail_images(problem),
        };
        let ended = SystemTime::now();
        // The work grows with the amount of pushed content, so it must not run on a thread that
        // answers requests.
        let (mut records, (unread, mut manifests)) = apart(move || {
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
            let unread;
            (unread, records, manifests) =
                apart(move || (unnamed(&records, &manifests), records, manifests)).await;
            manifests = self
                .read_manifests(entry, priority, &unread, manifests, most)
                .await;
        }
        let entry = Arc::clone(entry);
        apart(move || entry.set_images(Images::read(records, Arc::new(manifests), began, ended)))
            .await;
    }

    /// Lists the images. A tag that moves between two answers of a long list is missing in both. So if known tags are
    /// missing, the images are listed again: only a tag that both lists lack was deleted.
    async fn list_images(
        &self,
        entry: &RepositoryState,
        known: &Arc<Images>,
        priority: Priority,
        most: usize,
    ) -> Result<Vec<ImageRecord>, Problem> {
        let list = || {
            self.client
                .images(&self.call, priority, &entry.repository().name, most)
        };
        let first = list().await?.enter();
        let known = Arc::clone(known);
        let (first, is_whole) = apart(move || {
            let is_whole = first.is_one_answer || has_all_tags(&known, &first.images);
            (first.images, is_whole)
        })
        .await;
        if is_whole {
            return Ok(first);
        }
        let again = list().await?.enter();
        Ok(apart(move || joined(first, again.images)).await)
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use model::image::{ImageKind, Scan};

    use super::*;

    fn record(image: u32, tags: &[&str]) -> ImageRecord {
        ImageRecord {
            digest: format!("sha256:{image:064x}").parse().unwrap(),
            tags: tags.iter().map(|tag| tag.parse().unwrap()).collect(),
            kind: ImageKind::Image,
            size: None,
            pushed: None,
            pulled: None,
            scan: Scan::None,
            archived: false,
            subject: None,
        }
    }

    #[test]
    fn a_tag_that_only_the_first_list_has_stays_on_its_image() {
        let first = vec![
            record(1, &["1.0", "prod"]),
            record(2, &["2.0"]),
            record(3, &["3.0"]),
        ];
        // Between the lists, image 3 was deleted. In the second one, `prod` moves and is missing, and so is `2.0`.
        let again = vec![record(1, &["1.0"]), record(2, &["new"])];
        let all = joined(first, again);
        assert_eq!(
            all,
            [record(1, &["1.0", "prod"]), record(2, &["new", "2.0"])]
        );
    }

    #[test]
    fn a_tag_that_moved_between_the_lists_is_where_the_second_one_has_it() {
        let first = vec![record(1, &["prod"]), record(2, &[])];
        let again = vec![record(1, &[]), record(2, &["prod"])];
        assert_eq!(joined(first, again.clone()), again);
    }
}
