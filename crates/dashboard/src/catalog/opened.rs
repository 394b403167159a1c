//! A repository that a viewer has opened, and the parts of its pages.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use access::{
    Denial, Gate, Grant, ListGrant, PersonId, RowGrants, Viewer,
    acts::{Act, BatchGetImage, GetDownloadUrlForLayer, GetRepositoryPolicy},
};
use ecr::inventory::{Known, RegistryState, RepositoryState, WAIT_FOR_FIRST};
use model::{Problem, Section};

use crate::Refusal;

/// A reading of images that began at most this long ago counts as new.
const A_MOMENT: Duration = Duration::from_secs(2);

/// A repository that a viewer has opened: the gate is asked about it on their behalf.
pub(crate) struct Opened<'a> {
    pub(crate) gate: &'a Gate,
    pub(crate) viewer: &'a Viewer,
    pub(crate) state: Arc<RegistryState>,
    pub(crate) entry: Arc<RepositoryState>,
}

impl Opened<'_> {
    pub(crate) fn ask<A: Act>(&self) -> Result<Grant<A>, Denial> {
        self.gate.ask(self.viewer, self.entry.policies())
    }

    /// Both for one and the same principal.
    pub(crate) fn ask_both<A: Act, B: Act>(&self) -> Result<(Grant<A>, Grant<B>), Denial> {
        self.gate.ask_both(self.viewer, self.entry.policies())
    }

    /// Also for an administrator's review.
    pub(crate) fn ask_policy(&self) -> Result<Grant<GetRepositoryPolicy>, Denial> {
        self.gate.ask_policy(self.viewer, self.entry.policies())
    }

    pub(crate) fn ask_list(&self) -> Result<ListGrant, Denial> {
        self.gate.ask_list(self.viewer, self.entry.policies())
    }

    pub(crate) fn ask_rows(&self) -> Result<RowGrants, Denial> {
        self.gate.ask_rows(self.viewer, self.entry.policies())
    }

    /// Whether the repository exists for the viewer: they may see images, tags or the policy.
    pub(crate) fn exists(&self) -> bool {
        self.ask_list().is_ok() || self.ask_policy().is_ok()
    }

    /// Whether another viewer, such as the viewer as one of their principals, sees its images or tags.
    pub(crate) fn shows_to(&self, viewer: &Viewer) -> bool {
        let list = self.gate.ask_list(viewer, self.entry.policies());
        list.is_ok()
    }

    /// The person who waits for what is read.
    pub(crate) fn person(&self) -> &PersonId {
        &self.viewer.id
    }

    /// The grants for the repository's images, once these are known. For a visitor of a share link nothing is read here:
    /// they have waited for [`Self::read_recently`], which reads the policies first.
    ///
    /// # Errors
    /// [`Refusal::Withheld`] without any, [`Refusal::Problem`] when it is not this person's turn for too long.
    pub(crate) async fn images(&self) -> Result<RowGrants, Refusal> {
        let withheld = |denial: Denial| Refusal::Withheld(denial.action());
        self.ask_list().map_err(withheld)?;
        if !self.person().is_visitor() {
            let awaited = self.state.open_images(&self.entry, self.person()).await;
            awaited.map_err(Refusal::Problem)?;
        }
        self.ask_rows().map_err(withheld)
    }

    /// A part of the page: what `read` finds under the grant that it takes, or which action is missing.
    pub(crate) async fn section<A: Act, T>(
        &self,
        read: impl AsyncFnOnce(&Grant<A>) -> Result<Known<Option<T>>, Problem>,
    ) -> Section<T> {
        match self.ask::<A>() {
            Ok(grant) => section(&grant, read(&grant).await),
            Err(denial) => self.withholds(&denial),
        }
    }

    /// A part of the page that only says whether an action is granted.
    pub(crate) fn permits<A: Act>(&self) -> Section<()> {
        match self.ask::<A>() {
            Ok(grant) => grant.shows(()),
            Err(denial) => self.withholds(&denial),
        }
    }

    /// A part of the page that is denied. It names the statement to a viewer who may read the policy.
    pub(crate) fn withholds<T>(&self, denial: &Denial) -> Section<T> {
        denial.withholds(self.ask().ok().as_ref())
    }

    /// Waits, for as long as a first look does, until the policies are no older than this, and then the images, if these
    /// policies still show any to the viewer: ECR is not asked for images on a grant that may have ended.
    /// Returns whether they do.
    pub(crate) async fn read_recently(&self, age: Duration) -> bool {
        let (state, entry) = (&self.state, &self.entry);
        let is_shown = || self.gate.is_fresh(entry.policies(), age) && self.ask_list().is_ok();
        let reading = async {
            let policies = state.await_policies(entry, age, self.person()).await;
            if policies.is_ok() && is_shown() {
                let images = state.await_recent_images(entry, age, self.person());
                images.await;
            }
        };
        // A reading that comes too late is for the next page: this one says how old its data is.
        let _ = tokio::time::timeout(WAIT_FOR_FIRST, Box::pin(reading)).await;
        is_shown()
    }

    /// Reads the policies again, and then the images if these policies show any to the viewer: all within this time.
    /// Says whether the images are known as they are now, or were a moment ago: one reading is for all who ask at the
    /// same time.
    pub(crate) async fn read_anew(&self, longest: Duration) -> bool {
        let now = Instant::now();
        let since = now.checked_sub(A_MOMENT).unwrap_or(now);
        let (state, entry) = (&self.state, &self.entry);
        let reading = async {
            let policies = state.await_policies(entry, Duration::ZERO, self.person());
            if policies.await.is_ok() && self.ask_list().is_ok() {
                let _ = state.await_images(entry, since, self.person()).await;
            }
        };
        let _ = tokio::time::timeout(longest, Box::pin(reading)).await;
        entry.has_read_images_since(since)
    }

    /// Whether the viewer may pull: both actions that it takes, granted to one principal.
    pub(crate) fn pull(&self) -> Section<()> {
        match self.ask_both::<BatchGetImage, GetDownloadUrlForLayer>() {
            Ok((grant, _)) => grant.shows(()),
            Err(denial) => self.withholds(&denial),
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

/// A part of a page, by what was read for it.
pub(crate) fn section<A: Act, T>(
    grant: &Grant<A>,
    read: Result<Known<Option<T>>, Problem>,
) -> Section<T> {
    match read {
        Ok(known) => grant.shows_known(known.value, known.as_of),
        Err(problem) => Section::Unavailable { problem },
    }
}
