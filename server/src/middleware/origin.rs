//! Where a change comes from.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};

/// Refuses a change that carries a cookie and does not say where it comes from. Every browser that
/// Gantry supports says so; the layer behind this one judges what they say.
pub async fn required(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let says = headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site");
    let anonymous = !headers.contains_key(header::COOKIE);
    if request.method().is_safe() || says || anonymous {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "This request does not say which site it comes from. Nothing was changed.\n",
    )
        .into_response()
}
