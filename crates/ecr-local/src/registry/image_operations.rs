//! Operations on images, for both protocols.

use super::{
    DeletedImage, DeletionRefused, Digest, EcrError, ErrorKind, Image, ImageStatus, PutImage,
    Reference, Registry, Timestamp,
};

impl Registry {
    /// Stores an image, and returns it as it is stored. See [`super::Images::put`] for the rules. If pushes are scanned or signed, that happens at
    /// once.
    ///
    /// # Errors
    /// Those of PutImage.
    pub fn put_image(&self, repository: &str, put: PutImage) -> Result<Image, EcrError> {
        let scan_on_push = self.is_scanned_on_push(repository)?;
        let signing_profiles = self.signing_profiles(repository);
        let pushed_at = put.pushed_at.unwrap_or_else(Timestamp::now);
        self.change_images(repository, |images, mutability| {
            let digest = images.put(put, mutability)?;
            if scan_on_push
                && let Some(image) = images.get_mut(&digest)
                && image.is_scannable()
                && image.scanned_at.is_none()
            {
                image.scanned_at = Some(pushed_at);
            }
            images.sign(digest, &signing_profiles, pushed_at)?;
            images.find(&Reference::Digest(digest)).cloned()
        })
    }

    /// The image that a tag or digest names, if it can be pulled.
    ///
    /// # Errors
    /// `ImageNotFoundException`, also for an archived image: for pulls it does not exist.
    pub fn image_by_reference(
        &self,
        repository: &str,
        reference: &Reference,
    ) -> Result<Image, EcrError> {
        self.read_images(repository, |images| {
            let image = images.find(reference)?;
            if image.status == ImageStatus::Active {
                Ok(image.clone())
            } else {
                Err(images.image_not_found(reference))
            }
        })
    }

    /// Deletes a tag, the image with its last tag, or an image with all its tags.
    ///
    /// # Errors
    /// `ImageNotFoundException`; `InvalidParameterException` for an image in an index.
    pub fn delete_image(
        &self,
        repository: &str,
        reference: &Reference,
    ) -> Result<DeletedImage, EcrError> {
        self.change_images(repository, |images, _| {
            images.delete(reference).map_err(|refused| match refused {
                DeletionRefused::NotFound => images.image_not_found(reference),
                DeletionRefused::ReferencedBy(index) => EcrError::new(
                    ErrorKind::InvalidParameter,
                    format!("Requested image referenced by manifest list: [{index}]"),
                ),
            })
        })
    }

    /// At most `limit` tags after `after`, sorted.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn tags(
        &self,
        repository: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<String>, EcrError> {
        self.read_images(repository, |images| {
            let tags = images.tags().map(|(tag, _)| tag);
            let rest = tags.skip_while(|tag| after.is_some_and(|after| *tag <= after));
            Ok(rest.take(limit).map(str::to_owned).collect())
        })
    }

    /// The active images whose subject is this digest. The subject does not have to exist.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn referrers(
        &self,
        repository: &str,
        subject: &Digest,
        artifact_type: Option<&str>,
    ) -> Result<Vec<Image>, EcrError> {
        self.read_images(repository, |images| {
            Ok(images
                .referrers(subject)
                .filter(|image| image.status == ImageStatus::Active)
                .filter(|image| {
                    artifact_type.is_none()
                        || image.manifest.artifact_type.as_deref() == artifact_type
                })
                .cloned()
                .collect())
        })
    }

    /// Records a pull now.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn record_pull(&self, repository: &str, digest: &Digest) -> Result<(), EcrError> {
        self.set_pulled_at(repository, digest, Timestamp::now())
    }

    /// Records a pull at that moment. In a generated repository without writes, the record may be lost when memory is
    /// needed.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn set_pulled_at(
        &self,
        repository: &str,
        digest: &Digest,
        at: Timestamp,
    ) -> Result<(), EcrError> {
        self.visit_images(repository, |images| {
            images.set_pulled_at(digest, at);
            Ok(())
        })
    }

    /// Records a scan at that moment (`StartImageScan`; seeds back-date it).
    ///
    /// # Errors
    /// `ImageNotFoundException`, `ImageArchivedException`, `UnsupportedImageTypeException`.
    pub fn scan_image(
        &self,
        repository: &str,
        reference: &Reference,
        at: Timestamp,
    ) -> Result<Image, EcrError> {
        self.change_images(repository, |images, _| {
            let image = images.find(reference)?;
            if image.status != ImageStatus::Active {
                return Err(EcrError::new(
                    ErrorKind::ImageArchived,
                    "An archived image cannot be scanned",
                ));
            }
            if !image.is_scannable() {
                return Err(EcrError::new(
                    ErrorKind::UnsupportedImageType,
                    "An index or an artifact that is no container image cannot be scanned",
                ));
            }
            let mut scanned = image.clone();
            scanned.scanned_at = Some(at);
            if let Some(image) = images.get_mut(&scanned.digest) {
                image.scanned_at = Some(at);
            }
            Ok(scanned)
        })
    }

    /// Moves an image into or out of the archive (`UpdateImageStorageClass`) at that moment.
    ///
    /// # Errors
    /// `ImageNotFoundException`; `ImageStorageClassUpdateNotSupportedException` if it is already there.
    pub fn set_archived(
        &self,
        repository: &str,
        reference: &Reference,
        archive: bool,
        at: Timestamp,
    ) -> Result<Image, EcrError> {
        self.change_images(repository, |images, _| {
            let digest = images.find(reference)?.digest;
            let unknown = images.image_not_found(reference);
            let image = images.get_mut(&digest).ok_or(unknown)?;
            if archive == (image.status == ImageStatus::Archived) {
                return Err(EcrError::new(
                    ErrorKind::ImageStorageClassUpdateNotSupported,
                    format!("The image with digest '{digest}' has this storage class already"),
                ));
            }
            if archive {
                image.status = ImageStatus::Archived;
                image.archived_at = Some(at);
            } else {
                image.restore(at);
            }
            Ok(image.clone())
        })
    }
}

impl Image {
    /// Whether ECR scans such a manifest: a container image, but not an index or another artifact.
    #[must_use]
    pub fn is_scannable(&self) -> bool {
        !self.manifest.kind.is_index()
            && self.manifest.subject.is_none()
            && self.has_container_config()
    }

    /// Whether its config is that of a container image.
    pub(super) fn has_container_config(&self) -> bool {
        matches!(
            self.manifest.config_media_type.as_deref(),
            Some(
                "application/vnd.docker.container.image.v1+json"
                    | "application/vnd.oci.image.config.v1+json"
            )
        )
    }
}
