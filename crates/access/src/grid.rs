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

/// What a person who asks about a principal may know beside the repository policy. What they may not know counts as
/// unknown: each answer would reveal a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// The repository's resource tags.
    pub sees_resource_tags: bool,
    /// The keys that the configuration asserts for every request.
    pub sees_request: bool,
    /// The registry policy. Without it, the answer is about the repository policy alone.
    pub sees_registry_policy: bool,
}

impl Asker {
    /// Who asks about their own principal: the answer is what they see happen.
    pub const OF_OWN: Self = Self {
        sees_resource_tags: true,
        sees_request: true,
        sees_registry_policy: true,
    };
}
