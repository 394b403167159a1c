//! A grant that ends while a page waits for ECR.

use std::time::Duration;

use ecr_local::{Fault, Rule};
use model::{Action, Digest, Section, Visibility};
use tokio::time::sleep;

use crate::world::*;

const API: &str = "team/api";

async fn world() -> (World, Digest) {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let image = world.push(API, "the image", "1.0").await;
    (world, image)
}

/// Waits until a page has made the stalled call, takes all grants but one away, and has Gantry read the policy.
async fn revokes(world: &World, gantry: &dashboard::Gantry, stalled: &str) {
    for _ in 0..500 {
        if world.running.faults().calls().contains_key(stalled) {
            break;
        }
        sleep(Duration::from_millis(10)).await;
    }
    // The other sections are read meanwhile.
    sleep(Duration::from_millis(500)).await;
    world
        .policy(API, &[allow(DEVELOPER, &["ecr:ListImages"])])
        .await;
    let (ana, origin) = (viewer(&[DEVELOPER]), request_origin("r"));
    let api = repository_at(API);
    let lifecycle = &gantry.lifecycle;
    let changing = lifecycle.start_preview(&ana, &origin, &api);
    assert!(changing.await.is_err(), "a change reads the policy first");
}

fn stall(world: &World, operation: &str) {
    let stall = Rule::new(Fault::Stall(Duration::from_secs(3))).on(operation);
    world.running.faults().add(stall.times(1));
}

fn is_withheld<T>(section: &Section<T>) -> bool {
    matches!(section, Section::Withheld { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_page_shows_nothing_whose_grant_ended_while_it_waited() {
    let (world, image) = world().await;
    let gantry = world.gantry().await;
    stall(&world, "ListImageReferrers");
    let ana = viewer(&[DEVELOPER]);
    let api = repository_at(API);
    let (page, ()) = tokio::join!(
        gantry.images.image(&ana, &api, &image),
        revokes(&world, &gantry, "ListImageReferrers"),
    );
    let page = page.unwrap();
    assert!(is_withheld(&page.manifest) && is_withheld(&page.config));
    assert!(is_withheld(&page.findings) && is_withheld(&page.referrers));
    assert_eq!(page.image.facts, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_page_shows_nothing_whose_grant_ended_while_it_waited() {
    let (world, _) = world().await;
    let gantry = world.gantry().await;
    stall(&world, "GetLifecyclePolicy");
    let (ana, query) = (viewer(&[DEVELOPER]), Default::default());
    let api = repository_at(API);
    let (page, ()) = tokio::join!(
        gantry.repositories.page(&ana, &api, &query),
        revokes(&world, &gantry, "GetLifecyclePolicy"),
    );
    let page = page.unwrap();
    let detail = page.detail;
    assert_eq!(
        (detail.visibility, detail.counts.size),
        (Visibility::Tags, 0)
    );
    assert!(is_withheld(&detail.settings) && is_withheld(&detail.resource_tags));
    assert!(is_withheld(&detail.policy) && is_withheld(&detail.lifecycle));
    assert!(page.images.rows.iter().all(|row| row.facts.is_none()));
    assert!(page.example.is_none_or(|(_, row)| row.facts.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lifecycle_page_shows_nothing_whose_grant_ended_while_it_waited() {
    let (world, _) = world().await;
    let gantry = world.gantry().await;
    stall(&world, "GetLifecyclePolicyPreview");
    let ana = viewer(&[DEVELOPER]);
    let api = repository_at(API);
    let (page, ()) = tokio::join!(
        gantry.lifecycle.page(&ana, &api),
        revokes(&world, &gantry, "GetLifecyclePolicyPreview"),
    );
    let policy = page.unwrap().policy;
    let Section::Withheld { action, .. } = policy else {
        unreachable!("{policy:?}")
    };
    assert_eq!(action, Action::GetLifecyclePolicy);
}
