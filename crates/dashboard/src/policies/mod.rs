//! The page of a repository policy.

mod explain;
mod my_access;

pub use explain::Explained;

use std::sync::Arc;

use access::{
    Grant, Team, Viewer,
    acts::{GetLifecyclePolicy, GetRepositoryPolicy},
    every_request, now,
};
use ecr::inventory::{Known, RepositoryState};
use model::{
    RepositoryAt, Section,
    policy::{
        ConditionView, OverrideView, PolicyDetail, PolicyView, PrincipalGrants, PrincipalPattern,
        StatementView,
    },
    visible,
};
use policy::{
    CompiledPolicy, Condition, Effect, Located, Named, Overridden, Override, Policy,
    PrincipalElement, Resource, Statement,
};

use crate::{Catalog, Refusal, catalog::section};

/// Repository policies and explanations of their decisions.
#[derive(Debug, Clone)]
pub struct Policies {
    pub(crate) catalog: Arc<Catalog>,
}

impl Policies {
    /// The page of a repository policy. A viewer who sees the repository but may not read the
    /// policy learns which action is missing, and nothing about the policy.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if nothing of the repository is granted.
    pub async fn page(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
    ) -> Result<PolicyDetail, Refusal> {
        let opened = self.catalog.open(viewer, repository).await?;
        let entry = &opened.entry;
        let grant = opened.ask_policy();
        Ok(PolicyDetail {
            repository: repository.clone(),
            arn: entry.facts().arn.clone(),
            matrix: match &grant {
                Ok(grant) => self.matrix(grant, viewer, entry).await,
                Err(_) => Vec::new(),
            },
            policy: match &grant {
                Ok(grant) => self.policy_section(grant, viewer, entry).await,
                Err(denial) => denial.withholds(None),
            },
            lifecycle: match opened.ask::<GetLifecyclePolicy>() {
                Ok(grant) => grant.shows(()),
                Err(denial) => denial.withholds(grant.as_ref().ok()),
            },
            sees_images: opened.ask_list().is_ok(),
            now: now(),
        })
    }

    async fn policy_section(
        &self,
        grant: &Grant<GetRepositoryPolicy>,
        viewer: &Viewer,
        entry: &RepositoryState,
    ) -> Section<PolicyView> {
        let Some((read, document)) = self.catalog.inventory.policy(grant) else {
            let problem = entry
                .policies()
                .reading()
                .problem
                .unwrap_or(model::Problem::Unreachable);
            return Section::Unavailable { problem };
        };
        let resource = Resource::new(&entry.facts().arn, None);
        let view = move || {
            let text = document.text()?.to_owned();
            let compiled = document.compiled();
            Some(PolicyView {
                read,
                statements: compiled
                    .map(|policy| statements(policy, &resource))
                    .unwrap_or_default(),
                error: compiled.err().map(|error| visible(&error.to_string())),
                text,
            })
        };
        let view = self.catalog.work.run(&viewer.id, view).await;
        section(grant, Ok(Known::timeless(view)))
    }

    /// What the policies grant to the principals that the viewer may ask about.
    async fn matrix(
        &self,
        grant: &Grant<GetRepositoryPolicy>,
        viewer: &Viewer,
        entry: &Arc<RepositoryState>,
    ) -> Vec<PrincipalGrants> {
        let asked: Vec<_> = self.askable(grant, viewer, entry).collect();
        let (gate, entry) = (Arc::clone(&self.catalog.gate), Arc::clone(entry));
        let grants = move |asked: Asked| {
            let actor = asked.team.actors.first()?;
            Some(PrincipalGrants {
                through: asked.team.through(actor),
                cells: gate.cells(&asked.team, actor, entry.policies(), true),
            })
        };
        let asking = move || asked.into_iter().filter_map(grants).collect();
        self.catalog.work.run(&viewer.id, asking).await
    }

    /// The principals of configured teams that a reader of the policy may ask about, in the order
    /// of the configuration. Members of a team and administrators may ask about all principals of
    /// the team. Other viewers may ask only about principals that a statement names, and only by
    /// their ARN. The configured tags, organization and identity policies of a principal are not in
    /// any policy, and every answer would reveal a part of them.
    pub(super) fn askable(
        &self,
        _: &Grant<GetRepositoryPolicy>,
        viewer: &Viewer,
        entry: &RepositoryState,
    ) -> impl Iterator<Item = Asked> {
        let policy = entry.policies().reading().policy.clone();
        let actors = self
            .catalog
            .teams
            .iter()
            .flat_map(|team| team.actors.iter().map(move |actor| (team, actor)));
        actors.filter_map(move |(team, actor)| {
            let is_own = viewer.acts_as(&team.name, actor.principal());
            let names = || {
                let policy = policy.as_ref()?.document.compiled().ok()?.policy();
                policy.names(actor.principal().arn()).then_some(())
            };
            let team = if is_own || viewer.admin {
                team.reduced_to(actor)
            } else {
                names()?;
                team.seen_from_outside(actor)
            };
            Some(Asked { team, is_own })
        })
    }
}

/// A principal that the viewer may ask about.
pub(super) struct Asked {
    /// The team with only this principal, as far as the viewer may know it.
    pub(super) team: Team,
    /// Whether the viewer acts as this principal.
    pub(super) is_own: bool,
}

/// The maximum size of a policy whose allows are compared with its denies, in bytes. ECR accepts
/// 10,240 characters.
const COMPARED: usize = 40 * 1024;

/// The statements of a policy in a readable form.
fn statements(policy: &CompiledPolicy, resource: &Resource) -> Vec<StatementView> {
    // Uses only the policy itself, because other facts about requests and principals are not
    // visible to everyone.
    let context = every_request();
    let compared = policy.policy().text().len() <= COMPARED;
    let overrides = |allow: usize| match compared {
        true => policy.overrides(allow, resource, &context),
        false => Vec::new(),
    };
    let policy = policy.policy();
    let view = |(index, statement): (usize, &Located<Statement>)| {
        let principals = statement.principals.as_ref();
        StatementView {
            sid: statement.sid().map(visible),
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
                .map(|item| visible(&item.value))
                .collect(),
            actions_excluded: statement.actions.excluded,
            conditions: statement
                .conditions
                .iter()
                .map(|it| condition(it))
                .collect(),
            overrides: overrides(index)
                .into_iter()
                .map(|it| override_view(it, statement, policy))
                .collect(),
        }
    };
    policy.statements.iter().enumerate().map(view).collect()
}

/// A deny that overrides an allow.
fn override_view(it: Override, allow: &Statement, policy: &Policy) -> OverrideView {
    let deny = &policy.statements[it.deny];
    let named = |statement: &Statement, places: &[usize]| {
        let items = statement.principals.iter().flat_map(|listed| &listed.items);
        let items = items
            .enumerate()
            .filter(|(place, _)| places.contains(place));
        items.map(|(_, item)| pattern(item)).collect()
    };
    let (principals, principals_excluded) = match it.whom {
        Overridden::All => (Vec::new(), false),
        Overridden::Allowed(places) => (named(allow, &places), false),
        Overridden::Denied(places) => (named(deny, &places), false),
        Overridden::AllBut => {
            let listed = deny.principals.iter().flat_map(|listed| &listed.items);
            (listed.map(|item| pattern(item)).collect(), true)
        }
    };
    OverrideView {
        statement: visible(&deny.label(it.deny)),
        certain: it.certain,
        principals,
        principals_excluded,
        actions: if it.all_actions {
            Vec::new()
        } else {
            it.actions.iter().map(|action| visible(action)).collect()
        },
    }
}

fn pattern(element: &PrincipalElement) -> PrincipalPattern {
    match element.named() {
        Named::Everyone => PrincipalPattern::Everyone,
        Named::Account(account) => PrincipalPattern::Account(account.to_string()),
        Named::Arn(arn) => PrincipalPattern::Arn(visible(arn)),
        Named::Deleted(id) => PrincipalPattern::Deleted(visible(id)),
        Named::Service(name) => PrincipalPattern::Service(visible(name)),
        Named::Federated(name) | Named::Nothing(name) => PrincipalPattern::Other(visible(name)),
    }
}

fn condition(condition: &Condition) -> ConditionView {
    ConditionView {
        operator: visible(&condition.operator.to_string()),
        key: visible(&condition.key),
        values: condition
            .values
            .iter()
            .map(|value| visible(&value.value))
            .collect(),
    }
}
