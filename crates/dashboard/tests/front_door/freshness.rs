//! Policies and images follow the current state in ECR.

use std::time::Duration;

use access::{AccessSettings, Viewer};
use dashboard::{Gantry, Refusal};
use ecr_local::{Fault, Rule, registry::ErrorKind};

use crate::world::*;

/// A failed reading is tried again after a second.
const PAUSE: Duration = Duration::from_millis(1_100);

/// The maximum age of a policy in these tests.
const BRIEF: Duration = Duration::from_millis(400);

/// A repository whose policy grants access until it is too old.
async fn granted_briefly() -> (World, Gantry, Viewer) {
    let world = World::new().await;
    let sees = allow(DEVELOPER, &["ecr:DescribeImages"]);
    world.repository("team/api", &[sees]).await;
    let access = AccessSettings {
        policy_max_age: BRIEF,
        ..AccessSettings::default()
    };
    let gantry = world.gantry_with(access).await;
    (world, gantry, viewer(&[DEVELOPER]))
}

#[tokio::test]
async fn a_policy_that_is_too_old_grants_nothing() {
    let (world, gantry, ana) = granted_briefly().await;
    assert_eq!(listed(&gantry, &ana).await, ["team/api"]);
    let unreadable = Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("GetRepositoryPolicy");
    world.running.faults().add(unreadable);
    tokio::time::sleep(BRIEF * 4).await;
    assert!(listed(&gantry, &ana).await.is_empty());
    let refused = repository_detail(&gantry, &ana, &repository_at("team/api")).await;
    assert_eq!(
        refused.err(),
        Some(Refusal::Undecided(model::Problem::HostDenied)),
        "viewers who had access learn that it is unknown"
    );
    let others = repository_detail(&gantry, &viewer(&[AUDITOR]), &repository_at("team/api")).await;
    assert_eq!(others.err(), Some(Refusal::NotFound));
    world.running.faults().clear();
    tokio::time::sleep(PAUSE).await;
    assert!(
        repository_detail(&gantry, &ana, &repository_at("team/api"))
            .await
            .is_ok(),
        "access is granted again after a new reading"
    );
}

#[tokio::test]
async fn a_revoked_grant_ends_within_one_interval_whenever_the_policy_was_read_before() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    // A third of it is the interval.
    let access = AccessSettings {
        policy_max_age: Duration::from_secs(18),
        ..AccessSettings::default()
    };
    let gantry = world.gantry_with(access).await;
    let ana = viewer(&[DEVELOPER]);
    assert_eq!(listed(&gantry, &ana).await, ["team/api"]);
    tokio::time::sleep(Duration::from_secs(1)).await;
    // A change reads the policy between two rounds of the crawler.
    let (request, api) = (request_origin("a-request"), repository_at("team/api"));
    let previews = &gantry.lifecycle;
    let _ = previews.start_preview(&ana, &request, &api).await;
    world
        .policy("team/api", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    let revoked = std::time::Instant::now();
    while !listed(&gantry, &ana).await.is_empty() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // Two intervals would be eleven seconds from here.
    assert!(revoked.elapsed() < Duration::from_secs(9));
}

#[tokio::test]
async fn a_list_that_was_shown_is_not_shown_by_policies_that_grew_too_old() {
    let (world, gantry, ana) = granted_briefly().await;
    // From now on ECR does not answer, so only the time can make the list invalid.
    world
        .running
        .faults()
        .add(Rule::new(Fault::Stall(Duration::from_secs(30))));
    assert_eq!(listed(&gantry, &ana).await, ["team/api"]);
    tokio::time::sleep(BRIEF * 2).await;
    assert!(listed(&gantry, &ana).await.is_empty());
}

#[tokio::test]
async fn a_cached_list_follows_the_policies() {
    let world = World::new().await;
    let (developers, auditors) = (viewer(&[DEVELOPER]), viewer(&[AUDITOR]));
    let see = ["ecr:DescribeImages", "ecr:GetRepositoryPolicy"];
    world
        .repository("team/api", &[allow(DEVELOPER, &see)])
        .await;
    let access = AccessSettings {
        policy_max_age: Duration::from_secs(1),
        ..AccessSettings::default()
    };
    let gantry = world.gantry_with(access).await;
    assert_eq!(listed(&gantry, &developers).await, ["team/api"]);
    assert!(listed(&gantry, &auditors).await.is_empty());
    world.policy("team/api", &[allow(AUDITOR, &see)]).await;
    while repository_detail(&gantry, &auditors, &repository_at("team/api"))
        .await
        .is_err()
    {
        // Until Gantry has read the new policy, lists may be old, but not after that.
        listed(&gantry, &developers).await;
        listed(&gantry, &auditors).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(listed(&gantry, &auditors).await, ["team/api"]);
    assert!(listed(&gantry, &developers).await.is_empty());
}

#[tokio::test]
async fn without_the_registry_policy_nothing_is_granted() {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:DescribeImages"])])
        .await;
    let unreadable = Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("GetRegistryPolicy");
    world.running.faults().add(unreadable);
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    assert!(
        listed(&gantry, &ana).await.is_empty(),
        "the registry policy could deny"
    );
    assert!(
        gantry.catalog.status()[0].policy_problem.is_some(),
        "the status says why"
    );
}

#[tokio::test]
async fn a_new_repository_is_shown_after_one_crawl_interval() {
    let world = World::new().await;
    let access = AccessSettings {
        policy_max_age: BRIEF,
        ..AccessSettings::default()
    };
    let (gantry, ana) = (world.gantry_with(access).await, viewer(&[DEVELOPER]));
    world
        .repository("team/new", &[allow(DEVELOPER, &["ecr:DescribeImages"])])
        .await;
    // The crawl interval is a third of the maximum age.
    tokio::time::sleep(BRIEF * 4).await;
    let opened = repository_detail(&gantry, &ana, &repository_at("team/new")).await;
    opened.unwrap();
    assert_eq!(listed(&gantry, &ana).await, ["team/new"]);
}

#[tokio::test]
async fn many_viewers_who_open_a_repository_cause_one_call() {
    let world = World::new().await;
    world
        .repository("team/busy", &[allow(DEVELOPER, &["ecr:DescribeImages"])])
        .await;
    world.push("team/busy", "x", "1.0").await;
    let fails = Rule::new(Fault::Refuse(ErrorKind::AccessDenied)).on("DescribeImages");
    world.running.faults().add(fails);
    let gantry = std::sync::Arc::new(world.gantry().await);
    let calls = || world.running.faults().calls()["DescribeImages"];
    while !world
        .running
        .faults()
        .calls()
        .contains_key("DescribeImages")
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(PAUSE).await;
    let before = calls();
    let open = |_| {
        let gantry = std::sync::Arc::clone(&gantry);
        tokio::spawn(async move {
            gantry
                .repositories
                .all_images(&viewer(&[DEVELOPER]), &repository_at("team/busy"))
                .await
        })
    };
    let opened: Vec<_> = (0..20).map(open).collect();
    for viewer in opened {
        let answer = viewer.await.unwrap();
        assert_eq!(
            answer.err(),
            Some(Refusal::Problem(model::Problem::HostDenied))
        );
    }
    assert_eq!(calls() - before, 1);
    world.running.faults().clear();
    tokio::time::sleep(PAUSE).await;
    let again = gantry
        .repositories
        .all_images(&viewer(&[DEVELOPER]), &repository_at("team/busy"))
        .await
        .unwrap();
    assert_eq!(again.rows.len(), 1, "the next viewer causes a new reading");
}
