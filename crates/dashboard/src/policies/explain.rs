//! Explains why an action on a repository is granted to a principal or not.

use access::{Viewer, acts::ListTagsForResource};
use model::{Action, GrantedVia, RepositoryAt};
use policy::{Explanation, Source, is_resource_tag};

use super::Policies;
use crate::Refusal;

/// A decision with its reasons, for viewers who may read the repository policy.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The team and principal of the question.
    pub through: GrantedVia,
    /// The action of the question.
    pub action: Action,
    /// The reasons from the repository policy. None if the policies are too old or not understood.
    pub explanation: Option<Explanation>,
    /// Whether the registry policy does not count: the viewer may not know what it says about this principal.
    pub is_of_the_repository_alone: bool,
    /// The policy that decides, if it is not the repository policy. Its statements are not shown:
    /// reading the registry policy requires its own permission, and identity policies belong to the
    /// administrator.
    pub elsewhere: Option<Source>,
}

impl Policies {
    /// Explains the decision on an action for a principal of a configured team. Members of other
    /// teams see the principal only by its ARN, and only if a statement names it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if nothing of the repository is granted to the viewer, or if they may
    /// not ask about this principal; [`Refusal::Withheld`] if they may not read the policy.
    pub async fn explain(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
        principal: &str,
        action: Action,
    ) -> Result<Explained, Refusal> {
        let opened = self.catalog.open(viewer, repository).await?;
        let grant = opened.ask_policy();
        let grant = grant.map_err(|denial| Refusal::Withheld(denial.action()))?;
        let is_asked = |actor: &access::Actor| actor.principal().arn() == principal;
        let asked: Vec<_> = self
            .askable(&grant, viewer, &opened.entry)
            .filter(|asked| asked.team.actors.first().is_some_and(is_asked))
            .collect();
        // Several teams may act as the same principal, each with other configured details.
        let own = asked.iter().find(|asked| asked.is_own);
        let asked = own.or(asked.first()).ok_or(Refusal::NotFound)?;
        let actor = asked.team.actors.first().ok_or(Refusal::NotFound)?;
        let (gate, policies) = (&self.catalog.gate, opened.entry.policies());
        let explanation = gate.explain(&grant, &asked.team, actor, action, policies, asked.asker);
        let deciding = explanation.as_ref().and_then(Explanation::deciding);
        // Resource tags take an action of their own, and what the operator tells of other teams'
        // principals and of everybody's requests is not written in any policy.
        let sees_tags = opened.ask::<ListTagsForResource>().is_ok();
        let hides = |key: &str| match is_resource_tag(key) {
            true => !sees_tags,
            false => !asked.asker.sees_request,
        };
        Ok(Explained {
            through: asked.team.through(actor),
            action,
            is_of_the_repository_alone: !asked.asker.sees_registry_policy,
            elsewhere: deciding
                .map(|statement| statement.source)
                .filter(|source| *source != Source::Repository),
            explanation: explanation
                .map(|explanation| explanation.only(Source::Repository).hiding(hides)),
        })
    }
}
