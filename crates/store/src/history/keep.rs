//! Deleting old changes.

use model::Timestamp;

use super::record::forget;
use crate::{Store, StoreError};

/// How many changes are deleted in one transaction.
const STEP: i64 = 1_000;

/// The number of the newest change among a repository's oldest ones that happened before a time.
const OLDEST: &str = "SELECT MAX(number) FROM (SELECT number, happened_before FROM tag_change \
     WHERE repository = $1 ORDER BY number LIMIT $3) AS oldest WHERE happened_before < $2";

impl Store {
    /// Deletes changes, gaps and events from before a time, and repositories that were not read since then.
    /// Returns the number of deleted changes of other repositories.
    ///
    /// # Errors
    /// If the store does not answer. What was already deleted stays deleted.
    pub async fn forget_tag_history(&self, limit: Timestamp) -> Result<u64, StoreError> {
        self.forget_events(limit).await?;
        let limit = limit.0.saturating_mul(1_000);
        let _turn = self.sweeping().await;
        let unread: Vec<i64> = sqlx::query_scalar("SELECT id FROM tag_repository WHERE ended < $1")
            .bind(limit)
            .fetch_all(self.pool())
            .await?;
        for repository in unread {
            sqlx::query("DELETE FROM tag_repository WHERE id = $1 AND ended < $2")
                .bind(repository)
                .bind(limit)
                .execute(self.pool())
                .await?;
        }
        sqlx::query("DELETE FROM tag_gap WHERE ended < $1")
            .bind(limit)
            .execute(self.pool())
            .await?;
        let all: Vec<i64> = sqlx::query_scalar("SELECT id FROM tag_repository")
            .fetch_all(self.pool())
            .await?;
        let mut deleted = 0;
        for repository in all {
            while let Some(last) = self.oldest_change(repository, limit).await? {
                let mut transaction = self.begin_write().await?;
                deleted += forget(&mut transaction, repository, last).await?;
                transaction.commit().await?;
            }
        }
        Ok(deleted)
    }

    async fn oldest_change(&self, repository: i64, limit: i64) -> Result<Option<i64>, StoreError> {
        let newest: Option<i64> = sqlx::query_scalar(OLDEST)
            .bind(repository)
            .bind(limit)
            .bind(STEP)
            .fetch_one(self.pool())
            .await?;
        Ok(newest)
    }
}
