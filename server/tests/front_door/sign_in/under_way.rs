//! Sign-ins at a provider that are started and not finished, or finished by another client.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Form, Json, Router,
    routing::{get, post},
};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{no_team::Log, signer::Signer};
use crate::{
    browser::{Dashboard, Person, sign_in_cookie},
    sessions::{ask, led_to, store_of},
};

/// A code that the provider refuses. Any other code is the nonce of the ID token that it is exchanged for, and can be
/// used repeatedly.
const BAD_CODE: &str = "bad";

/// A code for which the provider explains its refusal at length, with line breaks.
const TALKATIVE_CODE: &str = "talkative";

/// A code that the provider never answers.
const SLOW_CODE: &str = "slow";

/// A provider that identifies Ana, and a store that can be searched for sign-ins.
struct World {
    folder: TempDir,
    config: String,
    /// How many codes the provider received.
    codes: Arc<AtomicUsize>,
}

/// The provider's answer to a code.
fn exchanged(issuer: &str, signer: &Signer, code: &str) -> (StatusCode, Json<Value>) {
    if code == BAD_CODE {
        return (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": "invalid_grant"})),
        );
    }
    if code == TALKATIVE_CODE {
        let description = "refused\nERROR somebody_else: made up\n".repeat(1_000);
        let answer = json!({"error": "invalid_client", "error_description": description});
        return (StatusCode::BAD_REQUEST, Json(answer));
    }
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let claims = json!({
        "iss": issuer, "aud": "gantry", "sub": "ana", "name": "Ana", "groups": ["storefront"],
        "iat": now, "exp": now + 60, "nonce": code,
    });
    let token = signer.sign(&json!({"alg": signer.algorithm(), "kid": "1"}), &claims);
    let answer = json!({"access_token": "a", "token_type": "Bearer", "id_token": token});
    (StatusCode::OK, Json(answer))
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
            "id_token_signing_alg_values_supported": ["ES256"],
        });
        let codes = Arc::new(AtomicUsize::new(0));
        let (brought, vouches_as) = (Arc::clone(&codes), issuer.clone());
        let signer = Arc::new(Signer::new("ES256"));
        let keys = json!({"keys": [signer.jwk("1")]});
        let exchange = async move |Form(form): Form<HashMap<String, String>>| {
            brought.fetch_add(1, Ordering::SeqCst);
            if form["code"] == SLOW_CODE {
                std::future::pending::<()>().await;
            }
            exchanged(&vouches_as, &signer, &form["code"])
        };
        let provider = Router::new()
            .route(
                "/.well-known/openid-configuration",
                get(move || async { Json(metadata) }),
            )
            .route("/jwks", get(move || async { Json(keys) }))
            .route("/token", post(exchange));
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

/// Starts a sign-in and keeps the cookies. Returns the URL at the provider.
async fn begin(browser: &mut Person, path: &str) -> reqwest::Url {
    let answer = browser.get(path).await;
    browser.cookie = sign_in_cookie(&answer);
    reqwest::Url::parse(led_to(&answer)).unwrap()
}

fn sent(url: &reqwest::Url, key: &str) -> String {
    let found = url.query_pairs().find(|(name, _)| name == key);
    found.unwrap().1.into_owned()
}

/// Where a person arrives who comes back from the provider with this code and state.
async fn come_back(browser: &Person, code: &str, state: &str) -> String {
    let answer = browser
        .get(&format!("/sign-in/callback?code={code}&state={state}"))
        .await;
    led_to(&answer).to_owned()
}

#[tokio::test]
async fn starting_a_sign_in_writes_nothing_to_the_store() {
    let world = World::new().await;
    let dashboard = world.replica().await;
    let mut browser = dashboard.stranger();
    begin(&mut browser, "/sign-in/start").await;
    // The first readings of the registry's tags are stored meanwhile.
    let mut stored = world.stored();
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        if world.stored() == stored {
            break;
        }
        stored = world.stored();
    }
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
async fn a_browsers_cookie_stays_small_whatever_it_starts() {
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
    let led_to = come_back(&other, BAD_CODE, &sent(&url, "state")).await;
    assert!(
        led_to.contains("problem=expired"),
        "the sign-in still works: {led_to}"
    );
}

#[tokio::test]
async fn made_up_codes_write_only_a_few_rows() {
    let world = World::new().await;
    let dashboard = world.replica().await;
    for _ in 0..50 {
        let mut browser = dashboard.stranger();
        let state = sent(&begin(&mut browser, "/sign-in/start").await, "state");
        for _ in 0..2 {
            let led_to = come_back(&browser, BAD_CODE, &state).await;
            assert!(led_to.contains("problem=expired"), "{led_to}");
        }
    }
    assert!(
        ask(&world.folder, "SELECT id FROM session")
            .await
            .is_empty()
    );
    assert_eq!(ask(&world.folder, "SELECT event FROM audit").await.len(), 2);
}

#[tokio::test]
async fn a_providers_answer_is_one_short_log_line() {
    let (log, _logging) = Log::start();
    let world = World::new().await;
    let dashboard = world.replica().await;
    let mut browser = dashboard.stranger();
    let state = sent(&begin(&mut browser, "/sign-in/start").await, "state");
    let led_to = come_back(&browser, TALKATIVE_CODE, &state).await;
    assert!(led_to.contains("problem=provider"), "{led_to}");
    let path = format!(
        "/sign-in/callback?error=x%0AERROR{}&state={state}",
        "y".repeat(3_000)
    );
    browser.get(&path).await;
    let log = log.text();
    let about = |what: &str| log.lines().filter(|line| line.contains(what)).count();
    assert_eq!(about("sign_in.step=\"code exchange\""), 1, "{log}");
    assert_eq!(about("answered with an error"), 1, "{log}");
    for line in log.lines() {
        assert!(!line.starts_with("ERROR"), "{line}");
        assert!(line.len() < 1_000, "{line}");
    }
}

#[tokio::test]
async fn a_state_signs_in_once_and_only_in_the_browser_that_started() {
    let world = World::new().await;
    let (one, other) = (world.replica().await, world.replica().await);
    let (mut began, mut another) = (one.stranger(), one.stranger());
    let wanted = "/sign-in/start?return=/access";
    let url = begin(&mut began, wanted).await;
    let (state, nonce) = (sent(&url, "state"), sent(&url, "nonce"));
    begin(&mut another, wanted).await;
    for browser in [&another, &one.stranger()] {
        let led_to = come_back(browser, &nonce, &state).await;
        assert!(led_to.contains("problem=state"), "{led_to}");
    }
    assert_eq!(
        world.codes(),
        0,
        "no code is accepted from a browser that did not start the sign-in"
    );
    // At another replica, where a load balancer may lead.
    let mut there = other.stranger();
    there.cookie.clone_from(&began.cookie);
    assert_eq!(come_back(&there, &nonce, &state).await, "/access");
    for browser in [&began, &there] {
        let led_to = come_back(browser, &nonce, &state).await;
        assert!(
            led_to.contains("problem=state"),
            "the provider accepts codes twice: {led_to}"
        );
    }
    let sessions = "SELECT id FROM session WHERE person IS NOT NULL";
    assert_eq!(ask(&world.folder, sessions).await.len(), 1);
    for row in ask(&world.folder, "SELECT id || content FROM session").await {
        assert!(!row.contains(&state) && !row.contains(&nonce), "{row}");
    }
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
        "expired sign-ins are forgotten"
    );
}

#[tokio::test]
async fn unfinished_sign_ins_do_not_block_pages_there() {
    let mut world = World::new().await;
    let limits = "sign_ins = 1000";
    world.config = (world.config).replace(limits, &format!("{limits}\naddress_at_once = 2"));
    let dashboard = world.replica().await;
    let mut browser = dashboard.stranger();
    let state = sent(&begin(&mut browser, "/sign-in/start").await, "state");
    let path = format!("/sign-in/callback?code={SLOW_CODE}&state={state}");
    let slow = || browser.get(&path);
    let others = async {
        while world.codes() < 2 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let refused = dashboard.stranger().get("/sign-in/start").await;
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        let page = refused.text().await.unwrap();
        assert!(page.contains("from your network address"), "{page}");
        let page = dashboard.stranger().get("/sign-in").await;
        assert_eq!(page.status(), StatusCode::OK);
    };
    tokio::select! {
        _ = slow() => unreachable!("the provider answers"),
        _ = slow() => unreachable!("the provider answers"),
        () = others => {}
    }
}
