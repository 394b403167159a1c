//! Who has sessions, and ending them.

use access::{PersonId, now};
use model::{Timestamp, audit::Event};
use sqlx::{Any, Row, Transaction};

use super::{SessionTimes, seconds};
use crate::{
    Store, StoreError,
    audit::{Entry, Recorded},
};

/// A session, as its own person is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// The hash of its cookie: it names the session and opens nothing.
    pub id: String,
    /// When it began; none where that was before it was noted.
    pub begun: Option<Timestamp>,
    /// When it was last used, to about a minute.
    pub used: Timestamp,
    /// When it ends in any case.
    pub ends: Timestamp,
    /// The network that it began in.
    pub network: Option<String>,
    /// The family of the browser that it began in.
    pub browser: Option<String>,
}

/// Somebody who has sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// How many sessions.
    pub sessions: u64,
    /// When any of them was last used.
    pub used: Timestamp,
}

/// Which sessions are to be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndSessions<'a> {
    /// One of a person's.
    One(&'a PersonId, &'a str),
    /// All of a person's but this one.
    Others(&'a PersonId, &'a str),
    /// All of a person's.
    Person(&'a PersonId),
    /// Everybody's.
    All,
}

impl Store {
    /// A person's sessions that have not ended, the last used first.
    ///
    /// # Errors
    /// When the store does not answer.
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

    /// People who have sessions that have not ended, the last seen first. With an issuer, its people alone:
    /// another provider's are nobody here, and their sessions hold for nothing.
    ///
    /// # Errors
    /// When the store does not answer.
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

    /// Ends sessions for whoever runs Gantry, and says how many there were. The audit log names nobody.
    ///
    /// # Errors
    /// When the store does not answer: then all of them go on, and the audit log says nothing.
    pub async fn end_sessions_by_command(&self, which: EndSessions<'_>) -> Result<u64, StoreError> {
        let mut entry = Entry::unasked(Event::SessionsEnded);
        entry
            .arguments
            .push(("by", "gantry sessions end".to_owned()));
        self.end_recorded(which, entry).await
    }

    /// Ends sessions and records it, one row for each person, or does neither.
    ///
    /// # Errors
    /// When the store does not answer: then all of them go on.
    pub async fn end_recorded(
        &self,
        which: EndSessions<'_>,
        entry: Entry,
    ) -> Result<u64, StoreError> {
        let mut recorded = Recorded::begin(self).await?;
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

/// Ends sessions, and says whose they were, in order. States of sign-ins that were used up are
/// nobody's.
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
