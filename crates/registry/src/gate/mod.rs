//! The gate: nothing of a registry reaches a viewer, and nothing in it is changed for one, but by a
//! [`Grant`] that is minted here.
//!
//! It evaluates the repository's policy and the registry's for each of the viewer's principals, and
//! fails closed: a policy that is too old, could not be read or cannot be understood grants nothing.

pub mod acts;
mod document;
mod grant;
mod ruling;

use std::time::{Duration, Instant};

use acts::Act;
pub(crate) use document::{Document, Reading, RegistryReading};
pub use grant::{Denial, Grant, PolicyDigest};
use model::{Action, Principal, Through, policy::Cell};
use policy::Decision;
pub(crate) use ruling::Ruling;

use crate::{Identity, Viewer, inventory::Entry};

/// How the operator wants access decided (`[access]` in the configuration).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessSettings {
    /// The oldest reading of a policy that may still grant.
    pub policy_max_age: Duration,
    /// Whether `ecr:BatchGetImage` stands for `ecr:DescribeImages`: for registries whose policies
    /// grant pulling and nothing else.
    pub pull_sees_images: bool,
}

impl Default for AccessSettings {
    fn default() -> Self {
        Self {
            policy_max_age: Duration::from_secs(300),
            pull_sees_images: false,
        }
    }
}

/// Decides who gets a [`Grant`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gate {
    settings: AccessSettings,
}

impl Gate {
    /// A gate by the operator's settings.
    pub(crate) fn new(settings: AccessSettings) -> Self {
        Self { settings }
    }

    /// Asks for one action for any of the viewer's principals, in the order of the configuration.
    ///
    /// # Errors
    /// When none of them is granted it: with the statement that weighs most against the asker.
    pub(crate) fn ask<A: Act>(&self, viewer: &Viewer, entry: &Entry) -> Result<Grant<A>, Denial> {
        self.first(viewer, entry, &[A::ACTION])
            .map(|(through, digest)| Grant::mint(through, entry, digest))
    }

    /// Asks for two actions that make one act: both for one and the same principal.
    ///
    /// # Errors
    /// When no principal is granted both, even if each is granted to some principal.
    pub(crate) fn ask_both<A: Act, B: Act>(
        &self,
        viewer: &Viewer,
        entry: &Entry,
    ) -> Result<(Grant<A>, Grant<B>), Denial> {
        let (through, digest) = self.first(viewer, entry, &[A::ACTION, B::ACTION])?;
        Ok((
            Grant::mint(through.clone(), entry, digest),
            Grant::mint(through, entry, digest),
        ))
    }

    /// Asks to read the policy: by a grant of a principal's, or for an administrator's review.
    ///
    /// # Errors
    /// When neither is so.
    pub(crate) fn ask_policy(
        &self,
        viewer: &Viewer,
        entry: &Entry,
    ) -> Result<Grant<acts::GetRepositoryPolicy>, Denial> {
        self.ask(viewer, entry).or_else(|denial| {
            let digest = PolicyDigest::of(entry.reading().document.as_deref(), None);
            if viewer.admin {
                Ok(Grant::mint(Through::Review, entry, digest))
            } else {
                Err(denial)
            }
        })
    }

    /// What the policies say about every action of a principal's, for pages that list it.
    pub(crate) fn cells(
        &self,
        principal: &Principal,
        identity: Identity,
        entry: &Entry,
        may_read: bool,
    ) -> Vec<Cell> {
        let ruling = self.in_force(entry);
        let cell = |action: &Action| {
            let decision = ruling
                .as_ref()
                .map(|ruling| ruling.decide(principal, identity, *action, entry));
            let label = |ruling: &Ruling| decision.and_then(|decision| ruling.label(decision));
            Cell {
                action: *action,
                outcome: decision.map_or(model::policy::Outcome::NotGranted, |decision| {
                    decision.outcome
                }),
                statement: ruling.as_deref().filter(|_| may_read).and_then(label),
            }
        };
        Action::ALL.iter().map(cell).collect()
    }

    /// When the policies that decide on a repository grow too old, unless they are read again; none
    /// when they grant nothing as it is.
    pub(crate) fn lapses(&self, entry: &Entry) -> Option<Instant> {
        self.in_force(entry)?;
        let read = entry.reading().read.min(entry.registry_reading().read);
        Some(read + self.settings.policy_max_age)
    }

    /// The first of the viewer's principals that is granted all of the actions.
    fn first(
        &self,
        viewer: &Viewer,
        entry: &Entry,
        actions: &[Action],
    ) -> Result<(Through, PolicyDigest), Denial> {
        let Some(ruling) = self.in_force(entry) else {
            return Err(Denial::unreadable(actions));
        };
        let mut denial = None;
        for team in &viewer.teams {
            for principal in &team.principals {
                let missing = actions.iter().find_map(|action| {
                    let decision = self.decide(&ruling, principal, team.identity, *action, entry);
                    (decision.outcome != model::policy::Outcome::Granted)
                        .then_some((*action, decision))
                });
                let Some((action, decision)) = missing else {
                    let through = Through::Team {
                        team: team.name.clone(),
                        principal: principal.clone(),
                    };
                    return Ok((through, ruling.digest()));
                };
                denial.get_or_insert_with(|| Denial::by(action, ruling.label(decision)));
            }
        }
        Err(denial.unwrap_or_else(|| Denial::unreadable(actions)))
    }

    fn decide(
        &self,
        ruling: &Ruling,
        principal: &Principal,
        identity: Identity,
        action: Action,
        entry: &Entry,
    ) -> Decision {
        let decision = ruling.decide(principal, identity, action, entry);
        let may_stand_in = self.settings.pull_sees_images
            && action == Action::DescribeImages
            // A deny of DescribeImages means what it says.
            && decision.outcome != model::policy::Outcome::Denied
            && decision.outcome != model::policy::Outcome::Granted;
        if may_stand_in {
            ruling.decide(principal, identity, Action::BatchGetImage, entry)
        } else {
            decision
        }
    }

    /// The policies that decide now; none when one of them is too old or was never understood.
    fn in_force(&self, entry: &Entry) -> Option<std::sync::Arc<Ruling>> {
        let now = Instant::now();
        let fresh =
            |read: Instant| now.saturating_duration_since(read) <= self.settings.policy_max_age;
        let (own, registry) = (entry.reading(), entry.registry_reading());
        let readable =
            own.document.as_ref()?.is_understood() && registry.document.as_ref()?.is_understood();
        (readable && fresh(own.read) && fresh(registry.read))
            .then(|| entry.ruling(&own, &registry))
            .flatten()
    }
}
