//! A fault of Gantry's own.

use std::any::Any;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::StatusCode;

/// Answers where a handler panicked. The hook has logged it already; nothing of it goes out.
pub fn answer(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let message = "Gantry met a fault of its own. Whether something was changed is in the log, under the \
                   id in this answer's x-request-id header.\n";
    (StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
}
