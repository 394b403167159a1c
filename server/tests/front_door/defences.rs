//! Security headers for browsers, and answers to forged requests.

use app::error::AppError;
use leptos::server_fn::error::FromServerFnError;
use reqwest::{Method, StatusCode, header};

use crate::browser::{Dashboard, session_cookie};

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let dashboard = Dashboard::start().await;
    let ana = dashboard.person("ana").await;
    for path in [
        "/repositories",
        "/sign-in",
        "/nonsense",
        "/api/repositories",
        "/healthz",
        "/favicon.svg",
        "/pkg/none",
    ] {
        let answer = ana.get(path).await;
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        let policy = header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{path}"
        );
        assert_eq!(
            header("x-content-type-options").unwrap(),
            "nosniff",
            "{path}"
        );
        assert_eq!(header("x-frame-options").unwrap(), "DENY", "{path}");
        assert_eq!(header("referrer-policy").unwrap(), "same-origin", "{path}");
        assert!(header("x-request-id").is_some(), "{path}");
        assert!(header("strict-transport-security").is_none(), "{path}");
    }
    for path in ["/repositories", "/api/repositories"] {
        assert_eq!(
            ana.get(path).await.headers()[header::CACHE_CONTROL],
            "private, no-store",
            "{path}"
        );
    }
}

#[tokio::test]
async fn over_https_browsers_are_told_to_keep_using_it() {
    let secure = Dashboard::with("[server]\npublic_url = \"https://gantry.example.com\"").await;
    for path in [
        "/repositories",
        "/sign-in",
        "/healthz",
        "/nonsense",
        "/s/x",
        "/api/x",
    ] {
        let answer = secure.stranger().get(path).await;
        assert_eq!(
            answer.headers()["strict-transport-security"],
            "max-age=31536000",
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_sign_out_clears_browser_data_but_no_cookies() {
    let dashboard = Dashboard::start().await;
    let ana = dashboard.person("ana").await;
    let answer = ana.post("/sign-out", &[]).await;
    assert_eq!(
        answer.headers()["clear-site-data"],
        "\"cache\", \"storage\""
    );
    assert_eq!(answer.headers()[header::LOCATION], "/sign-in");
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let ends =
        |cookie: &str| cookie.starts_with("gantry_session=;") && cookie.contains("Max-Age=0");
    assert!(cookies.map(|it| it.to_str().unwrap()).any(ends));
}

#[tokio::test]
async fn each_page_has_its_own_nonce_and_every_script_carries_it() {
    let dashboard = Dashboard::start().await;
    let ana = dashboard.person("ana").await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = ana.get("/repositories").await;
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .unwrap()
            .split('\'')
            .next()
            .unwrap()
            .to_owned();
        let body = answer.text().await.unwrap();
        let scripts = body.matches("<script").count();
        assert!(scripts > 0 && body.matches(&format!("nonce=\"{nonce}\"")).count() >= scripts);
        assert!(
            !body.contains(" style=\"") && !body.contains(" onclick="),
            "nothing inline"
        );
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn changes_from_other_sites_are_refused() {
    let dashboard = Dashboard::start().await;
    let ana = dashboard.person("ana").await;
    let post = |headers: Vec<(&'static str, &'static str)>| {
        let mut request = ana.request(Method::POST, "/sign-out");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.send()
    };
    for headers in [
        vec![
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
        vec![("sec-fetch-site", "same-site")],
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
        // A browser says where a change comes from; a client that does not is not a supported browser.
        vec![],
    ] {
        let refused = post(headers.clone()).await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{headers:?}");
    }
    assert_eq!(
        ana.get("/repositories").await.status(),
        StatusCode::OK,
        "still signed in"
    );
    assert_eq!(
        ana.post("/sign-out", &[]).await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        ana.get("/repositories").await.status(),
        StatusCode::SEE_OTHER,
        "signed out, in the store too"
    );
}

#[tokio::test]
async fn a_session_from_before_the_sign_in_is_worthless_after_it() {
    let dashboard = Dashboard::start().await;
    let mut person = dashboard.person("gus").await;
    let before = person.cookie.clone();
    let answer = person.post("/sign-in", &[("persona", "ana")]).await;
    let after = session_cookie(&answer);
    assert_ne!(before, after);
    assert_eq!(
        person.get("/repositories").await.status(),
        StatusCode::SEE_OTHER,
        "the old session ID is gone"
    );
    person.cookie = after;
    assert_eq!(person.get("/repositories").await.status(), StatusCode::OK);
    person.cookie = "gantry_session=AAAAAAAAAAAAAAAAAAAAAA".to_owned();
    assert_eq!(
        person.get("/repositories").await.status(),
        StatusCode::SEE_OTHER,
        "a forged session is not a session"
    );
}

#[tokio::test]
async fn forms_lead_back_only_into_this_site() {
    let dashboard = Dashboard::start().await;
    let stranger = dashboard.stranger();
    for (wanted, led_to) in [
        (
            "/repositories/retail/storefront/users-api?q=1",
            "/repositories/retail/storefront/users-api?q=1",
        ),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/x\r\nset-cookie: a=b", "/"),
    ] {
        let answer = stranger
            .post("/sign-in", &[("persona", "ana"), ("return", wanted)])
            .await;
        assert_eq!(answer.headers()[header::LOCATION], led_to, "{wanted}");
        let answer = stranger
            .post("/preferences", &[("theme", "dark"), ("return", wanted)])
            .await;
        assert_eq!(answer.headers()[header::LOCATION], led_to, "{wanted}");
    }
    let unknown = stranger.post("/sign-in", &[("persona", "mallory")]).await;
    assert_eq!(unknown.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn invalid_and_oversized_requests_get_an_answer() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    for path in [
        "/repositories/retail/..%2f..%2fetc/passwd",
        "/repositories/retail/a%0d%0ab",
        "/repositories/nowhere/storefront/users-api",
        "/tags/retail/%00/storefront/users-api",
        "/images/retail/sha256:xyz/storefront/users-api",
        "/images/retail/latest/storefront/users-api",
        "/s/whatever",
    ] {
        assert_eq!(
            ana.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    for query in [
        "page=0",
        "page=99999999999999999999",
        "sort=nothing&order=up",
        "q=%F0%9F%90%B3%00%3Cscript%3E",
        "severity=worst&page=-1",
    ] {
        for page in [
            "/repositories",
            "/repositories/retail/storefront/users-api",
            "/access",
        ] {
            assert_eq!(
                ana.get(&format!("{page}?{query}")).await.status(),
                StatusCode::OK,
                "{page}?{query}"
            );
        }
    }
    let echoed = ana
        .get("/repositories?q=%3Cscript%3Ealert(1)%3C/script%3E")
        .await
        .text()
        .await
        .unwrap();
    assert!(!echoed.contains("<script>alert(1)"));
    let large = "x".repeat(100_000);
    let refused = ana.post("/preferences", &[("theme", &large)]).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn unreadable_arguments_are_the_callers_error() {
    let dashboard = Dashboard::start().await;
    let ana = dashboard.person("ana").await;
    for path in [
        "/api/images",
        "/api/images?registry=retail",
        "/api/images?name=storefront/users-api&registry[]=retail",
        "/api/search",
        "/api/search?text[deep]=x",
    ] {
        let answer = ana.get(path).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
        let error = AppError::de(answer.bytes().await.unwrap());
        assert_eq!(error, AppError::BadRequest, "{path}");
    }
    let form = ana.post("/lifecycle/preview", &[("name", "x")]).await;
    assert_eq!(form.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_id_from_the_request_is_not_used() {
    let dashboard = Dashboard::start().await;
    let request = dashboard
        .stranger()
        .request(Method::GET, "/healthz")
        .header("x-request-id", "forged");
    let answer = request.send().await.unwrap();
    assert_ne!(answer.headers()["x-request-id"], "forged");
}

#[tokio::test]
async fn choices_are_kept_in_a_cookie_that_the_server_reads() {
    let dashboard = Dashboard::start().await;
    let stranger = dashboard.stranger();
    let answer = stranger
        .post("/preferences", &[("theme", "dark"), ("locale", "zh")])
        .await;
    let cookie = answer.headers()[header::SET_COOKIE]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let chosen = cookie.split(';').next().unwrap();
    let page = stranger
        .request(Method::GET, "/sign-in")
        .header(header::COOKIE, chosen)
        .send()
        .await
        .unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("lang=\"zh-Hans\"") && page.contains("data-theme=\"dark\""));
}
