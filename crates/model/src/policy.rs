//! Repository policies, as their page shows them.

use serde::{Deserialize, Serialize};

use crate::{Action, GrantedVia, RepositoryAt, Section, Timestamp};

/// What a policy says about an action and a principal.
///
/// The page words it as "granted by the repository policy", never as effective access, because Gantry does not see
/// the identity policies of other roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// An allow applies for certain, and no deny may apply.
    Granted,
    /// An allow depends on a condition that Gantry cannot know, so it is not granted.
    Conditional,
    /// Only the account as a whole is named, which leaves the decision to its IAM, so it is not granted.
    Delegated,
    /// No statement applies.
    NotGranted,
    /// A deny applies, or may apply.
    Denied,
}

/// A policy's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyDetail {
    /// The repository.
    pub repository: RepositoryAt,
    /// The ARN, as returned by ECR.
    pub arn: String,
    /// The policy, for viewers with `ecr:GetRepositoryPolicy` and for administrators.
    pub policy: Section<PolicyView>,
    /// What the policy grants to principals of configured teams: all of the viewer's own, and those of other teams
    /// that the policy names. Administrators see all.
    pub matrix: Vec<PrincipalGrants>,
    /// Whether the viewer may also see the lifecycle policy.
    pub lifecycle: Section<()>,
    /// Whether the viewer may also see images (so that a link back makes sense).
    pub sees_images: bool,
    /// The server's time.
    pub now: Timestamp,
}

/// A parsed policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// The policy's text.
    pub text: String,
    /// When ECR returned it.
    pub read: Timestamp,
    /// Its statements. Empty if the text cannot be parsed.
    pub statements: Vec<StatementView>,
    /// Why the text cannot be parsed, with the position. An invalid policy grants nothing.
    pub error: Option<String>,
}

/// A statement in parts, for display.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementView {
    /// Its Sid.
    pub sid: Option<String>,
    /// Its place in the policy, from 0.
    pub index: u32,
    /// The line where it starts, from 1.
    pub line: u32,
    /// Whether it denies.
    pub denies: bool,
    /// The principals that it concerns.
    pub principals: Vec<PrincipalPattern>,
    /// Whether it concerns everyone except those.
    pub principals_excluded: bool,
    /// The actions, as written.
    pub actions: Vec<String>,
    /// Whether it concerns every action except those.
    pub actions_excluded: bool,
    /// The conditions: operator, key and values, as written.
    pub conditions: Vec<ConditionView>,
    /// For an allow: the denies of the same policy that override it, fully or in part.
    pub overrides: Vec<OverrideView>,
}

/// A deny that overrides an allow, as far as the policy itself shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideView {
    /// The label of the deny: its Sid, or `#index`.
    pub statement: String,
    /// Whether it certainly applies. Otherwise it may.
    pub certain: bool,
    /// The affected principals. Empty for everyone that the allow names.
    pub principals: Vec<PrincipalPattern>,
    /// Whether everyone except those is affected.
    pub principals_excluded: bool,
    /// The affected actions. Empty for all actions of the allow.
    pub actions: Vec<String>,
}

/// A principal that a statement names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PrincipalPattern {
    /// Everyone, in every account.
    Everyone,
    /// An account as a whole: its IAM decides.
    Account(String),
    /// A role, user or session, by ARN.
    Arn(String),
    /// The ID that a deleted role or user leaves behind.
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
    pub through: GrantedVia,
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
    /// The statement that decides (its Sid, or `#index`), for viewers who may read the policy.
    pub statement: Option<String>,
}
