//! Equal refusals: the first two are rows, those that follow within a minute are one row with their number.
//!
//! Otherwise anyone who can sign in could fill the log. The second row says that the next ones are counted
//! (`counting`); the last row says how many they were (`repeated`) and has the same request id. If the
//! process is killed in between, the number is lost, and the log shows that there was one.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{Action, Principal, RegistryAlias, RepositoryName, TeamName, audit::Event};

use super::{Audit, Entry};
use crate::{PersonId, StoreError};

/// How long equal refusals are counted before their number is stored.
const WINDOW: Duration = Duration::from_secs(60);

/// What two equal refusals have in common: everything except the request, and the address of a known
/// person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Refused {
    event: Event,
    person: Option<PersonId>,
    address: Option<IpAddr>,
    team: Option<TeamName>,
    principal: Option<Principal>,
    action: Option<Action>,
    repository: Option<(RegistryAlias, RepositoryName)>,
    arguments: Vec<(&'static str, String)>,
    statement: Option<String>,
}

impl Refused {
    fn of(entry: &Entry) -> Self {
        let person = entry.person.as_ref().map(|(id, _)| id.clone());
        Self {
            event: entry.event,
            address: entry.occasion.source().filter(|_| person.is_none()),
            person,
            team: entry.team.clone(),
            principal: entry.principal.clone(),
            action: entry.action,
            repository: entry.repository.clone(),
            arguments: entry.arguments.clone(),
            statement: entry.statement.clone(),
        }
    }
}

/// What followed a first refusal within its minute.
#[derive(Debug, Default)]
struct Repeats {
    /// The second refusal, once it is in the log or on its way there.
    second: Option<Entry>,
    /// How many followed it.
    count: u64,
}

/// The refusals of the last minute, in this process.
#[derive(Debug, Clone, Default)]
pub(super) struct Refusals(Arc<Mutex<HashMap<Refused, Repeats>>>);

/// What happens to a refusal.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// It becomes a row.
    First,
    /// It becomes a row which says that the next ones are counted.
    Second,
    /// It is counted.
    Counted,
}

impl Refusals {
    fn with<T>(&self, change: impl FnOnce(&mut HashMap<Refused, Repeats>) -> T) -> T {
        // A panic leaves no change half done.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn place(&self, refused: &Refused, entry: &Entry) -> Place {
        self.with(|known| match known.get_mut(refused) {
            None => {
                known.insert(refused.clone(), Repeats::default());
                Place::First
            }
            Some(repeats) if repeats.second.is_none() => {
                repeats.second = Some(entry.clone());
                Place::Second
            }
            Some(repeats) => {
                repeats.count += 1;
                Place::Counted
            }
        })
    }

    /// Takes back a row that could not be stored, so that the next refusal is tried in its place.
    fn take_back(&self, refused: &Refused, place: Place) {
        self.with(|known| match (place, known.get_mut(refused)) {
            (Place::First, _) => drop(known.remove(refused)),
            (_, Some(repeats)) => repeats.second = None,
            (_, None) => {}
        });
    }
}

impl Audit {
    /// Appends a refusal, or counts it if equal ones were appended within the last minute.
    ///
    /// # Errors
    /// When the store does not answer.
    pub(super) async fn append_refusal(&self, entry: Entry) -> Result<(), StoreError> {
        let refused = Refused::of(&entry);
        let place = self.refusals.place(&refused, &entry);
        let row = match place {
            Place::First => entry,
            Place::Second => with_argument(entry, "counting", "true".to_owned()),
            Place::Counted => return Ok(()),
        };
        // A task of its own, since the asker may leave before the row is stored.
        let audit = self.clone();
        let storing = tokio::spawn(async move {
            let stored = audit.append_row(row).await;
            match (&stored, place) {
                (Err(_), _) => audit.refusals.take_back(&refused, place),
                (Ok(()), Place::First) => audit.close_later(refused),
                (Ok(()), _) => {}
            }
            stored
        });
        let ended = |_| Err(StoreError::Unavailable(sqlx::Error::WorkerCrashed));
        storing.await.unwrap_or_else(ended)
    }

    fn close_later(&self, refused: Refused) {
        let audit = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(WINDOW).await;
            audit.close(&refused).await;
        });
    }

    /// Ends the minute of a refusal: appends the number of equal ones, if they were counted.
    async fn close(&self, refused: &Refused) {
        let repeats = self.refusals.with(|known| known.remove(refused));
        let Some(repeats) = repeats else { return };
        let Some(second) = repeats.second else { return };
        let row = with_argument(second, "repeated", repeats.count.to_string());
        if let Err(error) = self.append_row(row).await {
            let count = repeats.count;
            tracing::error!(%error, count, "the number of equal refusals is not in the audit log");
        }
    }

    /// Appends the numbers of all refusals that are being counted. For the end of the process.
    pub async fn settle(&self) {
        let counted: Vec<_> = self.refusals.with(|known| known.keys().cloned().collect());
        for refused in counted {
            self.close(&refused).await;
        }
    }
}

fn with_argument(mut entry: Entry, name: &'static str, value: String) -> Entry {
    entry.arguments.push((name, value));
    entry
}
