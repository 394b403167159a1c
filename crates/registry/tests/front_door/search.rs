//! What a search finds first, and what it says of a hit.

use std::time::Duration;

use model::search::{SearchHit, SearchTarget};
use registry::{Gantry, Viewer};

use crate::world::*;

/// What is found, by its repository and its tag.
async fn found(gantry: &Gantry, viewer: &Viewer, text: &str) -> Vec<String> {
    let hits = gantry.search(viewer, text).await.hits;
    let words = |hit: SearchHit| match hit.target {
        SearchTarget::Repository => hit.name.to_string(),
        SearchTarget::Tag(tag) => format!("{}:{tag}", hit.name),
        SearchTarget::Image(digest) => format!("{}@{}", hit.name, digest.short()),
    };
    hits.into_iter().map(words).collect()
}

/// A gantry that knows the images of these repositories.
async fn knowing(world: &World, viewer: &Viewer, repositories: &[&str]) -> Gantry {
    let gantry = world.gantry().await;
    for repository in repositories {
        let (registry, name) = (alias(), name(repository));
        gantry.all_images(viewer, &registry, &name).await.unwrap();
    }
    gantry
}

#[tokio::test]
async fn the_very_name_comes_first_then_its_beginning_then_a_part_each_the_newest_first() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    let repositories = ["team/old", "team/new", "prod/api", "team/sub-prod"];
    for repository in repositories {
        world.repository(repository, &everything).await;
    }
    world.push("team/old", "a", "prod").await;
    world.push("team/sub-prod", "b", "production").await;
    // ECR counts in seconds.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    world.push("team/new", "c", "prod").await;
    world.push("team/new", "d", "pre-prod").await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &repositories).await;
    let expected = [
        "team/new:prod",
        "team/old:prod",
        "team/sub-prod:production",
        "prod/api",
        "team/new:pre-prod",
        "team/sub-prod",
    ];
    assert_eq!(found(&gantry, &ana, "prod").await, expected);
}

#[tokio::test]
async fn a_tag_is_found_beside_a_namespace_of_the_same_name() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    world.repository("prod/users-api", &everything).await;
    world.push("prod/users-api", "a", "prod").await;
    world.push("prod/users-api", "b", "pre-prod").await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &["prod/users-api"]).await;
    let expected = ["prod/users-api:prod", "prod/users-api"];
    assert_eq!(found(&gantry, &ana, "users prod").await, expected);
}

#[tokio::test]
async fn a_hit_has_a_version_and_a_date_for_those_who_may_know_them() {
    let world = World::new().await;
    let repositories = ["team/described", "team/listed"];
    for (repository, action) in repositories
        .into_iter()
        .zip(["ecr:DescribeImages", "ecr:ListImages"])
    {
        world
            .repository(repository, &[allow(DEVELOPER, &[action])])
            .await;
        world.push(repository, "a", "prod").await;
        world.push(repository, "a", "3f9a1c2").await;
        world.push(repository, "a", "1.7.1-build.823").await;
    }
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &repositories).await;
    let hits = gantry.search(&ana, "prod").await.hits;
    assert_eq!(hits.len(), 2);
    for hit in hits {
        assert_eq!(hit.version, Some(tag("1.7.1-build.823")));
        let may_know = hit.name == name("team/described");
        assert_eq!(hit.pushed.is_some(), may_know, "{}", hit.name);
    }
    let names = gantry.search(&ana, "team").await.hits;
    for hit in names {
        let may_know = hit.name == name("team/described");
        assert_eq!(hit.pushed.is_some(), may_know, "{}", hit.name);
    }
}

#[tokio::test]
async fn the_alias_of_a_registry_that_is_repeated_finds_no_more_than_alone() {
    let (own, other) = (
        World::new().await,
        World::of("444455556666", "eu-west-1").await,
    );
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    own.repository("team/api", &everything).await;
    own.repository("team/retail", &everything).await;
    other.repository("team/api", &everything).await;
    let partner = vec![other.registry("partner")];
    let gantry = own.unlisted_beside(partner, Default::default()).await;
    let (gantry, ana) = (listed_once(gantry).await, viewer(&[DEVELOPER]));
    assert_eq!(found(&gantry, &ana, "retail").await, ["team/retail"]);
    assert_eq!(found(&gantry, &ana, "retail retail").await, ["team/retail"]);
    assert_eq!(
        found(&gantry, &ana, "Retail retail api").await,
        ["team/api"]
    );
}
