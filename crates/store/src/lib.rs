//! Gantry's own data: people, sessions, share links, the history of tags and the audit log.
//!
//! The store is one SQLite file, or PostgreSQL if several replicas share it. Both run the same
//! statements: parameters are `$1`, which both understand, and columns are TEXT or BIGINT.

pub mod audit;
mod database;
mod error;
mod file;
pub mod history;
pub mod links;
mod people;
mod schema;
mod sessions;
pub mod stored;
mod sweep;
mod url;

pub use database::{MAX_SESSIONS, Store};
pub use error::StoreError;
pub use schema::Schema;
pub use sessions::{EndSessions, OwnSession, SessionOrigin, SessionRow, SessionTimes, SignedIn};
pub use url::StoreUrl;
