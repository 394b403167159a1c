//! Checking the chain from its start to its end.

use model::audit::Event;
use sqlx::{Any, Row, Transaction};
use thiserror::Error;

use super::{
    Audit, Head,
    record::{self, BEGINNING, Record, SELECT},
};
use crate::StoreError;

/// How many rows are held at a time.
const PAGE: i64 = 1_000;

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many rows hold together: all of them, or those before the first that does not.
    pub rows: u64,
    /// The first of them.
    pub first: Option<u64>,
    /// The last of them: to be noted elsewhere, and compared with the next time.
    pub head: Option<Head>,
    /// The last row that was cut off by the retention, where any was.
    pub cut: Option<Head>,
    /// What is broken first, if anything is.
    pub broken: Option<Broken>,
    /// The first of the rows above that a search may not find, if there is one: the text that it is searched by
    /// does not follow from it. The hash does not cover this text.
    pub unsearchable: Option<u64>,
}

/// How the log is broken, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Broken {
    /// A number is left out.
    #[error("row {0} is missing")]
    Missing(u64),
    /// A row that its number puts before the start.
    #[error("row {0} stands before the start of the log")]
    BeforeTheStart(u64),
    /// The hash does not follow from the row and the one before.
    #[error(
        "row {0} is not what was written there: its hash does not follow from it and the row before"
    )]
    Altered(u64),
    /// A column of the row holds what Gantry does not write.
    #[error(
        "row {0} is not what was written there: its column {1} holds something that cannot be read"
    )]
    Unreadable(u64, &'static str),
    /// The log begins at a checkpoint that no cut has made.
    #[error("the rows up to {0} are gone, and no `audit-cut` row says that they were cut off")]
    Unvouched(u64),
    /// The log ends before the row that was noted.
    #[error("row {0} was noted and is missing: the end of the log is gone")]
    EndGone(u64),
    /// The row that was noted is another one now.
    #[error("row {0} has another hash than the one that was noted: the log was written anew")]
    WrittenAnew(u64),
    /// The row that was noted was cut off: nothing tells whether it was the same.
    #[error("row {0} was noted and has been cut off since: compare with a newer one")]
    NotedIsCut(u64),
}

impl Audit {
    /// Checks the log as it stands at this moment, in memory that does not grow with it. With a row
    /// that was noted earlier, also whether that is still in it: rows that are gone from the end show
    /// by nothing else.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn verify(&self, noted: Option<&Head>) -> Result<Verified, StoreError> {
        // Others append and cut meanwhile: all pages are read from one moment.
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

/// How far a check has come.
struct Walk<'a> {
    cut: Option<Head>,
    /// Whether a row says that it was cut off there.
    is_vouched: bool,
    noted: Option<&'a Head>,
    /// The last row that holds, or what stands for the one before the first.
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

    /// Takes the next row, and says what is wrong with it.
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

    /// What is wrong with the whole.
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

/// Whether a row says that the log was cut off after another.
fn vouches(record: &Record, cut: &Head) -> bool {
    record.event == Event::AuditCut.as_str() && record.arguments == super::cut::arguments(cut)
}
