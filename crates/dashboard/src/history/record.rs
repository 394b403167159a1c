//! Records what each reading of a repository's tags returned.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use ecr::inventory::TagsRead;
use store::{
    Store,
    history::{Millis, TagReading},
};
use tokio::sync::mpsc;

use super::{RECORDED, incarnation};

/// The maximum number of readings that wait to be recorded. Further ones are not recorded: a later
/// reading of the repository then finds the same changes, less exactly.
const WAITING: usize = 256;

/// Records readings one after the other. Its task ends when this is dropped and every waiting reading is recorded.
#[derive(Debug)]
pub(crate) struct TagRecorder {
    waiting: mpsc::Sender<TagsRead>,
}

impl TagRecorder {
    /// Must be called within a runtime, which runs the task.
    pub(crate) fn new(store: Store) -> Self {
        let (waiting, mut readings) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            let is_failing = AtomicBool::new(false);
            while let Some(reading) = readings.recv().await {
                record(&store, &reading, &is_failing).await;
            }
        });
        Self { waiting }
    }

    /// Adds a reading to those that wait. It never waits itself.
    pub(crate) fn add(&self, reading: TagsRead) {
        // A reading that does not fit is not lost: the next one is compared with what is stored.
        let _ = self.waiting.try_send(reading);
    }
}

async fn record(store: &Store, reading: &TagsRead, is_failing: &AtomicBool) {
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
    let of = incarnation(&reading.arn, reading.created_nanos);
    let recorded = store.record_tags(&of, &tags, RECORDED).await;
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
