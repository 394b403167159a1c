//! The combined decision of a repository policy and a registry policy.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests;

use std::sync::{Arc, LazyLock};

use model::Action;
use policy::{
    ActionName, CompiledPolicy, Context, Decision, Explanation, Grid, Mode, Policies, Request, Row,
    Source,
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{PolicyDigest, Reading, RegistryPolicy, RepositoryPolicy};
use crate::{Actor, Identity, Team};

/// A repository policy and a registry policy, ready to decide about the repository.
#[derive(Debug)]
pub struct Ruling {
    own: Arc<RepositoryPolicy>,
    registry: Arc<RegistryPolicy>,
    digest: PolicyDigest,
}

/// The actions in the form that policies evaluate, in the order of [`Action::ALL`].
static NAMES: LazyLock<Vec<ActionName>> = LazyLock::new(|| {
    Action::ALL
        .iter()
        .map(|action| ActionName::new(action.as_str()))
        .collect()
});

impl Ruling {
    /// Combines two readings. None if either is missing or not understood.
    pub fn of(own: &Reading<RepositoryPolicy>, registry: &Reading<RegistryPolicy>) -> Option<Self> {
        let (own, registry) = (own.policy.clone()?, registry.policy.clone()?);
        own.document.compiled().ok()?;
        registry.in_scope()?;
        Some(Self {
            digest: PolicyDigest::of(Some(&own.document), Some(&registry.document)),
            own,
            registry,
        })
    }

    /// Whether the readings still have the same policies.
    pub fn is_of(
        &self,
        own: &Reading<RepositoryPolicy>,
        registry: &Reading<RegistryPolicy>,
    ) -> bool {
        own.policy
            .as_ref()
            .is_some_and(|read| Arc::ptr_eq(&self.own, read))
            && registry
                .policy
                .as_ref()
                .is_some_and(|read| Arc::ptr_eq(&self.registry, read))
    }

    /// Whether decisions may depend on the time of the request.
    pub(crate) fn asks_for_time(&self) -> bool {
        let own = self.own.document.compiled().ok();
        own.into_iter()
            .chain(self.registry.in_scope())
            .any(CompiledPolicy::asks_for_time)
    }

    pub(crate) fn digest(&self) -> PolicyDigest {
        self.digest
    }

    /// Decides on an action for a principal.
    pub(crate) fn decide(
        &self,
        actor: &Actor,
        identity: &Identity,
        action: Action,
        context: &Context,
    ) -> Decision {
        self.ask(actor, identity, action, context, |policies, request| {
            policies.decide(request, Mode::ThreeValued)
        })
    }

    /// Decides on every action for each principal: for the first one in the order of
    /// [`Action::ALL`], then for the next one. The decisions are those of [`Self::decide`].
    pub(crate) fn grid(&self, asked: &[(&Team, &Actor)], context: &Context) -> Vec<Decision> {
        let identities = asked.iter().flat_map(|(team, _)| team.identity.policies());
        let asks_for_time =
            self.asks_for_time() || identities.into_iter().any(|policy| policy.asks_for_time());
        let timed = asks_for_time.then(|| now(context));
        let grid = Grid {
            repository: self.own.document.compiled().ok(),
            registry: self.registry.in_scope(),
            resource: &self.own.resource,
            context: timed.as_ref().unwrap_or(context),
            mode: Mode::ThreeValued,
            actions: &NAMES,
        };
        let rows = asked.iter().map(|(team, actor)| Row {
            subject: actor.subject(),
            identity: team.identity.side(),
        });
        let mut decisions = Vec::with_capacity(asked.len() * NAMES.len());
        grid.decide(rows, |decision| decisions.push(decision));
        decisions
    }

    /// Explains a decision.
    pub(crate) fn explain(
        &self,
        actor: &Actor,
        identity: &Identity,
        action: Action,
        context: &Context,
    ) -> Explanation {
        self.ask(actor, identity, action, context, |policies, request| {
            policies.explain(request, Mode::ThreeValued)
        })
    }

    fn ask<T>(
        &self,
        actor: &Actor,
        identity: &Identity,
        action: Action,
        context: &Context,
        question: impl FnOnce(&Policies<'_>, &Request<'_>) -> T,
    ) -> T {
        let policies = Policies {
            repository: self.own.document.compiled().ok(),
            registry: self.registry.in_scope(),
            identity: identity.side(),
        };
        let asks_for_time = policies.all().any(|(_, policy)| policy.asks_for_time());
        let timed = asks_for_time.then(|| now(context));
        let request = Request {
            subject: actor.subject(),
            action: &NAMES[action as usize],
            resource: &self.own.resource,
            context: timed.as_ref().unwrap_or(context),
        };
        question(&policies, &request)
    }

    /// The label of the deciding statement. Only for statements of the repository policy: reading
    /// the registry policy requires its own permission, and identity policies belong to the
    /// administrator.
    pub(crate) fn label(&self, decision: Decision) -> Option<String> {
        let deciding = decision.decided_by?;
        if deciding.source != Source::Repository {
            return None;
        }
        let policy = self.own.document.compiled().ok()?.policy();
        let statement = policy.statements.get(deciding.index)?;
        Some(model::visible(&statement.label(deciding.index)))
    }
}

/// The context of every request, with the current time.
fn now(context: &Context) -> Context {
    let now = OffsetDateTime::now_utc();
    let mut context = context.clone();
    if let Ok(text) = now.format(&Rfc3339) {
        context.set("aws:CurrentTime", [text]);
    }
    context.set("aws:EpochTime", [now.unix_timestamp().to_string()]);
    context
}
