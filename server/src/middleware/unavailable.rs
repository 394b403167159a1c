//! The answer while the store is unavailable.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use store::StoreError;
use tower_sessions::session;
use words::answers::AnswersTexts;

use super::plain;

/// The store is unavailable, so the request was not carried out.
#[derive(Debug)]
pub struct Unavailable;

impl From<StoreError> for Unavailable {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "The store does not answer");
        Self
    }
}

impl From<session::Error> for Unavailable {
    fn from(error: session::Error) -> Self {
        tracing::error!(%error, "Gantry cannot read or write a session in the store");
        Self
    }
}

impl IntoResponse for Unavailable {
    fn into_response(self) -> Response {
        plain::answer(StatusCode::SERVICE_UNAVAILABLE, AnswersTexts::store)
    }
}
