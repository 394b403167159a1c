//! Share links as the store keeps them.

mod listed;
mod rows;

pub use listed::Wanted;
pub use rows::{Chosen, LinkLimits, Revoked, StoredKey, StoredLink};
