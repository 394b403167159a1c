//! Headers that keep a browser from doing more than a page needs.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::state::Reached;

/// How long a browser opens this host only over HTTPS: a year. Gantry does not decide for other hosts of the domain.
const HTTPS_ONLY: &str = "max-age=31536000";

/// What a page can do: nothing except these, each with its reason.
const PAGE: [&str; 9] = [
    "default-src 'none'",
    // The script of the islands: by nonce, the scripts that it loads itself, and WebAssembly.
    "script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'",
    // The one stylesheet.
    "style-src 'self'",
    // The icon, and images in stylesheets.
    "img-src 'self' data:",
    // Server functions and the WebAssembly file.
    "connect-src 'self'",
    // Sign-in, sign-out, preferences and filters.
    "form-action 'self'",
    // No page can be framed, no base changed, no plug-in run.
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
];

/// A page's content security policy, for the nonce of its scripts.
pub fn content_security_policy(nonce: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&PAGE.join("; ").replace("{nonce}", nonce)).ok()
}

/// Adds the headers that every answer carries. Headers that a page has set are kept.
pub async fn secure(State(reached): State<Arc<Reached>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let defaults: [(HeaderName, &'static str); 7] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Forms without JavaScript lead back by the referrer; other sites get nothing.
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
    ];
    for (name, value) in defaults {
        set_default(headers, name, value);
    }
    if reached.https {
        set_default(headers, header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}

/// Keeps pages with personal content out of caches: the next person at this computer may be a different one.
pub async fn uncached(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    set_default(
        response.headers_mut(),
        header::CACHE_CONTROL,
        "private, no-store",
    );
    response
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}
