//! Sessions: which cookie belongs to whom, and for how long.
//!
//! The store holds only a hash of the cookie, so a reader of the store cannot use a session.

mod manage;
mod sweep;

use std::time::Duration;

use model::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

pub use manage::{EndSessions, OwnSession, SignedIn};

use access::{Person, PersonId, now};

use crate::{Store, StoreError, people, stored::groups};

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    /// The maximum time without use.
    pub idle: Duration,
    /// The maximum time in any case.
    pub longest: Duration,
}

impl Default for SessionTimes {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(12 * 3_600),
            longest: Duration::from_secs(7 * 24 * 3_600),
        }
    }
}

/// How often the use of a session is stored at most, in seconds, because it costs a write.
const NOTED_EVERY: i64 = 60;

/// Where a session began, as far as it is stored, so that people recognize their own sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionOrigin {
    /// The network of the address ([`RequestOrigin::network`](access::RequestOrigin::network)).
    pub network: Option<String>,
    /// The browser family, if it is a known one: `Firefox, Linux`.
    pub browser: Option<String>,
}

/// A stored session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The owner, as described by their last sign-in. None if the session has no owner.
    pub person: Option<Person>,
    /// Other content of the session. It contains no secret.
    pub content: String,
    /// When the session ends at the latest.
    pub ends: Timestamp,
}

impl Store {
    /// Finds a session by the hash of its cookie, and stores that it is used. None if it has ended
    /// or was not used for too long.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn session(
        &self,
        id: &str,
        times: SessionTimes,
    ) -> Result<Option<SessionRow>, StoreError> {
        let row = sqlx::query(
            "SELECT session.person, session.content, session.used, session.ends, person.name, \
             person.member_of FROM session LEFT JOIN person ON person.id = session.person \
             WHERE session.id = $1",
        )
        .bind(id)
        .fetch_optional(self.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (now, used, ends) = (
            now().0,
            row.try_get::<i64, _>("used")?,
            row.try_get("ends")?,
        );
        let idle = seconds(times.idle);
        if now >= ends || now.saturating_sub(used) >= idle {
            return Ok(None);
        }
        if now.saturating_sub(used) >= NOTED_EVERY.min(idle / 2) {
            sqlx::query("UPDATE session SET used = $2 WHERE id = $1")
                .bind(id)
                .bind(now)
                .execute(self.pool())
                .await?;
        }
        let person = match row.try_get::<Option<&str>, _>("person")? {
            Some(id) => Some(Person {
                id: PersonId::stored(id),
                name: row.try_get("name")?,
                groups: groups::read(row.try_get("member_of")?)?,
            }),
            None => None,
        };
        Ok(Some(SessionRow {
            person,
            content: row.try_get("content")?,
            ends: Timestamp(ends),
        }))
    }

    /// Begins a session. If the person already has the maximum number of sessions, the least
    /// recently used one ends.
    ///
    /// # Errors
    /// If the store does not answer. No session then begins or ends.
    pub async fn begin_session(
        &self,
        id: &str,
        person: Option<&PersonId>,
        content: &str,
        ends: Timestamp,
        origin: &SessionOrigin,
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin_write().await?;
        if let Some(person) = person {
            make_room(&mut transaction, person, self.most_sessions() - 1).await?;
        }
        sqlx::query(
            "INSERT INTO session (id, person, content, begun, used, ends, network, browser) \
             VALUES ($1, $2, $3, $4, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(person.map(PersonId::as_str))
        .bind(content)
        .bind(now().0)
        .bind(ends.0)
        .bind(origin.network.as_deref())
        .bind(origin.browser.as_deref())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Changes the content of a session. Its owner and its end do not change, and a session that
    /// has ended stays ended.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn change_session(&self, id: &str, content: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE session SET content = $2, used = $3 WHERE id = $1")
            .bind(id)
            .bind(content)
            .bind(now().0)
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Uses up the state of a sign-in. Returns whether it was valid: each state is valid once. It
    /// is stored for as long as the sign-in may take, in seconds, as a session row without an owner
    /// that no cookie names.
    ///
    /// # Errors
    /// If the store does not answer. The state may then be used up.
    pub async fn use_sign_in(&self, state: &str, lasts: u64) -> Result<bool, StoreError> {
        let hash = Sha256::digest(state.as_bytes());
        let ends = now()
            .0
            .saturating_add(i64::try_from(lasts).unwrap_or(i64::MAX));
        let used = sqlx::query(
            "INSERT INTO session (id, content, used, ends) VALUES ($1, '{}', $2, $2) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(format!("sign-in:{hash:x}"))
        .bind(ends)
        .execute(self.pool())
        .await?;
        Ok(used.rows_affected() == 1)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the store does not answer. The session is then not ended.
    pub async fn end_session(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE id = $1")
            .bind(id)
            .execute(self.pool())
            .await?;
        Ok(())
    }
}

/// Ends a person's least recently used sessions, so that at most this many remain.
async fn make_room(
    transaction: &mut Transaction<'static, Any>,
    person: &PersonId,
    left: u32,
) -> Result<(), StoreError> {
    people::lock(person, transaction).await?;
    sqlx::query(
        "DELETE FROM session WHERE person = $1 AND id NOT IN \
         (SELECT id FROM session WHERE person = $1 ORDER BY used DESC, id LIMIT $2)",
    )
    .bind(person.as_str())
    .bind(i64::from(left))
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
