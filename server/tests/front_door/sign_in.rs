//! Sign-ins at a provider that are begun and not finished, or finished by somebody else.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Json, Router,
    routing::{get, post},
};
use reqwest::{Response, StatusCode, header};
use serde_json::json;
use tempfile::TempDir;

use crate::{
    browser::{Dashboard, Person},
    sessions::{ask, led_to, store_of},
};

/// A provider that takes no code, and a store that sign-ins may be looked for in.
struct World {
    folder: TempDir,
    config: String,
    /// How many codes the provider was brought.
    codes: Arc<AtomicUsize>,
}

impl World {
    async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let metadata = json!({
            "issuer": issuer, "jwks_uri": format!("{issuer}/jwks"),
            "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        });
        let codes = Arc::new(AtomicUsize::new(0));
        let brought = Arc::clone(&codes);
        let refuse = move || async move {
            brought.fetch_add(1, Ordering::SeqCst);
            (
                StatusCode::BAD_REQUEST,
                Json(json!({"error": "invalid_grant"})),
            )
        };
        let provider = Router::new()
            .route(
                "/.well-known/openid-configuration",
                get(move || async { Json(metadata) }),
            )
            .route("/jwks", get(|| async { Json(json!({"keys": []})) }))
            .route("/token", post(refuse));
        tokio::spawn(async move { axum::serve(listener, provider).await });
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "[server]\npublic_url = \"http://127.0.0.1:1\"\n[sign_in.oidc]\nissuer = \"{issuer}\"\n\
             client_id = \"gantry\"\n[limits]\nsign_ins = 1000\n{}",
            store_of(&folder)
        );
        Self {
            folder,
            config,
            codes,
        }
    }

    async fn replica(&self) -> Dashboard {
        Dashboard::configured(&self.config).await.ready().await
    }

    fn codes(&self) -> usize {
        self.codes.load(Ordering::SeqCst)
    }

    /// How many bytes the store has written.
    fn stored(&self) -> u64 {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files
            .map(|file| file.unwrap().metadata().unwrap().len())
            .sum()
    }
}

/// The cookie that an answer sets for sign-ins, as the browser sends it back.
fn cookie(answer: &Response) -> String {
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap());
    let cookie = cookies.find(|cookie| cookie.starts_with("gantry_sign_in="));
    cookie.unwrap().split(';').next().unwrap().to_owned()
}

/// Begins a sign-in, and keeps what the browser is told to keep; says what the provider is sent.
async fn begin(browser: &mut Person, path: &str) -> reqwest::Url {
    let answer = browser.get(path).await;
    browser.cookie = cookie(&answer);
    reqwest::Url::parse(led_to(&answer)).unwrap()
}

fn sent(url: &reqwest::Url, key: &str) -> String {
    let found = url.query_pairs().find(|(name, _)| name == key);
    found.unwrap().1.into_owned()
}

/// Where somebody ends who comes back from the provider with this state.
async fn come_back(browser: &Person, state: &str) -> String {
    let answer = browser
        .get(&format!("/sign-in/callback?code=x&state={state}"))
        .await;
    led_to(&answer).to_owned()
}

#[tokio::test]
async fn who_begins_a_sign_in_writes_nothing_to_the_store() {
    let world = World::new().await;
    let dashboard = world.replica().await;
    let mut browser = dashboard.stranger();
    begin(&mut browser, "/sign-in/start").await;
    let stored = world.stored();
    for _ in 0..100 {
        begin(&mut dashboard.stranger(), "/sign-in/start").await;
        begin(&mut browser, "/sign-in/start").await;
    }
    assert_eq!(world.stored(), stored);
    for table in ["SELECT id FROM session", "SELECT hash FROM audit"] {
        assert!(ask(&world.folder, table).await.is_empty(), "{table}");
    }
}

#[tokio::test]
async fn a_browsers_cookie_stays_small_whatever_it_begins() {
    let world = World::new().await;
    let dashboard = world.replica().await;
    let mut browser = dashboard.stranger();
    let wanted = format!(
        "/sign-in/start?return=/repositories?q={}",
        "x".repeat(1_000)
    );
    for _ in 0..20 {
        begin(&mut browser, &wanted).await;
        assert!(browser.cookie.len() <= 4_096, "{}", browser.cookie.len());
    }
    let mut other = dashboard.stranger();
    let url = begin(&mut other, &format!("{wanted}{}", "x".repeat(2_000))).await;
    assert!(other.cookie.len() < 300, "{}", other.cookie);
    let led_to = come_back(&other, &sent(&url, "state")).await;
    assert!(
        led_to.contains("problem=expired"),
        "it is no less a sign-in: {led_to}"
    );
}

#[tokio::test]
async fn a_state_is_good_once_in_the_browser_that_began_at_any_replica() {
    let world = World::new().await;
    let (one, other) = (world.replica().await, world.replica().await);
    let (mut began, mut another) = (one.stranger(), one.stranger());
    let state = sent(&begin(&mut began, "/sign-in/start").await, "state");
    let own = sent(&begin(&mut another, "/sign-in/start").await, "state");
    let nobody = one.stranger();
    for browser in [&another, &nobody] {
        let led_to = come_back(browser, &state).await;
        assert!(led_to.contains("problem=state"), "{led_to}");
    }
    assert_eq!(
        world.codes(),
        0,
        "no code was taken from a browser that did not begin"
    );
    // At another replica, as a load balancer likes it.
    let mut there = other.stranger();
    there.cookie.clone_from(&began.cookie);
    let led_to = come_back(&there, &state).await;
    assert!(
        led_to.contains("problem=expired"),
        "the provider said so: {led_to}"
    );
    for browser in [&began, &there] {
        let led_to = come_back(browser, &state).await;
        assert!(led_to.contains("problem=state"), "{led_to}");
    }
    assert_eq!(world.codes(), 1);
    let led_to = come_back(&another, &own).await;
    assert!(led_to.contains("problem=expired"), "{led_to}");
    let kept = ask(&world.folder, "SELECT id || content FROM session").await;
    assert_eq!(kept.len(), 2);
    assert!(
        kept.iter()
            .all(|row| !row.contains(&state) && !row.contains(&own)),
        "{kept:?}"
    );
}

#[tokio::test]
async fn the_secrets_of_a_sign_in_are_not_sent_with_it() {
    let world = World::new().await;
    let dashboard = world.replica().await;
    let mut browser = dashboard.stranger();
    let url = begin(&mut browser, "/sign-in/start").await;
    for secret in [
        sent(&url, "state"),
        sent(&url, "nonce"),
        sent(&url, "code_challenge"),
    ] {
        assert!(secret.len() >= 43 && !browser.cookie.contains(&secret));
    }
    let answer = browser
        .get(&format!(
            "/sign-in/callback?error=access_denied&state={}",
            sent(&url, "state")
        ))
        .await;
    assert!(led_to(&answer).contains("problem=denied"));
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap());
    assert!(
        cookies.any(|it| it.starts_with("gantry_sign_in=") && it.contains("Max-Age=0")),
        "what is over is forgotten"
    );
}
