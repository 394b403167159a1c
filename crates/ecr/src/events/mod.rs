//! What Amazon ECR and CloudTrail report through EventBridge, as messages in an SQS queue.
//!
//! Anyone who can send to the queue decides what is in a message. So a message only names something that Gantry then
//! reads by itself.

mod cloud_trail;
mod message;
mod queue;

pub use message::{Event, EventKind, Message, Unread, parse};
pub use queue::{Queue, QueueError, QueueSettings, ReceivedMessage, region_of};
