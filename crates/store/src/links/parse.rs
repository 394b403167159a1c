//! A link's row, parsed.

use model::{
    Digest, RepositoryAt, Tag, Timestamp,
    link::{LinkBearer, LinkMoment, LinkRow, LinkScope, LinkShows, LinkState, LinkTarget},
};
use sqlx::{Row, any::AnyRow};

use crate::StoreError;

pub(super) fn row(row: &AnyRow, now: Timestamp, longest: i64) -> Result<LinkRow, StoreError> {
    let time = |column: &str| row.try_get::<Option<i64>, _>(column);
    let made: i64 = row.try_get("made")?;
    let expires: i64 = row.try_get("expires")?;
    let expires = Timestamp(expires.min(made.saturating_add(longest)));
    let revoked = time("revoked")?.map(Timestamp);
    let scope = match (
        row.try_get::<Option<&str>, _>("tag")?,
        row.try_get::<Option<&str>, _>("digest")?,
    ) {
        (Some(_), _) => LinkScope::Tag(parsed::<Tag>(row, "tag")?),
        (None, Some(_)) => LinkScope::Image(parsed::<Digest>(row, "digest")?),
        (None, None) => LinkScope::Repository,
    };
    let views: i64 = row.try_get("views")?;
    let revoker = row
        .try_get::<Option<String>, _>("revoker")?
        .unwrap_or_default();
    Ok(LinkRow {
        id: row.try_get("id")?,
        target: LinkTarget {
            repository: repository(row)?,
            scope,
        },
        moment: LinkMoment::parse(row.try_get("moment")?)
            .ok_or_else(|| StoreError::Malformed("a link's moment".to_owned()))?,
        shows: LinkShows {
            environment: row.try_get::<i64, _>("shows_environment")? == 1,
            accounts: row.try_get::<i64, _>("shows_accounts")? == 1,
        },
        note: row.try_get("note")?,
        maker: row.try_get("maker")?,
        maker_name: row.try_get("maker_name")?,
        bearer: bearer(row)?,
        made: Timestamp(made),
        expires,
        state: match revoked {
            Some(_) => LinkState::Revoked,
            None if expires <= now => LinkState::Expired,
            None => LinkState::Live,
        },
        revoked: revoked.map(|at| (at, revoker)),
        views: views.try_into().unwrap_or_default(),
        viewed: match time("viewed")? {
            Some(at) => Some((Timestamp(at), row.try_get("viewed_from")?)),
            None => None,
        },
    })
}

pub(super) fn repository(row: &AnyRow) -> Result<RepositoryAt, StoreError> {
    Ok(RepositoryAt {
        name: parsed(row, "repository")?,
        registry: parsed(row, "registry")?,
    })
}

pub(super) fn bearer(row: &AnyRow) -> Result<LinkBearer, StoreError> {
    Ok(LinkBearer {
        team: parsed(row, "team")?,
        principal: parsed(row, "principal")?,
    })
}

/// Parses a name from a column.
fn parsed<T: std::str::FromStr>(row: &AnyRow, column: &str) -> Result<T, StoreError> {
    let text: &str = row.try_get(column)?;
    text.parse()
        .map_err(|_| StoreError::Malformed(format!("a link's {column}")))
}
