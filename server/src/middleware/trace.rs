//! What the log records about a request.

use std::{borrow::Cow, time::Duration};

use app::paths;
use axum::{body::Body, extract::Request, middleware::Next, response::Response};
use tower_http::request_id::RequestId;
use tracing::{Span, field};

use crate::logging::outside;

/// Drops an ID that came with the request: people quote IDs to find log lines, so they must be made here.
pub async fn without_foreign_id(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove("x-request-id");
    next.run(request).await
}

/// A request's span: its ID, method and path. It leaves out the query, because people type into it, and the token of
/// a share link, because a reader of the log could open the link with it.
pub fn span(request: &http::Request<Body>) -> Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok());
    // Both can be as long as a request's head. A method has no spaces or line breaks.
    let method = outside(request.method());
    let path = outside(path(request.uri().path()));
    tracing::info_span!(
        "request",
        request.id = id,
        request.method = %method,
        request.path = path,
        response.status = field::Empty,
    )
}

fn path(path: &str) -> Cow<'_, str> {
    if path.starts_with(paths::SHARED) {
        return "/s/-".into();
    }
    // Tags and repositories can look like tokens, and the log must show which of their pages was requested.
    if paths::has_names(path) || path.starts_with(paths::API) {
        return path.into();
    }
    // A token at a slightly misspelled address opens nothing there, but is still a token.
    let is_token = |piece: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        piece.len() >= 40 && piece.bytes().all(plain)
    };
    let split = path.split(['/', '%', '.', ';', ':', '=']);
    match split
        .into_iter()
        .any(|piece| is_token(piece) || is_token(piece.get(2..).unwrap_or_default()))
    {
        true => "-".into(),
        false => path.into(),
    }
}

/// The log line for an answered request.
pub fn answered(response: &http::Response<Body>, took: Duration, span: &Span) {
    span.record("response.status", response.status().as_u16());
    let duration_ms = took.as_secs_f64() * 1_000.0;
    if response.status().is_server_error() {
        tracing::error!(duration_ms, "Gantry answered a request with a server error");
    } else {
        tracing::debug!(duration_ms, "Gantry answered a request");
    }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn tokens_stay_out_of_the_log() {
        assert_eq!(path("/s/a-token"), "/s/-");
        assert_eq!(path("/s/a-token/and?more"), "/s/-");
        assert_eq!(path("/sign-in"), "/sign-in");
        let token = "Uuxkual9fwqkTxwTh7Sm1vjg6n_iIp-goZyCy4m4";
        for other in ["//s/", "/S/", "/%73/", "/s%2f", "/s%2F", "/x/", "/s;/"] {
            assert_eq!(path(&format!("{other}{token}")), "-", "{other}");
            assert_eq!(path(&format!("{other}{token}/more")), "-", "{other}");
        }
        let commit = "/tags/retail/3f9a1c2b4d5e6f708192a3b4c5d6e7f801234567/storefront/users-api";
        assert_eq!(path(commit), commit);
    }
}
