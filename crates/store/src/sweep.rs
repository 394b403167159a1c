//! Changing very many rows, a few at a time.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use tokio::sync::{Mutex, MutexGuard, OnceCell};

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

/// What is known of the sweeps of this process.
#[derive(Debug, Default)]
pub(crate) struct Sweeps {
    /// Held by who sweeps.
    turn: Mutex<()>,
    /// Whether a link may have ended whose content nobody has looked for since.
    links_ended: AtomicBool,
    /// Done once no link keeps something where releases before kept it.
    pub(crate) links_are_small: OnceCell<()>,
}

impl Sweeps {
    /// Notes that a link may have ended.
    pub(crate) fn note_ended_link(&self) {
        self.links_ended.store(true, Ordering::Release);
    }

    /// Whether one may have since this was asked the last time.
    pub(crate) fn take_ended_links(&self) -> bool {
        self.links_ended.swap(false, Ordering::AcqRel)
    }
}

/// The right to sweep: two at a time would leave others no time to write.
pub(crate) struct Sweeping<'a> {
    store: &'a Store,
    _turn: MutexGuard<'a, ()>,
}

impl Store {
    /// Waits until nothing else is swept in this process.
    pub(crate) async fn sweeping(&self) -> Sweeping<'_> {
        Sweeping {
            store: self,
            _turn: self.sweeps.turn.lock().await,
        }
    }
}

impl Sweeping<'_> {
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
            let keys: Vec<String> = find.fetch_all(self.store.pool()).await?;
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
