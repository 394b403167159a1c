//! What a policy decides for a principal, and what the decision depends on.

use serde::Serialize;

use super::depends_on::{DependsOn, Hinges, weakest};
use crate::{
    compiled::{CompiledPolicy, Standing},
    document::Effect,
    evaluate::{Identity, Outcome, Source, StatementRef, Tally},
    request::Scene,
    truth::Truth,
};

/// What a policy decides for a principal and an action.
///
/// Each list of conditions is a list of alternatives: all conditions of at least one inner list must hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Access {
    /// The outcome of the policy by itself.
    pub outcome: Outcome,
    /// What a conditional outcome depends on. Empty if only a deny can change it.
    pub allowed_if: Vec<Vec<DependsOn>>,
    /// Whether the policy grants it to the principal's account as a whole, so that the account's own policies decide.
    pub delegated: bool,
    /// What the delegation depends on. Empty if it is unconditional.
    pub delegated_if: Vec<Vec<DependsOn>>,
    /// The conditions under which it is denied nevertheless.
    pub denied_if: Vec<Vec<DependsOn>>,
}

/// A policy, and the conditions that its statements can depend on.
pub(super) struct Side {
    pub(super) policy: CompiledPolicy,
    /// By statement.
    depends_on: Vec<Hinges>,
}

impl Side {
    pub(super) fn new(policy: CompiledPolicy) -> Self {
        let written = policy.policy();
        let statements = written.statements.iter();
        let depends_on = statements.map(|statement| Hinges::new(statement, written.version));
        Self {
            depends_on: depends_on.collect(),
            policy,
        }
    }
}

/// What a statement decides for a principal, regardless of the action.
pub(super) struct Said {
    index: usize,
    effect: Effect,
    standing: Standing,
    /// What it depends on, apart from the principal, if it is not known whether it applies.
    depends_on: Vec<DependsOn>,
    /// Its principals, if it is not known whether they name the principal.
    principals: Option<DependsOn>,
}

impl Said {
    pub(super) fn read(side: &Side, index: usize, scene: &Scene<'_>) -> Option<Self> {
        let statement = side.policy.statements().get(index)?;
        let depends_on = side.depends_on.get(index)?;
        let standing = statement.standing(scene);
        let mut said = Self {
            index,
            effect: statement.effect,
            standing,
            depends_on: Vec::new(),
            principals: None,
        };
        if standing.applies == Truth::Unknown || standing.direct == Truth::Unknown {
            let concern = statement.concern(scene).itself;
            let is_open = concern == Truth::Unknown;
            said.depends_on = depends_on.open(statement, scene);
            said.principals = depends_on.principals.clone().filter(|_| is_open);
        }
        Some(said)
    }

    /// The conditions for applying to the principal itself.
    fn direct_hinges(&self) -> Vec<DependsOn> {
        let mut depends_on = self.depends_on.clone();
        depends_on.extend(self.principals.clone());
        depends_on.sort_unstable();
        depends_on
    }
}

impl Access {
    /// The combined result of the statements that cover an action.
    pub(super) fn of(said: &[&Said], scene: &Scene<'_>) -> Self {
        let mut tally = Tally::default();
        for statement in said {
            let reference = StatementRef {
                source: Source::Repository,
                index: statement.index,
            };
            tally.add(reference, statement.effect, statement.standing);
        }
        let principal = scene.subject.principal();
        let outcome = (tally.decide(Identity::Unseen, principal, scene.resource)).outcome;
        let with = |effect| said.iter().filter(move |said| said.effect == effect);
        let (_, direct) =
            together(with(Effect::Allow).map(|said| (said.standing.direct, said.direct_hinges())));
        let by_account = with(Effect::Allow).filter(|said| said.standing.by_account);
        let (left_to_account, by_account) =
            together(by_account.map(|said| (said.standing.applies, said.depends_on.clone())));
        let (_, deny) = together(with(Effect::Deny).map(|said| {
            let depends_on = match said.standing.by_account {
                true => said.depends_on.clone(),
                false => said.direct_hinges(),
            };
            (said.standing.applies, depends_on)
        }));
        let is_conditional = outcome == Outcome::Conditional;
        let may_be_delegated = is_conditional || outcome == Outcome::ImplicitDeny;
        let delegated = may_be_delegated && left_to_account != Truth::False;
        let counting =
            |depends_on: Vec<_>, counts: bool| if counts { depends_on } else { Vec::new() };
        Self {
            outcome,
            allowed_if: counting(direct, is_conditional),
            delegated,
            delegated_if: counting(by_account, delegated),
            denied_if: counting(deny, is_conditional || delegated),
        }
    }
}

/// Whether one of some statements applies, and if that is not known, what each depends on.
fn together(
    statements: impl Iterator<Item = (Truth, Vec<DependsOn>)>,
) -> (Truth, Vec<Vec<DependsOn>>) {
    let mut applies = Truth::False;
    let mut alternatives = Vec::new();
    for (truth, depends_on) in statements {
        applies = applies.or(truth);
        if truth == Truth::Unknown {
            alternatives.push(depends_on);
        }
    }
    if applies == Truth::True {
        alternatives.clear();
    }
    (applies, weakest(alternatives))
}
