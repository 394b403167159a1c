//! When a preview was last requested, according to the newest rows about its repository.

use dashboard::Gantry;
use serde_json::json;

use crate::{stores::*, world::*};

const API: &str = "team/api";

/// A repository whose lifecycle policy can be previewed.
async fn repository(world: &World) {
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let rules = json!({"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any",
        "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "expire"}}]});
    let put = world.ecr.put_lifecycle_policy().repository_name(API);
    let put = put.lifecycle_policy_text(rules.to_string());
    put.send().await.unwrap();
    // The log stores whole seconds. A row within the second of the creation may be about an earlier
    // repository.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
}

async fn is_known(gantry: &Gantry) -> bool {
    let ana = viewer(&[DEVELOPER]);
    let page = gantry
        .lifecycle
        .page(&ana, &repository_at(API))
        .await
        .unwrap();
    assert!(page.preview.shown().is_some(), "{page:?}");
    page.requested.is_some()
}

async fn requests(gantry: &Gantry) {
    let (ana, request_origin) = (viewer(&[DEVELOPER]), request_origin("r-1"));
    let api = repository_at(API);
    let start = gantry.lifecycle.start_preview(&ana, &request_origin, &api);
    start.await.unwrap();
}

on_each_store! {
    async fn only_the_newest_500_rows_about_a_repository_are_searched(place: &Place) {
        let world = World::new().await;
        repository(&world).await;
        let access = Default::default();
        let gantry = world.gantry_storing_in(place.open().await, access).await;
        requests(&gantry).await;
        assert!(is_known(&gantry).await);
        let add = async |rows: u32| {
            let adding = format!(
                "INSERT INTO audit (number, at, event, outcome, person, action, registry, repository, arguments, \
                 request, searched, hash) \
                 WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {rows}) \
                 SELECT (SELECT MAX(number) FROM audit) + n, (SELECT MAX(at) FROM audit), 'write', 'refused', \
                 'tests ben', 'ecr:StartLifecyclePolicyPreview', 'retail', '{API}', '[]', 'r-2', '', '0000' \
                 FROM counted"
            );
            assert_eq!(place.say(&adding).await, u64::from(rows));
        };
        add(499).await;
        assert!(is_known(&gantry).await);
        add(1).await;
        assert!(!is_known(&gantry).await, "however many rows a person adds");
        requests(&gantry).await;
        assert!(is_known(&gantry).await);
    }

    async fn an_earlier_repository_with_the_same_name_does_not_count(place: &Place) {
        let world = World::new().await;
        repository(&world).await;
        let gantry = world.gantry_storing_in(place.open().await, Default::default()).await;
        requests(&gantry).await;
        assert!(is_known(&gantry).await);
        let delete = world.ecr.delete_repository().repository_name(API);
        delete.force(true).send().await.unwrap();
        repository(&world).await;
        let preview = world.ecr.start_lifecycle_policy_preview().repository_name(API);
        preview.send().await.unwrap();
        let gantry = world.gantry_storing_in(place.open().await, Default::default()).await;
        assert!(!is_known(&gantry).await);
        requests(&gantry).await;
        assert!(is_known(&gantry).await);
    }
}
