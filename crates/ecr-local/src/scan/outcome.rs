use serde_json::{Value, json};

use crate::registry::Image;

/// How the scan of an image ended. None is ever under way: each has ended when anybody can ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There are findings, or it is known that there are none.
    Complete,
    /// The image holds no file system that a scanner could look into, as BuildKit's attestations do not.
    Unsupported,
    /// The layers are not what the manifest says of them.
    Failed,
}

impl Outcome {
    /// The outcome of the image's last scan; none if it was not scanned.
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
