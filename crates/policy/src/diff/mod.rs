//! What changes between two policies, for each principal.
//!
//! The texts are not compared. Both policies are evaluated for each principal that either of them names, and for
//! stand-ins for all others, with every action and nothing else known. If a decision depends on conditions, these are
//! part of it, so a different condition is a different decision. A different spelling of the same condition is not.

mod access;
mod depends_on;
mod probes;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use crate::{
    actions::{ACTIONS, Concerns},
    compiled::CompiledPolicy,
    document::{Policy, PolicyKind},
    request::{ActionName, Context, Mode, Scene},
};

pub use access::Access;
use access::{Said, Side};
pub use depends_on::DependsOn;
pub use probes::Audience;

/// A change for a principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The principals it affects.
    pub principal: Audience,
    /// The resources it affects: a pattern of one of the policies, as written. None for any other repository, which
    /// is always the case between two policies of a repository.
    pub resource: Option<String>,
    /// The actions it affects, in alphabetical order.
    pub actions: Vec<&'static str>,
    /// Whether these are all actions that the policies decide: for a repository policy the actions on a repository,
    /// otherwise those of Amazon ECR.
    pub every_action: bool,
    /// The other actions that the policies decide, which do not have this change.
    pub other_actions: Vec<&'static str>,
    /// The old policy's decision.
    pub before: Access,
    /// The new policy's decision.
    pub after: Access,
}

/// What changes between two policies of one kind, and for whom. If a repository has no policy, use [`Policy::empty`]
/// for that side.
///
/// Identity policies are not considered, as with [`Identity::Unseen`](crate::Identity::Unseen): what a policy grants
/// to an account as a whole is left to that account.
///
/// ```
/// use policy::{Outcome, Policy, PolicyKind, diff};
/// let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
///     "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"}, "Action": "ecr:PutImage"}}"#;
/// let new = Policy::parse(text, PolicyKind::Repository)?;
/// let changes = diff(&Policy::empty(PolicyKind::Repository), &new);
/// assert_eq!(changes[0].actions, ["ecr:PutImage"]);
/// assert_eq!(changes[0].before.outcome, Outcome::ImplicitDeny);
/// assert_eq!(changes[0].after.outcome, Outcome::Allowed);
/// # Ok::<(), policy::ParseError>(())
/// ```
pub fn diff(old: &Policy, new: &Policy) -> Vec<Change> {
    let actions = decided_by(old.kind, new.kind);
    let policies = [old, new].map(|policy| {
        let compiled = CompiledPolicy::new(Arc::new(policy.clone()));
        Side::new(compiled)
    });
    let alike = alike(&policies, &actions);
    let resources = probes::resources(old, new);
    let context = Context::default();
    let mut changes = Vec::new();
    for (principal, subject) in probes::subjects(old, new) {
        for (pattern, resource) in &resources {
            let scene = Scene {
                subject: &subject,
                resource,
                context: &context,
                mode: Mode::ThreeValued,
            };
            let change = |((before, after), names): ((Access, Access), Vec<_>)| Change {
                principal: principal.clone(),
                resource: pattern.clone(),
                every_action: names.len() == actions.len(),
                other_actions: (actions.iter().copied())
                    .filter(|action| !names.contains(action))
                    .collect(),
                actions: names,
                before,
                after,
            };
            changes.extend(differing(&policies, &alike, &scene).into_iter().map(change));
        }
    }
    changes
}

/// Actions that the same statements cover, so that they have the same decisions.
struct Alike {
    names: Vec<&'static str>,
    /// The places of the covering statements in each of the policies.
    covering: [Vec<usize>; 2],
}

/// The actions that policies of a kind decide.
fn decided_by(old: PolicyKind, new: PolicyKind) -> Vec<&'static str> {
    let of_repository = [old, new] == [PolicyKind::Repository; 2];
    (ACTIONS.iter())
        .filter(|facts| !of_repository || facts.concerns == Concerns::Repository)
        .map(|facts| facts.name)
        .collect()
}

fn alike(policies: &[Side; 2], actions: &[&'static str]) -> Vec<Alike> {
    let mut groups: BTreeMap<[Vec<usize>; 2], Vec<&'static str>> = BTreeMap::new();
    for name in actions {
        let action = ActionName::new(name);
        let covering = policies.each_ref().map(|side| {
            let statements = side.policy.statements().iter().enumerate();
            let covering = statements.filter(|(_, statement)| statement.actions.cover(&action));
            covering.map(|(index, _)| index).collect()
        });
        groups.entry(covering).or_default().push(name);
    }
    (groups.into_iter())
        .map(|(covering, names)| Alike { names, covering })
        .collect()
}

/// The decisions that differ for a principal, each with its actions.
fn differing(
    policies: &[Side; 2],
    alike: &[Alike],
    scene: &Scene<'_>,
) -> Vec<((Access, Access), Vec<&'static str>)> {
    let said = policies.each_ref().map(|side| {
        (0..side.policy.statements().len())
            .filter_map(|index| Said::read(side, index, scene))
            .collect::<Vec<_>>()
    });
    let access = |side: usize, alike: &Alike| {
        let covering = alike.covering[side].iter();
        let said: Vec<&Said> = covering
            .filter_map(|index| said[side].get(*index))
            .collect();
        Access::of(&said, scene)
    };
    let mut found: BTreeMap<(Access, Access), Vec<&'static str>> = BTreeMap::new();
    for alike in alike {
        let answers = (access(0, alike), access(1, alike));
        if answers.0 != answers.1 {
            found.entry(answers).or_default().extend(&alike.names);
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    for (_, names) in &mut found {
        names.sort_unstable_by_key(|name| name.to_ascii_lowercase());
    }
    found.sort_by_key(|(_, names)| names.first().map(|name| name.to_ascii_lowercase()));
    found
}
