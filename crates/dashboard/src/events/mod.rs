//! What messages report of registries: received from a queue, stored, and followed on every replica.
//!
//! A message is a hint. It makes Gantry read again what it names, and dates the changes that readings show. It never
//! decides what a page says.

mod follow;
mod read_again;
mod receive;

use std::sync::Arc;

use aws_credential_types::provider::SharedCredentialsProvider;
use ecr::{
    events::{Queue, QueueSettings},
    inventory::Inventory,
};
use store::Store;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use follow::Follower;
use read_again::Readers;
use receive::Receiver;

/// Where messages come from (`[events]` in the configuration).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventSettings {
    /// The queue. Without it, Gantry learns of changes by reading alone.
    pub queue: Option<QueueSettings>,
}

/// The metrics.
pub mod metric {
    /// Messages from the queue, by `outcome`: `handled`, `doubled` (it was stored already), `foreign` (it is about
    /// another registry), `malformed`, `ignored` (it is of another kind, or about something that failed), `failed` (the
    /// store did not answer; the message arrives again).
    pub const MESSAGES: &str = "gantry_event_messages_total";

    /// Messages that arrived more than a minute after what they report.
    pub const LATE: &str = "gantry_event_messages_late_total";

    /// Reported pushes and deletions that the reading after them did not confirm, on this replica.
    pub const NOT_CONFIRMED: &str = "gantry_events_not_confirmed_total";
}

/// Starts to receive and to follow messages, until the token is cancelled.
pub(crate) async fn start(
    settings: EventSettings,
    credentials: Option<SharedCredentialsProvider>,
    inventory: Arc<Inventory>,
    store: Store,
    stop: &CancellationToken,
) {
    let Some(settings) = settings.queue else {
        return;
    };
    let stored = Arc::<Notify>::default();
    let follower = Follower {
        readers: Readers::new(Arc::clone(&inventory), stop.clone()),
        inventory: Arc::clone(&inventory),
        store: store.clone(),
        stored: Arc::clone(&stored),
    };
    let receiver = Receiver {
        queue: Queue::connect(&settings, credentials).await,
        inventory,
        store,
        stored,
    };
    tokio::spawn(stop.clone().run_until_cancelled_owned(follower.run()));
    tokio::spawn(stop.clone().run_until_cancelled_owned(receiver.run()));
}
