//! The networks that an address is counted in.

use std::net::IpAddr;

use ipnet::IpNet;
use smallvec::SmallVec;

/// The networks that an address counts towards, narrowest first, and how many times the share of one address each
/// gets. IPv6 customers have whole networks: at least a /64, often a /56 or /48, and a /48 contains 65,536 networks
/// of 64 bits.
pub fn networks(address: IpAddr) -> SmallVec<[(IpNet, u32); 3]> {
    let address = address.to_canonical();
    let widths: &[(u8, u32)] = match address {
        IpAddr::V4(_) => &[(32, 1)],
        IpAddr::V6(_) => &[(64, 1), (56, 2), (48, 4)],
    };
    let network =
        |&(width, shares): &(u8, u32)| Some((IpNet::new(address, width).ok()?.trunc(), shares));
    widths.iter().filter_map(network).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::networks;

    fn counted(address: &str) -> Vec<String> {
        let networks = networks(address.parse().unwrap()).into_iter();
        networks
            .map(|(network, shares)| format!("{network} x{shares}"))
            .collect()
    }

    #[test]
    fn an_address_counts_in_every_network_that_one_customer_may_have() {
        assert_eq!(counted("192.0.2.7"), ["192.0.2.7/32 x1"]);
        assert_eq!(counted("::ffff:192.0.2.7"), ["192.0.2.7/32 x1"]);
        assert_eq!(
            counted("2001:db8:1:2345::7"),
            [
                "2001:db8:1:2345::/64 x1",
                "2001:db8:1:2300::/56 x2",
                "2001:db8:1::/48 x4"
            ]
        );
    }
}
