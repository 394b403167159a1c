//! Looks for new events in the store, which any replica may have stored.

use std::{sync::Arc, time::Duration};

use ecr::inventory::{Inventory, ReadAgain};
use model::RepositoryAt;
use store::{
    Store, StoreError,
    history::events::{EventKind, RegistryEvent},
};
use tokio::sync::Notify;

use super::read_again::{Hint, Readers};

/// How often a replica looks for events that others have stored.
const PERIOD: Duration = Duration::from_secs(1);

/// How many events are read at once.
const AT_ONCE: u32 = 1_000;

/// Follows the events in the store.
#[derive(Debug)]
pub(super) struct Follower {
    pub(super) readers: Arc<Readers>,
    pub(super) inventory: Arc<Inventory>,
    pub(super) store: Store,
    /// Notified when this replica has stored an event.
    pub(super) stored: Arc<Notify>,
}

impl Follower {
    /// Follows events for ever, from those that are stored after the start.
    pub(super) async fn run(self) {
        let (mut last, mut is_failing) = (None, false);
        loop {
            let followed = self.follow(last).await;
            match &followed {
                Ok(_) if is_failing => {
                    tracing::info!("Gantry reads events from the store again");
                }
                Err(error) if !is_failing => tracing::error!(
                    %error,
                    "Gantry cannot read events from the store: it learns of changes by reading alone"
                ),
                _ => {}
            }
            is_failing = followed.is_err();
            let is_last = match followed {
                Ok((number, is_last)) => {
                    last = Some(number);
                    is_last
                }
                Err(_) => true,
            };
            if is_last {
                // After a failure, at most once a period.
                let period = tokio::time::sleep(PERIOD);
                match is_failing {
                    true => period.await,
                    false => tokio::select! {
                        () = self.stored.notified() => {}
                        () = period => {}
                    },
                }
            }
        }
    }

    /// Handles the events after a number. Returns the number of the last one, and whether there are no more.
    async fn follow(&self, last: Option<i64>) -> Result<(i64, bool), StoreError> {
        let Some(last) = last else {
            // The crawler reads everything after the start.
            return Ok((self.store.newest_event().await?, true));
        };
        let (newest, events) = self.store.events_after(last, AT_ONCE).await?;
        for event in events {
            self.hint(&event);
        }
        Ok((newest, newest == last))
    }

    fn hint(&self, event: &RegistryEvent) {
        let Some((region, account, name)) = event.place.parts() else {
            return;
        };
        let Ok(name) = name.parse() else { return };
        let hint = hint(event);
        let lists = event.event.kind == EventKind::Repository;
        for registry in self.inventory.registries_of(region, account) {
            let repository = RepositoryAt {
                registry,
                name: Clone::clone(&name),
            };
            self.readers.add(repository, hint.clone(), lists);
        }
    }
}

fn hint(event: &RegistryEvent) -> Hint {
    let event = &event.event;
    let mut what = ReadAgain::default();
    match event.kind {
        EventKind::Push | EventKind::Delete => what.images = true,
        // The counts of findings come with the images, and so do artifacts.
        EventKind::Scan | EventKind::Referrer => {
            what.images = true;
            what.about.extend(event.digest.clone());
        }
        EventKind::Policy => what.policy = true,
        EventKind::Lifecycle => what.lifecycle = true,
        EventKind::Repository => {
            what.policy = true;
            what.images = true;
        }
    }
    let mut hint = Hint::new(what);
    match (event.kind, &event.tag, &event.digest) {
        (EventKind::Push, Some(tag), Some(digest)) => hint.expect(tag, Some(digest)),
        (EventKind::Delete, Some(tag), _) => hint.expect(tag, None),
        _ => {}
    }
    hint
}
