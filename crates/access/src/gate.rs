//! The gate: nothing of a registry reaches a viewer, and nothing in it is changed for one, but by a
//! [`Grant`] that is minted here.
//!
//! It evaluates the repository's policy and the registry's for each of the viewer's principals, and
//! fails closed: a policy that is too old, could not be read or cannot be understood grants nothing.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use model::{
    Action, Problem, Through,
    policy::{Cell, Outcome},
};
use policy::{Context, Explanation};

use crate::{
    Actor, Denial, Grant, ListGrant, RowGrants, Team, Viewer,
    acts::{self, Act},
    policies::{PolicyDigest, RepositoryPolicies, Ruling, Verdict},
};

/// How long a decision is remembered that hangs on the time.
const TIME_DEPENDENT_TTL: Duration = Duration::from_secs(1);

/// How the operator wants access decided (`[access]` in the configuration).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessSettings {
    /// The oldest reading of a policy that may still grant.
    pub policy_max_age: Duration,
    /// Whether `ecr:BatchGetImage` stands for `ecr:DescribeImages`: for registries whose policies
    /// grant pulling and nothing else.
    pub pull_sees_images: bool,
    /// Condition keys that the operator answers for, such as `aws:SourceVpce`: what the principals'
    /// own requests would have, which Gantry does not see.
    pub context: Context,
}

impl Default for AccessSettings {
    fn default() -> Self {
        Self {
            policy_max_age: Duration::from_secs(300),
            pull_sees_images: false,
            context: Context::default(),
        }
    }
}

/// What the policies open to a team of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// No action is granted.
    Nothing,
    /// Some action is granted, and none that shows the repository.
    Action,
    /// The repository's page: images, tags or the policy.
    Page,
}

/// The actions that show a repository's images or tags.
pub const SHOW_IMAGES: [Action; 2] = [Action::DescribeImages, Action::ListImages];

/// The actions that show a repository's page.
pub const SHOW_PAGE: [Action; 3] = [
    Action::DescribeImages,
    Action::ListImages,
    Action::GetRepositoryPolicy,
];

/// What is known of every request to ECR, whoever makes it: ECR is reached by HTTPS only.
pub fn every_request() -> Context {
    let mut context = Context::default();
    context.set("aws:SecureTransport", ["true"]);
    context
}

/// Decides who gets a [`Grant`].
#[derive(Debug)]
pub struct Gate {
    settings: AccessSettings,
    /// Whether an identity policy of the configuration asks for the time.
    identities_ask_for_time: bool,
}

impl Gate {
    /// A gate by the operator's settings.
    pub fn new(mut settings: AccessSettings, identities_ask_for_time: bool) -> Self {
        // ECR is reached by HTTPS only.
        settings.context.set("aws:SecureTransport", ["true"]);
        Self {
            settings,
            identities_ask_for_time,
        }
    }

    /// Asks for one action for any of the viewer's principals, in the order of the configuration.
    ///
    /// # Errors
    /// When none of them is granted it: with the statement that weighs most against the asker.
    pub fn ask<A: Act>(
        &self,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
    ) -> Result<Grant<A>, Denial> {
        self.first(viewer, repository, &[A::ACTION])
            .map(|(through, digest)| Grant::mint(through, repository, digest))
    }

    /// Asks for two actions that make one act: both for one and the same principal.
    ///
    /// # Errors
    /// When no principal is granted both, even if each is granted to some principal.
    pub fn ask_both<A: Act, B: Act>(
        &self,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
    ) -> Result<(Grant<A>, Grant<B>), Denial> {
        let (through, digest) = self.first(viewer, repository, &[A::ACTION, B::ACTION])?;
        Ok((
            Grant::mint(through.clone(), repository, digest),
            Grant::mint(through, repository, digest),
        ))
    }

    /// Asks to see a repository's images: all that is known of them, or else their tags and digests.
    ///
    /// # Errors
    /// When neither is granted to any of the viewer's principals.
    pub fn ask_list(
        &self,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
    ) -> Result<ListGrant, Denial> {
        let images = self.ask(viewer, repository).map(ListGrant::Images);
        images.or_else(|denial| {
            let tags = self.ask(viewer, repository).map(ListGrant::Tags);
            tags.map_err(|_| denial)
        })
    }

    /// Asks for everything that rows of a repository's images may show.
    ///
    /// # Errors
    /// As [`Self::ask_list`].
    pub fn ask_rows(
        &self,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
    ) -> Result<RowGrants, Denial> {
        Ok(RowGrants {
            list: self.ask_list(viewer, repository)?,
            manifests: self.ask(viewer, repository).ok(),
            settings: self.ask(viewer, repository).ok(),
        })
    }

    /// Asks to read the policy: by a grant of a principal's, or for an administrator's review.
    ///
    /// # Errors
    /// When neither is so.
    pub fn ask_policy(
        &self,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
    ) -> Result<Grant<acts::GetRepositoryPolicy>, Denial> {
        self.ask(viewer, repository).or_else(|denial| {
            if !viewer.admin {
                return Err(denial);
            }
            let reading = repository.reading();
            let own = reading.policy.as_ref().map(|policy| &*policy.document);
            let digest = PolicyDigest::of(own, None);
            Ok(Grant::mint(Through::Review, repository, digest))
        })
    }

    /// What people call the statement that a grant rests on: for the audit log, which administrators
    /// read. None where it stands in another policy than the repository's.
    pub fn statement<A: Act>(
        &self,
        grant: &Grant<A>,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
    ) -> Option<String> {
        let ruling = self.in_force(repository)?;
        let mut actors = viewer.actors();
        let (team, actor) = actors.find(|(team, actor)| team.through(actor) == *grant.through())?;
        ruling.label(self.decide(&ruling, team, actor, A::ACTION))
    }

    /// What the policies say about every action of a principal's, for pages that list it. Whoever may
    /// not read the policy learns each decision, and no statement or principal of it.
    pub fn cells(
        &self,
        team: &Team,
        actor: &Actor,
        repository: &RepositoryPolicies,
        may_read: bool,
    ) -> Vec<Cell> {
        let ruling = self.in_force(repository);
        let cell = |action: &Action| {
            let Some(ruling) = &ruling else {
                return Cell {
                    action: *action,
                    outcome: Outcome::NotGranted,
                    statement: None,
                };
            };
            let verdict = ruling.decide(actor, &team.identity, *action, &self.settings.context);
            Cell {
                action: *action,
                outcome: match verdict.outcome {
                    // It would tell whom a statement names.
                    Outcome::Delegated if !may_read => Outcome::NotGranted,
                    outcome => outcome,
                },
                statement: may_read.then(|| ruling.label(verdict)).flatten(),
            }
        };
        Action::ALL.iter().map(cell).collect()
    }

    /// Explains what the policies say about an action of a principal's, to somebody who may read the
    /// repository's. None where the policies are too old or cannot be understood.
    pub fn explain(
        &self,
        _: &Grant<acts::GetRepositoryPolicy>,
        team: &Team,
        actor: &Actor,
        action: Action,
        repository: &RepositoryPolicies,
    ) -> Option<Explanation> {
        let ruling = self.in_force(repository)?;
        Some(ruling.explain(actor, &team.identity, action, &self.settings.context))
    }

    /// When what was decided on a repository may no longer hold, unless its policies are read again:
    /// they grow too old, or what they say hangs on the time. None when they grant nothing as it is.
    pub fn lapses(&self, repository: &RepositoryPolicies) -> Option<Instant> {
        let ruling = self.in_force(repository)?;
        let read = repository
            .reading()
            .read
            .min(repository.registry_reading().read);
        // An age beyond the clock's end is none.
        let too_old = read
            .checked_add(self.settings.policy_max_age)
            .unwrap_or(read);
        Some(if self.asks_for_time(&ruling) {
            too_old.min(Instant::now() + TIME_DEPENDENT_TTL)
        } else {
            too_old
        })
    }

    /// The first of the viewer's principals that is granted all of the actions.
    fn first(
        &self,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
        actions: &[Action],
    ) -> Result<(Through, PolicyDigest), Denial> {
        let Some(ruling) = self.in_force(repository) else {
            return Err(Denial::unreadable(actions));
        };
        let mut denial = None;
        for (team, actor) in viewer.actors() {
            let missing = actions.iter().find_map(|action| {
                let verdict = self.decide(&ruling, team, actor, *action);
                (verdict.outcome != Outcome::Granted).then_some((*action, verdict))
            });
            let Some((action, verdict)) = missing else {
                return Ok((team.through(actor), ruling.digest()));
            };
            denial.get_or_insert_with(|| Denial::by(action, ruling.label(verdict)));
        }
        Err(denial.unwrap_or_else(|| Denial::unreadable(actions)))
    }

    fn decide(&self, ruling: &Ruling, team: &Team, actor: &Actor, action: Action) -> Verdict {
        let decide = |action| ruling.decide(actor, &team.identity, action, &self.settings.context);
        let verdict = decide(action);
        let may_stand_in = self.settings.pull_sees_images
            && action == Action::DescribeImages
            && verdict.outcome != Outcome::Granted
            // A deny of DescribeImages means what it says, and one that may apply does too.
            && !verdict.may_be_denied();
        if may_stand_in {
            decide(Action::BatchGetImage)
        } else {
            verdict
        }
    }

    /// The oldest reading of a policy that may still grant.
    pub fn policy_max_age(&self) -> Duration {
        self.settings.policy_max_age
    }

    /// Whether there are policies to decide by now: without them a denial says nothing of tomorrow.
    ///
    /// # Errors
    /// When they were not read, or too long ago: with the reason, where one is known.
    pub fn has_read(&self, repository: &RepositoryPolicies) -> Result<(), Option<Problem>> {
        if self.is_fresh(repository, self.settings.policy_max_age) {
            return Ok(());
        }
        let (own, registry) = (repository.reading(), repository.registry_reading());
        Err(own.problem.or(registry.problem))
    }

    /// Whether both policies were read within an age.
    pub fn is_fresh(&self, repository: &RepositoryPolicies, age: Duration) -> bool {
        repository.reading().is_fresh(age) && repository.registry_reading().is_fresh(age)
    }

    /// Whether both policies were read since a moment.
    ///
    /// # Errors
    /// When they were not: with the reason, where one is known.
    pub fn has_read_since(
        &self,
        repository: &RepositoryPolicies,
        moment: Instant,
    ) -> Result<(), Option<Problem>> {
        let (own, registry) = (repository.reading(), repository.registry_reading());
        if own.is_of(moment) && registry.is_of(moment) {
            return Ok(());
        }
        Err(own.problem.or(registry.problem))
    }

    /// The policies as they were read last, however long ago; none where one of them was never
    /// understood. Nothing is granted by them.
    pub fn last_ruling(&self, repository: &RepositoryPolicies) -> Option<Arc<Ruling>> {
        repository.ruling(&repository.reading(), &repository.registry_reading())
    }

    /// What policies open to a team. It grants nothing.
    pub fn reach(&self, team: &Team, ruling: &Ruling) -> Reach {
        let granted = |action: &Action| {
            let mut actors = team.actors.iter();
            actors
                .any(|actor| self.decide(ruling, team, actor, *action).outcome == Outcome::Granted)
        };
        if SHOW_PAGE.iter().any(granted) {
            Reach::Page
        } else if Action::ALL.iter().any(granted) {
            Reach::Action
        } else {
            Reach::Nothing
        }
    }

    /// Whether one of these actions was granted to one of the viewer's principals by the policies as they were read last,
    /// however long ago. It grants nothing; whoever was granted nothing waits for nothing.
    pub fn granted_last(
        &self,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
        actions: &[Action],
    ) -> bool {
        let Some(ruling) = self.last_ruling(repository) else {
            return false;
        };
        viewer.actors().any(|(team, actor)| {
            let granted = |action: &Action| {
                self.decide(&ruling, team, actor, *action).outcome == Outcome::Granted
            };
            actions.iter().any(granted)
        })
    }

    /// Whether what policies say may depend on the time.
    pub fn asks_for_time(&self, ruling: &Ruling) -> bool {
        self.identities_ask_for_time || ruling.asks_for_time()
    }

    /// The policies that decide now; none when one of them is too old or was never understood.
    fn in_force(&self, repository: &RepositoryPolicies) -> Option<Arc<Ruling>> {
        let (own, registry) = (repository.reading(), repository.registry_reading());
        let max_age = self.settings.policy_max_age;
        (own.is_fresh(max_age) && registry.is_fresh(max_age))
            .then(|| repository.ruling(&own, &registry))
            .flatten()
    }
}
