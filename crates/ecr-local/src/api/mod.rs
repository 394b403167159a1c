//! ECR's wire protocol: awsJson1.1 at `POST /`, and those of STS and SQS at the same path.
//!
//! This layer decodes a request, calls the registry, and encodes the answer. The rules are in [`crate::registry`].

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
mod signing;
mod sqs;
mod sts;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::map_response;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::events;
use crate::faults::Faults;
use crate::registry::{Caller, EcrError, ErrorKind, Registry, uuid};

/// The largest request: a layer part of 20 MiB in base64, and the JSON around it.
const MAX_BODY: usize = 32 * 1024 * 1024;
/// The prefix of the operation's name in `X-Amz-Target`.
const TARGET: &str = "AmazonEC2ContainerRegistry_V20150921.";
const JSON: &str = "application/x-amz-json-1.1";
const REQUEST_ID: &str = "x-amzn-requestid";

/// What every operation gets in addition to its request.
pub(crate) struct Context<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) caller: &'a Caller,
}

#[derive(Clone)]
struct Endpoint {
    registry: Arc<Registry>,
    faults: Arc<Faults>,
}

impl Endpoint {
    /// Waits or fails as the configured faults say.
    async fn meet_faults(&self, operation: &str, repository: Option<&str>) -> Result<(), EcrError> {
        let (wait, met) = self.faults.meet(operation, repository);
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        met
    }
}

/// All routes except `/v2/`. Unknown paths get an AWS error too, never HTML.
pub(crate) fn router(registry: Arc<Registry>, faults: Arc<Faults>) -> Router {
    let endpoint = Endpoint { registry, faults };
    Router::new()
        .route("/", post(answer).fallback(unknown))
        .route("/layers/{link}", get(links::download))
        .fallback(unknown)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(map_response(with_request_id))
        .with_state(endpoint)
}

/// Adds a request ID to every answer that does not have one.
async fn with_request_id(mut answer: Response) -> Response {
    if let Ok(id) = HeaderValue::try_from(uuid()) {
        answer.headers_mut().entry(REQUEST_ID).or_insert(id);
    }
    answer
}

async fn unknown() -> Response {
    encode(Err(unknown_operation()))
}

async fn answer(
    State(endpoint): State<Endpoint>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(error) => return encode(Err(unreadable(&error))),
    };
    let Some(target) = headers.get("x-amz-target") else {
        let answer = sts::answer(&endpoint, &headers, &body).await;
        return answer.unwrap_or_else(|| encode(Err(unknown_operation())));
    };
    let target = target.to_str().unwrap_or_default();
    if let Some(operation) = target.strip_prefix(sqs::TARGET) {
        return sqs::answer(&endpoint, &headers, operation, &body).await;
    }
    match target.strip_prefix(TARGET) {
        Some(operation) => encode(perform(endpoint, operation.to_owned(), &headers, body).await),
        None => encode(Err(unknown_operation())),
    }
}

async fn perform(
    endpoint: Endpoint,
    operation: String,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<Value, EcrError> {
    let caller = signature::caller(&endpoint.registry, headers, "ecr")?;
    let request = decode(&body)?;
    drop(body);
    endpoint
        .meet_faults(&operation, request["repositoryName"].as_str())
        .await?;
    // Hashing a layer or generating a thousand images would block the other requests of this thread.
    tokio::task::spawn_blocking(move || {
        let context = Context {
            registry: &endpoint.registry,
            caller: &caller,
        };
        let reported = events::parameters(&operation, &request);
        let answer = operations::perform(&context, &operation, request);
        if let (Some(parameters), Ok(answer)) = (reported, &answer) {
            events::report(
                context.registry,
                context.caller,
                &operation,
                parameters,
                answer,
            );
        }
        answer
    })
    .await
    .unwrap_or_else(|error| Err(EcrError::new(ErrorKind::Server, error.to_string())))
}

/// Parses a request's body: a JSON object, or an empty body for an operation without parameters.
fn decode(body: &[u8]) -> Result<Value, EcrError> {
    if body.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    let refused = |message: String| EcrError::new(ErrorKind::Serialization, message);
    match serde_json::from_slice(body) {
        Ok(request @ Value::Object(_)) => Ok(request),
        Ok(_) => Err(refused("The request is no JSON object".to_owned())),
        Err(error) => Err(refused(error.to_string())),
    }
}

fn encode(answer: Result<Value, EcrError>) -> Response {
    let (status, body) = match &answer {
        Ok(body) => (StatusCode::OK, body.to_string()),
        Err(error) => (error.kind.status(), error.body().to_string()),
    };
    (status, [(header::CONTENT_TYPE, JSON)], body).into_response()
}

fn unreadable(error: &BytesRejection) -> EcrError {
    EcrError::new(ErrorKind::Serialization, error.body_text())
}

fn unknown_operation() -> EcrError {
    EcrError::new(
        ErrorKind::UnknownOperation,
        "The requested operation is not offered here",
    )
}
