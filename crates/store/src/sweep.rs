//! Changing very many rows, a few at a time.

use std::time::Instant;

use crate::{Store, StoreError};

/// How many rows are looked for at a time.
const FOUND: i64 = 1_000;

/// Rows that are looked for while others write, and then changed a few at a time: so nobody waits long who wants to
/// write, however many there are.
pub(crate) struct Sweep<'a> {
    /// Asks for the keys of some of them, at most `$1`. The numbers that follow are from `$2` on.
    pub(crate) find: (&'static str, &'a [i64]),
    /// Changes the one with the key `$1`, if it is one of them still. As above.
    pub(crate) change: &'a [(&'static str, &'a [i64])],
    /// How many are changed in one transaction.
    pub(crate) at_once: usize,
}

impl Store {
    /// Changes all of these rows, and says how many it has changed.
    ///
    /// # Errors
    /// When the store does not answer: what was changed until then is changed.
    pub(crate) async fn sweep(&self, sweep: &Sweep<'_>) -> Result<u64, StoreError> {
        let mut changed = 0;
        loop {
            let (find, numbers) = sweep.find;
            let find = sqlx::query_scalar(find).bind(FOUND);
            let find = numbers.iter().fold(find, |find, number| find.bind(*number));
            let keys: Vec<String> = find.fetch_all(self.pool()).await?;
            let before = changed;
            for some in keys.chunks(sweep.at_once) {
                let began = Instant::now();
                changed += self.change(sweep, some).await?;
                // SQLite does not queue others who want to write: they get half of the time.
                tokio::time::sleep(began.elapsed()).await;
            }
            let is_last = i64::try_from(keys.len()).is_ok_and(|found| found < FOUND);
            if is_last || changed == before {
                return Ok(changed);
            }
        }
    }

    async fn change(&self, sweep: &Sweep<'_>, keys: &[String]) -> Result<u64, StoreError> {
        let mut transaction = self.begin_write().await?;
        let mut changed = 0;
        for key in keys {
            for (change, numbers) in sweep.change {
                let change = sqlx::query(*change).bind(key);
                let change = numbers
                    .iter()
                    .fold(change, |change, number| change.bind(*number));
                changed += change.execute(&mut *transaction).await?.rows_affected();
            }
        }
        transaction.commit().await?;
        Ok(changed)
    }
}
