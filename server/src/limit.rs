//! How often an address may try.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ipnet::{IpNet, Ipv6Net};

/// Limits by address.
#[derive(Debug)]
pub struct Limits {
    /// Beginnings and ends of sign-ins. A whole office may stand behind one address.
    pub sign_in: Limit,
    /// Share links that do not open.
    pub link_misses: Limit,
    /// Log lines about who tries too many of those: one says it.
    pub notices: Limit,
}

impl Limits {
    /// The limits, nothing counted yet.
    pub fn new() -> Self {
        const SIGN_INS: NonZeroU32 = NonZeroU32::new(120).unwrap();
        const MISSES: NonZeroU32 = NonZeroU32::new(30).unwrap();
        Self {
            sign_in: Limit::a_minute(SIGN_INS),
            link_misses: Limit::a_minute(MISSES),
            notices: Limit::a_minute(NonZeroU32::MIN),
        }
    }

    /// Forgets addresses that have not tried for a while.
    pub fn sweep(&self) {
        for limit in [&self.sign_in, &self.link_misses, &self.notices] {
            limit.counts.retain_recent();
        }
    }
}

/// One limit.
#[derive(Debug)]
pub struct Limit {
    counts: DefaultKeyedRateLimiter<Option<IpNet>>,
}

impl Limit {
    fn a_minute(count: NonZeroU32) -> Self {
        Self {
            counts: RateLimiter::keyed(Quota::per_minute(count)),
        }
    }

    /// Counts a try, and says whether it was one too many. Who comes from nowhere known is one.
    ///
    /// # Errors
    /// How long to wait.
    pub fn count(&self, address: Option<IpAddr>) -> Result<(), Duration> {
        use governor::clock::{Clock, DefaultClock};
        self.counts
            .check_key(&address.map(neighbourhood))
            .map_err(|not_yet| not_yet.wait_time_from(DefaultClock::default().now()))
    }
}

/// An address as it is counted: of IPv6, whoever has one has 2^64 of them.
pub fn neighbourhood(address: IpAddr) -> IpNet {
    match address {
        IpAddr::V4(_) => IpNet::from(address),
        IpAddr::V6(address) => Ipv6Net::new(address, 64)
            .map_or(IpNet::from(IpAddr::V6(address)), |net| {
                IpNet::V6(net.trunc())
            }),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_limited_by_itself() {
        let limits = Limits::new();
        let (one, other) = ("192.0.2.1".parse().ok(), "192.0.2.2".parse().ok());
        let passed = (0..100).filter(|_| limits.link_misses.count(one).is_ok());
        assert_eq!(passed.count(), 30);
        assert!(limits.link_misses.count(other).is_ok());
        assert!(limits.sign_in.count(one).is_ok());
    }

    #[test]
    fn a_network_of_ipv6_is_one() {
        let (one, other) = ("2001:db8::1", "2001:db8::ffff:1");
        let of = |text: &str| neighbourhood(text.parse().unwrap());
        assert_eq!(of(one), of(other));
        assert_ne!(of(one), of("2001:db8:0:1::1"));
    }
}
