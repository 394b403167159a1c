//! What policies grant, as grids of principals and actions.

use model::{Action, GrantedVia};
use policy::Verdict;

/// What one principal is granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalGrants {
    /// The team and principal.
    pub through: GrantedVia,
    /// Every action's verdict, in the order of [`Action::ALL`].
    pub cells: Vec<Cell>,
}

/// What the policies say about one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The action.
    pub action: Action,
    /// The verdict.
    pub verdict: Verdict,
    /// The statement that decides (its Sid, or `#index`), for viewers who may read the policy.
    pub statement: Option<String>,
}
