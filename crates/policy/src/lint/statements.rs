//! Statements in combination, and the policy as a whole.
//!
//! Source: "IAM JSON policy elements" and "Policy evaluation logic" in the IAM User Guide; SetRepositoryPolicy and
//! PutRegistryPolicy in the Amazon ECR API Reference.

use std::collections::HashMap;

use super::{
    Finding, Report, StatementLabel,
    cover::applies_with,
    rules::remarks,
    statement_label,
    view::{StatementView, View, matched},
};
use crate::{
    actions::ActionSet,
    arn::Account,
    document::{Effect, Policy, PolicyKind},
};

/// The maximum number of characters of a repository or registry policy.
///
/// Source: the length constraint of `policyText` in SetRepositoryPolicy and PutRegistryPolicy.
pub(super) const SIZE_LIMIT: usize = 10_240;

remarks! {
    /// Statements in combination, and the policy as a whole.
    pub enum StatementRemark {
        /// A statement that another statement of the same effect covers completely.
        "unreachable", Warning: Unreachable {
            /// The other statement.
            by: StatementLabel,
            /// What both of them do.
            effect: Effect,
        },
        /// What is allowed here is denied elsewhere, whenever this statement applies.
        "shadowed", Warning: Shadowed {
            /// The statements that deny it.
            by: Vec<StatementLabel>,
            /// The actions, as written here; for `NotAction`, what it excludes.
            actions: Vec<String>,
            /// Whether the statement has no effect left.
            wholly: bool,
        },
        /// `Resource` in a repository's policy, which is about that repository only.
        "resource-in-repository-policy", Error: ResourceInRepositoryPolicy {},
        /// No `Resource` in a registry's policy, which needs one.
        "registry-without-resource", Error: RegistryWithoutResource {},
        /// A Sid that an earlier statement has.
        "duplicate-sid", Error: DuplicateSid {
            /// The Sid.
            sid: String,
            /// The place of the earlier statement, from 0.
            first: usize,
        },
        /// Everyone in the owner's account is denied both setting and deleting the policy, whatever else a request has.
        "locks-out", Error: LocksOut {
            /// The statements that deny it.
            by: Vec<StatementLabel>,
            /// The account whose principals are denied. None if those of every account are.
            account: Option<Account>,
            /// The account that owns the policy, if it is known.
            owner: Option<Account>,
        },
        /// The text is near the size limit of Amazon ECR, or above it.
        "size", Warning: Size {
            /// The length of the text, in characters.
            characters: usize,
            /// The maximum length.
            limit: usize,
        },
    }
}

pub(super) fn check_size(view: &View<'_>, report: &mut Report<'_>) {
    if let Some(remark) = size(view) {
        report.add(None, 0, Finding::Statement(remark));
    }
}

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    let mut sids = HashMap::new();
    for statement in &view.statements {
        let mut add = |offset: usize, remark| {
            report.add(Some(statement.index), offset, Finding::Statement(remark));
        };
        if let (Some(sid), Some(at)) = (statement.written.sid(), &statement.written.sid) {
            let first = *sids.entry(sid).or_insert(statement.index);
            if first != statement.index {
                let sid = sid.to_owned();
                add(at.offset, StatementRemark::DuplicateSid { sid, first });
            }
        }
        if let Some((offset, remark)) = resources(view, statement) {
            add(offset, remark);
        }
        if let Some(remark) = unreachable(view, statement).or_else(|| shadowed(view, statement)) {
            add(statement.offset, remark);
        }
    }
}

/// Whether a policy is far larger than any service accepts.
pub(super) fn is_beyond_reason(policy: &Policy) -> bool {
    policy.text().len() > SIZE_LIMIT * 10
}

fn size(view: &View<'_>) -> Option<StatementRemark> {
    let characters = view.policy.text().chars().count();
    let is_large = match view.policy.kind {
        PolicyKind::Repository | PolicyKind::Registry => characters * 10 >= SIZE_LIMIT * 8,
        // IAM does not count white space, and the limit depends on what the policy is attached to.
        PolicyKind::Identity => is_beyond_reason(view.policy),
    };
    is_large.then_some(StatementRemark::Size {
        characters,
        limit: SIZE_LIMIT,
    })
}

fn resources(view: &View<'_>, statement: &StatementView<'_>) -> Option<(usize, StatementRemark)> {
    match (view.policy.kind, &statement.written.resources) {
        (PolicyKind::Repository, Some(listed)) => Some((
            listed.offset,
            StatementRemark::ResourceInRepositoryPolicy {},
        )),
        (PolicyKind::Registry, None) => Some((
            statement.offset,
            StatementRemark::RegistryWithoutResource {},
        )),
        _ => None,
    }
}

/// Whether another statement covers a statement completely. If two cover each other, the later one is redundant.
fn unreachable(view: &View<'_>, statement: &StatementView<'_>) -> Option<StatementRemark> {
    let says_all = |outer: &StatementView<'_>, inner: &StatementView<'_>| {
        inner.actions & !outer.actions == 0 && applies_with(outer, inner)
    };
    let effect = statement.written.effect;
    let covering = view.with(effect).find(|other| {
        other.index != statement.index
            && statement.actions != 0
            && says_all(other, statement)
            && (other.index < statement.index || !says_all(statement, other))
    })?;
    Some(StatementRemark::Unreachable {
        by: statement_label(view.policy, covering.index),
        effect,
    })
}

fn shadowed(view: &View<'_>, statement: &StatementView<'_>) -> Option<StatementRemark> {
    if statement.written.effect == Effect::Deny || statement.actions == 0 {
        return None;
    }
    let denying: Vec<_> = (view.with(Effect::Deny))
        .filter(|deny| deny.actions & statement.actions != 0 && applies_with(deny, statement))
        .collect();
    let denied = denying.iter().fold(0, |set, deny| set | deny.actions);
    let within = |set: ActionSet| set != 0 && set & !denied == 0;
    let wholly = within(statement.actions);
    let listed = &statement.written.actions;
    let actions: Vec<String> = (listed.items.iter())
        .filter(|item| wholly || !listed.excluded && within(matched(item)))
        .map(|item| item.value.clone())
        .collect();
    (wholly || !actions.is_empty()).then(|| StatementRemark::Shadowed {
        by: (denying.iter())
            .map(|deny| statement_label(view.policy, deny.index))
            .collect(),
        actions,
        wholly,
    })
}
