//! ECR's wire protocol: awsJson1.1 at `POST /`, and STS's query protocol at the same place.
//!
//! This layer decodes a request, calls the registry, and encodes the answer. What a request may
//! do is decided in [`crate::registry`].

mod account;
mod images;
mod layers;
mod lifecycle;
mod links;
mod lists;
mod operations;
mod policies;
mod replication;
mod repositories;
mod scanning;
mod shapes;
mod signature;
mod sts;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::faults::Faults;
use crate::registry::{Caller, EcrError, ErrorKind, Registry, uuid};

/// The largest request: a layer part of 20 MiB in base64, and its wrapping.
const MAX_BODY: usize = 32 * 1024 * 1024;
/// What `X-Amz-Target` holds before the operation's name.
const TARGET: &str = "AmazonEC2ContainerRegistry_V20150921.";
const JSON: &str = "application/x-amz-json-1.1";

/// What every operation gets beside its own request.
pub(crate) struct Context<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) caller: &'a Caller,
}

#[derive(Clone)]
struct Endpoint {
    registry: Arc<Registry>,
    faults: Arc<Faults>,
}

/// Everything but `/v2/`. What is not there gets an AWS error too, never HTML.
pub(crate) fn router(registry: Arc<Registry>, faults: Arc<Faults>) -> Router {
    let endpoint = Endpoint { registry, faults };
    Router::new()
        .route("/", post(answer).fallback(unknown))
        .route("/layers/{link}", get(links::download))
        .fallback(unknown)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(endpoint)
}

async fn unknown() -> Response {
    encode(Err(unknown_operation()))
}

async fn answer(State(endpoint): State<Endpoint>, headers: HeaderMap, body: Bytes) -> Response {
    match headers.get("x-amz-target").map(HeaderValue::to_str) {
        None => sts::answer(&endpoint.registry, &headers, &body),
        Some(Ok(target)) => match target.strip_prefix(TARGET) {
            Some(operation) => {
                encode(perform(endpoint, operation.to_owned(), &headers, body).await)
            }
            None => encode(Err(unknown_operation())),
        },
        Some(Err(_)) => encode(Err(unknown_operation())),
    }
}

async fn perform(
    endpoint: Endpoint,
    operation: String,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<Value, EcrError> {
    let caller = signature::caller(&endpoint.registry, headers, "ecr")?;
    let request: Value = if body.is_empty() {
        Value::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(&body)
            .map_err(|error| EcrError::new(ErrorKind::Serialization, error.to_string()))?
    };
    drop(body);
    let (wait, met) = endpoint
        .faults
        .meet(&operation, request["repositoryName"].as_str());
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    met?;
    // Hashing a layer or making a thousand images would hold up the other requests of this thread.
    tokio::task::spawn_blocking(move || {
        let context = Context {
            registry: &endpoint.registry,
            caller: &caller,
        };
        operations::perform(&context, &operation, request)
    })
    .await
    .unwrap_or_else(|error| Err(EcrError::new(ErrorKind::Server, error.to_string())))
}

fn encode(answer: Result<Value, EcrError>) -> Response {
    let (status, body) = match &answer {
        Ok(body) => (StatusCode::OK, body.to_string()),
        Err(error) => (error.kind.status(), error.body().to_string()),
    };
    let headers = [
        (header::CONTENT_TYPE.as_str(), JSON.to_owned()),
        ("x-amzn-requestid", uuid()),
    ];
    (status, headers, body).into_response()
}

fn unknown_operation() -> EcrError {
    EcrError::new(
        ErrorKind::UnknownOperation,
        "The requested operation is not offered here",
    )
}
