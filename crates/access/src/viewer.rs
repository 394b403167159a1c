//! Who looks, with what they may act as.

use std::sync::Arc;

use model::{Principal, TeamName, Through, ViewerSummary};
use policy::{CompiledPolicy, Subject};

use crate::PersonId;

/// A signed-in person: their name and the teams that their groups map to by the configuration in
/// force now. Made anew for each request, so that a changed configuration needs no new sign-in.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Who they are.
    pub id: PersonId,
    /// The name from the sign-in.
    pub name: Arc<str>,
    /// The teams, each with its principals.
    pub teams: Vec<Arc<Team>>,
    /// Whether they may review every policy.
    pub admin: bool,
}

/// A team as configured.
#[derive(Debug)]
pub struct Team {
    /// Its name.
    pub name: TeamName,
    /// The groups of the sign-in whose members belong to it.
    pub groups: Vec<String>,
    /// The roles and users it may act as.
    pub actors: Vec<Actor>,
    /// What the operator says of its identity side.
    pub identity: Identity,
}

/// A role or user that a team may act as, with what is known of it.
#[derive(Debug, Clone)]
pub struct Actor {
    principal: Principal,
    subject: Subject,
    /// The principal without what the operator tells.
    bare: Subject,
}

/// What the operator says of a team's identity policies, which Gantry cannot see.
#[derive(Debug, Clone, Default)]
pub enum Identity {
    /// Nothing: the repository's and the registry's policy alone decide, and naming the account as
    /// a whole grants nothing.
    #[default]
    None,
    /// The account lets these principals do whatever the policies open to them.
    Assumed,
    /// These are all of them: they are evaluated as AWS would.
    Policies(Vec<Arc<CompiledPolicy>>),
}

impl Actor {
    /// A principal with its tags and the organisation of its account, as far as the operator tells
    /// them. A role stands for its sessions, of which nothing is known.
    ///
    /// # Errors
    /// When IAM knows no such principal.
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

    /// The principal as policies are asked about it.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }
}

impl Team {
    /// Whether somebody in these groups belongs to it.
    pub fn has_member_of(&self, groups: &[String]) -> bool {
        self.groups.iter().any(|group| groups.contains(group))
    }

    /// The team as if it acted as one of its principals alone.
    pub fn reduced_to(&self, actor: &Actor) -> Self {
        Self {
            name: self.name.clone(),
            groups: self.groups.clone(),
            actors: vec![actor.clone()],
            identity: self.identity.clone(),
        }
    }

    /// The team as people outside of it see one of its principals: by the ARN alone, without what the
    /// operator tells of it.
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

    /// The one of its principals that is called so.
    pub fn actor(&self, principal: &Principal) -> Option<&Actor> {
        self.actors
            .iter()
            .find(|actor| actor.principal == *principal)
    }

    /// Its principals, each as what a grant names.
    pub fn through(&self, actor: &Actor) -> Through {
        Through::Team {
            team: self.name.clone(),
            principal: actor.principal.clone(),
        }
    }
}

impl Identity {
    /// The identity policies that are known.
    pub fn policies(&self) -> &[Arc<CompiledPolicy>] {
        match self {
            Self::Policies(policies) => policies,
            Self::None | Self::Assumed => &[],
        }
    }

    /// What the policies are evaluated with.
    pub fn side(&self) -> policy::Identity<'_> {
        match self {
            Self::None => policy::Identity::Unseen,
            Self::Assumed => policy::Identity::Assumed,
            Self::Policies(policies) => policy::Identity::Policies(policies),
        }
    }
}

impl Viewer {
    /// What the page's header shows.
    pub fn summary(&self) -> ViewerSummary {
        ViewerSummary {
            name: self.name.to_string(),
            teams: self.teams.iter().map(|team| team.name.clone()).collect(),
            admin: self.admin,
        }
    }

    /// Whether one of the teams is called so and acts as this principal.
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
