//! The list of repositories.

use model::{
    Sight, Whole,
    query::{RepositoryQuery, paginate},
    repository::{RepositoryList, RepositoryRow},
};

use super::{Gantry, Seen, visible::VisibleRepository};
use crate::{Viewer, inventory::now};

impl Gantry {
    /// A page of the repositories that the viewer may see.
    pub async fn repositories(&self, viewer: &Viewer, query: &RepositoryQuery) -> RepositoryList {
        let visible = self.visible(viewer).await;
        // By name first: what else a row says has to be gathered.
        let rows: Vec<_> = visible
            .repositories
            .iter()
            .filter(|repository| query.admits_name(repository.entry.name()))
            .map(|repository| self.row(repository))
            .collect();
        let matching = query.apply(&rows);
        let mut page =
            paginate(matching, visible.total(), query.page, now()).map(RepositoryRow::clone);
        let state = self.listing_state();
        (page.as_of, page.incomplete) = (state.as_of, state.incomplete);
        page.problem = state.problem;
        RepositoryList {
            page,
            namespaces: visible.namespaces.clone(),
            teams: visible.teams.clone(),
        }
    }

    /// All of them, for the browser to filter.
    pub async fn all_repositories(&self, viewer: &Viewer) -> Whole<RepositoryRow> {
        let visible = self.visible(viewer).await;
        let rows = visible.repositories.iter();
        let state = self.listing_state();
        Whole {
            rows: rows.map(|repository| self.row(repository)).collect(),
            as_of: state.as_of,
            incomplete: state.incomplete,
            problem: state.problem,
            now: now(),
        }
    }

    /// A repository's row: as much as the viewer may see of it.
    fn row(&self, repository: &VisibleRepository) -> RepositoryRow {
        let entry = &repository.entry;
        let mut row = RepositoryRow {
            registry: entry.registry().clone(),
            name: entry.name().clone(),
            teams: repository.teams.clone(),
            sight: repository.seen.as_ref().map_or(Sight::Name, Seen::sight),
            mutability: None,
            images: None,
            tags: None,
            size: None,
            pushed: None,
            worst: None,
            policy: repository.policy,
            as_of: None,
        };
        match &repository.seen {
            None => return row,
            Some(Seen::Images(grant)) => {
                let known = self.inventory.summary(grant, repository.manifests.as_ref());
                row.as_of = known.as_of;
                if let Some(summary) = known.value {
                    row.images = Some(summary.counts.images);
                    row.tags = Some(summary.counts.tags);
                    row.size = Some(summary.counts.size);
                    row.pushed = summary.pushed;
                    row.worst = summary.worst;
                }
            }
            Some(Seen::Tags(grant)) => {
                let known = self.inventory.listed(grant);
                row.as_of = known.as_of;
                (row.images, row.tags) = known.value.unzip();
            }
        }
        let settings = repository.settings.as_ref();
        let settings = settings.and_then(|grant| self.inventory.settings(grant));
        row.mutability = settings.map(|settings| settings.mutability);
        row
    }
}
