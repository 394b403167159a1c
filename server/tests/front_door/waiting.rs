//! What people see while Gantry waits for ECR, and when it cannot decide.

use std::time::{Duration, Instant};

use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::{Whole, image::ImageRow};
use reqwest::{Method, StatusCode, header};

use crate::browser::{Dashboard, Person};

const PAGE: &str = "/repositories/retail/storefront/users-api";

/// How long ECR takes to list the images of one repository.
const STALL: Duration = Duration::from_secs(3);

/// A page as it arrives: the part before ECR has answered, and all of it.
async fn arrives(
    person: &Person,
    path: &str,
    encoding: &str,
) -> (StatusCode, Duration, Vec<u8>, Vec<u8>) {
    let began = Instant::now();
    let request = person
        .request(Method::GET, path)
        .header(header::ACCEPT_ENCODING, encoding);
    let mut answer = request.send().await.unwrap();
    let status = answer.status();
    let first = answer.chunk().await.unwrap().unwrap().to_vec();
    let first_after = began.elapsed();
    let mut whole = first.clone();
    while let Some(chunk) = answer.chunk().await.unwrap() {
        whole.extend_from_slice(&chunk);
    }
    (status, first_after, first, whole)
}

#[tokio::test]
async fn a_first_view_sends_its_head_and_says_what_it_waits_for() {
    let stall = Rule::new(Fault::Stall(STALL))
        .on("DescribeImages")
        .of("storefront/users-api");
    let dashboard = Dashboard::start_with(&[stall]).await.ready().await;
    let ana = dashboard.person("ana").await;
    let (status, after, first, whole) = arrives(&ana, PAGE, "identity").await;
    assert_eq!(status, StatusCode::OK);
    assert!(after < STALL, "the head came after {after:?}");
    let (first, whole) = (
        String::from_utf8_lossy(&first).into_owned(),
        String::from_utf8_lossy(&whole).into_owned(),
    );
    assert!(first.contains("Reading from Amazon ECR"), "{first}");
    assert!(first.contains("<title>storefront/users-api"), "{first}");
    assert!(!first.contains("<h1"), "{first}");
    assert!(whole.contains("<h1") && whole.contains("</html>"));
    // A page from memory is complete, with no waiting text.
    let (.., again) = arrives(&ana, PAGE, "identity").await;
    let again = String::from_utf8_lossy(&again).into_owned();
    assert!(again.contains("<h1") && !again.contains("Reading from Amazon ECR"));
    assert!(again.contains("<title>storefront/users-api"), "{again}");
}

/// The longest that a person can see an empty screen.
const EMPTY_SCREEN: Duration = Duration::from_secs(1);

#[tokio::test]
async fn no_page_leaves_the_screen_empty_while_ecr_is_slow() {
    let (dashboard, faults) = Dashboard::configured_with_faults("").await;
    let dashboard = dashboard.ready().await;
    let (ana, farah) = (
        dashboard.person("ana").await,
        dashboard.person("farah").await,
    );
    let list = "/api/images?registry=retail&name=storefront/users-web";
    let list: Whole<ImageRow> = ana.ask(list).await;
    let digest = &list.rows[0].digest;
    faults.add(Rule::new(Fault::Stall(STALL)));
    let image = format!("/images/retail/{digest}/storefront/users-web");
    for (person, path) in [
        (&ana, "/repositories"),
        (&ana, "/repositories/retail/storefront/users-api"),
        (&ana, "/tags/retail/latest/storefront/products-api"),
        (&ana, &image),
        (&ana, "/policies/retail/storefront/users-api"),
        (&ana, "/lifecycle/retail/storefront/users-api"),
        (&ana, "/access"),
        (&ana, "/links"),
        (&ana, "/links/new?registry=retail&name=storefront/users-api"),
        (&ana, "/search?q=users"),
        (&ana, "/sessions"),
        (&farah, "/repositories"),
        (&farah, "/policies/retail/payments/ledger"),
        (&farah, "/audit"),
        (&farah, "/sessions/people"),
    ] {
        let (status, after, first, whole) = arrives(person, path, "identity").await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(after < EMPTY_SCREEN, "{path}: {after:?}");
        // The frame, and the page or the waiting text.
        let first = String::from_utf8_lossy(&first).into_owned();
        let says = first.contains("<h1") || first.contains("Reading from Amazon ECR");
        assert!(
            says && first.contains("class=\"header\""),
            "{path}: {first}"
        );
        assert!(String::from_utf8_lossy(&whole).contains("<h1"), "{path}");
    }
}

#[tokio::test]
async fn compression_does_not_delay_the_head() {
    let stall = Rule::new(Fault::Stall(STALL))
        .on("DescribeImages")
        .of("storefront/users-api");
    let dashboard = Dashboard::start_with(&[stall]).await.ready().await;
    let ana = dashboard.person("ana").await;
    let (_, after, first, _) = arrives(&ana, PAGE, "gzip").await;
    assert!(after < STALL && first.len() > 500, "{after:?}, {first:?}");
}

#[tokio::test]
async fn an_expired_policy_is_a_503_only_for_people_with_a_grant_in_it() {
    let dashboard = Dashboard::configured_with_faults("[access]\npolicy_max_age = \"1s\"").await;
    let (dashboard, faults) = dashboard;
    let dashboard = dashboard.ready().await;
    let (ana, gus) = (dashboard.person("ana").await, dashboard.person("gus").await);
    let digest = format!("sha256:{}", "0".repeat(64));
    let pages = [
        PAGE.to_owned(),
        "/tags/retail/prod/storefront/users-api".to_owned(),
        format!("/images/retail/{digest}/storefront/users-api"),
        "/policies/retail/storefront/users-api".to_owned(),
        "/lifecycle/retail/storefront/users-api".to_owned(),
        "/api/images?registry=retail&name=storefront/users-api".to_owned(),
    ];
    assert_eq!(ana.get(PAGE).await.status(), StatusCode::OK);
    faults.add(Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("GetRepositoryPolicy"));
    tokio::time::sleep(Duration::from_secs(2)).await;
    for page in pages {
        let answer = ana.get(&page).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{page}");
        if !page.starts_with("/api") {
            assert!(answer.headers().contains_key(header::RETRY_AFTER), "{page}");
            let text = answer.text().await.unwrap();
            assert!(
                text.contains("Access cannot be checked now"),
                "{page}: {text}"
            );
        }
        assert_eq!(
            gus.get(&page).await.status(),
            StatusCode::NOT_FOUND,
            "{page}"
        );
    }
}

#[tokio::test]
async fn until_the_first_sweep_every_name_is_the_same_503() {
    let stalled = Rule::new(Fault::Stall(Duration::from_secs(30))).on("GetRepositoryPolicy");
    let dashboard = Dashboard::start_with(&[stalled]).await;
    let ana = dashboard.person("ana").await;
    for path in [
        PAGE,
        "/repositories/retail/storefront/absent",
        "/repositories/elsewhere/storefront/users-api",
        "/repositories/retail/No%20Name",
        "/policies/retail/payments/ledger",
        "/api/images?registry=retail&name=payments/ledger",
        "/api/images?registry=retail&name=NONE",
    ] {
        let answer = ana.get(path).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        if !path.starts_with("/api") {
            let text = answer.text().await.unwrap();
            assert!(
                text.contains("still reading the registry"),
                "{path}: {text}"
            );
        }
    }
}
