//! The embedded endpoint as a program uses it: through the real SDK, and with hand-written requests that the SDK
//! would not send.
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
