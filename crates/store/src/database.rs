//! The store, open.

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

/// The most sessions that a person has, unless the store is given another number. One more ends the one that was
/// used longest ago.
pub const MAX_SESSIONS: NonZeroU32 = NonZeroU32::new(50).unwrap();

/// How long a request waits for the store before it says that the store does not answer.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// The store, open.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    backend: Backend,
    most_sessions: NonZeroU32,
    pub(crate) sweeps: Arc<Sweeps>,
}

impl Store {
    /// Opens a store and brings its tables up to date. A file that is not there is made.
    ///
    /// # Errors
    /// [`StoreError::Open`], [`StoreError::Exposed`], [`StoreError::ExposedToGroup`],
    /// [`StoreError::OwnedByAnother`], [`StoreError::Dangling`], [`StoreError::Foreign`], [`StoreError::Newer`], [`StoreError::Migrate`].
    pub async fn open(url: &StoreUrl) -> Result<Self, StoreError> {
        let (pool, backend) = (connect(url).await?, url.backend());
        schema::migrate(&pool, backend).await?;
        Ok(Self::new(pool, backend))
    }

    /// Opens a store that is there, and leaves its tables as they are: a release that still runs on it could not
    /// start again on newer ones. What commands read and write is the same in older schemas.
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

    /// The same store, with another number of sessions that each person has at most.
    pub fn with_most_sessions(self, most_sessions: NonZeroU32) -> Self {
        Self {
            most_sessions,
            ..self
        }
    }

    /// The most sessions that each person has: [`MAX_SESSIONS`] unless it was set.
    pub fn most_sessions(&self) -> u32 {
        self.most_sessions.get()
    }

    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Whether a change in a row writes all of it again, as SQLite does, however large it is.
    pub(crate) fn rewrites_rows(&self) -> bool {
        self.backend == Backend::Sqlite
    }

    /// Begins a transaction that will write. SQLite has one writer at a time and is told now that this
    /// is one: a reader that turns writer would be refused if another had written meanwhile.
    pub(crate) async fn begin_write(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let begun = match self.backend {
            Backend::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Backend::Postgres => self.pool.begin().await,
        };
        Ok(begun?)
    }

    /// Begins a transaction that reads, and sees the store as it is at one moment.
    pub(crate) async fn begin_read(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let begun = match self.backend {
            // In WAL mode every transaction sees one moment.
            Backend::Sqlite => self.pool.begin().await,
            Backend::Postgres => {
                let snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                self.pool.begin_with(snapshot).await
            }
        };
        Ok(begun?)
    }

    /// Holds back every other transaction that asks for the same, on any replica, until this one ends.
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

    /// Closes it: waits for what is under way.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Connects to a store, after a look at who else may change it.
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
        // That it took too long is no reason: whoever starts it wants to know what was wrong.
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
            // A file does not hang up: asking whether it is there would double each request's wait.
            .test_before_acquire(false)
            // One who writes keeps nobody from reading; who also wants to write waits.
            .after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute("PRAGMA journal_mode = WAL").await?;
                    connection.execute("PRAGMA synchronous = FULL").await?;
                    connection.execute("PRAGMA busy_timeout = 5000").await?;
                    // What is deleted is overwritten: it may have been a secret.
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

/// What is written by one at a time. The numbers are PostgreSQL's advisory locks: all of one database
/// share them, so they are large and arbitrary.
#[derive(Debug, Clone, Copy)]
#[repr(i64)]
pub(crate) enum Serial {
    /// Rows of the audit log, each of which knows the one before.
    Audit = 0x6761_6e74_7279_0001,
}

/// Why no connection can be made, if another attempt tells.
async fn reason(options: &AnyConnectOptions, backend: Backend) -> Option<sqlx::Error> {
    let first = match backend {
        // A file is read when it is first asked for something.
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
