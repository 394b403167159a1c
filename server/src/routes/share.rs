//! What a share link shows to anyone who has it.
//!
//! No session is read or created: the token alone decides, and it opens nothing else.

use access::RequestOrigin;
use app::paths;
use axum::{
    extract::{Request, State},
    response::{Html, IntoResponse, Response},
};
use dashboard::Closed;
use http::StatusCode;
use model::Locale;
use tracing::field;

use crate::{
    browser::accepted,
    limit::Exceeded,
    metrics::LINK_MISSES,
    middleware::{limits, share_link::token},
    state::Shared,
};

/// Every path that contains a token.
pub const PATH: &str = "/s/{*token}";

/// The page of a link.
pub async fn open(State(shared): State<Shared>, request: Request) -> Response {
    let locale = accepted(request.headers());
    let Some(request_origin) = request.extensions().get::<RequestOrigin>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let token = token(request.uri());
    // Counted before the link is looked up: the answer reveals nothing about the link, and the store is not read.
    let counted = shared
        .limits
        .count_link_request(&dashboard::link_key(token), request_origin);
    if let Err(exceeded) = counted {
        return beyond(&shared, exceeded, request_origin, locale);
    }
    let page = paths::read_shared_page(request.uri().query().unwrap_or_default());
    let found = match shared.gantry.links.find(token).await {
        Ok(found) => found,
        Err(closed) => return closed_page(&shared, request_origin, locale, &closed),
    };
    match shared.gantry.links.open(request_origin, found, page).await {
        Ok(page) => {
            let page =
                app::share::shared_page(page, &request_origin.request, &shared.leptos, locale);
            page_of(StatusCode::OK, page)
        }
        Err(closed) => closed_page(&shared, request_origin, locale, &closed),
    }
}

/// The page of a link that does not open.
fn closed_page(
    shared: &Shared,
    request_origin: &RequestOrigin,
    locale: Locale,
    closed: &Closed,
) -> Response {
    let (request, options) = (&request_origin.request, &shared.leptos);
    match closed {
        Closed::Gone => miss(shared, request_origin, locale),
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

/// The headers of a link's page, without the page. The link is not opened, so the answer does not reveal whether it
/// exists, and no view is counted.
pub async fn probe() -> Response {
    page_of(StatusCode::OK, String::new())
}

/// The answer to a token that opens nothing. A client that guesses often gets shorter answers, and does not affect
/// people who have a link.
fn miss(shared: &Shared, request_origin: &RequestOrigin, locale: Locale) -> Response {
    metrics::counter!(LINK_MISSES).increment(1);
    if let Err(exceeded) = shared.limits.count_link_miss(request_origin) {
        return beyond(shared, exceeded, request_origin, locale);
    }
    tracing::info!(
        client.address = request_origin.address.map(field::display),
        "A share link did not open: it does not exist, has ended or was revoked"
    );
    page_of(
        StatusCode::NOT_FOUND,
        app::share::closed_page(&shared.leptos, locale),
    )
}

/// The answer beyond a limit.
fn beyond(
    shared: &Shared,
    exceeded: Exceeded,
    request_origin: &RequestOrigin,
    locale: Locale,
) -> Response {
    limits::page(exceeded, request_origin, locale, &shared.leptos)
}

fn page_of(status: StatusCode, page: String) -> Response {
    (status, Html(page)).into_response()
}
