//! A repository policy's page.

use model::{
    RegistryAlias, RepositoryName, Section, Through,
    policy::{PolicyDetail, PolicyView, PrincipalGrants, StatementView},
};
use policy::{Effect, Policy};

use super::{Gantry, Refusal, section};
use crate::{
    Viewer,
    gate::{Grant, acts::GetRepositoryPolicy},
    inventory::{Entry, now},
};

impl Gantry {
    /// A repository policy's page. Who sees the repository but not its policy is told which action is
    /// missing, and nothing of the policy.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when nothing of the repository is granted.
    pub async fn policy(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<PolicyDetail, Refusal> {
        let opened = self.open(viewer, registry, name).await?;
        let entry = &opened.entry;
        let grant = self.gate.ask_policy(viewer, entry);
        Ok(PolicyDetail {
            registry: registry.clone(),
            name: name.clone(),
            arn: entry.facts().arn.clone(),
            matrix: grant
                .as_ref()
                .map(|grant| self.matrix(grant, entry))
                .unwrap_or_default(),
            policy: match &grant {
                Ok(grant) => self.policy_section(grant, entry),
                Err(denial) => denial.withholds(None),
            },
            sees_images: opened.seen(viewer).is_ok(),
            now: now(),
        })
    }

    fn policy_section(
        &self,
        grant: &Grant<GetRepositoryPolicy>,
        entry: &Entry,
    ) -> Section<PolicyView> {
        let Some((reading, document)) = self.inventory.policy(grant) else {
            let problem = entry
                .reading()
                .problem
                .unwrap_or(model::Problem::Unreachable);
            return Section::Unavailable { problem };
        };
        let view = document.text().map(|text| PolicyView {
            text: text.to_owned(),
            read: reading.read_at,
            statements: document.parsed().map(statements).unwrap_or_default(),
            error: document.parsed().err().map(ToString::to_string),
        });
        section(grant, Ok(view))
    }

    /// What the policies grant to every configured team, for who may read the policy.
    fn matrix(&self, _: &Grant<GetRepositoryPolicy>, entry: &Entry) -> Vec<PrincipalGrants> {
        let principals = self.teams.iter().flat_map(|team| {
            team.principals
                .iter()
                .map(move |principal| (team, principal))
        });
        principals
            .map(|(team, principal)| PrincipalGrants {
                through: Through::Team {
                    team: team.name.clone(),
                    principal: principal.clone(),
                },
                cells: self.gate.cells(principal, team.identity, entry, true),
            })
            .collect()
    }
}

/// A policy's statements, taken apart for reading.
fn statements(policy: &Policy) -> Vec<StatementView> {
    let view = |(index, statement): (usize, &policy::Statement)| StatementView {
        sid: statement.sid.clone(),
        index: u32::try_from(index).unwrap_or(u32::MAX),
        line: statement.line,
        denies: statement.effect == Effect::Deny,
        principals: statement.principals.items.clone(),
        principals_excluded: statement.principals.excluded,
        actions: statement.actions.items.clone(),
        actions_excluded: statement.actions.excluded,
        conditions: statement.conditions.clone(),
    };
    policy.statements.iter().enumerate().map(view).collect()
}
