//! Appending to the audit log. One task takes all waiting entries and stores them together, so that
//! many callers share one write to the disk.

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

/// The maximum number of rows that are stored together.
const GROUP: usize = 128;

/// The maximum number of observed changes that are stored together. Each of them searches the log
/// while nothing else can write.
const OBSERVED_GROUP: usize = 16;

/// How many of the newest rows about a repository are searched for the same change. Replicas see a
/// change within minutes of each other. The limit bounds the time, even if a user adds many rows
/// about a repository.
pub(super) const LOOKED_THROUGH: i64 = 500;

/// The maximum number of entries that wait to be stored. Further callers wait for a place.
const WAITING: usize = 1_024;

/// The maximum number of observed changes that wait to be recorded. Further changes are lost,
/// because the crawler never waits.
const OBSERVED: usize = 4_096;

/// How long lost changes are counted before they are logged.
const BETWEEN_WARNINGS: Duration = Duration::from_secs(60);

/// The audit log. Its tasks end when its last clone is dropped.
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
    /// Notifies the caller. None for a change that the crawler observed: it is stored only if no
    /// other replica recorded it already.
    answer: Option<oneshot::Sender<Result<(), Arc<StoreError>>>>,
}

impl Audit {
    /// Opens the log in a store. Must be called within a runtime, which runs the tasks of the log.
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

    /// Appends an entry and returns when it is stored durably. Equal refusals, and views of one
    /// link, are counted if there are too many within a minute.
    ///
    /// # Errors
    /// If the store does not answer. The action that must be recorded must then not continue.
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
        // The task ends before its queue only if its runtime ends.
        let ended = || StoreError::Unavailable(sqlx::Error::WorkerCrashed);
        self.asked.send(waiting).await.map_err(|_| ended())?;
        let stored = stored.await.map_err(|_| ended())?;
        stored.map_err(StoreError::Unrecorded)
    }

    /// Records a change that was observed in a registry, unless the newest row about the same
    /// subject, among the newest rows about the repository, already says so. It never waits. A
    /// change that does not fit in the queue is lost; the number of lost changes is logged.
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

/// Stores entries in groups, until the last sender is dropped.
async fn write(store: Store, mut queue: mpsc::Receiver<Waiting>, most: usize) {
    let mut group = Vec::with_capacity(most);
    while queue.recv_many(&mut group, most).await > 0 {
        let began = Instant::now();
        let stored = store_group(&store, &group).await.map_err(Arc::new);
        let mut unasked = 0_usize;
        for waiting in group.drain(..) {
            match waiting.answer {
                // A caller that no longer waits needs no answer.
                Some(answer) => drop(answer.send(stored.clone())),
                None => unasked += 1,
            }
        }
        if let Err(error) = stored {
            tracing::error!(%error, count = unasked, "Gantry cannot write to the audit log");
        }
        if unasked > 0 {
            // No caller waits for these. SQLite does not queue writers, so this leaves them half of
            // the time.
            tokio::time::sleep(began.elapsed()).await;
        }
    }
}

async fn store_group(store: &Store, group: &[Waiting]) -> Result<(), StoreError> {
    let mut recorded = AuditedTransaction::begin(store).await?;
    for Waiting { entry, answer } in group {
        let is_told = answer.is_none() && is_told(&mut recorded.transaction, entry).await?;
        if !is_told {
            recorded.append(entry).await?;
        }
    }
    recorded.commit().await
}

/// A change in the store together with the rows that record it. Either both are stored or neither.
pub(crate) struct AuditedTransaction {
    transaction: Transaction<'static, Any>,
    chain: Chain,
}

impl AuditedTransaction {
    /// Begins a change. No other entry can be appended until it ends.
    pub(crate) async fn begin(store: &Store) -> Result<Self, StoreError> {
        let mut transaction = store.begin_write().await?;
        store.serialise(&mut transaction, Serial::Audit).await?;
        let chain = Chain::of(&mut transaction).await?;
        Ok(Self { transaction, chain })
    }

    /// The transaction for the change.
    pub(crate) fn transaction(&mut self) -> &mut Transaction<'static, Any> {
        &mut self.transaction
    }

    /// Appends a row.
    pub(crate) async fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.chain.append(&mut self.transaction, entry).await
    }

    /// Stores the change and its rows durably.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}

/// The end of the log, locked by a transaction that appends to it.
pub(super) struct Chain {
    head: Head,
    now: Timestamp,
}

impl Chain {
    /// Finds the end of the log. The transaction must hold the lock for appending.
    pub(super) async fn of(
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<Self, StoreError> {
        let mut head = None;
        // The newest row is never cut off. If it is missing anyway, its number must not be used
        // again.
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

/// Whether the newest row with this event on this repository says exactly the same. If the event
/// has several subjects, the first argument must also match: the tag that moved. Only the newest
/// rows about the repository are searched.
async fn is_told(
    transaction: &mut Transaction<'static, Any>,
    entry: &Entry,
) -> Result<bool, StoreError> {
    let Some(repository) = &entry.repository else {
        return Ok(false);
    };
    let arguments: Vec<_> = entry
        .arguments
        .iter()
        .map(|(name, value)| (storable(name), storable(value)))
        .collect();
    let whole = stored::arguments::write(&arguments);
    // The JSON list without its closing bracket.
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
    .bind(repository.registry.as_str())
    .bind(repository.name.as_str())
    .bind(entry.event.as_str())
    .bind(length)
    .bind(subject)
    .bind(LOOKED_THROUGH)
    .fetch_optional(&mut **transaction)
    .await?;
    let arguments = newest.map(|row| row.try_get::<String, _>("arguments"));
    Ok(arguments.transpose()?.as_deref() == Some(whole.as_str()))
}
