//! What is stored about a tag.

use model::{Digest, Tag};
use sqlx::{AnyConnection, Row, any::AnyRow};

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
     FROM tag_change WHERE repository = $1 AND tag = $2 AND number < $3 \
     ORDER BY number DESC LIMIT $4";

/// What is stored about a repository and the present of a tag.
pub(super) struct Summary {
    /// The repository's number in the store.
    pub(super) repository: i64,
    pub(super) since: Millis,
    pub(super) read: Millis,
    pub(super) latest: Option<Digest>,
}

/// None if no reading of the repository is stored.
pub(super) async fn summary(
    snapshot: &mut AnyConnection,
    of: &Incarnation,
    tag: &Tag,
) -> Result<Option<Summary>, StoreError> {
    let row = sqlx::query(
        "SELECT id, first_read, began, forgotten FROM tag_repository \
         WHERE arn = $1 AND created = $2",
    )
    .bind(&of.arn)
    .bind(of.created)
    .fetch_optional(&mut *snapshot)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (repository, first): (i64, i64) = (row.try_get("id")?, row.try_get("first_read")?);
    let forgotten: Option<i64> = row.try_get("forgotten")?;
    let latest: Option<String> =
        sqlx::query_scalar("SELECT digest FROM tag_latest WHERE repository = $1 AND tag = $2")
            .bind(repository)
            .bind(tag.as_str())
            .fetch_optional(&mut *snapshot)
            .await?;
    Ok(Some(Summary {
        repository,
        since: Millis(forgotten.unwrap_or(first).max(first)),
        read: Millis(row.try_get("began")?),
        latest: latest.map(|digest| parsed(&digest)).transpose()?,
    }))
}

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
        self.tag_history_before(of, tag, i64::MAX, most).await
    }

    /// The newest `most` changes of a tag with a smaller number than this. None if no reading of the repository is
    /// stored.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn tag_history_before(
        &self,
        of: &Incarnation,
        tag: &Tag,
        number: i64,
        most: u32,
    ) -> Result<Option<StoredHistory>, StoreError> {
        let mut snapshot = self.begin_read().await?;
        let Some(summary) = summary(&mut snapshot, of, tag).await? else {
            return Ok(None);
        };
        let rows = sqlx::query(CHANGES)
            .bind(summary.repository)
            .bind(tag.as_str())
            .bind(number)
            .bind(i64::from(most))
            .fetch_all(&mut *snapshot)
            .await?;
        let mut changes: Vec<_> = rows.iter().map(change).collect::<Result<_, _>>()?;
        let oldest = changes.last();
        let more: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM tag_change WHERE repository = $1 AND tag = $2 AND number < $3",
        )
        .bind(summary.repository)
        .bind(tag.as_str())
        .bind(oldest.map_or(0, |oldest| oldest.number))
        .fetch_one(&mut *snapshot)
        .await?;
        let from = oldest.filter(|_| more > 0).map(|oldest| oldest.after.0);
        let until = changes.first().filter(|_| number < i64::MAX);
        let gaps = sqlx::query(
            "SELECT began, ended FROM tag_gap WHERE repository = $1 AND ended > $2 AND began < $3 \
             ORDER BY began DESC LIMIT $4",
        )
        .bind(summary.repository)
        .bind(from.unwrap_or(i64::MIN))
        .bind(until.map_or(i64::MAX, |newest| newest.before.0))
        .bind(MOST_GAPS)
        .fetch_all(&mut *snapshot)
        .await?;
        let reported = match Place::of_arn(&of.arn) {
            Some(place) => {
                // An event of the repository before this one, with the same name, is none of its history.
                let created = of.created.div_euclid(1_000_000) + CLOCK_DIFFERENCE;
                let since = Millis(from.unwrap_or(summary.since.0).max(created));
                let images = changes.iter().filter_map(|change| change.old.as_ref());
                let events = of_tag(&mut snapshot, &place, tag, since, images).await?;
                sharpen(&mut changes, &events)
            }
            None => Vec::new(),
        };
        Ok(Some(StoredHistory {
            since: summary.since,
            read: summary.read,
            latest: summary.latest,
            changes,
            // Newer changes, which are not on a page of older ones, may confirm what is reported.
            reported: if number == i64::MAX {
                reported
            } else {
                Vec::new()
            },
            more: more.unsigned_abs(),
            gaps: gaps.iter().map(gap).collect::<Result<_, _>>()?,
        }))
    }
}

pub(super) fn change(row: &AnyRow) -> Result<TagChange, StoreError> {
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

pub(super) fn gap(row: &AnyRow) -> Result<Gap, StoreError> {
    Ok(Gap {
        began: Millis(row.try_get("began")?),
        ended: Millis(row.try_get("ended")?),
    })
}

fn parsed(digest: &str) -> Result<Digest, StoreError> {
    let invalid = |error| StoreError::Unavailable(sqlx::Error::Decode(Box::new(error)));
    digest.parse().map_err(invalid)
}
