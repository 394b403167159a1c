//! Lifecycle policies, as their page shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Digest, Problem, RepositoryAt, Section, Tag, Timestamp, words::words};

/// A lifecycle policy's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifecycleDetail {
    /// The repository.
    pub repository: RepositoryAt,
    /// The policy (`ecr:GetLifecyclePolicy`).
    pub policy: Section<LifecycleView>,
    /// ECR's preview (`ecr:GetLifecyclePolicyPreview`). Absent until one was requested.
    pub preview: Section<PreviewView>,
    /// When its images were last pulled (`ecr:DescribeImages`), accurate to about a day. Missing images were never
    /// pulled, or their pulls were not recorded.
    pub pulled: Section<BTreeMap<Digest, Timestamp>>,
    /// When a preview was last requested through Gantry. None if the audit log has no such row. ECR does not say when
    /// it made a preview.
    pub requested: Option<Timestamp>,
    /// Whether the preview is for a different policy than the current one.
    pub outdated: bool,
    /// Whether the viewer may also see the repository's policy (`ecr:GetRepositoryPolicy`).
    pub repository_policy: Section<()>,
    /// Whether the viewer may request a preview (`ecr:StartLifecyclePolicyPreview`).
    pub start: Section<()>,
    /// The server's time.
    pub now: Timestamp,
}

/// A parsed lifecycle policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifecycleView {
    /// The policy's text.
    pub text: String,
    /// Its rules by priority. Empty if the text cannot be parsed.
    pub rules: Vec<RuleView>,
    /// Unknown members next to the rules, as JSON: `"name": value`.
    pub unknown: Vec<String>,
    /// When ECR last evaluated it.
    pub last_evaluated: Option<Timestamp>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleView {
    /// Its priority: lower numbers come first.
    pub priority: i64,
    /// The author's description.
    pub description: Option<String>,
    /// Whether it applies to archived images. Other rules apply to images that are not archived.
    pub archived: bool,
    /// Which of these images it selects.
    pub selects: Selection,
    /// How many of them it keeps.
    pub keeps: Keep,
    /// What happens to the others.
    pub fate: Fate,
    /// Unknown parts of the rule, as JSON: `"selection.name": value`.
    pub unknown: Vec<String>,
}

/// The images that a rule selects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// All images.
    Any,
    /// Images without a tag.
    Untagged,
    /// Images with a tag. ECR also requires prefixes or patterns.
    Tagged,
    /// Images that have, for each of these prefixes, a tag that starts with it.
    Prefixes(Vec<String>),
    /// Images that have, for each of these wildcard patterns, a tag that matches it.
    Patterns(Vec<String>),
    /// An unknown tag status, as written.
    Other(String),
}

/// How many images a rule keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    /// The newest images, this many.
    Newest(u64),
    /// Images pushed within this many days.
    PushedWithin(u64),
    /// Images pulled within this many days. For an image that was never pulled, its push counts.
    PulledWithin(u64),
    /// Images archived within this many days.
    ArchivedWithin(u64),
    /// An unknown count type or unit, as written.
    Other(String),
}

/// What happens to an image that a rule selects and does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It is deleted.
    Expire,
    /// It moves to the archive.
    Archive,
    /// An unknown action or storage class, as written.
    Other(String),
}

impl Fate {
    /// The result of an action and its optional storage class.
    pub fn new(action: &str, target: Option<&str>) -> Self {
        match (action, target) {
            ("expire", None) => Self::Expire,
            ("transition", Some("archive")) => Self::Archive,
            (action, None) => Self::Other(action.to_owned()),
            (action, Some(target)) => Self::Other(format!("{action} {target}")),
        }
    }
}

/// ECR's preview of the images that would expire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewView {
    /// Whether ECR is still working on it.
    pub running: bool,
    /// Whether ECR failed.
    pub failed: bool,
    /// How many images would expire.
    pub total: u32,
    /// Those images, at most 100: by rule, then oldest push first.
    pub images: Vec<PreviewImage>,
    /// The policy that the preview is for, as it was then.
    pub text: Option<String>,
}

/// An image that would expire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewImage {
    /// Its digest.
    pub digest: Digest,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// When it was pushed.
    pub pushed: Option<Timestamp>,
    /// The priority of the rule that applies to it.
    pub rule: i64,
    /// What happens to it.
    pub fate: Fate,
}

words! {
    /// The result of a preview request, as a word in the page's URL.
    PreviewRequest {
        /// ECR has started it.
        Started = "started",
        /// `ecr:StartLifecyclePolicyPreview` is not granted.
        Withheld = "withheld",
        /// The policies could not be read now.
        Undecided = "undecided",
        /// The audit log could not be written.
        NotRecorded = "not-recorded",
        /// ECR asked to slow down.
        Throttled = "throttled",
        /// ECR did not answer: the preview may have been started.
        Unanswered = "unanswered",
        /// ECR failed, or Gantry is not permitted to make the request.
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
