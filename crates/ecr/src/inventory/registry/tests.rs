#![expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]

use std::future::pending;

use access::PersonId;
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use model::{
    RepositoryAt,
    repository::{Mutability, RepositorySettings},
};
use tokio::sync::oneshot;

use super::*;
use crate::{
    RegistrySettings,
    inventory::{Observation, Observer},
};

/// An observer that ignores all changes.
#[derive(Debug)]
struct IgnoresChanges;

impl Observer for IgnoresChanges {
    fn tags_read(&self, _: crate::inventory::TagsRead) {}

    fn observe(&self, _: &RepositoryAt, _: Observation) {}
}

async fn registry() -> RegistryState {
    let settings = RegistrySettings {
        alias: "retail".parse().unwrap(),
        region: "eu-central-1".to_owned(),
        registry_id: None,
        role_arn: None,
        endpoint_url: Some("http://127.0.0.1:9".to_owned()),
    };
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "the tests");
    let credentials = SharedCredentialsProvider::new(credentials);
    RegistryState::new(
        EcrClient::connect(settings, Some(credentials))
            .await
            .unwrap(),
        Arc::new(HostCall::of_the_inventory()),
        Arc::new(Changes::new(Arc::new(IgnoresChanges))),
        Arc::new(Capacity::new(1)),
        Duration::from_secs(300),
        false,
    )
}

fn repository(state: &RegistryState, number: u32) -> Arc<RepositoryState> {
    let settings = RepositorySettings {
        created: None,
        mutability: Mutability::Mutable,
        scan_on_push: false,
        encryption: "AES256".to_owned(),
    };
    let name = format!("team/api-{number}").parse().unwrap();
    let facts = RepositoryFacts::new(name, String::new(), String::new(), None, settings);
    Arc::new(state.entry(facts))
}

type Flag = fn(&RepositoryState) -> &AtomicBool;

/// Whether a background reading starts.
async fn begins(
    state: &RegistryState,
    turns: &Arc<Turns>,
    flag: Flag,
    entry: &Arc<RepositoryState>,
    person: &PersonId,
) -> bool {
    let (begun, is_begun) = oneshot::channel();
    let reading = async move { begun.send(()).unwrap() };
    state.refresh(turns, flag, entry, person, reading);
    let patience = Duration::from_millis(200);
    tokio::time::timeout(patience, is_begun).await.is_ok()
}

#[tokio::test]
async fn large_repositories_of_one_person_do_not_delay_policies_or_others() {
    let state = registry().await;
    let (greedy, other) = (PersonId::new("tests", "gus"), PersonId::new("tests", "ana"));
    for number in 0..8 {
        let entry = repository(&state, number);
        let images = &state.image_refreshes;
        state.refresh(
            images,
            |entry| &entry.images_refresh,
            &entry,
            &greedy,
            pending(),
        );
    }
    tokio::task::yield_now().await;
    let (images, policies) = (&state.image_refreshes, &state.policy_refreshes);
    let (of_images, of_policy): (Flag, Flag) =
        (|entry| &entry.images_refresh, |entry| &entry.policy_refresh);
    let light = repository(&state, 9);
    assert!(
        !begins(&state, images, of_images, &light, &greedy).await,
        "waits for the person's other readings"
    );
    assert!(begins(&state, policies, of_policy, &light, &greedy).await);
    assert!(begins(&state, images, of_images, &light, &other).await);
    // A reading that waits for its turn does not block another one.
    assert!(begins(&state, images, of_images, &light, &other).await);
}
