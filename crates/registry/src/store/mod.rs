//! What Gantry keeps beside ECR: people, sessions, share links and the audit log.
//!
//! SQLite in one file, or PostgreSQL where several replicas share it. Both run the same statements:
//! parameters are `$1`, which both understand, and columns are TEXT or BIGINT.

mod file;
pub(crate) mod stored;

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sqlx::{
    Any, AnyConnection, AnyPool, Connection, Executor, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::{MigrateError, Migrator},
};
use thiserror::Error;

static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

/// How long a request waits for the store before it says that the store does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why something could not be stored or looked up.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The URL names no store that Gantry knows.
    #[error("takes a URL that begins with sqlite:// or postgres://")]
    Url,
    /// It cannot be opened: the message of the driver says why. URLs hold passwords, and stay out of it.
    #[error("cannot be opened: {0}")]
    Open(#[source] sqlx::Error),
    /// Anybody on the host may change the file, or put another in its place: nothing in it can be believed.
    #[error(
        "may be changed by every user of this host ({path}), so it was not opened: run chmod o-w {path} and check \
         who has written there, or name a file in a folder of Gantry's own",
        path = .0.display()
    )]
    Exposed(PathBuf),
    /// The file has tables, and Gantry made none of them: name another one.
    #[error("is a database of some other program's: name a file of Gantry's own")]
    Foreign,
    /// A newer Gantry has been here: run that one, or restore what was there before it.
    #[error(
        "was written by a newer version of Gantry (schema {found}; this one knows {known}): run that version, \
         or restore a copy from before it"
    )]
    Newer {
        /// The newest schema that was found.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// Its tables cannot be brought up to date.
    #[error("cannot be brought up to date: {0}")]
    Migrate(#[source] MigrateError),
    /// It did not answer, or with an error. Nothing was changed; trying again may help.
    #[error("does not answer: {0}")]
    Unavailable(#[from] sqlx::Error),
    /// The audit log could not be written, together with others' entries: then what it must hold is not
    /// done.
    #[error("the audit log cannot be written: {0}")]
    Unrecorded(#[source] Arc<StoreError>),
    /// A newer Gantry wrote this in a format that this one does not know: run that version.
    #[error(
        "holds {what} in a format that a newer version of Gantry wrote (version {found}; this one reads up \
         to {known}): run that version"
    )]
    NewerFormat {
        /// What it is.
        what: &'static str,
        /// The version of the format.
        found: u32,
        /// The newest that this program reads.
        known: u32,
    },
    /// What it holds is not what Gantry wrote.
    #[error("holds something that cannot be read: {0}")]
    Malformed(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Backend {
    Sqlite,
    Postgres,
}

/// Where a store is. It may hold a password, so it is not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreUrl {
    url: String,
    backend: Backend,
}

impl StoreUrl {
    /// A file of SQLite's.
    pub fn file(path: &Path) -> Self {
        // What would end a URL's path, or be decoded as something else.
        const SPECIAL: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');
        let path = path.to_string_lossy();
        Self {
            url: format!("sqlite://{}?mode=rwc", utf8_percent_encode(&path, SPECIAL)),
            backend: Backend::Sqlite,
        }
    }

    /// The same place, for who wants what is there already: a file that is missing is not made.
    #[must_use]
    pub fn existing(&self) -> Self {
        Self {
            url: self.url.replace("?mode=rwc", "?mode=rw"),
            backend: self.backend,
        }
    }

    /// Whether replicas on several hosts may share it.
    pub fn is_shared(&self) -> bool {
        self.backend == Backend::Postgres
    }
}

impl FromStr for StoreUrl {
    type Err = StoreError;

    fn from_str(url: &str) -> Result<Self, StoreError> {
        let scheme = url.split_once("://").map(|(scheme, _)| scheme);
        match scheme {
            Some("sqlite") => Ok(Self {
                url: match url.contains('?') {
                    true => url.to_owned(),
                    false => format!("{url}?mode=rwc"),
                },
                backend: Backend::Sqlite,
            }),
            Some("postgres" | "postgresql") => Ok(Self {
                url: url.to_owned(),
                backend: Backend::Postgres,
            }),
            _ => Err(StoreError::Url),
        }
    }
}

impl std::fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.backend {
            Backend::Sqlite => f.write_str(self.url.split('?').next().unwrap_or_default()),
            // User and password stand before the host, and may stand in the query.
            Backend::Postgres => {
                let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
                let plain = rest.split(['?', '#']).next().unwrap_or_default();
                let (who, database) = plain.split_once('/').unwrap_or((plain, ""));
                let host = who.rsplit('@').next().unwrap_or_default();
                write!(f, "postgres://{host}/{database}")
            }
        }
    }
}

impl std::fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// The store, open.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    backend: Backend,
}

impl Store {
    /// Opens a store and brings its tables up to date. A file that is not there is made.
    ///
    /// # Errors
    /// [`StoreError::Open`], [`StoreError::Exposed`], [`StoreError::Foreign`], [`StoreError::Newer`], [`StoreError::Migrate`].
    pub async fn open(url: &StoreUrl) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let options = AnyConnectOptions::from_str(&url.url).map_err(StoreError::Open)?;
        if url.backend == Backend::Sqlite {
            file::keep_private(&url.url)?;
        }
        let pool = match url.backend {
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
        let pool = pool.acquire_timeout(PATIENCE);
        let pool = match pool.connect_with(options.clone()).await {
            Ok(pool) => pool,
            // That it took too long is no reason: whoever starts it wants to know what was wrong.
            Err(error) => {
                return Err(StoreError::Open(
                    reason(&options, url.backend).await.unwrap_or(error),
                ));
            }
        };
        migrate(&pool, url.backend).await?;
        Ok(Self {
            pool,
            backend: url.backend,
        })
    }

    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
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

/// Brings the tables up to date, one process after the other.
async fn migrate(pool: &AnyPool, backend: Backend) -> Result<(), StoreError> {
    match backend {
        // Whoever opens the same new file at once waits here, and then finds it done. What is begun
        // within is a savepoint of this.
        Backend::Sqlite => {
            let begun = pool.begin_with("BEGIN IMMEDIATE").await;
            let mut transaction = begun.map_err(StoreError::Open)?;
            let foreign = is_foreign(&mut transaction).await;
            if foreign.map_err(StoreError::Open)? {
                return Err(StoreError::Foreign);
            }
            MIGRATIONS.run(&mut *transaction).await.map_err(outdated)?;
            transaction.commit().await.map_err(StoreError::Open)
        }
        // Here migrations take a lock of their own.
        Backend::Postgres => MIGRATIONS.run(pool).await.map_err(outdated),
    }
}

fn outdated(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(found) => StoreError::Newer {
            found,
            known: newest(),
        },
        other => StoreError::Migrate(other),
    }
}

/// Whether a file has tables without the one that migrations begin with. A database of PostgreSQL's may
/// well be shared with others: there, names that collide stop the migrations.
async fn is_foreign(file: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(file).await?;
    Ok(!tables.is_empty() && !tables.iter().any(|table| table == "_sqlx_migrations"))
}

fn newest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or_default()
}
