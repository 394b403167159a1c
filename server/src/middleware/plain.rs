//! Short plain-text answers in the reader's language, for paths without a page.

use std::sync::Arc;

use axum::{
    Extension,
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use words::answers::AnswersTexts;

use crate::browser::locale;

/// The text of an answer, before its language is known.
#[derive(Clone)]
struct Words(Arc<dyn Fn(AnswersTexts) -> String + Send + Sync>);

/// An answer with this text. Its body is empty until it passes [`in_words`].
pub fn answer<S: Into<String>>(
    status: StatusCode,
    say: impl Fn(AnswersTexts) -> S + Send + Sync + 'static,
) -> Response {
    let words = Words(Arc::new(move |texts| say(texts).into() + "\n"));
    (status, Extension(words)).into_response()
}

/// Writes the text of a plain answer. This layer is inside the compression layer and outside all others.
pub async fn in_words(request: Request, next: Next) -> Response {
    let locale = locale(request.headers());
    let mut response = next.run(request).await;
    if let Some(Words(say)) = response.extensions_mut().remove() {
        let text = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, text);
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(say(AnswersTexts(locale)));
    }
    response
}
