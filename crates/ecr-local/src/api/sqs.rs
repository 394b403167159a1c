//! SQS's wire protocol (awsJson1.0 at the same path), for one queue: EventBridge sends the registry's events to it.

use std::time::Duration;

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Endpoint, decode, signature, unknown_operation};
use crate::registry::{EcrError, ErrorKind, QUEUE, Registry};

/// The prefix of the operation's name in `X-Amz-Target`.
pub(super) const TARGET: &str = "AmazonSQS.";
const JSON: &str = "application/x-amz-json-1.0";
/// SQS's limits: messages in an answer, the longest wait, and how long a message is hidden by default.
const MAX_MESSAGES: usize = 10;
const MAX_WAIT: u64 = 20;
const HIDDEN: u64 = 30;
/// The longest time that a message is hidden: 12 hours.
const MAX_HIDDEN: u64 = 12 * 60 * 60;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct GetUrl {
    queue_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Named {
    queue_url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Receive {
    queue_url: String,
    max_number_of_messages: Option<usize>,
    visibility_timeout: Option<u64>,
    wait_time_seconds: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Delete {
    queue_url: String,
    receipt_handle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DeleteBatch {
    queue_url: String,
    entries: Vec<DeleteEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DeleteEntry {
    id: String,
    receipt_handle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Send {
    queue_url: String,
    message_body: String,
}

pub(super) async fn answer(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    operation: &str,
    body: &[u8],
) -> Response {
    let (status, body) = match perform(endpoint, headers, operation, body).await {
        Ok(answer) => (StatusCode::OK, answer),
        Err(error) => (error.kind.status(), error.body()),
    };
    (status, [(header::CONTENT_TYPE, JSON)], body.to_string()).into_response()
}

async fn perform(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    operation: &str,
    body: &[u8],
) -> Result<Value, EcrError> {
    let registry = &endpoint.registry;
    signature::caller(registry, headers, "sqs")?;
    let request = decode(body)?;
    endpoint.meet_faults(operation, None).await?;
    let queue = registry.events();
    match operation {
        "GetQueueUrl" => {
            let request: GetUrl = parsed(request)?;
            match request.queue_name == QUEUE {
                true => Ok(json!({ "QueueUrl": registry.queue_url() })),
                false => Err(no_queue()),
            }
        }
        "GetQueueAttributes" => {
            check(registry, &parsed::<Named>(request)?.queue_url)?;
            let (visible, hidden) = queue.counts();
            Ok(json!({ "Attributes": {
                "ApproximateNumberOfMessages": visible.to_string(),
                "ApproximateNumberOfMessagesNotVisible": hidden.to_string(),
                "VisibilityTimeout": HIDDEN.to_string(),
            } }))
        }
        "ReceiveMessage" => receive(registry, parsed(request)?).await,
        "DeleteMessage" => {
            let request: Delete = parsed(request)?;
            check(registry, &request.queue_url)?;
            queue.delete(&request.receipt_handle);
            Ok(json!({}))
        }
        "DeleteMessageBatch" => {
            let request: DeleteBatch = parsed(request)?;
            check(registry, &request.queue_url)?;
            let deleted = request.entries.iter().map(|entry| {
                queue.delete(&entry.receipt_handle);
                json!({ "Id": entry.id })
            });
            Ok(json!({ "Successful": deleted.collect::<Vec<_>>(), "Failed": [] }))
        }
        "SendMessage" => {
            let request: Send = parsed(request)?;
            check(registry, &request.queue_url)?;
            Ok(json!({ "MessageId": queue.send(request.message_body) }))
        }
        _ => Err(unknown_operation()),
    }
}

async fn receive(registry: &Registry, request: Receive) -> Result<Value, EcrError> {
    check(registry, &request.queue_url)?;
    let most = request.max_number_of_messages.unwrap_or(1);
    let wait = request.wait_time_seconds.unwrap_or(0);
    let hidden = request.visibility_timeout.unwrap_or(HIDDEN);
    let is_valid = (1..=MAX_MESSAGES).contains(&most) && wait <= MAX_WAIT && hidden <= MAX_HIDDEN;
    if !is_valid {
        return Err(EcrError::invalid("Receive", "is out of the range of SQS"));
    }
    let (hidden, wait) = (Duration::from_secs(hidden), Duration::from_secs(wait));
    let received = registry.events().receive(most, hidden, wait).await;
    let messages = received.into_iter().map(|message| {
        json!({
            "MessageId": message.id,
            "ReceiptHandle": message.receipt,
            "Body": message.body,
        })
    });
    let messages: Vec<_> = messages.collect();
    Ok(match messages.is_empty() {
        true => json!({}),
        false => json!({ "Messages": messages }),
    })
}

fn parsed<T: DeserializeOwned>(request: Value) -> Result<T, EcrError> {
    let parsed = serde_json::from_value(request);
    parsed.map_err(|error| EcrError::new(ErrorKind::InvalidParameter, error.to_string()))
}

/// Clients can reach the host by several names, so only the path counts.
fn check(registry: &Registry, url: &str) -> Result<(), EcrError> {
    let path = format!("/{}/{QUEUE}", registry.home().account);
    match url.ends_with(&path) {
        true => Ok(()),
        false => Err(no_queue()),
    }
}

fn no_queue() -> EcrError {
    EcrError::new(
        ErrorKind::QueueDoesNotExist,
        "The specified queue does not exist.",
    )
}
