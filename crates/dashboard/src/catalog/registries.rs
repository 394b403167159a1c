//! The registries that a viewer may know about.

use std::sync::Arc;

use access::Viewer;
use ecr::inventory::{RegistryState, RegistryStatus};
use model::{
    RegistryAlias, RepositoryAt, RepositoryName,
    registry::{Registries, RegistryFailure, RegistrySummary},
};

use super::{Catalog, visible::Visible};

impl Catalog {
    /// Whether the viewer knows about several registries, so that a repository name alone is
    /// ambiguous.
    pub fn several_registries(&self, viewer: &Viewer) -> bool {
        let registries = self.inventory.registries().iter();
        let known = registries.filter(|state| self.may_know(viewer, &self.status_of(state)));
        known.take(2).count() > 1
    }

    /// Whether a path that ends with this name is a namespace with repositories that the viewer
    /// reaches.
    pub fn is_namespace(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> bool {
        self.reachable.is_namespace(viewer, registry, name)
    }

    /// Whether the last policies let the viewer see the page of this repository.
    pub fn reaches(&self, viewer: &Viewer, repository: &RepositoryAt) -> bool {
        self.reachable.find(viewer, repository).is_some()
    }

    /// Whether the last policies granted the viewer anything in a registry. If not, the registry is
    /// treated as nonexistent.
    pub(crate) fn knows(&self, viewer: &Viewer, alias: &RegistryAlias) -> bool {
        viewer.admin || self.reachable.reaches(viewer, alias)
    }

    /// The registries that a viewer may know about, with their state.
    pub(crate) async fn shown_registries(&self, viewer: &Viewer) -> Registries {
        self.summaries(viewer, &*self.visible(viewer).await)
    }

    /// What a viewer may know about the registries.
    pub(crate) fn summaries(&self, viewer: &Viewer, visible: &Visible) -> Registries {
        let registries = self.inventory.registries().iter();
        let known = registries.filter_map(|state| {
            let status = self.status_of(state);
            self.may_know(viewer, &status)
                .then(|| self.summary(viewer, state, &status, visible))
        });
        Registries(known.collect())
    }

    /// Whether a viewer may know that a registry exists. If a registry fails and was not read since
    /// the start, all members of teams may know about it, because it is unknown what they have
    /// access to.
    pub(crate) fn may_know(&self, viewer: &Viewer, status: &RegistryStatus) -> bool {
        let may_be_theirs = || {
            let has_team = viewer.admin || !viewer.teams.is_empty();
            has_team && status.unread && status.failing_since.is_some()
        };
        self.has_one_registry() || self.knows(viewer, &status.alias) || may_be_theirs()
    }

    pub(crate) fn summary(
        &self,
        viewer: &Viewer,
        state: &RegistryState,
        status: &RegistryStatus,
        visible: &Visible,
    ) -> RegistrySummary {
        let seen = visible.registries.get(&status.alias);
        self.summarize(viewer, state, status, seen.copied().unwrap_or(0))
    }

    pub(crate) fn summarize(
        &self,
        viewer: &Viewer,
        state: &RegistryState,
        status: &RegistryStatus,
        repositories: u32,
    ) -> RegistrySummary {
        let knows = self.knows(viewer, &status.alias);
        let is_shown = knows || self.has_one_registry();
        let failure = status.failing_since.map(|since| RegistryFailure {
            since,
            problem: status.failure().filter(|_| is_shown),
            call: viewer.admin.then(|| state.failed_call()).flatten(),
        });
        RegistrySummary {
            alias: status.alias.clone(),
            account: state.account().filter(|_| knows),
            region: knows.then(|| state.settings().region.clone()),
            repositories,
            listed: status.listed.filter(|_| is_shown),
            failure,
        }
    }

    pub(crate) fn has_one_registry(&self) -> bool {
        self.inventory.registries().len() == 1
    }

    pub(crate) fn status_of(&self, state: &Arc<RegistryState>) -> RegistryStatus {
        state.status(self.reachable.up_to())
    }
}
