//! The host names that the demo answers to.

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{StatusCode, header, uri::Authority};
use words::answers::AnswersTexts;

use super::plain;
use crate::{
    loopback::{address, is_loopback},
    state::Reached,
};

/// In the demo, refuses every host name that does not belong to this host. People sign in there without a password,
/// so a site that makes its own name resolve to this host (DNS rebinding) must not get an answer.
pub async fn own(State(reached): State<Arc<Reached>>, request: Request, next: Next) -> Response {
    match reached.demo_listens_on {
        Some(listens_on) if !is_own(&request, listens_on) => {
            let url = reached.public_url.to_string();
            plain::answer(
                StatusCode::MISDIRECTED_REQUEST,
                move |texts: AnswersTexts| texts.other_host(&url),
            )
        }
        _ => next.run(request).await,
    }
}

/// Whether every host name in a request is this host.
fn is_own(request: &Request, listens_on: IpAddr) -> bool {
    let in_headers = request.headers().get_all(header::HOST).iter();
    let in_headers = in_headers.map(|host| host.to_str().unwrap_or_default());
    let in_target = request.uri().authority().map(Authority::as_str);
    let mut hosts = in_headers.chain(in_target).peekable();
    hosts.peek().is_some() && hosts.all(|host| is_host(host, listens_on))
}

/// Whether a host, with or without a port, is this one. Any port is accepted, because ports may be forwarded.
fn is_host(host: &str, listens_on: IpAddr) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    // An address always resolves to itself, so addresses cannot be rebound.
    let is_address = |host: IpAddr| listens_on.is_unspecified() || host == listens_on;
    is_loopback(authority.host()) || address(authority.host()).is_some_and(is_address)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::is_host;

    #[test]
    fn only_this_hosts_names_are_accepted() {
        let own = |host: &str, listens_on: &str| is_host(host, listens_on.parse().unwrap());
        for host in [
            "localhost:8080",
            "127.0.0.1:9000",
            "[::1]:8080",
            "localhost",
        ] {
            assert!(own(host, "127.0.0.1"), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:8080",
            "192.0.2.7:8080",
            "localhost.evil.example",
            "",
        ] {
            assert!(!own(host, "127.0.0.1"), "{host}");
        }
        assert!(own("192.0.2.7:8080", "192.0.2.7"));
        assert!(!own("192.0.2.8:8080", "192.0.2.7"));
        // It listens on every address of the host.
        assert!(own("192.0.2.8:8080", "0.0.0.0"));
        assert!(!own("evil.example:8080", "0.0.0.0"));
    }
}
