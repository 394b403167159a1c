//! Common failures: throttling, slow answers, errors, expired credentials.

use std::time::Duration;

use access::AccessSettings;
use dashboard::Refusal;
use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::{Problem, Section};

use crate::world::*;

async fn one_image(world: &World) -> model::Digest {
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    world.push("team/api", "x", "1.0").await
}

#[tokio::test]
async fn each_failure_is_reported_with_its_cause() {
    let world = World::new().await;
    let digest = one_image(&world).await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    gantry
        .images
        .image(&ana, &repository_at("team/api"), &digest)
        .await
        .unwrap();
    for (kind, problem) in [
        (ErrorKind::Throttling, Problem::Throttled),
        (ErrorKind::AccessDenied, Problem::HostDenied),
        (ErrorKind::ExpiredToken, Problem::Credentials),
        (ErrorKind::Server, Problem::Failing),
        (ErrorKind::RepositoryNotFound, Problem::Gone),
    ] {
        world.running.faults().clear();
        world
            .running
            .faults()
            .add(Rule::new(Fault::Refuse(kind)).on("GetLifecyclePolicyPreview"));
        let page = gantry
            .lifecycle
            .page(&ana, &repository_at("team/api"))
            .await
            .unwrap();
        assert_eq!(page.preview, Section::Unavailable { problem });
    }
}

#[tokio::test]
async fn known_data_is_shown_if_there_is_nothing_newer() {
    let world = World::new().await;
    one_image(&world).await;
    let (gantry, ana, api) = (
        world.gantry().await,
        viewer(&[DEVELOPER]),
        repository_at("team/api"),
    );
    assert_eq!(
        gantry
            .repositories
            .all_images(&ana, &api)
            .await
            .unwrap()
            .rows
            .len(),
        1
    );
    world
        .running
        .faults()
        .add(Rule::new(Fault::Refuse(ErrorKind::Server)).on("DescribeImages"));
    let page = repository_images(&gantry, &ana, &api, &Default::default())
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1);
    assert!(page.as_of.is_some());
}

#[tokio::test]
async fn a_stalled_call_times_out_before_the_person_gives_up() {
    let world = World::new().await;
    let digest = one_image(&world).await;
    let (gantry, ana, api) = (
        world.gantry().await,
        viewer(&[DEVELOPER]),
        repository_at("team/api"),
    );
    let stall = Rule::new(Fault::Stall(Duration::from_secs(60))).on("DescribeImageScanFindings");
    world.running.faults().add(stall);
    let asked = gantry.images.image(&ana, &api, &digest);
    let image = tokio::time::timeout(Duration::from_secs(20), asked)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        image.findings,
        Section::Unavailable {
            problem: Problem::Unreachable
        }
    );
    assert!(
        image.manifest.shown().is_some(),
        "the rest of the page is shown"
    );
}

#[tokio::test]
async fn a_registry_that_does_not_answer_is_reported() {
    let world = World::new().await;
    one_image(&world).await;
    let expired = Rule::new(Fault::Refuse(ErrorKind::ExpiredToken));
    world.running.faults().add(expired);
    let gantry = world.unlisted(AccessSettings::default()).await;
    let ana = viewer(&[DEVELOPER]);
    for _ in 0..200 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if gantry.catalog.status()[0].problem.is_some() {
            break;
        }
    }
    assert_eq!(
        gantry.catalog.status()[0].problem,
        Some(Problem::Credentials)
    );
    let list = gantry.repositories.list(&ana, &Default::default()).await;
    assert_eq!(
        (list.page.total, list.page.problem),
        (0, Some(Problem::Credentials))
    );
    for repository in ["team/api", "team/absent"] {
        let refused = repository_detail(&gantry, &ana, &repository_at(repository)).await;
        assert_eq!(
            refused.err(),
            Some(Refusal::StillReading),
            "{repository}: it is unknown whether it exists"
        );
    }
}
