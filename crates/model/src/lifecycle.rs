//! Lifecycle policies, as their page shows them.

use serde::{Deserialize, Serialize};

use crate::{Digest, RegistryAlias, RepositoryName, Section, Tag, Timestamp};

/// A lifecycle policy's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifecycleDetail {
    /// The registry.
    pub registry: RegistryAlias,
    /// The repository.
    pub name: RepositoryName,
    /// The policy (`ecr:GetLifecyclePolicy`).
    pub policy: Section<LifecycleView>,
    /// ECR's preview (`ecr:GetLifecyclePolicyPreview`). Absent before one was asked for.
    pub preview: Section<PreviewView>,
    /// Whether the viewer may ask for a preview (`ecr:StartLifecyclePolicyPreview`).
    pub start: Section<()>,
    /// The server's time.
    pub now: Timestamp,
}

/// A lifecycle policy, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifecycleView {
    /// The text as it is set.
    pub text: String,
    /// Its rules by priority; empty when the text cannot be understood.
    pub rules: Vec<RuleView>,
    /// When ECR last evaluated it.
    pub last_evaluated: Option<Timestamp>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleView {
    /// Its priority: lower comes first.
    pub priority: i64,
    /// What its author says.
    pub description: Option<String>,
    /// The images that it looks at.
    pub selects: Selection,
    /// How many it leaves.
    pub keeps: Keep,
    /// What happens to the others: `expire` or `transition`, as written.
    pub action: String,
}

/// The images that a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// All images.
    Any,
    /// Images without a tag.
    Untagged,
    /// Images that have, for each of these, a tag that begins with it.
    Prefixes(Vec<String>),
    /// Images that have, for each of these wildcards, a tag that matches it.
    Patterns(Vec<String>),
}

/// How many images a rule leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    /// The newest so many.
    Newest(u64),
    /// Those pushed within so many days.
    PushedWithin(u64),
    /// Those pulled within so many days.
    PulledWithin(u64),
    /// Those archived within so many days.
    ArchivedWithin(u64),
    /// A count type that Gantry does not know, as written.
    Other(String),
}

/// What ECR says would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewView {
    /// Whether ECR is still at it.
    pub running: bool,
    /// Whether ECR gave up.
    pub failed: bool,
    /// How many images would go.
    pub total: u32,
    /// Those images, 100 at most.
    pub images: Vec<PreviewImage>,
}

/// An image that would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewImage {
    /// Its digest.
    pub digest: Digest,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// When it was pushed.
    pub pushed: Option<Timestamp>,
    /// The priority of the rule that takes it.
    pub rule: i64,
    /// `expire` or `transition`.
    pub action: String,
}
