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
    /// The operator. An element's name where that is not known to concern the request: `Resource` or
    /// `NotResource` for a variable in it, `Principal` or `NotPrincipal` for the session or the path of
    /// the principal.
    pub operator: String,
    /// The key, as written; empty beside the name of an element.
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
        let key = self.key.to_ascii_lowercase();
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
    /// What it hangs on, the principal aside, where it is not known whether it applies.
    hinges: Vec<Hinge>,
    /// Its principals, where it is not known whether these name who asks.
    principals: Option<Hinge>,
}

impl Said {
    pub(super) fn read(policy: &CompiledPolicy, index: usize, scene: &Scene<'_>) -> Option<Self> {
        let statement = policy.statements().get(index)?;
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
            said.hinges = hinges(policy.policy(), index, statement, scene);
            said.principals = is_open
                .then(|| principals(policy.policy(), index))
                .flatten();
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

/// The principals of a statement, as something that hangs on them.
fn principals(policy: &Policy, index: usize) -> Option<Hinge> {
    let listed = policy.statements.get(index)?.principals.as_ref()?;
    let not = if listed.excluded { "Not" } else { "" };
    let texts = listed.items.iter().map(|item| item.text.clone());
    let operator = format!("{not}Principal");
    Some(Hinge {
        variables: false,
        ..Hinge::new(policy.version, operator, "", texts.collect())
    })
}

/// What a statement hangs on, the principal aside: whatever of it is not known.
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
