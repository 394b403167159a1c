//! Where a request comes from, and its ID.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use access::RequestOrigin;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use tower_http::request_id::RequestId;

use crate::state::Reached;

static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Adds the request's origin as an extension for every handler. Limits and the audit log use it.
pub async fn note(
    State(reached): State<Arc<Reached>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(peer)| peer.ip());
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok());
    let request_origin = RequestOrigin {
        address: peer.map(|peer| client(peer, request.headers(), &reached.trusted_proxies)),
        request: id.unwrap_or_default().into(),
    };
    request.extensions_mut().insert(request_origin);
    next.run(request).await
}

/// The client's address. Every proxy appends the address that it was called from, so the list is read from its end,
/// for as long as the writer of the entry is trusted.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    let lists = headers.get_all(&FORWARDED_FOR).iter().rev();
    let entries = lists.flat_map(|list| list.to_str().unwrap_or_default().rsplit(','));
    for entry in entries {
        if !is_trusted(&client) {
            break;
        }
        // A proxy that works correctly writes only addresses.
        let Some(address) = address(entry.trim()) else {
            break;
        };
        client = address.to_canonical();
    }
    client
}

/// An address as proxies write it: some add the port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(with_port)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn client_of(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in forwarded {
            headers.append(&FORWARDED_FOR, list.parse().unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_can_set_the_client_address() {
        assert_eq!(client_of("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(client_of("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            client_of("::ffff:10.0.0.1", &["198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(client_of("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_forged_beginning_is_ignored() {
        let forged = "127.0.0.1, 203.0.113.9, 198.51.100.1, 10.0.0.2";
        assert_eq!(client_of("10.0.0.1", &[forged]), "198.51.100.1");
        // Several headers form one list.
        assert_eq!(
            client_of("::1", &["203.0.113.9", "198.51.100.1, 10.0.0.2"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn an_entry_that_is_not_an_address_ends_the_list() {
        assert_eq!(
            client_of("10.0.0.1", &["198.51.100.1, nonsense"]),
            "10.0.0.1"
        );
        assert_eq!(
            client_of("10.0.0.1", &["198.51.100.1:4711"]),
            "198.51.100.1"
        );
        assert_eq!(client_of("10.0.0.1", &["[2001:db8::1]:443"]), "2001:db8::1");
        assert_eq!(client_of("10.0.0.1", &["2001:db8::1"]), "2001:db8::1");
    }
}
