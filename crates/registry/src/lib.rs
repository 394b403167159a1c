//! What Gantry does, over ECR: the port to it, the gate before it, the inventory of what it said, and
//! the questions that people ask.
//!
//! The one rule: nothing is shown to a viewer or changed for one but by a [`gate::Grant`]; see there.

pub mod audit;
mod content;
pub mod gate;
mod inventory;
mod links;
mod people;
mod port;
mod sessions;
mod store;
mod viewer;
mod views;
mod work;

pub use inventory::{
    Crawled, HostCall, ImageRecord, InventorySettings, RegistryStatus, RepositoryFacts,
};
pub use links::{Closed, FoundLink, LinkSettings, Unmade, link_id, link_key};
pub use people::{Occasion, Person, PersonId, counted_as};
pub use port::{ConnectError, Manifest, Pace, Port, RegistrySettings};
pub use sessions::{
    EndSessions, MAX_SESSIONS, OwnSession, SessionOrigin, SessionRow, SessionTimes, SignedIn,
};
pub use store::{Schema, Store, StoreError, StoreUrl};
pub use viewer::{Actor, Identity, Team, Viewer};
pub use views::{Explained, Gantry, Refusal, Settings};
