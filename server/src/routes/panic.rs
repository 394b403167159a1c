//! A fault of Gantry's own.

use std::any::Any;

use axum::{body::Body, response::Response};
use http::StatusCode;
use words::answers::AnswersTexts;

use crate::middleware::plain;

/// Answers where a handler panicked. The hook has logged it already; nothing of it goes out.
pub fn answer(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    plain::answer(StatusCode::INTERNAL_SERVER_ERROR, AnswersTexts::failed)
}
