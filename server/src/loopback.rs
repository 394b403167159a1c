//! Names and addresses of this host.

use std::net::IpAddr;

/// Whether the host of a URL or of a `Host` header is this machine: `localhost`, or a loopback address.
pub fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || address(host).is_some_and(|address| address.is_loopback())
}

/// Whether a URL of this scheme and host is safe from being read or changed on the way: it uses HTTPS, or stays on
/// this host.
pub fn is_secure(scheme: &str, host: &str) -> bool {
    match scheme {
        "https" => !host.is_empty(),
        "http" => is_loopback(host),
        _ => false,
    }
}

/// The address if the host is an address and not a name. IPv6 is written in brackets.
pub fn address(host: &str) -> Option<IpAddr> {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address: IpAddr = bare.unwrap_or(host).parse().ok()?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn names_that_others_can_resolve_are_not_loopback() {
        for host in [
            "localhost",
            "LOCALHOST",
            "127.0.0.1",
            "127.8.9.10",
            "[::1]",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "0.0.0.0",
            "127.1",
            "[::2]",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
