//! What each viewer may open: repositories that the gate grants and the inventory holds.
//!
//! Every feature asks here first. The result is open to the viewer, or it is a [`Refusal`].

mod answer;
mod opened;
mod reachable;
mod registries;
mod visible;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use access::{Gate, SHOW_PAGE, Team, Viewer};
use ecr::inventory::{Inventory, RegistryStatus};
use model::{Problem, RegistryAlias, RepositoryAt};
use tokio_util::sync::CancellationToken;

use crate::{Refusal, work::Work};

pub(crate) use answer::{TRIES, granted_throughout, read_at};
pub(crate) use opened::{Opened, section};
use reachable::Reachable;
use visible::Remembered;
pub(crate) use visible::{ListingState, Visible, VisibleRepository};

/// What each viewer may open.
#[derive(Debug)]
pub struct Catalog {
    pub(crate) gate: Arc<Gate>,
    pub(crate) inventory: Arc<Inventory>,
    pub(crate) teams: Vec<Arc<Team>>,
    pub(crate) work: Work,
    pub(crate) reachable: Arc<Reachable>,
    remembered: Remembered,
}

impl Catalog {
    /// Starts with an inventory that is still being filled, and runs until the token is cancelled.
    pub(crate) fn start(
        gate: Gate,
        inventory: Arc<Inventory>,
        teams: Vec<Arc<Team>>,
        stop: &CancellationToken,
    ) -> Self {
        let gate = Arc::new(gate);
        Self {
            reachable: Reachable::start(Arc::clone(&gate), Arc::clone(&inventory), &teams, stop),
            gate,
            inventory,
            teams,
            work: Work::new(),
            remembered: Remembered::nothing(),
        }
    }

    /// Runs CPU-intensive work for a viewer, and waits for it. It takes a place in the queue of
    /// searches and long lists, so that it does not block a thread for more than a few
    /// milliseconds.
    pub async fn work<T: Send + 'static>(
        &self,
        viewer: &Viewer,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        self.work.run(&viewer.id, work).await
    }

    /// The state of each registry's listing, for health checks.
    pub fn status(&self) -> Vec<RegistryStatus> {
        self.inventory.status(self.reachable.up_to())
    }

    /// How many repositories were examined by lists, searches and counts so far. For metrics, and
    /// for tests that hidden repositories cause no work.
    pub fn examined(&self) -> u64 {
        self.reachable.examined()
    }

    /// The memory that manifests, configs, findings and similar data use, in bytes.
    pub fn held_bytes(&self) -> u64 {
        self.inventory.held_bytes()
    }

    /// The answer for a repository that the viewer cannot see: a hidden one, one that does not
    /// exist, or an invalid name. The registry must be one that the viewer may know about; other
    /// registries are treated as nonexistent.
    pub fn unknown(&self, registry: Option<&RegistryAlias>) -> Refusal {
        let settled = self.inventory.is_settled(registry, self.reachable.up_to());
        if settled {
            Refusal::NotFound
        } else {
            Refusal::StillReading
        }
    }

    /// Whether the answer for a name is known without a call to ECR. This is always true, except if
    /// the policies that last granted the repository to the viewer are too old to decide.
    pub fn decides_from_memory(&self, viewer: &Viewer, repository: &RepositoryAt) -> bool {
        let entry = self.reachable.find(viewer, repository);
        entry.is_none_or(|entry| self.gate.has_read(entry.policies()).is_ok())
    }

    /// Opens a repository for a viewer, if anything of it is granted to them.
    pub(crate) async fn open<'a>(
        &'a self,
        viewer: &'a Viewer,
        repository: &RepositoryAt,
    ) -> Result<Opened<'a>, Refusal> {
        self.open_by_policies(viewer, repository, false).await
    }

    /// The same for a change: its policies are read now.
    pub(crate) async fn open_to_change<'a>(
        &'a self,
        viewer: &'a Viewer,
        repository: &RepositoryAt,
    ) -> Result<Opened<'a>, Refusal> {
        self.open_by_policies(viewer, repository, true).await
    }

    /// Opens a repository by policies as they were read last, as long ago as may grant, or for a change by
    /// policies that are read now. It makes no call for a viewer to whom the last policies grant nothing.
    async fn open_by_policies<'a>(
        &'a self,
        viewer: &'a Viewer,
        repository: &RepositoryAt,
        changes: bool,
    ) -> Result<Opened<'a>, Refusal> {
        let entry = self.reachable.find(viewer, repository);
        let registry = &repository.registry;
        let state = self.inventory.registry(registry);
        let (Some(entry), Some(state)) = (entry, state) else {
            let known = Some(registry).filter(|alias| self.knows(viewer, alias));
            return Err(self.unknown(known));
        };
        // The team can see the repository. A viewer who acts as only one of its principals, such as
        // the bearer of a link, may not be able to.
        if !viewer.admin && !self.gate.granted_last(viewer, entry.policies(), &SHOW_PAGE) {
            return Err(self.unknown(Some(registry)));
        }
        let began = Instant::now();
        let too_old = self.gate.has_read(entry.policies()).is_err();
        if too_old || changes {
            let age = if changes {
                Duration::ZERO
            } else {
                self.gate.policy_max_age()
            };
            let awaited = Box::pin(state.await_policies(&entry, age, &viewer.id)).await;
            awaited.map_err(Refusal::Undecided)?;
        } else {
            state.refresh_policies(&entry, &viewer.id);
        }
        entry.touch();
        let opened = Opened {
            gate: &self.gate,
            viewer,
            state: Arc::clone(state),
            entry,
        };
        if changes && let Err(problem) = self.gate.has_read_since(opened.entry.policies(), began) {
            return Err(match problem {
                Some(Problem::Gone) => Refusal::NotFound,
                problem => Refusal::Undecided(problem.unwrap_or(Problem::Unreachable)),
            });
        }
        if opened.exists() {
            return Ok(opened);
        }
        // Did the policies deny it, or are there no current policies?
        match self.gate.has_read(opened.entry.policies()) {
            Ok(()) | Err(Some(Problem::Gone)) => Err(Refusal::NotFound),
            Err(problem) => Err(Refusal::Undecided(problem.unwrap_or(Problem::Unreachable))),
        }
    }
}
