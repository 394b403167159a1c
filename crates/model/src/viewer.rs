//! The person who views a page.

use serde::{Deserialize, Serialize};

use crate::{Principal, TeamName};

/// What grants the viewer something: a team's principal, or an administrator's review.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum GrantedVia {
    /// A team's principal, by the repository's or the registry's policy.
    Team {
        /// The team.
        team: TeamName,
        /// The role or user that the policy grants to.
        principal: Principal,
    },
    /// An administrator's review of names and policies.
    Review,
}

/// The signed-in person, as shown in the page's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewerSummary {
    /// The name from the sign-in.
    pub name: String,
    /// The teams that their groups map to.
    pub teams: Vec<TeamName>,
    /// Whether they can review every policy.
    pub admin: bool,
}
