//! CPU-intensive work of more than a few milliseconds: searches, filters and long lists.
//!
//! It runs on its own threads, so that the threads that answer requests stay free. As many run at
//! once as there are processors, and one person has at most half of them. Further work of that
//! person waits for its turn and does not delay others.

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError, Weak},
    thread::available_parallelism,
};

use access::PersonId;
use ecr::apart;
use tokio::sync::Semaphore;

/// Runs such work.
#[derive(Debug)]
pub(crate) struct Work {
    places: Arc<Semaphore>,
    of_one: usize,
    /// The places of each person whose work is running.
    askers: Mutex<HashMap<PersonId, Weak<Semaphore>>>,
}

impl Work {
    /// Creates one place for each processor.
    pub(crate) fn new() -> Self {
        Self::with_places(available_parallelism().map_or(2, NonZeroUsize::get).max(2))
    }

    fn with_places(places: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            of_one: (places / 2).max(1),
            askers: Mutex::default(),
        }
    }

    /// Runs a piece of work for a person, and waits for it. The work finishes even if the caller
    /// stops waiting, and keeps its place until then.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        asker: &PersonId,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        // The person's own limit comes first, so that waiting for it does not delay others.
        let own = self.places_of(asker).acquire_owned().await;
        let shared = match asker.sharing() {
            Some(all) => Some(self.places_of(&all).acquire_owned().await),
            None => None,
        };
        let place = Arc::clone(&self.places).acquire_owned().await;
        let span = tracing::Span::current();
        apart(move || {
            let _places = (own, shared, place);
            span.in_scope(work)
        })
        .await
    }

    fn places_of(&self, asker: &PersonId) -> Arc<Semaphore> {
        let mut askers = self.askers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = askers.get(asker).and_then(Weak::upgrade) {
            return own;
        }
        askers.retain(|_, own| own.strong_count() > 0);
        let own = Arc::new(Semaphore::new(self.of_one));
        askers.insert(asker.clone(), Arc::downgrade(&own));
        own
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::{Duration, Instant},
    };

    use futures::future::join_all;

    use super::*;

    fn person(name: &str) -> PersonId {
        PersonId::new("tests", name)
    }

    /// Keeps a processor busy.
    fn toil(milliseconds: u64) {
        let end = Instant::now() + Duration::from_millis(milliseconds);
        while Instant::now() < end {
            std::hint::spin_loop();
        }
    }

    #[tokio::test]
    async fn the_calling_thread_stays_free() {
        let (work, ana) = (Work::with_places(2), person("ana"));
        let mut ticks = 0;
        let ticking = async {
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                ticks += 1;
            }
        };
        tokio::select! {
            () = work.run(&ana, || toil(200)) => {}
            () = ticking => {}
        }
        assert!(ticks > 2, "{ticks}");
    }

    #[tokio::test]
    async fn one_person_has_half_of_the_places() {
        let work = Work::with_places(4);
        let (ana, ben) = (person("ana"), person("ben"));
        let (busy, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let tasks = (0..12).map(|_| {
            let (busy, most) = (Arc::clone(&busy), Arc::clone(&most));
            work.run(&ana, move || {
                most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                toil(20);
                busy.fetch_sub(1, Ordering::SeqCst);
            })
        });
        let (many, one) = (join_all(tasks), work.run(&ben, || ()));
        futures::pin_mut!(many);
        // Ben's work finishes while most of Ana's is waiting.
        tokio::select! {
            biased;
            _ = &mut many => unreachable!("the other person must not wait"),
            () = one => {}
        }
        many.await;
        assert_eq!(most.load(Ordering::SeqCst), 2);
        assert_eq!(work.places.available_permits(), 4);
        drop(work.places_of(&person("carl")));
        assert_eq!(work.askers.lock().map(|askers| askers.len()).ok(), Some(1));
    }

    #[tokio::test]
    async fn visitors_of_one_link_do_not_delay_visitors_of_another() {
        let work = Work::with_places(2);
        let (first, second) = (PersonId::visitors_of("a"), PersonId::visitors_of("b"));
        let many = join_all((0..20).map(|_| work.run(&first, || toil(10))));
        let one = work.run(&second, || ());
        futures::pin_mut!(many);
        tokio::select! {
            biased;
            _ = &mut many => unreachable!("visitors of the other link must not wait"),
            () = one => {}
        }
        // All visitors together share the limit of one person.
        let held = work.places_of(
            &PersonId::visitors_of("c")
                .sharing()
                .unwrap_or_else(|| person("none")),
        );
        assert_eq!(held.available_permits(), 0);
        many.await;
        assert_eq!(held.available_permits(), 1);
    }

    #[tokio::test]
    #[should_panic(expected = "broken")]
    async fn a_panic_reaches_the_caller() {
        Work::with_places(2)
            .run(&person("ana"), || unreachable!("broken"))
            .await
    }
}
