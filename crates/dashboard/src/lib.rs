//! What Gantry does: the questions that people ask of their registries, and the share links.
//!
//! The one rule: nothing is shown to a viewer or changed for one but by a [`Grant`](access::Grant).

mod links;
mod recorder;
mod sessions;
#[cfg(test)]
mod steps;
mod views;
mod work;
mod write;

pub use links::{Closed, FoundLink, LinkSettings, Unmade, link_id, link_key};
pub use views::{Explained, Gantry, Refusal, Settings};
