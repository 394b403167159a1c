//! An index with its platforms, and an image by itself, as one row of a list.

use model::image::{ImageFacts, ImageKind, Platform, Scan, ScanSummary};

use crate::record::HeldImage;

/// The most bytes of text that the platforms of a row may have. Those of images in common use have a third.
const PLATFORMS_OF_A_ROW: usize = 1_024;

/// An image with what belongs to it.
pub(super) struct FoldedImage<'a> {
    pub(super) record: &'a HeldImage,
    /// The platforms' own records, as far as they are known.
    pub(super) parts: Vec<&'a HeldImage>,
    pub(super) platforms: Vec<Platform>,
    /// Why the platforms of an index are not known, if they are not.
    pub(super) unknown: Option<Scan>,
    /// What its manifest says that it is, where it is no image.
    pub(super) artifact_type: Option<&'a String>,
}

impl FoldedImage<'_> {
    /// What a row says of it.
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

    /// What was scanned of it. ECR scans the platforms of an index, not the index: the worst of them speaks
    /// for it, and where they stand differently, their number is told.
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

/// The platforms of a row, or none where they do not fit: a row is repeated for each image of a list, and
/// whoever pushes an index chooses how many there are and how long their names. Some of them would pass for
/// all; the image's page has them.
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
