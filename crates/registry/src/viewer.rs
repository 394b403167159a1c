//! Who looks, with what they may act as.

use std::sync::Arc;

use model::{Principal, TeamName, ViewerSummary};

/// A signed-in person: their name and the teams that their groups map to by the configuration in
/// force now. Made anew for each request, so that a changed configuration needs no new sign-in.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The name from the sign-in.
    pub name: Arc<str>,
    /// The teams, each with its principals.
    pub teams: Vec<Arc<Team>>,
    /// Whether they may review every policy.
    pub admin: bool,
}

/// A team as configured.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Team {
    /// Its name.
    pub name: TeamName,
    /// The roles and users it may act as.
    pub principals: Vec<Principal>,
    /// What the operator says of its identity side.
    pub identity: Identity,
}

/// What the operator says of a team's identity policies, which Gantry cannot see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Identity {
    /// Nothing: the repository's and the registry's policy alone decide, and naming the account as
    /// a whole grants nothing.
    #[default]
    None,
    /// The account lets these principals do whatever the policy opens to the account as a whole.
    Assumed,
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
}
