//! A store of each kind, so that storage is tested with both.

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::{Store, StoreUrl};
use tempfile::TempDir;

/// The location of a test's own store.
pub struct Place {
    /// The URL for Gantry.
    pub url: StoreUrl,
    /// The same address, for statements of the test.
    pub address: String,
    /// The name of a PostgreSQL database, and the address of the server that can drop it.
    database: Option<(String, String)>,
    folder: TempDir,
}

impl Place {
    /// An SQLite file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("gantry.db");
        Self {
            url: StoreUrl::file(&file),
            address: format!("sqlite://{}?mode=rwc", file.display()),
            database: None,
            folder,
        }
    }

    /// A new database in the PostgreSQL server that `./dev test` starts.
    pub async fn postgres() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the address of the tests' server, not configuration"
        )]
        let server = std::env::var("GANTRY_TEST_POSTGRES");
        let Ok(server) = server else {
            unreachable!(
                "GANTRY_TEST_POSTGRES is not set: ./dev test starts a PostgreSQL and sets it; by hand, \
                 postgres://user@host:port/postgres"
            )
        };
        let name = format!("gantry_{:016x}", rand::random::<u64>());
        say(&server, &format!("CREATE DATABASE {name}")).await;
        let (address, _) = server.rsplit_once('/').unwrap();
        let address = format!("{address}/{name}");
        Self {
            url: address.parse().unwrap(),
            address,
            database: Some((server, name)),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The folder of the SQLite files.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Opens the store. Each call is like another process that shares it.
    pub async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Runs a statement without Gantry, and returns the number of affected rows.
    pub async fn say(&self, statement: &str) -> u64 {
        say(&self.address, statement).await
    }

    /// The texts in the first column of a query's result.
    pub async fn ask(&self, query: &str) -> Vec<String> {
        let mut connection = connect(&self.address).await;
        let query = sqlx::query_scalar(AssertSqlSafe(query.to_owned()));
        query.fetch_all(&mut connection).await.unwrap()
    }

    /// Runs a test, and removes the store afterwards, even if the test fails.
    pub async fn run(self, test: impl AsyncFnOnce(&Self)) {
        let ended = AssertUnwindSafe(test(&self)).catch_unwind().await;
        if let Some((server, name)) = &self.database {
            say(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        if let Err(panic) = ended {
            resume_unwind(panic);
        }
    }
}

async fn connect(address: &str) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(address).await.unwrap()
}

async fn say(address: &str, statement: &str) -> u64 {
    let mut connection = connect(address).await;
    let done = sqlx::query(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await;
    done.unwrap().rows_affected()
}

/// Creates two tests from one: with SQLite and with PostgreSQL.
macro_rules! on_each_store {
    ($($(#[$attribute:meta])* async fn $name:ident($place:ident: &Place) $body:block)+) => {
        $(
            $(#[$attribute])*
            mod $name {
                use super::*;

                async fn test($place: &Place) $body

                #[tokio::test(flavor = "multi_thread")]
                async fn on_sqlite() {
                    Place::sqlite().run(test).await;
                }

                #[tokio::test(flavor = "multi_thread")]
                async fn on_postgres() {
                    Place::postgres().await.run(test).await;
                }
            }
        )+
    };
}

pub(crate) use on_each_store;
