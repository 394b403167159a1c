//! Other sites that make a signed-in person's browser send requests.

use reqwest::{Method, Response, StatusCode, header};

use crate::browser::{Dashboard, Person};

const EVIL: &str = "https://evil.example/collect?victim=1";

/// Every server function that reads: for a repository that Ana can see, one that she cannot see, and an invalid one.
const READS: [&str; 6] = [
    "/api/repositories",
    "/api/search?text=users",
    "/api/images?registry=retail&name=storefront/users-api",
    "/api/images?registry=retail&name=checkout/orders-api",
    "/api/images?registry=retail&name=no/such",
    "/api/images",
];

/// Follows a link on another site: what a browser sends on a top-level navigation.
async fn follow(person: &Person, path: &str, site: Option<&str>) -> Response {
    let request = person
        .request(Method::GET, path)
        .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
        .header(header::REFERER, EVIL);
    let request = match site {
        Some(site) => request.header("sec-fetch-site", site),
        None => request,
    };
    request.send().await.unwrap()
}

#[tokio::test]
async fn another_site_learns_nothing_from_a_function() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    for site in ["cross-site", "same-site", "none", "Same-Origin", ""] {
        for path in READS {
            let answer = follow(&ana, path, Some(site)).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} from {site}");
            assert!(answer.headers().get(header::LOCATION).is_none(), "{path}");
            let text = answer.text().await.unwrap();
            assert!(
                text.contains("does not come from a page of Gantry"),
                "{text}"
            );
        }
    }
    let mixed = ana
        .request(Method::GET, READS[0])
        .header("sec-fetch-site", "same-origin")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(mixed.send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_plain_answer_is_in_the_readers_language() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    for (language, expected) in [
        ("zh-CN", "此请求不是由 Gantry 的页面发出的。"),
        ("en", "This request does not come from a page of Gantry."),
    ] {
        let asked = ana
            .request(Method::GET, READS[0])
            .header("sec-fetch-site", "cross-site")
            .header("accept-language", language);
        let answer = asked.send().await.unwrap();
        let content = answer.headers()[header::CONTENT_TYPE].clone();
        assert_eq!(content, "text/plain; charset=utf-8");
        let text = answer.text().await.unwrap();
        assert!(text.starts_with(expected) && text.ends_with('\n'), "{text}");
    }
}

#[tokio::test]
async fn a_function_that_reads_never_redirects() {
    let dashboard = Dashboard::start().await.ready().await;
    let (ana, stranger) = (dashboard.person("ana").await, dashboard.stranger());
    for person in [&ana, &stranger] {
        for path in READS {
            // A browser that does not say where a request comes from, and one on a page of Gantry.
            for site in [None, Some("same-origin")] {
                let answer = follow(person, path, site).await;
                assert!(
                    !answer.status().is_redirection(),
                    "{path}: {}",
                    answer.status()
                );
                assert!(answer.headers().get(header::LOCATION).is_none(), "{path}");
            }
            let head = person
                .request(Method::HEAD, path)
                .header(header::ACCEPT, "text/html")
                .header(header::REFERER, EVIL);
            let head = head.send().await.unwrap();
            assert!(head.headers().get(header::LOCATION).is_none(), "{path}");
        }
    }
    let own = follow(&ana, READS[2], Some("same-origin")).await;
    assert_eq!(own.status(), StatusCode::OK);
    assert_eq!(
        own.headers()[header::CONTENT_TYPE],
        "application/x-postcard"
    );
}

#[tokio::test]
async fn a_form_leads_back_into_this_site_whatever_the_referrer() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let send = async |name: &str, referrer: &str| {
        let request = ana
            .request(Method::POST, "/lifecycle/preview")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, referrer)
            .form(&[("registry", "retail"), ("name", name)]);
        let answer = request.send().await.unwrap();
        let led_to = answer.headers().get(header::LOCATION);
        led_to.map(|led_to| led_to.to_str().unwrap().to_owned())
    };
    let name = "storefront/users-api";
    let page = format!("/lifecycle/retail/{name}?preview=started");
    for referrer in [
        EVIL,
        "https://evil.example//other.example/",
        "//evil.example",
        &format!("{}/repositories", ana.url),
    ] {
        assert_eq!(send(name, referrer).await.as_deref(), Some(&*page));
        for name in ["no/such", "A nonsense", "//evil.example"] {
            assert_eq!(send(name, referrer).await, None, "{name}");
        }
    }
}
