//! What a share link shows, to whoever holds it.
//!
//! No session is read and none is made: the token alone decides, and it opens nothing else.

use access::Occasion;
use app::paths;
use axum::{
    extract::{Request, State},
    response::{Html, IntoResponse, Response},
};
use dashboard::Closed;
use http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use model::Locale;
use tracing::field;

use crate::{
    limit::Exceeded,
    metrics::LINK_MISSES,
    middleware::{limits, request::accepted},
    serve::Shared,
};

/// Every path that holds a token.
pub const PATH: &str = "/s/{*token}";

/// What the page may do: be read. Nothing runs in it, nothing is sent from it, nobody frames it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'none'; \
                      frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The page of a link.
pub async fn open(State(shared): State<Shared>, request: Request) -> Response {
    let locale = accepted(request.headers());
    let Some(occasion) = request.extensions().get::<Occasion>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let token = token(request.uri());
    // Before the link is looked up: the answer says nothing about it, and the store is not read for it.
    let counted = shared
        .limits
        .count_link_request(&dashboard::link_key(token), occasion);
    if let Err(exceeded) = counted {
        return beyond(&shared, exceeded, occasion, locale);
    }
    let page = paths::read_shared_page(request.uri().query().unwrap_or_default());
    let found = match shared.gantry.links.find(token).await {
        Ok(found) => found,
        Err(closed) => return closed_page(&shared, occasion, locale, &closed),
    };
    match shared.gantry.links.open(occasion, found, page).await {
        Ok(page) => {
            let page = app::share::shared_page(page, &occasion.request, &shared.leptos, locale);
            page_of(StatusCode::OK, page)
        }
        Err(closed) => closed_page(&shared, occasion, locale, &closed),
    }
}

/// The page of a link that does not open.
fn closed_page(shared: &Shared, occasion: &Occasion, locale: Locale, closed: &Closed) -> Response {
    let (request, options) = (&occasion.request, &shared.leptos);
    match closed {
        Closed::Gone => miss(shared, occasion, locale),
        Closed::Newer => {
            let page = app::share::newer_page(request, options, locale);
            page_of(StatusCode::SERVICE_UNAVAILABLE, page)
        }
        Closed::Unreadable => {
            let page = app::share::unreadable_page(request, options, locale);
            page_of(StatusCode::INTERNAL_SERVER_ERROR, page)
        }
        Closed::Undecided(_) | Closed::Store(_) => {
            tracing::warn!(error = %closed, "Gantry cannot decide now whether a share link opens");
            let page = app::share::undecided_page(request, options, locale);
            page_of(StatusCode::SERVICE_UNAVAILABLE, page)
        }
    }
}

/// What a link's page is sent with, and nothing of the page: it is not opened, so nobody is told
/// whether there is one, and no view is counted.
pub async fn probe() -> Response {
    page_of(StatusCode::OK, String::new())
}

/// The answer to a token that opens nothing. Whoever guesses a lot gets shorter answers, and shuts out
/// nobody who has a link.
fn miss(shared: &Shared, occasion: &Occasion, locale: Locale) -> Response {
    metrics::counter!(LINK_MISSES).increment(1);
    if let Err(exceeded) = shared.limits.count_link_miss(occasion) {
        return beyond(shared, exceeded, occasion, locale);
    }
    tracing::info!(
        client.address = occasion.address.map(field::display),
        "A share link did not open: it does not exist, has ended or was revoked"
    );
    page_of(
        StatusCode::NOT_FOUND,
        app::share::closed_page(&shared.leptos, locale),
    )
}

/// The answer beyond a limit.
fn beyond(shared: &Shared, exceeded: Exceeded, occasion: &Occasion, locale: Locale) -> Response {
    let page = limits::page(exceeded, occasion, locale, &shared.leptos);
    (headers(), page).into_response()
}

/// The token as it stands in the path: those that Gantry makes need no decoding.
pub fn token(uri: &Uri) -> &str {
    uri.path().strip_prefix(paths::SHARED).unwrap_or_default()
}

fn page_of(status: StatusCode, page: String) -> Response {
    (status, headers(), Html(page)).into_response()
}

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
