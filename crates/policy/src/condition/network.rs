//! Networks of addresses.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// A network: an address and the number of its significant bits. A single address is a network too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    /// Parses CIDR notation, such as `203.0.113.0/24` or `2001:db8::/32`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = match address {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        };
        let bits = match bits {
            Some(bits) if bits.bytes().all(|b| b.is_ascii_digit()) => bits.parse().ok()?,
            Some(_) => return None,
            None => most,
        };
        (bits <= most).then_some(Self { address, bits })
    }

    pub(crate) fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let differing = network.to_bits() ^ address.to_bits();
                differing.leading_zeros() >= self.bits
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let differing = network.to_bits() ^ address.to_bits();
                differing.leading_zeros() >= self.bits
            }
            _ => false,
        }
    }

    /// Whether this network contains every address of another.
    pub(crate) fn covers(self, other: Self) -> bool {
        self.bits <= other.bits && self.contains(other.address)
    }

    /// The fewest networks with the same addresses, sorted.
    pub(crate) fn simplified(networks: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut networks: Vec<Self> = networks.into_iter().map(|it| it.of(it.bits)).collect();
        networks.sort_unstable();
        let mut simplified: Vec<Self> = Vec::new();
        for mut network in networks {
            if simplified.last().is_some_and(|last| last.covers(network)) {
                continue;
            }
            // The two halves of a network equal that network.
            while let Some(last) = simplified.last()
                && let Some(bits) = network.bits.checked_sub(1)
                && last.bits == network.bits
                && last.of(bits) == network.of(bits)
            {
                network = network.of(bits);
                simplified.pop();
            }
            simplified.push(network);
        }
        simplified
    }

    /// Whether none of its addresses can be reached over the internet.
    ///
    /// Source: RFC 1918, RFC 3927, RFC 4193, RFC 4291 and RFC 6598.
    pub(crate) fn is_private(self) -> bool {
        const PRIVATE: [&str; 9] = [
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "::1/128",
            "fc00::/7",
            "fe80::/10",
        ];
        (PRIVATE.into_iter().filter_map(Self::read)).any(|private| private.covers(self))
    }

    /// The network with this many bits that contains its address.
    fn of(self, bits: u32) -> Self {
        let address = match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
                Ipv4Addr::from_bits(address.to_bits() & mask).into()
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
                Ipv6Addr::from_bits(address.to_bits() & mask).into()
            }
        };
        Self { address, bits }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_contain_their_addresses() {
        let holds = |network: &str, address: &str| {
            let address: IpAddr = address.parse().ok()?;
            Some(Network::read(network)?.contains(address))
        };
        assert_eq!(holds("10.0.0.0/8", "10.255.0.1"), Some(true));
        assert_eq!(holds("10.0.0.0/8", "11.0.0.1"), Some(false));
        assert_eq!(holds("10.1.2.3/8", "10.9.9.9"), Some(true));
        assert_eq!(holds("10.0.0.1", "10.0.0.1"), Some(true));
        assert_eq!(holds("0.0.0.0/0", "203.0.113.7"), Some(true));
        assert_eq!(holds("0.0.0.0/0", "2001:db8::1"), Some(false));
        assert_eq!(holds("2001:db8::/32", "2001:DB8:0:0::1"), Some(true));
        assert_eq!(holds("2001:db8::/32", "2001:db9::1"), Some(false));
        assert_eq!(holds("::/0", "2001:db9::1"), Some(true));
        for bad in [
            "10.0.0.0/33",
            "10.0.0/8",
            "10.0.0.0/-1",
            "10.0.0.0/+8",
            "::/129",
            " 10.0.0.0/8",
            "",
        ] {
            assert_eq!(Network::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn networks_are_simplified_to_the_fewest() {
        for (networks, expected) in [
            (&["10.1.2.3"] as &[_], &["10.1.2.3/32"] as &[_]),
            (&["10.1.2.3/8", "10.0.0.0/8"], &["10.0.0.0/8"]),
            (&["10.0.0.0/8", "10.2.0.0/16", "10.2.0.1"], &["10.0.0.0/8"]),
            (&["10.128.0.0/9", "10.0.0.0/9"], &["10.0.0.0/8"]),
            (
                &["10.0.1.0/24", "10.0.2.0/24"],
                &["10.0.1.0/24", "10.0.2.0/24"],
            ),
            (
                &["10.0.3.0/24", "10.0.2.0/24", "10.0.0.0/23"],
                &["10.0.0.0/22"],
            ),
            (
                &["128.0.0.0/1", "0.0.0.0/1", "::/0"],
                &["0.0.0.0/0", "::/0"],
            ),
            (&["2001:DB8:0::1/32", "2001:0db8::/32"], &["2001:db8::/32"]),
        ] {
            let read = networks.iter().filter_map(|text| Network::read(text));
            let simplified: Vec<_> = (Network::simplified(read).iter())
                .map(ToString::to_string)
                .collect();
            assert_eq!(simplified, expected, "{networks:?}");
        }
    }

    #[test]
    fn private_networks_are_entirely_private() {
        for (network, expected) in [
            ("10.0.0.0/8", true),
            ("10.1.2.3", true),
            ("8.0.0.0/6", false),
            ("172.31.0.0/16", true),
            ("172.32.0.0/16", false),
            ("192.168.0.0/15", false),
            ("100.64.0.0/10", true),
            ("100.128.0.1", false),
            ("203.0.113.0/24", false),
            ("0.0.0.0/0", false),
            ("::1", true),
            ("fd00::/8", true),
            ("fe80::1", true),
            ("2001:db8::/32", false),
        ] {
            let read = Network::read(network).map(Network::is_private);
            assert_eq!(read, Some(expected), "{network}");
        }
    }
}
