//! People, as the sign-in last told of them.
//!
//! Groups are kept with the person and not with a session or a link, so that whatever is decided for
//! somebody is decided by what was told last.

use access::{Person, PersonId, now};
use model::Timestamp;
use sqlx::{Any, Row, Transaction};

use crate::{Store, StoreError, stored::groups};

/// Holds back every other transaction that locks the same person, until this one ends: what it adds is
/// there to be counted by the next.
pub(crate) async fn lock(
    person: &PersonId,
    transaction: &mut Transaction<'static, Any>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE person SET seen = seen WHERE id = $1")
        .bind(person.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

impl Store {
    /// Keeps what a sign-in has just told of somebody.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remember(&self, person: &Person) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO person (id, name, member_of, seen) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, member_of = excluded.member_of, \
             seen = excluded.seen",
        )
        .bind(person.id.as_str())
        .bind(&person.name)
        .bind(groups::write(&person.groups).as_str())
        .bind(now().0)
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Somebody as last told, and when that was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn person(&self, id: &PersonId) -> Result<Option<(Person, Timestamp)>, StoreError> {
        let row = sqlx::query("SELECT name, member_of, seen FROM person WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(self.pool())
            .await?;
        row.map(|row| {
            let person = Person {
                id: id.clone(),
                name: row.try_get("name")?,
                groups: groups::read(row.try_get("member_of")?)?,
            };
            Ok((person, Timestamp(row.try_get("seen")?)))
        })
        .transpose()
    }
}
