//! What a policy says to somebody, and what that hangs on.

use std::cmp::Ordering;

use serde::Serialize;

use crate::{
    compiled::{CompiledPolicy, Standing, Statement},
    document::{Effect, Located, Policy, Version},
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

/// A condition of a statement's that something hangs on.
#[derive(Debug, Clone, Serialize)]
pub struct Hinge {
    /// The operator. `Resource` or `NotResource` where it is a variable in these that is not known.
    pub operator: String,
    /// The key, as written; empty beside `Resource` and `NotResource`.
    pub key: String,
    /// The values, as written, in order.
    pub values: Vec<String>,
    /// Whether variables stand in the values, and are read: in Version 2012-10-17 only.
    pub variables: bool,
}

impl Hinge {
    fn new(version: Version, operator: String, key: &str, mut values: Vec<String>) -> Self {
        values.sort_unstable();
        values.dedup();
        let variables = values.iter().any(|value| value.contains("${"));
        Self {
            operator,
            key: key.to_owned(),
            values,
            variables: variables && version == Version::V2012,
        }
    }

    /// What makes one another: keys are compared in any case.
    fn parts(&self) -> (&str, String, &[String], bool) {
        let key = self.key.to_lowercase();
        (&self.operator, key, &self.values, self.variables)
    }
}

impl PartialEq for Hinge {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Hinge {}

impl PartialOrd for Hinge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Hinge {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

/// What a statement says to a principal, the action aside.
pub(super) struct Said {
    index: usize,
    effect: Effect,
    standing: Standing,
    /// What it hangs on, where it is not known whether it applies.
    hinges: Vec<Hinge>,
}

impl Said {
    pub(super) fn read(policy: &CompiledPolicy, index: usize, scene: &Scene<'_>) -> Option<Self> {
        let statement = policy.statements().get(index)?;
        let standing = statement.standing(scene);
        let hinges = if standing.applies == Truth::Unknown {
            hinges(policy.policy(), index, statement, scene)
        } else {
            Vec::new()
        };
        Some(Self {
            index,
            effect: statement.effect,
            standing,
            hinges,
        })
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
        let allows = |by_account| {
            together(said.iter().filter(move |statement| {
                statement.effect == Effect::Allow && statement.standing.by_account == by_account
            }))
        };
        let (_, direct) = allows(false);
        let (left_to_account, by_account) = allows(true);
        let (_, deny) = together(said.iter().filter(|s| s.effect == Effect::Deny));
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
fn together<'a>(statements: impl Iterator<Item = &'a &'a Said>) -> (Truth, Vec<Vec<Hinge>>) {
    let mut applies = Truth::False;
    let mut alternatives = Vec::new();
    for statement in statements {
        applies = applies.or(statement.standing.applies);
        if statement.standing.applies == Truth::Unknown {
            alternatives.push(statement.hinges.clone());
        }
    }
    if applies == Truth::True {
        alternatives.clear();
    }
    (applies, weakest(alternatives))
}

/// What a statement hangs on: whatever of it is not known.
fn hinges(policy: &Policy, index: usize, read: &Statement, scene: &Scene<'_>) -> Vec<Hinge> {
    let Some(written) = policy.statements.get(index) else {
        return Vec::new();
    };
    let texts = |items: &[Located<String>]| items.iter().map(|item| item.value.clone()).collect();
    let conditions = (written.conditions.iter().zip(&read.conditions))
        .filter(|(_, read)| read.holds(scene) == Truth::Unknown)
        .map(|(written, _)| {
            let operator = written.operator.to_string();
            let values = texts(&written.values);
            Hinge::new(policy.version, operator, &written.key, values)
        });
    let resources = (written.resources.iter())
        .filter(|_| read.concerns_resource(scene) == Truth::Unknown)
        .map(|listed| {
            let not = if listed.excluded { "Not" } else { "" };
            let values = texts(&listed.items);
            Hinge::new(policy.version, format!("{not}Resource"), "", values)
        });
    let mut hinges: Vec<Hinge> = conditions.chain(resources).collect();
    hinges.sort_unstable();
    hinges.dedup();
    hinges
}

/// The alternatives in order, without those that ask for all that another asks for, and more.
fn weakest(mut alternatives: Vec<Vec<Hinge>>) -> Vec<Vec<Hinge>> {
    alternatives.sort_unstable();
    alternatives.dedup();
    let needless = |hinges: &Vec<Hinge>| {
        (alternatives.iter())
            .any(|fewer| fewer != hinges && fewer.iter().all(|hinge| hinges.contains(hinge)))
    };
    (alternatives.iter())
        .filter(|hinges| !needless(hinges))
        .cloned()
        .collect()
}
