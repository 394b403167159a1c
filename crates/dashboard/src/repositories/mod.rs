//! The list of repositories.

mod repository;

pub use repository::RepositoryOverview;

use std::sync::Arc;

use access::{Viewer, now};
use ecr::inventory::{ImagesSummary, Inventory};
use model::{
    UnreadRows, Visibility, Whole,
    query::{RepositoryQuery, paginate},
    registry::Registries,
    repository::{RepositoryList, RepositoryRow},
};

use crate::{
    Catalog,
    catalog::{ListingState, Visible, VisibleRepository},
    live_links::LiveLinks,
};

/// Repositories and the lists of their images.
#[derive(Debug, Clone)]
pub struct Repositories {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) live_links: LiveLinks,
}

impl Repositories {
    /// A page of the repositories that the viewer may see.
    pub async fn list(&self, viewer: &Viewer, query: &RepositoryQuery) -> RepositoryList {
        let visible = self.catalog.visible(viewer).await;
        let registries = self.catalog.summaries(viewer, &visible);
        let state = self.catalog.listing_state(&registries);
        let (inventory, query) = (Arc::clone(&self.catalog.inventory), query.clone());
        let listing = move || listed(&inventory, &visible, registries, state, &query);
        self.catalog.work.run(&viewer.id, listing).await
    }

    /// All of these repositories, for the browser to filter.
    pub async fn all(&self, viewer: &Viewer) -> Whole<RepositoryRow> {
        let visible = self.catalog.visible(viewer).await;
        let inventory = Arc::clone(&self.catalog.inventory);
        let state = self
            .catalog
            .listing_state(&self.catalog.summaries(viewer, &visible));
        let listing = move || {
            let rows = visible.repositories.iter();
            Whole {
                rows: rows.map(|repository| row(&inventory, repository)).collect(),
                as_of: state.as_of,
                incomplete: state.incomplete,
                problem: state.problem,
                now: now(),
            }
        };
        self.catalog.work.run(&viewer.id, listing).await
    }
}

/// The page of a list for a query.
fn listed(
    inventory: &Inventory,
    visible: &Visible,
    registries: Registries,
    state: ListingState,
    query: &RepositoryQuery,
) -> RepositoryList {
    // Filters by name first, because the other data of a row is slower to collect.
    let rows: Vec<_> = visible
        .repositories
        .iter()
        .filter(|it| query.admits_at(it.entry.repository()))
        .map(|repository| row(inventory, repository))
        .collect();
    let matching = query.apply(&rows);
    let mut page = paginate(matching, visible.total(), query.page, now()).map(RepositoryRow::clone);
    (page.as_of, page.incomplete) = (state.as_of, state.incomplete);
    page.problem = state.problem;
    RepositoryList {
        page,
        unread: unread(inventory, visible, query),
        may_lack: state.may_lack,
        namespaces: visible.namespaces.clone(),
        teams: visible.teams.clone(),
        registries,
    }
}

/// How many repositories of the whole list have no counts, or lack what the query filters by.
fn unread(inventory: &Inventory, visible: &Visible, query: &RepositoryQuery) -> UnreadRows {
    let mut unread = UnreadRows::default();
    for repository in &visible.repositories {
        let settings = repository
            .images
            .as_ref()
            .and_then(|it| it.settings.as_ref());
        query.count_withheld(&mut unread, settings.is_some(), repository.policy);
        let Some(images) = &repository.images else {
            unread.withheld += 1;
            continue;
        };
        unread.withheld += u32::from(images.list.visibility() != Visibility::Images);
        let known = inventory.has_read(&images.list);
        if known.as_of.is_none() {
            unread.count(known.problem);
        }
    }
    unread
}

/// The row of a repository, as far as the viewer may see it.
fn row(inventory: &Inventory, repository: &VisibleRepository) -> RepositoryRow {
    let entry = &repository.entry;
    let images = repository.images.as_ref();
    let mut row = RepositoryRow {
        repository: entry.repository().clone(),
        teams: repository.teams.clone(),
        visibility: images.map_or(Visibility::Name, |grants| grants.list.visibility()),
        mutability: None,
        images: None,
        counts_platforms: false,
        tags: None,
        size: None,
        pushed: None,
        scans: None,
        policy: repository.policy,
        as_of: None,
        problem: None,
    };
    let Some(grants) = images else {
        return row;
    };
    let known = inventory.summary(grants);
    (row.as_of, row.problem) = (known.as_of, known.problem);
    if let Some(ImagesSummary { counts, pushed, .. }) = known.value {
        row.images = Some(counts.images);
        row.counts_platforms = counts.counts_platforms();
        row.tags = Some(counts.tags);
        row.size = (row.visibility == Visibility::Images).then_some(counts.size);
        row.pushed = pushed;
        row.scans = counts.scans;
    }
    let settings = grants.settings.as_ref();
    let settings = settings.and_then(|grant| inventory.settings(grant).value);
    row.mutability = settings.map(|settings| settings.mutability);
    row
}
