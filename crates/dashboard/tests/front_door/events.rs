//! Messages about changes: what they make Gantry read again, and what they cannot do.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use access::{AccessSettings, Team};
use dashboard::{EventSettings, Gantry, Settings};
use ecr::events::QueueSettings;
use model::Digest;
use serde_json::{Value, json};
use store::{
    Store,
    history::{HowKnown, Incarnation, StoredHistory},
};

use crate::{stores::*, world::*};

const API: &str = "team/api";

/// What a change may take until it is shown.
const SOON: Duration = Duration::from_secs(2);

fn settings(world: &World, teams: &[Arc<Team>]) -> Settings {
    Settings {
        events: EventSettings {
            queue: Some(QueueSettings {
                url: world.running.queue_url(),
                region: "eu-central-1".to_owned(),
            }),
        },
        ..world.settings_for(AccessSettings::default(), teams)
    }
}

async fn gantry(world: &World, store: Store) -> Gantry {
    let teams = viewer(&[DEVELOPER]).teams;
    let gantry = Gantry::start(settings(world, &teams), store).await;
    listed_once(gantry.unwrap()).await
}

/// Waits until something is so, for a short time.
async fn soon(mut is_so: impl AsyncFnMut() -> bool) -> bool {
    let began = Instant::now();
    while began.elapsed() < SOON {
        if is_so().await {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

async fn points_at(gantry: &Gantry, repository: &str, tag_name: &str, digest: &Digest) -> bool {
    let ana = viewer(&[DEVELOPER]);
    let page = gantry
        .images
        .tag(&ana, &repository_at(repository), &tag(tag_name))
        .await;
    page.is_ok_and(|page| page.image.digest == *digest)
}

async fn sees(gantry: &Gantry, repository: &str) -> bool {
    let ana = viewer(&[DEVELOPER]);
    let seen = gantry.repositories.all(&ana).await;
    seen.rows
        .iter()
        .any(|row| row.repository.name.as_str() == repository)
}

/// Waits until every message was handled and deleted.
async fn queue_is_empty(world: &World) -> bool {
    soon(async || world.running.registry().events().counts() == (0, 0)).await
}

/// What EventBridge sends of a push.
fn push_event(id: &str, repository: &str, tag_name: &str, digest: &Digest) -> Value {
    json!({
        "version": "0",
        "id": id,
        "detail-type": "ECR Image Action",
        "source": "aws.ecr",
        "account": "111122223333",
        "time": "2026-11-12T14:20:05Z",
        "region": "eu-central-1",
        "resources": [],
        "detail": {
            "result": "SUCCESS",
            "repository-name": repository,
            "image-digest": digest.as_str(),
            "action-type": "PUSH",
            "image-tag": tag_name,
        },
    })
}

fn send(world: &World, message: &Value) {
    world.running.registry().events().send(message.to_string());
}

async fn history(world: &World, store: &Store, tag_name: &str) -> Option<StoredHistory> {
    let described = world.ecr.describe_repositories().repository_names(API);
    let described = described.send().await.unwrap();
    let described = &described.repositories()[0];
    let of = Incarnation {
        arn: described.repository_arn().unwrap().to_owned(),
        created: i64::try_from(described.created_at().unwrap().as_nanos()).unwrap(),
    };
    store.tag_history(&of, &tag(tag_name), 50).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_shows_within_two_seconds_and_only_because_of_its_message() {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let one = world.push(API, "one", "prod").await;
    let teams = viewer(&[DEVELOPER]).teams;
    let with = gantry(&world, world.store().await).await;
    let without = world.gantry_over(world.store().await, &teams).await;
    assert!(points_at(&with, API, "prod", &one).await);
    assert!(points_at(&without, API, "prod", &one).await);

    let two = world.push(API, "two", "prod").await;
    assert!(soon(async || points_at(&with, API, "prod", &two).await).await);
    assert!(points_at(&without, API, "prod", &one).await);
    assert!(queue_is_empty(&world).await);
}

on_each_store! {
    async fn every_replica_reads_again_what_one_of_them_received(place: &Place) {
        let world = World::new().await;
        world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let one = world.push(API, "one", "prod").await;
        let mut replicas = Vec::new();
        for _ in 0..3 {
            replicas.push(gantry(&world, place.open().await).await);
        }
        for replica in &replicas {
            assert!(points_at(replica, API, "prod", &one).await);
        }
        let two = world.push(API, "two", "prod").await;
        for replica in &replicas {
            assert!(soon(async || points_at(replica, API, "prod", &two).await).await);
        }
    }

    async fn a_message_dates_a_move_and_says_who_did_it(place: &Place) {
        let world = World::new().await;
        world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
        world.push(API, "one", "prod").await;
        let store = place.open().await;
        let gantry = gantry(&world, place.open().await).await;
        // So that the event is certainly newer than the reading before it, whatever the clocks are.
        tokio::time::sleep(Duration::from_secs(8)).await;
        let two = world.push(API, "two", "prod").await;
        assert!(soon(async || points_at(&gantry, API, "prod", &two).await).await);
        let known = async || {
            let history = history(&world, &store, "prod").await;
            history.is_some_and(|it| it.changes.first().is_some_and(|it| it.by.is_some()))
        };
        assert!(soon(known).await);
        let history = history(&world, &store, "prod").await.unwrap();
        let change = &history.changes[0];
        assert_eq!(change.known, HowKnown::Event);
        assert!(change.event.is_some());
        assert_eq!(change.new.as_ref(), Some(&two));
        assert!(change.last_old < change.after && change.after < change.before);
        assert_eq!(history.reported, [], "what is confirmed is not reported again");
        assert_eq!(format!("{:?}", change.by), "Some(ByWhom(..))", "no log shows it");
    }

    async fn what_no_reading_confirms_is_reported_and_not_a_fact(place: &Place) {
        let world = World::new().await;
        world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let one = world.push(API, "one", "prod").await;
        let store = place.open().await;
        let gantry = gantry(&world, place.open().await).await;
        assert!(points_at(&gantry, API, "prod", &one).await);
        tokio::time::sleep(Duration::from_secs(6)).await;
        let forged = digest("nothing like it was pushed");
        let mut message = push_event("forged", API, "prod", &forged);
        message["time"] = json!(now_text());
        send(&world, &message);
        let is_reported = async || {
            let history = history(&world, &store, "prod").await;
            history.is_some_and(|it| !it.reported.is_empty())
        };
        assert!(soon(is_reported).await);
        assert!(queue_is_empty(&world).await);
        let history = history(&world, &store, "prod").await.unwrap();
        assert_eq!(history.reported[0].new.as_ref(), Some(&forged));
        assert_eq!(history.changes, []);
        assert_eq!(history.latest.as_ref(), Some(&one));
        assert!(points_at(&gantry, API, "prod", &one).await);
    }

    async fn doubled_messages_are_stored_once(place: &Place) {
        let (world, store) = (World::new().await, place.open().await);
        world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
        let one = world.push(API, "one", "prod").await;
        let _gantry = gantry(&world, place.open().await).await;
        assert!(queue_is_empty(&world).await);
        let before = store.newest_event().await.unwrap();
        for _ in 0..5 {
            send(&world, &push_event("the-same", API, "prod", &one));
        }
        assert!(queue_is_empty(&world).await);
        assert_eq!(store.newest_event().await.unwrap(), before + 1);
    }
}

fn now_text() -> String {
    let now = time::OffsetDateTime::now_utc()
        .replace_nanosecond(0)
        .unwrap();
    now.format(&time::format_description::well_known::Rfc3339)
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_and_malformed_messages_are_deleted_and_do_nothing() {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let one = world.push(API, "one", "prod").await;
    let store = world.store().await;
    let gantry = gantry(&world, store.clone()).await;
    assert!(queue_is_empty(&world).await);
    let before = store.newest_event().await.unwrap();
    let good = push_event("a", API, "prod", &one);
    for (path, value) in [
        ("/account", json!("999900001111")),
        ("/region", json!("us-east-1")),
        ("/source", json!("aws.s3")),
        ("/detail/repository-name", json!("../../etc")),
        ("/time", json!("2999-01-01T00:00:00Z")),
    ] {
        let mut message = good.clone();
        *message.pointer_mut(path).unwrap() = value;
        send(&world, &message);
    }
    for text in ["", "{}", "[[[[", "\u{0}", &"x".repeat(300_000)] {
        world.running.registry().events().send(text.to_owned());
    }
    assert!(queue_is_empty(&world).await);
    assert_eq!(store.newest_event().await.unwrap(), before);
    assert!(points_at(&gantry, API, "prod", &one).await);
    send(&world, &good);
    assert!(soon(async || store.newest_event().await.unwrap() == before + 1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_changes_decides_within_two_seconds() {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let one = world.push(API, "one", "prod").await;
    let gantry = gantry(&world, world.store().await).await;
    assert!(points_at(&gantry, API, "prod", &one).await);
    world.policy(API, &[allow(AUDITOR, &["ecr:*"])]).await;
    assert!(soon(async || !sees(&gantry, API).await).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn repositories_that_are_created_and_deleted_come_and_go_within_two_seconds() {
    let world = World::new().await;
    world
        .repository("team/other", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let gantry = gantry(&world, world.store().await).await;
    assert!(queue_is_empty(&world).await);
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    assert!(soon(async || sees(&gantry, API).await).await);
    let deleted = world.ecr.delete_repository().repository_name(API);
    deleted.send().await.unwrap();
    assert!(soon(async || !sees(&gantry, API).await).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_about_one_repository_does_not_delay_another() {
    let world = World::new().await;
    for name in [API, "team/other"] {
        world
            .repository(name, &[allow(DEVELOPER, &["ecr:*"])])
            .await;
    }
    let one = world.push(API, "one", "prod").await;
    world.push("team/other", "one", "prod").await;
    let gantry = gantry(&world, world.store().await).await;
    assert!(points_at(&gantry, API, "prod", &one).await);
    for number in 0..200 {
        let id = format!("flood-{number}");
        send(&world, &push_event(&id, API, &format!("t{number}"), &one));
        let unknown = format!("no/such-{number}");
        send(
            &world,
            &push_event(&format!("{id}-b"), &unknown, "prod", &one),
        );
    }
    let two = world.push("team/other", "two", "prod").await;
    let began = Instant::now();
    while !points_at(&gantry, "team/other", "prod", &two).await {
        assert!(began.elapsed() < 3 * SOON);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gantry_that_ends_receives_no_more_messages() {
    let world = World::new().await;
    world.repository(API, &[allow(DEVELOPER, &["ecr:*"])]).await;
    let one = world.push(API, "one", "prod").await;
    let gantry = gantry(&world, world.store().await).await;
    assert!(queue_is_empty(&world).await);
    drop(gantry);
    tokio::time::sleep(Duration::from_millis(500)).await;
    send(&world, &push_event("late", API, "prod", &one));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_ne!(world.running.registry().events().counts(), (0, 0));
}
