//! People, as the sign-in last told of them.
//!
//! Groups are kept with the person and not with a session or a link, so that whatever is decided for
//! somebody is decided by what was told last.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

/// A person, by the sign-in's own lasting name for them: the issuer and its subject. Names and
/// addresses change hands; this does not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(Arc<str>);

/// The issuer of those who open share links. No sign-in provider's URL is so short.
const VISITORS: &str = "visitors";

impl PersonId {
    /// Those who open a share link, by the public part of its token.
    pub fn visitors_of(link: &str) -> Self {
        Self::new(VISITORS, link)
    }

    /// Those with whom they share what one person has: of links, the visitors of all of them.
    pub fn sharing(&self) -> Option<Self> {
        self.is_of(VISITORS).then(|| Self::stored(VISITORS))
    }

    /// A person of an issuer's.
    pub fn new(issuer: &str, subject: &str) -> Self {
        // Neither a URL nor a name of a sign-in holds a space.
        Self(format!("{issuer} {subject}").into())
    }

    /// Whether it is of this issuer.
    pub fn is_of(&self, issuer: &str) -> bool {
        let rest = self.0.strip_prefix(issuer);
        rest.is_some_and(|rest| rest.starts_with(' '))
    }

    /// The id as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An id that was stored.
    pub fn stored(text: &str) -> Self {
        Self(text.into())
    }
}

/// What a sign-in tells of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// What people call them.
    pub name: String,
    /// Their groups.
    pub groups: Vec<String>,
}

/// From where something is asked, for the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The client's address, as far as the configured proxies can be believed.
    pub address: Option<IpAddr>,
    /// The request's id.
    pub request: Arc<str>,
}

impl Occasion {
    /// The network of the address: enough to tell an office from a data centre, and nobody in it.
    pub fn network(&self) -> Option<String> {
        self.address.map(network)
    }

    /// The address as it is counted: [`counted_as`].
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

/// An address as it is counted. In IPv6 that is its network of 64 bits: one client has all of it.
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
            let occasion = Occasion {
                address: Some(address.parse().unwrap()),
                request: "r".into(),
            };
            occasion.source().unwrap().to_string()
        };
        assert_eq!(source("2001:db8:0:1::1"), "2001:db8:0:1::");
        assert_eq!(source("2001:db8:0:1:ffff::1"), "2001:db8:0:1::");
        assert_eq!(source("2001:db8:0:2::1"), "2001:db8:0:2::");
        assert_eq!(source("192.0.2.1"), "192.0.2.1");
        assert_eq!(source("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn of_an_address_the_network_is_kept() {
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
