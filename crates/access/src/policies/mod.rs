//! What decides about a repository: its policy and the registry policy, as last read.
//!
//! Only the owner of a [`PolicyWriter`] can store a new reading: the inventory, which reads the
//! policies.

mod digest;
mod document;
mod ruling;
mod state;

pub use digest::PolicyDigest;
pub use document::{Document, PolicyScope, RETRY_DELAY, Reading, RegistryPolicy, RepositoryPolicy};
pub use ruling::Ruling;
pub use state::{
    Incarnation, PolicyChange, PolicyTexts, PolicyWriter, RegistryReading, RepositoryPolicies,
};
