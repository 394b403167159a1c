//! How many requests of one person and of one address can run at the same time.
//!
//! A request runs from its head to the last byte of its answer. So a client that requests large answers and does not
//! read them holds only a few of them, not as many as it has connections. A client with no turn left waits a moment.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use access::{PersonId, RequestOrigin};
use axum::response::Response;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;
use smallvec::{SmallVec, smallvec};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

use crate::{
    limit::{Counted, Exceeded, LimitName, LimitSettings},
    metrics::LIMITED,
    network::networks,
};

/// How long a request waits for a turn. A page makes a few calls at once, and opening ten pages is normal.
const PATIENCE: Duration = Duration::from_secs(2);

/// The paths that return whole lists.
const LISTS: [&str; 2] = ["/api/images", "/api/repositories"];

/// How many whole lists one person can request at the same time.
const LISTS_AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(1);

/// All share links of an address together have this many times the turns of one share link.
const LINKS: NonZeroU32 = NonZeroU32::MIN.saturating_add(3);

/// What requests without sign-in ask for. Each kind has its own turns: using up one kind does not block the others at
/// the same address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anonymous {
    /// Pages of the sign-in.
    Pages,
    /// Starts and ends of sign-ins at a provider.
    SignIns,
    /// Share links.
    Links,
    /// Files for the browser.
    Files,
    /// Health checks.
    Health,
}

/// Who a turn belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Asker {
    Person(PersonId),
    /// A person, for whole lists.
    Lists(PersonId),
    Network(Anonymous, IpNet),
    /// By the public part of the link's token.
    Link(String, IpNet),
}

impl Asker {
    fn counted(&self) -> Counted<'_> {
        match self {
            Self::Person(person) | Self::Lists(person) => Counted::of_person(person),
            Self::Network(_, network) => Counted::of_network(*network),
            Self::Link(link, network) => Counted::of_link(link, *network),
        }
    }
}

/// A turn, which other requests wait for. As a response extension it lasts until the response is written.
#[derive(Debug, Clone)]
pub struct Turn(
    #[expect(dead_code, reason = "held until it is dropped")]
    Arc<SmallVec<[OwnedSemaphorePermit; 6]>>,
);

impl Turn {
    /// The answer, which holds the turn until it is written.
    pub fn until_sent(self, mut answer: Response) -> Response {
        answer.extensions_mut().insert(self);
        answer
    }
}

/// The turns of all clients.
#[derive(Debug)]
pub struct Turns {
    of_person: NonZeroU32,
    of_address: NonZeroU32,
    patience: Duration,
    /// The turns of each client that has a running request.
    askers: Mutex<HashMap<Asker, Weak<Semaphore>>>,
    /// Log lines about clients that have no turn left: one a minute for each of them.
    notices: DefaultKeyedRateLimiter<Asker>,
}

impl Turns {
    /// All turns free.
    pub fn new(settings: &LimitSettings) -> Self {
        Self {
            of_person: settings.person_at_once,
            of_address: settings.address_at_once,
            patience: PATIENCE,
            askers: Mutex::default(),
            notices: RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN)),
        }
    }

    /// A turn of a person. A whole list, which may be tens of megabytes, also takes one of the few turns for lists.
    ///
    /// # Errors
    /// [`Exceeded`] if no turn became free in time.
    pub async fn of_person(
        &self,
        person: &PersonId,
        path: &str,
        request_origin: &RequestOrigin,
    ) -> Result<Turn, Exceeded> {
        let asker = Asker::Person(person.clone());
        let mut askers = smallvec![(asker, self.of_person)];
        if LISTS.contains(&path) {
            let asker = Asker::Lists(person.clone());
            askers.push((asker, LISTS_AT_ONCE.min(self.of_person)));
        }
        self.turn(LimitName::PersonAtOnce, askers, request_origin)
            .await
    }

    /// A turn of an address, in each of its networks.
    ///
    /// # Errors
    /// [`Exceeded`] if no turn became free in time.
    pub async fn of_address(
        &self,
        what: Anonymous,
        request_origin: &RequestOrigin,
    ) -> Result<Turn, Exceeded> {
        let networks = self.networks(request_origin);
        let askers = networks.map(|(network, at_once)| (Asker::Network(what, network), at_once));
        self.turn(LimitName::AddressAtOnce, askers.collect(), request_origin)
            .await
    }

    /// A turn of a share link at an address, by the public part of its token. All links together have [`LINKS`] times
    /// as many there, so using up the turns of one link does not block another.
    ///
    /// # Errors
    /// [`Exceeded`] if no turn became free in time.
    pub async fn of_link(
        &self,
        id: &str,
        request_origin: &RequestOrigin,
    ) -> Result<Turn, Exceeded> {
        let of_link = self.networks(request_origin);
        let of_link =
            of_link.map(|(network, at_once)| (Asker::Link(id.to_owned(), network), at_once));
        let of_all = self.networks(request_origin).map(|(network, at_once)| {
            let asker = Asker::Network(Anonymous::Links, network);
            (asker, at_once.saturating_mul(LINKS))
        });
        self.turn(
            LimitName::AddressAtOnce,
            of_link.chain(of_all).collect(),
            request_origin,
        )
        .await
    }

    /// The networks of an address, and how many turns each has.
    fn networks(
        &self,
        request_origin: &RequestOrigin,
    ) -> impl Iterator<Item = (IpNet, NonZeroU32)> {
        let address = request_origin
            .address
            .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let of_address = self.of_address;
        networks(address)
            .into_iter()
            .filter_map(move |(network, shares)| {
                Some((network, of_address.saturating_mul(NonZeroU32::new(shares)?)))
            })
    }

    async fn turn(
        &self,
        limit: LimitName,
        askers: SmallVec<[(Asker, NonZeroU32); 6]>,
        request_origin: &RequestOrigin,
    ) -> Result<Turn, Exceeded> {
        let until = Instant::now() + self.patience;
        let mut permits = SmallVec::new();
        for (asker, at_once) in askers {
            let turns = self.turns_of(&asker, at_once);
            match timeout_at(until, turns.acquire_owned()).await {
                Ok(Ok(permit)) => permits.push(permit),
                // No semaphore is ever closed.
                Ok(Err(_)) | Err(_) => return Err(self.refused(limit, &asker, request_origin)),
            }
        }
        Ok(Turn(Arc::new(permits)))
    }

    fn refused(&self, limit: LimitName, asker: &Asker, request_origin: &RequestOrigin) -> Exceeded {
        metrics::counter!(LIMITED, "limit" => limit.as_str()).increment(1);
        if self.notices.check_key(asker).is_ok() {
            asker.counted().log_exceeded(limit, request_origin);
        }
        let seconds = u32::try_from(self.patience.as_secs()).map_or(u32::MAX, |whole| whole.max(1));
        Exceeded { limit, seconds }
    }

    fn turns_of(&self, asker: &Asker, at_once: NonZeroU32) -> Arc<Semaphore> {
        let mut askers = self.askers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turns) = askers.get(asker).and_then(Weak::upgrade) {
            return turns;
        }
        askers.retain(|_, turns| turns.strong_count() > 0);
        let at_once = usize::try_from(at_once.get()).unwrap_or(usize::MAX);
        let turns = Arc::new(Semaphore::new(at_once.min(Semaphore::MAX_PERMITS)));
        askers.insert(asker.clone(), Arc::downgrade(&turns));
        turns
    }

    /// Forgets clients that have not been refused for a while.
    pub fn sweep(&self) {
        self.notices.retain_recent();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    const PAGE: &str = "/repositories";

    fn from(address: &str) -> RequestOrigin {
        RequestOrigin {
            address: Some(address.parse().unwrap()),
            request: "r".into(),
        }
    }

    fn turns(at_once: u32) -> Turns {
        let at_once = NonZeroU32::new(at_once).unwrap();
        let settings = LimitSettings {
            person_at_once: at_once,
            address_at_once: at_once,
            ..LimitSettings::default()
        };
        Turns {
            patience: Duration::from_millis(20),
            ..Turns::new(&settings)
        }
    }

    #[tokio::test]
    async fn a_client_without_a_turn_waits_a_moment_and_no_other_does() {
        let turns = turns(2);
        let (ana, ben) = (PersonId::new("tests", "ana"), PersonId::new("tests", "ben"));
        let here = from("192.0.2.1");
        let held = turns.of_person(&ana, PAGE, &here).await.unwrap();
        let _other = turns.of_person(&ana, PAGE, &here).await.unwrap();
        let refused = turns.of_person(&ana, PAGE, &here).await.unwrap_err();
        assert_eq!(refused.limit, LimitName::PersonAtOnce);
        assert!(turns.of_person(&ben, PAGE, &here).await.is_ok());
        assert!(turns.of_address(Anonymous::Pages, &here).await.is_ok());
        let mut waiting = Box::pin(turns.of_person(&ana, PAGE, &here));
        assert!(futures::poll!(&mut waiting).is_pending());
        drop(held);
        assert!(waiting.await.is_ok(), "a turn became free in time");
    }

    #[tokio::test]
    async fn a_person_gets_two_whole_lists_at_a_time_and_pages_in_addition() {
        let turns = turns(16);
        let (ana, here) = (PersonId::new("tests", "ana"), from("192.0.2.1"));
        let _first = turns.of_person(&ana, LISTS[0], &here).await.unwrap();
        let second = turns.of_person(&ana, LISTS[1], &here).await.unwrap();
        let refused = turns.of_person(&ana, LISTS[0], &here).await.unwrap_err();
        assert_eq!(refused.limit, LimitName::PersonAtOnce);
        assert!(turns.of_person(&ana, PAGE, &here).await.is_ok());
        drop(second);
        assert!(turns.of_person(&ana, LISTS[0], &here).await.is_ok());
    }

    #[tokio::test]
    async fn a_large_network_has_four_times_the_turns_of_one_address() {
        let turns = turns(2);
        let mut held = Vec::new();
        for n in 0..40 {
            let one = from(&format!("2001:db8:1:{:x}::1", n * 256));
            held.extend(turns.of_address(Anonymous::Files, &one).await);
        }
        assert_eq!(held.len(), 8);
        let other = from("2001:db8:2::1");
        assert!(turns.of_address(Anonymous::Files, &other).await.is_ok());
        drop(held);
        let one = from("2001:db8:1::1");
        assert!(turns.of_address(Anonymous::Files, &one).await.is_ok());
        assert_eq!(
            turns.askers.lock().unwrap().len(),
            3,
            "a client that has left is forgotten"
        );
    }

    #[tokio::test]
    async fn using_up_the_turns_of_one_link_does_not_block_another() {
        let turns = turns(2);
        let here = from("192.0.2.1");
        let mut held = Vec::new();
        for _ in 0..10 {
            held.extend(turns.of_link("one", &here).await);
        }
        assert_eq!(held.len(), 2);
        for other in ["two", "three", "four"] {
            for _ in 0..2 {
                held.push(turns.of_link(other, &here).await.unwrap());
            }
        }
        assert!(
            turns.of_link("five", &here).await.is_err(),
            "four times as many in total"
        );
        assert!(turns.of_link("one", &from("192.0.2.2")).await.is_ok());
        held.clear();
        assert!(turns.of_link("one", &here).await.is_ok());
    }
}
