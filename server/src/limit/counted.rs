//! Whose requests a limit counts, and the log line about those who exceed it.

use std::{fmt::Debug, hash::Hash};

use access::{PersonId, RequestOrigin};
use ipnet::IpNet;
use tracing::field;

use super::LimitName;

/// Whose requests are counted together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted<'a> {
    /// Of one person.
    pub person: Option<&'a PersonId>,
    /// Of the addresses of one network.
    pub network: Option<IpNet>,
    /// For one share link, by the public part of its token.
    pub link: Option<&'a str>,
}

impl<'a> Counted<'a> {
    /// Those of a person.
    pub fn of_person(person: &'a PersonId) -> Self {
        Self {
            person: Some(person),
            ..Self::default()
        }
    }

    /// Those of a network.
    pub fn of_network(network: IpNet) -> Self {
        Self {
            network: Some(network),
            ..Self::default()
        }
    }

    /// Those for a share link, of a network.
    pub fn of_link(link: &'a str, network: IpNet) -> Self {
        Self {
            link: Some(link),
            ..Self::of_network(network)
        }
    }

    /// Logs that a request was refused because there were too many.
    pub fn log_exceeded(self, limit: LimitName, request_origin: &RequestOrigin) {
        tracing::warn!(
            limit.name = limit.as_str(),
            person.id = self.person.map(PersonId::as_str),
            client.network = self.network.map(field::display),
            client.address = request_origin.address.map(field::display),
            link.id = self.link,
            "Gantry refuses requests that exceed a limit"
        );
    }
}

/// What requests are counted by.
pub trait Key: Hash + Eq + Clone + Debug {
    /// Whose requests these are.
    fn counted(&self) -> Counted<'_>;
}

impl Key for PersonId {
    fn counted(&self) -> Counted<'_> {
        Counted::of_person(self)
    }
}

impl Key for IpNet {
    fn counted(&self) -> Counted<'_> {
        Counted::of_network(*self)
    }
}

impl Key for (String, IpNet) {
    fn counted(&self) -> Counted<'_> {
        Counted::of_link(&self.0, self.1)
    }
}
