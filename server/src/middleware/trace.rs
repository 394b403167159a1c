//! What the log says of a request.

use std::time::Duration;

use app::paths;
use axum::{body::Body, extract::Request, middleware::Next, response::Response};
use tower_http::request_id::RequestId;
use tracing::{Span, field};

/// Drops an id that came with the request: ids are quoted to find log lines, so they are made here.
pub async fn without_foreign_id(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove("x-request-id");
    next.run(request).await
}

/// A request's span: its id, method and path. The query stays out, as people type into it; and so does
/// the token of a share link, which opens it for whoever reads the log.
pub fn span(request: &http::Request<Body>) -> Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok());
    tracing::info_span!("request", id, method = %request.method(), path = path(request.uri().path()), status = field::Empty)
}

fn path(path: &str) -> &str {
    if path.starts_with(paths::SHARED) {
        "/s/-"
    } else {
        path
    }
}

/// The line for an answered request.
pub fn answered(response: &http::Response<Body>, took: Duration, span: &Span) {
    span.record("status", response.status().as_u16());
    let milliseconds = took.as_secs_f64() * 1_000.0;
    if response.status().is_server_error() {
        tracing::error!(milliseconds, "answered with an error");
    } else {
        tracing::debug!(milliseconds, "answered");
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
    }
}
