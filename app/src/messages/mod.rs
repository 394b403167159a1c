//! What people read: the texts of the crate `words`, and sentences that are put together from several.

#[cfg(feature = "ssr")]
pub mod explain;

pub use words::*;
