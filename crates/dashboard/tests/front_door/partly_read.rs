//! What lists and the search say while Gantry could not read the policies of some repositories.

use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::{query::RepositoryQuery, repository::PolicyState};

use crate::world::*;

/// A registry with two repositories of the developers. The policy of the second cannot be read.
async fn world() -> World {
    let world = World::new().await;
    for repository in ["team/read", "team/unread"] {
        let policy = [allow(DEVELOPER, &["ecr:*"])];
        world.repository(repository, &policy).await;
    }
    let refuse = Rule::new(Fault::Refuse(ErrorKind::Throttling)).on("GetRepositoryPolicy");
    world.running.faults().add(refuse.of("team/unread"));
    world
}

#[tokio::test]
async fn a_list_says_that_repositories_may_be_missing() {
    let world = world().await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    assert_eq!(listed(&gantry, &ana).await, ["team/read"]);
    let query = RepositoryQuery::default();
    assert!(gantry.repositories.list(&ana, &query).await.may_lack);
    assert!(gantry.policies.access(&ana, "", 1).await.may_lack);
    let found = gantry.search.find(&ana, "unread").await;
    assert!(found.hits.is_empty() && found.incomplete);
    // It says so to everyone alike: who is granted nothing there learns nothing.
    let ben = viewer(&[AUDITOR]);
    assert!(gantry.repositories.list(&ben, &query).await.may_lack);
}

#[tokio::test]
async fn a_list_lacks_nothing_once_every_policy_was_read() {
    let world = world().await;
    world.running.faults().clear();
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    assert_eq!(listed(&gantry, &ana).await, ["team/read", "team/unread"]);
    let list = gantry
        .repositories
        .list(&ana, &RepositoryQuery::default())
        .await;
    assert!(!list.may_lack);
}

#[tokio::test]
async fn an_administrator_sees_that_a_policy_was_not_read() {
    let world = world().await;
    let gantry = world.gantry().await;
    let by_policy = RepositoryQuery {
        policy: Some(true),
        ..RepositoryQuery::default()
    };
    let list = gantry
        .repositories
        .list(&admin(), &RepositoryQuery::default())
        .await;
    let policies: Vec<_> = list.page.rows.iter().map(|row| row.policy).collect();
    assert_eq!(policies, [PolicyState::Set, PolicyState::Unread]);
    let filtered = gantry.repositories.list(&admin(), &by_policy).await;
    let unread = filtered.unread;
    assert_eq!(
        (
            filtered.page.matching,
            unread.policies_unread,
            unread.policies_withheld
        ),
        (1, 1, 0)
    );
}

#[tokio::test]
async fn a_search_before_the_first_reading_is_incomplete() {
    let world = world().await;
    let gantry = world.unlisted(Default::default()).await;
    let found = gantry.search.find(&viewer(&[DEVELOPER]), "read").await;
    assert!(found.hits.is_empty() && found.incomplete);
}
