//! The queue of the registry's own events, as SQS keeps it: a message that was received is hidden for a while, and arrives
//! again unless it is deleted.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::upload::uuid;

/// The maximum number of messages. Beyond it, the oldest are lost: events are sent on a best effort basis.
const MAX_MESSAGES: usize = 10_000;
/// How often a waiting receiver looks for messages that are no longer hidden.
const LOOK: Duration = Duration::from_millis(200);

/// A message, as a receiver gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueMessage {
    /// Its ID.
    pub id: String,
    /// What deletes it. A new one each time it is received.
    pub receipt: String,
    /// Its text.
    pub body: String,
}

#[derive(Debug)]
struct Held {
    message: QueueMessage,
    hidden_until: Option<Instant>,
}

#[derive(Debug, Default)]
struct State {
    held: VecDeque<Held>,
    is_closed: bool,
}

/// A queue of messages.
#[derive(Debug, Default)]
pub struct EventQueue {
    state: Mutex<State>,
    changed: Notify,
}

impl EventQueue {
    /// Adds a message, and returns its ID.
    pub fn send(&self, body: String) -> String {
        let id = uuid();
        let mut state = self.state();
        if state.held.len() == MAX_MESSAGES {
            state.held.pop_front();
        }
        state.held.push_back(Held {
            message: QueueMessage {
                id: id.clone(),
                receipt: uuid(),
                body,
            },
            hidden_until: None,
        });
        drop(state);
        self.changed.notify_waiters();
        id
    }

    /// Receives messages, and hides them. Waits for the first one, for as long as `wait`.
    pub async fn receive(
        &self,
        most: usize,
        hidden: Duration,
        wait: Duration,
    ) -> Vec<QueueMessage> {
        let until = Instant::now() + wait;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let received = self.take(most, hidden);
            let left = until.saturating_duration_since(Instant::now());
            if !received.is_empty() || left.is_zero() || self.state().is_closed {
                return received;
            }
            // Not an error: a hidden message may be visible now, or it is time to answer.
            let _ = tokio::time::timeout(left.min(LOOK), changed).await;
        }
    }

    /// Deletes the message with this receipt. Returns false if there is none.
    pub fn delete(&self, receipt: &str) -> bool {
        let mut state = self.state();
        let before = state.held.len();
        state.held.retain(|held| held.message.receipt != receipt);
        state.held.len() < before
    }

    /// How many messages can be received, and how many are hidden.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let (now, state) = (Instant::now(), self.state());
        let visible = |held: &&Held| held.hidden_until.is_none_or(|until| until <= now);
        let visible = state.held.iter().filter(visible).count();
        (visible, state.held.len() - visible)
    }

    /// Answers waiting receivers now, and later ones at once.
    pub(crate) fn close(&self) {
        self.state().is_closed = true;
        self.changed.notify_waiters();
    }

    fn take(&self, most: usize, hidden: Duration) -> Vec<QueueMessage> {
        let (now, mut state) = (Instant::now(), self.state());
        let visible = |held: &&mut Held| held.hidden_until.is_none_or(|until| until <= now);
        let received = state.held.iter_mut().filter(visible).take(most);
        received
            .map(|held| {
                held.hidden_until = Some(now + hidden);
                held.message.receipt = uuid();
                held.message.clone()
            })
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
