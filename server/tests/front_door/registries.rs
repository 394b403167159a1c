//! Two registries: pages name their registry and lead to it, and keep working when one of them cannot be read.

use std::time::Duration;

use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::search::SearchResults;
use reqwest::{StatusCode, header};

use crate::{
    alb::{LoadBalancer, claims_of, header as account_header},
    browser::{Dashboard, Person, cookies},
    sessions::store_of,
};

/// Policies are read again soon, and expire soon.
const HURRIED: &str = "[access]\npolicy_max_age = \"9s\"\n";

async fn two() -> Dashboard {
    Dashboard::beside_partner(&[], "").await.0.ready().await
}

/// A page's status and its text, without what differs from one answer to the next.
async fn page(person: &Person, path: &str) -> (StatusCode, String) {
    let page = person.get(path).await;
    let status = page.status();
    let header = |name: &str| {
        page.headers()
            .get(name)
            .map_or("", |it| it.to_str().unwrap())
            .to_owned()
    };
    let (id, policy) = (header("x-request-id"), header("content-security-policy"));
    let nonce = policy
        .split_once("'nonce-")
        .and_then(|(_, rest)| rest.split_once('\''));
    let body = page.text().await.unwrap().replace(&id, "ID");
    (
        status,
        match nonce {
            Some((nonce, _)) => body.replace(nonce, "NONCE"),
            None => body,
        },
    )
}

/// Where a page redirects to.
async fn way(person: &Person, path: &str) -> Option<String> {
    let answer = person.get(path).await;
    let location = answer.headers().get(header::LOCATION)?;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    Some(location.to_str().unwrap().to_owned())
}

/// Opens a page until it is as expected.
async fn until(person: &Person, path: &str, is_so: impl Fn(StatusCode, &str) -> bool) -> String {
    for _ in 0..300 {
        let (status, body) = page(person, path).await;
        if is_so(status, &body) {
            return body;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (status, body) = page(person, path).await;
    unreachable!("{path}: {status} {body}")
}

#[tokio::test]
async fn every_page_names_its_registry() {
    let dashboard = two().await;
    let ana = dashboard.person("ana").await;
    let (_, list) = page(&ana, "/repositories?q=users-api").await;
    for part in [
        "repositories in 2 registries",
        "444455556666 · eu-west-1",
        "href=\"/repositories/partner/storefront/users-api\"",
        "href=\"/repositories/retail/storefront/users-api\"",
        "name=\"registry\"",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
    let (_, list) = page(&ana, "/repositories?registry=partner").await;
    assert!(list.contains("/repositories/partner/base/node"), "{list}");
    assert!(!list.contains("/repositories/retail/base/node"), "{list}");
    for path in [
        "/repositories/partner/storefront/users-api",
        "/policies/partner/storefront/users-api",
        "/lifecycle/partner/storefront/users-api",
        "/tags/partner/latest/storefront/users-api",
    ] {
        let (status, body) = page(&ana, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(
            body.contains("· partner · Gantry</title>"),
            "{path}: {body}"
        );
        assert!(body.contains("href=\"/repositories/partner\""), "{path}");
    }
    let (_, access) = page(&ana, "/access?q=users-api").await;
    assert!(
        access.contains("href=\"/repositories/partner\""),
        "{access}"
    );
    let (_, form) = page(
        &ana,
        "/links/new?registry=partner&name=storefront/users-api",
    )
    .await;
    assert!(form.contains("(registry partner)"), "{form}");
    let found: SearchResults = ana.ask("/api/search?text=users-api+partner").await;
    assert!(found.several_registries);
    assert_eq!(
        found.hits[0].repository.registry.as_str(),
        "partner",
        "{found:?}"
    );
}

#[tokio::test]
async fn a_person_who_sees_one_registry_sees_the_single_registry_pages() {
    let dashboard = two().await;
    let erik = dashboard.person("erik").await;
    for path in ["/repositories", "/access", "/repositories/retail/base/node"] {
        let (status, body) = page(&erik, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        for part in [
            "partner/base",
            " registries",
            "name=\"registry\"",
            "sort=registry",
            "· retail · Gantry",
        ] {
            assert!(!body.contains(part), "{path} has {part}");
        }
    }
}

#[tokio::test]
async fn a_registry_has_a_page_and_a_namespace_leads_to_it() {
    let dashboard = two().await;
    let ana = dashboard.person("ana").await;
    let (status, partner) = page(&ana, "/repositories/partner").await;
    assert_eq!(status, StatusCode::OK);
    for part in [
        "<title>partner · Gantry</title>",
        "444455556666",
        "eu-west-1",
        "3 repositories",
        "href=\"/repositories/partner/base/node\"",
        "href=\"/repositories/partner?sort=size",
    ] {
        assert!(partner.contains(part), "{part}: {partner}");
    }
    assert!(!partner.contains("/repositories/retail/base/node"));
    assert!(
        !partner.contains("logistics/labels"),
        "granted only to others"
    );
    let filtered = "/repositories/partner?namespace=storefront";
    for (path, leads) in [
        ("/repositories/partner/", "/repositories/partner"),
        ("/repositories/?q=a", "/repositories?q=a"),
        ("/repositories/partner/storefront", filtered),
        ("/repositories/partner/storefront/", filtered),
        (
            "/repositories/retail/storefront/users-api/?q=1",
            "/repositories/retail/storefront/users-api?q=1",
        ),
    ] {
        assert_eq!(way(&ana, path).await.as_deref(), Some(leads), "{path}");
    }
    let (status, list) = page(&ana, filtered).await;
    assert_eq!(status, StatusCode::OK);
    assert!(list.contains("1 of 3 repositories"), "{list}");
}

#[tokio::test]
async fn a_hidden_registry_and_a_hidden_namespace_look_like_missing_ones() {
    let dashboard = two().await;
    // Erik sees nothing in the carrier's registry, and nothing in archive/ of the retailer's.
    let erik = dashboard.person("erik").await;
    for (hidden, absent) in [
        ("/repositories/partner", "/repositories/nowhere"),
        (
            "/repositories/partner/logistics",
            "/repositories/nowhere/logistics",
        ),
        (
            "/repositories/partner/base/node",
            "/repositories/nowhere/base/node",
        ),
        (
            "/repositories/retail/archive",
            "/repositories/retail/nothing",
        ),
    ] {
        let (status, body) = page(&erik, hidden).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{hidden}");
        // A page contains its own path in the forms that lead back.
        let expected = (status, body.replace(hidden, absent));
        assert_eq!(page(&erik, absent).await, expected, "{hidden}");
        assert_eq!(way(&erik, &format!("{hidden}/logistics/")).await, None);
    }
    let (partner, nowhere) = (
        way(&erik, "/repositories/partner/").await,
        way(&erik, "/repositories/nowhere/").await,
    );
    assert_eq!(partner.as_deref(), Some("/repositories/partner"));
    assert_eq!(nowhere.as_deref(), Some("/repositories/nowhere"));
    for registry in ["partner", "nowhere"] {
        let (_, list) = page(&erik, &format!("/repositories?registry={registry}")).await;
        assert!(list.contains("No repository matches"), "{list}");
    }
}

#[tokio::test]
async fn an_unreadable_registry_is_named_and_the_other_keeps_working() {
    let denied = Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("AssumeRole");
    let (dashboard, faults) = Dashboard::beside_partner(&[denied], HURRIED).await;
    let dashboard = dashboard.ready().await;
    let answer = dashboard
        .stranger()
        .get("/readyz")
        .await
        .text()
        .await
        .unwrap();
    assert_eq!(answer, "ready\n", "anyone can request this");
    let ana = dashboard.person("ana").await;
    let (_, list) = page(&ana, "/repositories").await;
    for part in [
        "in 1 of 2 registries",
        "Gantry cannot read the registry partner",
        "If you may see repositories in it, they are missing here.",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
    for secret in [
        "444455556666",
        "eu-west-1",
        "AssumeRole",
        "AccessDenied",
        "credentials",
    ] {
        assert!(!list.contains(secret), "{secret}: {list}");
    }
    let (status, _) = page(&ana, "/repositories/retail/storefront/users-api").await;
    assert_eq!(status, StatusCode::OK);
    let (status, body) = page(&ana, "/repositories/partner/storefront/users-api").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        body.contains("Gantry cannot read the registry partner"),
        "{body}"
    );
    let gus = dashboard.person("gus").await;
    for path in ["/repositories", "/repositories/partner/base/node"] {
        let (_, body) = page(&gus, path).await;
        assert!(!body.contains("registry partner"), "{path}: {body}");
    }
    let farah = dashboard.person("farah").await;
    let (_, list) = page(&farah, "/repositories").await;
    for part in [
        "registry partner (444455556666 · eu-west-1)",
        "AssumeRole",
        "AccessDenied",
        "AWS request ID",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
    faults.clear();
    let list = until(&ana, "/repositories", |_, list| {
        list.contains("in 2 registries")
    })
    .await;
    assert!(!list.contains("cannot read the registry"), "{list}");
    assert!(list.contains("/repositories/partner/base/node"), "{list}");
}

#[tokio::test]
async fn a_registry_that_fails_later_is_named_to_people_who_saw_something_in_it() {
    let (dashboard, faults) = Dashboard::beside_partner(&[], HURRIED).await;
    let dashboard = dashboard.ready().await;
    let (ana, erik) = (
        dashboard.person("ana").await,
        dashboard.person("erik").await,
    );
    faults.add(Rule::new(Fault::Refuse(ErrorKind::ExpiredToken)));
    let list = until(&ana, "/repositories", |_, list| {
        list.contains("in 1 of 2 registries")
    })
    .await;
    for part in [
        "Gantry cannot read the registry partner (444455556666 · eu-west-1)",
        "own AWS credentials are missing, expired or refused",
        "Its repositories are not shown.",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
    assert!(!list.contains("AWS error code"), "only for administrators");
    let failing = until(&ana, "/repositories/partner/base/node", |status, _| {
        status == StatusCode::SERVICE_UNAVAILABLE
    })
    .await;
    assert!(
        failing.contains("Gantry cannot read the registry partner"),
        "{failing}"
    );
    let (status, body) = page(&ana, "/repositories/partner").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        body.contains("No repository of this registry is shown"),
        "{body}"
    );
    for path in ["/repositories", "/access"] {
        let (_, body) = page(&erik, path).await;
        for part in [
            "registry partner",
            "/repositories/partner",
            "cannot read",
            " registries",
        ] {
            assert!(!body.contains(part), "{path} has {part}");
        }
    }
    let (status, hidden) = page(&erik, "/repositories/partner/base/node").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (_, absent) = page(&erik, "/repositories/nowhere/base/node").await;
    assert_eq!(hidden.replace("partner", "nowhere"), absent);
}

/// An answer's status, headers and body, without what differs from one answer to the next.
async fn whole(answer: reqwest::Response) -> (StatusCode, Vec<String>, String) {
    let status = answer.status();
    let differs = ["date", "x-request-id"];
    let headers = answer.headers().iter();
    let headers = headers.filter(|(name, _)| !differs.contains(&name.as_str()));
    let mut headers: Vec<_> = headers
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    let id = answer.headers().get("x-request-id");
    let id = id.map_or("none", |id| id.to_str().unwrap()).to_owned();
    let body = answer.text().await.unwrap().replace(&id, "ID");
    (status, headers, body)
}

#[tokio::test]
async fn readiness_does_not_reveal_how_many_registries_there_are() {
    let ready =
        async |dashboard: &Dashboard| whole(dashboard.stranger().get("/readyz").await).await;
    let (one, two) = (Dashboard::start().await.ready().await, two().await);
    let answer = ready(&one).await;
    assert_eq!(answer.0, StatusCode::OK);
    assert_eq!(answer, ready(&two).await);
    let stalls = [Rule::new(Fault::Stall(Duration::from_secs(60)))];
    let one = Dashboard::start_with(&stalls).await;
    let (two, _) = Dashboard::beside_partner(&stalls, "").await;
    let answer = ready(&one).await;
    assert_eq!(answer.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer, ready(&two).await);
}

#[tokio::test]
async fn a_link_without_a_grant_looks_missing_while_another_registry_was_never_read() {
    // Connections here never get an answer.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let balancer = LoadBalancer::start().await;
    let more = format!(
        "{}\n[[registry]]\nalias = \"partner\"\nregion = \"eu-west-1\"\nendpoint_url = \"http://{}\"\n",
        store_of(&folder),
        silent.local_addr().unwrap()
    );
    let dashboard = Dashboard::configured(&balancer.configuration("", &more)).await;
    let account = balancer.sign(&account_header(), &claims_of("ana", &["storefront"]));
    let ana = |method, path: &str| {
        let request = dashboard.stranger().request(method, path);
        request.header("x-amzn-oidc-data", &account)
    };
    let (repository, form) = (
        "/repositories/retail/storefront/users-api",
        [
            ("registry", "retail"),
            ("name", "storefront/users-api"),
            ("moment", "live"),
            ("expiry", "day"),
        ],
    );
    for _ in 0..200 {
        if ana(reqwest::Method::GET, repository)
            .send()
            .await
            .unwrap()
            .status()
            == StatusCode::OK
        {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let made = ana(reqwest::Method::POST, "/links/new").form(&form);
    let made = made
        .header("sec-fetch-site", "same-origin")
        .send()
        .await
        .unwrap();
    let kept = cookies(&made).concat();
    let (_, token) = kept.split_once('.').unwrap();
    let stranger = dashboard.stranger();
    let open = async |token: &str| whole(stranger.get(&format!("/s/{token}")).await).await;
    assert_eq!(open(token).await.0, StatusCode::OK, "{made:?}");
    // The link now shows a repository of another team, as if its grant had been withdrawn.
    let elsewhere = "UPDATE link SET repository = 'payments/payments-api'";
    assert_eq!(change(&folder, elsewhere).await, 1);
    let not_granted = open(token).await;
    assert_eq!(not_granted.0, StatusCode::NOT_FOUND);
    assert_eq!(not_granted, open(&"A".repeat(40)).await);
    let status = stranger.get("/readyz").await.status();
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "it was never read");
}

async fn change(folder: &tempfile::TempDir, statement: &'static str) -> u64 {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", folder.path().join("gantry.db").display());
    let connected = <sqlx::AnyConnection as sqlx::Connection>::connect(&url).await;
    let changed = sqlx::query(statement)
        .execute(&mut connected.unwrap())
        .await;
    changed.unwrap().rows_affected()
}
