//! Putting an image: the checks of PutImage in the order that ECR's answers suggest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;

use super::images::{Image, ImageStatus, Images, Reference};
use super::names::check_tag;
use super::{Content, Digest, EcrError, ErrorKind, Manifest, Mutability, Registry, Timestamp};

/// The service model's limit for `imageManifest`, in bytes.
const MAX_MANIFEST: usize = 4 * 1024 * 1024;
/// ECR's quota of tags on one image.
const MAX_TAGS: usize = 1000;

/// A manifest to store, and the tag to set.
#[derive(Clone, Debug, Default)]
pub struct PutImage {
    /// The manifest's exact bytes.
    pub manifest: Bytes,
    /// Its media type, if the client sends it separately.
    pub media_type: Option<String>,
    /// The tag to set or move. None sets no tag.
    pub tag: Option<String>,
    /// The digest that the client computed, to be verified.
    pub digest: Option<Digest>,
    /// When it was pushed. None means now.
    pub pushed_at: Option<Timestamp>,
}

impl Registry {
    /// Stores an image, and returns it as it is stored. See [`Images::put`] for the rules. If pushes are scanned or
    /// signed, that happens at once.
    ///
    /// # Errors
    /// Those of PutImage.
    pub fn put_image(&self, repository: &str, put: PutImage) -> Result<Image, EcrError> {
        let (is_scanned_by_rule, signing_profiles) = {
            let account = self.account();
            let profiles = account.signing_profiles(repository);
            (account.scans_pushes(repository), profiles)
        };
        let pushed_at = put.pushed_at.unwrap_or_else(Timestamp::now);
        self.change_with_settings(repository, |images, settings| {
            let digest = images.put(put, &settings.mutability)?;
            let image = images.find_mut(&Reference::Digest(digest))?;
            if (is_scanned_by_rule || settings.scan_on_push)
                && image.is_scannable()
                && image.scanned_at.is_none()
            {
                image.scanned_at = Some(pushed_at);
            }
            images.sign(digest, &signing_profiles, pushed_at)?;
            images.find(&Reference::Digest(digest)).cloned()
        })
    }
}

impl Images {
    /// Stores an image and moves the tag to it. The previous image of the tag stays, without the tag. A push of an
    /// archived image restores it.
    ///
    /// # Errors
    /// `InvalidParameterException`, `ImageDigestDoesNotMatchException`, `LayersNotFoundException`,
    /// `ReferencedImagesNotFoundException`, `ImageAlreadyExistsException`, `ImageTagAlreadyExistsException` and
    /// `LimitExceededException`, as in PutImage.
    pub fn put(&mut self, put: PutImage, mutability: &Mutability) -> Result<Digest, EcrError> {
        if put.manifest.is_empty() || put.manifest.len() > MAX_MANIFEST {
            return Err(EcrError::invalid(
                "imageManifest",
                "must have 1 to 4194304 bytes",
            ));
        }
        put.tag.as_deref().map_or(Ok(()), check_tag)?;
        let manifest = Manifest::parse(&put.manifest, put.media_type.as_deref())?;
        let digest = Digest::of(&put.manifest);
        if put.digest.is_some_and(|expected| expected != digest) {
            return Err(EcrError::new(
                ErrorKind::ImageDigestDoesNotMatch,
                "The digest of the provided manifest does not match the provided digest",
            ));
        }
        self.check_parts(&manifest)?;
        self.check_tag_is_free(put.tag.as_deref(), digest, mutability)?;
        let pushed_at = put.pushed_at.unwrap_or_else(Timestamp::now);
        match self.images.get_mut(&digest) {
            Some(image) if image.status == ImageStatus::Archived => image.restore(pushed_at),
            Some(_) => {}
            None => {
                let image = self.new_image(digest, put.manifest, manifest, pushed_at);
                self.images.insert(digest, image);
            }
        }
        if let Some(tag) = put.tag {
            self.point(tag, digest);
        }
        Ok(digest)
    }

    fn check_parts(&self, manifest: &Manifest) -> Result<(), EcrError> {
        let missing = absent(&manifest.blobs, |digest| self.blobs.contains_key(digest));
        if !missing.is_empty() {
            return Err(EcrError::new(
                ErrorKind::LayersNotFound,
                format!(
                    "Layers with digests '[{missing}]' required for pushing image do not exist {}",
                    self.place
                ),
            ));
        }
        let missing = absent(&manifest.children, |digest| {
            self.images.contains_key(digest)
        });
        if !missing.is_empty() {
            return Err(EcrError::new(
                ErrorKind::ReferencedImagesNotFound,
                format!(
                    "Images with digests '[{missing}]' required for pushing image do not exist {}",
                    self.place
                ),
            ));
        }
        Ok(())
    }

    fn check_tag_is_free(
        &self,
        tag: Option<&str>,
        digest: Digest,
        mutability: &Mutability,
    ) -> Result<(), EcrError> {
        let is_known = match tag {
            Some(tag) => self.tags.get(tag) == Some(&digest),
            None => self.images.contains_key(&digest),
        };
        if is_known && !self.is_archived(digest) {
            return Err(self.already_exists(digest, tag));
        }
        match tag.filter(|_| !is_known) {
            Some(tag) if self.tags.contains_key(tag) && mutability.locks(tag) => {
                Err(EcrError::new(
                    ErrorKind::ImageTagAlreadyExists,
                    format!(
                        "The image tag '{tag}' already exists {} and cannot be overwritten because the tag is immutable.",
                        self.place
                    ),
                ))
            }
            Some(_) => self.check_tag_quota(digest),
            None => Ok(()),
        }
    }

    fn is_archived(&self, digest: Digest) -> bool {
        self.images
            .get(&digest)
            .is_some_and(|image| image.status == ImageStatus::Archived)
    }

    fn check_tag_quota(&self, digest: Digest) -> Result<(), EcrError> {
        match self.images.get(&digest) {
            Some(image) if image.tags.len() >= MAX_TAGS => Err(EcrError::new(
                ErrorKind::LimitExceeded,
                format!("The image with digest '{digest}' has {MAX_TAGS} tags already"),
            )),
            _ => Ok(()),
        }
    }

    fn already_exists(&self, digest: Digest, tag: Option<&str>) -> EcrError {
        let tag = tag.unwrap_or("null");
        EcrError::new(
            ErrorKind::ImageAlreadyExists,
            format!(
                "Image with digest '{digest}' and tag '{tag}' already exists {}",
                self.place
            ),
        )
    }

    fn new_image(
        &self,
        digest: Digest,
        bytes: Bytes,
        manifest: Manifest,
        pushed_at: Timestamp,
    ) -> Image {
        let size = if manifest.kind.is_index() {
            let sizes = manifest
                .children
                .iter()
                .filter_map(|child| self.get(&Reference::Digest(*child)));
            sizes.map(|image| image.size).max().unwrap_or(0)
        } else {
            let distinct: BTreeSet<&Digest> = manifest.blobs.iter().collect();
            let blobs = distinct.into_iter().filter_map(|blob| self.blobs.get(blob));
            blobs.map(Content::size).sum()
        };
        Image {
            digest,
            bytes,
            manifest: Arc::new(manifest),
            size,
            tags: BTreeSet::new(),
            pushed_at,
            pulled_at: None,
            status: ImageStatus::Active,
            archived_at: None,
            activated_at: None,
            scanned_at: None,
            signings: BTreeMap::new(),
        }
    }

    fn point(&mut self, tag: String, digest: Digest) {
        let previous = self.tags.insert(tag.clone(), digest);
        if let Some(image) = previous.and_then(|previous| self.images.get_mut(&previous)) {
            image.tags.remove(&tag);
        }
        if let Some(image) = self.images.get_mut(&digest) {
            image.tags.insert(tag);
        }
    }
}

/// The digests that are not `present`, joined for a message.
fn absent(digests: &[Digest], present: impl Fn(&Digest) -> bool) -> String {
    let absent: Vec<String> = digests
        .iter()
        .filter(|digest| !present(digest))
        .map(Digest::to_string)
        .collect();
    absent.join(", ")
}
