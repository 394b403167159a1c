//! Who signed in, kept in the store.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};
use tower_sessions_sqlx_store::SqliteStore;

/// What a session holds: the person as the sign-in told of them. Teams and principals are not kept,
/// so that a changed configuration takes effect at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The sign-in's own id of the person.
    pub subject: String,
    /// Their name.
    pub name: String,
    /// Their groups.
    pub groups: Vec<String>,
}

impl SignedIn {
    /// The session's key for it.
    pub const KEY: &str = "person";
}

/// The layer that finds a request's session.
pub type Sessions = SessionManagerLayer<SqliteStore>;

/// How long a session lasts that nobody saves anything in.
const LIFETIME: time::Duration = time::Duration::hours(12);

/// Opens the store of sessions, and makes it if it is not there.
///
/// # Errors
/// When the data directory cannot be written to.
pub async fn open(data_dir: &Path, https: bool) -> anyhow::Result<Sessions> {
    std::fs::create_dir_all(data_dir)?;
    let options = SqliteConnectOptions::new()
        .filename(data_dir.join("gantry.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    // A file does not hang up: asking a connection whether it is alive would double each request's wait.
    let pool = SqlitePoolOptions::new().test_before_acquire(false);
    let pool = pool.connect_with(options).await?;
    let store = SqliteStore::new(pool);
    store.migrate().await?;
    Ok(SessionManagerLayer::new(store)
        .with_name("gantry_session")
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(LIFETIME)))
}
