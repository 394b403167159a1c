//! One repository.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Instant,
};

use arc_swap::{ArcSwap, ArcSwapOption};
use model::{Problem, RegistryAlias, RepositoryName, Timestamp};

use super::{Capacity, Changes, RepositoryFacts, images::Images, now, tags::TagMoves};
use crate::gate::{Reading, RegistryPolicy, RepositoryPolicy, Ruling};

/// How many tags that moved between two readings have a row of their own in the audit log. The others
/// are counted in one.
const MOVES_RECORDED: usize = 50;

/// For how many seconds the images of a repository have to be known before its tags count as watched.
const WATCHED: i64 = 600;

/// Which repository of a name is meant. One that was deleted and created again is another one: nothing that
/// was read of the first is shown of the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Incarnation(u64);

impl Incarnation {
    #[cfg(test)]
    pub(super) fn of_tests() -> Self {
        Self(u64::MAX)
    }

    fn next() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(COUNT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A repository: what is known of it, and what the gate decides by. Its images are the inventory's
/// alone: they are read under a grant.
#[derive(Debug)]
pub(crate) struct Entry {
    incarnation: Incarnation,
    registry: RegistryAlias,
    name: RepositoryName,
    facts: ArcSwap<RepositoryFacts>,
    policy: ArcSwap<Reading<RepositoryPolicy>>,
    registry_policy: Arc<ArcSwap<Reading<RegistryPolicy>>>,
    ruling: ArcSwapOption<Ruling>,
    images: ArcSwap<Images>,
    moves: ArcSwap<TagMoves>,
    /// Held while two readings are compared: by who puts new images in place, and by no page.
    comparing: Mutex<()>,
    opened: AtomicI64,
    changes: Arc<Changes>,
    capacity: Arc<Capacity>,
    /// Held while the policy is read, so that many viewers make one call.
    pub(super) policy_flight: tokio::sync::Mutex<()>,
    /// Held while the images are read.
    pub(super) images_flight: tokio::sync::Mutex<()>,
    /// Whether the policy, and whether the images, are about to be read again in the background.
    pub(super) policy_refresh: AtomicBool,
    pub(super) images_refresh: AtomicBool,
}

impl Entry {
    pub(super) fn new(
        registry: RegistryAlias,
        facts: RepositoryFacts,
        registry_policy: Arc<ArcSwap<Reading<RegistryPolicy>>>,
        changes: Arc<Changes>,
        capacity: Arc<Capacity>,
    ) -> Self {
        Self {
            incarnation: Incarnation::next(),
            registry,
            name: facts.name.clone(),
            facts: ArcSwap::from_pointee(facts),
            policy: ArcSwap::from_pointee(Reading::never()),
            registry_policy,
            ruling: ArcSwapOption::empty(),
            images: ArcSwap::from_pointee(Images::default()),
            moves: ArcSwap::default(),
            comparing: Mutex::default(),
            opened: AtomicI64::new(0),
            changes,
            capacity,
            policy_flight: tokio::sync::Mutex::default(),
            images_flight: tokio::sync::Mutex::default(),
            policy_refresh: AtomicBool::new(false),
            images_refresh: AtomicBool::new(false),
        }
    }

    /// Which repository of this name it is.
    pub(crate) fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// Whether ECR still means the same repository: one that was deleted and created again has another
    /// creation time.
    pub(super) fn is_of(&self, facts: &RepositoryFacts) -> bool {
        let known = self.facts();
        (&known.arn, known.created_nanos) == (&facts.arn, facts.created_nanos)
    }

    pub(crate) fn registry(&self) -> &RegistryAlias {
        &self.registry
    }

    pub(crate) fn name(&self) -> &RepositoryName {
        &self.name
    }

    pub(crate) fn facts(&self) -> Arc<RepositoryFacts> {
        self.facts.load_full()
    }

    pub(super) fn set_facts(&self, facts: RepositoryFacts) {
        self.facts.store(Arc::new(facts));
    }

    /// The last reading of the policy.
    pub(crate) fn reading(&self) -> Arc<Reading<RepositoryPolicy>> {
        self.policy.load_full()
    }

    /// Puts a newer reading of the policy in place. One that succeeds after a failure counts as a
    /// change too: the policy may have grown too old meanwhile.
    pub(super) fn set_reading(&self, reading: Reading<RepositoryPolicy>) {
        let policy = reading.policy.clone();
        let before = self.policy.swap(Arc::new(reading));
        let same = match (&before.policy, &policy) {
            (Some(before), Some(policy)) => Arc::ptr_eq(before, policy),
            (before, policy) => before.is_none() && policy.is_none(),
        };
        if !same || before.problem.is_some() {
            self.changes.note();
        }
        if let (Some(before), Some(policy)) = (&before.policy, &policy) {
            let (before, after) = (before.document.text(), policy.document.text());
            if before != after {
                self.changes
                    .policy(&self.registry, &self.name, before, after);
            }
        }
    }

    /// Notes that the policy could not be read.
    pub(super) fn fail_policy(&self, problem: Problem) {
        let failed = self.reading().then(Err(problem), Instant::now(), now());
        self.set_reading(failed);
    }

    /// The last reading of the registry's policy.
    pub(crate) fn registry_reading(&self) -> Arc<Reading<RegistryPolicy>> {
        self.registry_policy.load_full()
    }

    /// What the two readings together say, remembered until one of them changes.
    pub(crate) fn ruling(
        &self,
        own: &Reading<RepositoryPolicy>,
        registry: &Reading<RegistryPolicy>,
    ) -> Option<Arc<Ruling>> {
        let known = self
            .ruling
            .load_full()
            .filter(|ruling| ruling.is_of(own, registry));
        known.or_else(|| {
            let ruling = Arc::new(Ruling::of(own, registry)?);
            self.ruling.store(Some(Arc::clone(&ruling)));
            Some(ruling)
        })
    }

    pub(super) fn images(&self) -> Arc<Images> {
        self.images.load_full()
    }

    /// Puts newly read images in place, and notes which tags moved since the last time. That takes a while where there
    /// are many tags: not for a thread that answers requests.
    pub(super) fn set_images(&self, images: Images) {
        let comparing = self.comparing.lock();
        let _comparing = comparing.unwrap_or_else(PoisonError::into_inner);
        let before = self.images.load_full();
        self.capacity.exchange(before.held(), images.held());
        let mut moves = TagMoves::clone(&self.moves.load());
        let moved = moves.note(&before, &images);
        // Whoever may push may move thousands at once.
        for (tag, from, to) in moved.iter().take(MOVES_RECORDED) {
            self.changes
                .tag(&self.registry, &self.name, (tag, from, to));
        }
        let more = moved.len().saturating_sub(MOVES_RECORDED);
        if more > 0 {
            self.changes.more_tags(&self.registry, &self.name, more);
        }
        self.moves.store(Arc::new(moves));
        self.images.store(Arc::new(images));
    }

    /// Notes that the images could not be read: the older ones stay, and there is nothing to compare.
    pub(super) fn fail_images(&self, problem: Problem) {
        self.images.rcu(|images| images.failed(problem));
    }

    /// Lets go of the images. Which tags move from now on is not seen: where it was seen for a while, the
    /// audit log says so.
    pub(super) fn let_go_of_images(&self) {
        let images = self.images();
        let watched_since = self.moves().first();
        let is_watched = |since: Timestamp| now().seconds_since(since) >= WATCHED;
        if watched_since.is_some_and(is_watched)
            && let Some(last_read) = images.as_of()
        {
            self.changes
                .unwatched(&self.registry, &self.name, last_read);
        }
        self.set_images(images.let_go());
    }

    /// Which tags were seen to move.
    pub(super) fn moves(&self) -> Arc<TagMoves> {
        self.moves.load_full()
    }

    pub(crate) fn touch(&self) {
        self.opened.store(now().0, Ordering::Relaxed);
    }

    /// When somebody last opened it.
    pub(super) fn opened(&self) -> Timestamp {
        Timestamp(self.opened.load(Ordering::Relaxed))
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.capacity.exchange(self.images().held(), 0);
    }
}

/// A reading in the background that somebody's opening began: one at a time. It is over with this value,
/// also where it panics.
#[derive(Debug)]
pub(super) struct Refreshing {
    entry: Arc<Entry>,
    flag: fn(&Entry) -> &AtomicBool,
}

impl Refreshing {
    /// Begins one, unless one is under way.
    pub(super) fn begin(entry: &Arc<Entry>, flag: fn(&Entry) -> &AtomicBool) -> Option<Self> {
        let begun = !flag(entry).swap(true, Ordering::AcqRel);
        begun.then(|| Self {
            entry: Arc::clone(entry),
            flag,
        })
    }
}

impl Drop for Refreshing {
    fn drop(&mut self) {
        (self.flag)(&self.entry).store(false, Ordering::Release);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use std::time::Duration;

    use model::{
        audit::AuditQuery,
        image::{ImageKind, Scan},
        repository::{Mutability, RepositorySettings},
    };

    use super::*;
    use crate::{
        audit::Audit,
        inventory::ImageRecord,
        store::{Store, StoreUrl},
    };

    fn of_one_image(as_of: Timestamp) -> Images {
        let record = ImageRecord {
            digest: format!("sha256:{:064x}", 1).parse().unwrap(),
            tags: vec!["prod".parse().unwrap()],
            kind: ImageKind::Image,
            size: None,
            pushed: None,
            pulled: None,
            scan: Scan::None,
            archived: false,
            subject: None,
        };
        Images::read(vec![record], Arc::default(), as_of)
    }

    fn repository(audit: &Audit, capacity: &Arc<Capacity>) -> Entry {
        let settings = RepositorySettings {
            created: None,
            mutability: Mutability::Mutable,
            scan_on_push: false,
            encryption: "AES256".to_owned(),
        };
        let name = "team/api".parse().unwrap();
        Entry::new(
            "main".parse().unwrap(),
            RepositoryFacts::new(name, String::new(), String::new(), None, settings),
            Arc::new(ArcSwap::from_pointee(Reading::never())),
            Arc::new(Changes::new(audit.clone())),
            Arc::clone(capacity),
        )
    }

    async fn log() -> (Audit, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let file = StoreUrl::file(&folder.path().join("gantry.db"));
        (Audit::new(Store::open(&file).await.unwrap()), folder)
    }

    /// What the log says after images that were read at a time were let go.
    async fn log_after_letting_go_of(as_of: Timestamp) -> Vec<Vec<(String, String)>> {
        let (audit, _folder) = log().await;
        let entry = repository(&audit, &Arc::new(Capacity::new(1)));
        entry.set_images(of_one_image(as_of));
        entry.let_go_of_images();
        tokio::time::sleep(Duration::from_millis(200)).await;
        let page = audit.page(&AuditQuery::default()).await.unwrap();
        page.rows.into_iter().map(|row| row.arguments).collect()
    }

    #[tokio::test]
    async fn tags_that_were_watched_and_no_longer_are_have_a_row() {
        let long_ago = Timestamp(now().0 - 2 * WATCHED);
        let rows = log_after_letting_go_of(long_ago).await;
        let last_read = ("last-read".to_owned(), long_ago.rfc3339());
        assert_eq!(rows, [[last_read]]);
    }

    #[tokio::test]
    async fn what_was_read_a_moment_ago_was_never_watched() {
        assert!(log_after_letting_go_of(now()).await.is_empty());
    }

    #[tokio::test]
    async fn what_could_not_be_read_compares_nothing_and_keeps_what_is_known() {
        let (audit, _folder) = log().await;
        let capacity = Arc::new(Capacity::new(1));
        let entry = repository(&audit, &capacity);
        entry.set_images(of_one_image(Timestamp(100)));
        let steps = crate::content::work::steps(|| entry.fail_images(Problem::Unreachable));
        assert_eq!(steps, 0);
        let images = entry.images();
        assert_eq!(images.problem, Some(Problem::Unreachable));
        assert_eq!(
            (images.as_of(), images.tags().count()),
            (Some(Timestamp(100)), 1)
        );
        entry.set_images(of_one_image(Timestamp(200)));
        assert_eq!(
            entry.moves().first(),
            Some(Timestamp(100)),
            "nothing was let go in between"
        );
    }

    #[tokio::test]
    async fn a_page_does_not_wait_while_readings_are_compared() {
        let (audit, _folder) = log().await;
        let entry = repository(&audit, &Arc::new(Capacity::new(1)));
        entry.set_images(of_one_image(Timestamp(100)));
        let _comparing = entry.comparing.lock().unwrap();
        let page = (entry.images().as_of(), entry.moves().first());
        assert_eq!(page, (Some(Timestamp(100)), Some(Timestamp(100))));
    }

    #[tokio::test]
    async fn images_count_while_they_are_held_and_no_longer() {
        let (audit, _folder) = log().await;
        let capacity = Arc::new(Capacity::new(1));
        let is_full = || !capacity.has_room_for(0);
        let entry = repository(&audit, &capacity);
        for _ in 0..3 {
            entry.set_images(of_one_image(now()));
            assert!(is_full());
        }
        entry.let_go_of_images();
        assert!(!is_full());
        entry.set_images(of_one_image(now()));
        drop(entry);
        assert!(!is_full(), "the repository is gone");
    }
}
