//! What two policies together say, remembered while both stay as they are.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use model::{Action, Principal, policy::Outcome};
use policy::{Decision, Effect, Policy, Question, Source, evaluate};

use super::{Document, PolicyDigest, Reading, RegistryReading};
use crate::{Identity, inventory::Entry, port::PolicyScope};

type Decisions = HashMap<Principal, [Option<Decision>; Action::ALL.len()]>;

/// A repository's policy and its registry's, and every decision they have led to so far.
#[derive(Debug)]
pub(crate) struct Ruling {
    own: Arc<Document>,
    registry: Arc<Document>,
    /// The part of the registry's policy that concerns what Gantry asks about.
    in_scope: Policy,
    digest: PolicyDigest,
    /// Decisions, apart for teams whose identity side is asserted and for others.
    decided: [RwLock<Decisions>; 2],
}

impl Ruling {
    /// Puts two readings together; none where one of them is missing or cannot be understood.
    pub(crate) fn of(own: &Reading, registry: &RegistryReading) -> Option<Self> {
        let (own, registry_document) = (own.document.clone()?, registry.document.clone()?);
        own.parsed().ok()?;
        let statements = registry_document.parsed().ok()?.statements.iter();
        let statements = match registry.scope {
            PolicyScope::Every => statements.cloned().collect(),
            PolicyScope::Replication => Vec::new(),
            PolicyScope::Unknown => statements
                .filter(|statement| statement.effect == Effect::Deny)
                .cloned()
                .collect(),
        };
        let digest = PolicyDigest::of(Some(&own), Some(&registry_document));
        let decided = Default::default();
        Some(Self {
            own,
            registry: registry_document,
            in_scope: Policy { statements },
            digest,
            decided,
        })
    }

    /// Whether this still is what the readings say.
    pub(crate) fn is_of(&self, own: &Reading, registry: &RegistryReading) -> bool {
        let same = |known: &Arc<Document>, read: &Option<Arc<Document>>| {
            read.as_ref().is_some_and(|read| Arc::ptr_eq(known, read))
        };
        same(&self.own, &own.document) && same(&self.registry, &registry.document)
    }

    pub(super) fn digest(&self) -> PolicyDigest {
        self.digest
    }

    pub(super) fn decide(
        &self,
        principal: &Principal,
        identity: Identity,
        action: Action,
        entry: &Entry,
    ) -> Decision {
        let decided = &self.decided[usize::from(identity == Identity::Assumed)];
        let slot = action as usize;
        let known = decided.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(decision) = known.get(principal).and_then(|slots| slots[slot]) {
            return decision;
        }
        drop(known);
        let decision = self.evaluate(principal, identity, action, &entry.facts().arn);
        let mut decided = decided.write().unwrap_or_else(PoisonError::into_inner);
        decided
            .entry(principal.clone())
            .or_insert([None; Action::ALL.len()])[slot] = Some(decision);
        decision
    }

    fn evaluate(
        &self,
        principal: &Principal,
        identity: Identity,
        action: Action,
        arn: &str,
    ) -> Decision {
        let Ok(own) = self.own.parsed() else {
            return Decision {
                outcome: Outcome::NotGranted,
                statement: None,
            };
        };
        let identity = match identity {
            Identity::None => policy::Identity::Unknown,
            Identity::Assumed => policy::Identity::Assumed,
        };
        let question = Question {
            principal,
            action: action.as_str(),
            resource: arn,
            identity,
        };
        evaluate(
            [
                (Source::Repository, own),
                (Source::Registry, &self.in_scope),
            ],
            question,
        )
    }

    /// What people call the deciding statement. One of the registry's policy is not named: reading
    /// that policy takes a permission of its own.
    pub(super) fn label(&self, decision: Decision) -> Option<String> {
        let (Source::Repository, index) = decision.statement? else {
            return None;
        };
        self.own
            .parsed()
            .ok()?
            .statements
            .get(index)
            .map(|statement| statement.label(index))
    }
}
