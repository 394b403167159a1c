//! Records what each reading of a repository's tags returned.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use ecr::inventory::TagsRead;
use store::{
    Store,
    history::{Incarnation, Millis, TagReading},
};
use tokio::sync::Notify;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{RECORDED, incarnation};

/// Records readings one after the other. Of each repository the latest reading waits, which the inventory holds anyway:
/// if the store is slow, a change is dated less exactly, and no memory grows. The task ends when this is dropped and
/// every waiting reading is recorded.
#[derive(Debug)]
pub(crate) struct TagRecorder {
    queue: Arc<Queue>,
    _ends: DropGuard,
}

/// The readings that wait.
#[derive(Debug, Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    added: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    /// Whose turn is next.
    order: VecDeque<Incarnation>,
    latest: HashMap<Incarnation, TagsRead>,
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<(Incarnation, TagsRead)> {
        let mut waiting = self.waiting();
        let next = waiting.order.pop_front()?;
        waiting.latest.remove_entry(&next)
    }
}

impl TagRecorder {
    /// Must be called within a runtime, which runs the task.
    pub(crate) fn new(store: Store) -> Self {
        let (queue, ended) = (Arc::<Queue>::default(), CancellationToken::new());
        let (recording, ends) = (Arc::clone(&queue), ended.clone().drop_guard());
        tokio::spawn(async move {
            let is_failing = AtomicBool::new(false);
            loop {
                while let Some((of, reading)) = recording.next() {
                    record(&store, &of, &reading, &is_failing).await;
                }
                tokio::select! {
                    biased;
                    () = recording.added.notified() => {}
                    () = ended.cancelled() => break,
                }
            }
        });
        Self { queue, _ends: ends }
    }

    /// Adds a reading to those that wait. It never waits itself.
    pub(crate) fn add(&self, reading: TagsRead) {
        let of = incarnation(&reading.arn, reading.created_nanos);
        let mut waiting = self.queue.waiting();
        if waiting.latest.insert(of.clone(), reading).is_none() {
            waiting.order.push_back(of);
        }
        drop(waiting);
        self.queue.added.notify_one();
    }
}

async fn record(store: &Store, of: &Incarnation, reading: &TagsRead, is_failing: &AtomicBool) {
    // A tag that occurs twice moved during the reading: either of its images is true.
    let tags: BTreeMap<&str, &str> = reading
        .tags()
        .map(|(tag, digest)| (tag.as_str(), digest.as_str()))
        .collect();
    let tags = TagReading {
        began: millis(reading.began),
        ended: millis(reading.ended),
        tags: tags.into_iter().collect(),
    };
    let recorded = store.record_tags(of, &tags, RECORDED).await;
    let failed = is_failing.swap(recorded.is_err(), Ordering::Relaxed);
    match recorded {
        Ok(_) if failed => tracing::info!("Gantry records the history of tags again"),
        Err(error) if !failed => tracing::error!(
            %error,
            "Gantry cannot record the history of tags: changes from now on are dated less exactly"
        ),
        _ => {}
    }
}

fn millis(at: SystemTime) -> Millis {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
