//! What a share link shows, to whoever holds it.
//!
//! No session is read and none is made: the token alone decides, and it opens nothing else.

use app::paths;
use axum::{
    extract::{Request, State},
    response::{Html, IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use model::Locale;
use registry::{Closed, Occasion};

use crate::{
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
    let page = paths::read_shared_page(request.uri().query().unwrap_or_default());
    match shared.gantry.open_link(occasion, token, page).await {
        Ok(page) => {
            let page = app::share::shared_page(page, &occasion.request, &shared.leptos, locale);
            page_of(StatusCode::OK, page)
        }
        Err(Closed::Gone) => miss(&shared, occasion, locale),
        Err(Closed::Newer) => {
            let page = app::share::newer_page(&occasion.request, &shared.leptos, locale);
            page_of(StatusCode::SERVICE_UNAVAILABLE, page)
        }
        Err(Closed::Unreadable) => {
            let page = app::share::unreadable_page(&occasion.request, &shared.leptos, locale);
            page_of(StatusCode::INTERNAL_SERVER_ERROR, page)
        }
        Err(error @ (Closed::Undecided(_) | Closed::Store(_))) => {
            tracing::warn!(%error, "a link cannot be judged now");
            let page = app::share::undecided_page(&occasion.request, &shared.leptos, locale);
            page_of(StatusCode::SERVICE_UNAVAILABLE, page)
        }
    }
}

/// What a link's page is sent with, and nothing of the page: it is not opened, so nobody is told
/// whether there is one, and no view is counted.
pub async fn probe() -> Response {
    page_of(StatusCode::OK, String::new())
}

/// The answer to a token that opens nothing. Only these are counted and limited: whoever guesses a lot
/// gets shorter answers, and shuts out nobody who has a link.
fn miss(shared: &Shared, occasion: &Occasion, locale: Locale) -> Response {
    metrics::counter!(LINK_MISSES).increment(1);
    if let Err(exceeded) = shared.limits.count_link_miss(occasion) {
        let page = limits::page(exceeded, occasion, locale, &shared.leptos);
        return (headers(), page).into_response();
    }
    tracing::info!(address = ?occasion.address, "a link was asked for that there is not");
    page_of(
        StatusCode::NOT_FOUND,
        app::share::closed_page(&shared.leptos, locale),
    )
}

/// The token as it stands in the path: those that Gantry makes need no decoding.
fn token(uri: &Uri) -> &str {
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
