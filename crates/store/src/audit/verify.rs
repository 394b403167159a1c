//! Verifies the chain from its start to its end.

use model::audit::Event;
use sqlx::{Any, Row, Transaction};
use thiserror::Error;

use super::{
    Audit, Head,
    record::{self, BEGINNING, Record, SELECT},
};
use crate::StoreError;

/// How many rows are read at a time.
const PAGE: i64 = 1_000;

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many rows form an intact chain: all rows, or the rows before the first broken one.
    pub rows: u64,
    /// The first of these rows.
    pub first: Option<u64>,
    /// The last of these rows. Note it elsewhere, and compare it at the next verification.
    pub head: Option<Head>,
    /// The last row that the retention cut off, if there is one.
    pub cut: Option<Head>,
    /// The first problem, if there is one.
    pub broken: Option<Broken>,
    /// The first of these rows whose search text does not follow from the row, if there is one. A
    /// search may not find it. The hash does not cover this text.
    pub unsearchable: Option<u64>,
}

/// How the log is broken, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Broken {
    /// A number is missing.
    #[error("row {0} is missing")]
    Missing(u64),
    /// A row has a number from before the start of the log.
    #[error("row {0} stands before the start of the log")]
    BeforeTheStart(u64),
    /// The hash does not follow from the row and the previous row.
    #[error(
        "row {0} is not what was written there: its hash does not follow from it and the row before"
    )]
    Altered(u64),
    /// A column of the row has a value that Gantry does not write.
    #[error(
        "row {0} is not what was written there: its column {1} holds something that cannot be read"
    )]
    Unreadable(u64, &'static str),
    /// The log begins at a checkpoint that no recorded cut created.
    #[error("the rows up to {0} are gone, and no `audit-cut` row says that they were cut off")]
    Unvouched(u64),
    /// The log ends before the noted row.
    #[error("row {0} was noted and is missing: the end of the log is gone")]
    EndGone(u64),
    /// The noted row is now a different row.
    #[error("row {0} has another hash than the one that was noted: the log was rewritten")]
    WrittenAnew(u64),
    /// The noted row was cut off, so it cannot be compared.
    #[error("row {0} was noted and has been cut off since: compare with a newer one")]
    NotedIsCut(u64),
}

impl Audit {
    /// Verifies the log as it is now. The memory use does not grow with the log. With a row that
    /// was noted earlier, it also checks that the log still contains that row: this is the only way
    /// to detect rows that were removed from the end.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn verify(&self, noted: Option<&Head>) -> Result<Verified, StoreError> {
        // Other processes append and cut at the same time, so all pages are read from one snapshot.
        let mut snapshot = self.store.begin_read().await?;
        let cut = checkpoint(&mut snapshot).await?;
        let mut walk = Walk::from(cut, noted);
        let mut after = i64::MIN;
        let page = format!("{SELECT} WHERE audit.number > $1 ORDER BY audit.number LIMIT $2");
        loop {
            let page = sqlx::query(sqlx::AssertSqlSafe(page.as_str()))
                .bind(after)
                .bind(PAGE)
                .fetch_all(&mut *snapshot)
                .await?;
            let Some(last) = page.last() else { break };
            after = last.try_get("number")?;
            if let Some(broken) = page.iter().find_map(|row| walk.step(row)) {
                return Ok(walk.ended(Some(broken)));
            }
        }
        let broken = walk.at_the_end();
        Ok(walk.ended(broken))
    }
}

/// The last row that was cut off.
async fn checkpoint(snapshot: &mut Transaction<'static, Any>) -> Result<Option<Head>, StoreError> {
    let row = sqlx::query("SELECT number, hash FROM audit_checkpoint ORDER BY number DESC LIMIT 1")
        .fetch_optional(&mut **snapshot)
        .await?;
    row.map(|row| {
        Ok(Head {
            number: record::number(&row)?,
            hash: row.try_get("hash")?,
        })
    })
    .transpose()
}

/// The state of a verification.
struct Walk<'a> {
    cut: Option<Head>,
    /// Whether a row records the cut that the log begins at.
    is_vouched: bool,
    noted: Option<&'a Head>,
    /// The last intact row, or a placeholder before the first row.
    last: Head,
    rows: u64,
    unsearchable: Option<u64>,
}

impl<'a> Walk<'a> {
    fn from(cut: Option<Head>, noted: Option<&'a Head>) -> Self {
        let beginning = || Head {
            number: 0,
            hash: BEGINNING.to_owned(),
        };
        Self {
            is_vouched: cut.is_none(),
            last: cut.clone().unwrap_or_else(beginning),
            cut,
            noted,
            rows: 0,
            unsearchable: None,
        }
    }

    /// Checks the next row. Returns what is wrong with it.
    fn step(&mut self, row: &sqlx::any::AnyRow) -> Option<Broken> {
        let expected = self.last.number + 1;
        let number = match record::number(row) {
            Ok(number) if number < expected => return Some(Broken::BeforeTheStart(number)),
            Ok(number) => number,
            Err(_) => return Some(Broken::BeforeTheStart(0)),
        };
        if number > expected {
            return Some(Broken::Missing(expected));
        }
        let Ok((record, searched)) = Record::read(row) else {
            return Some(Broken::Altered(number));
        };
        if let Some(column) = record.unreadable.first() {
            return Some(Broken::Unreadable(number, column));
        }
        if record.hash != record.hash_after(&self.last.hash) {
            return Some(Broken::Altered(number));
        }
        let noted = self.noted.filter(|noted| noted.number == number);
        if noted.is_some_and(|noted| noted.hash != record.hash) {
            return Some(Broken::WrittenAnew(number));
        }
        if !record.is_searched_by(&searched) {
            self.unsearchable.get_or_insert(number);
        }
        self.is_vouched |= self.cut.as_ref().is_some_and(|cut| vouches(&record, cut));
        self.last = record.head();
        self.rows += 1;
        None
    }

    /// Returns what is wrong with the log as a whole.
    fn at_the_end(&self) -> Option<Broken> {
        let cut = self.cut.as_ref();
        if let Some(cut) = cut
            && !self.is_vouched
        {
            return Some(Broken::Unvouched(cut.number));
        }
        let noted = self.noted?;
        match cut {
            _ if noted.number > self.last.number => Some(Broken::EndGone(noted.number)),
            Some(cut) if noted.number < cut.number => Some(Broken::NotedIsCut(noted.number)),
            Some(cut) if noted.number == cut.number && noted.hash != cut.hash => {
                Some(Broken::WrittenAnew(noted.number))
            }
            _ => None,
        }
    }

    fn ended(self, broken: Option<Broken>) -> Verified {
        let first = self.last.number + 1 - self.rows;
        Verified {
            rows: self.rows,
            first: (self.rows > 0).then_some(first),
            head: (self.rows > 0).then_some(self.last),
            cut: self.cut,
            broken,
            unsearchable: self.unsearchable,
        }
    }
}

/// Whether this row records a cut after the given row.
fn vouches(record: &Record, cut: &Head) -> bool {
    record.event == Event::AuditCut.as_str() && record.arguments == super::cut::arguments(cut)
}
