//! The SQS queue that EventBridge feeds.

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, retry::RetryConfig, timeout::TimeoutConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sqs::{
    Client,
    error::{DisplayErrorContext, ProvideErrorMetadata as _, SdkError},
    types::DeleteMessageBatchRequestEntry,
};
use thiserror::Error;

use crate::client::Ceiling;

/// How many messages one answer has at most: the limit of SQS.
const AT_ONCE: i32 = 10;

/// How long a request waits for a message: the limit of SQS. Shorter waits cost more requests.
const WAIT: i32 = 20;

/// How long other replicas do not get a message that one has received and not deleted, in seconds.
const HIDDEN: i32 = 60;

/// The queue from the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueSettings {
    /// The URL of the queue.
    pub url: String,
    /// The region of the queue.
    pub region: String,
}

/// Why the queue could not be read. The message is for the log.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct QueueError {
    /// The code of SQS, if it answered.
    pub code: Option<String>,
    message: String,
}

/// A message, until it is deleted.
#[derive(Debug, Clone)]
pub struct ReceivedMessage {
    /// What it says.
    pub body: String,
    receipt: String,
}

/// A queue of messages.
#[derive(Debug, Clone)]
pub struct Queue {
    client: Client,
    url: String,
}

/// The region in the URL of a queue of AWS, as in `https://sqs.eu-central-1.amazonaws.com/111122223333/gantry`. None for
/// other URLs.
pub fn region_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', ':']).next()?;
    if !(host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn")) {
        return None;
    }
    let mut labels = host.split('.');
    labels.find(|label| matches!(*label, "sqs" | "sqs-fips"))?;
    labels.next().filter(|label| label.contains('-'))
}

/// The scheme, host and port of a URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..end]
}

impl Queue {
    /// Creates a client of the queue, with the given credentials, or else with those of the host.
    pub async fn connect(
        settings: &QueueSettings,
        credentials: Option<SharedCredentialsProvider>,
    ) -> Self {
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()))
            .endpoint_url(origin(&settings.url))
            .retry_config(RetryConfig::standard().with_max_attempts(2))
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(2))
                    .operation_timeout(Duration::from_secs(30))
                    .build(),
            );
        if let Some(credentials) = credentials {
            loader = loader.credentials_provider(credentials);
        }
        let config = aws_sdk_sqs::config::Builder::from(&loader.load().await).interceptor(Ceiling);
        Self {
            client: Client::from_conf(config.build()),
            url: settings.url.clone(),
        }
    }

    /// Waits for messages, for 20 seconds at most, and receives some of them.
    ///
    /// # Errors
    /// If SQS does not answer, or refuses.
    pub async fn receive(&self) -> Result<Vec<ReceivedMessage>, QueueError> {
        let receiving = self
            .client
            .receive_message()
            .queue_url(&self.url)
            .max_number_of_messages(AT_ONCE)
            .wait_time_seconds(WAIT)
            .visibility_timeout(HIDDEN)
            .send();
        let received = Box::pin(receiving).await.map_err(|error| failed(&error))?;
        let messages = received.messages.unwrap_or_default().into_iter();
        let whole = messages.filter_map(|message| {
            Some(ReceivedMessage {
                body: message.body.unwrap_or_default(),
                receipt: message.receipt_handle?,
            })
        });
        Ok(whole.take(AT_ONCE.unsigned_abs() as usize).collect())
    }

    /// Deletes messages that were handled. One that is not deleted arrives again.
    ///
    /// # Errors
    /// If SQS does not answer, or refuses.
    pub async fn delete(&self, messages: &[ReceivedMessage]) -> Result<(), QueueError> {
        if messages.is_empty() {
            return Ok(());
        }
        let mut deleting = self.client.delete_message_batch().queue_url(&self.url);
        for (number, message) in messages.iter().enumerate() {
            let entry = DeleteMessageBatchRequestEntry::builder()
                .id(number.to_string())
                .receipt_handle(&message.receipt)
                .build();
            deleting = deleting.entries(entry.map_err(|error| QueueError {
                code: None,
                message: error.to_string(),
            })?);
        }
        let deleted = Box::pin(deleting.send()).await;
        deleted.map(|_| ()).map_err(|error| failed(&error))
    }
}

fn failed<E>(error: &SdkError<E>) -> QueueError
where
    E: std::error::Error + aws_sdk_sqs::error::ProvideErrorMetadata + 'static,
{
    QueueError {
        code: error.code().map(str::to_owned),
        message: DisplayErrorContext(error).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_of_a_queue_names_its_region() {
        for (url, region) in [
            (
                "https://sqs.eu-central-1.amazonaws.com/111122223333/gantry",
                Some("eu-central-1"),
            ),
            (
                "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/gantry",
                Some("cn-north-1"),
            ),
            (
                "https://vpce-0a-1b.sqs.us-east-1.vpce.amazonaws.com/1/gantry",
                Some("us-east-1"),
            ),
            ("http://127.0.0.1:4510/111122223333/gantry", None),
            ("https://queue.amazonaws.com/111122223333/gantry", None),
            ("sqs", None),
        ] {
            assert_eq!(region_of(url), region, "{url}");
        }
    }

    #[test]
    fn requests_go_to_the_origin_of_the_url() {
        assert_eq!(origin("http://127.0.0.1:4510/1/q"), "http://127.0.0.1:4510");
        assert_eq!(
            origin("https://sqs.x.amazonaws.com"),
            "https://sqs.x.amazonaws.com"
        );
    }
}
