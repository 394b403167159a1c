//! Components that know what a registry is.

pub mod action_group;
pub mod artifact;
pub mod as_of;
pub mod digest;
pub mod findings;
pub mod grants;
pub mod guarded;
pub mod image_facts;
pub mod image_table;
pub mod list;
pub mod name;
#[cfg(feature = "ssr")]
pub mod no_team;
pub mod place;
pub mod problem;
pub mod pull;
pub mod registries;
pub mod repository_facts;
pub mod repository_table;
pub mod section;
#[cfg(feature = "ssr")]
pub mod share;
pub mod tag;
pub mod trail;
pub mod use_it;
