//! Which rows of a list, by what scans found.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Severity, image::ScanSummary};

/// Which rows, by what scans found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FindingsFilter {
    /// A worst finding of this severity or worse.
    AtLeast(Severity),
    /// All was scanned, and nothing found.
    NoFindings,
    /// Something was not scanned, or it is not known what that found.
    NotScanned,
}

impl FindingsFilter {
    /// The word in the query string.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtLeast(severity) => severity.as_str(),
            Self::NoFindings => "none",
            Self::NotScanned => "not-scanned",
        }
    }

    /// Whether it lets something through whose scans stand like this.
    pub fn admits(self, scans: &ScanSummary) -> bool {
        match self {
            Self::AtLeast(severity) => scans.worst.is_some_and(|worst| worst >= severity),
            Self::NoFindings => scans.is_whole() && scans.worst.is_none(),
            Self::NotScanned => {
                scans.unscanned() > 0 || (scans.artifacts > 0 && scans.scanned == 0)
            }
        }
    }
}

impl FromStr for FindingsFilter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "none" => Ok(Self::NoFindings),
            "not-scanned" => Ok(Self::NotScanned),
            severity => severity.parse().map(Self::AtLeast),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FindingCounts, image::Scan};

    #[test]
    fn what_was_not_scanned_is_never_among_what_has_no_findings() {
        let clean = Scan::Found(FindingCounts::default());
        let charts = ScanSummary {
            artifacts: 18,
            ..ScanSummary::default()
        };
        let admits = |scans: ScanSummary| {
            [FindingsFilter::NoFindings, FindingsFilter::NotScanned].map(|it| it.admits(&scans))
        };
        assert_eq!(admits(ScanSummary::of([clean])), [true, false]);
        assert_eq!(admits(ScanSummary::of([clean, Scan::None])), [false, true]);
        for unknown in [
            Scan::None,
            Scan::Pending,
            Scan::Failed,
            Scan::Unreadable,
            Scan::Unread,
        ] {
            assert_eq!(
                admits(ScanSummary::of([unknown])),
                [false, true],
                "{unknown:?}"
            );
        }
        assert_eq!(admits(charts), [false, true]);
        assert_eq!(
            admits(ScanSummary::default()),
            [false, false],
            "no tagged image"
        );
    }

    #[test]
    fn every_choice_has_a_word_of_its_own() {
        let severities = Severity::WORST_FIRST.map(FindingsFilter::AtLeast);
        let others = [FindingsFilter::NoFindings, FindingsFilter::NotScanned];
        for filter in severities.into_iter().chain(others) {
            assert_eq!(filter.as_str().parse(), Ok(filter));
        }
    }
}
