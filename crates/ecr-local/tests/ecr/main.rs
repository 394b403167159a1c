//! The embedded endpoint as a program meets it: through the real SDK, and by hand where the SDK
//! would not send such a thing.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::panic, reason = "a test may stop at the first surprise")]

mod account;
mod deleting;
mod faults;
mod images;
mod layers;
mod lifecycle;
mod lifecycle_rules;
mod names;
mod paging;
mod policies;
mod protocol;
mod referrers;
mod repositories;
mod scanning;
mod signing;
mod world;
