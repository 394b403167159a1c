//! Who looks.

use serde::{Deserialize, Serialize};

use crate::{Principal, TeamName};

/// The team and the principal that something is granted through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Through {
    /// A team's principal, by the repository's or the registry's policy.
    Team {
        /// The team as configured.
        team: TeamName,
        /// The role or user that the policy grants to.
        principal: Principal,
    },
    /// An administrator's review of names and policies.
    Review,
}

/// The signed-in person, as the page's header shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewerSummary {
    /// The name from the sign-in.
    pub name: String,
    /// The teams that their groups map to.
    pub teams: Vec<TeamName>,
    /// Whether they may review every policy.
    pub admin: bool,
}
