//! The demo, which needs no password: it contains nothing real, and no other site can reach it.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use reqwest::{Method, StatusCode, header};

use crate::{browser::Dashboard, commands::Served};

#[test]
fn the_demo_ignores_stores_and_registries_in_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let (store, data) = (folder.path().join("real.db"), folder.path().join("data"));
    let metrics = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    let command = command
        .args(["demo", "--empty", "--listen", "127.0.0.1:0"])
        .env("GANTRY_LOG", "warn")
        .env(
            "GANTRY__STORE__URL",
            format!("sqlite://{}", store.display()),
        )
        .env("GANTRY__SERVER__DATA_DIR", &data)
        .env(
            "GANTRY__SERVER__METRICS",
            metrics.local_addr().unwrap().to_string(),
        )
        .env(
            "GANTRY__REGISTRY__0__ROLE_ARN",
            "arn:aws:iam::111122223333:role/production",
        )
        .env("GANTRY__REGISTRY__1__ALIAS", "production")
        .env("GANTRY__REGISTRY__1__REGION", "eu-central-1")
        .env("GANTRY__SIGN_IN__OIDC__CLIENT_SECRET", "83920174")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut served = Served(command.spawn().unwrap());
    let lines = BufReader::new(served.0.stdout.take().unwrap()).lines();
    let opened = lines
        .map_while(Result::ok)
        .find(|line| line.starts_with("open http://"));
    assert!(opened.is_some(), "it serves");
    assert!(!store.exists() && !data.exists(), "a store was opened");
    let stderr = BufReader::new(served.0.stderr.take().unwrap());
    let said = stderr.lines().map_while(Result::ok).next().unwrap();
    assert!(
        said.contains("ignores the configuration in the environment")
            && said.contains("GANTRY__STORE__URL")
            && !said.contains("83920174"),
        "{said}"
    );
}

#[tokio::test]
async fn the_demo_answers_only_under_this_hosts_names() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let ask = async |method: Method, path: &str, host: &str| {
        let request = ana.request(method, path).header(header::HOST, host);
        request.send().await.unwrap()
    };
    let port = ana.url.rsplit(':').next().unwrap();
    let rebound = format!("evil.example:{port}");
    for host in [
        rebound.as_str(),
        "evil.example",
        "localhost.evil.example",
        "10.0.0.1",
    ] {
        for path in [
            "/repositories",
            "/api/repositories",
            "/sign-in",
            "/healthz",
            "/s/x",
        ] {
            let answer = ask(Method::GET, path, host).await;
            assert_eq!(
                answer.status(),
                StatusCode::MISDIRECTED_REQUEST,
                "{path} of {host}"
            );
            let text = answer.text().await.unwrap();
            assert!(
                text.contains(&format!("Open {} instead", ana.url)),
                "{text}"
            );
        }
        let answer = ask(Method::POST, "/sign-in", host).await;
        assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    for host in [
        format!("localhost:{port}"),
        "[::1]".into(),
        "127.0.0.1:9000".into(),
    ] {
        let answer = ask(Method::GET, "/repositories", &host).await;
        assert_eq!(answer.status(), StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn a_links_url_is_not_built_from_what_the_request_says() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let fields = [
        ("registry", "retail"),
        ("name", "storefront/users-api"),
        ("moment", "both"),
        ("expiry", "two-weeks"),
    ];
    let request = ana
        .request(Method::POST, "/links/new")
        .header("sec-fetch-site", "same-origin")
        .header(header::HOST, "localhost:1")
        .form(&fields);
    let made = request.send().await.unwrap();
    let path = made.headers()[header::LOCATION].to_str().unwrap();
    assert!(path.starts_with("/links/made/"), "{path}");
    // Gantry treats two cookie headers as one.
    let page = ana
        .request(Method::GET, path)
        .header(header::HOST, "localhost:1");
    let page = page.header(header::COOKIE, crate::browser::cookies(&made).join("; "));
    let page = page.send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains(&format!("{}/s/", ana.url)), "{page}");
    assert!(!page.contains("localhost:1"), "{page}");
}

#[tokio::test]
async fn visitors_with_the_same_persona_do_not_sign_each_other_out() {
    let dashboard = Dashboard::start().await.ready().await;
    let first = dashboard.person("ana").await;
    for _ in 0..60 {
        dashboard.person("ana").await;
    }
    let answer = first.get("/sessions").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("61 sessions") && page.contains("With more than 1,000 sessions"),
        "{page}"
    );
}
