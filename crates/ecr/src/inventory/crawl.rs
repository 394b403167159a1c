//! The crawler: keeps the inventory up to date.

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use access::{now, policies::RETRY_DELAY};
use futures::{FutureExt, StreamExt, stream};
use model::{Problem, RepositoryName, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{Inventory, RegistryState, RepositoryState};
use crate::{apart::apart, client::Priority};

/// How many policies are read at a time. ECR has no call for several.
const POLICIES_AT_A_TIME: usize = 16;

/// How many repositories' images are read at a time.
const IMAGES_AT_A_TIME: usize = 4;

/// The maximum time between two listings of the repositories.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// Images that are older than this are read again.
pub const IMAGES_AGE: Duration = Duration::from_secs(600);

/// The same limit for repositories that someone opened recently.
const IMAGES_AGE_OF_OPENED: Duration = Duration::from_secs(60);

/// How often the limit of images is checked.
const LIMIT_CHECK: Duration = Duration::from_secs(10);

/// How many seconds a repository counts as recently opened.
const OPENED: i64 = 900;

impl Inventory {
    /// Starts reading every registry, until the token is cancelled.
    pub fn start(self: &Arc<Self>, policy_max_age: Duration, stop: &CancellationToken) {
        let (inventory, stopped) = (Arc::clone(self), stop.clone());
        let limit = again_and_again(move || keep_limit(Arc::clone(&inventory)));
        tokio::spawn(async move {
            tokio::select! {
                () = stopped.cancelled() => {}
                () = limit => {}
            }
        });
        for state in &self.registries {
            let (inventory, state, stop) = (Arc::clone(self), Arc::clone(state), stop.clone());
            let policies_shelf = Arc::clone(&state);
            let policies =
                again_and_again(move || keep_policies(Arc::clone(&policies_shelf), policy_max_age));
            let images =
                again_and_again(move || keep_images(Arc::clone(&inventory), Arc::clone(&state)));
            tokio::spawn(async move {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = policies => {}
                    () = images => {}
                }
            });
        }
    }

    /// Releases images until the limit is met: first of repositories that exceed their share, then
    /// of those that were not opened for longest.
    fn let_go(&self) {
        if !self.capacity.is_exceeded() {
            return;
        }
        let share = self.capacity.share();
        let mut entries: Vec<_> = self.entries().filter(|entry| entry.held() > 0).collect();
        // Both values change during the sort.
        entries.sort_by_cached_key(|entry| (entry.held() <= share, entry.opened()));
        for entry in entries {
            if !self.capacity.is_exceeded() {
                break;
            }
            entry.let_go_of_images();
        }
    }
}

/// Runs a task that never ends, and restarts it if it panics. Without it, nothing would be read any
/// more, and soon nothing would be granted.
async fn again_and_again<F: Future<Output = ()>>(begin: impl Fn() -> F) {
    loop {
        if AssertUnwindSafe(begin()).catch_unwind().await.is_err() {
            tracing::error!("The crawler failed unexpectedly and starts again");
        }
        tokio::time::sleep(RETRY_DELAY).await;
    }
}

/// Runs a task for one repository. A panic affects only this repository: people push and configure
/// what is read, and must not be able to stop the reading of other repositories.
async fn unless_it_panics<T>(
    repository: &RepositoryName,
    work: impl Future<Output = T>,
) -> Option<T> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    if done.is_err() {
        tracing::error!(
            repository.name = %repository,
            "Gantry failed unexpectedly while it read a repository"
        );
    }
    done.ok()
}

/// Lists repositories and reads policies often enough that no policy becomes too old to grant.
async fn keep_policies(state: Arc<RegistryState>, policy_max_age: Duration) {
    // A third of the maximum age allows two failures before a grant is lost.
    let rest = (policy_max_age / 3).min(LONGEST_REST);
    // People have policies read between the rounds. Short rounds read each one when it is due, whenever that was.
    let round = rest / 6;
    let due = rest - round;
    let mut listed = None::<Instant>;
    loop {
        state.read_registry_policy(due, Priority::Background).await;
        // What failed is tried again sooner.
        if state.is_failing() || listed.is_none_or(|at| at.elapsed() >= due) {
            listed = Some(Instant::now());
            state.list().await;
        }
        let entries = state.entries();
        stream::iter(entries.values())
            .for_each_concurrent(POLICIES_AT_A_TIME, |entry| async {
                let reading = state.read_policy(entry, due, Priority::Background);
                if unless_it_panics(&entry.repository().name, reading)
                    .await
                    .is_none()
                {
                    entry.fail_policy(Problem::Unexpected);
                }
            })
            .await;
        state.note_round();
        if state.swept().is_none() {
            state.note_sweep();
        }
        tokio::time::sleep(round).await;
    }
}

/// Releases images that exceed the limit. It has its own timer: a pass over all repositories can
/// take many minutes, and people who open repositories also cause readings.
async fn keep_limit(inventory: Arc<Inventory>) {
    loop {
        let letting_go = Arc::clone(&inventory);
        apart(move || letting_go.let_go()).await;
        tokio::time::sleep(LIMIT_CHECK).await;
    }
}

/// Reads the images of as many repositories as the limit allows, and reads them again when they
/// become old.
async fn keep_images(inventory: Arc<Inventory>, state: Arc<RegistryState>) {
    loop {
        let entries = state.entries();
        let is_due =
            |entry: &&Arc<RepositoryState>| !entry.images().is_fresh(images_age(entry.opened()));
        let mut due: Vec<_> = entries.values().filter(is_due).collect();
        // Recently opened repositories come first.
        due.sort_by_cached_key(|entry| std::cmp::Reverse(entry.opened()));
        // A repository whose images are in memory needs no more space. A released one needs as much
        // as it had.
        let has_room = |entry: &RepositoryState| {
            let images = entry.images();
            images.held() > 0 || inventory.capacity.has_room_for(images.weighed())
        };
        stream::iter(due)
            .for_each_concurrent(IMAGES_AT_A_TIME, |entry| async {
                let entry: &Arc<RepositoryState> = entry;
                // Checked just before the reading, so that all earlier readings count.
                if !has_room(entry) {
                    return;
                }
                let age = images_age(entry.opened());
                let reading = state.read_images(entry, age, Priority::Background);
                if unless_it_panics(&entry.repository().name, reading)
                    .await
                    .is_none()
                {
                    entry.fail_images(Problem::Unexpected);
                }
            })
            .await;
        tokio::time::sleep(Duration::from_secs(if entries.is_empty() { 1 } else { 10 })).await;
    }
}

/// The maximum age of a repository's images. Repositories that people open are read more often.
fn images_age(opened: Timestamp) -> Duration {
    if now().seconds_since(opened) < OPENED {
        IMAGES_AGE_OF_OPENED
    } else {
        IMAGES_AGE
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn repositories_that_people_open_are_read_more_often() {
        let ago = |seconds| Timestamp(now().0 - seconds);
        assert_eq!(images_age(Timestamp(0)), IMAGES_AGE, "never opened");
        assert_eq!(images_age(ago(OPENED + 1)), IMAGES_AGE);
        assert_eq!(images_age(ago(10)), IMAGES_AGE_OF_OPENED);
    }

    #[tokio::test]
    async fn a_panic_affects_only_one_repository() {
        let name = "team/api".parse().unwrap();
        let broken = unless_it_panics(&name, async { unreachable!("broken") });
        assert_eq!(broken.await, None::<()>);
        assert_eq!(unless_it_panics(&name, async { 1 }).await, Some(1));
    }

    #[tokio::test]
    async fn the_crawler_restarts_after_a_panic() {
        let (begun, enough) = (AtomicU32::new(0), tokio::sync::Notify::new());
        let crawling = again_and_again(|| async {
            if begun.fetch_add(1, Ordering::Relaxed) == 1 {
                enough.notify_one();
                std::future::pending::<()>().await;
            }
            unreachable!("broken");
        });
        tokio::select! {
            () = crawling => {}
            () = enough.notified() => {}
        }
        assert_eq!(begun.load(Ordering::Relaxed), 2);
    }
}
