//! Errors in the JSON format of the OCI distribution specification.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use crate::registry::{EcrError, ErrorKind};

/// An error response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OciError {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl OciError {
    /// An error with a status, one of the specification's codes and a message for people.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// A blob that is not in the repository.
    pub fn blob_unknown() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "BLOB_UNKNOWN",
            "blob unknown to registry",
        )
    }

    /// A path that does not exist, or a method that the path does not support.
    pub fn unsupported() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "UNSUPPORTED",
            "the operation is unsupported",
        )
    }

    /// A body that was incomplete or too large.
    pub fn unreadable_body(what: impl ToString) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "SIZE_INVALID", what.to_string())
    }
}

impl From<EcrError> for OciError {
    fn from(error: EcrError) -> Self {
        let (status, code) = match error.kind {
            ErrorKind::RepositoryNotFound => (StatusCode::NOT_FOUND, "NAME_UNKNOWN"),
            ErrorKind::ImageNotFound | ErrorKind::ImageArchived => {
                (StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN")
            }
            ErrorKind::LayersNotFound | ErrorKind::ReferencedImagesNotFound => {
                (StatusCode::NOT_FOUND, "MANIFEST_BLOB_UNKNOWN")
            }
            ErrorKind::LayerInaccessible => (StatusCode::NOT_FOUND, "BLOB_UNKNOWN"),
            ErrorKind::UploadNotFound => (StatusCode::NOT_FOUND, "BLOB_UPLOAD_UNKNOWN"),
            ErrorKind::ImageTagAlreadyExists => (StatusCode::BAD_REQUEST, "TAG_INVALID"),
            ErrorKind::ImageDigestDoesNotMatch
            | ErrorKind::InvalidLayer
            | ErrorKind::EmptyUpload => (StatusCode::BAD_REQUEST, "DIGEST_INVALID"),
            ErrorKind::InvalidParameter => (StatusCode::BAD_REQUEST, "MANIFEST_INVALID"),
            ErrorKind::LimitExceeded => (StatusCode::BAD_REQUEST, "SIZE_INVALID"),
            ErrorKind::AccessDenied => (StatusCode::FORBIDDEN, "DENIED"),
            ErrorKind::Throttling => (StatusCode::TOO_MANY_REQUESTS, "TOOMANYREQUESTS"),
            _ => (error.kind.status(), "UNSUPPORTED"),
        };
        Self::new(status, code, error.message)
    }
}

impl IntoResponse for OciError {
    fn into_response(self) -> Response {
        let body = json!({"errors": [{"code": self.code, "message": self.message}]});
        (self.status, Json(body)).into_response()
    }
}
