//! "My access".

use std::sync::Arc;

use access::{Asker, Gate, PrincipalGrants, Viewer, acts::GetRepositoryPolicy, now};
use ecr::inventory::RepositoryState;
use model::{
    GrantedVia, Page, RepositoryAt,
    query::{RepositoryQuery, paginate},
    registry::Registries,
};
use policy::Verdict;

use super::Policies;

/// The access page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessDetail {
    /// The viewer's principals.
    pub principals: Vec<GrantedVia>,
    /// Repositories in which at least one action is granted to at least one of the principals.
    pub repositories: Page<AccessRow>,
    /// Whether repositories may be missing because Gantry could not read their policies.
    pub may_lack: bool,
    /// The registries that the viewer may know about.
    pub registries: Registries,
}

/// What a viewer's principals may do in one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// The repository.
    pub repository: RepositoryAt,
    /// Whether the viewer sees its images or tags.
    pub is_shown: bool,
    /// One entry per principal.
    pub grants: Vec<PrincipalGrants>,
}

impl Policies {
    /// What the viewer's principals may do, by repository, for repositories whose names contain
    /// every word of `text`.
    pub async fn access(&self, viewer: &Viewer, text: &str, page: u32) -> AccessDetail {
        let query = RepositoryQuery {
            text: text.to_owned(),
            ..RepositoryQuery::default()
        };
        let entries = self.catalog.reachable.entries(viewer);
        let is_in_force =
            |entry: &Arc<RepositoryState>| self.catalog.gate.has_read(entry.policies()).is_ok();
        let entries: Vec<_> = entries.into_iter().filter(is_in_force).collect();
        let total = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let matching = entries
            .into_iter()
            .filter(|entry| query.names(&entry.repository().name));
        let page = paginate(matching.collect(), total, page, now());
        let (gate, asks) = (Arc::clone(&self.catalog.gate), viewer.clone());
        // Decides on every action for every principal, only for the rows of this page.
        let deciding = move || page.filter_map(|entry| access_row(&gate, &asks, &entry));
        let mut repositories = self.catalog.work.run(&viewer.id, deciding).await;
        let registries = self.catalog.shown_registries(viewer).await;
        let state = self.catalog.listing_state(&registries);
        (repositories.as_of, repositories.incomplete) = (state.as_of, state.incomplete);
        repositories.problem = state.problem;
        AccessDetail {
            principals: viewer
                .actors()
                .map(|(team, actor)| team.through(actor))
                .collect(),
            repositories,
            may_lack: state.may_lack,
            registries,
        }
    }
}

/// What a viewer's principals may do on a repository. None if nothing is granted.
fn access_row(gate: &Gate, viewer: &Viewer, entry: &RepositoryState) -> Option<AccessRow> {
    let may_read = gate
        .ask::<GetRepositoryPolicy>(viewer, entry.policies())
        .is_ok();
    let actors: Vec<_> = viewer.actors().collect();
    let grants = gate.grants(&actors, entry.policies(), may_read, Asker::OF_OWN);
    // Without a grant, the repository does not exist for the viewer.
    let granted = grants
        .iter()
        .flat_map(|grants| &grants.cells)
        .any(|cell| cell.verdict == Verdict::Granted);
    granted.then(|| AccessRow {
        repository: entry.repository().clone(),
        is_shown: gate.ask_list(viewer, entry.policies()).is_ok(),
        grants,
    })
}
