//! The tables of a store: updates them, and checks their version.

use sqlx::{
    AnyConnection, AnyPool,
    migrate::{AppliedMigration, Migrate, MigrateError, Migrator},
};

use crate::{StoreError, url::Backend};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// The table of applied migrations.
const APPLIED: &str = "_sqlx_migrations";

/// The schema version of a store: the number of its newest migration, and of the newest one that
/// this program knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The newest migration in the store.
    pub found: i64,
    /// The newest migration that this program knows.
    pub known: i64,
}

impl Schema {
    fn found(found: i64) -> Self {
        let versions = MIGRATIONS.iter().map(|migration| migration.version);
        let known = versions.max().unwrap_or_default();
        Self { found, known }
    }

    /// Whether the next `gantry serve` of this version will update the tables.
    pub fn is_older(self) -> bool {
        self.found < self.known
    }
}

/// Updates the tables. One process at a time.
pub(super) async fn migrate(pool: &AnyPool, backend: Backend) -> Result<(), StoreError> {
    match backend {
        // A process that opens the same new file at the same time waits here, and then finds the
        // tables complete. Transactions that start inside this one are savepoints.
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
        // For PostgreSQL, the migrations take their own lock.
        Backend::Postgres => MIGRATIONS.run(pool).await.map_err(outdated),
    }
}

/// Checks the version of the tables and changes nothing.
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

/// Who created the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// There are no tables.
    Empty,
    /// Gantry.
    Ours,
    /// Only other programs.
    Foreign,
}

/// Whether there are tables, and whether the first table of the migrations is one of them. A
/// PostgreSQL database may be shared with other programs, so their tables are ignored: the
/// migrations fail if names collide.
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
