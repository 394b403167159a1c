//! What Gantry does, with one struct for each feature: views of registries, changes to them, and
//! share links.
//!
//! The one rule: Gantry shows data to a viewer, or makes a change for one, only with a
//! [`Grant`](access::Grant). [`Gantry`] connects the parts.

mod audit;
mod catalog;
mod events;
mod gantry;
mod history;
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
pub use events::{EventSettings, metric as event_metric};
pub use gantry::{Gantry, Settings};
pub use history::HistorySettings;
pub use images::Images;
pub use lifecycle::Lifecycle;
pub use links::{Closed, FoundLink, LinkSettings, Links, Unmade, link_id, link_key};
pub use policies::{AccessDetail, AccessRow, Explained, Policies, PolicyDetail, PolicyView};
pub use refusal::Refusal;
pub use registries::Registries;
pub use repositories::{Repositories, RepositoryOverview};
pub use search::Search;
pub use sessions::Sessions;
