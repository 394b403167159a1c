//! Calls to the provider.

use std::{future::Future, pin::Pin, time::Duration};

use http::{StatusCode, header};
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use thiserror::Error;

use super::claims::Claims;

/// The largest answer that is read, in bytes: keys and tokens are small.
const MOST_BYTES: usize = 512 * 1024;

/// Why a call had no usable answer.
#[derive(Debug, Error)]
pub(super) enum AnswerError {
    #[error(transparent)]
    Request(#[from] reqwest::Error),
    #[error(transparent)]
    Http(#[from] http::Error),
    #[error("the answer is larger than {MOST_BYTES} bytes")]
    TooLarge,
    #[error("the answer has the status {0}")]
    Status(StatusCode),
    #[error("the answer is not a JSON object: {0}")]
    Json(#[from] serde_json::Error),
}

/// The client for all calls of a sign-in.
#[derive(Debug)]
pub(super) struct Http(reqwest::Client);

/// A body, and whether it is a signed token and not JSON.
pub(super) struct Answer {
    pub(super) body: Vec<u8>,
    pub(super) is_token: bool,
}

impl Http {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            // Discovery names all of the provider's endpoints, so redirects are not followed.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(8))
            .build()?;
        Ok(Self(client))
    }

    /// The answer of a URL, with a bearer token if one is given.
    pub(super) async fn get(&self, url: &str, bearer: Option<&str>) -> Result<Answer, AnswerError> {
        let mut request = self.0.get(url);
        if let Some(token) = bearer {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await?;
        if answer.status() != StatusCode::OK {
            return Err(AnswerError::Status(answer.status()));
        }
        let kind = answer.headers().get(header::CONTENT_TYPE);
        let kind = kind.map_or(&[][..], |kind| kind.as_bytes());
        Ok(Answer {
            is_token: kind.to_ascii_lowercase().starts_with(b"application/jwt"),
            body: body(answer).await?,
        })
    }

    /// The JSON object that a URL returns.
    pub(super) async fn json(&self, url: &str) -> Result<Claims, AnswerError> {
        let answer = self.get(url, None).await?;
        Ok(serde_json::from_slice(&answer.body)?)
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, AnswerError> {
        let answer = self.0.execute(request.try_into()?).await?;
        let mut response = http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            response = response.header(name, value);
        }
        Ok(response.body(body(answer).await?)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = AnswerError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, AnswerError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// An answer's body, read up to a limit.
async fn body(mut answer: reqwest::Response) -> Result<Vec<u8>, AnswerError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(AnswerError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
