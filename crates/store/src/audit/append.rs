//! Appending: one task takes what is waiting and stores it together, so that many who wait pay for
//! one write to the disk.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use access::now;
use model::Timestamp;
use sqlx::{Any, Row, Transaction};
use tokio::sync::{mpsc, oneshot};

use super::{
    Entry, Head,
    record::{self, BEGINNING, Record, storable},
    repeated::{self, Repeated},
};
use crate::{Store, StoreError, database::Serial, stored};

/// The most rows that are stored together.
const GROUP: usize = 128;

/// The most changes that the crawler saw which are stored together. For each of them the log is looked through
/// while nobody else may write.
const OBSERVED_GROUP: usize = 16;

/// How many of the newest rows about a repository are looked through for the same change. A replica sees a change
/// within minutes of the others; whoever may add rows about a repository must not make this take longer.
pub(super) const LOOKED_THROUGH: i64 = 500;

/// The most that wait to be stored; whoever comes after them waits for a place.
const WAITING: usize = 1_024;

/// The most changes that wait to be recorded which the crawler saw; what it sees after them is lost,
/// since the crawler waits for nobody.
const OBSERVED: usize = 4_096;

/// How long what was lost is counted before it is said.
const BETWEEN_WARNINGS: Duration = Duration::from_secs(60);

/// The audit log. Its tasks end with the last clone of it.
#[derive(Debug, Clone)]
pub struct Audit {
    pub(super) store: Store,
    asked: mpsc::Sender<Waiting>,
    observed: mpsc::Sender<Waiting>,
    lost: Arc<AtomicU64>,
    pub(super) repeated: Repeated,
}

/// An entry that waits to be stored.
#[derive(Debug)]
struct Waiting {
    entry: Entry,
    /// Who waits. Nobody for what the crawler saw: the newest such row may say it already, since
    /// every replica sees the same.
    answer: Option<oneshot::Sender<Result<(), Arc<StoreError>>>>,
}

impl Audit {
    /// The log in a store. To be called within a runtime, which runs its tasks.
    pub fn new(store: Store) -> Self {
        let (asked, queue) = mpsc::channel(WAITING);
        tokio::spawn(write(store.clone(), queue, GROUP));
        let (observed, queue) = mpsc::channel(OBSERVED);
        tokio::spawn(write(store.clone(), queue, OBSERVED_GROUP));
        Self {
            store,
            asked,
            observed,
            lost: Arc::default(),
            repeated: Repeated::default(),
        }
    }

    /// Appends an entry, and answers when it is stored for good. Equal refusals, and views
    /// of one link, are counted where there are too many within a minute.
    ///
    /// # Errors
    /// When the store does not answer: then nothing that must be recorded may go ahead.
    pub async fn append(&self, entry: Entry) -> Result<(), StoreError> {
        match repeated::rows(&entry) {
            Some(most) => self.append_or_count(entry, most).await,
            None => self.append_row(entry).await,
        }
    }

    pub(super) async fn append_row(&self, entry: Entry) -> Result<(), StoreError> {
        let (answer, stored) = oneshot::channel();
        let waiting = Waiting {
            entry,
            answer: Some(answer),
        };
        // The task ends before its queue only where its runtime does.
        let ended = || StoreError::Unavailable(sqlx::Error::WorkerCrashed);
        self.asked.send(waiting).await.map_err(|_| ended())?;
        let stored = stored.await.map_err(|_| ended())?;
        stored.map_err(StoreError::Unrecorded)
    }

    /// Records a change that was seen in a registry, unless the newest row about the same says so and is among the
    /// newest rows about the repository.
    /// It never waits; what there is no room for is counted and said in the log.
    pub fn observe(&self, entry: Entry) {
        let waiting = Waiting {
            entry,
            answer: None,
        };
        if self.observed.try_send(waiting).is_ok() || self.lost.fetch_add(1, Ordering::Relaxed) > 0
        {
            return;
        }
        let lost = Arc::clone(&self.lost);
        tokio::spawn(async move {
            tokio::time::sleep(BETWEEN_WARNINGS).await;
            let lost = lost.swap(0, Ordering::Relaxed);
            tracing::warn!(
                count = lost,
                "Gantry saw more changes in registries than it could record: the audit log does not have all of them"
            );
        });
    }
}

/// Stores what comes in, so many together, for as long as somebody may send.
async fn write(store: Store, mut queue: mpsc::Receiver<Waiting>, most: usize) {
    let mut group = Vec::with_capacity(most);
    while queue.recv_many(&mut group, most).await > 0 {
        let began = Instant::now();
        let stored = store_group(&store, &group).await.map_err(Arc::new);
        let mut unasked = 0_usize;
        for waiting in group.drain(..) {
            match waiting.answer {
                // Who has stopped waiting needs no answer.
                Some(answer) => drop(answer.send(stored.clone())),
                None => unasked += 1,
            }
        }
        if let Err(error) = stored {
            tracing::error!(%error, count = unasked, "Gantry cannot write to the audit log");
        }
        if unasked > 0 {
            // Nobody waits for these, and SQLite does not queue others who want to write: they get half of the time.
            tokio::time::sleep(began.elapsed()).await;
        }
    }
}

async fn store_group(store: &Store, group: &[Waiting]) -> Result<(), StoreError> {
    let mut recorded = Recorded::begin(store).await?;
    for Waiting { entry, answer } in group {
        let is_told = answer.is_none() && is_told(&mut recorded.transaction, entry).await?;
        if !is_told {
            recorded.append(entry).await?;
        }
    }
    recorded.commit().await
}

/// A change in the store together with the rows that record it: both are there in the end, or neither.
pub(crate) struct Recorded {
    transaction: Transaction<'static, Any>,
    chain: Chain,
}

impl Recorded {
    /// Begins one. Nobody else appends until it ends.
    pub(crate) async fn begin(store: &Store) -> Result<Self, StoreError> {
        let mut transaction = store.begin_write().await?;
        store.serialise(&mut transaction, Serial::Audit).await?;
        let chain = Chain::of(&mut transaction).await?;
        Ok(Self { transaction, chain })
    }

    /// Where the change is made.
    pub(crate) fn transaction(&mut self) -> &mut Transaction<'static, Any> {
        &mut self.transaction
    }

    /// Appends a row.
    pub(crate) async fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.chain.append(&mut self.transaction, entry).await
    }

    /// Ends it: what was changed and recorded is there for good.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}

/// The end of the log, held by a transaction that appends to it.
pub(super) struct Chain {
    head: Head,
    now: Timestamp,
}

impl Chain {
    /// Finds the end of the log. The transaction must be the one that may append.
    pub(super) async fn of(
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<Self, StoreError> {
        let mut head = None;
        // The newest row is never cut off; were it gone, its number must not be given again.
        for table in ["audit", "audit_checkpoint"] {
            let newest = format!("SELECT number, hash FROM {table} ORDER BY number DESC LIMIT 1");
            let newest = sqlx::query(sqlx::AssertSqlSafe(newest));
            head = newest.fetch_optional(&mut **transaction).await?;
            if head.is_some() {
                break;
            }
        }
        let head = match head {
            Some(row) => Head {
                number: record::number(&row)?,
                hash: row.try_get("hash")?,
            },
            None => Head {
                number: 0,
                hash: BEGINNING.to_owned(),
            },
        };
        Ok(Self { head, now: now() })
    }

    /// Appends a row.
    pub(super) async fn append(
        &mut self,
        transaction: &mut Transaction<'static, Any>,
        entry: &Entry,
    ) -> Result<(), StoreError> {
        let record = Record::after(&self.head, entry, self.now);
        record.insert(transaction).await?;
        self.head = record.head();
        Ok(())
    }
}

/// Whether the newest row of such an event on such a repository (and with the same first argument,
/// where there are several: the tag that moved) says the very same. Only the newest rows about the repository are
/// looked through.
async fn is_told(
    transaction: &mut Transaction<'static, Any>,
    entry: &Entry,
) -> Result<bool, StoreError> {
    let Some((registry, repository)) = &entry.repository else {
        return Ok(false);
    };
    let arguments: Vec<_> = entry
        .arguments
        .iter()
        .map(|(name, value)| (storable(name), storable(value)))
        .collect();
    let whole = stored::arguments::write(&arguments);
    // Of a JSON list: all but the bracket that closes it.
    let subject = match entry.arguments.first() {
        Some(("tag", _)) => stored::arguments::write(&arguments[..1]),
        _ => stored::arguments::write(&[]),
    };
    let subject = subject.as_str().strip_suffix(']').unwrap_or_default();
    let length = i64::try_from(subject.chars().count()).unwrap_or(i64::MAX);
    let newest = sqlx::query(
        "SELECT arguments FROM (SELECT number, event, arguments FROM audit WHERE registry = $1 AND \
         repository = $2 ORDER BY number DESC LIMIT $6) AS newest WHERE event = $3 AND \
         substr(arguments, 1, CAST($4 AS INTEGER)) = $5 ORDER BY number DESC LIMIT 1",
    )
    .bind(registry.as_str())
    .bind(repository.as_str())
    .bind(entry.event.as_str())
    .bind(length)
    .bind(subject)
    .bind(LOOKED_THROUGH)
    .fetch_optional(&mut **transaction)
    .await?;
    let told = newest.map(|row| row.try_get::<String, _>("arguments"));
    Ok(told.transpose()?.as_deref() == Some(whole.as_str()))
}
