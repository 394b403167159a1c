//! The answer while the store does not answer.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use store::StoreError;
use tower_sessions::session;

/// The store does not answer, so what was asked for was not done.
#[derive(Debug)]
pub struct Unavailable;

impl From<StoreError> for Unavailable {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store cannot be used");
        Self
    }
}

impl From<session::Error> for Unavailable {
    fn from(error: session::Error) -> Self {
        tracing::error!(%error, "sessions cannot be used");
        Self
    }
}

impl IntoResponse for Unavailable {
    fn into_response(self) -> Response {
        let message = "The store of sessions does not answer. Nothing was changed; please try again in a moment.\n";
        (StatusCode::SERVICE_UNAVAILABLE, message).into_response()
    }
}
