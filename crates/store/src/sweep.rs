//! Changes very many rows, a few at a time.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use tokio::sync::{Mutex, MutexGuard, OnceCell};

use crate::{Store, StoreError};

/// How many rows are looked up at a time.
const FOUND: i64 = 1_000;

/// Rows that are looked up without a write lock and then changed a few at a time, so that other
/// writers never wait long, however many rows there are.
pub(crate) struct Sweep<'a> {
    /// Selects the keys of some of the rows, at most `$1`. The numbers are the parameters from `$2`
    /// on.
    pub(crate) find: (&'static str, &'a [i64]),
    /// Changes the row with the key `$1`, if it still matches. The numbers are the parameters from
    /// `$2` on.
    pub(crate) change: &'a [(&'static str, &'a [i64])],
    /// How many rows are changed in one transaction.
    pub(crate) at_once: usize,
}

/// The state of the sweeps of this process.
#[derive(Debug, Default)]
pub(crate) struct Sweeps {
    /// Locked by the running sweep.
    turn: Mutex<()>,
    /// Whether a link may have ended since ended links were last swept.
    links_ended: AtomicBool,
    /// Set when no link has its saved content in the old column any more.
    pub(crate) links_are_small: OnceCell<()>,
}

impl Sweeps {
    /// Records that a link may have ended.
    pub(crate) fn note_ended_link(&self) {
        self.links_ended.store(true, Ordering::Release);
    }

    /// Whether a link may have ended since the last call.
    pub(crate) fn take_ended_links(&self) -> bool {
        self.links_ended.swap(false, Ordering::AcqRel)
    }
}

/// The right to sweep. Two sweeps at the same time would leave no time for other writers.
pub(crate) struct Sweeping<'a> {
    store: &'a Store,
    _turn: MutexGuard<'a, ()>,
}

impl Store {
    /// Waits until no other sweep runs in this process.
    pub(crate) async fn sweeping(&self) -> Sweeping<'_> {
        Sweeping {
            store: self,
            _turn: self.sweeps.turn.lock().await,
        }
    }
}

impl Sweeping<'_> {
    /// Changes all of these rows and returns how many were changed.
    ///
    /// # Errors
    /// If the store does not answer. Rows that were already changed stay changed.
    pub(crate) async fn sweep(&self, sweep: &Sweep<'_>) -> Result<u64, StoreError> {
        let mut changed = 0;
        loop {
            let (find, numbers) = sweep.find;
            let find = sqlx::query_scalar(find).bind(FOUND);
            let find = numbers.iter().fold(find, |find, number| find.bind(*number));
            let keys: Vec<String> = find.fetch_all(self.store.pool()).await?;
            let before = changed;
            for some in keys.chunks(sweep.at_once) {
                let began = Instant::now();
                changed += self.change(sweep, some).await?;
                // SQLite does not queue writers, so this leaves them half of the time.
                tokio::time::sleep(began.elapsed()).await;
            }
            let is_last = i64::try_from(keys.len()).is_ok_and(|found| found < FOUND);
            if is_last || changed == before {
                return Ok(changed);
            }
        }
    }

    async fn change(&self, sweep: &Sweep<'_>, keys: &[String]) -> Result<u64, StoreError> {
        let mut transaction = self.store.begin_write().await?;
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
