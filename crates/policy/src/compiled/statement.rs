//! A compiled statement.

use super::{
    principals::{Concern, Principals},
    resources::Resources,
};
use crate::{
    actions::{ACTIONS, ActionId, ActionSet},
    condition::Condition,
    document::{self, Effect, Listed, Version},
    glob::{self, Atom},
    request::{ActionName, Scene, fold},
    truth::Truth,
};

/// A statement with its lists parsed.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) effect: Effect,
    /// None in identity policies.
    pub(super) principals: Option<Principals>,
    pub(crate) actions: Actions,
    resources: Option<Resources>,
    pub(crate) conditions: Box<[Condition]>,
}

/// What a statement contributes, regardless of the action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Whether it applies.
    pub(crate) applies: Truth,
    /// Whether it applies to the principal itself, or to everyone.
    pub(crate) direct: Truth,
    /// Whether it names the principal's account as a whole, and does not name the principal for certain.
    pub(crate) by_account: bool,
}

impl Statement {
    pub(super) fn read(written: &document::Statement, version: Version) -> Self {
        let of_identity = written.principals.is_none();
        Self {
            effect: written.effect,
            principals: written
                .principals
                .as_ref()
                .map(|listed| Principals::read(listed)),
            actions: Actions::read(&written.actions),
            resources: (written.resources.as_ref())
                .map(|listed| Resources::read(listed, version, of_identity)),
            conditions: (written.conditions.iter())
                .map(|condition| Condition::read(condition, version))
                .collect(),
        }
    }

    /// The condition keys that it uses, in lower case, including those of variables.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let of_resources = self.resources.iter().flat_map(Resources::keys);
        let of_conditions = |condition| {
            std::iter::once(Condition::key(condition)).chain(Condition::variables(condition))
        };
        of_resources.chain(self.conditions.iter().flat_map(of_conditions))
    }

    /// How far it concerns the principal of the request.
    pub(crate) fn concern(&self, scene: &Scene<'_>) -> Concern {
        let everyone = Concern {
            itself: Truth::True,
            account: false,
        };
        (self.principals.as_ref()).map_or(everyone, |principals| {
            principals.concern(scene.subject.principal(), self.effect)
        })
    }

    /// Whether it concerns the resource.
    pub(crate) fn concerns_resource(&self, scene: &Scene<'_>) -> Truth {
        (self.resources.as_ref()).map_or(Truth::True, |resources| resources.cover(scene))
    }

    /// What it contributes, regardless of the action.
    pub(crate) fn standing(&self, scene: &Scene<'_>) -> Standing {
        let concern = self.concern(scene);
        let named = concern.truth();
        let mut rest = named;
        if rest != Truth::False {
            rest = self.concerns_resource(scene);
        }
        if rest != Truth::False {
            let conditions = self
                .conditions
                .iter()
                .map(|condition| condition.holds(scene));
            rest = rest.and(Truth::all(conditions));
        }
        Standing {
            applies: named.and(rest),
            direct: concern.itself.and(rest),
            by_account: concern.account && concern.itself != Truth::True,
        }
    }
}

/// The actions of a statement.
#[derive(Debug, Clone)]
pub(crate) struct Actions {
    /// The actions of the table.
    known: ActionSet,
    /// Patterns for other actions, in lower case.
    patterns: Box<[Box<[Atom]>]>,
    excluded: bool,
}

impl Actions {
    pub(crate) fn read(listed: &Listed<String>) -> Self {
        let patterns: Box<[Box<[Atom]>]> = (listed.items.iter())
            .map(|pattern| glob::wildcards(&fold(pattern)).into())
            .collect();
        let mut known = 0;
        for (id, facts) in ACTIONS.iter().enumerate() {
            let name = fold(facts.name);
            let listed_here = patterns.iter().any(|pattern| glob::matches(pattern, &name));
            known |= ActionSet::from(listed_here != listed.excluded) << id;
        }
        Self {
            known,
            patterns,
            excluded: listed.excluded,
        }
    }

    pub(super) fn cover_known(&self, action: ActionId) -> bool {
        self.known >> action & 1 == 1
    }

    /// Whether these cover an action.
    pub(crate) fn cover(&self, action: &ActionName) -> bool {
        match action.id {
            Some(id) => self.cover_known(id),
            None => {
                let mut patterns = self.patterns.iter();
                patterns.any(|pattern| glob::matches(pattern, &action.folded)) != self.excluded
            }
        }
    }
}
