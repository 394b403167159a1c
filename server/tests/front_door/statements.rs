//! What pages say about scans, counts and orders: nothing that is not true.

use crate::browser::{Dashboard, Person};

/// The page of a repository, after its images were read.
async fn repository(person: &Person, name: &str) -> String {
    let page = person.get(&format!("/repositories/retail/{name}")).await;
    page.text().await.unwrap()
}

/// The value next to a fact's name.
fn fact<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<dt>{name}</dt>")).unwrap();
    rest.split_once("</dd>").unwrap().0
}

#[tokio::test]
async fn an_unscanned_image_is_not_shown_as_having_no_findings() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let charts = repository(&ana, "charts/storefront").await;
    let findings = fact(
        &charts,
        "Findings, tagged images, each by its worst platform",
    );
    assert!(findings.contains("not scanned"), "{findings}");
    let upload = repository(&ana, "suspicious/upload").await;
    let findings = fact(
        &upload,
        "Findings, tagged images, each by its worst platform",
    );
    assert!(findings.contains("1 scan failed"), "{findings}");
    let filtered = ana
        .get("/repositories?q=charts/storefront&severity=not-scanned")
        .await;
    let filtered = filtered.text().await.unwrap();
    assert!(filtered.contains("/repositories/retail/charts/storefront"));
    assert!(
        filtered.contains("<option value=\"not-scanned\" selected"),
        "the form keeps it"
    );
}

#[tokio::test]
async fn findings_on_platforms_that_the_viewer_may_not_read_are_mentioned() {
    let dashboard = Dashboard::start().await.ready().await;
    let (chao, erik) = (
        dashboard.person("chao").await,
        dashboard.person("erik").await,
    );
    let hidden = "on platforms that you may not read";
    let page = repository(&chao, "payments/fraud-model").await;
    assert!(
        fact(&page, "Findings, tagged images, each by its worst platform").contains(hidden),
        "{page}"
    );
    assert!(page.contains("ecr:BatchGetImage is not granted: the platforms of an index"));
    let list = chao
        .get("/repositories?q=fraud-model")
        .await
        .text()
        .await
        .unwrap();
    assert!(list.contains(hidden), "{list}");
    let page = repository(&erik, "payments/fraud-model").await;
    assert!(!page.contains(hidden));
}

#[tokio::test]
async fn without_image_details_no_order_by_date_is_claimed() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let page = repository(&ana, "checkout/orders-worker").await;
    for missing in ["colspan=", "sort=pushed", "name=\"severity\""] {
        assert!(!page.contains(missing), "{missing}");
    }
    assert_eq!(page.matches("aria-sort=").count(), 1);
    let (before, _) = page.split_once("aria-sort=\"descending\"").unwrap();
    assert!(
        !before.contains("data-sort"),
        "the first sortable column is the tags"
    );
    assert!(
        page.contains("shown for prod<"),
        "a tag that people deploy from"
    );
}

#[tokio::test]
async fn people_in_no_team_see_no_mention_of_their_teams() {
    let dashboard = Dashboard::start().await.ready().await;
    // An administrator needs no group to see more.
    for (name, next) in [
        ("gus", "ask your Gantry administrator"),
        ("farah", "Check the spelling"),
    ] {
        let person = dashboard.person(name).await;
        let page = repository(&person, "not/there").await;
        assert!(page.contains(next), "{name}: {page}");
        assert!(!page.contains("grants none of your teams"), "{name}");
    }
    let ana = dashboard.person("ana").await;
    let page = repository(&ana, "not/there").await;
    assert!(page.contains("grants none of your teams"), "{page}");
}

#[tokio::test]
async fn an_administrator_sees_no_note_that_principals_are_left_out() {
    let dashboard = Dashboard::start().await.ready().await;
    let farah = dashboard.person("farah").await;
    let page = farah.get("/policies/retail/storefront/users-api").await;
    let page = page.text().await.unwrap();
    assert!(page.contains("the principals of all configured teams"));
    assert!(!page.contains("For other teams, this table lists only"));
}
