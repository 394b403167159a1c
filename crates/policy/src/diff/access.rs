//! What a policy says to somebody, and what that hangs on.

use serde::Serialize;

use super::hinge::{Hinge, Hinges, weakest};
use crate::{
    compiled::{CompiledPolicy, Standing},
    document::Effect,
    evaluate::{Identity, Outcome, Source, StatementRef, Tally},
    request::Scene,
    truth::Truth,
};

/// What a policy says to a principal about an action.
///
/// Each list of conditions is one of alternatives: of the inner lists, one has to hold in all its
/// parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Access {
    /// What the policy says by itself.
    pub outcome: Outcome,
    /// What a conditional outcome hangs on; empty where only a deny may undo it.
    pub allowed_if: Vec<Vec<Hinge>>,
    /// Whether the policy opens it to the principal's account as a whole, so that the account's own
    /// policies decide.
    pub delegated: bool,
    /// What that hangs on; empty where on nothing.
    pub delegated_if: Vec<Vec<Hinge>>,
    /// Under which conditions it is denied all the same.
    pub denied_if: Vec<Vec<Hinge>>,
}

/// A policy to be asked, and what its statements may hang on.
pub(super) struct Side {
    pub(super) policy: CompiledPolicy,
    /// By statement.
    hinges: Vec<Hinges>,
}

impl Side {
    pub(super) fn new(policy: CompiledPolicy) -> Self {
        let written = policy.policy();
        let statements = written.statements.iter();
        let hinges = statements.map(|statement| Hinges::new(statement, written.version));
        Self {
            hinges: hinges.collect(),
            policy,
        }
    }
}

/// What a statement says to a principal, the action aside.
pub(super) struct Said {
    index: usize,
    effect: Effect,
    standing: Standing,
    /// What it hangs on, the principal aside, where it is not known whether it applies.
    hinges: Vec<Hinge>,
    /// Its principals, where it is not known whether these name who asks.
    principals: Option<Hinge>,
}

impl Said {
    pub(super) fn read(side: &Side, index: usize, scene: &Scene<'_>) -> Option<Self> {
        let statement = side.policy.statements().get(index)?;
        let hinges = side.hinges.get(index)?;
        let standing = statement.standing(scene);
        let mut said = Self {
            index,
            effect: statement.effect,
            standing,
            hinges: Vec::new(),
            principals: None,
        };
        if standing.applies == Truth::Unknown || standing.direct == Truth::Unknown {
            let concern = statement.concern(scene).itself;
            let is_open = concern == Truth::Unknown;
            said.hinges = hinges.open(statement, scene);
            said.principals = hinges.principals.clone().filter(|_| is_open);
        }
        Some(said)
    }

    /// What it hangs on whether it applies to the principal itself.
    fn direct_hinges(&self) -> Vec<Hinge> {
        let mut hinges = self.hinges.clone();
        hinges.extend(self.principals.clone());
        hinges.sort_unstable();
        hinges
    }
}

impl Access {
    /// What statements that cover an action add up to.
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
            together(by_account.map(|said| (said.standing.applies, said.hinges.clone())));
        let (_, deny) = together(with(Effect::Deny).map(|said| {
            let hinges = match said.standing.by_account {
                true => said.hinges.clone(),
                false => said.direct_hinges(),
            };
            (said.standing.applies, hinges)
        }));
        let is_conditional = outcome == Outcome::Conditional;
        let may_be_delegated = is_conditional || outcome == Outcome::ImplicitDeny;
        let delegated = may_be_delegated && left_to_account != Truth::False;
        let counting = |hinges: Vec<_>, counts: bool| if counts { hinges } else { Vec::new() };
        Self {
            outcome,
            allowed_if: counting(direct, is_conditional),
            delegated,
            delegated_if: counting(by_account, delegated),
            denied_if: counting(deny, is_conditional || delegated),
        }
    }
}

/// Whether one of some statements applies, and where that is not known, what each hangs on.
fn together(statements: impl Iterator<Item = (Truth, Vec<Hinge>)>) -> (Truth, Vec<Vec<Hinge>>) {
    let mut applies = Truth::False;
    let mut alternatives = Vec::new();
    for (truth, hinges) in statements {
        applies = applies.or(truth);
        if truth == Truth::Unknown {
            alternatives.push(hinges);
        }
    }
    if applies == Truth::True {
        alternatives.clear();
    }
    (applies, weakest(alternatives))
}
