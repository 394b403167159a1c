//! Shapes that several operations share, in the service model's spelling.

use serde::{Deserialize, Serialize};

use crate::registry::{Digest, EcrError, Image, ImageStatus, Images, Reference};

/// The request of an operation without parameters.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// A request that only names a repository.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RepositoryRequest {
    pub(super) repository_name: String,
}

/// How a client names an image: by digest, by tag, or by both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImageIdentifier {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image_digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image_tag: Option<String>,
}

/// Why one image of a batch was not processed. The others were.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImageFailure {
    pub(super) image_id: ImageIdentifier,
    pub(super) failure_code: &'static str,
    pub(super) failure_reason: String,
}

impl ImageIdentifier {
    pub(super) fn of(digest: Digest, tag: Option<&str>) -> Self {
        Self {
            image_digest: Some(digest.to_string()),
            image_tag: tag.map(str::to_owned),
        }
    }

    /// The reference in the identifier. If it has tag and digest, the tag, whose digest [`Self::find`] compares.
    ///
    /// # Errors
    /// The code and reason of an ImageFailure.
    pub(super) fn reference(&self) -> Result<Reference, (&'static str, String)> {
        match (&self.image_tag, &self.image_digest) {
            (Some(tag), _) => Ok(Reference::Tag(tag.clone())),
            (None, Some(digest)) => digest
                .parse()
                .map(Reference::Digest)
                .map_err(|_| ("InvalidImageDigest", "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'".to_owned())),
            (None, None) => Err(("MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null".to_owned())),
        }
    }

    /// The image, if tag and digest match.
    ///
    /// # Errors
    /// The code and reason of an ImageFailure.
    pub(super) fn find<'a>(&self, images: &'a Images) -> Result<&'a Image, (&'static str, String)> {
        let image = images
            .get(&self.reference()?)
            .ok_or_else(|| ("ImageNotFound", "Requested image not found".to_owned()))?;
        match &self.image_digest {
            Some(digest) if *digest != image.digest.to_string() => Err((
                "ImageTagDoesNotMatchDigest",
                "Invalid request parameters: image tag does not match digest".to_owned(),
            )),
            _ => Ok(image),
        }
    }

    /// The image, for operations that fail without it.
    ///
    /// # Errors
    /// `InvalidParameterException`; `ImageNotFoundException`, also if tag and digest do not match.
    pub(super) fn find_only<'a>(&self, images: &'a Images) -> Result<&'a Image, EcrError> {
        self.reference()
            .map_err(|(_, reason)| EcrError::invalid("imageId", &reason))?;
        self.find(images)
            .map_err(|_| images.not_found(self.image_digest.as_deref(), self.image_tag.as_deref()))
    }

    pub(super) fn failure(
        self,
        (failure_code, failure_reason): (&'static str, String),
    ) -> ImageFailure {
        ImageFailure {
            image_id: self,
            failure_code,
            failure_reason,
        }
    }
}

/// Refuses a batch that is empty or longer than the service model's limit of 100.
pub(super) fn check_batch<Item>(parameter: &str, items: &[Item]) -> Result<(), EcrError> {
    if (1..=100).contains(&items.len()) {
        Ok(())
    } else {
        Err(EcrError::invalid(
            parameter,
            "Member must have length between 1 and 100",
        ))
    }
}

/// `tagStatus` in filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum TagStatus {
    Tagged,
    Untagged,
    #[default]
    Any,
}

/// `imageStatus` and `artifactStatus` in filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum StatusFilter {
    #[default]
    Active,
    Archived,
    Activating,
    Any,
}

impl StatusFilter {
    pub(super) fn admits(self, status: ImageStatus) -> bool {
        match self {
            Self::Any => true,
            Self::Active => status == ImageStatus::Active,
            Self::Archived => status == ImageStatus::Archived,
            Self::Activating => status == ImageStatus::Activating,
        }
    }
}

impl TagStatus {
    pub(super) fn admits(self, image: &Image) -> bool {
        match self {
            Self::Any => true,
            Self::Tagged => !image.tags.is_empty(),
            Self::Untagged => image.tags.is_empty(),
        }
    }
}

/// The `filter` of DescribeImages and ListImages.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImageFilter {
    #[serde(default)]
    pub(super) tag_status: TagStatus,
    #[serde(default)]
    pub(super) image_status: StatusFilter,
}

impl ImageFilter {
    pub(super) fn admits(self, image: &Image) -> bool {
        self.tag_status.admits(image) && self.image_status.admits(image.status)
    }
}
