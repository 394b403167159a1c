//! Why something cannot be shown or done, as the browser learns it.

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
#[cfg(feature = "ssr")]
use model::image::MissingImage;
use model::{Action, Problem};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::compact::Compact;

/// Why a page or a server function cannot answer. It contains no text from ECR or the SDK: that text is only in the
/// log, under the request ID.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum AppError {
    /// The viewer is not signed in. Sign in and try again.
    #[error("nobody is signed in")]
    SignedOut,
    /// The item does not exist, or nothing of it is granted. The two look the same on purpose.
    #[error("not found")]
    NotFound,
    /// The viewer sees the repository, but this action on it is not granted.
    #[error("{0} is not granted")]
    Withheld(Action),
    /// Gantry has not read the registries since the server started.
    #[error("the registries are still being read")]
    StillReading,
    /// The policies that last granted it are too old, and could not be read again.
    #[error("the policies could not be read again")]
    Undecided(Problem),
    /// ECR could not be asked, or could not answer.
    #[error("the registry could not be asked")]
    Problem(Problem),
    /// The person or their address sent too many requests. Nothing was changed.
    #[error("too many requests")]
    TooMany {
        /// How many seconds to wait.
        seconds: u32,
    },
    /// Gantry's store does not answer. Nothing was changed.
    #[error("the store does not answer")]
    Store,
    /// The arguments are invalid.
    #[error("the request is not understood")]
    BadRequest,
    /// An internal error. The log has the details.
    #[error("internal error")]
    Internal,
    /// The browser could not reach the server. Only the browser creates it.
    #[error("the server could not be reached")]
    Unreachable,
    /// The tag or image does not exist in a repository whose tags the viewer sees. Only pages return it, and pages run
    /// on the server only. It is the last one because the browser, which does not have it, knows the others by position.
    #[cfg(feature = "ssr")]
    #[error("no such tag or image")]
    Missing(Box<MissingImage>),
}

impl AppError {
    /// The HTTP status of the response.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::NotFound | Self::Problem(Problem::Gone) => 404,
            #[cfg(feature = "ssr")]
            Self::Missing(_) => 404,
            Self::Withheld(_) => 403,
            Self::BadRequest => 400,
            Self::TooMany { .. } => 429,
            Self::Store
            | Self::StillReading
            | Self::Undecided(_)
            | Self::Problem(Problem::Throttled) => 503,
            Self::Problem(Problem::Unreachable) => 504,
            Self::Problem(_) => 502,
            Self::Internal | Self::Unreachable => 500,
        }
    }
}

/// Seconds after which the client may try again, for what is temporarily unavailable.
#[cfg(feature = "ssr")]
const RETRY_AFTER: http::HeaderValue = http::HeaderValue::from_static("5");

#[cfg(feature = "ssr")]
impl AppError {
    /// Sets the status of the response. Without a response it does nothing.
    pub fn set_status(&self, response: Option<&leptos_axum::ResponseOptions>) {
        let status = http::StatusCode::from_u16(self.status());
        if let (Some(response), Ok(status)) = (response, status) {
            response.set_status(status);
            if status == http::StatusCode::SERVICE_UNAVAILABLE {
                response.insert_header(http::header::RETRY_AFTER, RETRY_AFTER);
            }
        }
    }
}

#[cfg(feature = "ssr")]
impl From<dashboard::Refusal> for AppError {
    fn from(refusal: dashboard::Refusal) -> Self {
        match refusal {
            dashboard::Refusal::NotFound => Self::NotFound,
            dashboard::Refusal::Withheld(action) => Self::Withheld(action),
            dashboard::Refusal::StillReading => Self::StillReading,
            dashboard::Refusal::Undecided(problem) => Self::Undecided(problem),
            dashboard::Refusal::Problem(problem) => Self::Problem(problem),
            dashboard::Refusal::Store => Self::Store,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<store::StoreError> for AppError {
    fn from(_: store::StoreError) -> Self {
        Self::Store
    }
}

impl FromServerFnError for AppError {
    type Encoder = Compact;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let answer = match error {
            // The body is not a form. In the browser: the response is not valid.
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Deserialization(_) => Self::BadRequest,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::BadRequest,
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            _ => Self::Internal,
        };
        // Arguments that cannot be read never reach the function, which would set the status.
        #[cfg(feature = "ssr")]
        answer.set_status(leptos::prelude::use_context().as_ref());
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_internal_failure_reveals_no_details() {
        let secret = "refused for arn:aws:iam::111122223333:role/host";
        for error in [
            ServerFnErrorErr::ServerError(secret.into()),
            ServerFnErrorErr::MiddlewareError(secret.into()),
            ServerFnErrorErr::Args(secret.into()),
            ServerFnErrorErr::Request(secret.into()),
        ] {
            let error = AppError::from_server_fn_error(error);
            let sent = String::from_utf8_lossy(&error.ser()).into_owned();
            assert!(!sent.contains("arn:"), "{sent}");
            assert!(!error.to_string().contains("arn:"), "{error}");
        }
    }

    #[test]
    fn the_browser_decodes_the_error_that_the_server_sent() {
        let error = AppError::Withheld(Action::BatchGetImage);
        assert_eq!(AppError::de(error.ser()), error);
        // On the server, the body that cannot be read is the request's.
        let unreadable = if cfg!(feature = "ssr") {
            AppError::BadRequest
        } else {
            AppError::Internal
        };
        assert_eq!(AppError::de("<html>".into()), unreadable);
    }

    #[test]
    fn a_deleted_item_and_one_that_never_existed_look_the_same() {
        assert_eq!(
            AppError::Problem(Problem::Gone).status(),
            AppError::NotFound.status()
        );
    }
}
