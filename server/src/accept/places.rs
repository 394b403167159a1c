//! How many connections there may be.

use std::{
    collections::HashMap,
    io,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;
use registry::counted_as;

use super::descriptors;
use crate::{
    config::ConnectionSettings,
    metrics::{CONNECTIONS, CONNECTIONS_REFUSED},
};

/// The places of one listener.
#[derive(Debug)]
pub struct Places {
    /// What the metrics call the listener.
    listener: &'static str,
    settings: ConnectionSettings,
    /// Everybody comes through them, so their addresses have no limit of their own.
    trusted_proxies: Vec<IpNet>,
    taken: Mutex<Taken>,
    /// One log line a minute about connections that were refused.
    notices: DefaultDirectRateLimiter,
}

#[derive(Debug, Default)]
struct Taken {
    in_all: usize,
    by_network: HashMap<IpAddr, usize>,
}

impl Places {
    /// All places free. There are no more than the process has descriptors for, and one address gets no
    /// more than half of them.
    pub fn new(
        listener: &'static str,
        mut settings: ConnectionSettings,
        trusted_proxies: Vec<IpNet>,
    ) -> Arc<Self> {
        let available = descriptors::available();
        if available < settings.max {
            tracing::warn!(
                available,
                configured = settings.max,
                "the limit of open files allows fewer connections than configured"
            );
            settings.max = available;
        }
        settings.max_per_address = settings.max_per_address.min((settings.max / 2).max(1));
        metrics::gauge!(CONNECTIONS, "listener" => listener).set(0);
        Arc::new(Self {
            listener,
            settings,
            trusted_proxies,
            taken: Mutex::default(),
            notices: RateLimiter::direct(Quota::per_minute(NonZeroU32::MIN)),
        })
    }

    /// A place for a connection from this address, if there is one.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let address = address.to_canonical();
        let is_proxy = (self.trusted_proxies.iter()).any(|network| network.contains(&address));
        let network = (!is_proxy).then(|| counted_as(address));
        match self.take(network) {
            Ok(()) => {
                metrics::gauge!(CONNECTIONS, "listener" => self.listener).increment(1);
                Some(Place {
                    places: Arc::clone(self),
                    network,
                })
            }
            Err(reason) => {
                self.refused(reason);
                if self.notices.check().is_ok() {
                    tracing::warn!(%address, reason, "connections are refused: there are too many");
                }
                None
            }
        }
    }

    /// Counts a connection that the system did not hand over.
    pub(super) fn system_refused(&self, error: &io::Error) {
        self.refused("system");
        if self.notices.check().is_ok() {
            tracing::warn!(%error, "connections cannot be accepted");
        }
    }

    fn refused(&self, reason: &'static str) {
        let labels = [("listener", self.listener), ("reason", reason)];
        metrics::counter!(CONNECTIONS_REFUSED, &labels).increment(1);
    }

    fn take(&self, network: Option<IpAddr>) -> Result<(), &'static str> {
        let mut taken = self.taken();
        if taken.in_all >= self.settings.max {
            return Err("all");
        }
        if let Some(network) = network {
            let of_network = taken.by_network.entry(network).or_default();
            if *of_network >= self.settings.max_per_address {
                return Err("address");
            }
            *of_network += 1;
        }
        taken.in_all += 1;
        Ok(())
    }

    fn give_back(&self, network: Option<IpAddr>) {
        let mut taken = self.taken();
        taken.in_all -= 1;
        let Some(network) = network else { return };
        if let Some(of_network) = taken.by_network.get_mut(&network) {
            *of_network -= 1;
            if *of_network == 0 {
                taken.by_network.remove(&network);
            }
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Numbers are right also where another thread panicked.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place, free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    network: Option<IpAddr>,
}

impl Place {
    /// How long a client may take.
    pub(super) fn settings(&self) -> ConnectionSettings {
        self.places.settings
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.give_back(self.network);
        metrics::gauge!(CONNECTIONS, "listener" => self.places.listener).decrement(1);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn places(max: usize, max_per_address: usize, trusted: &[&str]) -> Arc<Places> {
        let settings = ConnectionSettings {
            max,
            max_per_address,
            ..ConnectionSettings::default()
        };
        let trusted = trusted.iter().map(|network| network.parse().unwrap());
        Places::new("test", settings, trusted.collect())
    }

    fn admit(places: &Arc<Places>, address: &str) -> Option<Place> {
        places.admit(address.parse().unwrap())
    }

    #[test]
    fn one_address_gets_half_of_the_places_at_most() {
        let places = places(10, 100, &[]);
        let held: Vec<_> = (0..9).filter_map(|_| admit(&places, "192.0.2.1")).collect();
        assert_eq!(held.len(), 5);
        assert!(admit(&places, "192.0.2.2").is_some());
        drop(held);
        assert!(admit(&places, "192.0.2.1").is_some());
        assert!(places.taken().by_network.is_empty());
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let places = places(10, 1, &[]);
        let _held = admit(&places, "2001:db8::1").unwrap();
        assert!(admit(&places, "2001:db8::ffff:1").is_none());
        assert!(admit(&places, "2001:db8:0:1::1").is_some());
    }

    #[test]
    fn a_trusted_proxy_is_limited_with_everybody_alone() {
        let places = places(4, 1, &["10.0.0.0/8"]);
        let held: Vec<_> = (0..9)
            .filter_map(|_| admit(&places, "::ffff:10.0.0.1"))
            .collect();
        assert_eq!(held.len(), 4);
        assert!(admit(&places, "192.0.2.1").is_none());
    }
}
