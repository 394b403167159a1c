//! A store of each kind, so that what is stored is tested on both.

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::{Store, StoreUrl};
use tempfile::TempDir;

/// Where a test's own store is.
pub struct Place {
    /// Where it is, as Gantry is told.
    pub url: StoreUrl,
    /// The same, for statements of the test's own.
    pub address: String,
    /// What removes it: a database of PostgreSQL's, with the address to say so at.
    database: Option<(String, String)>,
    folder: TempDir,
}

impl Place {
    /// A file of SQLite's.
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

    /// A database of its own in the PostgreSQL that `./dev test` starts.
    pub async fn postgres() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "no configuration: where the tests' server is"
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

    /// Where SQLite's files are.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Opens it: each call is another process that shares it.
    pub async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Runs a statement behind Gantry's back, and says how many rows it concerned.
    pub async fn say(&self, statement: &str) -> u64 {
        say(&self.address, statement).await
    }

    /// The texts in the first column of a query's answer.
    pub async fn ask(&self, query: &str) -> Vec<String> {
        let mut connection = connect(&self.address).await;
        let query = sqlx::query_scalar(AssertSqlSafe(query.to_owned()));
        query.fetch_all(&mut connection).await.unwrap()
    }

    /// Runs a test, and removes the store after it, however it ends.
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

/// Makes two tests of one: over SQLite and over PostgreSQL.
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
