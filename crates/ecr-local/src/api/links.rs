//! The links from GetDownloadUrlForLayer: a plain GET without a login.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};

use super::Endpoint;
use crate::registry::ErrorKind;

pub(super) async fn download(
    State(endpoint): State<Endpoint>,
    Path(link): Path<String>,
) -> Response {
    match endpoint.registry.follow_link(&link) {
        Ok(content) => {
            let headers = [(header::CONTENT_TYPE, "application/octet-stream")];
            (headers, content.bytes()).into_response()
        }
        Err(error) => {
            // The object store behind ECR's links answers in XML.
            let (status, code) = match error.kind {
                ErrorKind::LayersNotFound | ErrorKind::RepositoryNotFound => {
                    (StatusCode::NOT_FOUND, "NoSuchKey")
                }
                _ => (StatusCode::FORBIDDEN, "AccessDenied"),
            };
            let message = if status == StatusCode::NOT_FOUND {
                "The specified key does not exist."
            } else {
                error.message.as_str()
            };
            let body = format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>");
            (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
        }
    }
}
