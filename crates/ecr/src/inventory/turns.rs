//! Limits how many reads of a kind people wait for at once, per person and in total.
//!
//! A person who asks for more waits longer and does not delay others.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use access::PersonId;
use model::Problem;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The maximum number of reads of one kind at once for one person: two image pages, each of which
/// reads four sections.
const FOR_ONE: usize = 8;

/// The maximum number of reads of one kind at once for all people together.
const FOR_ALL: usize = 32;

/// The maximum number of background readings of opened repositories at once, for one person and for
/// all people together.
pub(super) const IN_BACKGROUND: (usize, usize) = (2, 8);

/// How long a person waits for their turn.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Gives out turns.
#[derive(Debug)]
pub(super) struct Turns {
    for_one: usize,
    all: Arc<Semaphore>,
    people: Mutex<HashMap<PersonId, Arc<Semaphore>>>,
}

/// The right to read now.
pub(super) struct Turn {
    _own: OwnedSemaphorePermit,
    _shared: Option<OwnedSemaphorePermit>,
    _of_all: OwnedSemaphorePermit,
}

impl Turns {
    pub(super) fn new() -> Self {
        Self::so_many((FOR_ONE, FOR_ALL))
    }

    /// Creates limits for one person and for all people together.
    pub(super) fn so_many((for_one, for_all): (usize, usize)) -> Self {
        Self {
            for_one,
            all: Arc::new(Semaphore::new(for_all)),
            people: Mutex::default(),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// If too many reads run for too long.
    pub(super) async fn take(&self, person: &PersonId) -> Result<Turn, Problem> {
        let (own, shared) = (self.of(person), person.sharing().map(|all| self.of(&all)));
        let turn = async {
            // The person's own limit comes first, so that a person who waits for it does not delay
            // others.
            let own = own.acquire_owned().await.ok()?;
            let shared = match shared {
                Some(shared) => Some(shared.acquire_owned().await.ok()?),
                None => None,
            };
            let of_all = Arc::clone(&self.all).acquire_owned().await.ok()?;
            Some(Turn {
                _own: own,
                _shared: shared,
                _of_all: of_all,
            })
        };
        let turn = tokio::time::timeout(LONGEST_WAIT, turn).await;
        turn.ok().flatten().ok_or(Problem::Unreachable)
    }

    fn of(&self, person: &PersonId) -> Arc<Semaphore> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() > 1_000 {
            people.retain(|_, turns| turns.available_permits() < self.for_one);
        }
        let turns = people.entry(person.clone());
        Arc::clone(turns.or_insert_with(|| Arc::new(Semaphore::new(self.for_one))))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn one_person_cannot_take_the_turns_of_others() {
        let turns = Turns::new();
        let (greedy, other) = (PersonId::new("tests", "gus"), PersonId::new("tests", "ana"));
        let mut held = Vec::new();
        for _ in 0..FOR_ONE {
            held.push(turns.take(&greedy).await.unwrap());
        }
        assert!(turns.take(&greedy).now_or_never().is_none(), "waits");
        assert!(turns.take(&other).now_or_never().unwrap().is_ok());
        held.pop();
        assert!(turns.take(&greedy).now_or_never().unwrap().is_ok());
    }

    #[tokio::test]
    async fn a_person_who_opens_many_repositories_leaves_background_turns_to_others() {
        let turns = Turns::so_many(IN_BACKGROUND);
        let (greedy, other) = (PersonId::new("tests", "gus"), PersonId::new("tests", "ana"));
        let mut held = Vec::new();
        for _ in 0..IN_BACKGROUND.0 {
            held.push(turns.take(&greedy).await.unwrap());
        }
        let waiting: Vec<_> = (0..20).map(|_| Box::pin(turns.take(&greedy))).collect();
        for mut waiting in waiting {
            assert!(waiting.as_mut().now_or_never().is_none(), "waits");
            assert!(turns.take(&other).now_or_never().unwrap().is_ok());
        }
    }

    #[tokio::test]
    async fn visitors_of_different_links_take_turns() {
        let turns = Turns::new();
        let (greedy, other) = (PersonId::visitors_of("a"), PersonId::visitors_of("b"));
        let mut held = Vec::new();
        for _ in 0..FOR_ONE {
            held.push(turns.take(&greedy).await.unwrap());
        }
        let (again, one) = (turns.take(&greedy), turns.take(&other));
        futures::pin_mut!(again, one);
        assert!(again.as_mut().now_or_never().is_none(), "asks first");
        assert!(
            one.as_mut().now_or_never().is_none(),
            "all visitors share one limit"
        );
        held.pop();
        assert!(one.now_or_never().unwrap().is_ok());
    }
}
