//! Share links over HTTP: who can create them, what they open, and what they do not open.

mod form;
mod list;

use reqwest::{Method, Response, StatusCode, header};

use crate::browser::{Dashboard, Person, cookies};

const REPOSITORY: &str = "storefront/users-api";

/// The form's box that lets a link show account IDs, ticked.
const CHECKED_ACCOUNTS: &str = "name=\"accounts\" value=\"on\" checked";

/// Creates a link to the target in the fields, and returns its path.
async fn share(person: &Person, target: &[(&str, &str)]) -> String {
    let usual = [
        ("registry", "retail"),
        ("moment", "both"),
        ("expiry", "two-weeks"),
        ("note", "INC-4711"),
    ];
    let asked = |(name, _): &&(&str, &str)| target.iter().any(|(chosen, _)| chosen == name);
    let usual = usual.iter().filter(|field| !asked(field));
    let form: Vec<_> = usual.chain(target).copied().collect();
    person.share(&form).await
}

async fn share_tag(person: &Person) -> String {
    share(person, &[("name", REPOSITORY), ("tag", "latest")]).await
}

fn led_to(answer: &Response) -> &str {
    answer.headers()[header::LOCATION].to_str().unwrap()
}

/// The IDs of the links that a person's list offers to revoke.
pub async fn ids(person: &Person, list: &str) -> Vec<String> {
    let page = person.get(list).await.text().await.unwrap();
    let offers = page.split("name=\"only\" value=\"").skip(1);
    offers
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_link_opens_for_anyone_who_has_it_and_runs_no_script() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let answer = dashboard.stranger().get(&link).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers().get(header::SET_COOKIE).is_none());
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("x-robots-tag", "noindex, nofollow"),
        ("cache-control", "private, no-store"),
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'none'; \
             frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
    ] {
        assert_eq!(answer.headers()[name], value);
    }
    let page = answer.text().await.unwrap();
    for part in ["INC-4711", "Ana", "did not see it elsewhere", "noindex"] {
        assert!(page.contains(part), "{part}");
    }
    let open = "href=\"/tags/retail/latest/storefront/users-api\" rel=\"noreferrer\"";
    assert_eq!(
        (page.matches("<a ").count(), page.matches(open).count()),
        (1, 1)
    );
    for element in ["<script", "<form", "<button", " style=\"", "111122223333"] {
        assert!(!page.contains(element), "{element}");
    }
}

#[tokio::test]
async fn a_links_page_leads_only_to_its_own_pages() {
    let dashboard = Dashboard::start().await.ready().await;
    let ben = dashboard.person("ben").await;
    let link = share(
        &ben,
        &[("name", "checkout/orders-worker"), ("moment", "live")],
    )
    .await;
    let stranger = dashboard.stranger();
    for page in [
        "",
        "?page=2",
        "?page=0",
        "?page=99999999999999999999",
        "?page=x",
    ] {
        let answer = stranger.get(&format!("{link}{page}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
        let body = answer.text().await.unwrap();
        let ways = body.split("href=\"").skip(1);
        for way in ways.map(|rest| rest.split('"').next().unwrap()) {
            let known = ["?page=", "/pkg/", "/favicon.svg", "#icon-"];
            let same = "/repositories/retail/checkout/orders-worker";
            assert!(
                way == same || known.iter().any(|it| way.starts_with(it)),
                "{way}"
            );
        }
    }
}

#[tokio::test]
async fn a_link_shows_settings_only_with_a_grant_for_them() {
    let dashboard = Dashboard::start().await.ready().await;
    for (id, may) in [("ben", true), ("ana", false)] {
        let person = dashboard.person(id).await;
        let link = share(&person, &[("name", "checkout/orders-worker")]).await;
        let page = dashboard.stranger().get(&link).await.text().await.unwrap();
        // Snapshot and live state, which are equal and shown once.
        let withheld = page.matches("ecr:DescribeRepositories is not granted");
        assert_eq!(withheld.count(), if may { 0 } else { 1 }, "{id}");
        assert_eq!(page.contains("Tag mutability"), may, "{id}");
    }
}

#[tokio::test]
async fn a_links_token_opens_nothing_else() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let token = link.trim_start_matches("/s/").to_owned();
    let mut stranger = dashboard.stranger();
    stranger.cookie = format!("gantry_session={token}");
    for path in [
        "/repositories",
        "/links",
        "/tags/retail/latest/storefront/users-api",
    ] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(
            answer.headers()[header::LOCATION]
                .to_str()
                .unwrap()
                .starts_with("/sign-in")
        );
    }
    for function in [
        "/api/repositories",
        "/api/images?registry=retail&name=storefront/users-api",
        "/api/search?text=users",
    ] {
        let answer = stranger.get(function).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{function}");
    }
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = stranger
            .request(method.clone(), &link)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

#[tokio::test]
async fn links_that_do_not_open_look_the_same() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let id = ids(&ana, "/links").await.pop().unwrap();
    let answer = ana
        .post(
            "/links/revoke",
            &[("only", &id), ("return", "/links?ended=on")],
        )
        .await;
    assert_eq!(
        answer.headers()[header::LOCATION],
        "/links?ended=on&revoked=1"
    );
    let stranger = dashboard.stranger();
    let mut pages = Vec::new();
    let other = format!("{}x", &link[..link.len() - 1]);
    for gone in [&*link, &other, "/s/x", "/s/a/b", "/s/%00%ff", "/s/..%2f"] {
        let answer = stranger.get(gone).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{gone}");
        assert_eq!(answer.headers()["x-robots-tag"], "noindex, nofollow");
        pages.push(answer.text().await.unwrap());
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[tokio::test]
async fn only_people_who_see_the_content_can_create_a_link() {
    let dashboard = Dashboard::start().await.ready().await;
    let form = [
        ("registry", "retail"),
        ("name", "payments/payments-api"),
        ("moment", "both"),
        ("expiry", "day"),
    ];
    // A policy reviewer knows the name, and sees nothing else of it.
    for (stranger_to_it, status) in [
        ("ana", StatusCode::NOT_FOUND),
        ("gus", StatusCode::NOT_FOUND),
        ("farah", StatusCode::FORBIDDEN),
    ] {
        let person = dashboard.person(stranger_to_it).await;
        let page = person
            .get("/links/new?registry=retail&name=payments/payments-api")
            .await;
        assert_eq!(page.status(), status, "{stranger_to_it}");
        let made = person.post("/links/new", &form).await;
        assert_eq!(made.status(), StatusCode::SEE_OTHER, "{stranger_to_it}");
        let page = person.follow(&made).await;
        assert_eq!(page.status(), status, "{stranger_to_it}");
    }
    let signed_out = dashboard.stranger().post("/links/new", &form).await;
    assert!(led_to(&signed_out).starts_with("/sign-in?return="));
    let ana = dashboard.person("ana").await;
    for name in ["a\"><script>", "a/b\r\nset-cookie: x=y", "../../etc", ""] {
        let answer = ana
            .post("/links/new", &[("registry", "retail"), ("name", name)])
            .await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{name}");
        assert!(answer.headers().get(header::SET_COOKIE).is_none());
    }
}

#[tokio::test]
async fn links_cannot_be_created_or_revoked_from_another_site() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let id = ids(&ana, "/links").await.pop().unwrap();
    for path in ["/links/new", "/links/revoke"] {
        let forged = ana
            .request(Method::POST, path)
            .header(header::ORIGIN, "https://evil.example")
            .header("sec-fetch-site", "cross-site")
            .form(&[("registry", "retail"), ("name", REPOSITORY), ("only", &id)])
            .send()
            .await
            .unwrap();
        assert_eq!(forged.status(), StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(ids(&ana, "/links").await.len(), 1);
    let opened = dashboard.stranger().get(&link).await;
    assert_eq!(opened.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_head_request_counts_no_view_and_reveals_nothing() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let link = share_tag(&ana).await;
    let stranger = dashboard.stranger();
    let mut statuses = Vec::new();
    for path in [&*link, "/s/none"] {
        let answer = stranger.request(Method::HEAD, path).send().await.unwrap();
        statuses.push(answer.status());
    }
    assert_eq!(statuses[0], statuses[1]);
    assert!(
        ana.get("/links")
            .await
            .text()
            .await
            .unwrap()
            .contains("not yet")
    );
    stranger.get(&link).await;
    assert!(
        !ana.get("/links")
            .await
            .text()
            .await
            .unwrap()
            .contains("not yet")
    );
}
