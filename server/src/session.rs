//! Sessions: the cookie, and the stored record that it refers to.

use std::collections::HashMap;

use access::Person;
use model::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{SessionOrigin, SessionTimes, Store, StoreError};
use time::OffsetDateTime;
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store,
};

/// The session's key for the signed-in [`Person`]. Their groups come from the store, as the provider last reported
/// them; teams and principals follow from the groups by the current configuration.
pub const PERSON: &str = "person";

/// The session's key for the [`model::ClaimsSeen`] of a person who was in no team when they signed in.
pub const CLAIMS: &str = "claims";

/// The session's key for the [`SessionOrigin`] on the way to the store, which keeps it separately.
pub const ORIGIN: &str = "origin";

/// The layer that finds a request's session.
pub type Sessions = SessionManagerLayer<Stored>;

/// The session layer over a store. `https` limits cookies to HTTPS.
pub fn layer(store: Store, times: SessionTimes, https: bool) -> Sessions {
    // Browsers accept a cookie with this name only from this host, and only over HTTPS.
    let name = if https {
        "__Host-gantry_session"
    } else {
        "gantry_session"
    };
    // Counted from when it was saved, which is at the sign-in. The store ends an idle session sooner.
    let longest = time::Duration::try_from(times.longest).unwrap_or(time::Duration::MAX);
    SessionManagerLayer::new(Stored { store, times })
        .with_name(name)
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(longest))
}

/// Sessions in Gantry's store.
#[derive(Debug, Clone)]
pub struct Stored {
    store: Store,
    times: SessionTimes,
}

/// The session's ID in the store. None if the request has no valid session.
pub fn stored_id(session: &Session) -> Option<String> {
    session.id().map(key)
}

/// A record as the store keeps it: its person and origin, separate from the rest.
struct Parts {
    person: Option<Person>,
    origin: SessionOrigin,
    rest: String,
}

fn taken_apart(record: &Record) -> session_store::Result<Parts> {
    let encode = |error: serde_json::Error| session_store::Error::Encode(error.to_string());
    let mut rest = record.data.clone();
    let person = rest.remove(PERSON).map(serde_json::from_value).transpose();
    let origin = rest.remove(ORIGIN).map(serde_json::from_value).transpose();
    Ok(Parts {
        person: person.map_err(encode)?,
        origin: origin.map_err(encode)?.unwrap_or_default(),
        rest: serde_json::to_string(&rest).map_err(encode)?,
    })
}

#[async_trait::async_trait]
impl SessionStore for Stored {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let Parts {
            person,
            origin,
            rest,
        } = taken_apart(record)?;
        let person = person.as_ref().map(|person| &person.id);
        // 128 bits from the system's generator: duplicates do not happen, and would be refused.
        self.store
            .begin_session(&key(record.id), person, &rest, ends(record), &origin)
            .await
            .map_err(unavailable)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        // A record of a different person, or one that lasts longer, is a new session.
        let Parts { rest, .. } = taken_apart(record)?;
        self.store
            .change_session(&key(record.id), &rest)
            .await
            .map_err(unavailable)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let row = self.store.session(&key(*id), self.times).await;
        let Some(row) = row.map_err(unavailable)? else {
            return Ok(None);
        };
        let decode = |error: serde_json::Error| session_store::Error::Decode(error.to_string());
        let mut data: HashMap<String, Value> =
            serde_json::from_str(&row.content).map_err(decode)?;
        // Another release that runs at the same time may store more, such as tokens. It is dropped here.
        data.retain(|key, _| key == CLAIMS);
        if let Some(person) = row.person {
            data.insert(
                PERSON.to_owned(),
                serde_json::to_value(person).map_err(decode)?,
            );
        }
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date: OffsetDateTime::from_unix_timestamp(row.ends.0)
                .unwrap_or(OffsetDateTime::UNIX_EPOCH),
        }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.store.end_session(&key(*id)).await.map_err(unavailable)
    }
}

/// The session's ID in the store.
fn key(id: Id) -> String {
    let hash = Sha256::digest(id.0.to_be_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn ends(record: &Record) -> Timestamp {
    Timestamp(record.expiry_date.unix_timestamp())
}

fn unavailable(error: StoreError) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    reason = "a store that does not answer is a failed test"
)]
mod tests {
    use store::StoreUrl;

    use super::*;

    #[tokio::test]
    async fn values_that_another_release_stores_are_not_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let url = StoreUrl::file(&folder.path().join("gantry.db"));
        let store = Store::open(&url).await.unwrap();
        let times = SessionTimes::default();
        let stored = Stored {
            store: store.clone(),
            times,
        };
        let (id, key) = (Id(7), key(Id(7)));
        let kept = r#"{"claims":[]}"#;
        let content = r#"{"claims":[],"id_token":"eyJhbGciOi","attempts":[{"verifier":"v"}]}"#;
        let (ends, origin) = (Timestamp(i64::from(i32::MAX)), SessionOrigin::default());
        let begun = store.begin_session(&key, None, content, ends, &origin);
        begun.await.unwrap();
        let record = stored.load(&id).await.unwrap().unwrap();
        assert_eq!(serde_json::to_string(&record.data).unwrap(), kept);
        stored.save(&record).await.unwrap();
        let row = store.session(&key, times).await.unwrap().unwrap();
        assert_eq!(row.content, kept);
    }
}
