use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str::FromStr;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;

use super::{Content, Digest, EcrError, ErrorKind, Manifest, SigningStatus, Timestamp};

/// Whether an image can be pulled (`imageStatus`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ImageStatus {
    /// It can be pulled.
    #[default]
    Active,
    /// It is archived: listed on request, but cannot be pulled.
    Archived,
    /// It is being restored from the archive.
    Activating,
}

/// A manifest with the registry's data about it.
#[derive(Clone, Debug)]
pub struct Image {
    /// The SHA-256 of [`Image::bytes`].
    pub digest: Digest,
    /// The manifest exactly as it was pushed.
    pub bytes: Bytes,
    /// The parsed manifest.
    pub manifest: Arc<Manifest>,
    /// Bytes of config and layers as stored. For an index the size of its largest image, as the service model defines
    /// `imageSizeInBytes`.
    pub size: u64,
    /// The tags that point here.
    pub tags: BTreeSet<String>,
    /// When the manifest was pushed.
    pub pushed_at: Timestamp,
    /// When it was last pulled. ECR updates this about once a day.
    pub pulled_at: Option<Timestamp>,
    /// Active, archived, or being restored.
    pub status: ImageStatus,
    /// When it was last archived.
    pub archived_at: Option<Timestamp>,
    /// When it was last restored from the archive.
    pub activated_at: Option<Timestamp>,
    /// When it was last scanned.
    pub scanned_at: Option<Timestamp>,
    /// The signing profiles for it, by ARN, and the status of each signature.
    pub signings: BTreeMap<String, SigningStatus>,
}

/// How a client names an image: by a tag or by a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The image that the tag currently points to.
    Tag(String),
    /// The image itself.
    Digest(Digest),
}

impl FromStr for Reference {
    type Err = std::convert::Infallible;

    /// Parses the last path segment of a `/v2/` URL: a digest if it looks like one, else a tag.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text
            .parse()
            .map_or_else(|_| Self::Tag(text.to_owned()), Self::Digest))
    }
}

/// The result of a deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedImage {
    /// The image that lost tags or was deleted.
    pub digest: Digest,
    /// The deleted tags.
    pub tags: BTreeSet<String>,
    /// Whether the image itself was deleted.
    pub is_gone: bool,
}

/// Why an image cannot be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionRefused {
    /// There is no such image.
    NotFound,
    /// This index contains it.
    ReferencedBy(Digest),
}

/// The images, tags and blobs of one repository. Every method keeps them consistent.
#[derive(Clone, Debug)]
pub struct Images {
    /// The end of many of ECR's messages: the repository and the registry.
    pub(super) place: Arc<str>,
    pub(super) images: BTreeMap<Digest, Image>,
    pub(super) tags: BTreeMap<String, Digest>,
    pub(super) blobs: HashMap<Digest, Content>,
}

impl Images {
    pub(super) fn new(account: &str, repository: &str) -> Self {
        let place = format!(
            "in the repository with name '{repository}' in the registry with id '{account}'"
        );
        Self {
            place: place.into(),
            images: BTreeMap::new(),
            tags: BTreeMap::new(),
            blobs: HashMap::new(),
        }
    }

    /// All images by digest, whatever their status.
    pub fn iter(&self) -> impl Iterator<Item = &Image> {
        self.images.values()
    }

    /// The number of images, whatever their status.
    #[must_use]
    pub fn len(&self) -> usize {
        self.images.len()
    }

    /// Whether there is no image.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.images.is_empty()
    }

    /// The image that this reference names.
    #[must_use]
    pub fn get(&self, reference: &Reference) -> Option<&Image> {
        self.images.get(&self.digest_of(reference)?)
    }

    pub(super) fn get_mut(&mut self, digest: &Digest) -> Option<&mut Image> {
        self.images.get_mut(digest)
    }

    fn digest_of(&self, reference: &Reference) -> Option<Digest> {
        match reference {
            Reference::Tag(tag) => self.tags.get(tag).copied(),
            Reference::Digest(digest) => Some(*digest),
        }
    }

    /// The image, or ECR's error if it does not exist.
    ///
    /// # Errors
    /// `ImageNotFoundException`.
    pub fn find(&self, reference: &Reference) -> Result<&Image, EcrError> {
        self.get(reference)
            .ok_or_else(|| self.image_not_found(reference))
    }

    /// [`Images::find`], for a change.
    pub(super) fn find_mut(&mut self, reference: &Reference) -> Result<&mut Image, EcrError> {
        let unknown = self.image_not_found(reference);
        let digest = self.digest_of(reference);
        digest
            .and_then(|digest| self.images.get_mut(&digest))
            .ok_or(unknown)
    }

    /// The image that a reference names, if it can be pulled.
    ///
    /// # Errors
    /// `ImageNotFoundException`, also for an archived image: for pulls it does not exist.
    pub fn find_active(&self, reference: &Reference) -> Result<&Image, EcrError> {
        self.get(reference)
            .filter(|image| image.status == ImageStatus::Active)
            .ok_or_else(|| self.image_not_found(reference))
    }

    /// ECR's error for a reference that names no image.
    pub(crate) fn image_not_found(&self, reference: &Reference) -> EcrError {
        match reference {
            Reference::Tag(tag) => self.not_found(None, Some(tag)),
            Reference::Digest(digest) => self.not_found(Some(&digest.to_string()), None),
        }
    }

    /// ECR's error for an image that does not exist, or whose digest and tag do not match.
    pub(crate) fn not_found(&self, digest: Option<&str>, tag: Option<&str>) -> EcrError {
        let (digest, tag) = (digest.unwrap_or("null"), tag.unwrap_or("null"));
        EcrError::new(
            ErrorKind::ImageNotFound,
            format!(
                "The image with imageId {{imageDigest:'{digest}', imageTag:'{tag}'}} does not exist {}",
                self.place
            ),
        )
    }

    /// Every tag with its digest, sorted by tag.
    pub fn tags(&self) -> impl Iterator<Item = (&str, Digest)> {
        self.tags
            .iter()
            .map(|(tag, digest)| (tag.as_str(), *digest))
    }

    /// Stores a blob and returns its digest. Storing it again changes nothing.
    pub fn insert_blob(&mut self, content: impl Into<Content>) -> Digest {
        let content = content.into();
        let digest = content.digest();
        self.blobs.entry(digest).or_insert(content);
        digest
    }

    /// Stores a blob with a known digest, without generating its bytes to verify it.
    pub fn insert_known_blob(&mut self, digest: Digest, content: Content) {
        self.blobs.entry(digest).or_insert(content);
    }

    /// The blob's content.
    #[must_use]
    pub fn blob(&self, digest: &Digest) -> Option<&Content> {
        self.blobs.get(digest)
    }

    /// The images whose manifest names this blob.
    pub fn holders<'a>(&'a self, blob: &'a Digest) -> impl Iterator<Item = &'a Image> {
        self.iter()
            .filter(move |image| image.manifest.blobs.contains(blob))
    }

    /// The images whose manifest has this digest as its subject. The subject does not have to exist.
    pub fn referrers<'a>(&'a self, subject: &'a Digest) -> impl Iterator<Item = &'a Image> {
        self.iter()
            .filter(move |image| image.manifest.subject.as_ref() == Some(subject))
    }

    /// Records when an image was pulled, only on the image itself.
    pub fn set_pulled_at(&mut self, digest: &Digest, pulled_at: Timestamp) {
        if let Some(image) = self.images.get_mut(digest) {
            image.pulled_at = Some(pulled_at);
        }
    }

    /// Records when an image was scanned; [`super::Image::is_scannable`] says which images can be scanned.
    pub fn set_scanned_at(&mut self, digest: &Digest, scanned_at: Timestamp) {
        if let Some(image) = self.images.get_mut(digest) {
            image.scanned_at = Some(scanned_at);
        }
    }

    /// Deletes one tag, and the image with its last tag; or an image with all its tags.
    ///
    /// # Errors
    /// [`DeletionRefused`]: it does not exist, or an index still contains it.
    pub fn delete(&mut self, reference: &Reference) -> Result<DeletedImage, DeletionRefused> {
        let digest = self.digest_of(reference).ok_or(DeletionRefused::NotFound)?;
        let image = self.images.get(&digest).ok_or(DeletionRefused::NotFound)?;
        if let Reference::Tag(tag) = reference
            && image.tags.len() > 1
        {
            return Ok(self.untag(digest, tag));
        }
        if let Some(index) = self.index_of(&digest) {
            return Err(DeletionRefused::ReferencedBy(index));
        }
        Ok(self.remove(digest))
    }

    fn remove(&mut self, digest: Digest) -> DeletedImage {
        let mut tags = BTreeSet::new();
        if let Some(image) = self.images.remove(&digest) {
            for blob in &image.manifest.blobs {
                if self.holders(blob).next().is_none() {
                    self.blobs.remove(blob);
                }
            }
            tags = image.tags;
        }
        for tag in &tags {
            self.tags.remove(tag);
        }
        DeletedImage {
            digest,
            tags,
            is_gone: true,
        }
    }

    fn untag(&mut self, digest: Digest, tag: &str) -> DeletedImage {
        self.tags.remove(tag);
        if let Some(image) = self.images.get_mut(&digest) {
            image.tags.remove(tag);
        }
        DeletedImage {
            digest,
            tags: BTreeSet::from([tag.to_owned()]),
            is_gone: false,
        }
    }

    fn index_of(&self, child: &Digest) -> Option<Digest> {
        self.iter()
            .find(|image| image.manifest.children.contains(child))
            .map(|image| image.digest)
    }
}
