use std::time::{Duration, Instant};

use ecr_local::registry::ErrorKind;
use ecr_local::{Fault, Rule};

use crate::world::{USERS, World, code};

impl World {
    /// The exception that ListImages returns, if any.
    async fn list(&self, repository: &str) -> Result<(), String> {
        let list = self.ecr.list_images().repository_name(repository);
        list.send().await.map(drop).map_err(|error| code(&error))
    }
}

#[tokio::test]
async fn one_operation_of_one_repository_can_be_refused() {
    let world = World::new().await;
    world.create("orders/api").await;
    let faults = world.running.faults();
    for (kind, expected) in [
        (ErrorKind::AccessDenied, "AccessDeniedException"),
        (ErrorKind::ExpiredToken, "ExpiredTokenException"),
        (ErrorKind::Throttling, "ThrottlingException"),
        (ErrorKind::Server, "ServerException"),
    ] {
        faults.add(Rule::new(Fault::Refuse(kind)).on("ListImages").of(USERS));
        assert_eq!(world.list(USERS).await, Err(expected.to_owned()));
        assert_eq!(world.list("orders/api").await, Ok(()));
        assert!(world.describe(USERS, "1.0").await.is_none());
        faults.clear();
        assert_eq!(world.list(USERS).await, Ok(()));
    }
}

#[tokio::test]
async fn a_stalled_operation_answers_late() {
    let world = World::new().await;
    world.running.faults().add(
        Rule::new(Fault::Stall(Duration::from_millis(80)))
            .on("ListImages")
            .times(1),
    );
    let begun = Instant::now();
    assert_eq!(world.list(USERS).await, Ok(()));
    assert!(begun.elapsed() >= Duration::from_millis(80));
    let begun = Instant::now();
    assert_eq!(world.list(USERS).await, Ok(()));
    assert!(
        begun.elapsed() < Duration::from_millis(80),
        "the rule was for one request"
    );
}

#[tokio::test]
async fn a_rate_a_share_and_a_latency_can_change_while_serving() {
    let world = World::new().await;
    let faults = world.running.faults();
    faults.set_throttle(Some(0.01));
    assert_eq!(world.list(USERS).await, Ok(()));
    assert_eq!(
        world.list(USERS).await,
        Err("ThrottlingException".to_owned())
    );
    faults.set_throttle(None);
    faults.set_fail(Some(1.0));
    assert_eq!(world.list(USERS).await, Err("ServerException".to_owned()));
    faults.set_fail(None);
    faults.set_latency(Some(Duration::from_millis(60)));
    let begun = Instant::now();
    assert_eq!(world.list(USERS).await, Ok(()));
    assert!(begun.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn a_stopped_endpoint_refuses_connections() {
    let world = World::new().await;
    let World { running, ecr, .. } = world;
    running.stop().await.unwrap();
    let list = ecr
        .list_images()
        .repository_name(USERS)
        .send()
        .await
        .unwrap_err();
    assert!(list.as_service_error().is_none(), "{list:?}");
}
