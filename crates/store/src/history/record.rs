//! Comparing a reading with the one before.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::{Incarnation, RecordSettings, Recorded, TagReading};
use crate::{Store, StoreError, database::Serial};

/// How many rows a statement writes. A person who deletes images can change a hundred thousand tags between two readings,
/// and SQLite has one writer at a time.
const AT_ONCE: usize = 500;

/// The reading of a repository that was stored last.
struct Known {
    id: i64,
    ended: i64,
    began: i64,
    tags: String,
    changes: i64,
}

impl TagReading<'_> {
    /// Two readings with the same tags and digests have the same hash.
    fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for (tag, digest) in &self.tags {
            // Neither can contain a space or a line feed.
            hash.update(tag);
            hash.update(b" ");
            hash.update(digest);
            hash.update(b"\n");
        }
        let bytes = hash.finalize();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Store {
    /// Stores a reading: the changes since the stored reading before it, and a gap if that is long
    /// ago. Readings of one repository wait for each other, on any replica.
    ///
    /// # Errors
    /// If the store does not answer. Nothing is stored then: the next reading finds the same changes.
    pub async fn record_tags(
        &self,
        of: &Incarnation,
        reading: &TagReading<'_>,
        settings: RecordSettings,
    ) -> Result<Recorded, StoreError> {
        let hash = reading.hash();
        let mut transaction = self.begin_write().await?;
        let Some(known) = locked(&mut transaction, of).await? else {
            self.serialise(&mut transaction, Serial::TagRepository)
                .await?;
            // Another replica may have stored its first reading in the meantime.
            if locked(&mut transaction, of).await?.is_some() {
                return Ok(Recorded::Overlapping);
            }
            first(&mut transaction, of, reading, &hash).await?;
            transaction.commit().await?;
            return Ok(Recorded::First);
        };
        if reading.began.0 < known.ended {
            return Ok(Recorded::Overlapping);
        }
        let pause = reading.began.0 - known.ended;
        if u128::try_from(pause).is_ok_and(|pause| pause > settings.longest_pause.as_millis()) {
            sqlx::query(
                "INSERT INTO tag_gap (repository, began, ended) VALUES ($1, $2, $3) \
                 ON CONFLICT (repository, began) DO NOTHING",
            )
            .bind(known.id)
            .bind(known.ended)
            .bind(reading.began.0)
            .execute(&mut *transaction)
            .await?;
        }
        let changes = match known.tags == hash {
            true => 0,
            false => compare(&mut transaction, &known, reading).await?,
        };
        sqlx::query(
            "UPDATE tag_repository SET began = $2, ended = $3, tags = $4, changes = $5 \
             WHERE id = $1",
        )
        .bind(known.id)
        .bind(reading.began.0)
        .bind(reading.ended.0)
        .bind(hash)
        .bind(known.changes + changes)
        .execute(&mut *transaction)
        .await?;
        if changes > 0 {
            let last = known.changes + changes - settings.most_changes;
            forget(&mut transaction, known.id, last).await?;
        }
        transaction.commit().await?;
        Ok(Recorded::Compared {
            changes: changes.unsigned_abs(),
        })
    }
}

/// The stored reading of a repository, which no other transaction can change until this one ends.
async fn locked(
    transaction: &mut Transaction<'static, Any>,
    of: &Incarnation,
) -> Result<Option<Known>, StoreError> {
    // An UPDATE locks the row. "SELECT ... FOR UPDATE" is not SQLite's.
    let row = sqlx::query(
        "UPDATE tag_repository SET changes = changes WHERE arn = $1 AND created = $2 \
         RETURNING id, began, ended, tags, changes",
    )
    .bind(&of.arn)
    .bind(of.created)
    .fetch_optional(&mut **transaction)
    .await?;
    let known = |row: sqlx::any::AnyRow| {
        Ok::<_, sqlx::Error>(Known {
            id: row.try_get("id")?,
            began: row.try_get("began")?,
            ended: row.try_get("ended")?,
            tags: row.try_get("tags")?,
            changes: row.try_get("changes")?,
        })
    };
    Ok(row.map(known).transpose()?)
}

async fn first(
    transaction: &mut Transaction<'static, Any>,
    of: &Incarnation,
    reading: &TagReading<'_>,
    hash: &str,
) -> Result<(), StoreError> {
    let id: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM tag_repository")
        .fetch_one(&mut **transaction)
        .await?;
    sqlx::query(
        "INSERT INTO tag_repository (id, arn, created, first_read, began, ended, tags, changes) \
         VALUES ($1, $2, $3, $4, $5, $4, $6, 0)",
    )
    .bind(id)
    .bind(&of.arn)
    .bind(of.created)
    .bind(reading.ended.0)
    .bind(reading.began.0)
    .bind(hash)
    .execute(&mut **transaction)
    .await?;
    point(transaction, id, &reading.tags).await
}

/// Stores the changes between the stored reading and this one, and returns their number.
async fn compare(
    transaction: &mut Transaction<'static, Any>,
    known: &Known,
    reading: &TagReading<'_>,
) -> Result<i64, StoreError> {
    let rows = sqlx::query("SELECT tag, digest FROM tag_latest WHERE repository = $1")
        .bind(known.id)
        .fetch_all(&mut **transaction)
        .await?;
    let mut before = BTreeMap::<String, String>::new();
    for row in rows {
        before.insert(row.try_get("tag")?, row.try_get("digest")?);
    }
    let mut changes = Vec::new();
    for (tag, digest) in &reading.tags {
        let old = before.remove(*tag);
        if old.as_deref() != Some(*digest) {
            changes.push(((*tag).to_owned(), old, Some(*digest)));
        }
    }
    changes.extend(before.into_iter().map(|(tag, old)| (tag, Some(old), None)));
    let numbered: Vec<_> = (known.changes + 1..).zip(&changes).collect();
    for some in numbered.chunks(AT_ONCE) {
        let insert = format!(
            "INSERT INTO tag_change (repository, number, tag, happened_after, happened_before, \
             old_digest, new_digest) VALUES {}",
            parameters(some.len(), 7)
        );
        let mut insert = sqlx::query(AssertSqlSafe(insert));
        for (number, (tag, old, new)) in some {
            insert = insert
                .bind(known.id)
                .bind(*number)
                .bind(tag)
                .bind(known.began)
                .bind(reading.ended.0)
                .bind(old.as_deref())
                .bind(*new);
        }
        insert.execute(&mut **transaction).await?;
    }
    let pointed = changes
        .iter()
        .filter_map(|(tag, _, new)| Some((tag.as_str(), (*new)?)));
    point(transaction, known.id, &pointed.collect::<Vec<_>>()).await?;
    let gone = changes.iter().filter(|(.., new)| new.is_none());
    let gone: Vec<_> = gone.map(|(tag, ..)| tag).collect();
    for some in gone.chunks(AT_ONCE) {
        let places: Vec<_> = (0..some.len()).map(|at| format!("${}", at + 2)).collect();
        let delete = format!(
            "DELETE FROM tag_latest WHERE repository = $1 AND tag IN ({})",
            places.join(", ")
        );
        let delete = sqlx::query(AssertSqlSafe(delete)).bind(known.id);
        let delete = some.iter().fold(delete, |delete, tag| delete.bind(*tag));
        delete.execute(&mut **transaction).await?;
    }
    Ok(i64::try_from(changes.len()).unwrap_or(i64::MAX))
}

/// Stores where tags point.
async fn point(
    transaction: &mut Transaction<'static, Any>,
    repository: i64,
    tags: &[(&str, &str)],
) -> Result<(), StoreError> {
    for some in tags.chunks(AT_ONCE) {
        let upsert = format!(
            "INSERT INTO tag_latest (repository, tag, digest) VALUES {} \
             ON CONFLICT (repository, tag) DO UPDATE SET digest = excluded.digest",
            parameters(some.len(), 3)
        );
        let mut upsert = sqlx::query(AssertSqlSafe(upsert));
        for (tag, digest) in some {
            upsert = upsert.bind(repository).bind(*tag).bind(*digest);
        }
        upsert.execute(&mut **transaction).await?;
    }
    Ok(())
}

/// The parameters of this many rows: `($1, $2), ($3, $4)`.
fn parameters(count: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places: Vec<_> = (1..=columns)
            .map(|at| format!("${}", row * columns + at))
            .collect();
        format!("({})", places.join(", "))
    };
    (0..count).map(row).collect::<Vec<_>>().join(", ")
}

/// Deletes a repository's changes up to a number, and notes up to which time.
pub(super) async fn forget(
    transaction: &mut Transaction<'static, Any>,
    repository: i64,
    last: i64,
) -> Result<u64, StoreError> {
    let until: Option<i64> = sqlx::query_scalar(
        "SELECT MAX(happened_before) FROM tag_change WHERE repository = $1 AND number <= $2",
    )
    .bind(repository)
    .bind(last)
    .fetch_one(&mut **transaction)
    .await?;
    let Some(until) = until else { return Ok(0) };
    sqlx::query("UPDATE tag_repository SET forgotten = $2 WHERE id = $1")
        .bind(repository)
        .bind(until)
        .execute(&mut **transaction)
        .await?;
    let deleted = sqlx::query("DELETE FROM tag_change WHERE repository = $1 AND number <= $2")
        .bind(repository)
        .bind(last)
        .execute(&mut **transaction)
        .await?;
    Ok(deleted.rows_affected())
}
