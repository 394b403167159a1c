//! Lifecycle policies: what ECR accepts, and which images a policy would expire or archive.
//!
//! The rules follow <https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html>.

mod check;
mod evaluate;
mod parse;

pub use parse::{Action, CountType, Policy, Rule, StorageClass, TagStatus};

use crate::registry::{Digest, Timestamp};
use std::collections::BTreeSet;

/// An image that a policy would affect, with the rule that affects it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The image.
    pub digest: Digest,
    /// Its tags.
    pub tags: BTreeSet<String>,
    /// When it was pushed.
    pub pushed_at: Timestamp,
    /// Its current storage class.
    pub storage_class: StorageClass,
    /// What would happen to it.
    pub action: Action,
    /// The priority of the rule that marks it.
    pub rule_priority: u32,
}

/// The result of evaluating a policy, kept until the next one (`GetLifecyclePolicyPreview`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The policy as it was sent.
    pub text: String,
    /// The affected images, in the order of the digests.
    pub marked: Vec<Marked>,
}
