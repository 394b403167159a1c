//! Log lines about refused tokens. Anyone can make up tokens, so each address has a limited number of lines per
//! minute: no address can hide what another one tries. Lines that are left out are counted.

use std::{
    collections::HashMap,
    fmt,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use access::RequestOrigin;
use axum::{
    Extension,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;
use tracing::field;

use crate::{logging::outside, network::networks};

/// How many lines one address has in a minute. Wider IPv6 networks have as many shares of it as [`networks`] returns.
const LINES: u32 = 6;

/// How many networks have lines of their own in a minute. Others are counted together.
const MOST: usize = 512;

/// How long lines are counted before the number of those left out is logged.
const EVERY: Duration = Duration::from_secs(60);

tokio::task_local! {
    /// The address that the current request comes from.
    static ASKED: Asked;
}

#[derive(Debug)]
struct Asked {
    refusals: Refusals,
    address: Option<IpAddr>,
}

/// Counts refused tokens, by the address that sent them.
#[derive(Debug, Clone, Default)]
pub struct Refusals(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts(Mutex<Minute>);

/// The refusals within a minute.
#[derive(Debug, Default)]
struct Minute {
    counts: HashMap<IpNet, Count>,
    /// How many lines were left out for addresses without a place of their own.
    others: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    logged: u32,
    left_out: u64,
}

/// Lets the log name the address of a token that is refused while a request is answered.
pub async fn by_address(
    State(refusals): State<Refusals>,
    Extension(request_origin): Extension<RequestOrigin>,
    request: Request,
    next: Next,
) -> Response {
    let asked = Asked {
        refusals,
        address: request_origin.address,
    };
    ASKED.scope(asked, next.run(request)).await
}

/// Logs what is wrong with a token. The log line does not contain the token.
pub(super) fn log(why: impl fmt::Display) {
    let logged = ASKED.try_with(|asked| {
        let is_logged = asked.refusals.note(asked.address);
        (is_logged, asked.address)
    });
    let (is_logged, address) = logged.unwrap_or((true, None));
    if is_logged {
        tracing::warn!(
            reason = outside(why),
            client.address = address.map(field::display),
            "Gantry refused a sign-in token"
        );
    } else {
        tracing::debug!(
            reason = outside(why),
            client.address = address.map(field::display),
            "Gantry refused a sign-in token"
        );
    }
}

impl Refusals {
    /// Counts a refusal. Returns whether it gets a log line.
    fn note(&self, address: Option<IpAddr>) -> bool {
        let mut minute = self.0.lock();
        if minute.is_empty() {
            tokio::spawn(summarise(Arc::downgrade(&self.0)));
        }
        minute.note(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

impl Counts {
    fn lock(&self) -> MutexGuard<'_, Minute> {
        // A panic leaves no count half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When the server stops, logs what was left out so far.
impl Drop for Counts {
    fn drop(&mut self) {
        self.lock().log();
    }
}

async fn summarise(counts: Weak<Counts>) {
    tokio::time::sleep(EVERY).await;
    if let Some(counts) = counts.upgrade() {
        let minute = std::mem::take(&mut *counts.lock());
        minute.log();
    }
}

impl Minute {
    fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    fn note(&mut self, address: IpAddr) -> bool {
        let networks = networks(address);
        for (network, shares) in &networks {
            // A network that is not counted yet still has room. So a sender with many networks takes no more places.
            if let Some(count) = self.counts.get_mut(network)
                && count.logged >= LINES * shares
            {
                count.left_out += 1;
                return false;
            }
        }
        let known = |(network, _): &&(IpNet, u32)| self.counts.contains_key(network);
        let new = networks.len() - networks.iter().filter(known).count();
        if self.counts.len() + new > MOST {
            self.others += 1;
            return false;
        }
        for (network, _) in networks {
            self.counts.entry(network).or_default().logged += 1;
        }
        true
    }

    /// What was left out, if anything.
    fn left_out(&self) -> Option<LeftOut> {
        let addresses = self.counts.iter().filter(|(_, count)| count.left_out > 0);
        let of_addresses = addresses
            .clone()
            .map(|(_, count)| count.left_out)
            .sum::<u64>();
        let most = addresses.clone().max_by_key(|(_, count)| count.left_out);
        let left_out = LeftOut {
            lines: of_addresses + self.others,
            addresses: addresses.count(),
            of_others: self.others,
            most_of: most.map(|(network, _)| *network),
        };
        (left_out.lines > 0).then_some(left_out)
    }

    fn log(&self) {
        let Some(left_out) = self.left_out() else {
            return;
        };
        tracing::warn!(
            count = left_out.lines,
            refused.addresses = left_out.addresses,
            refused.of_others = left_out.of_others,
            client.network = left_out.most_of.map(field::display),
            "Gantry refused more sign-in tokens than it logs one by one"
        );
    }
}

/// Refusals within a minute that got no log line.
#[derive(Debug, PartialEq, Eq)]
struct LeftOut {
    lines: u64,
    /// How many addresses they come from, without the others.
    addresses: usize,
    /// How many come from addresses without a place in the counts.
    of_others: u64,
    /// The address that most of them come from.
    most_of: Option<IpNet>,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn logged(minute: &mut Minute, addresses: impl Iterator<Item = String>) -> usize {
        let addresses = addresses.map(|address| address.parse().unwrap());
        addresses.filter(|address| minute.note(*address)).count()
    }

    fn left_out(minute: &Minute) -> u64 {
        minute.left_out().map_or(0, |left_out| left_out.lines)
    }

    #[test]
    fn an_address_cannot_hide_what_another_one_tries() {
        let mut minute = Minute::default();
        let one = (0..1_000).map(|_| "192.0.2.1".to_owned());
        assert_eq!(logged(&mut minute, one), 6);
        assert!(minute.note("192.0.2.2".parse().unwrap()));
        let left_out = LeftOut {
            lines: 994,
            addresses: 1,
            of_others: 0,
            most_of: Some("192.0.2.1/32".parse().unwrap()),
        };
        assert_eq!(minute.left_out(), Some(left_out));
        assert_eq!(Minute::default().left_out(), None);
    }

    #[test]
    fn the_ipv6_networks_of_one_customer_have_four_shares_together() {
        let mut minute = Minute::default();
        let one = (0..100).map(|n| format!("2001:db8::{n:x}"));
        assert_eq!(logged(&mut minute, one), 6);
        let many = (0..200).map(|n| format!("2001:db8:1:{n:x}00::1"));
        assert_eq!(logged(&mut minute, many), 24);
        assert!(minute.counts.len() < 60, "{}", minute.counts.len());
        assert!(minute.note("2001:db8:2::1".parse().unwrap()));
        assert_eq!(left_out(&minute), 94 + 176);
    }

    #[test]
    fn very_many_addresses_take_no_more_memory_and_no_more_lines() {
        let mut minute = Minute::default();
        let many = (0..100_000_u32).map(|n| IpAddr::from(n.to_be_bytes()).to_string());
        assert_eq!(logged(&mut minute, many), MOST);
        assert_eq!(minute.counts.len(), MOST);
        assert_eq!(left_out(&minute), 100_000 - MOST as u64);
        // An address that has a place keeps it.
        assert!(minute.note("0.0.0.1".parse().unwrap()));
    }
}
