//! "My access".

use std::sync::Arc;

use model::{
    access::{AccessDetail, AccessRow},
    policy::{Outcome, PrincipalGrants},
    query::{RepositoryQuery, paginate},
};

use super::Gantry;
use crate::{
    Viewer,
    gate::acts::GetRepositoryPolicy,
    inventory::{Entry, RegistryStatus, now},
};

impl Gantry {
    /// What the viewer's principals may do where, for the names that hold every word of `text`.
    pub async fn access(&self, viewer: &Viewer, text: &str, page: u32) -> AccessDetail {
        let query = RepositoryQuery {
            text: text.to_owned(),
            ..RepositoryQuery::default()
        };
        let rows: Vec<_> = self
            .inventory
            .entries()
            .filter_map(|entry| self.access_row(viewer, &entry))
            .collect();
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let mut matching: Vec<_> = rows
            .into_iter()
            .filter(|row| query.names(&row.name))
            .collect();
        matching.sort_by(|left, right| {
            left.name
                .cmp(&right.name)
                .then_with(|| left.registry.cmp(&right.registry))
        });
        let mut repositories = paginate(matching, total, page, now());
        let status = self.inventory.status();
        repositories.as_of = status.iter().filter_map(|registry| registry.listed).min();
        repositories.incomplete = status.iter().any(RegistryStatus::is_being_read);
        repositories.problem = status
            .iter()
            .find_map(|registry| registry.problem.or(registry.policy_problem));
        AccessDetail {
            principals: viewer
                .actors()
                .map(|(team, actor)| team.through(actor))
                .collect(),
            repositories,
        }
    }

    fn access_row(&self, viewer: &Viewer, entry: &Arc<Entry>) -> Option<AccessRow> {
        let may_read = self.gate.ask::<GetRepositoryPolicy>(viewer, entry).is_ok();
        let grants: Vec<_> = (viewer.actors())
            .map(|(team, actor)| PrincipalGrants {
                through: team.through(actor),
                cells: self.gate.cells(team, actor, entry, may_read),
            })
            .collect();
        // Without a single grant the repository does not exist for the viewer.
        let granted = grants
            .iter()
            .flat_map(|grants| &grants.cells)
            .any(|cell| cell.outcome == Outcome::Granted);
        granted.then(|| AccessRow {
            registry: entry.registry().clone(),
            name: entry.name().clone(),
            grants,
        })
    }
}
