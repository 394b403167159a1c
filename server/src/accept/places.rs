//! How many connections there can be.
//!
//! When all places are taken, a new connection closes the one that has kept the server waiting longest: for a
//! request, for a request body, for a turn, or for the client to read an answer. So connections that are only held
//! open cannot keep others out.

use std::{
    collections::{HashMap, HashSet},
    io,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;
use smallvec::SmallVec;

use super::{descriptors, progress::Progress};
use crate::{
    config::ConnectionSettings,
    metrics::{CONNECTIONS, CONNECTIONS_ENDED, CONNECTIONS_REFUSED},
    network::networks,
};

/// The places of one listener.
#[derive(Debug)]
pub struct Places {
    /// The listener's name in the metrics.
    listener: &'static str,
    settings: ConnectionSettings,
    /// All clients come through these proxies, so their addresses have no limit of their own.
    trusted_proxies: Vec<IpNet>,
    taken: Mutex<Taken>,
    /// One log line a minute about refused or ended connections.
    notices: DefaultDirectRateLimiter,
}

#[derive(Debug, Default)]
struct Taken {
    /// How many connections there have been so far. This number identifies a connection.
    begun: u64,
    open: HashMap<u64, Open>,
    /// The connections of each network, so that an address at its limit does not cause a search through all others.
    by_network: HashMap<IpNet, HashSet<u64>>,
}

/// A connection that has a place.
#[derive(Debug)]
struct Open {
    /// The networks that the connection counts towards.
    networks: Counted,
    progress: Arc<Progress>,
}

/// Networks, and how many connections each can have.
type Counted = SmallVec<[(IpNet, usize); 3]>;

impl Places {
    /// All places are free. There are at most as many places as the process has descriptors, and one network gets at
    /// most half of them.
    pub fn new(
        listener: &'static str,
        mut settings: ConnectionSettings,
        trusted_proxies: Vec<IpNet>,
    ) -> Arc<Self> {
        let available = descriptors::available();
        if available < settings.max {
            tracing::warn!(
                connections.listener = listener,
                connections.available = available,
                connections.configured = settings.max,
                "The limit of open files allows fewer connections than configured"
            );
            settings.max = available;
        }
        metrics::gauge!(CONNECTIONS, "listener" => listener).set(0);
        Arc::new(Self {
            listener,
            settings,
            trusted_proxies,
            taken: Mutex::default(),
            notices: RateLimiter::direct(Quota::per_minute(NonZeroU32::MIN)),
        })
    }

    /// A place for a connection from this address. Ends another connection to make room if needed and possible.
    pub(super) fn admit(
        self: &Arc<Self>,
        address: IpAddr,
        progress: &Arc<Progress>,
    ) -> Option<Place> {
        let address = address.to_canonical();
        match self.take(self.counted(address), progress) {
            Ok(number) => {
                metrics::gauge!(CONNECTIONS, "listener" => self.listener).increment(1);
                Some(Place {
                    places: Arc::clone(self),
                    number,
                })
            }
            Err(reason) => {
                self.refused(reason);
                if self.notices.check().is_ok() {
                    tracing::warn!(
                        connections.listener = self.listener,
                        client.address = %address,
                        reason,
                        "Gantry refuses connections: too many are open"
                    );
                }
                None
            }
        }
    }

    /// The networks that an address counts towards, and how many connections each can have.
    fn counted(&self, address: IpAddr) -> Counted {
        if (self.trusted_proxies.iter()).any(|network| network.contains(&address)) {
            return Counted::new();
        }
        let most = (self.settings.max / 2).max(1);
        let share = |(network, shares): (IpNet, u32)| {
            let shares = usize::try_from(shares).unwrap_or(usize::MAX);
            let connections = self.settings.max_per_address.saturating_mul(shares);
            (network, connections.min(most))
        };
        networks(address).into_iter().map(share).collect()
    }

    /// Counts a connection that the system could not hand over.
    pub(super) fn system_refused(&self, error: &io::Error) {
        self.refused("system");
        if self.notices.check().is_ok() {
            tracing::warn!(
                connections.listener = self.listener,
                %error,
                "Gantry cannot accept connections"
            );
        }
    }

    fn refused(&self, reason: &'static str) {
        let labels = [("listener", self.listener), ("reason", reason)];
        metrics::counter!(CONNECTIONS_REFUSED, &labels).increment(1);
    }

    fn take(&self, networks: Counted, progress: &Arc<Progress>) -> Result<u64, &'static str> {
        let mut taken = self.taken();
        for &(network, most) in &networks {
            let count = taken.by_network.get(&network).map_or(0, HashSet::len);
            if count >= most && !self.make_room(&mut taken, Some(network)) {
                return Err("address");
            }
        }
        if taken.open.len() >= self.settings.max && !self.make_room(&mut taken, None) {
            return Err("all");
        }
        taken.begun += 1;
        let (number, progress) = (taken.begun, Arc::clone(progress));
        for (network, _) in &networks {
            taken.by_network.entry(*network).or_default().insert(number);
        }
        taken.open.insert(number, Open { networks, progress });
        Ok(number)
    }

    /// Ends the connection that has kept the server waiting longest, of one network or of all. Returns whether there
    /// was one.
    fn make_room(&self, taken: &mut Taken, network: Option<IpNet>) -> bool {
        while let Some(number) = taken.waits_longest(network) {
            // The server may have stopped waiting in the meantime.
            let open = taken.open.get(&number);
            if open.is_some_and(|open| open.progress.end_if_waiting()) {
                self.give_back(taken, number);
                metrics::counter!(CONNECTIONS_ENDED, "listener" => self.listener).increment(1);
                if self.notices.check().is_ok() {
                    tracing::warn!(
                        connections.listener = self.listener,
                        "Gantry closes connections that keep it waiting to make room for new ones: too many are open"
                    );
                }
                return true;
            }
        }
        false
    }

    /// Frees a connection's place, unless another connection already has it.
    fn give_back(&self, taken: &mut Taken, number: u64) {
        let Some(open) = taken.open.remove(&number) else {
            return;
        };
        for (network, _) in open.networks {
            if let Some(numbers) = taken.by_network.get_mut(&network) {
                numbers.remove(&number);
                if numbers.is_empty() {
                    taken.by_network.remove(&network);
                }
            }
        }
        metrics::gauge!(CONNECTIONS, "listener" => self.listener).decrement(1);
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // The counts are correct even if another thread panicked.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// The number of the connection that has kept the server waiting longest, of one network or of all.
    fn waits_longest(&self, network: Option<IpNet>) -> Option<u64> {
        let since = |number: &u64| {
            let open = self.open.get(number)?;
            Some((open.progress.waiting_since()?, *number))
        };
        let longest = match network {
            Some(network) => self
                .by_network
                .get(&network)?
                .iter()
                .filter_map(since)
                .min(),
            None => self.open.keys().filter_map(since).min(),
        };
        longest.map(|(_, number)| number)
    }
}

/// A connection's place. Dropping it frees the place.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
}

impl Place {
    /// The client's time limits.
    pub(super) fn settings(&self) -> ConnectionSettings {
        self.places.settings
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.give_back(&mut self.places.taken(), self.number);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    /// Connections that all have a running request, so that none of them makes room.
    struct Busy {
        places: Arc<Places>,
        held: Vec<(Place, super::super::progress::Running)>,
    }

    impl Busy {
        fn new(max: usize, max_per_address: usize, trusted: &[&str]) -> Self {
            let settings = ConnectionSettings {
                max,
                max_per_address,
                ..ConnectionSettings::default()
            };
            let trusted = trusted.iter().map(|network| network.parse().unwrap());
            Self {
                places: Places::new("test", settings, trusted.collect()),
                held: Vec::new(),
            }
        }

        fn admit(&mut self, address: &str) -> bool {
            let progress = Progress::new();
            let place = self.places.admit(address.parse().unwrap(), &progress);
            let running = place.map(|place| (place, progress.begin().unwrap()));
            self.held.extend(running);
            self.held.last().is_some_and(|(place, _)| {
                Arc::ptr_eq(&self.places.taken().open[&place.number].progress, &progress)
            })
        }

        /// How many of the tried connections are admitted.
        fn admitted(&mut self, tries: usize, address: impl Fn(usize) -> String) -> usize {
            (0..tries).filter(|n| self.admit(&address(*n))).count()
        }
    }

    #[test]
    fn one_address_gets_at_most_half_of_the_places() {
        let mut busy = Busy::new(10, 100, &[]);
        assert_eq!(busy.admitted(9, |_| "192.0.2.1".into()), 5);
        assert!(busy.admit("192.0.2.2"));
        busy.held.clear();
        assert!(busy.admit("192.0.2.1"));
        busy.held.clear();
        assert!(busy.places.taken().by_network.is_empty());
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address_and_a_large_network_as_a_few() {
        let mut busy = Busy::new(100, 2, &[]);
        assert_eq!(busy.admitted(9, |n| format!("2001:db8:1::{n:x}")), 2);
        assert_eq!(busy.admitted(9, |n| format!("2001:db8:1:{n:x}::1")), 2);
        assert_eq!(busy.admitted(9, |n| format!("2001:db8:1:{n:x}00::1")), 4);
        assert!(busy.admit("2001:db8:2::1"));
    }

    #[test]
    fn a_trusted_proxy_has_only_the_total_limit() {
        let mut busy = Busy::new(4, 1, &["10.0.0.0/8"]);
        assert_eq!(busy.admitted(9, |_| "::ffff:10.0.0.1".into()), 4);
        assert!(!busy.admit("192.0.2.1"));
    }

    #[test]
    fn the_connection_that_has_waited_longest_makes_room() {
        let mut busy = Busy::new(4, 2, &[]);
        let waiting: Vec<_> = (["192.0.2.1", "192.0.2.2", "192.0.2.3"].iter())
            .map(|address| {
                let progress = Progress::new();
                (
                    busy.places.admit(address.parse().unwrap(), &progress),
                    progress,
                )
            })
            .collect();
        let ended = |n: usize| waiting[n].1.begin().is_err();
        assert!(busy.admit("192.0.2.1"));
        assert!(!ended(1) && !ended(2), "there is room for four");
        // The address has used up its share, so its own connection makes room. These two run requests now.
        assert!(busy.admit("192.0.2.1") && ended(0));
        assert!(!busy.admit("192.0.2.1"));
        assert!(
            !busy.admit("192.0.2.9"),
            "every connection has a running request"
        );
        assert_eq!(busy.places.taken().open.len(), 4);
    }

    #[test]
    fn the_connection_that_has_kept_the_server_waiting_longest_makes_room() {
        let mut busy = Busy::new(4, 2, &[]);
        for number in 1..=4 {
            assert!(busy.admit(&format!("192.0.2.{number}")));
        }
        let progress = |n: usize| {
            let number = busy.held[n].0.number;
            Arc::clone(&busy.places.taken().open[&number].progress)
        };
        let (one, two) = (progress(1), progress(2));
        two.unread(true);
        one.unread(true);
        assert!(busy.admit("192.0.2.9") && two.begin().is_err());
        assert!(one.begin().is_ok(), "it has waited less");
        one.unread(false);
        assert!(!busy.admit("192.0.2.9"), "no client keeps it waiting");
    }
}
