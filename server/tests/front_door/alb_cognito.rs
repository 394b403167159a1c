//! Amazon Cognito behind a load balancer: groups are only in the access token, and are trusted if the user pool has
//! signed it for this client and this person.

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::{
    alb::{LoadBalancer, SIGNER, header},
    browser::Dashboard,
    sign_in::{
        no_team::Log,
        provider::{Provider, in_seconds},
        signer::Signer,
    },
};

const SUBJECT: &str = "93a4a832-4011-70c3-a1b2-0d3a2b6f1c5e";

/// A user pool, the load balancer that sends people there, and the dashboard behind it.
struct Pool {
    pool: Provider,
    balancer: LoadBalancer,
    dashboard: Dashboard,
}

impl Pool {
    async fn start(more: &str) -> Self {
        let pool = Provider::start("/eu-central-1_Ab129faBb").await;
        let balancer = LoadBalancer::start().await;
        let sign_in = format!(
            "[server]\npublic_url = \"http://127.0.0.1:1\"\n[sign_in.alb]\nsigner = \"{SIGNER}\"\n\
             client = \"gantry\"\nissuer = \"{}\"\nkeys_url = \"{}\"\ngroups_claim = \"cognito:groups\"\n{more}\n",
            pool.issuer, balancer.url
        );
        let dashboard = Dashboard::configured(&sign_in).await.ready().await;
        Self {
            pool,
            balancer,
            dashboard,
        }
    }

    /// The load balancer's identity token for a person, with claims from userinfo.
    fn account(&self) -> String {
        let mut header = header();
        header["iss"] = json!(self.pool.issuer);
        let claims = json!({
            "sub": SUBJECT, "email_verified": "true", "email": "ana@example.com", "username": "ana",
            "exp": in_seconds(120), "iss": self.pool.issuer,
        });
        self.balancer.sign(&header, &claims)
    }

    /// The claims of an access token.
    fn claims(&self) -> Value {
        json!({
            "sub": SUBJECT, "cognito:groups": ["storefront"], "iss": self.pool.issuer, "version": 2,
            "client_id": "gantry", "origin_jti": "5b9f50a3", "token_use": "access", "scope": "openid",
            "auth_time": in_seconds(-60), "exp": in_seconds(3600), "iat": in_seconds(-60),
            "jti": "bbfaba9c", "username": "ana",
        })
    }

    /// An access token as the pool signs it: its header has no type.
    fn token(&self, claims: &Value) -> String {
        let header = json!({"kid": "key-1", "alg": "RS256"});
        self.pool.says().signer.sign(&header, claims)
    }

    async fn open(&self, tokens: &[&str]) -> Response {
        let request = self
            .dashboard
            .stranger()
            .request(Method::GET, "/repositories");
        let mut request = request.header("x-amzn-oidc-data", self.account());
        for token in tokens {
            request = request.header("x-amzn-oidc-accesstoken", *token);
        }
        request.send().await.unwrap()
    }

    async fn sees_the_storefront(&self, token: &str) {
        let answer = self.open(&[token]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let page = answer.text().await.unwrap();
        assert!(page.contains("storefront/users-api"), "{page}");
    }
}

#[tokio::test]
async fn groups_come_from_the_access_token() {
    let pool = Pool::start("groups_from_access_token = true").await;
    assert_eq!(
        pool.pool.requests("jwks"),
        0,
        "nothing is requested before it is needed"
    );
    pool.sees_the_storefront(&pool.token(&pool.claims())).await;
    let mut other = pool.claims();
    other["cognito:groups"] = json!(["checkout"]);
    let page = pool
        .open(&[&pool.token(&other)])
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("checkout/orders-api"), "{page}");
    assert!(!page.contains("storefront/users-api"), "{page}");
    assert_eq!(pool.pool.requests("jwks"), 1, "keys are requested once");
}

#[tokio::test]
async fn an_access_token_from_another_issuer_or_for_another_person_signs_nobody_in() {
    let pool = Pool::start("groups_from_access_token = true").await;
    let with = |name: &str, value: Value| {
        let mut claims = pool.claims();
        claims["cognito:groups"] = json!(["platform-admins"]);
        claims[name] = value;
        pool.token(&claims)
    };
    let header = json!({"kid": "key-1", "alg": "RS256"});
    let honest = pool.token(&pool.claims());
    let lies = [
        ("another pool", with("iss", json!("https://evil.example"))),
        ("another client", with("client_id", json!("other"))),
        ("no client", with("client_id", Value::Null)),
        ("an ID token", with("token_use", json!("id"))),
        ("another person", with("sub", json!("farah"))),
        ("over", with("exp", json!(in_seconds(-60)))),
        ("no end", with("exp", Value::Null)),
        (
            "another key",
            Signer::new("RS256").sign(&header, &pool.claims()),
        ),
        (
            "no signature",
            format!("{}.", honest.rsplit_once('.').unwrap().0),
        ),
        ("nonsense", "x.y.z".to_owned()),
        ("nothing", String::new()),
    ];
    for (lie, token) in &lies {
        let answer = pool.open(&[token]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{lie}");
    }
    let answer = pool.open(&[&honest, &honest]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "two of them");
    pool.sees_the_storefront(&honest).await;
}

#[tokio::test]
async fn changed_pool_keys_are_accepted() {
    let pool = Pool::start("groups_from_access_token = true").await;
    pool.sees_the_storefront(&pool.token(&pool.claims())).await;
    {
        let mut says = pool.pool.says();
        says.signer = std::sync::Arc::new(Signer::new("RS256"));
        says.keys = vec![says.signer.jwk("key-1")];
    }
    pool.sees_the_storefront(&pool.token(&pool.claims())).await;
}

#[tokio::test]
async fn without_groups_the_page_and_the_log_name_the_claims_of_both_tokens() {
    let (log, _logging) = Log::start();
    let pool = Pool::start("groups_from_access_token = true").await;
    let mut claims = pool.claims();
    claims.as_object_mut().unwrap().remove("cognito:groups");
    let token = pool.token(&claims);
    for _ in 0..3 {
        let page = pool.open(&[&token]).await.text().await.unwrap();
        assert!(page.contains("You are in no team"), "{page}");
        for name in ["cognito:groups", "email_verified", "token_use"] {
            assert!(
                page.contains(&format!("<code>{name}</code>")),
                "{name}: {page}"
            );
        }
    }
    assert_eq!(log.about_teams().len(), 1, "{:?}", log.about_teams());
}

#[tokio::test]
async fn an_access_token_is_ignored_unless_it_is_configured() {
    let pool = Pool::start("").await;
    for token in [pool.token(&pool.claims()), "opaque".to_owned()] {
        let page = pool.open(&[&token]).await.text().await.unwrap();
        assert!(page.contains("You are in no team"), "{page}");
    }
    assert_eq!(pool.pool.requests("jwks"), 0);
}
