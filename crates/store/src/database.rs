//! An open store.

use std::{num::NonZeroU32, str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    Any, AnyConnection, AnyPool, Connection, Executor, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
};

use crate::{
    StoreError, StoreUrl, file,
    schema::{self, Schema},
    sweep::Sweeps,
    url::Backend,
};

/// The maximum number of sessions per person, unless the store is configured with another number.
/// Beyond it, the least recently used session ends.
pub const MAX_SESSIONS: NonZeroU32 = NonZeroU32::new(50).unwrap();

/// How long a request waits for a connection before it fails.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// An open store.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    backend: Backend,
    most_sessions: NonZeroU32,
    pub(crate) sweeps: Arc<Sweeps>,
}

impl Store {
    /// Opens a store and updates its tables. Creates a missing file.
    ///
    /// # Errors
    /// [`StoreError::Open`], [`StoreError::Exposed`], [`StoreError::ExposedToGroup`],
    /// [`StoreError::OwnedByAnother`], [`StoreError::Dangling`], [`StoreError::Foreign`],
    /// [`StoreError::Newer`], [`StoreError::Migrate`].
    pub async fn open(url: &StoreUrl) -> Result<Self, StoreError> {
        let (pool, backend) = (connect(url).await?, url.backend());
        schema::migrate(&pool, backend).await?;
        Ok(Self::new(pool, backend))
    }

    /// Opens an existing store and does not change its tables: a running release could not start
    /// again on newer ones. The tables that commands read and write are the same in older schemas.
    ///
    /// # Errors
    /// As for [`Store::open`]; and [`StoreError::Empty`].
    pub async fn open_existing(url: &StoreUrl) -> Result<(Self, Schema), StoreError> {
        let (pool, backend) = (connect(&url.existing()).await?, url.backend());
        let schema = schema::check(&pool, backend).await?;
        Ok((Self::new(pool, backend), schema))
    }

    fn new(pool: AnyPool, backend: Backend) -> Self {
        Self {
            pool,
            backend,
            most_sessions: MAX_SESSIONS,
            sweeps: Arc::default(),
        }
    }

    /// The same store, with another maximum number of sessions per person.
    pub fn with_most_sessions(self, most_sessions: NonZeroU32) -> Self {
        Self {
            most_sessions,
            ..self
        }
    }

    /// The maximum number of sessions per person: [`MAX_SESSIONS`] unless it was changed.
    pub fn most_sessions(&self) -> u32 {
        self.most_sessions.get()
    }

    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Whether a change to a row writes the whole row again, however large it is. SQLite does this.
    pub(crate) fn rewrites_rows(&self) -> bool {
        self.backend == Backend::Sqlite
    }

    /// Begins a transaction that writes. SQLite allows one writer at a time. It learns at the start
    /// that this is a writer, because it refuses a reader that becomes a writer after another
    /// transaction has written.
    pub(crate) async fn begin_write(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let begun = match self.backend {
            Backend::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Backend::Postgres => self.pool.begin().await,
        };
        Ok(begun?)
    }

    /// Begins a transaction that reads one snapshot of the store.
    pub(crate) async fn begin_read(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let begun = match self.backend {
            // In WAL mode every transaction reads one snapshot.
            Backend::Sqlite => self.pool.begin().await,
            Backend::Postgres => {
                let snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                self.pool.begin_with(snapshot).await
            }
        };
        Ok(begun?)
    }

    /// Blocks every other transaction that asks for the same lock, on any replica, until this one
    /// ends.
    pub(crate) async fn serialise(
        &self,
        transaction: &mut Transaction<'static, Any>,
        what: Serial,
    ) -> Result<(), StoreError> {
        // SQLite has one writer anyway.
        if self.backend == Backend::Postgres {
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(what as i64)
                .execute(&mut **transaction)
                .await?;
        }
        Ok(())
    }

    /// Closes the store after the current operations end.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Connects to a store. Checks first who else can change a file.
async fn connect(url: &StoreUrl) -> Result<AnyPool, StoreError> {
    sqlx::any::install_default_drivers();
    let backend = url.backend();
    let options = AnyConnectOptions::from_str(url.as_str()).map_err(StoreError::Open)?;
    if let Some(path) = url.path()? {
        file::keep_private(&path, url.creates())?;
    }
    let connected = pool_options(backend).connect_with(options.clone()).await;
    match connected {
        Ok(pool) => Ok(pool),
        // A timeout is not the reason. The person who starts Gantry needs to know what is wrong.
        Err(error) => {
            let reason = reason(&options, backend).await;
            Err(StoreError::Open(reason.unwrap_or(error)))
        }
    }
}

fn pool_options(backend: Backend) -> AnyPoolOptions {
    let pool = match backend {
        Backend::Sqlite => AnyPoolOptions::new()
            .max_connections(4)
            // A connection to a file does not break, and testing it would double the wait of each
            // request.
            .test_before_acquire(false)
            // With WAL, a writer does not block readers. A second writer waits.
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute("PRAGMA journal_mode = WAL").await?;
                    connection.execute("PRAGMA synchronous = FULL").await?;
                    connection.execute("PRAGMA busy_timeout = 5000").await?;
                    // Deleted data is overwritten, because it may be secret.
                    connection.execute("PRAGMA secure_delete = ON").await?;
                    Ok(())
                })
            }),
        Backend::Postgres => {
            AnyPoolOptions::new()
                .max_connections(16)
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        connection.execute("SET statement_timeout = '10s'").await?;
                        connection
                            .execute("SET idle_in_transaction_session_timeout = '10s'")
                            .await?;
                        Ok(())
                    })
                })
        }
    };
    pool.acquire_timeout(ACQUIRE_TIMEOUT)
}

/// What only one transaction at a time may write. The numbers are PostgreSQL advisory locks. All
/// programs that use the database share them, so they are large and arbitrary.
#[derive(Debug, Clone, Copy)]
#[repr(i64)]
pub(crate) enum Serial {
    /// Rows of the audit log, each of which depends on the previous one.
    Audit = 0x6761_6e74_7279_0001,
    /// IDs of repositories whose tags are recorded.
    TagRepository = 0x6761_6e74_7279_0002,
    /// Numbers of events that messages reported.
    RegistryEvent = 0x6761_6e74_7279_0003,
}

/// The reason why no connection can be made, from one more attempt.
async fn reason(options: &AnyConnectOptions, backend: Backend) -> Option<sqlx::Error> {
    let first = match backend {
        // SQLite reads the file only at the first query.
        Backend::Sqlite => "PRAGMA schema_version",
        Backend::Postgres => "SELECT 1",
    };
    let attempt = async {
        let mut connection = AnyConnection::connect_with(options).await?;
        connection.execute(first).await?;
        connection.close().await
    };
    attempt.await.err()
}
