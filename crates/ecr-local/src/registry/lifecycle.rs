//! What a repository keeps about its lifecycle policy. [`crate::lifecycle`] parses and evaluates the policy.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Digest, Timestamp};

/// A lifecycle policy as it was sent. ecr-local never runs it: seeds set `last_evaluated_at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecyclePolicy {
    /// Its text.
    pub text: String,
    /// When it was last evaluated. None until then.
    pub last_evaluated_at: Option<Timestamp>,
}

/// The result of evaluating a policy, kept until the next one (`GetLifecyclePolicyPreview`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecyclePreview {
    /// The policy as it was sent.
    pub text: String,
    /// The affected images, in the order of the digests.
    pub marked: Vec<MarkedImage>,
}

/// An image that a policy would affect, with the rule that affects it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedImage {
    /// The image.
    pub digest: Digest,
    /// Its tags.
    pub tags: BTreeSet<String>,
    /// When it was pushed.
    pub pushed_at: Timestamp,
    /// Its current storage class.
    pub storage_class: StorageClass,
    /// What would happen to it.
    pub action: LifecycleAction,
    /// The priority of the rule that marks it.
    pub rule_priority: u32,
}

/// The storage class of an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "lowercase", serialize = "SCREAMING_SNAKE_CASE"))]
pub enum StorageClass {
    /// Can be pulled.
    #[default]
    Standard,
    /// In the archive.
    Archive,
}

impl StorageClass {
    /// Its name in a policy.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Archive => "archive",
        }
    }
}

/// What happens to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "type", deny_unknown_fields)]
#[serde(rename_all(deserialize = "lowercase", serialize = "SCREAMING_SNAKE_CASE"))]
#[serde(rename_all_fields = "camelCase")]
pub enum LifecycleAction {
    /// It is deleted.
    Expire {},
    /// It moves to another storage class.
    Transition {
        /// The new storage class; only the archive is possible.
        target_storage_class: StorageClass,
    },
}
