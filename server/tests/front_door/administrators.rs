//! What Gantry says to an administrator who is in no team: what is true of their review, and what they can do.

use reqwest::StatusCode;

use crate::browser::Dashboard;

#[tokio::test]
async fn what_a_review_does_not_show_leads_to_the_policy() {
    let dashboard = Dashboard::start().await.ready().await;
    let farah = dashboard.person("farah").await;
    for path in [
        "/repositories/retail/sandbox/hello",
        "/lifecycle/retail/sandbox/hello",
        "/tags/retail/latest/sandbox/hello",
    ] {
        let page = farah.get(path).await;
        assert_eq!(page.status(), StatusCode::FORBIDDEN, "{path}");
        let page = page.text().await.unwrap();
        assert!(page.contains("You are in no team."), "{path}");
        assert!(
            page.contains("href=\"/policies/retail/sandbox/hello\""),
            "{path}"
        );
        for useless in [
            "your teams",
            "Ask the owners",
            "Ask your Gantry administrator",
        ] {
            assert!(!page.contains(useless), "{path}: {useless}");
        }
    }
}

#[tokio::test]
async fn an_administrator_is_not_sent_to_an_administrator() {
    let dashboard = Dashboard::start().await.ready().await;
    let farah = dashboard.person("farah").await;
    for path in ["/access", "/repositories/retail/no/such", "/nowhere"] {
        let page = farah.get(path).await.text().await.unwrap();
        assert!(!page.contains("Ask your Gantry administrator"), "{path}");
        assert!(!page.contains("your Gantry administrator which"), "{path}");
    }
    let access = farah.get("/access").await.text().await.unwrap();
    assert!(access.contains("You are an administrator"), "{access}");
}

#[tokio::test]
async fn only_pages_about_repositories_speak_of_new_repositories() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let new = "A new repository";
    for (path, speaks) in [
        ("/audit", false),
        ("/nowhere", false),
        ("/repositories/retail/no/such", true),
        ("/repositories/retail/sandbox/hello", true),
        ("/repositories/nowhere", true),
    ] {
        let page = ana.get(path).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{path}");
        let page = page.text().await.unwrap();
        assert_eq!(page.contains(new), speaks, "{path}");
    }
}
