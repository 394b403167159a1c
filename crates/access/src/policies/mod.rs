//! What decides about a repository: its policy and its registry's, as they were read last.
//!
//! Only who holds a [`PolicyWriter`] puts a reading in place: the inventory, which made the reading.

mod digest;
mod document;
mod ruling;
mod state;

pub use digest::PolicyDigest;
pub use document::{Document, PolicyScope, RETRY_DELAY, Reading, RegistryPolicy, RepositoryPolicy};
pub use ruling::Ruling;
pub(crate) use ruling::Verdict;
pub use state::{
    Incarnation, PolicyChange, PolicyTexts, PolicyWriter, RegistryReading, RepositoryPolicies,
};
