//! A policy in the form that the rules use.

use super::LintOptions;
use crate::{
    actions::{ACTIONS, ActionSet, Concerns, find},
    document::{Condition, Effect, Listed, Named, Policy, PolicyKind, PrincipalElement, Statement},
    glob,
};

/// A policy, with what else is known.
pub(super) struct View<'a> {
    pub(super) policy: &'a Policy,
    pub(super) options: LintOptions,
    pub(super) statements: Vec<StatementView<'a>>,
}

/// A statement with derived data.
pub(super) struct StatementView<'a> {
    pub(super) index: usize,
    pub(super) offset: usize,
    pub(super) written: &'a Statement,
    /// The actions of the table that it covers.
    pub(super) actions: ActionSet,
}

impl<'a> View<'a> {
    pub(super) fn of(policy: &'a Policy, options: LintOptions) -> Self {
        let statements = (policy.statements.iter().enumerate())
            .map(|(index, statement)| StatementView {
                index,
                offset: statement.offset,
                written: statement,
                actions: covered(&statement.actions),
            })
            .collect();
        Self {
            policy,
            options,
            statements,
        }
    }

    /// The actions that a policy of this kind decides.
    pub(super) fn decided(&self) -> ActionSet {
        match self.policy.kind {
            PolicyKind::Repository => on_repositories(),
            PolicyKind::Registry | PolicyKind::Identity => set_of(|_| true),
        }
    }

    /// The statements of one effect.
    pub(super) fn with(&self, effect: Effect) -> impl Iterator<Item = &StatementView<'a>> {
        self.statements
            .iter()
            .filter(move |statement| statement.written.effect == effect)
    }
}

impl<'a> StatementView<'a> {
    /// What its principals name, if it lists the principals that it concerns.
    pub(super) fn named(&self) -> impl Iterator<Item = Named<'a>> {
        self.principals(false)
            .flat_map(|listed| &listed.items)
            .map(|item| item.named())
    }

    /// Its principals, if they are listed in that sense.
    fn principals(&self, excluded: bool) -> impl Iterator<Item = &'a Listed<PrincipalElement>> {
        (self.written.principals.iter())
            .map(|listed| &listed.value)
            .filter(move |listed| listed.excluded == excluded)
    }

    /// Whether it names everyone.
    pub(super) fn names_everyone(&self) -> bool {
        self.named().any(|named| named == Named::Everyone)
    }

    /// Whether it concerns every resource.
    pub(super) fn concerns_every_resource(&self) -> bool {
        (self.written.resources.as_ref()).is_none_or(|listed| {
            !listed.excluded && listed.items.iter().any(|item| item.as_str() == "*")
        })
    }

    /// Its conditions.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &'a Condition> {
        self.written
            .conditions
            .iter()
            .map(|condition| &condition.value)
    }
}

/// The actions that apply to a repository.
pub(super) fn on_repositories() -> ActionSet {
    set_of(|facts| facts.concerns == Concerns::Repository)
}

/// The actions of the table that a pattern matches.
pub(super) fn matched(pattern: &str) -> ActionSet {
    let pattern = glob::wildcards(&pattern.to_ascii_lowercase());
    set_of(|facts| glob::matches(&pattern, &facts.name.to_ascii_lowercase()))
}

/// The actions of the table that a list covers.
fn covered(listed: &Listed<String>) -> ActionSet {
    let named = (listed.items.iter()).fold(0, |set, item| set | matched(item));
    if listed.excluded {
        set_of(|_| true) & !named
    } else {
        named
    }
}

fn set_of(belongs: impl Fn(&crate::ActionFacts) -> bool) -> ActionSet {
    (ACTIONS.iter().enumerate()).fold(0, |set, (id, facts)| {
        set | ActionSet::from(belongs(facts)) << id
    })
}

/// The set of these actions. The names must be in lower case.
pub(super) fn named(names: &[&str]) -> ActionSet {
    let ids = names.iter().filter_map(|name| find(name));
    ids.fold(0, |set, id| set | 1 << id)
}

/// The names of the actions in a set.
pub(super) fn names(set: ActionSet) -> Vec<&'static str> {
    (ACTIONS.iter().enumerate())
        .filter(|(id, _)| set >> id & 1 == 1)
        .map(|(_, facts)| facts.name)
        .collect()
}
