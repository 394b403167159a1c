//! Receives messages, stores what they report, and deletes them.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use ecr::{
    events::{self, Message, Queue, ReceivedMessage, Unread},
    inventory::Inventory,
};
use store::{
    Store,
    history::{
        Millis,
        events::{EventKind, NewEvent, NewMessage, Place},
    },
};
use tokio::sync::Notify;

use super::metric;

/// How long to wait after a failure: first, and at most.
const BACKOFF: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// How long the first messages wait until the accounts of the registries are known.
const FIRST_WAIT: Duration = Duration::from_secs(30);

/// A message that arrives later than this is late, in milliseconds.
const LATE: i64 = 60_000;

/// A message about a time that is further in the future is malformed, in milliseconds.
const FUTURE: i64 = 300_000;

/// Receives messages from one queue.
#[derive(Debug)]
pub(super) struct Receiver {
    pub(super) queue: Queue,
    pub(super) inventory: Arc<Inventory>,
    pub(super) store: Store,
    /// Notified when something was stored.
    pub(super) stored: Arc<Notify>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Handled,
    Doubled,
    Foreign,
    Malformed,
    Ignored,
    Failed,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Doubled => "doubled",
            Self::Foreign => "foreign",
            Self::Malformed => "malformed",
            Self::Ignored => "ignored",
            Self::Failed => "failed",
        }
    }
}

impl Receiver {
    /// Receives messages for ever.
    pub(super) async fn run(self) {
        self.registries_known().await;
        let (mut wait, longest) = BACKOFF;
        let mut is_failing = false;
        loop {
            match Box::pin(self.round()).await {
                Ok(()) if is_failing => {
                    tracing::info!("Gantry receives messages from the queue of events again");
                    (is_failing, wait) = (false, BACKOFF.0);
                }
                Ok(()) => {}
                Err(error) => {
                    if !is_failing {
                        tracing::warn!(
                            error,
                            "Gantry cannot receive messages from the queue of events: it learns of changes by reading alone"
                        );
                    }
                    is_failing = true;
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(longest);
                }
            }
        }
    }

    /// Waits a while until each registry was listed: then its account is known, and messages about others are foreign.
    async fn registries_known(&self) {
        let listed = async {
            while !self.inventory.is_settled(None, u64::MAX) {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        let _ = tokio::time::timeout(FIRST_WAIT, listed).await;
    }

    async fn round(&self) -> Result<(), String> {
        let messages = self.queue.receive().await;
        let messages = messages.map_err(|error| error.to_string())?;
        let (mut done, mut failed) = (Vec::new(), None);
        for message in messages {
            match self.handle(&message).await {
                Ok(()) => done.push(message),
                Err(error) => failed = Some(error),
            }
        }
        // What is not deleted arrives again, and is found to be stored.
        let deleted = self.queue.delete(&done).await;
        deleted.map_err(|error| error.to_string())?;
        failed.map_or(Ok(()), Err)
    }

    async fn handle(&self, message: &ReceivedMessage) -> Result<(), String> {
        let received = now_millis();
        let outcome = match self.stored_message(&message.body, received).await {
            Ok(outcome) => Ok(outcome),
            Err(error) => Err(error.to_string()),
        };
        let counted = *outcome.as_ref().unwrap_or(&Outcome::Failed);
        metrics::counter!(metric::MESSAGES, "outcome" => counted.as_str()).increment(1);
        if counted == Outcome::Handled {
            self.stored.notify_one();
        }
        outcome.map(|_| ())
    }

    async fn stored_message(
        &self,
        body: &str,
        received: i64,
    ) -> Result<Outcome, store::StoreError> {
        let message = match events::parse(body) {
            Ok(message) => message,
            Err(Unread::Malformed) => {
                tracing::debug!("A message from the queue of events is malformed");
                return Ok(Outcome::Malformed);
            }
            Err(Unread::Other) => return Ok(Outcome::Ignored),
        };
        if message.at > received + FUTURE {
            return Ok(Outcome::Malformed);
        }
        let registries = (self.inventory).registries_of(&message.region, message.account.as_str());
        if registries.is_empty() {
            tracing::debug!("A message from the queue of events is about another registry");
            return Ok(Outcome::Foreign);
        }
        if received - message.at > LATE {
            metrics::counter!(metric::LATE).increment(1);
        }
        let is_new = self
            .store
            .record_message(&for_store(message, received))
            .await?;
        Ok(match is_new {
            true => Outcome::Handled,
            false => Outcome::Doubled,
        })
    }
}

fn for_store(message: Message, received: i64) -> NewMessage {
    let events = message.events.into_iter().map(|event| NewEvent {
        kind: kind(event.kind),
        tag: event.tag,
        digest: event.digest,
    });
    NewMessage {
        place: Place::new(
            &message.region,
            message.account.as_str(),
            &message.repository,
        ),
        id: message.id,
        at: Millis(message.at),
        received: Millis(received),
        principal: message.principal,
        events: events.collect(),
    }
}

/// The store has its own words, which do not change with what is parsed.
fn kind(kind: events::EventKind) -> EventKind {
    match kind {
        events::EventKind::Push => EventKind::Push,
        events::EventKind::Delete => EventKind::Delete,
        events::EventKind::Scan => EventKind::Scan,
        events::EventKind::Referrer => EventKind::Referrer,
        events::EventKind::Policy => EventKind::Policy,
        events::EventKind::Lifecycle => EventKind::Lifecycle,
        events::EventKind::Repository => EventKind::Repository,
    }
}

fn now_millis() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
