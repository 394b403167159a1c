//! What people ask of Gantry, one file a question.
//!
//! Each question finds out by the gate what the viewer may see, then reads that from the inventory.

mod audit;
mod explain;
mod image;
mod lifecycle;
mod missing;
mod my_access;
mod opened;
mod pasted;
mod policy;
mod reachable;
mod referrers;
mod registries;
mod repositories;
mod repository;
mod search;
mod visible;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use access::{AccessSettings, Gate, Grant, Team, Viewer, acts::Act};
use aws_credential_types::provider::SharedCredentialsProvider;
use ecr::{
    client::{ConnectError, EcrClient, RegistrySettings},
    inventory::{Inventory, InventorySettings, Known, RegistryStatus},
};
use model::{Action, Problem, RegistryAlias, RepositoryName, Section};
use reachable::Reachable;
use store::{
    SessionTimes, Store, StoreError,
    audit::{Audit, AuditSettings},
};
use thiserror::Error;
use tokio_util::sync::{CancellationToken, DropGuard};
use visible::Remembered;

use crate::{
    LinkSettings,
    links::open::{RecordedViews, no_views_yet},
    recorder::ChangeRecorder,
    work::Work,
};

pub use explain::Explained;
pub(crate) use opened::{Opened, Seen};

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no such thing, or nothing of it is granted: the two look the same on purpose.
    #[error("no such registry, repository, tag or image for this viewer")]
    NotFound,
    /// It is there, and the viewer holds a grant on it, but not for this action.
    #[error("{0} is not granted")]
    Withheld(Action),
    /// The registries have not been read once since the start: nobody is told yet whether there is a
    /// repository of any name. Trying again in a moment helps.
    #[error("the registries are still being read")]
    StillReading,
    /// The policies that last granted the repository to the viewer are too old to grant anything, and could
    /// not be read again. Trying again may help.
    #[error("the repository's policies could not be read again: {0:?}")]
    Undecided(Problem),
    /// ECR could not be asked.
    #[error("the registry could not be asked: {0:?}")]
    Problem(Problem),
    /// Gantry's own store does not answer: nothing was changed, and trying again may help.
    #[error("the store does not answer")]
    Store,
}

impl From<StoreError> for Refusal {
    /// The log has the driver's words, and nobody else.
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store does not answer");
        Self::Store
    }
}

/// Everything that Gantry is told by its configuration.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The registries.
    pub registries: Vec<RegistrySettings>,
    /// The teams.
    pub teams: Vec<Arc<Team>>,
    /// How access is decided.
    pub access: AccessSettings,
    /// How the inventory is kept.
    pub inventory: InventorySettings,
    /// How the audit log is kept.
    pub audit: AuditSettings,
    /// What may be shared by links.
    pub links: LinkSettings,
    /// How long sessions last.
    pub sessions: SessionTimes,
    /// The issuer of people's ids, where there is one: a link of somebody whom another knew opens no more.
    pub issuer: Option<Arc<str>>,
    /// Credentials instead of the host's own: for an embedded registry, which takes any.
    pub credentials: Option<SharedCredentialsProvider>,
}

/// Gantry, wired: registries, gate and inventory. The crawler stops when this is dropped.
#[derive(Debug)]
pub struct Gantry {
    pub(crate) gate: Arc<Gate>,
    pub(crate) inventory: Arc<Inventory>,
    reachable: Arc<Reachable>,
    pub(crate) store: Store,
    pub(crate) audit: Audit,
    pub(crate) teams: Vec<Arc<Team>>,
    pub(crate) issuer: Option<Arc<str>>,
    pub(crate) links: LinkSettings,
    pub(crate) sessions: SessionTimes,
    pub(crate) recorded_views: RecordedViews,
    pub(crate) work: Work,
    remembered: Remembered,
    _crawler: DropGuard,
}

impl Gantry {
    /// Does work for a viewer that would keep a thread from answering others for more than a few milliseconds, and
    /// waits for it: it takes a place among the searches and long lists.
    pub async fn work<T: Send + 'static>(
        &self,
        viewer: &Viewer,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        self.work.run(&viewer.id, work).await
    }

    /// Connects to the registries and starts reading them, over a store that is open. Answers at once: what is not known yet is
    /// shown as such.
    ///
    /// # Errors
    /// When no HTTPS client can be made.
    pub async fn start(settings: Settings, store: Store) -> Result<Self, ConnectError> {
        let mut clients = Vec::new();
        for registry in settings.registries {
            clients.push(EcrClient::connect(registry, settings.credentials.clone()).await?);
        }
        // An age of nothing would have the crawler read without a pause.
        let policy_max_age = settings
            .access
            .policy_max_age
            .max(Duration::from_millis(100));
        let identities = || {
            settings
                .teams
                .iter()
                .flat_map(|team| team.identity.policies())
        };
        let identities_ask_for_tags = identities().any(|policy| policy.asks_for_resource_tags());
        let identities_ask_for_time = identities().any(|policy| policy.asks_for_time());
        let audit = Audit::new(store.clone());
        let inventory = Inventory::new(
            clients,
            Arc::new(ChangeRecorder(audit.clone())),
            settings.inventory,
            policy_max_age,
            identities_ask_for_tags,
        );
        let inventory = Arc::new(inventory);
        let stop = CancellationToken::new();
        inventory.start(policy_max_age, &stop);
        if let Some(keep) = settings.audit.keep {
            audit.keep_for(keep, &stop);
        }
        let gate = Arc::new(Gate::new(settings.access, identities_ask_for_time));
        let reachable = Reachable::start(
            Arc::clone(&gate),
            Arc::clone(&inventory),
            &settings.teams,
            &stop,
        );
        Ok(Self {
            gate,
            inventory,
            reachable,
            audit,
            store,
            teams: settings.teams,
            issuer: settings.issuer,
            links: settings.links,
            sessions: settings.sessions,
            recorded_views: no_views_yet(),
            work: Work::new(),
            remembered: Remembered::nothing(),
            _crawler: stop.drop_guard(),
        })
    }

    /// What Gantry keeps beside ECR.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The audit log.
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// How each registry's listing stands, for health checks.
    pub fn status(&self) -> Vec<RegistryStatus> {
        self.inventory.status(self.reachable.up_to())
    }

    /// How many repositories lists, searches and counts have considered so far: for metrics, and for tests
    /// that hidden repositories make no work.
    pub fn examined(&self) -> u64 {
        self.reachable.examined()
    }

    /// The bytes that manifests, configs, findings and the like hold in memory.
    pub fn held_bytes(&self) -> u64 {
        self.inventory.held_bytes()
    }

    /// What a name is answered with that the viewer sees no repository of: one that is hidden, was never
    /// created or is no name at all. The registry is one that the viewer may know of: any other is answered as
    /// one that does not exist.
    pub fn unknown(&self, registry: Option<&RegistryAlias>) -> Refusal {
        let settled = self.inventory.is_settled(registry, self.reachable.up_to());
        if settled {
            Refusal::NotFound
        } else {
            Refusal::StillReading
        }
    }

    /// Whether what a name is answered with is known without a call to ECR: it always is, unless the
    /// policies that last granted the repository to the viewer are too old to decide by.
    pub fn decides_from_memory(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> bool {
        let entry = self.reachable.find(viewer, registry, name);
        entry.is_none_or(|entry| self.gate.has_read(entry.policies()).is_ok())
    }

    /// Opens a repository for a viewer, if anything of it is granted to them.
    pub(crate) async fn open(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<Opened<'_>, Refusal> {
        self.open_by_policies(viewer, registry, name, false).await
    }

    /// The same for a change: its policies are read now.
    pub(crate) async fn open_to_change(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<Opened<'_>, Refusal> {
        self.open_by_policies(viewer, registry, name, true).await
    }

    /// Opens a repository by policies as they were read last, as long ago as may grant, or for a change by
    /// policies that are read now. ECR is asked for nobody to whom the policies as last read open nothing.
    async fn open_by_policies(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        changes: bool,
    ) -> Result<Opened<'_>, Refusal> {
        let entry = self.reachable.find(viewer, registry, name);
        let state = self.inventory.registry(registry);
        let (Some(entry), Some(state)) = (entry, state) else {
            let known = Some(registry).filter(|alias| self.knows(viewer, alias));
            return Err(self.unknown(known));
        };
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
            state: Arc::clone(state),
            entry,
            person: viewer.id.clone(),
        };
        if changes && let Err(problem) = self.gate.has_read_since(opened.entry.policies(), began) {
            return Err(match problem {
                Some(Problem::Gone) => Refusal::NotFound,
                problem => Refusal::Undecided(problem.unwrap_or(Problem::Unreachable)),
            });
        }
        if opened.exists_for(viewer) {
            return Ok(opened);
        }
        // Denied by the policies, or for want of them?
        match self.gate.has_read(opened.entry.policies()) {
            Ok(()) | Err(Some(Problem::Gone)) => Err(Refusal::NotFound),
            Err(problem) => Err(Refusal::Undecided(problem.unwrap_or(Problem::Unreachable))),
        }
    }
}

/// A part of a page, by what was read for it.
fn section<A: Act, T>(grant: &Grant<A>, read: Result<Known<Option<T>>, Problem>) -> Section<T> {
    match read {
        Ok(known) => grant.shows_known(known.value, known.as_of),
        Err(problem) => Section::Unavailable { problem },
    }
}
