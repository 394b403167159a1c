//! From where a request comes, and what it is called.

use axum::{extract::Request, middleware::Next, response::Response};
use registry::Occasion;
use tower_http::request_id::RequestId;

/// Makes what the audit log says of a request's origin, for every handler: an extension.
pub async fn note(mut request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok());
    let occasion = Occasion {
        address: None,
        request: id.unwrap_or_default().into(),
    };
    request.extensions_mut().insert(occasion);
    next.run(request).await
}
