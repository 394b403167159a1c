//! Equal entries that anybody may cause: the first few are rows, those that follow within a minute are one row with
//! their number.
//!
//! Otherwise anyone who can sign in could fill the log with refusals, and anyone who has a link with its views. The
//! last of the first few says that the next ones are counted (`counting`); the row behind says how many they were
//! (`repeated`) and has the same request id. If the process is killed in between, the number is lost, and the log
//! shows that there was one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{
    Action, Principal, RegistryAlias, RepositoryName, TeamName,
    audit::{Event, Outcome},
};

use super::{Audit, Entry};
use crate::{PersonId, StoreError};

/// How long equal entries are counted before their number is stored.
const WINDOW: Duration = Duration::from_secs(60);

/// How many equal refusals are rows.
const REFUSALS: u32 = 2;

/// How many views of one link, each from another address, are rows.
const VIEWS: u32 = 60;

/// What two equal entries have in common: everything except the request and its address. Whoever has many addresses
/// fills the log no faster.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Alike {
    event: Event,
    outcome: Outcome,
    person: Option<PersonId>,
    team: Option<TeamName>,
    principal: Option<Principal>,
    action: Option<Action>,
    repository: Option<(RegistryAlias, RepositoryName)>,
    arguments: Vec<(&'static str, String)>,
    statement: Option<String>,
}

impl Alike {
    fn of(entry: &Entry) -> Self {
        Self {
            event: entry.event,
            outcome: entry.outcome,
            person: entry.person.as_ref().map(|(id, _)| id.clone()),
            team: entry.team.clone(),
            principal: entry.principal.clone(),
            action: entry.action,
            repository: entry.repository.clone(),
            arguments: entry.arguments.clone(),
            statement: entry.statement.clone(),
        }
    }
}

/// How many entries equal to this one are rows before the next ones are counted; none where all are.
pub(super) fn rows(entry: &Entry) -> Option<u32> {
    match (entry.outcome, entry.event) {
        (Outcome::Refused, _) => Some(REFUSALS),
        (_, Event::LinkViewed) => Some(VIEWS),
        _ => None,
    }
}

/// The equal entries of a minute.
#[derive(Debug, Default)]
struct Repeats {
    /// How many are in the log or on their way there.
    rows: u32,
    /// The last of them, once there is no other.
    last: Option<Entry>,
    /// How many followed it.
    count: u64,
}

/// What was repeated in the last minute, in this process.
#[derive(Debug, Clone, Default)]
pub(super) struct Repeated(Arc<Mutex<HashMap<Alike, Repeats>>>);

/// What happens to an entry.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// It becomes a row.
    First,
    /// It becomes a row like the one before.
    Next,
    /// It becomes a row which says that the next ones are counted.
    Last,
    /// It is counted.
    Counted,
}

impl Repeated {
    fn with<T>(&self, change: impl FnOnce(&mut HashMap<Alike, Repeats>) -> T) -> T {
        // A panic leaves no change half done.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn place(&self, alike: &Alike, entry: &Entry, most: u32) -> Place {
        self.with(|known| {
            let repeats = known.entry(alike.clone()).or_default();
            if repeats.last.is_some() {
                repeats.count += 1;
                return Place::Counted;
            }
            repeats.rows += 1;
            match repeats.rows {
                1 => Place::First,
                rows if rows < most => Place::Next,
                _ => {
                    repeats.last = Some(entry.clone());
                    Place::Last
                }
            }
        })
    }

    /// Takes back a row that could not be stored, so that the next entry is tried in its place.
    fn take_back(&self, alike: &Alike, place: Place) {
        self.with(|known| match (place, known.get_mut(alike)) {
            (Place::First, _) => drop(known.remove(alike)),
            (_, Some(repeats)) => {
                repeats.rows = repeats.rows.saturating_sub(1);
                repeats.last = None;
            }
            (_, None) => {}
        });
    }
}

impl Audit {
    /// Whether an entry like this one is counted now, and no row of its own.
    pub(crate) fn only_counts(&self, entry: &Entry) -> bool {
        let alike = Alike::of(entry);
        (self.repeated).with(|known| known.get(&alike).is_some_and(|it| it.last.is_some()))
    }

    /// Appends an entry, or counts it if as many equal ones were appended within the last minute.
    ///
    /// # Errors
    /// When the store does not answer.
    pub(super) async fn append_or_count(&self, entry: Entry, most: u32) -> Result<(), StoreError> {
        let alike = Alike::of(&entry);
        let place = self.repeated.place(&alike, &entry, most);
        let row = match place {
            Place::First | Place::Next => entry,
            Place::Last => with_argument(entry, "counting", "true".to_owned()),
            Place::Counted => return Ok(()),
        };
        // A task of its own, since the asker may leave before the row is stored.
        let audit = self.clone();
        let storing = tokio::spawn(async move {
            let stored = audit.append_row(row).await;
            match (&stored, place) {
                (Err(_), _) => audit.repeated.take_back(&alike, place),
                (Ok(()), Place::First) => audit.close_later(alike),
                (Ok(()), _) => {}
            }
            stored
        });
        let ended = |_| Err(StoreError::Unavailable(sqlx::Error::WorkerCrashed));
        storing.await.unwrap_or_else(ended)
    }

    fn close_later(&self, alike: Alike) {
        let audit = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(WINDOW).await;
            audit.close(&alike).await;
        });
    }

    /// Ends the minute of equal entries: appends the number of equal ones, if they were counted.
    async fn close(&self, alike: &Alike) {
        let repeats = self.repeated.with(|known| known.remove(alike));
        let Some(repeats) = repeats else { return };
        let Some(last) = repeats.last else { return };
        let row = with_argument(last, "repeated", repeats.count.to_string());
        if let Err(error) = self.append_row(row).await {
            let count = repeats.count;
            tracing::error!(%error, count, "the number of equal entries is not in the audit log");
        }
    }

    /// Appends the numbers of all entries that are being counted. For the end of the process.
    pub async fn settle(&self) {
        let counted: Vec<_> = self.repeated.with(|known| known.keys().cloned().collect());
        for alike in counted {
            self.close(&alike).await;
        }
    }
}

fn with_argument(mut entry: Entry, name: &'static str, value: String) -> Entry {
    entry.arguments.push((name, value));
    entry
}
