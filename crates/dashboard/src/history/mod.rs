//! Where tags pointed: recorded from each reading, and told per tag.

mod moment;
mod page;
mod past;
mod record;

use std::{sync::Arc, time::Duration};

use access::{ListGrant, now};
use ecr::inventory::{IMAGES_AGE, Inventory};
use model::{
    Digest, Tag, Timestamp,
    image::{PointedImage, TagHistory},
};
use store::{
    Store,
    history::{Incarnation, MOST_CHANGES, RecordSettings},
};
use tokio_util::sync::CancellationToken;

pub use page::History;
pub(crate) use record::TagRecorder;

/// How the history of tags is kept (`[history]` in the configuration).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistorySettings {
    /// How long changes are kept.
    pub keep: Duration,
}

impl Default for HistorySettings {
    fn default() -> Self {
        Self {
            keep: Duration::from_secs(400 * 24 * 3_600),
        }
    }
}

/// How readings are recorded. The crawler reads each repository's images at this interval, and may be late once.
const RECORDED: RecordSettings = RecordSettings {
    longest_pause: Duration::from_secs(2 * IMAGES_AGE.as_secs()),
    most_changes: MOST_CHANGES,
};

/// How often old changes are deleted.
const BETWEEN_CLEANUPS: Duration = Duration::from_secs(24 * 3_600);

/// The maximum number of images in a tag's history.
const MOST_SIGHTINGS: u32 = 50;

/// The stored history of tags.
#[derive(Debug, Clone)]
pub(crate) struct Histories {
    pub(crate) inventory: Arc<Inventory>,
    pub(crate) store: Store,
}

impl Histories {
    /// Deletes changes once they are this old, until the token is cancelled.
    pub(crate) fn keep_for(&self, keep: Duration, stop: &CancellationToken) {
        let (store, stop) = (self.store.clone(), stop.clone());
        let keep = i64::try_from(keep.as_secs()).unwrap_or(i64::MAX);
        tokio::spawn(stop.run_until_cancelled_owned(async move {
            let mut runs = tokio::time::interval(BETWEEN_CLEANUPS);
            loop {
                runs.tick().await;
                let limit = Timestamp(now().0.saturating_sub(keep));
                match store.forget_tag_history(limit).await {
                    Ok(0) => {}
                    Ok(changes) => {
                        tracing::info!(count = changes, "Gantry deleted old changes of tags")
                    }
                    // The next run tries again.
                    Err(error) => {
                        tracing::error!(%error, "Gantry cannot delete old changes of tags")
                    }
                }
            }
        }));
    }

    /// Where a tag pointed that points at `now`, as a reading from `as_of` says. If nothing is stored of the repository, or
    /// the store does not answer: where this process saw it.
    pub(crate) async fn of_tag(
        &self,
        list: &ListGrant,
        tag: &Tag,
        now: &Digest,
        as_of: Timestamp,
    ) -> TagHistory {
        let mut history = self.unnamed(list, tag, now, as_of).await;
        self.name(&mut history, list, tag);
        history
    }

    /// The repository as the store knows it. None if it is not listed any more.
    fn incarnation(&self, list: &ListGrant) -> Option<Incarnation> {
        let (arn, created) = self.inventory.incarnation(list)?;
        Some(incarnation(&arn, created))
    }

    /// An image with the version that its other tags name now.
    fn pointed(&self, list: &ListGrant, digest: &Digest, tag: &Tag) -> PointedImage {
        let mut named = self.inventory.version_tags(list, &[digest], tag);
        PointedImage {
            digest: digest.clone(),
            version_tag: named.pop().flatten(),
        }
    }

    /// Adds the versions of the images, as their other tags name them now.
    pub(crate) fn name(&self, history: &mut TagHistory, list: &ListGrant, tag: &Tag) {
        let images: Vec<_> = history.seen.iter().map(|it| &it.digest).collect();
        let names = self.inventory.version_tags(list, &images, tag);
        for (sighting, name) in history.seen.iter_mut().zip(names) {
            sighting.version_tag = name;
        }
    }

    async fn unnamed(
        &self,
        list: &ListGrant,
        tag: &Tag,
        now: &Digest,
        as_of: Timestamp,
    ) -> TagHistory {
        let seen = || self.inventory.history(list, tag, now);
        let Some(of) = self.incarnation(list) else {
            return seen();
        };
        match self.store.tag_history(&of, tag, MOST_SIGHTINGS).await {
            Ok(stored) => stored
                .and_then(|stored| past::told(stored, Some(now), as_of))
                .unwrap_or_else(seen),
            Err(error) => {
                tracing::error!(
                    %error,
                    registry.alias = %list.repository().registry,
                    repository.name = %list.repository().name,
                    "Gantry cannot read the history of a tag, and shows what it has seen since its start"
                );
                seen()
            }
        }
    }
}

/// The creation time fits until the year 2262.
fn incarnation(arn: &str, created_nanos: Option<i128>) -> Incarnation {
    let created = created_nanos.and_then(|nanos| i64::try_from(nanos).ok());
    Incarnation {
        arn: arn.to_owned(),
        created: created.unwrap_or_default(),
    }
}
