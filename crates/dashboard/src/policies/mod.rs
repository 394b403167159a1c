//! The page of a repository policy.

mod explain;
mod my_access;
mod view;

pub use explain::Explained;
pub use my_access::{AccessDetail, AccessRow};
pub use view::{PolicyDetail, PolicyView};

use std::sync::Arc;

use access::{
    Actor, Grant, PrincipalGrants, Team, Viewer,
    acts::{GetLifecyclePolicy, GetRepositoryPolicy},
    now,
};
use ecr::inventory::{Known, RepositoryState};
use model::{RegistryAlias, RepositoryName, Section};
use policy::Resource;

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
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<PolicyDetail, Refusal> {
        let opened = self.catalog.open(viewer, registry, name).await?;
        let entry = &opened.entry;
        let grant = opened.ask_policy();
        Ok(PolicyDetail {
            registry: registry.clone(),
            name: name.clone(),
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
        let view = move || PolicyView::read(read, document, &resource);
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
        let asking = move || {
            let actors: Vec<_> = asked.iter().filter_map(Asked::actor).collect();
            gate.grants(&actors, entry.policies(), true)
        };
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

impl Asked {
    fn actor(&self) -> Option<(&Team, &Actor)> {
        Some((&self.team, self.team.actors.first()?))
    }
}
