//! From policies to a decision.
//!
//! Source: "Policy evaluation logic" in the IAM User Guide, for requests within one account and
//! across accounts.

use std::{borrow::Cow, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    compiled::{CompiledPolicy, Standing},
    document::Effect,
    request::{Kind, Mode, Principal, Request, Resource, Scene},
    truth::Truth,
};

/// The policies that decide a request.
#[derive(Debug, Clone, Copy)]
pub struct Policies<'a> {
    /// The repository's, if it has one.
    pub repository: Option<&'a CompiledPolicy>,
    /// The registry's, if it has one and the registry policy concerns the request.
    pub registry: Option<&'a CompiledPolicy>,
    /// The identity side.
    pub identity: Identity<'a>,
}

/// What is known about the identity policies of a principal.
#[derive(Debug, Clone, Copy)]
pub enum Identity<'a> {
    /// Nothing: only the resource's policies decide. What they grant to an account as a whole is for that account's
    /// identity policies to grant, so it grants nothing here.
    Unseen,
    /// The operator states that the account lets the principal do everything that the resource's policies allow.
    Assumed,
    /// These are all of them.
    Policies(&'a [Arc<CompiledPolicy>]),
}

/// The decision of policies about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Allowed, for certain.
    Allowed,
    /// Allowed or not: it depends on something that is not known.
    Conditional,
    /// Nothing allows it.
    ImplicitDeny,
    /// A statement denies it.
    ExplicitDeny,
}

/// What a decision is worth to someone who acts on it only if it is certain. The order is from best to worst.
///
/// It is what the policies say, never effective access: the identity policies of other roles are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// An allow applies for certain, and no deny may apply.
    Granted,
    /// An allow depends on a condition that is not known, so it is not granted.
    Conditional,
    /// Only the account as a whole is named, which leaves the decision to its IAM, so it is not granted.
    Delegated,
    /// No statement applies.
    NotGranted,
    /// A deny applies under a condition that is not known, so it counts.
    MayBeDenied,
    /// A deny applies.
    Denied,
}

impl Verdict {
    /// Every verdict, best first.
    pub const ALL: [Self; 6] = [
        Self::Granted,
        Self::Conditional,
        Self::Delegated,
        Self::NotGranted,
        Self::MayBeDenied,
        Self::Denied,
    ];
}

/// The policy that contains a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The repository's.
    Repository,
    /// The registry's.
    Registry,
    /// The identity policy at this place.
    Identity(u32),
}

impl Source {
    /// The name for it in `gantry policy eval`.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::Repository => "resource_policy".into(),
            Self::Registry => "registry_policy".into(),
            Self::Identity(place) => format!("identity_policies[{place}]").into(),
        }
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

/// A statement of one of the policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementRef {
    /// The policy.
    pub source: Source,
    /// Its place there, from 0.
    pub index: usize,
}

/// A decision, with the statement that it is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The outcome.
    pub outcome: Outcome,
    /// The statement that decides: the deny, or else the allow. None if no statement applies.
    pub decided_by: Option<StatementRef>,
    /// Its effect; [`Effect::Allow`] if no statement decides.
    pub effect: Effect,
    /// Whether a statement denies it.
    pub denied: Truth,
    /// Whether the resource's policies allow it, and only the identity side is missing.
    pub delegated: bool,
}

impl Decision {
    /// What it is worth to someone who acts on it only if it is certain: a possible deny has the effect of a deny.
    pub fn verdict(self) -> Verdict {
        match (self.outcome, self.effect) {
            (Outcome::Allowed, _) => Verdict::Granted,
            (Outcome::Conditional, Effect::Allow) => Verdict::Conditional,
            (Outcome::Conditional, Effect::Deny) => Verdict::MayBeDenied,
            (Outcome::ExplicitDeny, _) => Verdict::Denied,
            (Outcome::ImplicitDeny, _) if self.delegated => Verdict::Delegated,
            (Outcome::ImplicitDeny, _) => Verdict::NotGranted,
        }
    }
}

impl<'a> Policies<'a> {
    /// Decides a request.
    pub fn decide(&self, request: &Request<'_>, mode: Mode) -> Decision {
        self.decide_noting(request, mode, |_, _| {})
    }

    /// Decides a request, and records whether each statement that may concern it applies. All other statements do not
    /// apply.
    pub fn decide_noting(
        &self,
        request: &Request<'_>,
        mode: Mode,
        mut note: impl FnMut(StatementRef, Truth),
    ) -> Decision {
        let scene = Scene::of(request, mode);
        let principal = request.subject.principal();
        let mut tally = Tally::default();
        for (source, policy) in self.all() {
            for index in policy.concerning(request.action, principal) {
                let statement = &policy.statements()[index];
                let standing = statement.standing(&scene);
                let reference = StatementRef { source, index };
                note(reference, standing.applies);
                tally.add(reference, statement.effect, standing);
            }
        }
        tally.decide(self.identity, principal, request.resource)
    }

    /// Every policy, with its source.
    pub fn all(&self) -> impl Iterator<Item = (Source, &'a CompiledPolicy)> + use<'a> {
        let identity: &'a [Arc<CompiledPolicy>] = match self.identity {
            Identity::Policies(policies) => policies,
            Identity::Unseen | Identity::Assumed => &[],
        };
        let identity = (0..)
            .map(Source::Identity)
            .zip(identity.iter().map(|policy| &**policy));
        (self
            .repository
            .map(|policy| (Source::Repository, policy))
            .into_iter())
        .chain(self.registry.map(|policy| (Source::Registry, policy)))
        .chain(identity)
    }
}

/// The strongest statement of a kind so far.
#[derive(Debug, Clone, Copy)]
struct Strongest {
    applies: Truth,
    statement: Option<StatementRef>,
}

impl Default for Strongest {
    fn default() -> Self {
        Self {
            applies: Truth::False,
            statement: None,
        }
    }
}

impl Strongest {
    fn add(&mut self, statement: StatementRef, applies: Truth) {
        if applies > self.applies {
            *self = Self {
                applies,
                statement: Some(statement),
            };
        }
    }

    /// The stronger of two; the first if they are equal.
    fn or(self, other: Self) -> Self {
        if other.applies > self.applies {
            other
        } else {
            self
        }
    }

    /// The weaker of two; the first if they are equal.
    fn and(self, other: Self) -> Self {
        if other.applies < self.applies {
            other
        } else {
            self
        }
    }
}

/// The combined result of the statements that concern a request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    deny: Strongest,
    /// Allows of the resource's policies that name the principal, or everyone.
    direct: Strongest,
    /// Allows that name its account as a whole.
    by_account: Strongest,
    /// Allows of identity policies.
    identity: Strongest,
}

impl Tally {
    pub(crate) fn add(&mut self, statement: StatementRef, effect: Effect, standing: Standing) {
        let sort = match (effect, statement.source) {
            (Effect::Deny, _) => &mut self.deny,
            (Effect::Allow, Source::Identity(_)) => &mut self.identity,
            (Effect::Allow, _) if standing.by_account => {
                // It may name the exact session in addition to the account.
                self.direct.add(statement, standing.direct);
                &mut self.by_account
            }
            (Effect::Allow, _) => &mut self.direct,
        };
        sort.add(statement, standing.applies);
    }

    pub(crate) fn decide(
        &self,
        identity: Identity<'_>,
        principal: &Principal,
        resource: &Resource,
    ) -> Decision {
        let of_resource = self.direct.or(self.by_account);
        let allow = match identity {
            // Neither belongs to an account, so there is no identity side.
            _ if matches!(principal.kind(), Kind::Service | Kind::Federated) => self.direct,
            Identity::Unseen => self.direct,
            Identity::Assumed => of_resource,
            Identity::Policies(_) => {
                let same_account =
                    principal.account().is_some() && principal.account() == resource.account();
                // An account's root user can do everything in the account that nothing denies.
                let own = match principal.kind() {
                    Kind::Root => Strongest {
                        applies: Truth::True,
                        statement: self.identity.statement,
                    },
                    _ => self.identity,
                };
                if same_account {
                    self.direct.or(own)
                } else {
                    of_resource.and(own)
                }
            }
        };
        let outcome = match (self.deny.applies, allow.applies) {
            (Truth::True, _) => Outcome::ExplicitDeny,
            (_, Truth::False) => Outcome::ImplicitDeny,
            (Truth::False, Truth::True) => Outcome::Allowed,
            _ => Outcome::Conditional,
        };
        let delegated = outcome == Outcome::ImplicitDeny
            && of_resource.applies == Truth::True
            && self.deny.applies == Truth::False;
        let (effect, decided_by) = match outcome {
            Outcome::ExplicitDeny => (Effect::Deny, self.deny.statement),
            Outcome::Conditional if allow.applies == Truth::True => {
                (Effect::Deny, self.deny.statement)
            }
            Outcome::ImplicitDeny if delegated => (Effect::Allow, of_resource.statement),
            Outcome::ImplicitDeny => (Effect::Allow, None),
            _ => (Effect::Allow, allow.statement),
        };
        Decision {
            outcome,
            decided_by,
            effect,
            denied: self.deny.applies,
            delegated,
        }
    }
}
