//! Answers of the sign-in's provider, read up to a limit.

use thiserror::Error;

/// The largest answer that is read, in bytes: keys and tokens are small.
const MOST_BYTES: usize = 512 * 1024;

/// Why a call had no answer.
#[derive(Debug, Error)]
pub(super) enum AnswerError {
    #[error(transparent)]
    Request(#[from] reqwest::Error),
    #[error(transparent)]
    Http(#[from] http::Error),
    #[error("the answer is larger than {MOST_BYTES} bytes")]
    TooLarge,
}

/// An answer's body.
pub(super) async fn body(mut answer: reqwest::Response) -> Result<Vec<u8>, AnswerError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(AnswerError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
