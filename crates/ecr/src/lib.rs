//! The Amazon ECR client, the parser for pushed content, the inventory of both, and the queue of events.
//!
//! Every call requires a [`Grant`](access::Grant), for a viewer about whom the gate has decided, or
//! a [`HostCall`], for the crawler. The result of a [`HostCall`] can only enter the [`inventory`].

mod apart;
pub mod client;
pub mod content;
pub mod events;
mod host;
pub mod inventory;
mod record;

pub use apart::apart;
pub use client::{ConnectError, EcrClient, Priority, RegistrySettings};
pub use host::{Crawled, HostCall};
pub use inventory::{Inventory, InventorySettings, RegistryStatus};
pub use record::{ImageRecord, RepositoryFacts};
