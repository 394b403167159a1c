//! Tokens that are not from the provider, not for Gantry, not currently valid or not for this sign-in: they sign
//! nobody in.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use super::{
    no_team::Log,
    provider::{Provider, Says, in_seconds},
    signer::Signer,
};
use crate::browser::Dashboard;

/// Asserts that nobody is signed in, and that the token is the reason.
async fn refuses(provider: &Provider, dashboard: &Dashboard, lie: &str) {
    let (person, problem) = provider.sign_in(dashboard).await;
    assert_eq!(problem.as_deref(), Some("token"), "{lie}");
    let answer = person.get("/repositories").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{lie}");
    let led_to = answer.headers()[header::LOCATION].to_str().unwrap();
    assert!(led_to.starts_with("/sign-in"), "{lie}: {led_to}");
}

/// Asserts that the provider's valid token signs in.
async fn takes(provider: &Provider, dashboard: &Dashboard) {
    let page = provider.repositories(dashboard).await;
    assert!(page.contains("storefront/users-api"), "{page}");
}

/// A provider with userinfo, and a dashboard.
async fn honest() -> (Provider, Dashboard) {
    let provider = Provider::start("/realms/staff").await;
    provider.says().userinfo = Some(json!({"sub": "ana", "groups": ["storefront"]}));
    let dashboard = provider.dashboard("").await;
    takes(&provider, &dashboard).await;
    (provider, dashboard)
}

#[tokio::test]
async fn a_token_with_a_wrong_claim_is_refused() {
    let (provider, dashboard) = honest().await;
    let lies = [
        ("the nonce of another sign-in", json!({"nonce": "another"})),
        ("no nonce", json!({"nonce": null})),
        ("a list of nonces", json!({"nonce": ["another"]})),
        ("another issuer", json!({"iss": "https://evil.example"})),
        (
            "an issuer that begins alike",
            json!({"iss": format!("{}/", provider.issuer)}),
        ),
        ("no issuer", json!({"iss": null})),
        ("another audience", json!({"aud": "other"})),
        ("another audience too", json!({"aud": ["gantry", "other"]})),
        ("an audience that is no text", json!({"aud": ["gantry", 7]})),
        ("no audience", json!({"aud": null})),
        ("an empty audience", json!({"aud": []})),
        ("no person", json!({"sub": null})),
        ("a person without a name", json!({"sub": ""})),
        ("a number for a person", json!({"sub": 7})),
        (
            "an end that has come",
            json!({"iat": in_seconds(-120), "exp": in_seconds(-60)}),
        ),
        ("no end", json!({"exp": null})),
        (
            "an end that is text",
            json!({"exp": in_seconds(300).to_string()}),
        ),
        ("a beginning to come", json!({"iat": in_seconds(120)})),
        ("no beginning", json!({"iat": null})),
        (
            "a time before which it is nothing",
            json!({"nbf": in_seconds(120)}),
        ),
        (
            "another access token",
            json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
        ),
        ("a hash that is none", json!({"at_hash": 7})),
    ];
    for (lie, claims) in lies {
        provider.says().claims = claims;
        refuses(&provider, &dashboard, lie).await;
    }
    provider.says().claims = json!({"iat": in_seconds(15), "nbf": in_seconds(15)});
    takes(&provider, &dashboard).await;
    provider.says().claims = json!({"iat": in_seconds(-120), "exp": in_seconds(-10)});
    takes(&provider, &dashboard).await;
}

/// Parts of an unsigned token.
fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

#[tokio::test]
async fn a_token_that_the_provider_has_not_signed_is_refused() {
    let (provider, dashboard) = honest().await;
    type Forge = fn(&Says, &Value, &Value) -> String;
    let forgeries: [(&str, Forge); 8] = [
        ("by another key of its id", |_, header, claims| {
            Signer::new("RS256").sign(header, claims)
        }),
        ("unsigned", |_, header, claims| {
            let mut header = header.clone();
            header["alg"] = json!("none");
            format!("{}.", unsigned(&header, claims))
        }),
        ("unsigned, without saying so", |_, header, claims| {
            format!("{}.", unsigned(header, claims))
        }),
        ("by the client's secret", |_, header, claims| {
            let mut header = header.clone();
            header["alg"] = json!("HS256");
            let signed = unsigned(&header, claims);
            let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"a-secret");
            let tag = aws_lc_rs::hmac::sign(&key, signed.as_bytes());
            format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
        }),
        ("with other claims", |says, header, claims| {
            let honest = says.signer.sign(header, claims);
            let (_, signature) = honest.rsplit_once('.').unwrap();
            let mut claims = claims.clone();
            claims["groups"] = json!(["platform-admins"]);
            format!("{}.{signature}", unsigned(header, &claims))
        }),
        (
            "by another algorithm than it says",
            |says, header, claims| {
                let mut header = header.clone();
                header["alg"] = json!("PS256");
                says.signer.sign(&header, claims)
            },
        ),
        ("by a key for something else", |says, header, claims| {
            let mut header = header.clone();
            header["kid"] = json!("key-2");
            says.signer.sign(&header, claims)
        }),
        ("and is none", |_, _, _| "x.y.z".to_owned()),
    ];
    for (lie, forge) in forgeries {
        provider.says().forge = Some(forge);
        refuses(&provider, &dashboard, lie).await;
    }
    provider.says().forge = None;
    for (lie, header) in [
        (
            "fields that have to be understood",
            json!({"crit": ["exp"]}),
        ),
        ("another type", json!({"typ": "at+jwt"})),
        ("a type that is no text", json!({"typ": 7})),
    ] {
        provider.says().header = header;
        refuses(&provider, &dashboard, lie).await;
    }
    provider.says().header = json!({});
    takes(&provider, &dashboard).await;
    provider.says().answer = json!({"id_token": null});
    refuses(&provider, &dashboard, "there is none").await;
}

#[tokio::test]
async fn keys_are_read_again_once_for_a_signature_by_an_unknown_key() {
    let (provider, dashboard) = honest().await;
    let before = provider.requests("jwks");
    let published = provider.says().keys.clone();
    provider.says().signer = Arc::new(Signer::new("RS256"));
    refuses(&provider, &dashboard, "a key that is not published").await;
    assert_eq!(provider.requests("jwks"), before + 1);
    assert_eq!(provider.says().keys, published);
    let key = provider.says().signer.jwk("key-2");
    provider.says().keys = vec![key];
    provider.says().header = json!({"kid": "key-2"});
    takes(&provider, &dashboard).await;
    assert_eq!(provider.requests("jwks"), before + 2);
}

#[tokio::test]
async fn keys_are_read_again_a_limited_number_of_times() {
    let (provider, dashboard) = honest().await;
    let before = provider.requests("jwks");
    provider.says().signer = Arc::new(Signer::new("ES256"));
    for _ in 0..45 {
        refuses(&provider, &dashboard, "a key that is not published").await;
    }
    let asked = provider.requests("jwks") - before;
    assert!((30..45).contains(&asked), "{asked}");
}

#[tokio::test]
async fn an_unreadable_answer_is_not_quoted_in_the_log() {
    let (log, _logging) = Log::start();
    let (provider, dashboard) = honest().await;
    for answer in [
        json!({"access_token": 83_920_174}),
        json!({"id_token": 83_920_174}),
        json!({"id_token": {"83920174": true}}),
        json!({"id_token": "83920174.83920174.83920174"}),
    ] {
        provider.says().answer = answer;
        let (_, problem) = provider.sign_in(&dashboard).await;
        assert!(problem.is_some());
    }
    let log = log.text();
    assert!(
        log.contains("cannot read the identity provider's answer") && !log.contains("83920174"),
        "{log}"
    );
}

#[tokio::test]
async fn userinfo_about_another_person_or_from_another_issuer_is_refused() {
    let (provider, dashboard) = honest().await;
    let groups = json!(["platform-admins"]);
    let said = |issuer: &str, client: &str, subject: &str| json!({"iss": issuer, "aud": client, "sub": subject, "groups": groups});
    let header = json!({"alg": "RS256", "kid": "key-1"});
    let issuer = provider.issuer.as_str();
    let signer = Arc::clone(&provider.says().signer);
    for (lie, userinfo) in [
        ("another person", json!({"sub": "farah", "groups": groups})),
        ("no person", json!({"groups": groups})),
        (
            "another person, signed",
            json!(signer.sign(&header, &said(issuer, "gantry", "farah"))),
        ),
        (
            "for another client",
            json!(signer.sign(&header, &said(issuer, "other", "ana"))),
        ),
        (
            "by another issuer",
            json!(signer.sign(&header, &said("https://evil.example", "gantry", "ana"))),
        ),
        (
            "by another key",
            json!(Signer::new("RS256").sign(&header, &said(issuer, "gantry", "ana"))),
        ),
    ] {
        provider.says().userinfo = Some(userinfo);
        refuses(&provider, &dashboard, lie).await;
    }
}

#[tokio::test]
async fn a_provider_that_names_another_issuer_signs_nobody_in() {
    let provider = Provider::start("/common").await;
    let sign_in = format!(
        "[server]\npublic_url = \"http://127.0.0.1:1\"\n[sign_in.oidc]\nissuer = \"{}/\"\nclient_id = \"gantry\"",
        provider.issuer
    );
    let dashboard = Dashboard::configured(&sign_in).await.ready().await;
    let answer = dashboard.stranger().get("/sign-in/start").await;
    let led_to = answer.headers()[header::LOCATION].to_str().unwrap();
    assert!(led_to.contains("problem=provider"), "{led_to}");
}

#[tokio::test]
async fn a_provider_with_an_insecure_endpoint_is_refused() {
    let provider = Provider::start("/realms/staff").await;
    provider.says().claims = json!({"groups": ["storefront"]});
    let dashboard = provider.dashboard("").await;
    for endpoint in [
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "end_session_endpoint",
    ] {
        for url in [
            "http://idp.example.com/here",
            "http://localhost.example.com/here",
            "ftp://127.0.0.1/here",
            "no URL",
        ] {
            let (log, _logging) = Log::start();
            provider.says().metadata = json!({ endpoint: url });
            let answer = dashboard.stranger().get("/sign-in/start").await;
            let led_to = answer.headers()[header::LOCATION].to_str().unwrap();
            assert!(
                led_to.contains("problem=provider"),
                "{endpoint} {url}: {led_to}"
            );
            let reason = format!("its {endpoint} does not begin with https://");
            assert!(log.text().contains(&reason), "{endpoint} {url}");
        }
    }
    assert_eq!(provider.requests("jwks"), 0);
    provider.says().metadata = json!({});
    takes(&provider, &dashboard).await;
}
