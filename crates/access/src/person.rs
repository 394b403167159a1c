//! People, as their last sign-in described them.
//!
//! Groups belong to the person, not to a session or a link. So every decision uses the groups of
//! the last sign-in.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

/// A person's permanent ID: the issuer and the subject of the sign-in. Names and email addresses
/// can pass to another person; this ID cannot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(Arc<str>);

/// The issuer of the people who open share links. It is too short to be the URL of a sign-in
/// provider.
const VISITORS: &str = "visitors";

impl PersonId {
    /// The ID of the visitors of a share link, from the public part of its token.
    pub fn visitors_of(link: &str) -> Self {
        Self::new(VISITORS, link)
    }

    /// The ID whose limits this person shares with others: all visitors of all links share one.
    /// None for a person who signed in.
    pub fn sharing(&self) -> Option<Self> {
        self.is_visitor().then(|| Self::stored(VISITORS))
    }

    /// Whether these are the visitors of a share link.
    pub fn is_visitor(&self) -> bool {
        self.is_of(VISITORS)
    }

    /// Creates the ID of an issuer's subject.
    pub fn new(issuer: &str, subject: &str) -> Self {
        // A URL or an issuer name contains no space.
        Self(format!("{issuer} {subject}").into())
    }

    /// Whether this issuer signed the person in.
    pub fn is_of(&self, issuer: &str) -> bool {
        let rest = self.0.strip_prefix(issuer);
        rest.is_some_and(|rest| rest.starts_with(' '))
    }

    /// The ID as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads an ID that was stored.
    pub fn stored(text: &str) -> Self {
        Self(text.into())
    }
}

/// What a sign-in says about a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// The person's ID.
    pub id: PersonId,
    /// The name to show.
    pub name: String,
    /// The person's groups.
    pub groups: Vec<String>,
}

/// Where a request comes from, for the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestOrigin {
    /// The client's address, as reported by the configured trusted proxies.
    pub address: Option<IpAddr>,
    /// The request ID.
    pub request: Arc<str>,
}

impl RequestOrigin {
    /// The network of the address. It distinguishes an office from a data center, but identifies no
    /// person.
    pub fn network(&self) -> Option<String> {
        self.address.map(network)
    }

    /// The address for rate limits: see [`counted_as`].
    pub fn source(&self) -> Option<IpAddr> {
        self.address.map(counted_as)
    }
}

fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            let network = std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0);
            format!("{network}/48")
        }
    }
}

/// The address that limits are counted for. For IPv6 this is the /64 network, because one client
/// has all of it.
pub fn counted_as(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let host = u128::from(u64::MAX);
            Ipv6Addr::from_bits(address.to_bits() & !host).into()
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_counted_as_one_address() {
        let source = |address: &str| {
            let request_origin = RequestOrigin {
                address: Some(address.parse().unwrap()),
                request: "r".into(),
            };
            request_origin.source().unwrap().to_string()
        };
        assert_eq!(source("2001:db8:0:1::1"), "2001:db8:0:1::");
        assert_eq!(source("2001:db8:0:1:ffff::1"), "2001:db8:0:1::");
        assert_eq!(source("2001:db8:0:2::1"), "2001:db8:0:2::");
        assert_eq!(source("192.0.2.1"), "192.0.2.1");
        assert_eq!(source("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn only_the_network_of_an_address_is_kept() {
        for (address, kept) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:aaaa:bbbb:1:2:3:4", "2001:db8:aaaa::/48"),
            ("::1", "::/48"),
        ] {
            assert_eq!(network(address.parse().unwrap()), kept);
        }
    }
}
