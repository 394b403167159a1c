//! The page of a lifecycle policy, and its previews.

use ecr_local::{Fault, Rule, registry::ErrorKind};
use reqwest::{StatusCode, header};

use crate::browser::{Dashboard, Person};

const REPOSITORY: &str = "storefront/users-api";

/// The page of a repository's lifecycle policy.
async fn page(person: &Person, path: &str) -> String {
    let answer = person.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.unwrap()
}

/// How many preview requests ended like this, by the audit log.
async fn recorded(dashboard: &Dashboard, outcome: &str) -> usize {
    dashboard.audit().settle().await;
    let farah = dashboard.person("farah").await;
    let path = format!("/audit/export.jsonl?event=write&outcome={outcome}");
    farah.get(&path).await.text().await.unwrap().lines().count()
}

#[tokio::test]
async fn a_reload_never_requests_another_preview() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let form = [("registry", "retail"), ("name", REPOSITORY)];
    let answer = ana.post("/lifecycle/preview", &form).await;
    for _ in 0..3 {
        let page = ana.follow(&answer).await.text().await.unwrap();
        assert!(page.contains("The preview has started"), "{page}");
        assert!(page.contains("Last requested through Gantry"), "{page}");
    }
    assert_eq!(recorded(&dashboard, "done").await, 1);
    // If a viewer cannot start a preview, the page says who can.
    let erik = dashboard.person("erik").await;
    let answer = erik.post("/lifecycle/preview", &form).await;
    let page = erik.follow(&answer).await.text().await.unwrap();
    let said = "No role of your teams is granted ecr:StartLifecyclePolicyPreview";
    assert!(
        page.contains(said) && page.contains("Nothing was changed."),
        "{page}"
    );
}

#[tokio::test]
async fn a_failed_preview_leads_back_and_shows_what_happened() {
    let (dashboard, faults) = Dashboard::configured_with_faults("").await;
    let dashboard = dashboard.ready().await;
    let ana = dashboard.person("ana").await;
    for (kind, ended, said) in [
        (
            ErrorKind::AccessDenied,
            "failed",
            "Amazon ECR refused the request.",
        ),
        (
            ErrorKind::Throttling,
            "throttled",
            "limits the rate of requests",
        ),
    ] {
        faults.clear();
        faults.add(Rule::new(Fault::Refuse(kind)).on("StartLifecyclePolicyPreview"));
        let form = [("registry", "retail"), ("name", REPOSITORY)];
        let answer = ana.post("/lifecycle/preview", &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let led_to = answer.headers()[header::LOCATION].to_str().unwrap();
        assert!(led_to.ends_with(&format!("?preview={ended}")), "{led_to}");
        let page = ana.follow(&answer).await.text().await.unwrap();
        assert!(
            page.contains(said) && page.contains("Nothing was changed."),
            "{page}"
        );
        assert!(!page.contains("Exception"), "{page}");
        let mut chinese = crate::browser::cookies(&answer);
        chinese.push("gantry_preferences=zh".to_owned());
        let chinese = ana.get_with(led_to, &chinese).await.text().await.unwrap();
        assert!(chinese.contains("预览未开始"), "{chinese}");
    }
    assert_eq!(recorded(&dashboard, "failed").await, 2);
}

#[tokio::test]
async fn without_a_policy_there_is_no_preview() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let page = page(&ana, "/lifecycle/retail/storefront/users-web").await;
    assert!(page.contains("No lifecycle policy is set"), "{page}");
    for preview in ["lifecycle-preview", "/lifecycle/preview", "preview"] {
        let main = page.split("<main").nth(1).unwrap();
        assert!(!main.contains(preview), "{preview}: {main}");
    }
}

#[tokio::test]
async fn a_preview_is_listed_by_rule_and_push_with_the_last_pulls() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let (_, led_to) = ana.preview(REPOSITORY).await;
    let page = page(&ana, &led_to).await;
    assert!(page.contains("Last pulled"), "{page}");
    let table = page.split("<tbody>").nth(1).unwrap();
    let rows: Vec<_> = table
        .split("<tr ")
        .skip(1)
        .map(|row| {
            let rule = row.split("#rule-").nth(1).unwrap();
            let rule: u32 = rule.split('"').next().unwrap().parse().unwrap();
            let pushed = row.split("datetime=\"").nth(1).unwrap();
            (rule, pushed.split('"').next().unwrap().to_owned())
        })
        .collect();
    assert!(rows.len() > 3 && rows.is_sorted(), "{rows:?}");
}

#[tokio::test]
async fn policy_and_lifecycle_pages_link_to_each_other() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    for (from, to) in [("lifecycle", "policies"), ("policies", "lifecycle")] {
        let page = page(&ana, &format!("/{from}/retail/{REPOSITORY}")).await;
        assert!(
            page.contains(&format!("href=\"/{to}/retail/{REPOSITORY}\"")),
            "{page}"
        );
    }
}
