use serde_json::{Value, json};

use crate::registry::Image;

/// The result of an image's scan. No scan is ever in progress: each is complete before a client can request it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Complete, with or without findings.
    Complete,
    /// The image contains no file system that a scanner could read, such as BuildKit's attestations.
    Unsupported,
    /// The layers do not match the manifest.
    Failed,
}

impl Outcome {
    /// The outcome of the image's last scan. None if it was not scanned.
    #[must_use]
    pub fn of(image: &Image) -> Option<Self> {
        image.scanned_at?;
        Some(if !image.manifest.has_file_system {
            Self::Unsupported
        } else if image.manifest.stated_size > image.size {
            Self::Failed
        } else {
            Self::Complete
        })
    }

    /// `ImageScanStatus` in the service model.
    #[must_use]
    pub fn status(self) -> Value {
        let (status, description) = match self {
            Self::Complete => ("COMPLETE", "The scan was completed successfully."),
            Self::Unsupported => (
                "UNSUPPORTED_IMAGE",
                "UnsupportedImageError: The image has no file system that can be scanned.",
            ),
            Self::Failed => (
                "FAILED",
                "The scan failed: a layer is not as large as the manifest says.",
            ),
        };
        json!({ "status": status, "description": description })
    }
}
