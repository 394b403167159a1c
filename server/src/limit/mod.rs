//! How many requests one person or one address can send.
//!
//! Signed-in people are counted only by person, no matter how many of them share an address: an office, or a load
//! balancer that is not configured as a trusted proxy. Requests without a sign-in are counted by address; for IPv6,
//! by every network that one customer may have ([`networks`]).

mod counted;
mod settings;

use std::{
    fmt::Debug,
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    time::Duration,
};

use access::{PersonId, RequestOrigin};
pub use counted::Counted;
use counted::Key;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use http::Method;
use ipnet::IpNet;
pub use settings::{LimitName, LimitSettings};

use crate::{
    metrics::{LIMIT, LIMITED},
    network::networks,
};

/// A request beyond a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeded {
    /// Which limit.
    pub limit: LimitName,
    /// In how many seconds the next request is allowed.
    pub seconds: u32,
}

/// All limits and their counts, as far as this process knows.
#[derive(Debug)]
pub struct Limits {
    person_requests: Limit<PersonId>,
    person_writes: Limit<PersonId>,
    anonymous_requests: AddressLimit,
    sign_ins: AddressLimit,
    person_sign_ins: Limit<PersonId>,
    link_misses: AddressLimit,
    link_requests: AddressLimit,
    /// Also keyed by [`dashboard::link_key`].
    link_views: AddressLimit<(String, IpNet)>,
}

impl Limits {
    /// The limits, with nothing counted yet.
    pub fn new(settings: &LimitSettings) -> Self {
        for (name, limit) in [
            (LimitName::PersonRequests, settings.person_requests),
            (LimitName::PersonWrites, settings.person_writes),
            (LimitName::AnonymousRequests, settings.anonymous_requests),
            (LimitName::SignIns, settings.sign_ins),
            (LimitName::PersonSignIns, settings.person_sign_ins),
            (LimitName::LinkMisses, settings.link_misses),
            (LimitName::LinkRequests, settings.link_requests),
            (LimitName::LinkViews, settings.link_views),
            (LimitName::PersonAtOnce, settings.person_at_once),
            (LimitName::AddressAtOnce, settings.address_at_once),
        ] {
            metrics::gauge!(LIMIT, "limit" => name.as_str()).set(limit.get());
        }
        Self {
            person_requests: Limit::new(LimitName::PersonRequests, settings.person_requests),
            person_writes: Limit::new(LimitName::PersonWrites, settings.person_writes),
            anonymous_requests: AddressLimit::new(
                LimitName::AnonymousRequests,
                settings.anonymous_requests,
            ),
            sign_ins: AddressLimit::new(LimitName::SignIns, settings.sign_ins),
            person_sign_ins: Limit::new(LimitName::PersonSignIns, settings.person_sign_ins),
            link_misses: AddressLimit::new(LimitName::LinkMisses, settings.link_misses),
            link_requests: AddressLimit::new(LimitName::LinkRequests, settings.link_requests),
            link_views: AddressLimit::new(LimitName::LinkViews, settings.link_views),
        }
    }

    /// Counts a request for pages and server functions.
    ///
    /// # Errors
    /// [`Exceeded`].
    pub fn count_request(
        &self,
        person: Option<&PersonId>,
        method: &Method,
        request_origin: &RequestOrigin,
    ) -> Result<(), Exceeded> {
        let Some(person) = person else {
            return self.anonymous_requests.count(request_origin);
        };
        if !method.is_safe() {
            self.person_writes.count(person, request_origin)?;
        }
        self.person_requests.count(person, request_origin)
    }

    /// Counts the start or the end of a sign-in.
    ///
    /// # Errors
    /// [`Exceeded`].
    pub fn count_sign_in(&self, request_origin: &RequestOrigin) -> Result<(), Exceeded> {
        self.sign_ins.count(request_origin)
    }

    /// Counts a sign-in of a person, before its session begins.
    ///
    /// # Errors
    /// [`Exceeded`].
    pub fn count_person_sign_in(
        &self,
        person: &PersonId,
        request_origin: &RequestOrigin,
    ) -> Result<(), Exceeded> {
        self.person_sign_ins.count(person, request_origin)
    }

    /// Counts a share link that does not open.
    ///
    /// # Errors
    /// [`Exceeded`].
    pub fn count_link_miss(&self, request_origin: &RequestOrigin) -> Result<(), Exceeded> {
        self.link_misses.count(request_origin)
    }

    /// Counts a request for a share link, by [`dashboard::link_key`], before anything is looked up: limits must not
    /// reveal whether there is such a link. Requests from another address are not affected, and requests from the
    /// same address with another link are not affected until the total of that address is exceeded.
    ///
    /// # Errors
    /// [`Exceeded`].
    pub fn count_link_request(
        &self,
        link: &str,
        request_origin: &RequestOrigin,
    ) -> Result<(), Exceeded> {
        // Counted first, because a caller who invents tokens also controls the key that is counted next.
        self.link_requests.count(request_origin)?;
        let of_link = |network| (link.to_owned(), network);
        self.link_views.count_as(of_link, request_origin)
    }

    /// Forgets callers that have not sent a request for a while.
    pub fn sweep(&self) {
        self.person_requests.sweep();
        self.person_writes.sweep();
        self.anonymous_requests.sweep();
        self.sign_ins.sweep();
        self.person_sign_ins.sweep();
        self.link_misses.sweep();
        self.link_requests.sweep();
        self.link_views.sweep();
    }
}

/// A limit per address, for each of its networks. The first is for the narrowest network.
#[derive(Debug)]
struct AddressLimit<K: Key = IpNet>([Limit<K>; 3]);

impl AddressLimit {
    fn count(&self, request_origin: &RequestOrigin) -> Result<(), Exceeded> {
        self.count_as(|network| network, request_origin)
    }
}

impl<K: Key> AddressLimit<K> {
    fn new(name: LimitName, a_minute: NonZeroU32) -> Self {
        // As many shares as `networks` returns.
        let shares = [1, 2, 4].map(|shares| NonZeroU32::new(shares).unwrap_or(NonZeroU32::MIN));
        Self(shares.map(|shares| Limit::new(name, a_minute.saturating_mul(shares))))
    }

    /// Counts each network under the key made from it.
    fn count_as(
        &self,
        key: impl Fn(IpNet) -> K,
        request_origin: &RequestOrigin,
    ) -> Result<(), Exceeded> {
        let address = request_origin
            .address
            .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let mut counted = networks(address).into_iter().zip(&self.0);
        counted.try_for_each(|((network, _), limit)| limit.count(&key(network), request_origin))
    }

    fn sweep(&self) {
        self.0.iter().for_each(Limit::sweep);
    }
}

/// One limit.
#[derive(Debug)]
struct Limit<K: Key> {
    name: LimitName,
    counts: DefaultKeyedRateLimiter<K>,
    /// Log lines about callers that exceed the limit: one a minute for each of them.
    notices: DefaultKeyedRateLimiter<K>,
}

impl<K: Key> Limit<K> {
    fn new(name: LimitName, a_minute: NonZeroU32) -> Self {
        Self {
            name,
            counts: RateLimiter::keyed(Quota::per_minute(a_minute)),
            notices: RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN)),
        }
    }

    fn count(&self, key: &K, request_origin: &RequestOrigin) -> Result<(), Exceeded> {
        let not_yet = match self.counts.check_key(key) {
            Ok(()) => return Ok(()),
            Err(not_yet) => not_yet,
        };
        metrics::counter!(LIMITED, "limit" => self.name.as_str()).increment(1);
        if self.notices.check_key(key).is_ok() {
            key.counted().log_exceeded(self.name, request_origin);
        }
        let wait: Duration = not_yet.wait_time_from(DefaultClock::default().now());
        Err(Exceeded {
            limit: self.name,
            seconds: u32::try_from(wait.as_secs())
                .map_or(u32::MAX, |whole| whole.saturating_add(1)),
        })
    }

    fn sweep(&self) {
        self.counts.retain_recent();
        self.notices.retain_recent();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn from(address: &str) -> RequestOrigin {
        RequestOrigin {
            address: Some(address.parse().unwrap()),
            request: "r".into(),
        }
    }

    fn person(name: &str) -> PersonId {
        PersonId::new("tests", name)
    }

    fn passed(tries: u32, count: impl Fn() -> Result<(), Exceeded>) -> usize {
        (0..tries).filter(|_| count().is_ok()).count()
    }

    #[test]
    fn an_address_is_limited_separately_from_others() {
        let limits = Limits::new(&LimitSettings::default());
        let (one, other) = (from("192.0.2.1"), from("192.0.2.2"));
        assert_eq!(passed(100, || limits.count_link_miss(&one)), 30);
        assert_eq!(limits.count_link_miss(&other), Ok(()));
        assert_eq!(limits.count_sign_in(&one), Ok(()));
        let exceeded = limits.count_link_miss(&from("192.0.2.1")).unwrap_err();
        assert_eq!(exceeded.limit, LimitName::LinkMisses);
        assert!((1..=3).contains(&exceeded.seconds), "{exceeded:?}");
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let limits = Limits::new(&LimitSettings::default());
        let from = |n: u32| from(&format!("2001:db8::{n:x}"));
        let misses = (0..100).filter(|n| limits.count_link_miss(&from(*n)).is_ok());
        assert_eq!(misses.count(), 30);
    }

    #[test]
    fn the_ipv6_networks_of_one_customer_have_four_shares_together() {
        let limits = Limits::new(&LimitSettings::default());
        let from = |n: u32| from(&format!("2001:db8:1:{n:x}::1"));
        let misses = (0..1_000).filter(|n| limits.count_link_miss(&from(n * 64)).is_ok());
        // Two more become available each second while this runs.
        assert!((120..130).contains(&misses.count()));
        let open = |n: u32| limits.count_link_request("one", &from(n * 16));
        let views = (0..3_000).filter(|n| open(*n).is_ok());
        // Twenty more become available each second while this runs.
        assert!((1_200..1_300).contains(&views.count()));
    }

    #[test]
    fn an_address_is_limited_across_all_links() {
        let limits = Limits::new(&LimitSettings::default());
        let here = from("192.0.2.1");
        let open = |n: u32| limits.count_link_request(&format!("link-{n}"), &here);
        // Twenty more become available each second while this runs.
        let opened = (0..3_000).filter(|n| open(*n).is_ok()).count();
        assert!((1_200..1_300).contains(&opened), "{opened}");
        let elsewhere = limits.count_link_request("link-0", &from("192.0.2.2"));
        assert_eq!(elsewhere, Ok(()));
        // An address that is over the limit of one link can open others.
        let there = from("192.0.2.3");
        let again = passed(1_000, || limits.count_link_request("link-0", &there));
        assert!((300..400).contains(&again), "{again}");
        assert_eq!(limits.count_link_request("link-1", &there), Ok(()));
    }

    #[test]
    fn a_person_has_one_limit_across_all_addresses() {
        let limits = Limits::new(&LimitSettings::default());
        let (ana, ben) = (person("ana"), person("ben"));
        let asked = |n: u32, who: &PersonId| {
            let from = from(&format!("192.0.2.{}", n % 250));
            limits.count_request(Some(who), &Method::GET, &from)
        };
        assert_eq!((0..1_000).filter(|n| asked(*n, &ana).is_ok()).count(), 600);
        assert_eq!(asked(0, &ben), Ok(()));
    }

    #[test]
    fn changes_have_their_own_limit() {
        let limits = Limits::new(&LimitSettings::default());
        let (ana, here) = (person("ana"), from("192.0.2.1"));
        let change = || limits.count_request(Some(&ana), &Method::POST, &here);
        assert_eq!(passed(400, change), 60);
        assert_eq!(change().unwrap_err().limit, LimitName::PersonWrites);
        assert_eq!(
            limits.count_request(Some(&ana), &Method::GET, &here),
            Ok(())
        );
    }

    /// Forty people open a page every four seconds, each with three calls, for ten seconds.
    #[test]
    fn an_office_behind_one_address_is_not_limited() {
        let limits = Limits::new(&LimitSettings::default());
        let office = from("192.0.2.1");
        for _ in 0..10 {
            for n in 0..40 {
                let person = person(&n.to_string());
                let ask = || limits.count_request(Some(&person), &Method::GET, &office);
                assert_eq!(passed(4, ask), 4);
            }
        }
        // In the morning all of them sign in at the same time: a page, a start, a callback.
        let page = || limits.count_request(None, &Method::GET, &office);
        assert_eq!(passed(40 * 3, page), 120);
        assert_eq!(passed(40 * 2, || limits.count_sign_in(&office)), 80);
    }

    #[test]
    fn requests_without_sign_in_are_limited_by_address() {
        let limits = Limits::new(&LimitSettings::default());
        let here = from("192.0.2.1");
        let ask = || limits.count_request(None, &Method::GET, &here);
        // Twenty more become available each second while this runs.
        assert!((1_200..1_300).contains(&passed(2_000, ask)));
        // Signed-in people at the same address are not affected.
        let ana = person("ana");
        assert_eq!(
            limits.count_request(Some(&ana), &Method::GET, &here),
            Ok(())
        );
    }
}
