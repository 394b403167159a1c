//! The combined decision of a repository policy and a registry policy.

use std::sync::{Arc, LazyLock};

use model::{Action, policy::Outcome};
use policy::{
    ActionName, CompiledPolicy, Context, Decision, Effect, Explanation, Mode, Policies, Request,
    Source, Truth,
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{PolicyDigest, Reading, RegistryPolicy, RepositoryPolicy};
use crate::{Actor, Identity};

/// A repository policy and a registry policy, ready to decide about the repository.
#[derive(Debug)]
pub struct Ruling {
    own: Arc<RepositoryPolicy>,
    registry: Arc<RegistryPolicy>,
    digest: PolicyDigest,
}

/// What the policies say about an action and a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub outcome: Outcome,
    decision: Decision,
}

impl Verdict {
    /// Whether a deny applies, or may apply.
    pub fn may_be_denied(self) -> bool {
        self.decision.denied != Truth::False
    }
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
    ) -> Verdict {
        let decision = self.ask(actor, identity, action, context, |policies, request| {
            policies.decide(request, Mode::ThreeValued)
        });
        Verdict {
            outcome: outcome(decision),
            decision,
        }
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
    pub(crate) fn label(&self, verdict: Verdict) -> Option<String> {
        let deciding = verdict.decision.decided_by?;
        if deciding.source != Source::Repository {
            return None;
        }
        let policy = self.own.document.compiled().ok()?.policy();
        let statement = policy.statements.get(deciding.index)?;
        Some(model::visible(&statement.label(deciding.index)))
    }
}

/// Converts a decision to the outcome that pages show. A possible deny has the effect of a deny.
fn outcome(decision: Decision) -> Outcome {
    match (decision.outcome, decision.effect) {
        (policy::Outcome::Allowed, _) => Outcome::Granted,
        (policy::Outcome::Conditional, Effect::Allow) => Outcome::Conditional,
        (policy::Outcome::Conditional, Effect::Deny) | (policy::Outcome::ExplicitDeny, _) => {
            Outcome::Denied
        }
        (policy::Outcome::ImplicitDeny, _) if decision.delegated => Outcome::Delegated,
        (policy::Outcome::ImplicitDeny, _) => Outcome::NotGranted,
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
