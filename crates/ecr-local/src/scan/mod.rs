//! Generated findings for an image, always the same for the same layers.
//!
//! The vulnerabilities of an image are derived from the digests of its layers, so that images with the same base
//! share the findings of that base, and a rebuilt layer changes only its own.

mod catalogue;
mod outcome;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Serialize;

use crate::registry::{Digest, Image, Timestamp};
use catalogue::{CATALOGUE, Vulnerability};
pub use outcome::Outcome;

/// How soon after a scan another scan of the same image is refused (basic scanning's quota).
pub const INTERVAL: Duration = Duration::from_secs(24 * 60 * 60);

/// The severity of a finding, in the service model's words, most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// Fix immediately.
    Critical,
    /// Fix soon.
    High,
    /// Plan a fix.
    Medium,
    /// Fix when convenient.
    Low,
    /// For information.
    Informational,
    /// Not rated yet.
    Undefined,
}

/// `ImageScanFinding` in the service model: one vulnerability in one package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    name: &'static str,
    description: String,
    uri: String,
    severity: Severity,
    attributes: Vec<Attribute>,
}

/// An attribute of a finding: the package and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Attribute {
    key: &'static str,
    value: &'static str,
}

impl Finding {
    fn of(vulnerability: &Vulnerability) -> Self {
        let attribute = |key, value| Attribute { key, value };
        Self {
            name: vulnerability.name,
            description: format!(
                "{} in {} {}; fixed in {}",
                vulnerability.what,
                vulnerability.package,
                vulnerability.version,
                vulnerability.fixed_in
            ),
            uri: format!("https://nvd.nist.gov/vuln/detail/{}", vulnerability.name),
            severity: vulnerability.severity,
            attributes: vec![
                attribute("package_name", vulnerability.package),
                attribute("package_version", vulnerability.version),
                attribute("fixed_in_version", vulnerability.fixed_in),
                attribute("CVSS3_SCORE", vulnerability.score),
            ],
        }
    }

    /// The sort key of findings: most severe first, then by name.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{} {}", self.severity as u8, self.name)
    }
}

/// `ImageScanFindingsSummary` in the service model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    image_scan_completed_at: Timestamp,
    vulnerability_source_updated_at: Timestamp,
    finding_severity_counts: BTreeMap<Severity, u32>,
}

impl Summary {
    /// The summary of the image's last scan. None if it was not scanned, or the scan did not complete.
    #[must_use]
    pub fn of(image: &Image) -> Option<Self> {
        let scanned_at = image
            .scanned_at
            .filter(|_| Outcome::of(image) == Some(Outcome::Complete))?;
        let mut counts = BTreeMap::new();
        for vulnerability in vulnerabilities(image) {
            *counts.entry(CATALOGUE[vulnerability].severity).or_insert(0) += 1;
        }
        Some(Self {
            image_scan_completed_at: scanned_at,
            vulnerability_source_updated_at: scanned_at.before(Duration::from_secs(6 * 60 * 60)),
            finding_severity_counts: counts,
        })
    }
}

/// The findings for an image, most severe first.
#[must_use]
pub fn findings(image: &Image) -> Vec<Finding> {
    let mut findings: Vec<Finding> = vulnerabilities(image)
        .into_iter()
        .map(|at| Finding::of(&CATALOGUE[at]))
        .collect();
    findings.sort_by_key(Finding::key);
    findings
}

/// Places in the catalogue. A manifest's first blob is its config, which contains no packages.
fn vulnerabilities(image: &Image) -> BTreeSet<usize> {
    image
        .manifest
        .blobs
        .iter()
        .skip(1)
        .flat_map(in_layer)
        .collect()
}

/// Half of all layers are clean. The others have up to seven vulnerabilities.
fn in_layer(layer: &Digest) -> impl Iterator<Item = usize> {
    let bytes = *layer.as_bytes();
    let count = if bytes[0] < 128 {
        0
    } else {
        usize::from(bytes[1] % 8)
    };
    (0..count).map(move |at| usize::from(bytes[2 + at]) % CATALOGUE.len())
}
