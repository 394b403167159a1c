//! What people see when ECR fails.

use std::time::Duration;

use ecr_local::{Fault, Rule, registry::ErrorKind};
use reqwest::StatusCode;

use crate::browser::{Dashboard, Person};

/// Texts of the embedded registry, the SDK and the host's credentials that must not be shown.
const SECRETS: [&str; 5] = [
    "Exception",
    "SdkError",
    "DispatchFailure",
    "AKIADEMO",
    "assumed-role",
];

/// A page that fails or lacks a part: its status and its text. The text must contain an ID to quote and no secret.
async fn failing_page(person: &Person, path: &str) -> (StatusCode, String) {
    let page = person.get(path).await;
    let status = page.status();
    let id = page.headers()["x-request-id"].to_str().unwrap().to_owned();
    let body = page.text().await.unwrap();
    assert!(body.contains(&id), "{path} has no ID to quote");
    for secret in SECRETS {
        assert!(!body.contains(secret), "{path} leaks {secret}");
    }
    (status, body)
}

#[tokio::test]
async fn a_page_whose_images_cannot_be_read_says_why() {
    let bad_days = [
        (
            "storefront/users-api",
            ErrorKind::ExpiredToken,
            "own AWS credentials are missing, expired or refused.",
        ),
        (
            "storefront/products-api",
            ErrorKind::AccessDenied,
            "The role that Gantry runs as may not make this call.",
        ),
    ];
    let faults = bad_days
        .map(|(name, kind, _)| Rule::new(Fault::Refuse(kind)).on("DescribeImages").of(name));
    let dashboard = Dashboard::start_with(&faults).await.ready().await;
    let ana = dashboard.person("ana").await;
    for (name, kind, said) in bad_days {
        let (status, body) = failing_page(&ana, &format!("/repositories/retail/{name}")).await;
        assert_eq!(status, StatusCode::BAD_GATEWAY, "{kind:?}");
        assert!(body.contains(said), "{kind:?}: {body}");
        let list = ana
            .get(&format!("/api/images?registry=retail&name={name}"))
            .await;
        assert_eq!(list.status(), StatusCode::BAD_GATEWAY, "{kind:?}");
    }
}

#[tokio::test]
async fn a_part_that_cannot_be_read_says_why_and_the_rest_is_shown() {
    let bad_days = [
        (
            "storefront/users-api",
            ErrorKind::Throttling,
            "Amazon ECR asked to slow down, and went on doing so through every retry.",
        ),
        (
            "storefront/products-api",
            ErrorKind::Server,
            "Amazon ECR answered with an error of its own.",
        ),
    ];
    let faults = bad_days.map(|(name, kind, _)| {
        Rule::new(Fault::Refuse(kind))
            .on("GetLifecyclePolicy")
            .of(name)
    });
    let dashboard = Dashboard::start_with(&faults).await.ready().await;
    let ana = dashboard.person("ana").await;
    for (name, kind, said) in bad_days {
        let (status, body) = failing_page(&ana, &format!("/lifecycle/retail/{name}")).await;
        assert_eq!(status, StatusCode::OK, "{kind:?}");
        assert!(body.contains(said), "{kind:?}: {body}");
    }
}

#[tokio::test]
async fn before_the_first_listing_the_page_says_that_data_is_being_read() {
    let stalled = Rule::new(Fault::Stall(Duration::from_secs(30))).on("DescribeRepositories");
    let dashboard = Dashboard::start_with(&[stalled]).await;
    let ana = dashboard.person("ana").await;
    assert_eq!(
        ana.get("/readyz").await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(ana.get("/healthz").await.status(), StatusCode::OK);
    for path in ["/repositories", "/access"] {
        let page = ana.get(path).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        let body = page.text().await.unwrap();
        assert!(body.contains("Still reading"), "{path}: {body}");
        assert!(!body.contains("No repository is granted"), "{path}: {body}");
    }
}
