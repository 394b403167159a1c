//! Handlers, one file per resource.

pub mod assets;
pub mod audit;
pub mod health;
pub mod home;
pub mod lifecycle;
pub mod links;
pub mod pages;
pub mod panic;
pub mod preferences;
pub mod sessions;
pub mod share;
pub mod sign_in;
