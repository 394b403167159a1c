//! What Gantry does, a struct for each thing: the questions that people ask of their registries, the share links, and
//! what is changed for them.
//!
//! The one rule: nothing is shown to a viewer or changed for one but by a [`Grant`](access::Grant). [`Gantry`] is the
//! wiring.

mod audit;
mod catalog;
mod gantry;
mod images;
mod lifecycle;
mod links;
mod live_links;
mod policies;
mod recorder;
mod refusal;
mod registries;
mod repositories;
mod search;
mod sessions;
#[cfg(test)]
mod steps;
mod work;
mod write;

pub use audit::AuditLog;
pub use catalog::Catalog;
pub use gantry::{Gantry, Settings};
pub use images::Images;
pub use lifecycle::Lifecycle;
pub use links::{Closed, FoundLink, LinkSettings, Links, Unmade, link_id, link_key};
pub use policies::{Explained, Policies};
pub use refusal::Refusal;
pub use registries::Registries;
pub use repositories::{Repositories, RepositoryOverview};
pub use search::Search;
pub use sessions::Sessions;
