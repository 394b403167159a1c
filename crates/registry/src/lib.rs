//! What Gantry does, over ECR: the port to it, the gate before it, the inventory of what it said, and
//! the questions that people ask.
//!
//! The one rule: nothing is shown to a viewer or changed for one but by a [`gate::Grant`]; see there.

mod content;
pub mod gate;
mod inventory;
mod port;
mod viewer;
mod views;

pub use inventory::{
    Crawled, HostCall, ImageRecord, InventorySettings, RegistryStatus, RepositoryFacts,
};
pub use port::{ConnectError, Manifest, Pace, Port, RegistrySettings};
pub use viewer::{Actor, Identity, Team, Viewer};
pub use views::{Explained, Gantry, Refusal, Settings};
