//! Blobs and their uploads, for both protocols.

use bytes::Bytes;

use super::repository::State;
use super::upload::{MAX_PART, Upload};
use super::{Content, Digest, EcrError, ErrorKind, Registry, Timestamp};

/// A blob, as returned for a digest (`BatchCheckLayerAvailability`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its size in bytes.
    pub size: u64,
    /// Whether only archived images use it.
    pub is_archived: bool,
}

impl Registry {
    /// Stores a blob and returns its digest.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn insert_blob(
        &self,
        repository: &str,
        content: impl Into<Content>,
    ) -> Result<Digest, EcrError> {
        let content = content.into();
        let digest = content.digest();
        self.change_images(repository, |images, _| {
            images.insert_known_blob(digest, content);
            Ok(digest)
        })
    }

    /// A blob's content, whether or not an image uses it yet.
    ///
    /// # Errors
    /// `LayersNotFoundException`.
    pub fn blob(&self, repository: &str, digest: &Digest) -> Result<Content, EcrError> {
        self.read_images(repository, |images| {
            let absent = || {
                EcrError::new(
                    ErrorKind::LayersNotFound,
                    format!(
                        "The layer with digest '{digest}' does not exist {}",
                        images.place
                    ),
                )
            };
            images.blob(digest).cloned().ok_or_else(absent)
        })
    }

    /// The data about a blob. None if it does not exist.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn layer(&self, repository: &str, digest: &Digest) -> Result<Option<Layer>, EcrError> {
        self.read_images(repository, |images| {
            Ok(images.blob(digest).map(|content| Layer {
                size: content.size(),
                is_archived: images.holders(digest).next().is_some()
                    && images
                        .holders(digest)
                        .all(|image| image.status == super::ImageStatus::Archived),
            }))
        })
    }

    /// The last segment of a link for a layer that an active image uses (`GetDownloadUrlForLayer`).
    ///
    /// # Errors
    /// `LayersNotFoundException`, `LayerInaccessibleException`.
    pub fn link_layer(&self, repository: &str, digest: &Digest) -> Result<String, EcrError> {
        self.blob(repository, digest)?;
        let is_held = self.read_images(repository, |images| {
            Ok(images
                .holders(digest)
                .any(|image| image.status == super::ImageStatus::Active))
        })?;
        if !is_held {
            return Err(EcrError::new(
                ErrorKind::LayerInaccessible,
                format!("The layer with digest '{digest}' is not associated with an active image"),
            ));
        }
        Ok(self.issue_link(repository, digest))
    }

    /// Starts an upload and returns its ID, a UUID. Removes uploads that were started more than a day ago.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn start_upload(&self, repository: &str) -> Result<String, EcrError> {
        let id = uuid();
        self.with(repository, |state| {
            let now = Timestamp::now();
            state.uploads.retain(|_, upload| !upload.is_abandoned(now));
            state.uploads.insert(id.clone(), Upload::new(now));
            Ok(id)
        })
    }

    /// The part size in bytes that clients should use.
    #[must_use]
    pub const fn part_size(&self) -> u64 {
        MAX_PART
    }

    /// How many bytes of an upload have arrived.
    ///
    /// # Errors
    /// `UploadNotFoundException`.
    pub fn upload_size(&self, repository: &str, id: &str) -> Result<u64, EcrError> {
        self.with(repository, |state| Ok(upload(state, id)?.size()))
    }

    /// Appends any number of bytes, and returns the new total.
    ///
    /// # Errors
    /// `UploadNotFoundException`, `LimitExceededException`.
    pub fn append_upload(&self, repository: &str, id: &str, bytes: &[u8]) -> Result<u64, EcrError> {
        self.with(repository, |state| upload(state, id)?.append(bytes))
    }

    /// Appends a part by UploadLayerPart's rules, and returns the new total of bytes. `first` and `last` are the
    /// positions of the part's first and last byte in the layer.
    ///
    /// # Errors
    /// `UploadNotFoundException`, `InvalidLayerPartException`.
    pub fn append_part(
        &self,
        repository: &str,
        id: &str,
        first: u64,
        last: u64,
        bytes: &[u8],
    ) -> Result<u64, EcrError> {
        self.with(repository, |state| {
            upload(state, id)?.append_part(first, last, bytes)
        })
    }

    /// Ends an upload and stores the blob if it hashes to `digest`. A blob that already exists is not an error here;
    /// CompleteLayerUpload checks that before.
    ///
    /// # Errors
    /// `UploadNotFoundException`, `LayerPartTooSmallException`, `InvalidLayerException`. The upload ends in any case.
    pub fn complete_upload(
        &self,
        repository: &str,
        id: &str,
        digest: &Digest,
    ) -> Result<(), EcrError> {
        let upload = self.with(repository, |state| {
            state.uploads.remove(id).ok_or_else(|| upload_not_found(id))
        })?;
        let bytes: Bytes = upload.complete(digest)?;
        self.change_images(repository, |images, _| {
            images.insert_known_blob(*digest, Content::Bytes(bytes));
            Ok(())
        })
    }

    /// Cancels an upload.
    ///
    /// # Errors
    /// `UploadNotFoundException`.
    pub fn cancel_upload(&self, repository: &str, id: &str) -> Result<(), EcrError> {
        self.with(repository, |state| {
            state
                .uploads
                .remove(id)
                .map(drop)
                .ok_or_else(|| upload_not_found(id))
        })
    }

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
        let Ok(content) = self.blob(from, digest) else {
            return Ok(false);
        };
        self.change_images(to, |images, _| {
            images.insert_known_blob(*digest, content);
            Ok(true)
        })
    }
}

fn upload<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Upload, EcrError> {
    state
        .uploads
        .get_mut(id)
        .ok_or_else(|| upload_not_found(id))
}

fn upload_not_found(id: &str) -> EcrError {
    EcrError::new(
        ErrorKind::UploadNotFound,
        format!("The upload with id '{id}' does not exist in this repository"),
    )
}

/// A random UUID, version 4.
pub(crate) fn uuid() -> String {
    let mut bits: u128 = rand::random();
    bits = bits & !(0xf << 76) | 0x4 << 76;
    bits = bits & !(0x3 << 62) | 0x2 << 62;
    let digits = format!("{bits:032x}");
    [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ]
    .join("-")
}
