//! Signing in at providers of every make.

pub mod no_team;
pub mod provider;
mod providers;
mod refused;
pub mod signer;
mod under_way;
