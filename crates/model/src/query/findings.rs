//! Filters a list by scan results.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Severity, image::ScanSummary};

/// A filter by scan results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FindingsFilter {
    /// A worst finding of this severity or worse.
    AtLeast(Severity),
    /// Everything was scanned, and nothing was found.
    NoFindings,
    /// Something was not scanned, or not yet; or there is nothing that ECR can scan.
    NotScanned,
    /// A scan failed.
    ScanFailed,
    /// The scan state of something is not known: the viewer may not read it, or Gantry did not.
    NotKnown,
}

impl FindingsFilter {
    /// The word in the query string.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtLeast(severity) => severity.as_str(),
            Self::NoFindings => "none",
            Self::NotScanned => "not-scanned",
            Self::ScanFailed => "scan-failed",
            Self::NotKnown => "not-known",
        }
    }

    /// Whether rows with this scan summary match.
    pub fn admits(self, scans: &ScanSummary) -> bool {
        match self {
            Self::AtLeast(severity) => scans.worst.is_some_and(|worst| worst >= severity),
            Self::NoFindings => scans.is_whole() && scans.worst.is_none(),
            Self::NotScanned => {
                let only_artifacts = scans.artifacts > 0 && scans.images() == 0;
                scans.not_scanned > 0 || scans.pending > 0 || only_artifacts
            }
            Self::ScanFailed => scans.failed > 0,
            Self::NotKnown => scans.unreadable > 0 || scans.unread > 0,
        }
    }
}

impl FromStr for FindingsFilter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "none" => Ok(Self::NoFindings),
            "not-scanned" => Ok(Self::NotScanned),
            "scan-failed" => Ok(Self::ScanFailed),
            "not-known" => Ok(Self::NotKnown),
            severity => severity.parse().map(Self::AtLeast),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FindingCounts, image::Scan};

    const STATES: [FindingsFilter; 4] = [
        FindingsFilter::NoFindings,
        FindingsFilter::NotScanned,
        FindingsFilter::ScanFailed,
        FindingsFilter::NotKnown,
    ];

    #[test]
    fn each_scan_state_is_found_only_by_its_own_filter() {
        let clean = Scan::Found(FindingCounts::default());
        let charts = ScanSummary {
            artifacts: 18,
            ..ScanSummary::default()
        };
        let admitting = |scans: ScanSummary| STATES.map(|it| it.admits(&scans));
        for (scan, expected) in [
            (clean, [true, false, false, false]),
            (Scan::None, [false, true, false, false]),
            (Scan::Pending, [false, true, false, false]),
            (Scan::Failed, [false, false, true, false]),
            (Scan::Unreadable, [false, false, false, true]),
            (Scan::Unread, [false, false, false, true]),
        ] {
            assert_eq!(admitting(ScanSummary::of([scan])), expected, "{scan:?}");
            let beside = admitting(ScanSummary::of([clean, scan]));
            assert_eq!(beside, expected, "{scan:?} next to a clean one");
        }
        assert_eq!(admitting(charts), [false, true, false, false]);
        let nothing = admitting(ScanSummary::default());
        assert_eq!(nothing, [false; 4], "no tagged image");
    }

    #[test]
    fn every_filter_has_its_own_word() {
        let severities = Severity::WORST_FIRST.map(FindingsFilter::AtLeast);
        for filter in severities.into_iter().chain(STATES) {
            assert_eq!(filter.as_str().parse(), Ok(filter));
        }
    }
}
