//! A repository that a viewer has opened, and the grant that shows its images.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use access::{
    Denial, Gate, Grant, PersonId, Viewer,
    acts::{Act, BatchGetImage, DescribeImages, GetDownloadUrlForLayer, ListImages},
};
use ecr::inventory::{RegistryState, RepositoryState};
use model::{Action, Section, Sight, Through};

use crate::Refusal;

/// A reading of images that began at most this long ago counts as new.
const A_MOMENT: Duration = Duration::from_secs(2);

/// An open repository. The gate can be asked about it.
pub(crate) struct Opened<'a> {
    pub(crate) gate: &'a Gate,
    pub(crate) state: Arc<RegistryState>,
    pub(crate) entry: Arc<RepositoryState>,
    /// The person who waits for readings.
    pub(crate) person: PersonId,
}

/// The grant that shows a repository's images.
#[derive(Debug)]
pub(crate) enum Seen {
    Images(Grant<DescribeImages>),
    Tags(Grant<ListImages>),
}

impl Seen {
    pub(crate) fn by(
        gate: &Gate,
        viewer: &Viewer,
        entry: &RepositoryState,
    ) -> Result<Self, Denial> {
        let described = gate.ask(viewer, entry.policies()).map(Self::Images);
        described.or_else(|denial| {
            gate.ask(viewer, entry.policies())
                .map(Self::Tags)
                .map_err(|_| denial)
        })
    }

    pub(crate) fn sight(&self) -> Sight {
        match self {
            Self::Images(_) => Sight::Images,
            Self::Tags(_) => Sight::Tags,
        }
    }

    /// The action of the grant.
    pub(crate) fn action(&self) -> Action {
        match self {
            Self::Images(grant) => grant.action(),
            Self::Tags(grant) => grant.action(),
        }
    }

    pub(crate) fn through(&self) -> &Through {
        match self {
            Self::Images(grant) => grant.through(),
            Self::Tags(grant) => grant.through(),
        }
    }
}

impl Opened<'_> {
    pub(crate) fn entry(&self) -> &RepositoryState {
        &self.entry
    }

    pub(crate) fn ask<A: Act>(&self, viewer: &Viewer) -> Result<Grant<A>, Denial> {
        self.gate.ask(viewer, self.entry.policies())
    }

    /// Asks for both actions, for one principal.
    pub(crate) fn ask_both<A: Act, B: Act>(
        &self,
        viewer: &Viewer,
    ) -> Result<(Grant<A>, Grant<B>), Denial> {
        self.gate.ask_both(viewer, self.entry.policies())
    }

    pub(crate) fn seen(&self, viewer: &Viewer) -> Result<Seen, Denial> {
        Seen::by(self.gate, viewer, &self.entry)
    }

    /// Whether the repository exists for a viewer: its images, tags or policy are granted.
    pub(crate) fn exists_for(&self, viewer: &Viewer) -> bool {
        self.seen(viewer).is_ok() || self.gate.ask_policy(viewer, self.entry.policies()).is_ok()
    }

    /// The grant for images. Makes sure that they are known.
    pub(crate) async fn images(&self, viewer: &Viewer) -> Result<Seen, Refusal> {
        let seen = self
            .seen(viewer)
            .map_err(|denial| Refusal::Withheld(denial.action()))?;
        let awaited = self.state.open_images(&self.entry, &self.person).await;
        awaited.map_err(Refusal::Problem)?;
        Ok(seen)
    }

    /// Waits until the images are not older than this, at most as long as for a first reading. Call
    /// it only if the viewer may see the images.
    pub(crate) async fn read_recently(&self, age: Duration) {
        let reading = self
            .state
            .await_recent_images(&self.entry, age, &self.person);
        Box::pin(reading).await;
    }

    /// Reads the policies again, and then the images if these policies grant them to the viewer.
    /// Waits at most this long. Returns whether the images are current or were read very recently,
    /// because one reading serves many callers.
    pub(crate) async fn read_anew(&self, viewer: &Viewer, longest: Duration) -> bool {
        let now = Instant::now();
        let since = now.checked_sub(A_MOMENT).unwrap_or(now);
        let (state, entry) = (&self.state, &self.entry);
        let reading = async {
            let policies = state.await_policies(entry, Duration::ZERO, &self.person);
            if policies.await.is_ok() && self.seen(viewer).is_ok() {
                let _ = state.await_images(entry, since, &self.person).await;
            }
        };
        let _ = tokio::time::timeout(longest, Box::pin(reading)).await;
        entry.has_read_images_since(since)
    }

    /// Whether the viewer may pull: both actions are granted to one principal.
    pub(crate) fn pull(&self, viewer: &Viewer) -> Section<()> {
        let may_read = self.ask(viewer).ok();
        match self.ask_both::<BatchGetImage, GetDownloadUrlForLayer>(viewer) {
            Ok((grant, _)) => grant.shows(()),
            Err(denial) => denial.withholds(may_read.as_ref()),
        }
    }

    /// Where the images are pulled from.
    pub(crate) fn source(&self) -> model::pull::Source {
        let settings = self.state.settings();
        model::pull::Source {
            uri: self.entry.facts().uri.clone(),
            region: settings.region.clone(),
            endpoint_url: settings.endpoint_url.clone(),
        }
    }
}
