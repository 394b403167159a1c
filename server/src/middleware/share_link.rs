//! What every answer to a share link's URL has: a turn, and its headers.

use std::sync::Arc;

use access::RequestOrigin;
use app::paths;
use axum::{
    Extension,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use dashboard::link_id;
use http::{HeaderMap, HeaderName, Uri, header};
use leptos::config::LeptosOptions;

use super::turns;
use crate::turns::Turns;

/// What the page can do: nothing but show text. No script runs, no data is sent, and no other page can frame it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'none'; \
                      frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Answers a share link when its address has a turn.
pub async fn with_turn(
    State(all): State<Arc<Turns>>,
    State(leptos): State<LeptosOptions>,
    Extension(request_origin): Extension<RequestOrigin>,
    request: Request,
    next: Next,
) -> Response {
    let id = link_id(token(request.uri()));
    let turn = all.of_link(&id, &request_origin);
    let answer = turns::answer(turn, request, next, &request_origin, &leptos).await;
    // A page beyond a limit has them too: its URL is the link's.
    (headers(), answer).into_response()
}

/// The token as written in the path: the tokens that Gantry makes need no decoding.
pub fn token(uri: &Uri) -> &str {
    uri.path().strip_prefix(paths::SHARED).unwrap_or_default()
}

/// The headers of every answer to a link's URL.
fn headers() -> HeaderMap {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "private, no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    headers
        .into_iter()
        .map(|(name, value)| (name, http::HeaderValue::from_static(value)))
        .collect()
}
