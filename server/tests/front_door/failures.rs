//! What people see when ECR does not answer as it should.

use ecr_local::{Fault, Rule, registry::ErrorKind};
use reqwest::StatusCode;

use crate::browser::Dashboard;

#[tokio::test]
async fn a_failing_registry_is_named_and_nothing_leaks() {
    for kind in [
        ErrorKind::Throttling,
        ErrorKind::ExpiredToken,
        ErrorKind::AccessDenied,
        ErrorKind::Server,
    ] {
        let failing = Rule::new(Fault::Refuse(kind)).on("DescribeImages");
        let dashboard = Dashboard::start_with(&[failing]).await.ready().await;
        let ana = dashboard.person("ana").await;
        let page = ana.get("/repositories/retail/storefront/users-api").await;
        assert!(
            page.status().is_server_error() || page.status() == StatusCode::OK,
            "{kind:?}"
        );
        let id = page.headers()["x-request-id"].to_str().unwrap().to_owned();
        let body = page.text().await.unwrap();
        assert!(body.contains(&id), "{kind:?}: an id to quote");
        for secret in [
            "Exception",
            "SdkError",
            "DispatchFailure",
            "AKIADEMO",
            "assumed-role",
        ] {
            assert!(!body.contains(secret), "{kind:?} leaks {secret}");
        }
        let list = ana
            .get("/api/images?registry=retail&name=storefront/users-api")
            .await;
        assert!(list.status().is_server_error(), "{kind:?}");
    }
}

#[tokio::test]
async fn before_the_first_listing_the_page_says_that_it_is_being_read() {
    let stalled =
        Rule::new(Fault::Stall(std::time::Duration::from_secs(30))).on("DescribeRepositories");
    let dashboard = Dashboard::start_with(&[stalled]).await;
    let ana = dashboard.person("ana").await;
    assert_eq!(
        ana.get("/readyz").await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(ana.get("/healthz").await.status(), StatusCode::OK);
    assert_eq!(ana.get("/repositories").await.status(), StatusCode::OK);
}
