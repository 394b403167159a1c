//! Signing in at a load balancer: only what the load balancer signs is trusted.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use axum::{Router, extract::Path, routing::get};
use base64::{Engine, engine::general_purpose::URL_SAFE};
use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::{
    browser::Dashboard,
    sessions::{ask, store_of},
    sign_in::{no_team::Log, provider::in_seconds, signer::Signer},
};

pub const SIGNER: &str = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/gantry/0123456789abcdef";

/// A load balancer: its key, and the server that publishes the public key.
pub struct LoadBalancer {
    key: Signer,
    asked: Arc<AtomicU32>,
    /// What the server answers before it returns the key.
    refusals: Arc<Mutex<Vec<StatusCode>>>,
    pub url: String,
}

impl LoadBalancer {
    pub async fn start() -> Self {
        let key = Signer::new("ES256");
        let public = key.pem();
        let asked = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&asked);
        let refusals = Arc::new(Mutex::new(Vec::new()));
        let refusing = Arc::clone(&refusals);
        let tell = move |Path(id): Path<String>| async move {
            counted.fetch_add(1, Ordering::Relaxed);
            if let Some(refusal) = refusing.lock().unwrap().pop() {
                return Err(refusal);
            }
            match id.as_str() {
                "key-1" => Ok(public),
                _ => Err(StatusCode::NOT_FOUND),
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let keys = Router::new().route("/{id}", get(tell));
        tokio::spawn(async move { axum::serve(listener, keys).await });
        Self {
            key,
            asked,
            refusals,
            url,
        }
    }

    async fn dashboard(&self) -> Dashboard {
        self.dashboard_with("").await
    }

    async fn dashboard_with(&self, more: &str) -> Dashboard {
        self.dashboard_behind("", more).await
    }

    async fn dashboard_behind(&self, server: &str, more: &str) -> Dashboard {
        let sign_in = self.configuration(server, more);
        Dashboard::configured(&sign_in).await.ready().await
    }

    /// The configuration for this load balancer, with additions to the server section and to its own section.
    pub fn configuration(&self, server: &str, more: &str) -> String {
        let url = &self.url;
        format!(
            "[server]\npublic_url = \"http://127.0.0.1:1\"\n{server}\n[sign_in.alb]\nsigner = \"{SIGNER}\"\nclient = \"gantry\"\n\
             issuer = \"https://idp.example.com\"\nkeys_url = \"{url}\"\n\
             sign_out_url = \"https://idp.example.com/logout\"\n{more}"
        )
    }

    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        sign_with(&self.key, header, claims)
    }
}

/// Parts in base64url with padding, which is part of the signed text: the format of load balancers.
fn sign_with(key: &Signer, header: &Value, claims: &Value) -> String {
    key.sign_in_base64(&URL_SAFE, header, claims)
}

pub fn header() -> Value {
    json!({
        "typ": "JWT", "kid": "key-1", "alg": "ES256", "iss": "https://idp.example.com",
        "client": "gantry", "signer": SIGNER, "exp": in_seconds(120),
    })
}

pub fn claims_of(subject: &str, groups: &[&str]) -> Value {
    json!({
        "sub": subject, "name": "Ana Ibáñez", "email": "ana@example.com", "groups": groups,
        "exp": in_seconds(120), "iss": "https://idp.example.com",
    })
}

/// Opens a page with these identity tokens.
async fn open(dashboard: &Dashboard, path: &str, accounts: &[&str]) -> Response {
    let mut request = dashboard.stranger().request(Method::GET, path);
    for account in accounts {
        request = request.header("x-amzn-oidc-data", *account);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_person_identified_by_the_load_balancer_is_signed_in() {
    let balancer = LoadBalancer::start().await;
    let dashboard = balancer.dashboard().await;
    let account = balancer.sign(&header(), &claims_of("ana", &["storefront"]));
    let page = open(&dashboard, "/repositories", &[&account]).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    assert!(page.contains("Ana Ibáñez") && page.contains("users-api"));
    assert!(!page.contains("orders-web") && !page.contains("Sign out everywhere"));
    // The same person in a different group sees what that group sees, at once.
    let account = balancer.sign(&header(), &claims_of("ana", &["checkout"]));
    let page = open(&dashboard, "/repositories", &[&account]).await;
    let page = page.text().await.unwrap();
    assert!(
        page.contains("orders-api") && !page.contains("users-api"),
        "{page}"
    );
    assert_eq!(
        balancer.asked.load(Ordering::Relaxed),
        1,
        "a key is requested once"
    );
}

/// Records what is stored about people, each time that it is stored.
async fn note_changes(folder: &tempfile::TempDir) {
    ask(folder, "CREATE TABLE noted (name TEXT NOT NULL)").await;
    let insert = "CREATE TRIGGER note_new AFTER INSERT ON person BEGIN INSERT INTO noted VALUES (new.name); END";
    ask(folder, insert).await;
    let update = "CREATE TRIGGER note_change AFTER UPDATE OF name ON person \
                  BEGIN INSERT INTO noted VALUES (new.name); END";
    ask(folder, update).await;
}

const NOTED: &str = "SELECT name FROM noted ORDER BY rowid";
const SIGN_INS: &str = "SELECT person_name FROM audit WHERE event = 'sign-in' ORDER BY number";

/// An identity token of a subject with one of their names.
fn named(balancer: &LoadBalancer, subject: &str, name: &str) -> String {
    let mut claims = claims_of(subject, &["storefront"]);
    claims["name"] = name.into();
    balancer.sign(&header(), &claims)
}

#[tokio::test]
async fn different_tokens_of_one_person_are_stored_only_a_few_times() {
    let folder = tempfile::tempdir().unwrap();
    let balancer = LoadBalancer::start().await;
    let dashboard = balancer.dashboard_with(&store_of(&folder)).await;
    note_changes(&folder).await;
    let accounts = ["Ana", "Anna"].map(|name| named(&balancer, "ana", name));
    for _ in 0..25 {
        for account in &accounts {
            let page = open(&dashboard, "/repositories", &[account]).await;
            assert_eq!(page.status(), StatusCode::OK);
        }
    }
    assert_eq!(ask(&folder, NOTED).await, ["Ana", "Anna"]);
    assert_eq!(ask(&folder, SIGN_INS).await, ["Ana", "Anna"]);
    // Of several concurrent requests, one stores the change.
    let ben = named(&balancer, "ben", "Ben");
    let ben = [&*ben];
    let opened = (0..10).map(|_| open(&dashboard, "/repositories", &ben));
    futures::future::join_all(opened).await;
    assert_eq!(ask(&folder, NOTED).await, ["Ana", "Anna", "Ben"]);
}

#[tokio::test]
async fn a_request_beyond_the_limit_stores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let balancer = LoadBalancer::start().await;
    let limits = format!("[limits]\nperson_requests = 1\n{}", store_of(&folder));
    let dashboard = balancer.dashboard_with(&limits).await;
    note_changes(&folder).await;
    for (name, status) in [
        ("Ben", StatusCode::OK),
        ("Benny", StatusCode::TOO_MANY_REQUESTS),
    ] {
        let account = named(&balancer, "ben", name);
        let page = open(&dashboard, "/repositories", &[&account]).await;
        assert_eq!(page.status(), status);
    }
    assert_eq!(ask(&folder, NOTED).await, ["Ben"]);
    assert_eq!(ask(&folder, SIGN_INS).await, ["Ben"]);
}

#[tokio::test]
async fn made_up_tokens_do_not_fill_the_log_or_hide_those_of_others() {
    let (log, _logging) = Log::start();
    let balancer = LoadBalancer::start().await;
    let proxies = "trusted_proxies = [\"127.0.0.0/8\"]";
    let dashboard = balancer.dashboard_behind(proxies, "").await;
    let open = async |address: &str, account: &str| {
        let request = dashboard.stranger().request(Method::GET, "/repositories");
        let request = request.header("x-forwarded-for", address);
        request
            .header("x-amzn-oidc-data", account)
            .send()
            .await
            .unwrap();
    };
    for n in 0..100 {
        open("198.51.100.1", &format!("x.y.{n}")).await;
    }
    open("203.0.113.9", "x.y.z").await;
    let lines = |address: &str| {
        let log = log.text();
        let lines = log
            .lines()
            .filter(|line| line.contains("refused a sign-in token"));
        lines.filter(|line| line.contains(address)).count()
    };
    assert!((1..=6).contains(&lines("198.51.100.1")), "{}", log.text());
    assert!(lines("203.0.113.9") > 0, "{}", log.text());
}

#[tokio::test]
async fn tokens_from_anyone_else_are_not_trusted() {
    let balancer = LoadBalancer::start().await;
    let dashboard = balancer.dashboard().await;
    let claims = claims_of("ana", &["storefront"]);
    let with = |key: &str, value: Value| {
        let mut header = header();
        header[key] = value;
        balancer.sign(&header, &claims)
    };
    let good = balancer.sign(&header(), &claims);
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let forged = URL_SAFE.encode(claims_of("ana", &["platform-admins"]).to_string());
    let (head, _) = signed.split_once('.').unwrap();
    let other = Signer::new("ES256");
    let without = |key: &str| {
        let mut header = header();
        header.as_object_mut().unwrap().remove(key);
        balancer.sign(&header, &claims)
    };
    let lies = [
        (
            "another load balancer",
            with("signer", json!(SIGNER.replace("gantry", "other"))),
        ),
        ("another client", with("client", json!("other"))),
        ("another issuer", with("iss", json!("https://evil.example"))),
        ("over", with("exp", json!(in_seconds(-60)))),
        ("no end", without("exp")),
        ("no signature asked for", with("alg", json!("none"))),
        ("another algorithm", with("alg", json!("HS256"))),
        ("an unknown key", with("kid", json!("key-2"))),
        ("a key from elsewhere", with("kid", json!("../../key-1"))),
        ("a key of an address", with("kid", json!("@evil.example"))),
        ("another's signature", sign_with(&other, &header(), &claims)),
        ("changed claims", format!("{head}.{forged}.{signature}")),
        ("no signature", format!("{signed}.")),
        ("half a signature", format!("{signed}.{}", &signature[..40])),
        (
            "no subject",
            balancer.sign(&header(), &json!({"groups": ["storefront"]})),
        ),
        ("nonsense", "x.y.z".to_owned()),
        ("nothing", String::new()),
        ("dots", ".".repeat(5_000)),
    ];
    for (lie, account) in &lies {
        let answer = open(&dashboard, "/repositories", &[account]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{lie}");
        let answer = open(&dashboard, "/api/repositories", &[account]).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{lie}");
    }
    // If there are two tokens, it is unknown which one the load balancer wrote.
    let answer = open(&dashboard, "/repositories", &[&good, &good]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let page = open(&dashboard, "/sign-in", &[&lies[0].1])
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("did not come with a sign-in"), "{page}");
    assert_eq!(
        open(&dashboard, "/repositories", &[&good]).await.status(),
        StatusCode::OK,
        "the honest one is still trusted"
    );
    // The valid key, and the one that does not exist.
    assert_eq!(balancer.asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn the_session_pages_say_that_the_load_balancer_keeps_the_sessions() {
    let balancer = LoadBalancer::start().await;
    let dashboard = balancer.dashboard().await;
    let ana = balancer.sign(&header(), &claims_of("ana", &["storefront"]));
    let page = open(&dashboard, "/sessions", &[&ana]).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    assert!(
        page.contains("Your load balancer keeps your sessions"),
        "{page}"
    );
    assert!(
        !page.contains("/sessions/end"),
        "no button without an effect"
    );
    let people = open(&dashboard, "/sessions/people", &[&ana]).await;
    assert_eq!(people.status(), StatusCode::NOT_FOUND);
    let farah = balancer.sign(&header(), &claims_of("farah", &["platform-admins"]));
    let people = open(&dashboard, "/sessions/people", &[&farah]).await;
    let people = people.text().await.unwrap();
    assert!(people.contains("load balancer keeps everyone"), "{people}");
}

#[tokio::test]
async fn a_key_server_that_fails_for_a_moment_shuts_no_one_out() {
    let balancer = LoadBalancer::start().await;
    let dashboard = balancer.dashboard().await;
    let refusals = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::FORBIDDEN,
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::FOUND,
    ];
    balancer.refusals.lock().unwrap().extend(refusals);
    let account = balancer.sign(&header(), &claims_of("ana", &["storefront"]));
    for _ in refusals {
        let answer = open(&dashboard, "/repositories", &[&account]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    }
    let answer = open(&dashboard, "/repositories", &[&account]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    // A key that does not exist is not requested again.
    let asked = balancer.asked.load(Ordering::Relaxed);
    let mut other = header();
    other["kid"] = json!("key-2");
    let account = balancer.sign(&other, &claims_of("ana", &["storefront"]));
    for _ in 0..3 {
        let answer = open(&dashboard, "/repositories", &[&account]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    }
    assert_eq!(balancer.asked.load(Ordering::Relaxed), asked + 1);
}

#[tokio::test]
async fn the_header_is_ignored_unless_it_is_configured() {
    let balancer = LoadBalancer::start().await;
    let dashboard = Dashboard::start().await;
    let account = balancer.sign(&header(), &claims_of("ana", &["storefront"]));
    let answer = open(&dashboard, "/repositories", &[&account]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_out_ends_the_load_balancers_session_and_leads_to_the_provider() {
    let balancer = LoadBalancer::start().await;
    let dashboard = balancer.dashboard().await;
    let account = balancer.sign(&header(), &claims_of("ana", &["storefront"]));
    let stranger = dashboard.stranger();
    let answer = stranger
        .request(Method::POST, "/sign-out")
        .header("x-amzn-oidc-data", account)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(
        answer.headers()["refresh"],
        "0; url=https://idp.example.com/logout"
    );
    assert_eq!(
        answer.headers()["clear-site-data"],
        "\"cache\", \"storage\""
    );
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let forgotten: Vec<_> = cookies.map(|cookie| cookie.to_str().unwrap()).collect();
    for number in 0..4 {
        let cookie = format!("AWSELBAuthSessionCookie-{number}=;");
        assert!(
            forgotten
                .iter()
                .any(|it| it.starts_with(&cookie) && it.contains("Max-Age=0")),
            "{forgotten:?}"
        );
    }
    // Choosing a persona signs nobody in here.
    let chosen = stranger.post("/sign-in", &[("persona", "ana")]).await;
    assert_eq!(chosen.status(), StatusCode::NOT_FOUND);
}
