//! Share links in the store.

mod ended;
mod listed;
mod parse;
mod rows;

pub use listed::Wanted;
pub use rows::{Chosen, LinkLimits, LinkToKeep, REVOKED, Revoked, StoredKey, StoredLink};
