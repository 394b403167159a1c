//! The list of repositories.

use std::{collections::BTreeSet, sync::Arc};

use model::{
    Problem, TeamName, Through, Timestamp, Whole,
    query::{RepositoryQuery, paginate},
    repository::{RepositoryList, RepositoryRow},
};

use super::{Gantry, Seen};
use crate::{
    Team, Viewer,
    gate::acts::BatchGetImage,
    inventory::{Entry, RegistryStatus, now},
};

impl Gantry {
    /// A page of the repositories that the viewer may see.
    pub async fn repositories(&self, viewer: &Viewer, query: &RepositoryQuery) -> RepositoryList {
        let rows = self.rows(viewer);
        let matching = query.apply(&rows).into_iter().cloned().collect();
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let mut page = paginate(matching, total, query.page, now());
        (page.as_of, page.incomplete) = self.listed();
        page.problem = self.problem();
        let namespaces: BTreeSet<_> = rows.iter().filter_map(|row| row.name.namespace()).collect();
        let teams: BTreeSet<&TeamName> = rows.iter().flat_map(|row| &row.teams).collect();
        RepositoryList {
            page,
            namespaces: namespaces.into_iter().map(str::to_owned).collect(),
            teams: teams.into_iter().cloned().collect(),
        }
    }

    /// All of them, for the browser to filter.
    pub async fn all_repositories(&self, viewer: &Viewer) -> Whole<RepositoryRow> {
        let (as_of, incomplete) = self.listed();
        Whole {
            rows: self.rows(viewer),
            as_of,
            incomplete,
            now: now(),
        }
    }

    fn rows(&self, viewer: &Viewer) -> Vec<RepositoryRow> {
        self.inventory
            .entries()
            .filter_map(|entry| self.row(viewer, &entry))
            .collect()
    }

    /// A repository's row: as much as the viewer may see of it.
    fn row(&self, viewer: &Viewer, entry: &Entry) -> Option<RepositoryRow> {
        let Ok(seen) = Seen::by(&self.gate, viewer, entry) else {
            return viewer.admin.then(|| self.reviewed(entry));
        };
        let facts = entry.facts();
        let mut row = RepositoryRow {
            teams: self.teams_of(viewer, entry, &seen),
            sight: seen.sight(),
            mutability: Some(facts.mutability.clone()),
            policy: self
                .gate
                .ask_policy(viewer, entry)
                .ok()
                .and_then(|_| is_set(entry)),
            ..named(entry)
        };
        match &seen {
            Seen::Images(grant) => {
                let manifests = self.gate.ask::<BatchGetImage>(viewer, entry).ok();
                let known = self.inventory.summary(grant, manifests.as_ref());
                row.as_of = known.as_of;
                if let Some(summary) = known.value {
                    row.images = Some(summary.counts.images);
                    row.tags = Some(summary.counts.tags);
                    row.size = Some(summary.counts.size);
                    row.pushed = summary.pushed;
                    row.worst = summary.worst;
                }
            }
            Seen::Tags(grant) => {
                let known = self.inventory.listed(grant);
                row.as_of = known.as_of;
                (row.images, row.tags) = known.value.unzip();
            }
        }
        Some(row)
    }

    /// A repository in an administrator's review: its name, and whether it has a policy.
    fn reviewed(&self, entry: &Entry) -> RepositoryRow {
        RepositoryRow {
            policy: is_set(entry),
            ..named(entry)
        }
    }

    /// The teams that a repository is shown through: all of them, not only the first.
    fn teams_of(&self, viewer: &Viewer, entry: &Entry, seen: &Seen) -> Vec<TeamName> {
        if viewer.teams.len() == 1 {
            return match seen.through() {
                Through::Team { team, .. } => vec![team.clone()],
                Through::Review => Vec::new(),
            };
        }
        let alone = |team: &Arc<Team>| Viewer {
            name: viewer.name.clone(),
            teams: vec![Arc::clone(team)],
            admin: false,
        };
        let sees = |team: &&Arc<Team>| Seen::by(&self.gate, &alone(team), entry).is_ok();
        viewer
            .teams
            .iter()
            .filter(sees)
            .map(|team| team.name.clone())
            .collect()
    }

    /// Since when the list is as it is, and whether it is still being read.
    fn listed(&self) -> (Option<Timestamp>, bool) {
        let status = self.inventory.status();
        let oldest = status.iter().filter_map(|registry| registry.listed).min();
        (oldest, status.iter().any(RegistryStatus::is_being_read))
    }

    /// Why the list is not as new, or the grants are not as many, as they should be.
    fn problem(&self) -> Option<Problem> {
        self.inventory
            .status()
            .iter()
            .find_map(|registry| registry.problem.or(registry.policy_problem))
    }
}

/// Whether a policy is set; none while that is not known.
fn is_set(entry: &Entry) -> Option<bool> {
    entry
        .reading()
        .document
        .as_ref()
        .map(|document| document.text().is_some())
}

fn named(entry: &Entry) -> RepositoryRow {
    RepositoryRow {
        registry: entry.registry().clone(),
        name: entry.name().clone(),
        teams: Vec::new(),
        sight: model::Sight::Name,
        mutability: None,
        images: None,
        tags: None,
        size: None,
        pushed: None,
        worst: None,
        policy: None,
        as_of: None,
    }
}
