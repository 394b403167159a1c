//! The archive: an image moves into it and is restored from it.

use super::{EcrError, ErrorKind, Image, ImageStatus, Images, Reference, Timestamp};

impl Images {
    /// Moves an image into or out of the archive (`UpdateImageStorageClass`) at that moment.
    ///
    /// # Errors
    /// `ImageNotFoundException`; `ImageStorageClassUpdateNotSupportedException` if it is already there.
    pub fn set_archived(
        &mut self,
        reference: &Reference,
        archive: bool,
        at: Timestamp,
    ) -> Result<&Image, EcrError> {
        let image = self.find_mut(reference)?;
        if archive == (image.status == ImageStatus::Archived) {
            return Err(EcrError::new(
                ErrorKind::ImageStorageClassUpdateNotSupported,
                format!(
                    "The image with digest '{}' has this storage class already",
                    image.digest
                ),
            ));
        }
        if archive {
            image.status = ImageStatus::Archived;
            image.archived_at = Some(at);
        } else {
            image.restore(at);
        }
        Ok(image)
    }
}

impl Image {
    /// When it was last restored from the archive, or else when it was pushed. ECR's lifecycle rules count from this
    /// time.
    #[must_use]
    pub fn active_since(&self) -> Timestamp {
        self.activated_at.unwrap_or(self.pushed_at)
    }

    /// Restores it from the archive. The service takes minutes; here it is active at once.
    pub(super) fn restore(&mut self, at: Timestamp) {
        self.status = ImageStatus::Active;
        self.activated_at = Some(at);
    }
}
