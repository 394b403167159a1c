//! The gate. Gantry shows registry data to a viewer, or changes a registry for one, only with a
//! [`Grant`], and only the gate creates grants.
//!
//! The gate evaluates the repository policy and the registry policy for each of the viewer's
//! principals. It fails closed: a policy that is too old, unreadable or not understood grants
//! nothing.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use model::{Action, GrantedVia, Problem};
use policy::{Context, Decision, Explanation, Truth, Verdict};

use crate::{
    Actor, Asker, Cell, Denial, Grant, ListGrant, PrincipalGrants, RowGrants, Team, Viewer,
    acts::{self, Act},
    policies::{PolicyDigest, RepositoryPolicies, Ruling},
};

/// How long a decision that depends on the time is cached.
const TIME_DEPENDENT_TTL: Duration = Duration::from_secs(1);

/// How Gantry decides access (`[access]` in the configuration).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessSettings {
    /// The maximum age of a policy reading that may still grant.
    pub policy_max_age: Duration,
    /// Whether `ecr:BatchGetImage` also allows `ecr:DescribeImages`. For registries whose policies
    /// grant only pulling.
    pub pull_sees_images: bool,
    /// Condition keys that the administrator sets, such as `aws:SourceVpce`. They describe requests
    /// that the principals make themselves, which Gantry does not see.
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

/// What the policies grant to a team on a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// No action.
    Nothing,
    /// At least one action, but none that shows the repository.
    Action,
    /// The repository's page: its images, its tags or its policy.
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

/// The condition keys that hold for every request to ECR. ECR accepts only HTTPS.
pub fn every_request() -> Context {
    let mut context = Context::default();
    context.set("aws:SecureTransport", ["true"]);
    context
}

/// Decides who gets a [`Grant`].
#[derive(Debug)]
pub struct Gate {
    settings: AccessSettings,
    /// Whether an identity policy in the configuration has a condition on the time.
    identities_ask_for_time: bool,
}

impl Gate {
    /// Creates a gate from the access settings.
    pub fn new(mut settings: AccessSettings, identities_ask_for_time: bool) -> Self {
        // ECR accepts only HTTPS.
        settings.context.set("aws:SecureTransport", ["true"]);
        Self {
            settings,
            identities_ask_for_time,
        }
    }

    /// Asks for one action, for any of the viewer's principals, in the order of the configuration.
    ///
    /// # Errors
    /// If no principal is granted the action. The denial names the statement that weighs most
    /// against the viewer.
    pub fn ask<A: Act>(
        &self,
        viewer: &Viewer,
        repository: &RepositoryPolicies,
    ) -> Result<Grant<A>, Denial> {
        self.first(viewer, repository, &[A::ACTION])
            .map(|(through, digest)| Grant::mint(through, repository, digest))
    }

    /// Asks for two actions that are needed together: one principal must be granted both.
    ///
    /// # Errors
    /// If no principal is granted both, even if each action is granted to some principal.
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
    /// If neither applies.
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
            Ok(Grant::mint(GrantedVia::Review, repository, digest))
        })
    }

    /// The label of the statement that a grant is based on, for the audit log, which administrators
    /// read. None if the statement is not in the repository policy.
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

    /// The decision on every action for each of these principals, for pages that list all actions.
    /// A viewer who may not read the policy sees each verdict, but no statement and no principal
    /// from it.
    pub fn grants(
        &self,
        asked: &[(&Team, &Actor)],
        repository: &RepositoryPolicies,
        may_read: bool,
        asker: Asker,
    ) -> Vec<PrincipalGrants> {
        let ruling = self.in_force(repository);
        let ruling = ruling.as_deref();
        let decisions = ruling.map(|ruling| ruling.grid(asked, &self.settings.context, asker));
        let mut decisions = decisions.into_iter().flatten();
        let mut cell = |action: &Action| {
            let decision = decisions.next();
            Cell {
                action: *action,
                verdict: match decision.map(Decision::verdict) {
                    // `Delegated` would reveal which principals a statement names.
                    Some(Verdict::Delegated) if !may_read => Verdict::NotGranted,
                    // And this, that a statement has a condition.
                    Some(Verdict::MayBeDenied) if !may_read => Verdict::Denied,
                    verdict => verdict.unwrap_or(Verdict::NotGranted),
                },
                statement: (ruling.zip(decision))
                    .filter(|_| may_read)
                    .and_then(|(ruling, decision)| ruling.label(decision)),
            }
        };
        let row = |(team, actor): &(&Team, &Actor)| PrincipalGrants {
            through: team.through(actor),
            cells: Action::ALL.iter().map(&mut cell).collect(),
        };
        asked.iter().map(row).collect()
    }

    /// Explains the decision on an action for a principal. Only for viewers who may read the
    /// repository policy. None if the policies are too old or not understood.
    pub fn explain(
        &self,
        _: &Grant<acts::GetRepositoryPolicy>,
        team: &Team,
        actor: &Actor,
        action: Action,
        repository: &RepositoryPolicies,
        asker: Asker,
    ) -> Option<Explanation> {
        let ruling = self.in_force(repository)?;
        let context = &self.settings.context;
        Some(ruling.explain(actor, &team.identity, action, context, asker))
    }

    /// When decisions on a repository may change without a new reading of its policies: the
    /// policies become too old, or a condition depends on the time. None if they already grant
    /// nothing.
    pub fn lapses(&self, repository: &RepositoryPolicies) -> Option<Instant> {
        let ruling = self.in_force(repository)?;
        let read = repository
            .reading()
            .read
            .min(repository.registry_reading().read);
        // An age that overflows the clock counts as zero.
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
    ) -> Result<(GrantedVia, PolicyDigest), Denial> {
        let Some(ruling) = self.in_force(repository) else {
            return Err(Denial::unreadable(actions));
        };
        let mut denial = None;
        for (team, actor) in viewer.actors() {
            let missing = actions.iter().find_map(|action| {
                let decision = self.decide(&ruling, team, actor, *action);
                (decision.verdict() != Verdict::Granted).then_some((*action, decision))
            });
            let Some((action, decision)) = missing else {
                return Ok((team.through(actor), ruling.digest()));
            };
            denial.get_or_insert_with(|| Denial::by(action, ruling.label(decision)));
        }
        Err(denial.unwrap_or_else(|| Denial::unreadable(actions)))
    }

    fn decide(&self, ruling: &Ruling, team: &Team, actor: &Actor, action: Action) -> Decision {
        let decide = |action| ruling.decide(actor, &team.identity, action, &self.settings.context);
        let decision = decide(action);
        let may_stand_in = self.settings.pull_sees_images
            && action == Action::DescribeImages
            && decision.verdict() != Verdict::Granted
            // A deny of DescribeImages, certain or possible, also applies here.
            && decision.denied == Truth::False;
        if may_stand_in {
            decide(Action::BatchGetImage)
        } else {
            decision
        }
    }

    /// The maximum age of a policy reading that may still grant.
    pub fn policy_max_age(&self) -> Duration {
        self.settings.policy_max_age
    }

    /// Whether Gantry has policies to decide by. Without them, a denial says nothing about later
    /// requests.
    ///
    /// # Errors
    /// If the policies were never read, or too long ago. The reason, if it is known.
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
    /// If they were not. The reason, if it is known.
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

    /// The policies as last read, at any age. None if either of them was never understood. They
    /// grant nothing.
    pub fn last_ruling(&self, repository: &RepositoryPolicies) -> Option<Arc<Ruling>> {
        repository.ruling(&repository.reading(), &repository.registry_reading())
    }

    /// What the policies grant to a team. This is not a grant.
    pub fn reach(&self, team: &Team, ruling: &Ruling) -> Reach {
        let granted = |action: &Action| {
            let mut actors = team.actors.iter();
            actors.any(|actor| {
                self.decide(ruling, team, actor, *action).verdict() == Verdict::Granted
            })
        };
        if SHOW_PAGE.iter().any(granted) {
            Reach::Page
        } else if Action::ALL.iter().any(granted) {
            Reach::Action
        } else {
            Reach::Nothing
        }
    }

    /// Whether the policies as last read, at any age, grant one of these actions to one of the
    /// viewer's principals. This is not a grant. It decides who waits for a new reading: a viewer
    /// who had no access does not wait.
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
                self.decide(&ruling, team, actor, *action).verdict() == Verdict::Granted
            };
            actions.iter().any(granted)
        })
    }

    /// Whether decisions may depend on the time.
    pub fn asks_for_time(&self, ruling: &Ruling) -> bool {
        self.identities_ask_for_time || ruling.asks_for_time()
    }

    /// The policies that decide now. None if either of them is too old or was never understood.
    fn in_force(&self, repository: &RepositoryPolicies) -> Option<Arc<Ruling>> {
        let (own, registry) = (repository.reading(), repository.registry_reading());
        let max_age = self.settings.policy_max_age;
        (own.is_fresh(max_age) && registry.is_fresh(max_age))
            .then(|| repository.ruling(&own, &registry))
            .flatten()
    }
}
