//! What Gantry does: the questions that people ask of their registries, and the share links.
//!
//! The one rule: nothing is shown to a viewer or changed for one but by a [`Grant`](access::Grant).

mod links;
mod recorder;
mod sessions;
mod views;
mod work;

pub use links::{Closed, FoundLink, LinkSettings, Unmade, link_id, link_key};
pub use views::{Explained, Gantry, Refusal, Settings};
