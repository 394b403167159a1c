//! Signing in at different providers.

pub mod no_team;
pub mod provider;
mod providers;
mod refused;
pub mod signer;
mod under_way;
