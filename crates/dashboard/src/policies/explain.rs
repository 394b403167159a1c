//! Why an action on a repository is granted to a principal, or is not.

use access::{Viewer, acts::ListTagsForResource};
use model::{Action, RegistryAlias, RepositoryName, Through};
use policy::{Explanation, Source, is_resource_tag};

use super::Policies;
use crate::Refusal;

/// An answer with its reasons, for somebody who may read the repository policy.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The team and principal asked about.
    pub through: Through,
    /// The action asked about.
    pub action: Action,
    /// The reasons that stand in the repository policy. None where the policies are too old or
    /// cannot be understood.
    pub explanation: Option<Explanation>,
    /// The policy that decides, where that is another one: its statements are not shown, since to
    /// read the registry's takes a permission of its own, and identity policies are the operator's.
    pub elsewhere: Option<Source>,
}

impl Policies {
    /// Explains what the policies say about an action of a configured team's principal: to members of
    /// other teams by its ARN alone, and only where a statement names it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when nothing of the repository is granted to the viewer, or there is no
    /// such principal that they may ask about; [`Refusal::Withheld`] when they may not read its policy.
    pub async fn explain(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        principal: &str,
        action: Action,
    ) -> Result<Explained, Refusal> {
        let opened = self.catalog.open(viewer, registry, name).await?;
        let grant = opened.ask_policy();
        let grant = grant.map_err(|denial| Refusal::Withheld(denial.action()))?;
        let is_asked = |actor: &access::Actor| actor.principal().arn() == principal;
        let asked: Vec<_> = self
            .askable(&grant, viewer, &opened.entry)
            .filter(|asked| asked.team.actors.first().is_some_and(is_asked))
            .collect();
        // Several teams may act as one principal, each with something else told of it.
        let own = asked.iter().find(|asked| asked.is_own);
        let asked = own.or(asked.first()).ok_or(Refusal::NotFound)?;
        let actor = asked.team.actors.first().ok_or(Refusal::NotFound)?;
        let explanation =
            self.catalog
                .gate
                .explain(&grant, &asked.team, actor, action, opened.entry.policies());
        let deciding = explanation.as_ref().and_then(Explanation::deciding);
        // Resource tags take an action of their own, and what the operator tells of other teams'
        // principals and of everybody's requests is not written in any policy.
        let sees_tags = opened.ask::<ListTagsForResource>().is_ok();
        let sees_request = viewer.admin || asked.is_own;
        let hides = |key: &str| match is_resource_tag(key) {
            true => !sees_tags,
            false => !sees_request,
        };
        Ok(Explained {
            through: asked.team.through(actor),
            action,
            elsewhere: deciding
                .map(|statement| statement.source)
                .filter(|source| *source != Source::Repository),
            explanation: explanation
                .map(|explanation| explanation.only(Source::Repository).hiding(hides)),
        })
    }
}
