//! What is kept of a repository and of an image.

use std::ops::Deref;

use model::{
    Digest, RepositoryName, Tag, Timestamp,
    image::{ImageKind, Scan, TagKind},
    natural_cmp,
    repository::RepositorySettings,
};

/// What DescribeRepositories says of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryFacts {
    /// Its name.
    pub name: RepositoryName,
    /// Its ARN, as ECR gives it.
    pub arn: String,
    /// Its URI, as ECR gives it.
    pub uri: String,
    /// When it was created, in nanoseconds since 1970: tells it from one that is created again.
    pub(crate) created_nanos: Option<i128>,
    /// The rest: read under a grant.
    pub(crate) settings: RepositorySettings,
}

impl RepositoryFacts {
    /// What ECR said.
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

/// What DescribeImages says of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRecord {
    /// Its digest.
    pub digest: Digest,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// What the manifest describes.
    pub kind: ImageKind,
    /// Compressed bytes, as ECR reports them.
    pub size: Option<u64>,
    /// When it was pushed.
    pub pushed: Option<Timestamp>,
    /// When it was last pulled.
    pub pulled: Option<Timestamp>,
    /// What the scan found.
    pub scan: Scan,
    /// Whether it is archived, or on its way there or back.
    pub archived: bool,
    /// The image it refers to.
    pub subject: Option<Digest>,
}

impl ImageRecord {
    /// What it weighs against [`InventorySettings::max_images`]: one, and one more for each four tags
    /// beyond three. ECR lets an image have a thousand.
    ///
    /// [`InventorySettings::max_images`]: super::InventorySettings::max_images
    pub(crate) fn weight(&self) -> usize {
        1 + self.tags.len() / 4
    }
}

/// An image as the inventory holds it: its tags in natural order, and with each of them what its name suggests. That
/// never changes, and takes too long to be found out for each list that shows the tag.
#[derive(Debug)]
pub(super) struct HeldImage {
    record: ImageRecord,
    /// One for each tag, in the order of the tags: a byte each.
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

    /// Each tag, with what its name suggests.
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
