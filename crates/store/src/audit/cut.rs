//! Cuts old rows off the start of the log.
//!
//! Each cut leaves a checkpoint, from which the chain continues, and a row that names the
//! checkpoint. A forged checkpoint has no such row.

use std::time::{Duration, Instant};

use access::now;
use model::{Timestamp, audit::Event};
use sqlx::Row;
use tokio_util::sync::CancellationToken;

use super::{Audit, Entry, Head, append::Chain, record};
use crate::{StoreError, database::Serial};

/// How many rows are cut off in one transaction.
const STEP: i64 = 5_000;

/// How often old rows are cut off.
const EVERY: Duration = Duration::from_secs(24 * 3_600);

/// The arguments of the row that records a cut.
pub(super) fn arguments(cut: &Head) -> Vec<(String, String)> {
    named(cut)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn named(cut: &Head) -> Vec<(&'static str, String)> {
    vec![
        ("through", cut.number.to_string()),
        ("hash", cut.hash.clone()),
    ]
}

impl Audit {
    /// Keeps rows for this long, until the token is cancelled.
    pub fn keep_for(&self, keep: Duration, stop: &CancellationToken) {
        let (audit, stop) = (self.clone(), stop.clone());
        let keep = i64::try_from(keep.as_secs()).unwrap_or(i64::MAX);
        tokio::spawn(stop.run_until_cancelled_owned(async move {
            let mut days = tokio::time::interval(EVERY);
            loop {
                days.tick().await;
                let limit = Timestamp(now().0.saturating_sub(keep));
                match audit.cut(limit).await {
                    Ok(0) => {}
                    Ok(rows) => {
                        tracing::info!(count = rows, "Gantry deleted old rows of the audit log")
                    }
                    // The next run tries again.
                    Err(error) => {
                        tracing::error!(%error, "Gantry cannot delete old rows of the audit log")
                    }
                }
            }
        }));
    }

    /// Cuts off rows at the start that are older than the limit. Returns their number. The newest
    /// row always stays.
    ///
    /// # Errors
    /// If the store does not answer. Rows that were already cut stay cut.
    pub async fn cut(&self, limit: Timestamp) -> Result<u64, StoreError> {
        let mut cut = 0;
        loop {
            let began = Instant::now();
            let rows = self.cut_step(limit).await?;
            cut += rows;
            // An incomplete step is the last one.
            if rows < STEP.unsigned_abs() {
                return Ok(cut);
            }
            // SQLite does not queue writers, so this leaves them half of the time.
            tokio::time::sleep(began.elapsed()).await;
        }
    }

    async fn cut_step(&self, limit: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.store.begin_write().await?;
        self.store
            .serialise(&mut transaction, Serial::Audit)
            .await?;
        let rows = sqlx::query("SELECT number, at, hash FROM audit ORDER BY number LIMIT $1")
            .bind(STEP + 1)
            .fetch_all(&mut *transaction)
            .await?;
        // One of these rows stays, so the newest row always stays.
        let mut last = None;
        for row in rows.iter().take(rows.len().saturating_sub(1)) {
            if row.try_get::<i64, _>("at")? >= limit.0 {
                break;
            }
            last = Some(row);
        }
        let Some(row) = last else { return Ok(0) };
        let last = Head {
            number: record::number(row)?,
            hash: row.try_get("hash")?,
        };
        let number: i64 = row.try_get("number")?;
        let gone = sqlx::query("DELETE FROM audit WHERE number <= $1")
            .bind(number)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM audit_checkpoint")
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO audit_checkpoint (number, hash, made) VALUES ($1, $2, $3)")
            .bind(number)
            .bind(&last.hash)
            .bind(now().0)
            .execute(&mut *transaction)
            .await?;
        let entry = Entry {
            arguments: named(&last),
            ..Entry::unasked(Event::AuditCut)
        };
        let mut chain = Chain::of(&mut transaction).await?;
        chain.append(&mut transaction, &entry).await?;
        transaction.commit().await?;
        Ok(gone.rows_affected())
    }
}
