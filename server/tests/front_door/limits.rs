//! People who send too many requests, and people who only seem to.

use app::error::AppError;
use leptos::server_fn::error::FromServerFnError;
use reqwest::{Method, Response, StatusCode, header};

use crate::{
    browser::cookies,
    browser::{Dashboard, Person},
    connections::{address, client, half_bodies},
};

const PREVIEW: &str = "/lifecycle/preview";

/// The page of a request beyond a limit. Asserts that it says how long to wait.
async fn refusal(answer: Response) -> String {
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait = answer.headers()[header::RETRY_AFTER].to_str().unwrap();
    assert!((1..=60).contains(&wait.parse::<u32>().unwrap()), "{wait}");
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "private, no-store");
    answer.text().await.unwrap()
}

/// The statuses of this many requests for a path.
async fn statuses(person: &Person, path: &str, count: usize) -> Vec<StatusCode> {
    let mut statuses = Vec::new();
    for _ in 0..count {
        statuses.push(person.get(path).await.status());
    }
    statuses
}

/// The path of a new share link.
async fn share(person: &Person) -> String {
    let fields = [
        ("registry", "retail"),
        ("name", "storefront/users-api"),
        ("moment", "live"),
        ("expiry", "two-weeks"),
    ];
    person.share(&fields).await
}

#[tokio::test]
async fn too_many_requests_get_a_page_or_an_error_with_the_time_to_wait() {
    let dashboard = Dashboard::with("[limits]\nperson_requests = 2").await;
    let dashboard = dashboard.ready().await;
    let ana = dashboard.person("ana").await;
    let first = statuses(&ana, "/repositories", 2).await;
    assert!(first.iter().all(StatusCode::is_success), "{first:?}");
    let page = refusal(ana.get("/repositories").await).await;
    assert!(
        page.contains("Too many requests") && page.contains("Nothing was changed."),
        "{page}"
    );
    assert!(page.contains("second"), "{page}");
    let asked = |path: &str| ana.request(Method::GET, path);
    let chinese = asked("/access").header(header::ACCEPT_LANGUAGE, "zh-CN");
    let page = refusal(chinese.send().await.unwrap()).await;
    assert!(
        page.contains("lang=\"zh") && page.contains("请求过于频繁"),
        "{page}"
    );
    // A page's own code gets an error that it can handle; a form gets the page.
    let called = asked("/api/search?text=users").header(header::ACCEPT, "application/json");
    let error = AppError::de(refusal(called.send().await.unwrap()).await.into());
    assert!(
        matches!(error, AppError::TooMany { seconds: 1.. }),
        "{error:?}"
    );
    let fields = [("registry", "retail"), ("name", "storefront/users-api")];
    let page = refusal(ana.post(PREVIEW, &fields).await).await;
    assert!(page.contains("<!DOCTYPE html>"), "{page}");
    let others = statuses(&dashboard.person("ben").await, "/repositories", 2).await;
    assert!(others.iter().all(StatusCode::is_success), "{others:?}");
}

#[tokio::test]
async fn refused_writes_do_not_fill_the_audit_log() {
    let dashboard = Dashboard::with("[limits]\nperson_writes = 5").await;
    let dashboard = dashboard.ready().await;
    let (gus, farah) = (
        dashboard.person("gus").await,
        dashboard.person("farah").await,
    );
    let fields = [("registry", "retail"), ("name", "storefront/users-api")];
    let mut limited = 0;
    for _ in 0..400 {
        match gus.post(PREVIEW, &fields).await.status() {
            StatusCode::TOO_MANY_REQUESTS => limited += 1,
            status => assert_eq!(status, StatusCode::NOT_FOUND),
        }
    }
    assert!(limited > 350, "{limited}");
    let page = refusal(gus.post(PREVIEW, &fields).await).await;
    assert!(page.contains("It did not make this one."), "{page}");
    dashboard.audit().settle().await;
    let export = farah.get("/audit/export.jsonl?outcome=refused").await;
    let rows = export.text().await.unwrap();
    assert_eq!(rows.lines().count(), 3, "{rows}");
    assert!(
        rows.contains("\"counting\"") && rows.contains("\"repeated\""),
        "{rows}"
    );
    // Reading is still possible.
    assert_eq!(gus.get("/repositories").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn signed_in_people_are_not_limited_by_their_address() {
    let dashboard = Dashboard::with("[limits]\nanonymous_requests = 2").await;
    let dashboard = dashboard.ready().await;
    let ana = dashboard.person("ana").await;
    let link = &share(&ana).await;
    let stranger = dashboard.stranger();
    for path in ["/sign-in", "/repositories", "/api/repositories"] {
        for _ in 0..10 {
            stranger.get(path).await;
        }
        refusal(stranger.get(path).await).await;
    }
    // From the same address.
    let pages = statuses(&ana, "/repositories", 30).await;
    assert!(pages.iter().all(StatusCode::is_success), "{pages:?}");
    let opened = statuses(&stranger, link, 30).await;
    assert!(opened.iter().all(StatusCode::is_success), "{opened:?}");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(stranger.get(path).await.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn paging_quickly_is_not_limited() {
    let dashboard = Dashboard::with("[limits]").await.ready().await;
    let ana = dashboard.person("ana").await;
    // A page and the calls of its islands.
    let view = [
        "/repositories?page=1",
        "/api/repositories",
        "/repositories/retail/storefront/users-api?page=2",
        "/api/images?registry=retail&name=storefront/users-api",
        "/api/search?text=users",
    ];
    for _ in 0..40 {
        for path in view {
            assert_eq!(ana.get(path).await.status(), StatusCode::OK, "{path}");
        }
    }
}

#[tokio::test]
async fn opening_one_link_too_often_blocks_only_that_client() {
    let dashboard = Dashboard::with("[limits]\nlink_views = 3").await;
    let dashboard = dashboard.ready().await;
    let ana = dashboard.person("ana").await;
    let (link, other) = (share(&ana).await, share(&ana).await);
    let stranger = dashboard.stranger();
    for path in [link.clone(), format!("{link}?page=2"), link.clone()] {
        assert_eq!(stranger.get(&path).await.status(), StatusCode::OK, "{path}");
    }
    let answer = stranger.get(&link).await;
    assert_eq!(answer.headers()["x-robots-tag"], "noindex, nofollow");
    let page = refusal(answer).await;
    assert!(page.contains("this share link more often"), "{page}");
    let chinese = stranger.request(Method::GET, &format!("{link}?page=2"));
    let chinese = chinese
        .header(header::ACCEPT_LANGUAGE, "zh-CN")
        .send()
        .await;
    assert!(
        refusal(chinese.unwrap())
            .await
            .contains("打开此分享链接的次数")
    );
    // Another link opens at the same address, signed-in people are not affected, and no views were added.
    let opened = statuses(&stranger, &other, 3).await;
    assert!(opened.iter().all(StatusCode::is_success), "{opened:?}");
    assert_eq!(ana.get("/repositories").await.status(), StatusCode::OK);
    // The limit's answer is the same for a link that never existed and for one that no longer opens.
    let third = share(&ana).await;
    let revoked = ana
        .post(
            "/links/revoke",
            &[("id", &third[3..11]), ("return", "/links")],
        )
        .await;
    let location = revoked.headers()[header::LOCATION].to_str().unwrap();
    assert!(location.ends_with("revoked=1"), "{location}");
    let made_up = format!("/s/{}", "A".repeat(40));
    for path in [&third, &made_up] {
        for _ in 0..3 {
            assert_eq!(stranger.get(path).await.status(), StatusCode::NOT_FOUND);
        }
        let page = refusal(stranger.get(path).await).await;
        assert!(page.contains("this share link more often"), "{page}");
    }
}

#[tokio::test]
async fn opening_very_many_links_is_limited_whether_they_exist_or_not() {
    let limits = "[limits]\nlink_requests = 5";
    let dashboard = Dashboard::with(limits).await.ready().await;
    let ana = dashboard.person("ana").await;
    let stranger = dashboard.stranger();
    for n in 0..4 {
        let path = format!("/s/{}", n.to_string().repeat(40));
        assert_eq!(stranger.get(&path).await.status(), StatusCode::NOT_FOUND);
    }
    let link = share(&ana).await;
    assert_eq!(stranger.get(&link).await.status(), StatusCode::OK);
    // The same page, for a link that opens and for one that never existed.
    for path in [&*link, "/s/none"] {
        let page = refusal(stranger.get(path).await).await;
        assert!(page.contains("opened more share links"), "{page}");
    }
    assert_eq!(ana.get("/repositories").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_person_with_too_many_links_reads_what_to_do() {
    let dashboard = Dashboard::with("[links]\nper_person = 1")
        .await
        .ready()
        .await;
    let ana = dashboard.person("ana").await;
    let first = share(&ana).await;
    let form = [
        ("registry", "retail"),
        ("name", "storefront/users-api"),
        ("note", "INC-4712"),
    ];
    let answer = ana.post("/links/new", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let page = ana.follow(&answer).await.text().await.unwrap();
    for words in ["You have 1 live link", "href=\"/links\"", "INC-4712"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("/s/"), "no link");
    let path = answer.headers()[header::LOCATION].to_str().unwrap();
    let chinese = ana.request_with(path, &cookies(&answer));
    let chinese = chinese.header(header::ACCEPT_LANGUAGE, "zh-CN");
    let page = chinese.send().await.unwrap().text().await;
    assert!(page.unwrap().contains("您已有 1 个有效链接"));
    ana.post("/links/revoke", &[("id", &first[3..11])]).await;
    share(&ana).await;
}

#[tokio::test]
async fn signing_in_too_often_blocks_only_that_person() {
    let dashboard = Dashboard::with("[limits]\nperson_sign_ins = 3").await;
    let dashboard = dashboard.ready().await;
    for _ in 0..3 {
        dashboard.person("ana").await;
    }
    let stranger = dashboard.stranger();
    let again = stranger.post("/sign-in", &[("persona", "ana")]).await;
    assert!(!again.headers().contains_key(header::SET_COOKIE));
    let page = refusal(again).await;
    assert!(page.contains("You are not signed in."), "{page}");
    let farah = dashboard.person("farah").await;
    let audit = farah.get("/audit/export.jsonl?event=sign-in&q=ana").await;
    assert_eq!(audit.text().await.unwrap().lines().count(), 3);
}

#[tokio::test]
async fn unfinished_requests_use_up_only_their_own_persons_turns() {
    let dashboard = Dashboard::with("[limits]\nperson_at_once = 3").await;
    let dashboard = dashboard.ready().await;
    let (ana, ben) = (dashboard.person("ana").await, dashboard.person("ben").await);
    let cookie = format!("cookie: {}\r\n", ana.cookie);
    // From several addresses: it is one person.
    let mut held = Vec::new();
    for number in 1..=3 {
        held.extend(half_bodies(client(number), address(&dashboard), 1, &cookie).await);
    }
    let page = refusal(ana.get("/repositories").await).await;
    assert!(
        page.contains("still sending answers to your other requests"),
        "{page}"
    );
    let error = refusal(ana.get("/api/repositories").await).await;
    assert!(
        matches!(
            AppError::de(error.into()),
            AppError::TooMany { seconds: 1.. }
        ),
        "a page's own code gets an error that it can handle"
    );
    assert_eq!(ben.get("/repositories").await.status(), StatusCode::OK);
    let strangers = dashboard.stranger().get("/sign-in").await;
    assert_eq!(strangers.status(), StatusCode::OK);
    // A waiting request is answered as soon as one of the others ends.
    let (answer, ()) = tokio::join!(ana.get("/repositories"), async {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        held.pop();
    });
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn requests_without_sign_in_at_an_address_do_not_block_other_kinds_there() {
    let dashboard = Dashboard::with("[limits]\naddress_at_once = 2").await;
    let dashboard = dashboard.ready().await;
    let ana = dashboard.person("ana").await;
    let stranger = dashboard.stranger();
    let here = std::net::Ipv4Addr::LOCALHOST.into();
    // A form that is sent slowly takes no turn until all of it has arrived.
    let _held = half_bodies(here, address(&dashboard), 10, "").await;
    for _ in 0..3 {
        assert_eq!(stranger.get("/sign-in").await.status(), StatusCode::OK);
    }
    dashboard.person("ben").await;
    assert_eq!(ana.get("/repositories").await.status(), StatusCode::OK);
    assert_eq!(
        stranger.get("/s/nothing").await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        stranger.get("/pkg/nothing").await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(stranger.get("/healthz").await.status(), StatusCode::OK);
}
