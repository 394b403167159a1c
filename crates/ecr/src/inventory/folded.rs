//! Combines an index and its platforms, or a single image, into one row of a list.

use model::image::{ImageFacts, ImageKind, Platform, Scan, ScanSummary};

use crate::record::HeldImage;

/// The maximum size of the platforms of a row, in bytes of text. Those of common images have a
/// third of this.
const PLATFORMS_OF_A_ROW: usize = 1_024;

/// An image with its platforms.
pub(super) struct FoldedImage<'a> {
    pub(super) record: &'a HeldImage,
    /// The records of the platforms, as far as they are known.
    pub(super) parts: Vec<&'a HeldImage>,
    pub(super) platforms: Vec<Platform>,
    /// Why the platforms of an index are unknown, if they are.
    pub(super) unknown: Option<Scan>,
    /// The artifact type from its manifest, if it is not an image.
    pub(super) artifact_type: Option<&'a String>,
}

impl FoldedImage<'_> {
    /// What a row shows of the image.
    pub(super) fn facts(&self) -> ImageFacts {
        let record = self.record;
        let is_index = record.kind == ImageKind::Index;
        let parts_size = self
            .parts
            .iter()
            .filter_map(|part| part.size)
            .reduce(u64::saturating_add);
        let (scan, platform_scans) = self.scan();
        let kind = match self.artifact_type {
            Some(artifact_type) if !is_index => ImageKind::Artifact(artifact_type.clone()),
            _ => record.kind.clone(),
        };
        ImageFacts {
            kind,
            platforms: self.platforms.clone(),
            size: if is_index {
                parts_size.or(record.size)
            } else {
                record.size
            },
            pushed: record.pushed,
            pulled: record
                .pulled
                .max(self.parts.iter().filter_map(|part| part.pulled).max()),
            scan,
            platform_scans,
            archived: record.archived,
        }
    }

    /// The scan of the image. ECR scans the platforms of an index and not the index, so the index
    /// has the worst scan of its platforms. If the scans differ, the summary counts them.
    fn scan(&self) -> (Scan, Option<ScanSummary>) {
        let own = self.record.scan;
        if own != Scan::None || self.record.kind != ImageKind::Index {
            return (own, None);
        }
        if let Some(unknown) = self.unknown {
            return (unknown, None);
        }
        let parts = || self.parts.iter().map(|part| part.scan);
        let summary = ScanSummary::of(parts());
        let worst = Scan::worst(parts()).unwrap_or(Scan::None);
        (worst, summary.is_mixed().then_some(summary))
    }
}

/// The platforms of a row, or none if they do not fit. A row can occur many times in a list, and
/// the person who pushes an index chooses the number and length of its platforms. A part of the
/// platforms would look complete; the image's page shows all of them.
pub(super) fn fitting<'a>(platforms: impl Iterator<Item = &'a Platform>) -> Vec<Platform> {
    let length = |platform: &Platform| {
        let features = platform.os_features.iter().map(String::len).sum::<usize>();
        let version = platform.os_version.as_ref().map_or(0, String::len);
        platform.to_string().len() + version + features
    };
    let platforms: Vec<_> = platforms.collect();
    let fits = platforms.iter().map(|it| length(it)).sum::<usize>() <= PLATFORMS_OF_A_ROW;
    platforms.into_iter().filter(|_| fits).cloned().collect()
}
