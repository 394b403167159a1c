//! Lifecycle policies, as their page shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Digest, Problem, RegistryAlias, RepositoryName, Section, Tag, Timestamp, words::words,
};

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
    /// When its images were last pulled (`ecr:DescribeImages`), to about a day. Those that are not in it were never
    /// pulled, or their pulls were not recorded.
    pub pulled: Section<BTreeMap<Digest, Timestamp>>,
    /// When a preview was last requested through Gantry; none where the audit log does not say. ECR does not say
    /// when it made one.
    pub requested: Option<Timestamp>,
    /// Whether the preview is of another policy than the one that is set.
    pub outdated: bool,
    /// Whether the repository's policy is shown to this viewer too (`ecr:GetRepositoryPolicy`).
    pub repository_policy: Section<()>,
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
    /// What stands beside the rules, and Gantry does not know, as JSON: `"name": value`.
    pub unknown: Vec<String>,
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
    /// Whether it looks at archived images. Other rules look at those that are not archived.
    pub archived: bool,
    /// The images that it looks at, of these.
    pub selects: Selection,
    /// How many it leaves.
    pub keeps: Keep,
    /// What happens to the others.
    pub fate: Fate,
    /// Parts of it that Gantry does not know, as JSON: `"selection.name": value`.
    pub unknown: Vec<String>,
}

/// The images that a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// All images.
    Any,
    /// Images without a tag.
    Untagged,
    /// Images with a tag. ECR wants prefixes or patterns beside it.
    Tagged,
    /// Images that have, for each of these, a tag that begins with it.
    Prefixes(Vec<String>),
    /// Images that have, for each of these wildcards, a tag that matches it.
    Patterns(Vec<String>),
    /// A tag status that Gantry does not know, as written.
    Other(String),
}

/// How many images a rule leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    /// The newest so many.
    Newest(u64),
    /// Those pushed within so many days.
    PushedWithin(u64),
    /// Those pulled within so many days. An image that was never pulled counts from its push.
    PulledWithin(u64),
    /// Those archived within so many days.
    ArchivedWithin(u64),
    /// A count type or unit that Gantry does not know, as written.
    Other(String),
}

/// What happens to an image that a rule takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It is deleted.
    Expire,
    /// It moves to the archive.
    Archive,
    /// An action or a storage class that Gantry does not know, as written.
    Other(String),
}

impl Fate {
    /// What an action does, with the storage class that it may name.
    pub fn new(action: &str, target: Option<&str>) -> Self {
        match (action, target) {
            ("expire", None) => Self::Expire,
            ("transition", Some("archive")) => Self::Archive,
            (action, None) => Self::Other(action.to_owned()),
            (action, Some(target)) => Self::Other(format!("{action} {target}")),
        }
    }
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
    /// Those images, 100 at most: by rule, those that were pushed first before others.
    pub images: Vec<PreviewImage>,
    /// The policy that it is a preview of, as it was set then.
    pub text: Option<String>,
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
    /// What happens to it.
    pub fate: Fate,
}

words! {
    /// How a request for a preview ended, as the page's URL says it.
    PreviewRequest {
        /// ECR makes it.
        Started = "started",
        /// `ecr:StartLifecyclePolicyPreview` is not granted.
        Withheld = "withheld",
        /// The policies could not be read now.
        Undecided = "undecided",
        /// The audit log could not be written.
        NotRecorded = "not-recorded",
        /// ECR asked to slow down.
        Throttled = "throttled",
        /// ECR did not answer: it may have been started.
        Unanswered = "unanswered",
        /// ECR, or Gantry's right to ask, failed.
        Failed = "failed",
    }
}

impl From<Problem> for PreviewRequest {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Throttled => Self::Throttled,
            Problem::Unreachable => Self::Unanswered,
            _ => Self::Failed,
        }
    }
}
