//! Equal entries that anyone can cause. The first few are rows; the ones that follow within a
//! minute become one row with their number.
//!
//! Otherwise, anyone who can sign in could fill the log with refusals, and anyone with a link could
//! fill it with views. The last of the first few rows says that the next entries are counted
//! (`counting`). The row after it says how many there were (`repeated`) and has the same request
//! ID. If the process is killed in between, the number is lost, and the log shows that a number is
//! missing. Views also have a limit for all links of one creator. Beyond it, the views of a link
//! get only the row with their number.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use access::PersonId;
use model::{
    Action, Principal, RepositoryAt, TeamName,
    audit::{Event, Outcome},
};

use super::{Audit, Entry};
use crate::StoreError;

/// How long equal entries are counted before their number is stored.
const WINDOW: Duration = Duration::from_secs(60);

/// How many equal refusals become rows.
const REFUSALS: u32 = 2;

/// How many views of one link, each from a different address, become rows.
const VIEWS: u32 = 60;

/// How many views of all links of one creator become rows. Beyond this, views are counted per link,
/// so creating many links does not fill the log faster.
const VIEWS_OF_MAKER: u32 = 300;

/// What equal entries have in common: everything except the request and its address. So using many
/// addresses does not fill the log faster.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Alike {
    event: Event,
    outcome: Outcome,
    person: Option<PersonId>,
    team: Option<TeamName>,
    principal: Option<Principal>,
    action: Option<Action>,
    repository: Option<RepositoryAt>,
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

/// The creator of the viewed link, from the entry's argument. None for any other entry.
fn maker_of(entry: &Entry) -> Option<&str> {
    let mut arguments = entry.arguments.iter();
    let maker = arguments.find(|(name, _)| *name == "maker");
    maker
        .filter(|_| entry.event == Event::LinkViewed)
        .map(|(_, maker)| maker.as_str())
}

/// How many entries equal to this one become rows before the next ones are counted. None if all
/// become rows.
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
    /// How many are in the log or about to be appended.
    rows: u32,
    /// The last one that becomes a row. If all are counted, the first counted one.
    last: Option<Entry>,
    /// How many are counted.
    count: u64,
}

/// The entries that repeated in the last minute.
#[derive(Debug, Default)]
struct Minute {
    alike: HashMap<Alike, Repeats>,
    /// How many views of each creator's links are in the log or about to be appended.
    makers: HashMap<String, u32>,
}

/// Which minutes an entry starts.
#[derive(Debug)]
struct Begun {
    /// Whether it starts the minute of entries equal to it.
    alike: bool,
    /// The creator whose minute of link views it starts.
    maker: Option<String>,
}

impl Minute {
    /// Starts the minutes that are not running.
    fn begin(&mut self, alike: &Alike, entry: &Entry) -> Begun {
        let maker = maker_of(entry).filter(|maker| !self.makers.contains_key(*maker));
        let begun = Begun {
            alike: !self.alike.contains_key(alike),
            maker: maker.map(str::to_owned),
        };
        self.makers
            .extend(begun.maker.clone().map(|maker| (maker, 0)));
        begun
    }

    /// Whether the creator of the viewed link has the maximum number of rows.
    fn is_full(&self, entry: &Entry) -> bool {
        let rows = maker_of(entry).and_then(|maker| self.makers.get(maker));
        rows.is_some_and(|rows| *rows >= VIEWS_OF_MAKER)
    }

    /// Changes the number of rows of a creator.
    fn count_row(&mut self, entry: &Entry, change: impl Fn(u32) -> u32) {
        if let Some(rows) = maker_of(entry).and_then(|maker| self.makers.get_mut(maker)) {
            *rows = change(*rows);
        }
    }
}

/// The entries that repeated in the last minute, in this process.
#[derive(Debug, Clone, Default)]
pub(super) struct Repeated(Arc<Mutex<Minute>>);

/// How an entry is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// As a row.
    Row,
    /// As a row that says that the next ones are counted.
    Last,
    /// As part of the count.
    Counted,
}

impl Repeated {
    fn with<T>(&self, change: impl FnOnce(&mut Minute) -> T) -> T {
        // A panic never leaves a change incomplete.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn place(&self, alike: &Alike, entry: &Entry, most: u32) -> (Place, Begun) {
        self.with(|minute| {
            let begun = minute.begin(alike, entry);
            let was_full = minute.is_full(entry);
            let mut repeats = minute.alike.remove(alike).unwrap_or_default();
            let place = if repeats.last.is_some() || was_full {
                repeats.count += 1;
                Place::Counted
            } else {
                repeats.rows += 1;
                minute.count_row(entry, |rows| rows + 1);
                let is_last = repeats.rows >= most || minute.is_full(entry);
                if is_last { Place::Last } else { Place::Row }
            };
            if place != Place::Row {
                repeats.last.get_or_insert_with(|| entry.clone());
            }
            minute.alike.insert(alike.clone(), repeats);
            (place, begun)
        })
    }

    /// Takes back a row that could not be stored, so that the next entry is tried in its place. If
    /// other entries were counted since, the row is not taken back, because their number must still
    /// be stored.
    fn take_back(&self, alike: &Alike, entry: &Entry) {
        self.with(|minute| {
            minute.count_row(entry, |rows| rows.saturating_sub(1));
            if let Some(repeats) = minute.alike.get_mut(alike) {
                repeats.rows = repeats.rows.saturating_sub(1);
                if repeats.count == 0 {
                    repeats.last = None;
                }
            }
        });
    }
}

impl Audit {
    /// Whether an entry like this one is now only counted and gets no row of its own.
    pub fn only_counts(&self, entry: &Entry) -> bool {
        let alike = Alike::of(entry);
        self.repeated.with(|minute| {
            let repeats = minute.alike.get(&alike);
            minute.is_full(entry) || repeats.is_some_and(|repeats| repeats.last.is_some())
        })
    }

    /// Appends an entry, or counts it if the maximum number of equal entries was appended within
    /// the last minute.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(super) async fn append_or_count(&self, entry: Entry, most: u32) -> Result<(), StoreError> {
        let alike = Alike::of(&entry);
        let (place, begun) = self.repeated.place(&alike, &entry, most);
        self.close_later(&alike, begun);
        let row = match place {
            Place::Row => entry.clone(),
            Place::Last => with_argument(entry.clone(), "counting", "true".to_owned()),
            Place::Counted => return Ok(()),
        };
        // A separate task, because the caller may leave before the row is stored.
        let audit = self.clone();
        let storing = tokio::spawn(async move {
            let stored = audit.append_row(row).await;
            if stored.is_err() {
                audit.repeated.take_back(&alike, &entry);
            }
            stored
        });
        let ended = |_| Err(StoreError::Unavailable(sqlx::Error::WorkerCrashed));
        storing.await.unwrap_or_else(ended)
    }

    /// Ends the started minutes when their time is over.
    fn close_later(&self, alike: &Alike, begun: Begun) {
        if !begun.alike && begun.maker.is_none() {
            return;
        }
        let (audit, alike) = (self.clone(), alike.clone());
        tokio::spawn(async move {
            tokio::time::sleep(WINDOW).await;
            if let Some(maker) = begun.maker {
                audit.repeated.with(|minute| minute.makers.remove(&maker));
            }
            if begun.alike {
                audit.close(&alike).await;
            }
        });
    }

    /// Ends the minute of equal entries. If entries were counted, it appends their number.
    async fn close(&self, alike: &Alike) {
        let repeats = self.repeated.with(|minute| minute.alike.remove(alike));
        let Some(repeats) = repeats else { return };
        let Some(last) = repeats.last else { return };
        let row = with_argument(last, "repeated", repeats.count.to_string());
        if let Err(error) = self.append_row(row).await {
            let count = repeats.count;
            tracing::error!(%error, count, "Gantry could not record in the audit log how often an event was repeated");
        }
    }

    /// Appends the numbers of all entries that are being counted. Called at the end of the process.
    pub async fn settle(&self) {
        let counted: Vec<_> = (self.repeated).with(|minute| minute.alike.keys().cloned().collect());
        for alike in counted {
            self.close(&alike).await;
        }
    }
}

fn with_argument(mut entry: Entry, name: &'static str, value: String) -> Entry {
    entry.arguments.push((name, value));
    entry
}
