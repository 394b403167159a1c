//! The order of search results, and what a hit shows.

use std::time::Duration;

use access::Viewer;
use dashboard::Gantry;
use model::search::{SearchHit, SearchTarget};

use crate::world::*;

/// The results, as repository and tag.
async fn found(gantry: &Gantry, viewer: &Viewer, text: &str) -> Vec<String> {
    let hits = gantry.search.find(viewer, text).await.hits;
    let words = |hit: SearchHit| match hit.target {
        SearchTarget::Repository => hit.repository.name.to_string(),
        SearchTarget::Policy => format!("the policy of {}", hit.repository.name),
        SearchTarget::Tag(tag) => format!("{}:{tag}", hit.repository.name),
        SearchTarget::Image(digest) => format!("{}@{}", hit.repository.name, digest.short()),
    };
    hits.into_iter().map(words).collect()
}

/// A Gantry that knows the images of these repositories.
async fn knowing(world: &World, viewer: &Viewer, repositories: &[&str]) -> Gantry {
    let gantry = world.gantry().await;
    for repository in repositories {
        let repository = repository_at(repository);
        gantry
            .repositories
            .all_images(viewer, &repository)
            .await
            .unwrap();
    }
    gantry
}

#[tokio::test]
async fn exact_matches_come_first_then_prefixes_then_parts_each_newest_first() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    let repositories = ["team/old", "team/new", "prod/api", "team/sub-prod"];
    for repository in repositories {
        world.repository(repository, &everything).await;
    }
    world.push("team/old", "a", "prod").await;
    world.push("team/sub-prod", "b", "production").await;
    // ECR stores whole seconds.
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
async fn a_tag_is_found_next_to_a_namespace_with_the_same_name() {
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
async fn a_hit_shows_its_version_and_date_only_to_permitted_viewers() {
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
    let hits = gantry.search.find(&ana, "prod").await.hits;
    assert_eq!(hits.len(), 2);
    for hit in hits {
        assert_eq!(hit.version, Some(tag("1.7.1-build.823")));
        let may_know = hit.repository == repository_at("team/described");
        assert_eq!(hit.pushed.is_some(), may_know, "{}", hit.repository.name);
    }
    let names = gantry.search.find(&ana, "team").await.hits;
    for hit in names {
        let may_know = hit.repository == repository_at("team/described");
        assert_eq!(hit.pushed.is_some(), may_know, "{}", hit.repository.name);
    }
}

#[tokio::test]
async fn a_pasted_reference_finds_what_it_names() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    let repositories = ["team/api", "team/api-docs"];
    for repository in repositories {
        world.repository(repository, &everything).await;
    }
    let digest = world.push("team/api", "a", "1.0").await;
    world.push("team/api-docs", "b", "1.0").await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &repositories).await;
    let page = repository_detail(&gantry, &ana, &repository_at("team/api"))
        .await
        .unwrap();
    let uri = page.source.uri;
    let tagged = "team/api:1.0".to_owned();
    for text in [
        tagged.clone(),
        format!("{uri}:1.0"),
        format!("docker pull {uri}:1.0"),
        format!("podman pull --platform linux/amd64 {uri}:1.0"),
        format!("docker pull {}", tagged.to_uppercase()),
        format!("FROM {uri}:1.0 AS build"),
        format!("image: \"{uri}:1.0\""),
        format!("\"image\": \"{uri}:1.0\","),
        format!("docker run --rm -it {uri}:1.0 sh"),
        format!("https://{uri}:1.0"),
        format!("oci://{uri}:1.0"),
    ] {
        assert_eq!(found(&gantry, &ana, &text).await[0], tagged, "{text}");
    }
    let image = format!("team/api@{}", digest.short());
    let short = format!("team/api@sha256:{}", &digest.hex()[..4]);
    for text in [
        format!("{uri}@{digest}"),
        format!("{uri}:2.0@{digest}"),
        format!("{}…", &digest.as_str()[..19]),
        format!("{uri}@{}...", &digest.as_str()[..19]),
        short,
    ] {
        assert_eq!(found(&gantry, &ana, &text).await[0], image, "{text}");
    }
    let chart = format!("helm pull oci://{uri} --version 1.0.0");
    for text in [
        uri.clone(),
        chart,
        format!("{uri}:gone"),
        format!("{uri}@sha256:"),
        format!("FROM {uri} AS build"),
        page.arn.clone(),
    ] {
        assert_eq!(found(&gantry, &ana, &text).await[0], "team/api", "{text}");
    }
    for text in ["elsewhere.example/team/api:1.0", "@", ":", "docker pull :"] {
        let nothing: [&str; 0] = [];
        assert_eq!(found(&gantry, &ana, text).await, nothing, "{text}");
    }
}

#[tokio::test]
async fn a_reference_to_a_missing_tag_reports_that() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    world.repository("team/api", &everything).await;
    world.push("team/api", "a", "1.0").await;
    world.push("team/api", "b", "9.9.9-rc").await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &["team/api"]).await;
    for (text, lacks) in [
        ("team/api:9.9.9", Some(tag("9.9.9"))),
        ("team/api:1.0", None),
        ("team/api", None),
    ] {
        let hits = gantry.search.find(&ana, text).await.hits;
        let is_it = |hit: &&SearchHit| hit.target == SearchTarget::Repository;
        assert_eq!(hits.iter().find(is_it).unwrap().lacks, lacks, "{text}");
    }
}

#[tokio::test]
async fn a_cut_list_shows_the_total() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    world.repository("team/api", &everything).await;
    for number in 0..12 {
        let (content, tag) = (format!("v{number}"), format!("1.{number}"));
        world.push("team/api", &content, &tag).await;
    }
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &["team/api"]).await;
    let results = gantry.search.find(&ana, "api 1.").await;
    assert_eq!(results.cut(), Some((8, 12)));
    assert_eq!(gantry.search.find(&ana, "api 1.11").await.cut(), None);
}

#[tokio::test]
async fn a_reference_finds_only_granted_images() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    world
        .repository("other/api", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    let digest = world.push("other/api", "a", "1.0").await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &["team/api"]).await;
    let nothing: [&str; 0] = [];
    for text in [
        "other/api:1.0".to_owned(),
        format!("docker pull other/api@{digest}"),
    ] {
        assert_eq!(found(&gantry, &ana, &text).await, nothing, "{text}");
    }
}

#[tokio::test]
async fn administrators_in_no_team_find_names_alone() {
    let world = World::new().await;
    let everything = [allow(DEVELOPER, &["ecr:*"])];
    for repository in ["team/api", "team/web"] {
        world.repository(repository, &everything).await;
    }
    let digest = world.push("team/api", "a", "1.0").await;
    let (ana, farah) = (viewer(&[DEVELOPER]), admin());
    let gantry = knowing(&world, &ana, &["team/api"]).await;
    let api = "the policy of team/api";
    for text in ["api", "team/api:1.0", "team/api:2.0", "team API"] {
        let results = gantry.search.find(&farah, text).await;
        assert_eq!((results.hits.len(), results.matching), (1, 1), "{text}");
        assert!(!results.incomplete, "{text}: images are not searched");
        let hit = &results.hits[0];
        assert_eq!(
            (&hit.version, &hit.lacks, hit.pushed),
            (&None, &None, None),
            "{text}"
        );
        assert_eq!(found(&gantry, &farah, text).await, [api], "{text}");
    }
    assert_eq!(found(&gantry, &farah, "team").await.len(), 2);
    let nothing: [&str; 0] = [];
    for text in ["1.0", "api 1.0", digest.hex(), digest.as_str()] {
        assert_eq!(found(&gantry, &farah, text).await, nothing, "{text}");
    }
    let nobody = viewer(&[AUDITOR]);
    assert_eq!(found(&gantry, &nobody, "team/api").await, nothing);
}

#[tokio::test]
async fn a_whole_commit_id_and_a_version_with_its_letter_find_their_tags() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    world.push("team/api", "a", "0fe46044").await;
    world.push("team/api", "b", "1.7.1-build.9").await;
    world.push("team/api", "c", "1.7.1").await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &["team/api"]).await;
    let commit = "0fe46044c1d2e3f405162738495a6b7c8d9e0f1a";
    for text in [commit.to_owned(), format!("api {commit}")] {
        assert_eq!(
            found(&gantry, &ana, &text).await,
            ["team/api:0fe46044"],
            "{text}"
        );
    }
    let versions = ["team/api:1.7.1", "team/api:1.7.1-build.9"];
    for text in ["v1.7.1", "api V1.7.1"] {
        assert_eq!(found(&gantry, &ana, text).await, versions, "{text}");
    }
}

#[tokio::test]
async fn a_registry_that_is_not_seen_is_named_whether_there_is_one_or_not() {
    let (own, hidden) = (
        World::new().await,
        World::of("444455556666", "eu-west-1").await,
    );
    own.repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    hidden
        .repository("team/api", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    let partner = vec![hidden.registry("partner")];
    let gantry = own.unlisted_beside(partner, Default::default()).await;
    let (gantry, ana) = (listed_once(gantry).await, viewer(&[DEVELOPER]));
    let unseen = async |text: &str| gantry.search.find(&ana, text).await.unseen_registry;
    for host in [
        "444455556666.dkr.ecr.eu-west-1.amazonaws.com",
        "999900001111.dkr.ecr.eu-west-1.amazonaws.com",
    ] {
        let named = unseen(&format!("docker pull {host}/team/api:1.0")).await;
        assert_eq!(named.as_deref(), Some(host));
    }
    let page = repository_detail(&gantry, &ana, &repository_at("team/api")).await;
    let uri = page.unwrap().source.uri;
    for text in [uri, "team/api:1.0".to_owned()] {
        assert_eq!(unseen(&text).await, None, "{text}");
    }
}

#[tokio::test]
async fn a_digest_with_too_few_digits_is_reported() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let digest = world.push("team/api", "a", "1.0").await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = knowing(&world, &ana, &["team/api"]).await;
    for (digits, is_short) in [(0, true), (3, true), (4, false), (64, false)] {
        for before in ["sha256:", "team/api@sha256:", "api sha256:"] {
            let text = format!("{before}{}", &digest.hex()[..digits]);
            let results = gantry.search.find(&ana, &text).await;
            assert_eq!(results.short_digest, is_short, "{text}");
            assert_eq!(
                results.hits.is_empty(),
                is_short && before == "sha256:",
                "{text}"
            );
        }
    }
    for (text, is_short) in [
        ("3", true),
        ("3f9", true),
        ("3f9a", false),
        ("3fx", false),
        ("3f9 api", false),
    ] {
        let results = gantry.search.find(&ana, text).await;
        assert_eq!(results.short_digest, is_short, "{text}");
    }
}

#[tokio::test]
async fn repeating_the_alias_of_a_registry_finds_nothing_more() {
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
