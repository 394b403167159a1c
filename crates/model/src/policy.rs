//! Repository policies, as their page shows them.

use serde::{Deserialize, Serialize};

use crate::{Action, RegistryAlias, RepositoryName, Section, Through, Timestamp};

/// What a policy says about an action and a principal.
///
/// Worded on the page as "granted by the repository policy", never as effective access: Gantry does
/// not see the identity policies of other roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// An allow applies for certain, and no deny may.
    Granted,
    /// An allow hangs on a condition that Gantry cannot know: not granted.
    Conditional,
    /// Only the account as a whole is named, which leaves the decision to its IAM: not granted.
    Delegated,
    /// No statement applies.
    NotGranted,
    /// A deny applies, or may apply.
    Denied,
}

/// A policy's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyDetail {
    /// The registry.
    pub registry: RegistryAlias,
    /// The repository.
    pub name: RepositoryName,
    /// The ARN, as ECR gives it.
    pub arn: String,
    /// The policy, for those granted `ecr:GetRepositoryPolicy` and for administrators.
    pub policy: Section<PolicyView>,
    /// What the policy grants to principals of configured teams: all of the viewer's own, and those of
    /// others that the policy names. Administrators see all.
    pub matrix: Vec<PrincipalGrants>,
    /// Whether the lifecycle policy is shown to this viewer too.
    pub lifecycle: Section<()>,
    /// Whether images are shown to this viewer too (a link back makes sense).
    pub sees_images: bool,
    /// The server's time.
    pub now: Timestamp,
}

/// A policy, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// The text as it is set.
    pub text: String,
    /// When ECR gave it.
    pub read: Timestamp,
    /// Its statements; empty when the text cannot be understood.
    pub statements: Vec<StatementView>,
    /// Why it cannot be understood, with the place: then it grants nothing.
    pub error: Option<String>,
}

/// A statement, taken apart for reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementView {
    /// Its Sid.
    pub sid: Option<String>,
    /// Its place in the policy, from 0.
    pub index: u32,
    /// The line that it begins on, from 1.
    pub line: u32,
    /// Whether it denies.
    pub denies: bool,
    /// Whom it concerns.
    pub principals: Vec<PrincipalPattern>,
    /// Whether it concerns everyone but those.
    pub principals_excluded: bool,
    /// The actions, as written.
    pub actions: Vec<String>,
    /// Whether it concerns every action but those.
    pub actions_excluded: bool,
    /// The conditions: operator, key and values, as written.
    pub conditions: Vec<ConditionView>,
    /// For an allow: the denies of the same policy that take back what it gives, or a part of it.
    pub overrides: Vec<OverrideView>,
}

/// A deny that takes back what an allow gives, as far as the policy alone tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideView {
    /// What people call the deny: its Sid, or `#index`.
    pub statement: String,
    /// Whether it applies for certain; otherwise it may.
    pub certain: bool,
    /// For whom; empty: for everyone whom the allow names.
    pub principals: Vec<PrincipalPattern>,
    /// Whether for everyone but those.
    pub principals_excluded: bool,
    /// For which actions; empty: for all of the allow's.
    pub actions: Vec<String>,
}

/// Whom a statement names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PrincipalPattern {
    /// Everyone, in every account.
    Everyone,
    /// An account as a whole: its IAM decides.
    Account(String),
    /// A role, user or session, by ARN.
    Arn(String),
    /// The id that a deleted role or user leaves behind.
    Deleted(String),
    /// An AWS service.
    Service(String),
    /// A federated or canonical identity, as written.
    Other(String),
}

/// A condition, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionView {
    /// The operator, such as `StringEquals`.
    pub operator: String,
    /// The key, such as `aws:SourceVpce`.
    pub key: String,
    /// The values.
    pub values: Vec<String>,
}

/// What one principal is granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrincipalGrants {
    /// The team and principal.
    pub through: Through,
    /// Every action's outcome, in the order of [`Action::ALL`].
    pub cells: Vec<Cell>,
}

/// What a policy says about one action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The action.
    pub action: Action,
    /// The outcome.
    pub outcome: Outcome,
    /// The statement that decides (its Sid, or `#index`), for those who may read the policy.
    pub statement: Option<String>,
}
