//! Lists sessions and ends them.

use access::{PersonId, now};
use model::{Timestamp, audit::Event};
use sqlx::{Any, Row, Transaction};

use super::{SessionTimes, seconds};
use crate::{
    Store, StoreError,
    audit::{AuditedTransaction, Entry},
};

/// A session, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// The hash of its cookie. It identifies the session and cannot open it.
    pub id: String,
    /// When the session began. None if it began before Gantry stored this.
    pub begun: Option<Timestamp>,
    /// When the session was last used, to about a minute.
    pub used: Timestamp,
    /// When the session ends at the latest.
    pub ends: Timestamp,
    /// The network that the session began in.
    pub network: Option<String>,
    /// The browser family that the session began in.
    pub browser: Option<String>,
}

/// A person who has sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The person's ID.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The number of their sessions.
    pub sessions: u64,
    /// When any of the sessions was last used.
    pub used: Timestamp,
}

/// Which sessions to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndSessions<'a> {
    /// One session of a person.
    One(&'a PersonId, &'a str),
    /// All sessions of a person except this one.
    Others(&'a PersonId, &'a str),
    /// All sessions of a person.
    Person(&'a PersonId),
    /// All sessions of everyone.
    All,
}

impl Store {
    /// A person's live sessions, the most recently used first.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn sessions_of(
        &self,
        person: &PersonId,
        times: SessionTimes,
    ) -> Result<Vec<OwnSession>, StoreError> {
        let now = now().0;
        let rows = sqlx::query(
            "SELECT id, begun, used, ends, network, browser FROM session \
             WHERE person = $1 AND ends > $2 AND used > $3 ORDER BY used DESC, id LIMIT $4",
        )
        .bind(person.as_str())
        .bind(now)
        .bind(now.saturating_sub(seconds(times.idle)))
        .bind(i64::from(self.most_sessions()))
        .fetch_all(self.pool())
        .await?;
        let read = |row: &sqlx::any::AnyRow| {
            let begun: Option<i64> = row.try_get("begun")?;
            Ok(OwnSession {
                id: row.try_get("id")?,
                begun: begun.map(Timestamp),
                used: Timestamp(row.try_get("used")?),
                ends: Timestamp(row.try_get("ends")?),
                network: row.try_get("network")?,
                browser: row.try_get("browser")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// People who have live sessions, the most recently active first. With an issuer, only its
    /// people: the sessions of other providers are not valid.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn signed_in(
        &self,
        times: SessionTimes,
        issuer: Option<&str>,
    ) -> Result<Vec<SignedIn>, StoreError> {
        let now = now().0;
        let rows = sqlx::query(
            "SELECT session.person, person.name, COUNT(*) AS sessions, MAX(session.used) AS used \
             FROM session JOIN person ON person.id = session.person \
             WHERE session.ends > $1 AND session.used > $2 \
             GROUP BY session.person, person.name ORDER BY MAX(session.used) DESC, session.person",
        )
        .bind(now)
        .bind(now.saturating_sub(seconds(times.idle)))
        .fetch_all(self.pool())
        .await?;
        let read = |row: &sqlx::any::AnyRow| {
            let sessions: i64 = row.try_get("sessions")?;
            Ok(SignedIn {
                person: PersonId::stored(row.try_get("person")?),
                name: row.try_get("name")?,
                sessions: sessions.try_into().unwrap_or_default(),
                used: Timestamp(row.try_get("used")?),
            })
        };
        let people: Result<Vec<SignedIn>, StoreError> = rows.iter().map(read).collect();
        let mut people = people?;
        people.retain(|signed_in| issuer.is_none_or(|issuer| signed_in.person.is_of(issuer)));
        Ok(people)
    }

    /// Ends sessions for the administrator and returns their number. The audit log names no person
    /// as the actor.
    ///
    /// # Errors
    /// If the store does not answer. No session is then ended, and nothing is recorded.
    pub async fn end_sessions_by_command(&self, which: EndSessions<'_>) -> Result<u64, StoreError> {
        let mut entry = Entry::unasked(Event::SessionsEnded);
        entry
            .arguments
            .push(("by", "gantry sessions end".to_owned()));
        self.end_recorded(which, entry).await
    }

    /// Ends sessions and records it, one row per person, or does neither.
    ///
    /// # Errors
    /// If the store does not answer. No session is then ended.
    pub async fn end_recorded(
        &self,
        which: EndSessions<'_>,
        entry: Entry,
    ) -> Result<u64, StoreError> {
        let mut recorded = AuditedTransaction::begin(self).await?;
        let ended = end(recorded.transaction(), which).await?;
        let mut total = 0_u64;
        for sessions in ended.chunk_by(|one, other| one == other) {
            let count = u64::try_from(sessions.len()).unwrap_or(u64::MAX);
            let mut entry = entry.clone();
            entry.arguments.extend([
                ("of", sessions.first().cloned().unwrap_or_default()),
                ("sessions", count.to_string()),
            ]);
            recorded.append(&entry).await?;
            total += count;
        }
        recorded.commit().await?;
        Ok(total)
    }
}

/// Ends sessions and returns their owners, in order. Used sign-in states have no owner.
async fn end(
    transaction: &mut Transaction<'static, Any>,
    which: EndSessions<'_>,
) -> Result<Vec<String>, StoreError> {
    let ended = match which {
        EndSessions::One(person, id) => {
            sqlx::query_scalar("DELETE FROM session WHERE person = $1 AND id = $2 RETURNING person")
                .bind(person.as_str())
                .bind(id)
        }
        EndSessions::Others(person, id) => sqlx::query_scalar(
            "DELETE FROM session WHERE person = $1 AND id <> $2 RETURNING person",
        )
        .bind(person.as_str())
        .bind(id),
        EndSessions::Person(person) => {
            sqlx::query_scalar("DELETE FROM session WHERE person = $1 RETURNING person")
                .bind(person.as_str())
        }
        EndSessions::All => {
            sqlx::query_scalar("DELETE FROM session WHERE person IS NOT NULL RETURNING person")
        }
    };
    let mut ended: Vec<String> = ended.fetch_all(&mut **transaction).await?;
    ended.sort();
    Ok(ended)
}
