//! Answers come from memory; ECR is read in the background.

use std::time::Duration;

use access::{AccessSettings, Viewer};
use aws_sdk_ecr::types::{ImageIdentifier, TargetStorageClass};
use dashboard::{Gantry, Refusal};
use ecr::InventorySettings;
use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::{Digest, RepositoryAt, Section, query::RepositoryQuery};

use crate::world::*;

/// Longer than any answer that does not wait for a stalled registry.
const AT_ONCE: Duration = Duration::from_secs(3);

/// ECR does not answer within a test.
fn stalled() -> Rule {
    Rule::new(Fault::Stall(Duration::from_secs(60)))
}

/// The number of calls to ECR.
fn calls(world: &World) -> u64 {
    world.running.faults().calls().values().sum()
}

/// A registry with a repository of each kind, and an image in the granted one.
async fn shop() -> (World, Digest) {
    let world = World::new().await;
    let everything = allow(DEVELOPER, &["ecr:*"]);
    world.repository("team/api", &[everything]).await;
    world
        .repository("secret/ledger", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    let digest = world.push("team/api", "x", "prod").await;
    (world, digest)
}

/// Waits until the crawler has nothing left to read.
async fn at_rest(world: &World) {
    let mut before = calls(world);
    loop {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = calls(world);
        if now == before {
            return;
        }
        before = now;
    }
}

#[tokio::test]
async fn a_request_without_a_grant_causes_no_call() {
    let (world, digest) = shop().await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    at_rest(&world).await;
    let before = calls(&world);
    for repository in [
        "retail/secret/ledger",
        "retail/secret/absent",
        "elsewhere/secret/ledger",
    ] {
        let repository: RepositoryAt = repository.parse().unwrap();
        for _ in 0..20 {
            let gone = Some(Refusal::NotFound);
            let opened = repository_detail(&gantry, &ana, &repository).await;
            assert_eq!(opened.err(), gone);
            let listed = gantry.repositories.all_images(&ana, &repository).await;
            assert_eq!(listed.err(), gone);
            let tag = gantry.images.tag(&ana, &repository, &tag("prod")).await;
            assert_eq!(tag.err(), gone);
            let image = gantry.images.image(&ana, &repository, &digest).await;
            assert_eq!(image.err(), gone);
            let beginning = digest.short().parse().unwrap();
            let short = gantry.images.beginning(&ana, &repository, &beginning);
            assert_eq!(short.await.err(), gone);
            let policy = gantry.policies.page(&ana, &repository).await;
            assert_eq!(policy.err(), gone);
            let lifecycle = gantry.lifecycle.page(&ana, &repository).await;
            assert_eq!(lifecycle.err(), gone);
            let preview = gantry
                .lifecycle
                .start_preview(&ana, &request_origin("1"), &repository)
                .await;
            assert_eq!(preview.err(), gone);
        }
    }
    assert_eq!(calls(&world), before);
}

#[tokio::test]
async fn an_archived_image_is_shown_as_archived_and_its_content_is_not_read() {
    let (world, digest) = shop().await;
    let archive = world.ecr.update_image_storage_class();
    archive
        .repository_name("team/api")
        .image_id(
            ImageIdentifier::builder()
                .image_digest(digest.as_str())
                .build(),
        )
        .target_storage_class(TargetStorageClass::Archive)
        .send()
        .await
        .unwrap();
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let api = repository_at("team/api");
    let opened = || gantry.images.image(&ana, &api, &digest);
    opened().await.unwrap();
    at_rest(&world).await;

    let before = world.running.faults().calls().clone();
    let page = opened().await.unwrap();
    assert!(page.image.facts.is_some_and(|facts| facts.archived));
    assert!(matches!(page.manifest, Section::Absent { .. }));
    assert!(matches!(page.config, Section::Absent { .. }));
    let query = Default::default();
    let overview = gantry.repositories.page(&ana, &api, &query).await;
    let overview = overview.unwrap();
    let counts = overview.detail.counts;
    assert_eq!((counts.images, counts.archived), (1, Some(1)));
    assert!(overview.example.is_none(), "it cannot be pulled");
    let asked = world.running.faults().calls();
    assert_eq!(asked.get("BatchGetImage"), before.get("BatchGetImage"));
}

#[tokio::test]
async fn until_the_first_sweep_every_name_is_reported_as_still_being_read() {
    let (world, _) = shop().await;
    world
        .running
        .faults()
        .add(stalled().on("GetRepositoryPolicy").of("secret/ledger"));
    let gantry = world.unlisted(AccessSettings::default()).await;
    let (ana, mut tries) = (viewer(&[DEVELOPER]), 0);
    while gantry.catalog.status()[0].unread_policies != 1 && tries < 500 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        tries += 1;
    }
    for repository in [
        "retail/team/api",
        "retail/secret/ledger",
        "retail/secret/absent",
        "elsewhere/team/api",
    ] {
        let opened = repository_detail(&gantry, &ana, &repository.parse().unwrap()).await;
        // What is granted already may be shown; about anything else nothing is said.
        if repository != "retail/team/api" {
            assert_eq!(opened.err(), Some(Refusal::StillReading), "{repository}");
        }
    }
    assert_eq!(gantry.catalog.unknown(None), Refusal::StillReading);
}

#[tokio::test]
async fn a_policy_that_is_too_old_is_read_again_only_for_viewers_who_had_access() {
    let (world, _) = shop().await;
    let access = AccessSettings {
        policy_max_age: Duration::from_millis(600),
        ..AccessSettings::default()
    };
    let gantry = world.gantry_with(access).await;
    let (ana, gus) = (
        viewer(&[DEVELOPER]),
        viewer(&["arn:aws:iam::111122223333:role/other"]),
    );
    // From now on the crawler's calls hang, and calls that people wait for are refused.
    let refused = Rule::new(Fault::Refuse(ErrorKind::Throttling)).on("GetRepositoryPolicy");
    world.running.faults().add(refused);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let opened = repository_detail(&gantry, &gus, &repository_at("team/api")).await;
    assert_eq!(opened.err(), Some(Refusal::NotFound));
    let opened = repository_detail(&gantry, &ana, &repository_at("team/api")).await;
    assert!(matches!(opened.err(), Some(Refusal::Undecided(_))));
    world.running.faults().clear();
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let opened = repository_detail(&gantry, &ana, &repository_at("team/api")).await;
    assert!(opened.is_ok(), "nobody stays locked out");
}

#[tokio::test]
async fn guessing_names_does_not_affect_the_grants_of_others() {
    let (world, _) = shop().await;
    let access = AccessSettings {
        policy_max_age: Duration::from_secs(2),
        ..AccessSettings::default()
    };
    let gantry = world.gantry_with(access).await;
    let (ana, gus) = (
        viewer(&[DEVELOPER]),
        viewer(&["arn:aws:iam::111122223333:role/other"]),
    );
    // Enough calls for the crawler and for nothing else.
    world.running.faults().set_throttle(Some(20.0));
    for guess in 0..2_000 {
        let guessed = repository_at(&format!("secret/guess-{guess}"));
        let _ = repository_detail(&gantry, &gus, &guessed).await;
        if guess % 100 == 0 {
            tokio::time::sleep(Duration::from_millis(200)).await;
            assert_eq!(listed(&gantry, &ana).await, ["team/api"], "after {guess}");
        }
    }
}

/// Every kind of page of the granted repository.
async fn look_everywhere(gantry: &Gantry, ana: &Viewer, digest: &Digest) {
    let api = repository_at("team/api");
    gantry
        .repositories
        .list(ana, &RepositoryQuery::default())
        .await;
    repository_detail(gantry, ana, &api).await.unwrap();
    let query = Default::default();
    repository_images(gantry, ana, &api, &query).await.unwrap();
    gantry.images.tag(ana, &api, &tag("prod")).await.unwrap();
    let image = gantry.images.image(ana, &api, digest).await.unwrap();
    assert!(image.manifest.shown().is_some() && image.config.shown().is_some());
    gantry.policies.page(ana, &api).await.unwrap();
    gantry.lifecycle.page(ana, &api).await.unwrap();
    gantry.policies.access(ana, "", 1).await;
    gantry.search.find(ana, "prod").await;
}

#[tokio::test]
async fn no_page_waits_for_ecr_if_the_answer_is_in_memory() {
    let (world, digest) = shop().await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    look_everywhere(&gantry, &ana, &digest).await;
    world.running.faults().add(stalled());
    // Every section is now old enough to be read again.
    tokio::time::sleep(Duration::from_secs(32)).await;
    let looks = async {
        for _ in 0..5 {
            look_everywhere(&gantry, &ana, &digest).await;
        }
    };
    tokio::time::timeout(AT_ONCE, looks).await.unwrap();
}

#[tokio::test]
async fn a_change_reads_the_policy_first() {
    let (world, _) = shop().await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let starts = async |request: &str| {
        let (request_origin, api) = (request_origin(request), repository_at("team/api"));
        let started = gantry.lifecycle.start_preview(&ana, &request_origin, &api);
        started.await.err()
    };
    let read = allow(DEVELOPER, &["ecr:DescribeImages"]);
    world.policy("team/api", &[read]).await;
    assert_eq!(
        starts("1").await,
        Some(Refusal::Withheld(
            model::Action::StartLifecyclePolicyPreview
        )),
        "just revoked"
    );
    let unreadable = Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("GetRepositoryPolicy");
    world.running.faults().add(unreadable);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert!(matches!(starts("2").await, Some(Refusal::Undecided(_))));
}

#[tokio::test]
async fn a_change_also_reads_the_registry_policy_first() {
    let (world, _) = shop().await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let deny = serde_json::json!({"Version": "2012-10-17", "Statement": [{"Sid": "No", "Effect": "Deny",
        "Principal": {"AWS": DEVELOPER}, "Action": ["ecr:StartLifecyclePolicyPreview"], "Resource": "*"}]});
    let put = world
        .ecr
        .put_registry_policy()
        .policy_text(deny.to_string());
    put.send().await.unwrap();
    let unreadable = Rule::new(Fault::Refuse(ErrorKind::Throttling)).on("GetRegistryPolicy");
    world.running.faults().add(unreadable);
    let (request_origin, api) = (request_origin("1"), repository_at("team/api"));
    let started = gantry.lifecycle.start_preview(&ana, &request_origin, &api);
    assert!(matches!(started.await, Err(Refusal::Undecided(_))));
    world.running.faults().clear();
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let started = gantry.lifecycle.start_preview(&ana, &request_origin, &api);
    let withheld = Refusal::Withheld(model::Action::StartLifecyclePolicyPreview);
    assert_eq!(started.await.err(), Some(withheld));
}

#[tokio::test]
async fn waiting_for_a_turn_does_not_delay_others() {
    let (world, _) = shop().await;
    let mut digests = Vec::new();
    for number in 0..20 {
        let content = number.to_string();
        digests.push(world.push("team/api", &content, "other").await);
    }
    let gantry = std::sync::Arc::new(world.gantry().await);
    let (ana, mut ben) = (viewer(&[DEVELOPER]), viewer(&[DEVELOPER]));
    ben.id = access::PersonId::new("tests", "ben");
    let api = repository_at("team/api");
    repository_detail(&gantry, &ben, &api).await.unwrap();
    // Ana's first readings hang and take all of her turns.
    for operation in ["BatchGetImage", "ListImageReferrers"] {
        world.running.faults().add(stalled().on(operation));
    }
    for digest in digests.clone() {
        let (gantry, ana) = (std::sync::Arc::clone(&gantry), ana.clone());
        tokio::spawn(async move {
            let _ = gantry
                .images
                .image(&ana, &repository_at("team/api"), &digest)
                .await;
        });
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    // The hanging calls continue to hang.
    world.running.faults().clear();
    let last = digests.last().unwrap();
    let image = gantry.images.image(&ben, &api, last);
    let image = tokio::time::timeout(AT_ONCE, image).await.unwrap().unwrap();
    assert!(image.manifest.shown().is_some());
}

/// How many repositories a list, a search and "My access" examine.
async fn considered(world: &World) -> u64 {
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let before = gantry.catalog.examined();
    gantry
        .repositories
        .list(&ana, &RepositoryQuery::default())
        .await;
    gantry.repositories.all(&ana).await;
    gantry.search.find(&ana, "api").await;
    gantry.policies.access(&ana, "", 1).await;
    gantry.catalog.examined() - before
}

#[tokio::test]
async fn hidden_repositories_cause_no_work() {
    let (world, _) = shop().await;
    let few = considered(&world).await;
    for number in 0..40 {
        let hidden = format!("secret/hidden-{number}");
        world
            .repository(&hidden, &[allow(AUDITOR, &["ecr:*"])])
            .await;
    }
    assert_eq!(considered(&world).await, few);
    assert!(few > 0);
}

#[tokio::test]
async fn concurrent_requests_for_the_same_list_compute_it_once() {
    let (world, _) = shop().await;
    let ana = viewer(&[DEVELOPER]);
    let gantry = world.gantry_for(&ana).await;
    let before = gantry.catalog.examined();
    let query = RepositoryQuery::default();
    let lists = (0..20).map(|_| gantry.repositories.list(&ana, &query));
    for list in futures::future::join_all(lists).await {
        assert_eq!(list.page.rows.len(), 1);
    }
    assert_eq!(gantry.catalog.examined() - before, 1);
}

#[tokio::test]
async fn a_person_who_does_not_wait_for_readings_starts_no_extra_ones() {
    let (world, _) = shop().await;
    let repositories: Vec<_> = (0..40)
        .map(|n| repository_at(&format!("team/n{n}")))
        .collect();
    for repository in &repositories {
        let everything = allow(DEVELOPER, &["ecr:*"]);
        world
            .repository(repository.name.as_str(), &[everything])
            .await;
    }
    world.running.faults().add(stalled().on("DescribeImages"));
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let readings = || {
        let calls = world.running.faults().calls();
        calls.get("DescribeImages").copied().unwrap_or_default()
    };
    tokio::time::sleep(Duration::from_secs(1)).await;
    let by_the_crawler = readings();
    for repository in &repositories {
        let opened = gantry.repositories.all_images(&ana, repository);
        // They leave at once.
        let _ = tokio::time::timeout(Duration::from_millis(20), opened).await;
    }
    let begun = readings() - by_the_crawler;
    assert!((1..=8).contains(&begun), "{begun}");
}

#[tokio::test]
async fn readings_of_whole_repositories_do_not_delay_policies() {
    let (world, _) = shop().await;
    let repositories: Vec<_> = (0..40)
        .map(|n| repository_at(&format!("team/n{n}")))
        .collect();
    for repository in &repositories {
        let everything = allow(DEVELOPER, &["ecr:*"]);
        world
            .repository(repository.name.as_str(), &[everything])
            .await;
    }
    world.running.faults().add(stalled().on("DescribeImages"));
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let readings = repositories
        .iter()
        .map(|repository| gantry.repositories.all_images(&ana, repository));
    // All of her turns for image readings are taken, and stay taken.
    let readings = futures::future::join_all(readings);
    let _ = tokio::time::timeout(Duration::from_millis(500), readings).await;
    let (request_origin, api) = (request_origin("1"), repository_at("team/api"));
    let started = gantry.lifecycle.start_preview(&ana, &request_origin, &api);
    let started = tokio::time::timeout(AT_ONCE, started).await.unwrap();
    assert!(
        !matches!(started, Err(Refusal::Undecided(_))),
        "{started:?}"
    );
}

#[tokio::test]
async fn a_repository_above_its_share_does_not_empty_other_lists() {
    let (world, _) = shop().await;
    let everything = allow(DEVELOPER, &["ecr:*"]);
    world.repository("team/heavy", &[everything]).await;
    for number in 0..40 {
        let (content, tag) = (format!("content {number}"), format!("1.0.{number}"));
        world.push("team/heavy", &content, &tag).await;
    }
    let ana = viewer(&[DEVELOPER]);
    let inventory = InventorySettings { max_images: 30 };
    let gantry = world.gantry_holding(inventory).await;
    let query = Default::default();
    let (heavy, api) = (repository_at("team/heavy"), repository_at("team/api"));
    repository_images(&gantry, &ana, &api, &query)
        .await
        .unwrap();
    // It was opened last, so it would be released last if it were not so large.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let images = repository_images(&gantry, &ana, &heavy, &query).await;
    assert_eq!(images.unwrap().total, 40, "it is shown all the same");
    for _ in 0..300 {
        let rows = gantry.repositories.all(&ana).await.rows;
        let images = |name: &str| {
            let row = rows.iter().find(|row| row.repository.name.as_str() == name);
            row.unwrap().images
        };
        assert_eq!(images("team/api"), Some(1), "its images were released");
        if images("team/heavy").is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    unreachable!("no images were released");
}
