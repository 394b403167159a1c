//! Viewers, and the principals that they may act as.

use std::sync::Arc;

use model::{GrantedVia, Principal, TeamName, ViewerSummary};
use policy::{CompiledPolicy, Subject};

use crate::PersonId;

/// A signed-in person, with the teams that their groups map to in the current configuration.
/// Created for each request, so a configuration change needs no new sign-in.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The person's ID.
    pub id: PersonId,
    /// The name from the sign-in.
    pub name: Arc<str>,
    /// The person's teams, each with its principals.
    pub teams: Vec<Arc<Team>>,
    /// Whether the person may review every policy.
    pub admin: bool,
}

/// A team from the configuration.
#[derive(Debug)]
pub struct Team {
    /// The name of the team.
    pub name: TeamName,
    /// The sign-in groups whose members belong to the team.
    pub groups: Vec<String>,
    /// The roles and users that the team may act as.
    pub actors: Vec<Actor>,
    /// What the administrator configured about the team's identity policies.
    pub identity: Identity,
}

/// A role or user that a team may act as, with what is known about it.
#[derive(Debug, Clone)]
pub struct Actor {
    principal: Principal,
    subject: Subject,
    /// The principal without the configured details.
    bare: Subject,
}

/// What the administrator configured about a team's identity policies, which Gantry cannot read.
#[derive(Debug, Clone, Default)]
pub enum Identity {
    /// Nothing: only the repository policy and the registry policy decide, and a grant to the whole
    /// account grants nothing.
    #[default]
    None,
    /// The account allows these principals everything that the resource policies grant them.
    Assumed,
    /// The complete set of identity policies. Gantry evaluates them as AWS does.
    Policies(Vec<Arc<CompiledPolicy>>),
}

impl Actor {
    /// Creates a principal with its tags and the organization of its account, as far as they are
    /// configured. A role represents its sessions, about which nothing is known.
    ///
    /// # Errors
    /// If the ARN is not a valid IAM principal.
    pub fn new<'a>(
        principal: Principal,
        tags: impl IntoIterator<Item = (&'a str, &'a str)>,
        organization: Option<&'a str>,
    ) -> Result<Self, policy::PrincipalError> {
        let asks = policy::Principal::parse(principal.arn())?.in_any_session();
        let organization = organization.map(|id| ("aws:PrincipalOrgID", id));
        Ok(Self {
            bare: Subject::new(asks.clone(), []),
            subject: Subject::new(asks, tags).with(organization),
            principal,
        })
    }

    /// The role or user.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The principal in the form that policies evaluate.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }
}

impl Team {
    /// Whether a person with these groups belongs to the team.
    pub fn has_member_of(&self, groups: &[String]) -> bool {
        self.groups.iter().any(|group| groups.contains(group))
    }

    /// The same team with only one of its principals.
    pub fn reduced_to(&self, actor: &Actor) -> Self {
        Self {
            name: self.name.clone(),
            groups: self.groups.clone(),
            actors: vec![actor.clone()],
            identity: self.identity.clone(),
        }
    }

    /// A principal of the team as people outside the team see it: only its ARN, without the
    /// configured details.
    pub fn seen_from_outside(&self, actor: &Actor) -> Self {
        Self {
            name: self.name.clone(),
            groups: Vec::new(),
            actors: vec![Actor {
                principal: actor.principal.clone(),
                subject: actor.bare.clone(),
                bare: actor.bare.clone(),
            }],
            identity: Identity::None,
        }
    }

    /// The actor for this principal, if the team has it.
    pub fn actor(&self, principal: &Principal) -> Option<&Actor> {
        self.actors
            .iter()
            .find(|actor| actor.principal == *principal)
    }

    /// The team and the principal, in the form that a grant names.
    pub fn through(&self, actor: &Actor) -> GrantedVia {
        GrantedVia::Team {
            team: self.name.clone(),
            principal: actor.principal.clone(),
        }
    }
}

impl Identity {
    /// The configured identity policies.
    pub fn policies(&self) -> &[Arc<CompiledPolicy>] {
        match self {
            Self::Policies(policies) => policies,
            Self::None | Self::Assumed => &[],
        }
    }

    /// The identity side that the policies are evaluated with.
    pub fn side(&self) -> policy::Identity<'_> {
        match self {
            Self::None => policy::Identity::Unseen,
            Self::Assumed => policy::Identity::Assumed,
            Self::Policies(policies) => policy::Identity::Policies(policies),
        }
    }
}

impl Viewer {
    /// What the page header shows.
    pub fn summary(&self) -> ViewerSummary {
        ViewerSummary {
            name: self.name.to_string(),
            teams: self.teams.iter().map(|team| team.name.clone()).collect(),
            admin: self.admin,
        }
    }

    /// Whether the viewer is in this team and the team acts as this principal.
    pub fn acts_as(&self, team: &TeamName, principal: &Principal) -> bool {
        let mut own = self.teams.iter().filter(|own| own.name == *team);
        own.any(|own| own.actor(principal).is_some())
    }

    /// Every principal of every team, in the order of the configuration.
    pub fn actors(&self) -> impl Iterator<Item = (&Team, &Actor)> {
        self.teams
            .iter()
            .flat_map(|team| team.actors.iter().map(|actor| (&**team, actor)))
    }
}
