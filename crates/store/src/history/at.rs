//! What is stored about a tag around a time.

use model::Tag;

use super::{
    Incarnation, Millis, StoredMoment,
    read::{change, gap, summary},
};
use crate::{Store, StoreError};

/// The newest change of a tag that had happened by a time. Changes are numbered in the order of their times.
const EARLIER: &str = "SELECT number, happened_after, happened_before, old_digest, new_digest \
     FROM tag_change WHERE repository = $1 AND tag = $2 AND happened_before <= $3 \
     ORDER BY number DESC LIMIT 1";

/// The changes of a tag after another one, oldest first.
const FOLLOWING: &str = "SELECT number, happened_after, happened_before, old_digest, new_digest \
     FROM tag_change WHERE repository = $1 AND tag = $2 AND number > $3 \
     ORDER BY number LIMIT $4";

/// How many changes may be around a time.
const MOST_AROUND: i64 = 50;

impl Store {
    /// What is stored about a tag around a time. None if no reading of the repository is stored.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn tag_at(
        &self,
        of: &Incarnation,
        tag: &Tag,
        at: Millis,
    ) -> Result<Option<StoredMoment>, StoreError> {
        let mut snapshot = self.begin_read().await?;
        let Some(summary) = summary(&mut snapshot, of, tag).await? else {
            return Ok(None);
        };
        let earlier = sqlx::query(EARLIER)
            .bind(summary.repository)
            .bind(tag.as_str())
            .bind(at.0)
            .fetch_optional(&mut *snapshot)
            .await?;
        let earlier = earlier.as_ref().map(change).transpose()?;
        let following = sqlx::query(FOLLOWING)
            .bind(summary.repository)
            .bind(tag.as_str())
            .bind(earlier.as_ref().map_or(0, |earlier| earlier.number))
            .bind(MOST_AROUND)
            .fetch_all(&mut *snapshot)
            .await?;
        let following: Vec<_> = following.iter().map(change).collect::<Result<_, _>>()?;
        let mut following = following.into_iter().peekable();
        let mut around = Vec::new();
        while let Some(change) = following.next_if(|change| change.after < at) {
            around.push(change);
        }
        let found = sqlx::query(
            "SELECT began, ended FROM tag_gap WHERE repository = $1 AND began < $2 AND ended > $2 \
             ORDER BY began DESC LIMIT 1",
        )
        .bind(summary.repository)
        .bind(at.0)
        .fetch_optional(&mut *snapshot)
        .await?;
        Ok(Some(StoredMoment {
            since: summary.since,
            read: summary.read,
            latest: summary.latest,
            earlier,
            around,
            later: following.next(),
            gap: found.as_ref().map(gap).transpose()?,
        }))
    }
}
