//! The IAM actions that Gantry uses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An action that Gantry does not know.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not an IAM action of a repository that Gantry knows")]
pub struct ActionError;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $iam:literal,)*) => {
        /// An IAM action on a repository.
        ///
        /// Source: "Actions, resources, and condition keys for Amazon Elastic Container Registry"
        /// in the Service Authorization Reference, those with the resource type `repository`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Action {
            $($(#[$doc])* #[serde(rename = $iam)] $name,)*
        }

        impl Action {
            /// Every action, reading actions before writing actions.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The action in the spelling of policies.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $iam,)*
                }
            }
        }
    };
}

actions! {
    /// Names, settings and URIs of repositories.
    DescribeRepositories = "ecr:DescribeRepositories",
    /// Digests, tags, sizes and dates of images.
    DescribeImages = "ecr:DescribeImages",
    /// Only tags and digests of images.
    ListImages = "ecr:ListImages",
    /// Manifests.
    BatchGetImage = "ecr:BatchGetImage",
    /// The contents of layers and configs.
    GetDownloadUrlForLayer = "ecr:GetDownloadUrlForLayer",
    /// Whether blobs exist.
    BatchCheckLayerAvailability = "ecr:BatchCheckLayerAvailability",
    /// Scan findings.
    DescribeImageScanFindings = "ecr:DescribeImageScanFindings",
    /// The repository policy.
    GetRepositoryPolicy = "ecr:GetRepositoryPolicy",
    /// The lifecycle policy.
    GetLifecyclePolicy = "ecr:GetLifecyclePolicy",
    /// What the lifecycle policy would expire.
    GetLifecyclePolicyPreview = "ecr:GetLifecyclePolicyPreview",
    /// The repository's resource tags.
    ListTagsForResource = "ecr:ListTagsForResource",
    /// Starts a preview of the lifecycle policy.
    StartLifecyclePolicyPreview = "ecr:StartLifecyclePolicyPreview",
    /// Starts a scan of an image.
    StartImageScan = "ecr:StartImageScan",
    /// Writes a manifest or a tag.
    PutImage = "ecr:PutImage",
    /// Starts the upload of a blob.
    InitiateLayerUpload = "ecr:InitiateLayerUpload",
    /// Uploads a part of a blob.
    UploadLayerPart = "ecr:UploadLayerPart",
    /// Finishes the upload of a blob.
    CompleteLayerUpload = "ecr:CompleteLayerUpload",
    /// Deletes tags and images.
    BatchDeleteImage = "ecr:BatchDeleteImage",
    /// Changes the tag mutability.
    PutImageTagMutability = "ecr:PutImageTagMutability",
    /// Changes the lifecycle policy.
    PutLifecyclePolicy = "ecr:PutLifecyclePolicy",
    /// Changes the repository policy.
    SetRepositoryPolicy = "ecr:SetRepositoryPolicy",
    /// Removes the repository policy.
    DeleteRepositoryPolicy = "ecr:DeleteRepositoryPolicy",
    /// Deletes the repository.
    DeleteRepository = "ecr:DeleteRepository",
}

impl Action {
    /// The action without its service prefix.
    pub fn short(self) -> &'static str {
        self.as_str().trim_start_matches("ecr:")
    }
}

impl FromStr for Action {
    type Err = ActionError;

    /// Parses an action, case-insensitively as in IAM.
    fn from_str(text: &str) -> Result<Self, ActionError> {
        let is_it = |action: &&Self| action.as_str().eq_ignore_ascii_case(text);
        Self::ALL.iter().find(is_it).copied().ok_or(ActionError)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
