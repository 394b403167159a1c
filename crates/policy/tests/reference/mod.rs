//! An evaluator to check the crate against: simple, slow, and written only from the documentation.
//!
//! It uses policies from the crate's parser and shares nothing else with the crate except the names of outcomes and
//! truth values. Each file follows the pages that it links to.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

mod condition;
mod keys;
mod principal;
mod resource;
mod text;
mod value;

use policy::{Effect, Mode, Outcome, Policy, Statement, Truth};

use self::{
    keys::RequestKeys,
    principal::{Concern, Who},
};
use crate::asked::{IdentitySide, Question, Rules};

/// The reference's answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub outcome: Outcome,
    pub delegated: bool,
    /// Whether each statement applies: the repository's, the registry's, the identity side's.
    pub applies: Vec<Truth>,
}

/// The combined result of each kind of statement: the maximum of their truth values.
struct Sums {
    deny: Truth,
    /// What resource policies allow to the principal itself, or to everyone.
    resource: Truth,
    /// What resource policies delegate to the principal's account.
    account: Truth,
    identity: Truth,
}

/// Decides a request.
pub fn decide(rules: &Rules, question: &Question, mode: Mode) -> Answer {
    let keys = RequestKeys::of(question, mode);
    let who = Who::of(question);
    let mut sums = Sums {
        deny: Truth::False,
        resource: Truth::False,
        account: Truth::False,
        identity: Truth::False,
    };
    let mut applies = Vec::new();
    for policy in rules.repository.iter().chain(&rules.registry) {
        for statement in &policy.statements {
            let concern = principal::concern(statement, &who);
            let rest = without_principal(policy, statement, question, &keys);
            let (direct, delegated) = (concern.direct.min(rest), concern.by_account.min(rest));
            applies.push(direct.max(delegated));
            if statement.effect == Effect::Deny {
                sums.deny = sums.deny.max(direct).max(delegated);
            } else {
                sums.resource = sums.resource.max(direct);
                sums.account = sums.account.max(delegated);
            }
        }
    }
    if let IdentitySide::Known(policies) = &rules.identity {
        for policy in policies {
            for statement in &policy.statements {
                let truth = without_principal(policy, statement, question, &keys);
                applies.push(truth);
                match statement.effect {
                    Effect::Deny => sums.deny = sums.deny.max(truth),
                    Effect::Allow => sums.identity = sums.identity.max(truth),
                }
            }
        }
    }
    let (outcome, delegated) = add_up(&sums, &rules.identity, &who, question);
    Answer {
        outcome,
        delegated,
        applies,
    }
}

/// Whether a statement's action, resource and conditions apply.
fn without_principal(
    policy: &Policy,
    statement: &Statement,
    question: &Question,
    keys: &RequestKeys,
) -> Truth {
    let mut truth = action(statement, &question.action);
    truth = truth.min(resource::concerns(
        policy,
        statement,
        &question.resource,
        keys,
    ));
    for condition in &statement.conditions {
        truth = truth.min(condition::holds(condition, policy.version, keys));
    }
    truth
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
fn action(statement: &Statement, asked: &str) -> Truth {
    let listed = statement.actions.items.iter().any(|pattern| {
        let pattern = text::with_wildcards(&pattern.to_ascii_lowercase());
        text::matches(&pattern, &asked.to_ascii_lowercase())
    });
    truth(listed != statement.actions.excluded)
}

/// Within an account either side can allow, across accounts both must, and a deny always decides.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
fn add_up(sums: &Sums, side: &IdentitySide, who: &Who, question: &Question) -> (Outcome, bool) {
    let opened = sums.resource.max(sums.account);
    let same_account = who.account.is_some() && who.account == question.owner();
    let allow = if who.account.is_none() {
        // Services and identity providers have no identity policies.
        sums.resource
    } else {
        // The root user has full access to its own account.
        let own = if who.is_root() {
            Truth::True
        } else {
            sums.identity
        };
        match side {
            IdentitySide::Unseen => sums.resource,
            IdentitySide::Assumed => opened,
            IdentitySide::Known(_) if same_account => sums.resource.max(own),
            IdentitySide::Known(_) => opened.min(own),
        }
    };
    let outcome = match (sums.deny, allow) {
        (Truth::True, _) => Outcome::ExplicitDeny,
        (_, Truth::False) => Outcome::ImplicitDeny,
        (Truth::False, Truth::True) => Outcome::Allowed,
        _ => Outcome::Conditional,
    };
    let withheld = outcome == Outcome::ImplicitDeny && sums.deny == Truth::False;
    (outcome, withheld && opened == Truth::True)
}

fn truth(holds: bool) -> Truth {
    if holds { Truth::True } else { Truth::False }
}

fn not(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::Unknown => Truth::Unknown,
        Truth::False => Truth::True,
    }
}

impl Question {
    /// The account that owns the resource.
    fn owner(&self) -> Option<String> {
        let from_arn = || self.resource.split(':').nth(4).map(str::to_owned);
        self.resource_account.clone().or_else(from_arn)
    }
}

impl Concern {
    const NOBODY: Self = Self {
        direct: Truth::False,
        by_account: Truth::False,
    };
}

/// Whether the value of a key in a request is not known.
pub fn is_unknown(question: &Question, key: &str) -> bool {
    let keys = RequestKeys::of(question, Mode::ThreeValued);
    matches!(keys.find(key), keys::Found::Unknown)
}

/// Whether a condition compares a value that is not of its operator's type, or a text contains a variable in an
/// undocumented form.
pub fn has_unreadable_value(rules: &Rules, question: &Question) -> bool {
    let request = RequestKeys::of(question, Mode::Strict);
    let known = match &rules.identity {
        IdentitySide::Known(policies) => policies.as_slice(),
        IdentitySide::Unseen | IdentitySide::Assumed => &[],
    };
    let policies = rules.repository.iter().chain(&rules.registry).chain(known);
    let mut statements = policies.flat_map(|policy| &policy.statements);
    statements.any(|statement| {
        let mut conditions = statement.conditions.iter();
        let mut resources = statement.resources.iter().flat_map(|listed| &listed.items);
        let in_identity = statement.principals.is_none();
        conditions.any(|condition| condition::has_unreadable_value(condition, &request))
            || resources.any(|arn| resource::is_unusual(arn, in_identity))
    })
}
