//! Two replicas over one PostgreSQL.

use reqwest::StatusCode;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use crate::browser::{Dashboard, Person};

/// Runs `work` with a separate database in the PostgreSQL that `./dev test` starts.
async fn over_one_database(work: impl AsyncFnOnce(&str)) {
    #[expect(
        clippy::disallowed_methods,
        reason = "not configuration: the address of the tests' server"
    )]
    let server = std::env::var("GANTRY_TEST_POSTGRES");
    let Ok(server) = server else {
        unreachable!("GANTRY_TEST_POSTGRES is not set: ./dev test starts a PostgreSQL and sets it")
    };
    let name = format!("gantry_{:016x}", rand::random::<u64>());
    say(&server, &format!("CREATE DATABASE {name}")).await;
    let (address, _) = server.rsplit_once('/').unwrap();
    work(&format!("[store]\nurl = \"{address}/{name}\"")).await;
    say(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn say(server: &str, statement: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(server).await.unwrap();
    let statement = AssertSqlSafe(statement.to_owned());
    sqlx::raw_sql(statement)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// The same browser at another replica.
fn at(dashboard: &Dashboard, person: &Person) -> Person {
    let mut there = dashboard.stranger();
    there.cookie.clone_from(&person.cookie);
    there
}

#[tokio::test]
async fn replicas_share_sessions_and_links() {
    over_one_database(async |store| {
        let one = Dashboard::with(store).await.ready().await;
        let other = Dashboard::with(store).await.ready().await;
        let ana = one.person("ana").await;
        let there = at(&other, &ana);
        assert_eq!(there.get("/repositories").await.status(), StatusCode::OK);
        let form = [
            ("registry", "retail"),
            ("name", "storefront/users-api"),
            ("moment", "both"),
            ("expiry", "two-weeks"),
        ];
        let made = ana.post("/links/new", &form).await;
        // Another replica may answer the redirect.
        let page = there.follow(&made).await.text().await.unwrap();
        let start = page.find("/s/").unwrap();
        let link = page[start..start + 43].to_owned();
        let stranger = other.stranger();
        assert_eq!(stranger.get(&link).await.status(), StatusCode::OK);
        there.post("/links/revoke", &[("maker", "demo ana")]).await;
        assert_eq!(
            one.stranger().get(&link).await.status(),
            StatusCode::NOT_FOUND
        );
        there.post("/sign-out", &[]).await;
        assert_eq!(
            ana.get("/repositories").await.status(),
            StatusCode::SEE_OTHER
        );
    })
    .await;
}
