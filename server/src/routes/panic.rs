//! Internal errors.

use std::any::Any;

use axum::{body::Body, response::Response};
use http::StatusCode;
use words::answers::AnswersTexts;

use crate::middleware::plain;

/// The answer after a handler panicked. The hook has already logged the panic; the answer contains nothing of it.
pub fn answer(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    plain::answer(StatusCode::INTERNAL_SERVER_ERROR, AnswersTexts::failed)
}
