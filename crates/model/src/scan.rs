//! How far images were scanned, and what that found.

use serde::{Deserialize, Serialize};

use crate::{FindingCounts, Severity};

/// What is known of an image's scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scan {
    /// ECR lists no scan of it.
    None,
    /// Under way.
    Pending,
    /// ECR could not scan it: an unsupported system, or a scan that failed.
    Failed,
    /// Scanned, with this outcome.
    Found(FindingCounts),
    /// The viewer may not read it. ECR scans the platforms of an index, and who may not read the index
    /// (`ecr:BatchGetImage`) is not shown which images these are.
    Unreadable,
    /// Gantry has not read it: the manifest of an index, which names its platforms.
    Unread,
}

impl Scan {
    /// The scan that speaks for an image of several platforms: the worst findings, else what is nearest to
    /// them.
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

/// How the scans of several images stand: numbers of images, and the worst that was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanSummary {
    /// The worst finding of those that were scanned. None where nothing was found, or nothing scanned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst: Option<Severity>,
    /// Scanned. An image of several platforms counts here once all of them were.
    #[serde(skip_serializing_if = "is_zero")]
    pub scanned: u32,
    /// Without a scan.
    #[serde(skip_serializing_if = "is_zero")]
    pub not_scanned: u32,
    /// Whose scan is under way.
    #[serde(skip_serializing_if = "is_zero")]
    pub pending: u32,
    /// Whose scan failed.
    #[serde(skip_serializing_if = "is_zero")]
    pub failed: u32,
    /// Whose scan the viewer may not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub unreadable: u32,
    /// Whose scan Gantry has not read.
    #[serde(skip_serializing_if = "is_zero")]
    pub unread: u32,
    /// Charts, signatures and the like: ECR scans images alone, so these are none of the images above.
    #[serde(skip_serializing_if = "is_zero")]
    pub artifacts: u32,
}

/// Numbers are mostly zero, and a list has thousands of summaries.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl ScanSummary {
    /// The summary of these scans, each of one image.
    pub fn of(scans: impl IntoIterator<Item = Scan>) -> Self {
        let mut summary = Self::default();
        for scan in scans {
            summary.count(scan, None);
        }
        summary
    }

    /// Counts an image. Of one with several platforms, `parts` says how their scans stand: it counts as
    /// scanned if all of them were, and otherwise as what keeps it from that.
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

    /// What keeps the images from all being scanned, if something does.
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

    /// How many images it is about.
    pub fn images(&self) -> u32 {
        self.unscanned().saturating_add(self.scanned)
    }

    /// How many of them were not scanned, as far as is known.
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

    /// Whether all images were scanned, and there are any.
    pub fn is_whole(&self) -> bool {
        self.scanned > 0 && self.unscanned() == 0
    }

    /// Whether the images stand differently: then one word does not tell of all of them.
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

    /// What lists are sorted by: the worst finding, below that that nothing was found. None where that is
    /// not known: nothing was found, but not everything was scanned.
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
    fn no_two_states_of_a_scan_count_as_one() {
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
    fn an_image_counts_as_scanned_once_all_its_platforms_were() {
        let half = ScanSummary::of([found(Severity::High), Scan::Failed]);
        let mut summary = ScanSummary::default();
        summary.count(found(Severity::High), Some(&half));
        summary.count(CLEAN, None);
        assert_eq!((summary.scanned, summary.failed), (1, 1));
        assert_eq!(summary.worst, Some(Severity::High), "what was found counts");
    }

    #[test]
    fn nothing_found_is_known_only_where_everything_was_scanned() {
        assert_eq!(ScanSummary::of([CLEAN, CLEAN]).rank(), Some(None));
        assert_eq!(ScanSummary::of([CLEAN, Scan::None]).rank(), None);
        assert_eq!(ScanSummary::of([]).rank(), None);
        let low = ScanSummary::of([found(Severity::Low), Scan::None]);
        assert_eq!(low.rank(), Some(Some(Severity::Low)));
    }
}
