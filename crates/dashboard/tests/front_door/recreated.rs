//! A repository that is deleted and created again with the same name is a different repository.

use std::time::Duration;

use access::AccessSettings;
use aws_sdk_ecr::types::Tag as ResourceTag;
use dashboard::Refusal;
use ecr_local::{Fault, Rule};
use serde_json::json;

use crate::world::*;

const ARN: &str = "arn:aws:ecr:eu-central-1:111122223333:repository/team/api";

/// A repository of the auditors, with private data in each section.
async fn secret_repository(world: &World) {
    world
        .repository("team/api", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    let tag = ResourceTag::builder().key("project").value("merger");
    let tag = tag.build().unwrap();
    let tagging = world.ecr.tag_resource().resource_arn(ARN).tags(tag);
    tagging.send().await.unwrap();
    let rules = json!({"rules": [{"rulePriority": 1, "description": "merger",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
        "action": {"type": "expire"}}]});
    let put = world.ecr.put_lifecycle_policy().repository_name("team/api");
    let put = put.lifecycle_policy_text(rules.to_string());
    put.send().await.unwrap();
    world.push("team/api", "x", "merger-build").await;
}

async fn delete(world: &World) {
    let deleting = world.ecr.delete_repository().repository_name("team/api");
    deleting.force(true).send().await.unwrap();
}

/// Everything that the new owners see of it, once they see anything.
async fn seen_by_new_owners(gantry: &dashboard::Gantry) -> String {
    let (ana, api) = (viewer(&[DEVELOPER]), repository_at("team/api"));
    for _ in 0..200 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let Ok(images) = repository_images(gantry, &ana, &api, &Default::default()).await else {
            continue;
        };
        let repository = repository_detail(gantry, &ana, &api).await.unwrap();
        let lifecycle = gantry.lifecycle.page(&ana, &api).await.unwrap();
        return format!("{images:?} {repository:?} {lifecycle:?}");
    }
    unreachable!("the new repository was never shown")
}

fn briefly(policy_max_age: Duration) -> AccessSettings {
    AccessSettings {
        policy_max_age,
        ..AccessSettings::default()
    }
}

#[tokio::test]
async fn new_owners_see_nothing_of_the_old_repository() {
    let world = World::new().await;
    secret_repository(&world).await;
    let gantry = world.gantry_with(briefly(Duration::from_secs(2))).await;
    let (bob, api) = (viewer(&[AUDITOR]), repository_at("team/api"));
    repository_detail(&gantry, &bob, &api).await.unwrap();
    gantry.lifecycle.page(&bob, &api).await.unwrap();
    delete(&world).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let gone = repository_detail(&gantry, &bob, &api).await;
    assert_eq!(gone.err(), Some(Refusal::NotFound));
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let seen = seen_by_new_owners(&gantry).await;
    assert!(!seen.contains("merger"), "{seen}");
}

#[tokio::test]
async fn a_recreated_repository_is_detected_before_the_next_listing() {
    let world = World::new().await;
    secret_repository(&world).await;
    let gantry = world.gantry_with(briefly(Duration::from_secs(6))).await;
    let (bob, api) = (viewer(&[AUDITOR]), repository_at("team/api"));
    repository_detail(&gantry, &bob, &api).await.unwrap();
    gantry.lifecycle.page(&bob, &api).await.unwrap();
    delete(&world).await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let seen = seen_by_new_owners(&gantry).await;
    assert!(!seen.contains("merger"), "{seen}");
}

/// One policy for all repositories, as in some registries: the resource tag `owner` decides.
fn by_owner() -> [serde_json::Value; 2] {
    [(AUDITOR, "auditors"), (DEVELOPER, "developers")].map(|(principal, owner)| {
        let mut statement = allow(principal, &["ecr:*"]);
        statement["Condition"] = json!({"StringEquals": {"aws:ResourceTag/owner": owner}});
        statement
    })
}

async fn repository_of(world: &World, owner: &str) {
    let tag = ResourceTag::builder().key("owner").value(owner);
    let creating = world.ecr.create_repository().repository_name("team/api");
    creating.tags(tag.build().unwrap()).send().await.unwrap();
    world.policy("team/api", &by_owner()).await;
}

#[tokio::test]
async fn a_recreated_repository_is_detected_by_its_resource_tags() {
    let world = World::new().await;
    repository_of(&world, "auditors").await;
    world.push("team/api", "x", "merger-build").await;
    let gantry = world.gantry_with(briefly(Duration::from_secs(6))).await;
    let (bob, api) = (viewer(&[AUDITOR]), repository_at("team/api"));
    let query = Default::default();
    let images = repository_images(&gantry, &bob, &api, &query).await;
    assert_eq!(images.unwrap().rows.len(), 1);
    // The policy is read again after the listing, and finds the other repository.
    let faults = world.running.faults();
    let stall = Rule::new(Fault::Stall(Duration::from_secs(2)));
    faults.add(stall.on("GetRepositoryPolicy").of("team/api").times(1));
    let asked = || faults.calls().get("GetRepositoryPolicy").copied();
    let before = asked();
    while asked() == before {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    delete(&world).await;
    repository_of(&world, "developers").await;
    let seen = seen_by_new_owners(&gantry).await;
    assert!(!seen.contains("merger"), "{seen}");
}
