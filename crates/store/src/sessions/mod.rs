//! Sessions: which cookie stands for whom, and for how long.
//!
//! The store holds a hash of what the cookie holds, so that whoever reads the store cannot become
//! anybody.

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
    /// Without being used.
    pub idle: Duration,
    /// However much they are used.
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

/// Using a session is noted this often at most, in seconds: it costs a write.
const NOTED_EVERY: i64 = 60;

/// From where a session began, as far as it is kept: people recognise their own sessions by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionOrigin {
    /// The network of the address ([`Occasion::network`](access::Occasion::network)).
    pub network: Option<String>,
    /// The family of the browser, where it is a known one: `Firefox, Linux`.
    pub browser: Option<String>,
}

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Whose, as last told by any of their sign-ins; none where it is nobody's.
    pub person: Option<Person>,
    /// What the session has to remember beside. No secret is in it.
    pub content: String,
    /// When it ends at the latest.
    pub ends: Timestamp,
}

impl Store {
    /// Finds a session by the hash of its cookie, and notes that it is used. One that has ended, or
    /// was not used for too long, is none.
    ///
    /// # Errors
    /// When the store does not answer.
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

    /// Begins a session. Where the person has as many as they may already, the one that was used longest ago ends.
    ///
    /// # Errors
    /// When the store does not answer: then none begins, and none ends.
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

    /// Changes what a session holds. Whose it is and when it ends stay as they were when it began, and
    /// one that has been ended meanwhile stays ended.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn change_session(&self, id: &str, content: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE session SET content = $2, used = $3 WHERE id = $1")
            .bind(id)
            .bind(content)
            .bind(now().0)
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Uses up the state of a sign-in, and says whether it was good: each is good once. What is stored lasts as
    /// long as the sign-in may take, in seconds, and is the row of a session that is nobody's and that no cookie names.
    ///
    /// # Errors
    /// When the store does not answer: then the state may be used up.
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
    /// When the store does not answer: then it goes on.
    pub async fn end_session(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE id = $1")
            .bind(id)
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Ends all of a person's sessions, and says how many there were.
    ///
    /// # Errors
    /// When the store does not answer: then they go on.
    pub async fn end_sessions_of(&self, person: &PersonId) -> Result<u64, StoreError> {
        let ended = sqlx::query("DELETE FROM session WHERE person = $1")
            .bind(person.as_str())
            .execute(self.pool())
            .await?;
        Ok(ended.rows_affected())
    }
}

/// Ends the sessions of a person beyond so many, the last used of which stay.
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
