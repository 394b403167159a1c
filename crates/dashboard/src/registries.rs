//! The registries and their state.

use std::sync::Arc;

use access::{Viewer, now};
use model::{
    RegistryAlias, Timestamp, query::RepositoryQuery, registry::RegistrySummary,
    repository::RepositoryList,
};

use crate::{Catalog, Refusal, Repositories};

/// The registries that a viewer may know about.
#[derive(Debug, Clone)]
pub struct Registries {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) repositories: Repositories,
}

impl Registries {
    /// The registries that a viewer may know about, with their state.
    pub async fn list(&self, viewer: &Viewer) -> model::registry::Registries {
        self.catalog.shown_registries(viewer).await
    }

    /// A registry's page: its state, and a page of its repositories that the viewer sees.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the last policies granted the viewer nothing in it, whether or not
    /// a registry with this alias exists; [`Refusal::StillReading`] while that is unknown.
    pub async fn page(
        &self,
        viewer: &Viewer,
        alias: &RegistryAlias,
        query: &RepositoryQuery,
    ) -> Result<(RegistrySummary, RepositoryList), Refusal> {
        let known = self
            .catalog
            .inventory
            .registry(alias)
            .filter(|_| self.catalog.knows(viewer, alias));
        let Some(state) = known else {
            return Err(self.catalog.unknown(None));
        };
        let visible = self.catalog.visible(viewer).await;
        let summary = self
            .catalog
            .summary(viewer, state, &self.catalog.status_of(state), &visible);
        let query = RepositoryQuery {
            registry: Some(alias.to_string()),
            ..query.clone()
        };
        let mut list = self.repositories.list(viewer, &query).await;
        (list.page.total, list.page.as_of) = (summary.repositories, summary.listed);
        // The page says why the registry cannot be read.
        list.page.problem = None;
        (list.namespaces, list.teams) = visible.offered(Some(alias));
        Ok((summary, list))
    }

    /// The problem of a registry that the viewer may know about, and the current time: for a page
    /// that cannot be shown.
    pub fn failing(
        &self,
        viewer: &Viewer,
        alias: &RegistryAlias,
    ) -> Option<(RegistrySummary, Timestamp)> {
        let state = self.catalog.inventory.registry(alias)?;
        let status = self.catalog.status_of(state);
        let may_know = status.failing_since.is_some() && self.catalog.may_know(viewer, &status);
        may_know.then(|| (self.catalog.summarize(viewer, state, &status, 0), now()))
    }
}
