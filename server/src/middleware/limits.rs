//! The answer to a request beyond a limit.

use access::RequestOrigin;
use app::{
    compact::Compact,
    error::AppError,
    paths,
    too_many::{self, Why},
};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderName, StatusCode, header};
use leptos::{
    config::LeptosOptions,
    server_fn::{ContentType, error::FromServerFnError},
};
use model::Locale;

use crate::limit::{Exceeded, LimitName};

const STATUS: StatusCode = StatusCode::TOO_MANY_REQUESTS;

/// What the page can do: nothing but show text.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The answer to a request beyond a limit: a page, or for a server function the error that its callers know.
pub fn answer(
    exceeded: Exceeded,
    path: &str,
    headers: &HeaderMap,
    page: impl FnOnce(Exceeded) -> Response,
) -> Response {
    if !path.starts_with(paths::API) || wants_page(headers) {
        return page(exceeded);
    }
    let content = [(header::CONTENT_TYPE, Compact::CONTENT_TYPE)];
    let error = AppError::TooMany {
        seconds: exceeded.seconds,
    };
    (STATUS, retry_after(exceeded), content, error.ser()).into_response()
}

/// The page for a request beyond a limit.
pub fn page(
    exceeded: Exceeded,
    request_origin: &RequestOrigin,
    locale: Locale,
    options: &LeptosOptions,
) -> Response {
    let why = match exceeded.limit {
        LimitName::PersonRequests => Why::Requests,
        LimitName::PersonWrites => Why::Writes,
        LimitName::AnonymousRequests => Why::Anonymous,
        LimitName::SignIns => Why::SignIns,
        LimitName::PersonSignIns => Why::PersonSignIns,
        LimitName::LinkMisses => Why::LinkMisses,
        LimitName::LinkRequests => Why::LinkRequests,
        LimitName::LinkViews => Why::LinkViews,
        LimitName::PersonAtOnce => Why::AtOnce,
        LimitName::AddressAtOnce => Why::AnonymousAtOnce,
    };
    let page = too_many::document(
        why,
        exceeded.seconds,
        &request_origin.request,
        options,
        locale,
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (STATUS, retry_after(exceeded), headers, Html(page)).into_response()
}

fn retry_after(exceeded: Exceeded) -> [(HeaderName, String); 1] {
    [(header::RETRY_AFTER, exceeded.seconds.to_string())]
}

/// Whether a form without JavaScript called a server function.
fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    let accept = accept.and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}
