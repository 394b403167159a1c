//! What Gantry keeps of a repository and of an image.

use std::ops::Deref;

use model::{
    Digest, RepositoryName, Tag, Timestamp,
    image::{ImageKind, Scan, TagKind},
    natural_cmp,
    repository::RepositorySettings,
};

/// What DescribeRepositories returns for a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryFacts {
    /// The name.
    pub name: RepositoryName,
    /// The ARN, as ECR returns it.
    pub arn: String,
    /// The URI, as ECR returns it.
    pub uri: String,
    /// The creation time, in nanoseconds since 1970. It distinguishes the repository from a later
    /// one with the same name.
    pub(crate) created_nanos: Option<i128>,
    /// The settings. They are read with a grant.
    pub(crate) settings: RepositorySettings,
}

impl RepositoryFacts {
    /// Creates a repository from ECR's description.
    pub fn new(
        name: RepositoryName,
        arn: String,
        uri: String,
        created_nanos: Option<i128>,
        settings: RepositorySettings,
    ) -> Self {
        Self {
            name,
            arn,
            uri,
            created_nanos,
            settings,
        }
    }
}

/// What DescribeImages returns for an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRecord {
    /// The digest.
    pub digest: Digest,
    /// The tags.
    pub tags: Vec<Tag>,
    /// What the manifest describes.
    pub kind: ImageKind,
    /// The compressed size in bytes, as reported by ECR.
    pub size: Option<u64>,
    /// When the image was pushed.
    pub pushed: Option<Timestamp>,
    /// When the image was last pulled.
    pub pulled: Option<Timestamp>,
    /// The result of the scan.
    pub scan: Scan,
    /// Whether the image is archived, or is being archived or restored.
    pub archived: bool,
    /// The image that this one refers to.
    pub subject: Option<Digest>,
}

impl ImageRecord {
    /// The weight of the image for [`InventorySettings::max_images`]: one, and one more for each
    /// four tags beyond three. ECR allows a thousand tags per image.
    ///
    /// [`InventorySettings::max_images`]: super::InventorySettings::max_images
    pub(crate) fn weight(&self) -> usize {
        1 + self.tags.len() / 4
    }
}

/// An image in the inventory: its tags in natural order, each with the kind that its name suggests.
/// The kind never changes, and is too slow to compute for each list that shows the tag.
#[derive(Debug)]
pub(super) struct HeldImage {
    record: ImageRecord,
    /// One for each tag, in the order of the tags. Each needs one byte.
    kinds: Box<[TagKind]>,
}

impl HeldImage {
    pub(super) fn new(mut record: ImageRecord) -> Self {
        let tags = &mut record.tags;
        tags.sort_by(|left, right| natural_cmp(right.as_str(), left.as_str()));
        tags.shrink_to_fit();
        let kinds = tags.iter().map(TagKind::by_name).collect();
        Self { record, kinds }
    }

    /// Each tag with the kind that its name suggests.
    pub(super) fn named(&self) -> impl Iterator<Item = (&Tag, TagKind)> {
        self.record.tags.iter().zip(self.kinds.iter().copied())
    }
}

impl Deref for HeldImage {
    type Target = ImageRecord;

    fn deref(&self) -> &ImageRecord {
        &self.record
    }
}
