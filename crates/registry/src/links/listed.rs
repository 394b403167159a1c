//! The rows of the list of links, a page at a time, and how long those that have ended stay in it.

use model::{
    TeamName, Timestamp,
    link::{LinkQuery, LinkRow},
};
use sqlx::{
    Any, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use super::rows::{oldest, row, select};
use crate::{PersonId, Store, StoreError, inventory::now};

/// How long an ended link stays in the list, in seconds. The audit log has it for longer.
const ENDED_KEPT: i64 = 90 * 24 * 60 * 60;

/// How many ended links of one person stay in the list.
const ENDED_OF_ONE: i64 = 1_000;

/// Whose links are listed.
macro_rules! whose {
    () => {
        "($1 = 1 OR link.maker = $2)"
    };
}

/// Which of them a query lets through, but for the words that it asks for.
macro_rules! which {
    () => {
        "($3 = 1 OR (link.revoked IS NULL AND link.expires > $4 AND link.made > $5)) \
         AND ($6 IS NULL OR link.registry = $6) AND ($7 IS NULL OR link.repository = $7) \
         AND ($8 IS NULL OR link.maker = $8) AND ($9 IS NULL OR link.team = $9)"
    };
}

/// What is listed.
pub(super) struct Wanted<'a> {
    /// Whose links; none for everybody's.
    pub(super) maker: Option<&'a PersonId>,
    pub(super) query: &'a LinkQuery,
    pub(super) now: Timestamp,
    /// How long a link lasts at most, in seconds.
    pub(super) longest: i64,
}

impl<'a> Wanted<'a> {
    fn bind(&'a self, sql: &'static str) -> Query<'a, Any, AnyArguments> {
        let LinkQuery {
            text: _,
            everybody: _,
            ended,
            repository,
            maker,
            team,
            page: _,
        } = self.query;
        let registry = repository.as_ref().map(|(registry, _)| registry.as_str());
        let name = repository.as_ref().map(|(_, name)| name.as_str());
        sqlx::query(sql)
            .bind(i64::from(self.maker.is_none()))
            .bind(self.maker.map_or("", PersonId::as_str))
            .bind(i64::from(*ended))
            .bind(self.now.0)
            .bind(oldest(self.now, self.longest))
            .bind(registry)
            .bind(name)
            .bind(maker.as_deref())
            .bind(team.as_ref().map(TeamName::as_str))
    }
}

impl Store {
    /// How many links there are to list, and how many of them the query lets through.
    pub(super) async fn count_links(&self, wanted: &Wanted<'_>) -> Result<(u32, u32), StoreError> {
        const COUNTS: &str = concat!(
            "SELECT COUNT(*) AS listed, COUNT(CASE WHEN ",
            which!(),
            " THEN 1 END) AS matching FROM link WHERE ",
            whose!()
        );
        let counts = wanted.bind(COUNTS).fetch_one(self.pool()).await?;
        let count = |column: &str| {
            let count: i64 = counts.try_get(column)?;
            Ok(u32::try_from(count).unwrap_or(u32::MAX))
        };
        count("listed").and_then(|listed| Ok((listed, count("matching")?)))
    }

    /// So many of those that the query lets through, after the first, newest first. One that cannot be read
    /// is left out, and the log says so: it is no reason to show none.
    pub(super) async fn links(
        &self,
        wanted: &Wanted<'_>,
        most: u32,
        after: u32,
    ) -> Result<Vec<LinkRow>, StoreError> {
        const ROWS: &str = concat!(
            select!(
                "FROM link JOIN person AS maker ON maker.id = link.maker \
                 LEFT JOIN person AS revoker ON revoker.id = link.revoked_by WHERE "
            ),
            whose!(),
            " AND ",
            which!(),
            " ORDER BY link.made DESC, link.id LIMIT $10 OFFSET $11"
        );
        let found = wanted
            .bind(ROWS)
            .bind(i64::from(most))
            .bind(i64::from(after))
            .fetch_all(self.pool())
            .await?;
        let readable = |found: &AnyRow| match row(found, wanted.now, wanted.longest) {
            Ok(link) => Some(link),
            Err(error) => {
                let id: Option<&str> = found.try_get("id").ok();
                tracing::error!(%error, ?id, "a share link cannot be read");
                None
            }
        };
        Ok(found.iter().filter_map(readable).collect())
    }

    /// Drops links that ended 90 days ago, and of each person's ended links all but the 1,000 that ended
    /// last. Says how many there were.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sweep_links(&self) -> Result<u64, StoreError> {
        let now = now().0;
        // A link that the configuration ended early may live again, so its own end counts.
        let old = sqlx::query("DELETE FROM link WHERE revoked <= $1 OR expires <= $1")
            .bind(now.saturating_sub(ENDED_KEPT))
            .execute(self.pool())
            .await?;
        let surplus = sqlx::query(
            "DELETE FROM link WHERE id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER \
             (PARTITION BY maker ORDER BY COALESCE(revoked, expires) DESC, id) AS place FROM link \
             WHERE revoked IS NOT NULL OR expires <= $1) AS ended WHERE place > $2)",
        )
        .bind(now)
        .bind(ENDED_OF_ONE)
        .execute(self.pool())
        .await?;
        Ok(old.rows_affected() + surplus.rows_affected())
    }
}
