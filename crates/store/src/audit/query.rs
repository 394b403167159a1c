//! Reads the log, page by page or as a whole.

use access::now;
use model::{
    Action, RepositoryAt, Timestamp,
    audit::{AuditPage, AuditQuery, Outcome},
    query::words,
};
use sqlx::{Any, AnyPool, Row, any::AnyRow, query::Query};

use super::{
    Audit,
    append::LOOKED_THROUGH,
    record::{Record, SELECT},
};
use crate::StoreError;

/// How many rows a page shows.
const PAGE: usize = 100;

/// How many rows an export reads at a time.
const EXPORTED: i64 = 500;

/// A value that a condition compares with.
enum Bound {
    Number(i64),
    Text(String),
}

/// Conditions on rows, each with the value of its parameter `$n`.
#[derive(Default)]
struct Conditions {
    sql: Vec<String>,
    bound: Vec<Bound>,
}

impl Conditions {
    /// The conditions of a query, except the position of its page.
    fn of(query: &AuditQuery) -> Self {
        let mut conditions = Self::default();
        // The first number is 1. Rows below it are not rows of the log; the verification reports
        // them.
        conditions.and("number >", Bound::Number(0));
        if let Some(event) = query.event {
            conditions.and("event =", Bound::Text(event.as_str().to_owned()));
        }
        if let Some(outcome) = query.outcome {
            conditions.and("outcome =", Bound::Text(outcome.as_str().to_owned()));
        }
        if let Some(since) = query.since {
            conditions.and("at >=", Bound::Number(since.0));
        }
        if let Some(until) = query.until {
            conditions.and("at <", Bound::Number(until.0));
        }
        for word in words(&query.text) {
            conditions.and("searched LIKE", Bound::Text(pattern(word)));
            conditions.escape();
        }
        conditions
    }

    fn and(&mut self, column: &str, bound: Bound) {
        self.bound.push(bound);
        self.sql
            .push(format!("audit.{column} ${}", self.bound.len()));
    }

    fn escape(&mut self) {
        if let Some(condition) = self.sql.last_mut() {
            condition.push_str(" ESCAPE '!'");
        }
    }

    /// Reads the rows that meet the conditions.
    async fn read(
        self,
        pool: &AnyPool,
        order: &str,
        limit: i64,
    ) -> Result<Vec<Record>, StoreError> {
        let conditions = self.sql.join(" AND ");
        let sql =
            format!("{SELECT} WHERE {conditions} ORDER BY audit.number {order} LIMIT {limit}");
        // The text contains only parts from this file. User input is bound.
        let query = self
            .bound
            .into_iter()
            .fold(sqlx::query(sqlx::AssertSqlSafe(sql)), bind);
        let rows = query.fetch_all(pool).await?;
        let read = |row: &AnyRow| Record::read(row).map(|(record, _)| record);
        rows.iter().map(read).collect()
    }
}

fn bind<'q>(
    query: Query<'q, Any, sqlx::any::AnyArguments>,
    bound: Bound,
) -> Query<'q, Any, sqlx::any::AnyArguments> {
    match bound {
        Bound::Number(number) => query.bind(number),
        Bound::Text(text) => query.bind(text),
    }
}

/// A pattern that finds a word anywhere, with special characters escaped. The column is in lower
/// case.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for character in word.to_lowercase().replace('\0', "\u{fffd}").chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

fn to_column(number: u64) -> Bound {
    Bound::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

impl Audit {
    /// The newest matching rows, newest first.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn page(&self, query: &AuditQuery) -> Result<AuditPage, StoreError> {
        let mut conditions = Conditions::of(query);
        if let Some(before) = query.before {
            conditions.and("number <", to_column(before));
        }
        // One extra row shows whether there are more.
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut records = conditions.read(self.store.pool(), "DESC", limit).await?;
        let more = records.len() > PAGE;
        records.truncate(PAGE);
        let older = records.last().filter(|_| more).map(|last| last.number);
        let cut = sqlx::query("SELECT MAX(number) AS number FROM audit_checkpoint")
            .fetch_one(self.store.pool())
            .await?
            .try_get::<Option<i64>, _>("number")?;
        Ok(AuditPage {
            rows: records.into_iter().map(Record::shown).collect(),
            older,
            cut: cut.and_then(|number| u64::try_from(number).ok()),
            now: now(),
        })
    }

    /// When an action on a repository was last done since a given time, according to the newest
    /// rows about the repository. The limit bounds the time, even if a user adds many rows. Rows
    /// from before the repository was created are about an earlier repository with the same name.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn last_done(
        &self,
        action: Action,
        repository: &RepositoryAt,
        since: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let done = sqlx::query(
            "SELECT newest.at FROM (SELECT number, at, action, outcome FROM audit \
             WHERE registry = $1 AND repository = $2 ORDER BY number DESC LIMIT $3) AS newest \
             WHERE newest.action = $4 AND newest.outcome = $5 AND newest.at >= $6 \
             ORDER BY newest.number DESC LIMIT 1",
        )
        .bind(repository.registry.as_str())
        .bind(repository.name.as_str())
        .bind(LOOKED_THROUGH)
        .bind(action.as_str())
        .bind(Outcome::Done.as_str())
        .bind(since.0)
        .fetch_optional(self.store.pool())
        .await?;
        let at = done.map(|row| row.try_get("at").map(Timestamp));
        Ok(at.transpose()?)
    }

    /// All matching rows that are in the log now, to be read in parts.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn export(&self, query: AuditQuery) -> Result<Export, StoreError> {
        let newest = sqlx::query("SELECT MAX(number) AS number FROM audit")
            .fetch_one(self.store.pool())
            .await?
            .try_get::<Option<i64>, _>("number")?;
        Ok(Export {
            audit: self.clone(),
            query,
            after: i64::MIN,
            newest: newest.unwrap_or(i64::MIN),
        })
    }
}

/// An export of rows, oldest first.
#[derive(Debug)]
pub struct Export {
    audit: Audit,
    query: AuditQuery,
    after: i64,
    /// Rows that are appended later are not part of the export.
    newest: i64,
}

impl Export {
    /// The next rows. Empty at the end.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn next(&mut self) -> Result<Vec<Record>, StoreError> {
        let mut conditions = Conditions::of(&self.query);
        conditions.and("number >", Bound::Number(self.after));
        conditions.and("number <=", Bound::Number(self.newest));
        let records = conditions
            .read(self.audit.store.pool(), "ASC", EXPORTED)
            .await?;
        if let Some(last) = records.last() {
            self.after = i64::try_from(last.number).unwrap_or(i64::MAX);
        }
        Ok(records)
    }
}
