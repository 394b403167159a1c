//! The severities of findings.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The severities of ECR's `FindingSeverity`, worst last, so that `max` finds the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scanner did not determine one.
    Undefined,
    /// Worth knowing, but not a weakness.
    Informational,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

impl Severity {
    /// All of them, worst first, in the order of tables and legends.
    pub const WORST_FIRST: [Self; 6] = [
        Self::Critical,
        Self::High,
        Self::Medium,
        Self::Low,
        Self::Informational,
        Self::Undefined,
    ];

    /// The lowercase word in URLs and CSS classes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Informational => "informational",
            Self::Undefined => "undefined",
        }
    }
}

impl FromStr for Severity {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let is_it = |severity: &Self| text.eq_ignore_ascii_case(severity.as_str());
        Self::WORST_FIRST.into_iter().find(is_it).ok_or(())
    }
}

/// The number of findings of each severity, in the order of [`Severity::WORST_FIRST`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCounts(pub [u32; 6]);

impl FindingCounts {
    /// Counts by severity, worst first, without zeros.
    pub fn present(&self) -> impl Iterator<Item = (Severity, u32)> {
        Severity::WORST_FIRST
            .into_iter()
            .zip(self.0)
            .filter(|(_, count)| *count > 0)
    }

    /// The worst severity with a finding.
    pub fn worst(&self) -> Option<Severity> {
        self.present().next().map(|(severity, _)| severity)
    }

    /// The total number of findings.
    pub fn total(&self) -> u32 {
        self.0
            .iter()
            .fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// The sum of these findings and others.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        for (severity, count) in others.present() {
            self.add(severity, count);
        }
        self
    }

    /// Adds findings of one severity.
    pub fn add(&mut self, severity: Severity, count: u32) {
        let found = Severity::WORST_FIRST
            .iter()
            .position(|known| *known == severity);
        if let Some(slot) = found.and_then(|position| self.0.get_mut(position)) {
            *slot = slot.saturating_add(count);
        }
    }
}
