//! The rows of events.

use model::{Digest, Tag, Timestamp};
use sqlx::{Any, Row, Transaction, any::AnyRow};

use super::{ByWhom, EventKind, NewEvent, NewMessage, Place, RegistryEvent, TagEvent};
use crate::{Store, StoreError, database::Serial, history::Millis};

/// The maximum number of stored events. Beyond it, the oldest are deleted: who can send messages decides how many there
/// are.
const MOST_STORED: i64 = 2_000_000;

/// The maximum number of events that are considered for one tag, the newest first.
const MOST_OF_TAG: i64 = 500;

/// How many events are deleted in one statement.
const STEP: i64 = 5_000;

impl Store {
    /// Stores what a message reports. Returns false if all of it is stored already: messages arrive more than once.
    ///
    /// # Errors
    /// If the store does not answer. Nothing is stored then.
    pub async fn record_message(&self, message: &NewMessage) -> Result<bool, StoreError> {
        let mut transaction = self.begin_write().await?;
        // So that an event becomes visible after all events with lower numbers.
        self.serialise(&mut transaction, Serial::RegistryEvent)
            .await?;
        let newest: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM registry_event")
            .fetch_one(&mut *transaction)
            .await?;
        let mut number = newest;
        for (part, event) in (0_i64..).zip(&message.events) {
            let inserted = sqlx::query(
                "INSERT INTO registry_event \
                 (number, id, part, place, kind, happened, received, tag, digest, principal) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id, part) DO NOTHING",
            )
            .bind(number + 1)
            .bind(&message.id)
            .bind(part)
            .bind(message.place.as_str())
            .bind(event.kind.as_str())
            .bind(message.at.0)
            .bind(message.received.0)
            .bind(event.tag.as_ref().map(Tag::as_str))
            .bind(event.digest.as_ref().map(Digest::as_str))
            .bind(message.principal.as_deref())
            .execute(&mut *transaction)
            .await?;
            number += i64::from(inserted.rows_affected() > 0);
        }
        transaction.commit().await?;
        Ok(number > newest)
    }

    /// The number of the newest event. 0 if there is none.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn newest_event(&self) -> Result<i64, StoreError> {
        let newest = sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM registry_event")
            .fetch_one(self.pool())
            .await?;
        Ok(newest)
    }

    /// The oldest `most` events after this number, and the number of the last of them. Events of a kind that this release
    /// does not know are left out.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn events_after(
        &self,
        number: i64,
        most: u32,
    ) -> Result<(i64, Vec<RegistryEvent>), StoreError> {
        let rows = sqlx::query(
            "SELECT number, place, kind, tag, digest FROM registry_event WHERE number > $1 \
             ORDER BY number LIMIT $2",
        )
        .bind(number)
        .bind(i64::from(most))
        .fetch_all(self.pool())
        .await?;
        let last = rows
            .last()
            .map_or(Ok(number), |row| row.try_get("number"))?;
        let events = rows.iter().map(event);
        let events: Vec<_> = events.collect::<Result<_, sqlx::Error>>()?;
        Ok((last, events.into_iter().flatten().collect()))
    }

    /// Deletes events that happened before a time, and the oldest beyond the maximum number.
    pub(in crate::history) async fn forget_events(
        &self,
        limit: Timestamp,
    ) -> Result<(), StoreError> {
        let beyond = self.newest_event().await?.saturating_sub(MOST_STORED);
        loop {
            let deleted = sqlx::query(
                "DELETE FROM registry_event WHERE number IN \
                 (SELECT number FROM registry_event WHERE happened < $1 OR number <= $2 LIMIT $3)",
            )
            .bind(limit.0.saturating_mul(1_000))
            .bind(beyond)
            .bind(STEP)
            .execute(self.pool())
            .await?;
            if deleted.rows_affected() == 0 {
                return Ok(());
            }
        }
    }
}

fn event(row: &AnyRow) -> Result<Option<RegistryEvent>, sqlx::Error> {
    let (kind, place): (String, String) = (row.try_get("kind")?, row.try_get("place")?);
    let (tag, digest): (Option<String>, Option<String>) =
        (row.try_get("tag")?, row.try_get("digest")?);
    let number = row.try_get("number")?;
    Ok(EventKind::parse(&kind).map(|kind| RegistryEvent {
        number,
        place: Place(place),
        event: NewEvent {
            kind,
            tag: tag.and_then(|tag| tag.parse().ok()),
            digest: digest.and_then(|digest| digest.parse().ok()),
        },
    }))
}

/// The newest pushes and deletions of a tag since a time, oldest first. `images` are images that the tag pointed at: a
/// deletion of one of them deletes the tag, even if the message does not name it.
pub(in crate::history) async fn of_tag(
    snapshot: &mut Transaction<'static, Any>,
    place: &Place,
    tag: &Tag,
    since: Millis,
    images: impl Iterator<Item = &Digest>,
) -> Result<Vec<TagEvent>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, kind, happened, received, digest, principal FROM registry_event \
         WHERE place = $1 AND tag = $2 AND happened >= $3 ORDER BY happened DESC LIMIT $4",
    )
    .bind(place.as_str())
    .bind(tag.as_str())
    .bind(since.0)
    .bind(MOST_OF_TAG)
    .fetch_all(&mut **snapshot)
    .await?;
    let mut events = Vec::new();
    for row in &rows {
        events.extend(tag_event(row, place, true)?);
    }
    for digest in images {
        let rows = sqlx::query(
            "SELECT id, kind, happened, received, digest, principal FROM registry_event \
             WHERE place = $1 AND digest = $2 AND tag IS NULL AND kind = 'delete' \
             AND happened >= $3 ORDER BY happened DESC LIMIT 10",
        )
        .bind(place.as_str())
        .bind(digest.as_str())
        .bind(since.0)
        .fetch_all(&mut **snapshot)
        .await?;
        for row in &rows {
            events.extend(tag_event(row, place, false)?);
        }
    }
    events.sort_by(|left, right| (left.at, &left.id).cmp(&(right.at, &right.id)));
    Ok(events)
}

fn tag_event(
    row: &AnyRow,
    place: &Place,
    names_tag: bool,
) -> Result<Option<TagEvent>, sqlx::Error> {
    let kind: String = row.try_get("kind")?;
    let (digest, principal): (Option<String>, Option<String>) =
        (row.try_get("digest")?, row.try_get("principal")?);
    let digest: Option<Digest> = digest.and_then(|digest| digest.parse().ok());
    let kind = match EventKind::parse(&kind) {
        Some(EventKind::Push) if digest.is_some() => EventKind::Push,
        Some(EventKind::Delete) => EventKind::Delete,
        _ => return Ok(None),
    };
    Ok(Some(TagEvent {
        id: row.try_get("id")?,
        at: row.try_get("happened")?,
        received: row.try_get("received")?,
        kind,
        digest,
        by: principal.map(|principal| ByWhom::new(principal, place.clone())),
        names_tag,
    }))
}
