//! What Amazon ECR says: the client, what was pushed, and the inventory of both.
//!
//! Calls are made under a [`Grant`](access::Grant), for the viewer whom the gate has let through, or under a
//! [`HostCall`], for nobody; what that brings may only enter the [`inventory`].

mod apart;
pub mod client;
pub mod content;
mod host;
pub mod inventory;
mod record;

pub use apart::apart;
pub use client::{ConnectError, EcrClient, Priority, RegistrySettings};
pub use host::{Crawled, HostCall};
pub use inventory::{Inventory, InventorySettings, RegistryStatus};
pub use record::{ImageRecord, RepositoryFacts};
