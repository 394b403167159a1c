//! People, as their last sign-in described them.
//!
//! Groups belong to the person, not to a session or a link. So every decision uses the groups of
//! the last sign-in.

use access::{Person, PersonId, now};
use model::Timestamp;
use sqlx::{Any, Row, Transaction};

use crate::{Store, StoreError, stored::groups};

/// Blocks every other transaction that locks the same person, until this one ends. The next
/// transaction can then count what this one adds.
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
    /// Stores what a sign-in says about a person.
    ///
    /// # Errors
    /// If the store does not answer.
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

    /// A person as described by their last sign-in, and the time of that sign-in.
    ///
    /// # Errors
    /// If the store does not answer.
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
