//! Layers and the other blobs of a repository, which manifests refer to.

use super::{Content, Digest, EcrError, ErrorKind, ImageStatus, Images, Registry};

/// A blob, as returned for a digest (`BatchCheckLayerAvailability`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its size in bytes.
    pub size: u64,
    /// Whether only archived images use it.
    pub is_archived: bool,
}

impl Images {
    /// The data about a blob. None if it does not exist.
    #[must_use]
    pub fn layer(&self, digest: &Digest) -> Option<Layer> {
        let content = self.blob(digest)?;
        Some(Layer {
            size: content.size(),
            is_archived: self.holders(digest).next().is_some()
                && self
                    .holders(digest)
                    .all(|image| image.status == ImageStatus::Archived),
        })
    }

    /// A blob's content, whether or not an image uses it yet.
    ///
    /// # Errors
    /// `LayersNotFoundException`.
    pub fn find_blob(&self, digest: &Digest) -> Result<&Content, EcrError> {
        self.blob(digest).ok_or_else(|| {
            EcrError::new(
                ErrorKind::LayersNotFound,
                format!(
                    "The layer with digest '{digest}' does not exist {}",
                    self.place
                ),
            )
        })
    }

    /// Refuses a blob that clients cannot download, because no active image uses it (`GetDownloadUrlForLayer`).
    ///
    /// # Errors
    /// `LayersNotFoundException`, `LayerInaccessibleException`.
    pub(crate) fn check_download(&self, digest: &Digest) -> Result<(), EcrError> {
        self.find_blob(digest)?;
        let is_held = self
            .holders(digest)
            .any(|image| image.status == ImageStatus::Active);
        if is_held {
            Ok(())
        } else {
            Err(EcrError::new(
                ErrorKind::LayerInaccessible,
                format!("The layer with digest '{digest}' is not associated with an active image"),
            ))
        }
    }
}

impl Registry {
    /// Copies a blob from another repository without an upload. Returns whether it did: not if the account forbids
    /// mounting, the source does not have the blob, or the two repositories have different encryption.
    ///
    /// # Errors
    /// `RepositoryNotFoundException` for the target.
    pub fn mount_blob(&self, from: &str, to: &str, digest: &Digest) -> Result<bool, EcrError> {
        let target = self.repository(to)?;
        let source = self.repository(from).ok();
        let is_alike = source.is_some_and(|source| source.encryption == target.encryption);
        if !is_alike || !self.account().allows_blob_mounting() {
            return Ok(false);
        }
        let Ok(content) = self.read_images(from, |images| images.find_blob(digest).cloned()) else {
            return Ok(false);
        };
        self.change_images(to, |images| {
            images.insert_known_blob(*digest, content);
            Ok(true)
        })
    }
}
