//! What is stored about a tag.

use model::{Digest, Tag};
use sqlx::{Row, any::AnyRow};

use super::{
    Gap, HowKnown, Incarnation, Millis, StoredHistory, TagChange,
    events::{Place, of_tag},
    sharpen::{CLOCK_DIFFERENCE, sharpen},
};
use crate::{Store, StoreError};

/// The maximum number of gaps on a page.
const MOST_GAPS: i64 = 100;

/// The newest changes of a tag, without a scan of the repository's other changes.
const CHANGES: &str = "SELECT number, happened_after, happened_before, old_digest, new_digest \
     FROM tag_change WHERE repository = $1 AND tag = $2 ORDER BY number DESC LIMIT $3";

impl Store {
    /// The newest `most` changes of a tag. None if no reading of the repository is stored.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn tag_history(
        &self,
        of: &Incarnation,
        tag: &Tag,
        most: u32,
    ) -> Result<Option<StoredHistory>, StoreError> {
        let mut snapshot = self.begin_read().await?;
        let row = sqlx::query(
            "SELECT id, first_read, began, forgotten FROM tag_repository \
             WHERE arn = $1 AND created = $2",
        )
        .bind(&of.arn)
        .bind(of.created)
        .fetch_optional(&mut *snapshot)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (id, first): (i64, i64) = (row.try_get("id")?, row.try_get("first_read")?);
        let forgotten: Option<i64> = row.try_get("forgotten")?;
        let read = Millis(row.try_get("began")?);
        let latest: Option<String> =
            sqlx::query_scalar("SELECT digest FROM tag_latest WHERE repository = $1 AND tag = $2")
                .bind(id)
                .bind(tag.as_str())
                .fetch_optional(&mut *snapshot)
                .await?;
        let rows = sqlx::query(CHANGES)
            .bind(id)
            .bind(tag.as_str())
            .bind(i64::from(most))
            .fetch_all(&mut *snapshot)
            .await?;
        let oldest: Option<i64> = rows.last().map(|row| row.try_get("number")).transpose()?;
        let more: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM tag_change WHERE repository = $1 AND tag = $2 AND number < $3",
        )
        .bind(id)
        .bind(tag.as_str())
        .bind(oldest.unwrap_or(0))
        .fetch_one(&mut *snapshot)
        .await?;
        let from: Option<i64> = match more {
            0 => None,
            _ => rows
                .last()
                .map(|row| row.try_get("happened_after"))
                .transpose()?,
        };
        let gaps = sqlx::query(
            "SELECT began, ended FROM tag_gap WHERE repository = $1 AND ended > $2 \
             ORDER BY began DESC LIMIT $3",
        )
        .bind(id)
        .bind(from.unwrap_or(i64::MIN))
        .bind(MOST_GAPS)
        .fetch_all(&mut *snapshot)
        .await?;
        let since = Millis(forgotten.unwrap_or(first).max(first));
        let mut changes: Vec<_> = rows.iter().map(change).collect::<Result<_, _>>()?;
        let reported = match Place::of_arn(&of.arn) {
            Some(place) => {
                // An event of the repository before this one, with the same name, is none of its history.
                let created = of.created.div_euclid(1_000_000) + CLOCK_DIFFERENCE;
                let since = Millis(from.unwrap_or(since.0).max(created));
                let images = changes.iter().filter_map(|change| change.old.as_ref());
                let events = of_tag(&mut snapshot, &place, tag, since, images).await?;
                sharpen(&mut changes, &events)
            }
            None => Vec::new(),
        };
        Ok(Some(StoredHistory {
            since,
            read,
            latest: latest.map(|digest| parsed(&digest)).transpose()?,
            changes,
            reported,
            more: more.unsigned_abs(),
            gaps: gaps.iter().map(gap).collect::<Result<_, _>>()?,
        }))
    }
}

fn change(row: &AnyRow) -> Result<TagChange, StoreError> {
    let digest = |column| {
        let text: Option<String> = row.try_get(column)?;
        text.map(|text| parsed(&text)).transpose()
    };
    let after = Millis(row.try_get("happened_after")?);
    Ok(TagChange {
        number: row.try_get("number")?,
        after,
        last_old: after,
        known: HowKnown::BetweenReadings,
        by: None,
        event: None,
        before: Millis(row.try_get("happened_before")?),
        old: digest("old_digest")?,
        new: digest("new_digest")?,
    })
}

fn gap(row: &AnyRow) -> Result<Gap, StoreError> {
    Ok(Gap {
        began: Millis(row.try_get("began")?),
        ended: Millis(row.try_get("ended")?),
    })
}

fn parsed(digest: &str) -> Result<Digest, StoreError> {
    let invalid = |error| StoreError::Unavailable(sqlx::Error::Decode(Box::new(error)));
    digest.parse().map_err(invalid)
}
