//! The rows of share links.

use access::PersonId;
use model::{
    RepositoryAt, Timestamp,
    link::{LinkBearer, LinkRow, LinkScope, NewLink},
};
use sqlx::{Any, Executor, Row, Transaction, any::AnyRow};

use super::parse::{bearer, repository, row};
use crate::{
    Store, StoreError,
    audit::{self, AuditedTransaction},
    people,
    stored::{Text, frozen::ELSEWHERE, groups},
};

/// Selects the columns that every list shows of a link, and its creator. It leaves out the saved
/// content, which is large.
macro_rules! select {
    ($more:literal) => {
        concat!(
            "SELECT link.id, link.registry, link.repository, link.tag, link.digest, link.moment, \
             link.shows_environment, link.shows_accounts, link.note, link.maker, link.team, \
             link.principal, link.made, link.expires, link.revoked, link.views, link.viewed, \
             link.viewed_from, maker.name AS maker_name, maker.member_of, \
             COALESCE(revoker.name, link.revoked_by) AS revoker ",
            $more
        )
    };
}

pub(super) use select;

/// The parts of a token that find and open a link.
#[derive(Debug, Clone, Copy)]
pub struct StoredKey<'a> {
    /// The public part of the token.
    pub id: &'a str,
    /// The hash of the token's secret.
    pub secret: &'a str,
}

/// A new link to store.
#[derive(Debug, Clone, Copy)]
pub struct LinkToKeep<'a> {
    /// Finds and opens the link.
    pub key: StoredKey<'a>,
    /// What the link shows, and for how long.
    pub link: &'a NewLink,
    /// The creator.
    pub maker: &'a PersonId,
    /// The time of creation.
    pub made: Timestamp,
    /// The saved content, if there is any.
    pub frozen: Option<&'a Text>,
}

/// Limits on the lifetime and the number of links.
#[derive(Debug, Clone, Copy)]
pub struct LinkLimits {
    /// The maximum lifetime of a link, in seconds from its creation.
    pub longest: i64,
    /// The maximum number of live links per person.
    pub per_person: u32,
}

/// A stored link, found by the ID in its token.
#[derive(Debug)]
pub struct StoredLink {
    /// What lists show of the link.
    pub row: LinkRow,
    /// What was frozen, as it is stored.
    pub frozen: Option<String>,
    /// The groups of the creator, from their last sign-in.
    pub groups: Vec<String>,
}

/// Which links to revoke, among those that the person may revoke.
#[derive(Debug, Clone, Copy)]
pub enum Chosen<'a> {
    /// The link with this ID.
    Id(&'a str),
    /// All links that this person created.
    Maker(&'a str),
    /// All links that are shared as this team.
    Team(&'a str),
}

/// How many links are revoked in one transaction.
pub const REVOKED: u64 = 500;

/// Revokes the chosen links that are live. Their saved content stays until the next cleanup: it is
/// large, and a revoked link cannot be opened. There are separate statements for all links and for
/// a person's own links: if one statement has an optional parameter for that, SQLite uses no index
/// and reads every link.
macro_rules! revoke {
    ($column:literal) => {
        [
            revoke!(where concat!($column, " = $3")),
            revoke!(where concat!($column, " = $3 AND maker = $2")),
        ]
    };
    (where $which:expr) => {
        concat!(
            "UPDATE link SET revoked = $1, revoked_by = $2 WHERE revoked IS NULL AND id IN \
             (SELECT id FROM link WHERE revoked IS NULL AND expires > $1 AND made > $4 AND ",
            $which,
            " LIMIT $5) RETURNING id, registry, repository, team, principal, maker"
        )
    };
}

/// The statements for each kind of [`Chosen`]: for all links, and for the person's own links.
pub(super) const REVOKE_BY_ID_MAKER_OR_TEAM: [[&str; 2]; 3] =
    [revoke!("id"), revoke!("maker"), revoke!("team")];

pub(super) const COUNT_LIVE_OF_MAKER: &str = "SELECT COUNT(*) FROM link \
     WHERE maker = $1 AND revoked IS NULL AND expires > $2 AND made > $3";

/// A link that was just revoked.
#[derive(Debug)]
pub struct Revoked {
    /// The public part of its token.
    pub id: String,
    /// None if the stored name cannot be read. The link is revoked anyway.
    pub repository: Option<RepositoryAt>,
    /// None if the stored name cannot be read.
    pub bearer: Option<LinkBearer>,
    /// The sign-in ID of the creator.
    pub maker: String,
}

/// Revokes the chosen links that are live and that the person may revoke, at most [`REVOKED`].
async fn revoke(
    transaction: &mut Transaction<'static, Any>,
    chosen: Chosen<'_>,
    (revoker, any): (&PersonId, bool),
    now: Timestamp,
    longest: i64,
) -> Result<Vec<Revoked>, StoreError> {
    let [by_id, by_maker, by_team] = REVOKE_BY_ID_MAKER_OR_TEAM;
    let ([of_anybody, of_revoker], value) = match chosen {
        Chosen::Id(id) => (by_id, id),
        Chosen::Maker(maker) => (by_maker, maker),
        Chosen::Team(team) => (by_team, team),
    };
    let revoked = sqlx::query(if any { of_anybody } else { of_revoker })
        .bind(now.0)
        .bind(revoker.as_str())
        .bind(value)
        .bind(oldest(now, longest))
        .bind(i64::try_from(REVOKED).unwrap_or(i64::MAX))
        .fetch_all(&mut **transaction)
        .await?;
    let read = |row: &AnyRow| {
        Ok(Revoked {
            id: row.try_get("id")?,
            repository: repository(row).ok(),
            bearer: bearer(row).ok(),
            maker: row.try_get("maker")?,
        })
    };
    revoked.iter().map(read).collect()
}

/// Stores a new link, unless its creator has the maximum number of live links.
async fn keep(
    transaction: &mut Transaction<'static, Any>,
    new: &LinkToKeep<'_>,
    limits: LinkLimits,
) -> Result<bool, StoreError> {
    let LinkToKeep {
        key,
        link: new,
        maker,
        made,
        frozen,
    } = *new;
    let (tag, digest) = match &new.target.scope {
        LinkScope::Repository => (None, None),
        LinkScope::Tag(tag) => (Some(tag.as_str()), None),
        LinkScope::Image(digest) => (None, Some(digest.as_str())),
    };
    people::lock(maker, transaction).await?;
    let kept = sqlx::query(
            "INSERT INTO link (id, secret, registry, repository, tag, digest, moment, frozen, \
             shows_environment, shows_accounts, note, maker, team, principal, made, expires, views) \
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0 \
             WHERE (SELECT COUNT(*) FROM link WHERE maker = $12 AND revoked IS NULL \
             AND expires > $15 AND made > $17) < $18",
        )
        .bind(key.id)
        .bind(key.secret)
        .bind(new.target.repository.registry.as_str())
        .bind(new.target.repository.name.as_str())
        .bind(tag)
        .bind(digest)
        .bind(new.moment.as_str())
        .bind(frozen.map(|_| ELSEWHERE))
        .bind(i64::from(new.shows.environment))
        .bind(i64::from(new.shows.accounts))
        .bind(&new.note)
        .bind(maker.as_str())
        .bind(new.bearer.team.as_str())
        .bind(new.bearer.principal.arn())
        .bind(made.0)
        .bind(new.expires.0)
        .bind(oldest(made, limits.longest))
        .bind(i64::from(limits.per_person))
        .execute(&mut **transaction)
        .await?;
    let is_kept = kept.rows_affected() == 1;
    if let Some(frozen) = frozen.filter(|_| is_kept) {
        sqlx::query("INSERT INTO link_kept (link, content) VALUES ($1, $2)")
            .bind(key.id)
            .bind(frozen.as_str())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(is_kept)
}

/// Finds a link by its ID, in the store or in a transaction.
async fn find(
    place: impl Executor<'_, Database = Any>,
    id: &str,
    opens: impl FnOnce(Option<&str>) -> bool,
    now: Timestamp,
    longest: i64,
) -> Result<Option<StoredLink>, StoreError> {
    let found = sqlx::query(select!(
        ", link.secret, COALESCE(link_kept.content, link.frozen) AS frozen \
         FROM link JOIN person AS maker ON maker.id = link.maker \
         LEFT JOIN person AS revoker ON revoker.id = link.revoked_by \
         LEFT JOIN link_kept ON link_kept.link = link.id WHERE link.id = $1"
    ))
    .bind(id)
    .fetch_optional(place)
    .await?;
    let secret = found
        .as_ref()
        .map(|found| found.try_get::<&str, _>("secret"));
    // First of all: a row that cannot be read answers otherwise than none.
    if !opens(secret.transpose()?) {
        return Ok(None);
    }
    found
        .map(|found| {
            Ok(StoredLink {
                row: row(&found, now, longest)?,
                frozen: found.try_get("frozen")?,
                groups: groups::read(found.try_get("member_of")?)?,
            })
        })
        .transpose()
}

impl Store {
    /// Revokes the chosen links that are live and that the person may revoke, and records each of
    /// them, or does neither. With `any`, also the links of others. Returns the number of revoked
    /// links.
    ///
    /// # Errors
    /// If the store does not answer. No link is then revoked, and nothing is recorded.
    pub async fn revoke_links(
        &self,
        chosen: &[Chosen<'_>],
        (revoker, any): (&PersonId, bool),
        now: Timestamp,
        longest: i64,
        entry: impl Fn(&Revoked) -> audit::Entry,
    ) -> Result<u64, StoreError> {
        let mut count = 0;
        let mut recorded = AuditedTransaction::begin(self).await?;
        for chosen in chosen {
            let transaction = recorded.transaction();
            for link in revoke(transaction, *chosen, (revoker, any), now, longest).await? {
                recorded.append(&entry(&link)).await?;
                count += 1;
            }
        }
        recorded.commit().await?;
        Ok(count)
    }

    /// Stores a new link and records it, or does neither. None if its creator has the maximum
    /// number of live links.
    ///
    /// # Errors
    /// If the store does not answer. The link then does not exist.
    pub async fn keep_link(
        &self,
        new: &LinkToKeep<'_>,
        limits: LinkLimits,
        entry: &audit::Entry,
    ) -> Result<Option<LinkRow>, StoreError> {
        let mut recorded = AuditedTransaction::begin(self).await?;
        if !keep(recorded.transaction(), new, limits).await? {
            return Ok(None);
        }
        recorded.append(entry).await?;
        let transaction = recorded.transaction();
        let link = find(
            &mut **transaction,
            new.key.id,
            |secret| secret.is_some(),
            new.made,
            limits.longest,
        )
        .await?;
        let link = link.ok_or_else(|| StoreError::Malformed("a link that was kept".to_owned()))?;
        recorded.commit().await?;
        Ok(Some(link.row))
    }

    /// The link that an id finds, if `opens` agrees to the hash of its token's secret; it is asked also where there is
    /// none.
    ///
    /// # Errors
    /// When the store does not answer, or a link to which `opens` agrees cannot be read.
    pub async fn link(
        &self,
        id: &str,
        opens: impl FnOnce(Option<&str>) -> bool,
        now: Timestamp,
        longest: i64,
    ) -> Result<Option<StoredLink>, StoreError> {
        find(self.pool(), id, opens, now, longest).await
    }

    /// Finds a link by its ID, without its saved content.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn listed_link(
        &self,
        id: &str,
        now: Timestamp,
        longest: i64,
    ) -> Result<Option<LinkRow>, StoreError> {
        let found = sqlx::query(select!(
            "FROM link JOIN person AS maker ON maker.id = link.maker \
             LEFT JOIN person AS revoker ON revoker.id = link.revoked_by WHERE link.id = $1"
        ))
        .bind(id)
        .fetch_optional(self.pool())
        .await?;
        found.map(|found| row(&found, now, longest)).transpose()
    }

    /// Whether a link is live.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn is_live_link(
        &self,
        id: &str,
        now: Timestamp,
        longest: i64,
    ) -> Result<bool, StoreError> {
        let live = sqlx::query(
            "SELECT COUNT(*) AS live FROM link \
             WHERE id = $1 AND revoked IS NULL AND expires > $2 AND made > $3",
        )
        .bind(id)
        .bind(now.0)
        .bind(oldest(now, longest))
        .fetch_one(self.pool())
        .await?;
        Ok(live.try_get::<i64, _>("live")? == 1)
    }

    /// Counts a view. Returns false if the link has ended since it was looked up.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn count_view(
        &self,
        id: &str,
        network: Option<&str>,
        now: Timestamp,
        longest: i64,
    ) -> Result<bool, StoreError> {
        let counted = sqlx::query(
            "UPDATE link SET views = views + 1, viewed = $2, viewed_from = $3 \
             WHERE id = $1 AND revoked IS NULL AND expires > $2 AND made > $4",
        )
        .bind(id)
        .bind(now.0)
        .bind(network)
        .bind(oldest(now, longest))
        .execute(self.pool())
        .await?;
        Ok(counted.rows_affected() == 1)
    }

    /// Counts a person's live links.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn count_live_links_of(
        &self,
        maker: &PersonId,
        now: Timestamp,
        longest: i64,
    ) -> Result<u32, StoreError> {
        let count = sqlx::query_scalar(COUNT_LIVE_OF_MAKER)
            .bind(maker.as_str())
            .bind(now.0)
            .bind(oldest(now, longest))
            .fetch_one(self.pool());
        let count: i64 = count.await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Counts the live links to a repository: those of one person, or all.
    pub async fn count_live_links(
        &self,
        maker: Option<&PersonId>,
        repository: &RepositoryAt,
        now: Timestamp,
        longest: i64,
    ) -> Result<u32, StoreError> {
        let count = sqlx::query(
            "SELECT COUNT(*) AS live FROM link WHERE registry = $1 AND repository = $2 \
             AND revoked IS NULL AND expires > $3 AND made > $4 AND ($5 = 1 OR maker = $6)",
        )
        .bind(repository.registry.as_str())
        .bind(repository.name.as_str())
        .bind(now.0)
        .bind(oldest(now, longest))
        .bind(i64::from(maker.is_none()))
        .bind(maker.map_or("", PersonId::as_str))
        .fetch_one(self.pool())
        .await?;
        let count: i64 = count.try_get("live")?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// A link that was created at or before this time exceeds the maximum lifetime.
pub(super) fn oldest(now: Timestamp, longest: i64) -> i64 {
    now.0.saturating_sub(longest)
}
