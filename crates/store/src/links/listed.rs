//! The list of links, one page at a time.

use access::PersonId;
use model::{
    TeamName, Timestamp,
    link::{LinkQuery, LinkRow},
};
use sqlx::{
    Any, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use super::{
    parse::row,
    rows::{oldest, select},
};
use crate::{Store, StoreError};

/// Selects every link: there is no condition on the creator.
macro_rules! everybodys {
    () => {
        "CAST($1 AS TEXT) IS NULL"
    };
}

/// Selects the links of one creator. This is a separate statement: if one statement has an optional
/// parameter for the creator, SQLite uses no index and reads every link.
macro_rules! ones_own {
    () => {
        "link.maker = $1"
    };
}

/// The conditions of a query, except its search words.
macro_rules! which {
    () => {
        "($2 = 1 OR (link.revoked IS NULL AND link.expires > $3 AND link.made > $4)) \
         AND ($5 IS NULL OR link.registry = $5) AND ($6 IS NULL OR link.repository = $6) \
         AND ($7 IS NULL OR link.maker = $7) AND ($8 IS NULL OR link.team = $8)"
    };
}

/// Counts all links, or the links of one creator, and those that match a query.
macro_rules! counts {
    ($whose:ident) => {
        concat!(
            "SELECT COUNT(*) AS listed, COUNT(CASE WHEN ",
            which!(),
            " THEN 1 END) AS matching FROM link WHERE ",
            $whose!()
        )
    };
}

/// Selects a page of all links, or of the links of one creator.
macro_rules! rows {
    ($whose:ident) => {
        concat!(
            select!(
                "FROM link JOIN person AS maker ON maker.id = link.maker \
                 LEFT JOIN person AS revoker ON revoker.id = link.revoked_by WHERE "
            ),
            $whose!(),
            " AND ",
            which!(),
            " ORDER BY link.made DESC, link.id LIMIT $9 OFFSET $10"
        )
    };
}

/// The statements that [`Wanted`] chooses from: for all links, and for the links of one creator.
type Statements = [&'static str; 2];
const COUNTS: Statements = [counts!(everybodys), counts!(ones_own)];
const ROWS: Statements = [rows!(everybodys), rows!(ones_own)];

/// Which links to list.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The creator of the links. None for all links.
    pub maker: Option<&'a PersonId>,
    /// The filters of the list.
    pub query: &'a LinkQuery,
    /// The time that decides which links are live.
    pub now: Timestamp,
    /// The maximum lifetime of a link, in seconds.
    pub longest: i64,
}

impl<'a> Wanted<'a> {
    fn bind(&'a self, [everybodys, ones_own]: Statements) -> Query<'a, Any, AnyArguments> {
        let LinkQuery {
            text: _,
            everybody: _,
            ended,
            repository,
            maker,
            team,
            page: _,
        } = self.query;
        let registry = repository.as_ref().map(|it| it.registry.as_str());
        let name = repository.as_ref().map(|it| it.name.as_str());
        sqlx::query(self.maker.map_or(everybodys, |_| ones_own))
            .bind(self.maker.map(PersonId::as_str))
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
    /// Counts the links to list, and those that match the query.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn count_links(&self, wanted: &Wanted<'_>) -> Result<(u32, u32), StoreError> {
        let counts = wanted.bind(COUNTS).fetch_one(self.pool()).await?;
        let count = |column: &str| {
            let count: i64 = counts.try_get(column)?;
            Ok(u32::try_from(count).unwrap_or(u32::MAX))
        };
        count("listed").and_then(|listed| Ok((listed, count("matching")?)))
    }

    /// A range of the links that match the query, newest first. An unreadable link is left out and
    /// logged, so that it does not hide the others.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn links(
        &self,
        wanted: &Wanted<'_>,
        most: u32,
        after: u32,
    ) -> Result<Vec<LinkRow>, StoreError> {
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
                tracing::error!(%error, link.id = id, "Gantry cannot read a share link from the store");
                None
            }
        };
        Ok(found.iter().filter_map(readable).collect())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use super::*;
    use crate::{
        StoreUrl,
        links::rows::{COUNT_LIVE_OF_MAKER, REVOKE_BY_ID_MAKER_OR_TEAM},
    };

    /// SQLite's plan for a statement, one line per table.
    async fn plan(store: &Store, statement: &str) -> Vec<String> {
        let explain = format!("EXPLAIN QUERY PLAN {statement}");
        let plan = sqlx::query(sqlx::AssertSqlSafe(explain));
        let plan = plan.fetch_all(store.pool()).await.unwrap();
        plan.iter().map(|row| row.get("detail")).collect()
    }

    /// Listing one person's links, or revoking the links of a person or a team, takes no longer if
    /// others have many links.
    #[tokio::test]
    async fn the_links_of_one_person_or_team_are_found_by_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let url = StoreUrl::file(&folder.path().join("gantry.db"));
        let store = Store::open(&url).await.unwrap();
        let lists = [COUNTS, ROWS].map(|[_, ones_own]| ones_own);
        for statement in lists
            .iter()
            .chain(REVOKE_BY_ID_MAKER_OR_TEAM.as_flattened())
            .chain([&COUNT_LIVE_OF_MAKER])
        {
            let plan = plan(&store, statement).await;
            let searches = plan.iter().filter(|step| step.starts_with("SEARCH"));
            assert!(searches.count() > 0, "{plan:?}");
            assert!(
                !plan.iter().any(|step| step.starts_with("SCAN")),
                "{plan:?}"
            );
        }
    }
}
