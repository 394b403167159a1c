//! The tables of a store: bringing them up to date, and looking how far they are.

use sqlx::{
    AnyConnection, AnyPool,
    migrate::{AppliedMigration, Migrate, MigrateError, Migrator},
};

use crate::{StoreError, url::Backend};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Where migrations that were applied are noted.
const APPLIED: &str = "_sqlx_migrations";

/// How far a store's tables are: the number of its newest migration, and of the newest that this program
/// knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// What was found.
    pub found: i64,
    /// What this program knows.
    pub known: i64,
}

impl Schema {
    fn found(found: i64) -> Self {
        let versions = MIGRATIONS.iter().map(|migration| migration.version);
        let known = versions.max().unwrap_or_default();
        Self { found, known }
    }

    /// Whether the next `gantry serve` of this version will bring the tables up to date.
    pub fn is_older(self) -> bool {
        self.found < self.known
    }
}

/// Brings the tables up to date, one process after the other.
pub(super) async fn migrate(pool: &AnyPool, backend: Backend) -> Result<(), StoreError> {
    match backend {
        // Whoever opens the same new file at once waits here, and then finds it done. What is begun
        // within is a savepoint of this.
        Backend::Sqlite => {
            let begun = pool.begin_with("BEGIN IMMEDIATE").await;
            let mut transaction = begun.map_err(StoreError::Open)?;
            let state = state(&mut transaction, backend).await;
            if state.map_err(StoreError::Open)? == State::Foreign {
                return Err(StoreError::Foreign);
            }
            MIGRATIONS.run(&mut *transaction).await.map_err(outdated)?;
            transaction.commit().await.map_err(StoreError::Open)
        }
        // Here migrations take a lock of their own.
        Backend::Postgres => MIGRATIONS.run(pool).await.map_err(outdated),
    }
}

/// Looks how far the tables are, and changes nothing.
pub(super) async fn check(pool: &AnyPool, backend: Backend) -> Result<Schema, StoreError> {
    let mut connection = pool.acquire().await.map_err(StoreError::Open)?;
    let state = state(&mut connection, backend).await;
    match state.map_err(StoreError::Open)? {
        State::Foreign => return Err(StoreError::Foreign),
        State::Empty => return Err(StoreError::Empty),
        State::Ours => {}
    }
    let connection: &mut AnyConnection = &mut connection;
    let dirty = connection.dirty_version(APPLIED).await;
    if let Some(version) = dirty.map_err(StoreError::Migrate)? {
        return Err(StoreError::Migrate(MigrateError::Dirty(version)));
    }
    let applied = connection.list_applied_migrations(APPLIED).await;
    let applied = applied.map_err(StoreError::Migrate)?;
    applied.iter().try_for_each(check_applied)?;
    let newest = applied.iter().map(|applied| applied.version).max();
    newest.map(Schema::found).ok_or(StoreError::Empty)
}

fn check_applied(applied: &AppliedMigration) -> Result<(), StoreError> {
    let version = applied.version;
    let mut known = MIGRATIONS.iter();
    match known.find(|migration| migration.version == version) {
        None => Err(newer(version)),
        Some(known) if known.checksum != applied.checksum => {
            Err(StoreError::Migrate(MigrateError::VersionMismatch(version)))
        }
        Some(_) => Ok(()),
    }
}

fn outdated(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(found) => newer(found),
        other => StoreError::Migrate(other),
    }
}

fn newer(found: i64) -> StoreError {
    let Schema { found, known } = Schema::found(found);
    StoreError::Newer { found, known }
}

/// Whose tables there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is none.
    Empty,
    /// Gantry's.
    Ours,
    /// Some other program's alone.
    Foreign,
}

/// Whether there are tables, and among them the one that migrations begin with. A database of PostgreSQL's
/// may well be shared with others, so theirs are not looked at: names that collide stop the migrations.
async fn state(store: &mut AnyConnection, backend: Backend) -> Result<State, sqlx::Error> {
    let tables = match backend {
        Backend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Backend::Postgres => {
            "SELECT CAST(relname AS TEXT) FROM pg_class WHERE oid = to_regclass('_sqlx_migrations')"
        }
    };
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(store).await?;
    Ok(match tables.iter().any(|table| table == APPLIED) {
        true => State::Ours,
        false if tables.is_empty() => State::Empty,
        false => State::Foreign,
    })
}
