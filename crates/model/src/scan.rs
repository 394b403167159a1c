//! The scans of images, and their results.

use serde::{Deserialize, Serialize};

use crate::{FindingCounts, Severity};

/// What is known about an image's scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scan {
    /// ECR lists no scan for it.
    None,
    /// In progress.
    Pending,
    /// ECR could not scan it: an unsupported system, or a scan that failed.
    Failed,
    /// Scanned, with this outcome.
    Found(FindingCounts),
    /// The viewer may not read it. ECR scans the platforms of an index, and a viewer who may not read the index
    /// (`ecr:BatchGetImage`) does not see which images these are.
    Unreadable,
    /// Gantry has not read the manifest of the index, which names its platforms.
    Unread,
}

impl Scan {
    /// The scan that represents an image of several platforms: the worst findings, otherwise the scan closest to
    /// having some.
    pub fn worst(scans: impl Iterator<Item = Self>) -> Option<Self> {
        scans.max_by_key(|scan| match scan {
            Self::Found(counts) => (5, counts.0),
            Self::Pending => (4, [0; 6]),
            Self::Failed => (3, [0; 6]),
            Self::Unreadable => (2, [0; 6]),
            Self::Unread => (1, [0; 6]),
            Self::None => (0, [0; 6]),
        })
    }
}

/// A summary of the scans of several images: numbers of images, and the worst finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanSummary {
    /// The worst finding of the scanned images. None if nothing was found or scanned.
    pub worst: Option<Severity>,
    /// Scanned images. An image of several platforms counts here when all of them were scanned.
    pub scanned: u32,
    /// Images without a scan.
    pub not_scanned: u32,
    /// Images whose scan is in progress.
    pub pending: u32,
    /// Images whose scan failed.
    pub failed: u32,
    /// Images whose scan the viewer may not read.
    pub unreadable: u32,
    /// Images whose scan Gantry has not read.
    pub unread: u32,
    /// Charts, signatures and other artifacts. ECR only scans images, so these are not among the images above.
    pub artifacts: u32,
}

impl ScanSummary {
    /// The summary of these scans, one per image.
    pub fn of(scans: impl IntoIterator<Item = Scan>) -> Self {
        let mut summary = Self::default();
        for scan in scans {
            summary.count(scan, None);
        }
        summary
    }

    /// Counts an image. For an image with several platforms, `parts` is the summary of their scans: the image counts
    /// as scanned if all of them were, otherwise by what is missing.
    pub fn count(&mut self, scan: Scan, parts: Option<&Self>) {
        if let Scan::Found(counts) = scan {
            self.worst = self.worst.max(counts.worst());
        }
        let counted = match parts.and_then(Self::lacking).unwrap_or(scan) {
            Scan::Found(_) => &mut self.scanned,
            Scan::None => &mut self.not_scanned,
            Scan::Pending => &mut self.pending,
            Scan::Failed => &mut self.failed,
            Scan::Unreadable => &mut self.unreadable,
            Scan::Unread => &mut self.unread,
        };
        *counted = counted.saturating_add(1);
    }

    /// What keeps the images from all being scanned, if anything.
    fn lacking(&self) -> Option<Scan> {
        let reasons = [
            (self.failed, Scan::Failed),
            (self.unreadable, Scan::Unreadable),
            (self.unread, Scan::Unread),
            (self.pending, Scan::Pending),
            (self.not_scanned, Scan::None),
        ];
        let there = reasons.into_iter().find(|(count, _)| *count > 0);
        there.map(|(_, scan)| scan)
    }

    /// The number of images.
    pub fn images(&self) -> u32 {
        self.unscanned().saturating_add(self.scanned)
    }

    /// The number of images that were not scanned, as far as is known.
    pub fn unscanned(&self) -> u32 {
        [
            self.not_scanned,
            self.pending,
            self.failed,
            self.unreadable,
            self.unread,
        ]
        .into_iter()
        .fold(0, u32::saturating_add)
    }

    /// Whether there are images and all of them were scanned.
    pub fn is_whole(&self) -> bool {
        self.scanned > 0 && self.unscanned() == 0
    }

    /// Whether the images have different states, so that one word does not describe all of them.
    pub fn is_mixed(&self) -> bool {
        let counts = [
            self.scanned,
            self.not_scanned,
            self.pending,
            self.failed,
            self.unreadable,
            self.unread,
        ];
        counts.into_iter().filter(|count| *count > 0).count() > 1
    }

    /// The sort key of lists: the worst finding, or below that "nothing found". None if it is not known: nothing was
    /// found, but not everything was scanned.
    pub fn rank(&self) -> Option<Option<Severity>> {
        (self.worst.is_some() || self.is_whole()).then_some(self.worst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(severity: Severity) -> Scan {
        let mut counts = FindingCounts::default();
        counts.add(severity, 1);
        Scan::Found(counts)
    }

    const CLEAN: Scan = Scan::Found(FindingCounts([0; 6]));

    #[test]
    fn each_scan_state_is_counted_separately() {
        let states = [
            CLEAN,
            Scan::None,
            Scan::Pending,
            Scan::Failed,
            Scan::Unreadable,
            Scan::Unread,
        ];
        for (at, state) in states.into_iter().enumerate() {
            let summary = ScanSummary::of([state]);
            assert_eq!(summary.images(), 1, "{state:?}");
            for other in &states[at + 1..] {
                assert_ne!(summary, ScanSummary::of([*other]), "{state:?} {other:?}");
            }
        }
    }

    #[test]
    fn an_image_counts_as_scanned_when_all_its_platforms_are() {
        let half = ScanSummary::of([found(Severity::High), Scan::Failed]);
        let mut summary = ScanSummary::default();
        summary.count(found(Severity::High), Some(&half));
        summary.count(CLEAN, None);
        assert_eq!((summary.scanned, summary.failed), (1, 1));
        assert_eq!(summary.worst, Some(Severity::High), "findings count");
    }

    #[test]
    fn nothing_found_is_only_known_if_everything_was_scanned() {
        assert_eq!(ScanSummary::of([CLEAN, CLEAN]).rank(), Some(None));
        assert_eq!(ScanSummary::of([CLEAN, Scan::None]).rank(), None);
        assert_eq!(ScanSummary::of([]).rank(), None);
        let low = ScanSummary::of([found(Severity::Low), Scan::None]);
        assert_eq!(low.rank(), Some(Some(Severity::Low)));
    }
}
