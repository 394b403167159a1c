//! Stores of both kinds, each with nothing else in it.

use std::path::PathBuf;

use registry::{Store, StoreUrl};
use sqlx::{AnyPool, Executor, any::AnyPoolOptions};
use tempfile::TempDir;

/// The variable that names a PostgreSQL server in which databases may be made.
const SERVER: &str = "GANTRY_TEST_POSTGRES";

/// A database of a test's own, which goes with it.
pub struct Database {
    pub url: String,
    kept: Kept,
}

enum Kept {
    File { _folder: TempDir },
    Postgres { server: String, name: String },
}

impl Database {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file: PathBuf = folder.path().join("gantry.db");
        Self {
            url: format!("sqlite://{}?mode=rwc", file.display()),
            kept: Kept::File { _folder: folder },
        }
    }

    pub async fn postgres() -> Self {
        let server = std::env::var_os(SERVER);
        let server = server
            .and_then(|url| url.into_string().ok())
            .unwrap_or_else(|| unreachable!("{SERVER} is not set: `./dev test` sets it"));
        let name = format!("gantry_{:032x}", rand::random::<u128>());
        command(&server, &format!("CREATE DATABASE {name}")).await;
        let (front, _) = server.rsplit_once('/').unwrap();
        Self {
            url: format!("{front}/{name}"),
            kept: Kept::Postgres { server, name },
        }
    }

    /// Gantry's store in it, opened anew each time, as by another replica.
    pub async fn store(&self) -> Store {
        let url: StoreUrl = self.url.parse().unwrap();
        Store::open(&url).await.unwrap()
    }

    /// What somebody does to it behind Gantry's back.
    pub async fn tamper(&self, statement: &str) {
        command(&self.url, statement).await;
    }
}

async fn command(url: &str, statement: &str) {
    sqlx::any::install_default_drivers();
    let one: AnyPool = AnyPoolOptions::new()
        .max_connections(1)
        .connect(url)
        .await
        .unwrap();
    one.execute(sqlx::AssertSqlSafe(statement)).await.unwrap();
    one.close().await;
}

impl Drop for Database {
    fn drop(&mut self) {
        let Kept::Postgres { server, name } = &self.kept else {
            return;
        };
        let (server, drop) = (server.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        // A test's own runtime may be on its way out.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(command(&server, &drop));
        });
        let _ = dropping.join();
    }
}

/// Runs each of these once on SQLite and once on PostgreSQL.
macro_rules! on_both {
    ($($test:ident,)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test($crate::database::Database::sqlite().await).await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test($crate::database::Database::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both;
