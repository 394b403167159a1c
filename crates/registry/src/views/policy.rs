//! A repository policy's page.

use std::sync::Arc;

use model::{
    RegistryAlias, RepositoryName, Section,
    policy::{
        ConditionView, PolicyDetail, PolicyView, PrincipalGrants, PrincipalPattern, StatementView,
    },
};
use policy::{CompiledPolicy, Condition, Effect, Located, Named, PrincipalElement, Statement};

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
            matrix: match &grant {
                Ok(grant) => self.matrix(viewer, grant, entry).await,
                Err(_) => Vec::new(),
            },
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
        let Some((read, document)) = self.inventory.policy(grant) else {
            let problem = entry
                .reading()
                .problem
                .unwrap_or(model::Problem::Unreachable);
            return Section::Unavailable { problem };
        };
        let view = document.text().map(|text| PolicyView {
            text: text.to_owned(),
            read,
            statements: document.compiled().map(statements).unwrap_or_default(),
            error: document.compiled().err().map(ToString::to_string),
        });
        section(grant, Ok(view))
    }

    /// What the policies grant to every configured team, for who may read the policy.
    async fn matrix(
        &self,
        viewer: &Viewer,
        _: &Grant<GetRepositoryPolicy>,
        entry: &Arc<Entry>,
    ) -> Vec<PrincipalGrants> {
        let (gate, entry, teams) = (
            Arc::clone(&self.gate),
            Arc::clone(entry),
            self.teams.clone(),
        );
        let asking = move || {
            let actors = teams
                .iter()
                .flat_map(|team| team.actors.iter().map(move |actor| (team, actor)));
            let grants = actors.map(|(team, actor)| PrincipalGrants {
                through: team.through(actor),
                cells: gate.cells(team, actor, &entry, true),
            });
            grants.collect()
        };
        self.work.run(viewer.id.as_str(), asking).await
    }
}

/// A policy's statements, taken apart for reading.
fn statements(policy: &CompiledPolicy) -> Vec<StatementView> {
    let policy = policy.policy();
    let view = |(index, statement): (usize, &Located<Statement>)| {
        let principals = statement.principals.as_ref();
        StatementView {
            sid: statement.sid().map(str::to_owned),
            index: u32::try_from(index).unwrap_or(u32::MAX),
            line: policy.position(statement).line,
            denies: statement.effect == Effect::Deny,
            principals: (principals.iter().flat_map(|listed| &listed.items))
                .map(|item| pattern(item))
                .collect(),
            principals_excluded: principals.is_some_and(|listed| listed.excluded),
            actions: statement
                .actions
                .items
                .iter()
                .map(|item| item.value.clone())
                .collect(),
            actions_excluded: statement.actions.excluded,
            conditions: statement
                .conditions
                .iter()
                .map(|it| condition(it))
                .collect(),
        }
    };
    policy.statements.iter().enumerate().map(view).collect()
}

fn pattern(element: &PrincipalElement) -> PrincipalPattern {
    match element.named() {
        Named::Everyone => PrincipalPattern::Everyone,
        Named::Account(account) => PrincipalPattern::Account(account.to_string()),
        Named::Arn(arn) => PrincipalPattern::Arn(arn.to_owned()),
        Named::Deleted(id) => PrincipalPattern::Deleted(id.to_owned()),
        Named::Service(name) => PrincipalPattern::Service(name.to_owned()),
        Named::Federated(name) | Named::Nothing(name) => PrincipalPattern::Other(name.to_owned()),
    }
}

fn condition(condition: &Condition) -> ConditionView {
    ConditionView {
        operator: condition.operator.to_string(),
        key: condition.key.clone(),
        values: condition
            .values
            .iter()
            .map(|value| value.value.clone())
            .collect(),
    }
}
