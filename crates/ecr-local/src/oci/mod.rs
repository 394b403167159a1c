//! The registry's own HTTP API under `/v2/`, which skopeo, podman and docker use to push and pull.
//!
//! It follows the OCI distribution specification 1.1 and, where that leaves a choice, ECR: one login for everything,
//! tags under the repository's mutability rules, no catalogue of repositories.

mod blobs;
mod error;
mod login;
mod manifests;
mod path;
mod referrers;
mod tags;
mod uploads;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use http::{Method, StatusCode, Uri};

use crate::registry::{Registry, check_repository_name};
use error::OciError;
use path::Place;

/// The registry, in the form that every handler gets.
type Shared = Arc<Registry>;
/// The query parameters.
type Query = HashMap<String, String>;

/// All routes under `/v2/`.
pub fn router(registry: Shared) -> Router {
    Router::new()
        .route("/v2", get(version))
        .route("/v2/", get(version))
        .route("/v2/{*path}", any(dispatch))
        .layer(from_fn_with_state(Arc::clone(&registry), login::require))
        .with_state(registry)
}

/// Confirms to a logged-in client that this is a version 2 registry.
async fn version() -> StatusCode {
    StatusCode::OK
}

async fn dispatch(
    State(registry): State<Shared>,
    Path(path): Path<String>,
    request: Request,
) -> Response {
    let Some((name, place)) = path::parse(&path) else {
        return OciError::new(
            StatusCode::NOT_FOUND,
            "UNSUPPORTED",
            "no such place in a registry",
        )
        .into_response();
    };
    if let Err(error) = check_repository_name(name) {
        return OciError::new(StatusCode::BAD_REQUEST, "NAME_INVALID", error.message)
            .into_response();
    }
    route(&registry, name, place, request)
        .await
        .unwrap_or_else(OciError::into_response)
}

/// The whole protocol: place, method and handler.
async fn route(
    registry: &Registry,
    name: &str,
    place: Place,
    request: Request,
) -> Result<Response, OciError> {
    let (head, body) = request.into_parts();
    let query = parameters(&head.uri)?;
    let headers = &head.headers;
    match (place, head.method) {
        (Place::Blob(digest), Method::GET) => blobs::get(registry, name, &digest, headers),
        (Place::Blob(digest), Method::HEAD) => blobs::head(registry, name, &digest),
        (Place::Uploads, Method::POST) => uploads::start(registry, name, &query, body).await,
        (Place::Upload(id), Method::GET) => uploads::progress(registry, name, &id),
        (Place::Upload(id), Method::PATCH) => {
            uploads::append(registry, name, &id, headers, body).await
        }
        (Place::Upload(id), Method::PUT) => {
            uploads::finish(registry, name, &id, &query, body).await
        }
        (Place::Upload(id), Method::DELETE) => uploads::cancel(registry, name, &id),
        (Place::Manifest(reference), Method::GET) => {
            manifests::get(registry, name, &reference, headers)
        }
        (Place::Manifest(reference), Method::HEAD) => {
            manifests::head(registry, name, &reference, headers)
        }
        (Place::Manifest(reference), Method::PUT) => {
            manifests::put(registry, name, reference, headers, body).await
        }
        (Place::Manifest(reference), Method::DELETE) => {
            manifests::delete(registry, name, &reference)
        }
        (Place::Tags, Method::GET) => tags::list(registry, name, &query),
        (Place::Referrers(digest), Method::GET) => referrers::list(registry, name, &digest, &query),
        _ => Err(OciError::unsupported()),
    }
}

fn parameters(uri: &Uri) -> Result<Query, OciError> {
    let parameters = axum::extract::Query::try_from_uri(uri);
    parameters
        .map(|axum::extract::Query(query)| query)
        .map_err(|error| OciError::new(StatusCode::BAD_REQUEST, "UNSUPPORTED", error.to_string()))
}

/// An answer without a body.
fn empty(builder: http::response::Builder) -> Result<Response, OciError> {
    finish(builder, Body::empty())
}

/// An answer with a body. The headers come from this server, so an invalid one is an internal error.
fn finish(builder: http::response::Builder, body: impl Into<Body>) -> Result<Response, OciError> {
    builder.body(body.into()).map_err(|error| {
        OciError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "UNSUPPORTED",
            error.to_string(),
        )
    })
}
