#![expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]

use std::future::pending;

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use model::repository::{Mutability, RepositorySettings};
use tokio::sync::oneshot;

use super::*;
use crate::{
    RegistrySettings,
    inventory::{Observation, Observer},
};

/// Hears of changes and does nothing.
#[derive(Debug)]
struct Nobody;

impl Observer for Nobody {
    fn observe(&self, _: &RegistryAlias, _: &RepositoryName, _: Observation) {}
}

async fn shelf() -> Shelf {
    let settings = RegistrySettings {
        alias: "retail".parse().unwrap(),
        region: "eu-central-1".to_owned(),
        registry_id: None,
        role_arn: None,
        endpoint_url: Some("http://127.0.0.1:9".to_owned()),
    };
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "the tests");
    let credentials = SharedCredentialsProvider::new(credentials);
    Shelf::new(
        Port::connect(settings, Some(credentials)).await.unwrap(),
        Arc::new(HostCall::of_the_inventory()),
        Arc::new(Changes::new(Arc::new(Nobody))),
        Arc::new(Turns::new()),
        Arc::new(Capacity::new(1)),
        Duration::from_secs(300),
        false,
    )
}

fn repository(shelf: &Shelf, number: u32) -> Arc<Entry> {
    let settings = RepositorySettings {
        created: None,
        mutability: Mutability::Mutable,
        scan_on_push: false,
        encryption: "AES256".to_owned(),
    };
    let name = format!("team/api-{number}").parse().unwrap();
    let facts = RepositoryFacts::new(name, String::new(), String::new(), None, settings);
    Arc::new(shelf.entry(facts))
}

type Flag = fn(&Entry) -> &AtomicBool;

/// Whether a reading in the background is begun.
async fn begins(
    shelf: &Shelf,
    turns: &Arc<Turns>,
    flag: Flag,
    entry: &Arc<Entry>,
    person: &PersonId,
) -> bool {
    let (begun, is_begun) = oneshot::channel();
    let reading = async move { begun.send(()).unwrap() };
    shelf.refresh(turns, flag, entry, person, reading);
    let patience = Duration::from_millis(200);
    tokio::time::timeout(patience, is_begun).await.is_ok()
}

#[tokio::test]
async fn heavy_repositories_of_one_person_keep_no_policy_and_nobody_else_waiting() {
    let shelf = shelf().await;
    let (greedy, other) = (PersonId::new("tests", "gus"), PersonId::new("tests", "ana"));
    for number in 0..8 {
        let entry = repository(&shelf, number);
        let images = &shelf.image_refreshes;
        shelf.refresh(
            images,
            |entry| &entry.images_refresh,
            &entry,
            &greedy,
            pending(),
        );
    }
    tokio::task::yield_now().await;
    let (images, policies) = (&shelf.image_refreshes, &shelf.policy_refreshes);
    let (of_images, of_policy): (Flag, Flag) =
        (|entry| &entry.images_refresh, |entry| &entry.policy_refresh);
    let light = repository(&shelf, 9);
    assert!(
        !begins(&shelf, images, of_images, &light, &greedy).await,
        "waits for the others"
    );
    assert!(begins(&shelf, policies, of_policy, &light, &greedy).await);
    assert!(begins(&shelf, images, of_images, &light, &other).await);
    // What waits for its turn does not count as being read.
    assert!(begins(&shelf, images, of_images, &light, &other).await);
}
