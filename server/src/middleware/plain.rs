//! Short answers in plain text, where there is no page, in the language of the reader.

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

use super::request::locale;

/// What an answer says, until it is known in which language.
#[derive(Clone)]
struct Words(Arc<dyn Fn(AnswersTexts) -> String + Send + Sync>);

/// An answer that says this. Its body is empty until it passes [`in_words`].
pub fn answer<S: Into<String>>(
    status: StatusCode,
    say: impl Fn(AnswersTexts) -> S + Send + Sync + 'static,
) -> Response {
    let words = Words(Arc::new(move |texts| say(texts).into() + "\n"));
    (status, Extension(words)).into_response()
}

/// Writes what a plain answer says. It stands within the compression, and around everything else too.
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
