//! What scans found.

use aws_sdk_ecr::types::{Attribute, EnhancedImageScanFinding, ImageIdentifier, ImageScanFinding};
use model::{
    Digest, Problem, RepositoryName, Severity,
    image::{FindingView, FindingsView},
};

use super::{
    Pace, Port,
    images::{scan, timestamp},
    problem::Classify,
};
use crate::{
    content::http_link,
    inventory::{Crawled, HostCall},
};

/// How many findings a page lists at most; the rest is counted.
const MAX_FINDINGS: usize = 1_000;

impl Port {
    /// An image's findings, worst first; none when it was never scanned.
    pub async fn findings(
        &self,
        _: &HostCall,
        pace: Pace,
        name: &RepositoryName,
        digest: &Digest,
    ) -> Result<Crawled<Option<FindingsView>>, Problem> {
        const OPERATION: &str = "DescribeImageScanFindings";
        let request = self
            .client(pace)
            .describe_image_scan_findings()
            .set_registry_id(self.registry_id());
        let request = request.repository_name(name.as_str()).max_results(1_000);
        let request = request.image_id(
            ImageIdentifier::builder()
                .image_digest(digest.as_str())
                .build(),
        );
        let output = match self.call(pace, OPERATION, request.send()).await {
            Ok(output) => output,
            Err(error) if error.code() == Some("ScanNotFoundException") => {
                return Ok(Crawled::new(None));
            }
            Err(error) => return Err(self.failed(OPERATION, Some(name), &error)),
        };
        let status = output.image_scan_status;
        let found = output.image_scan_findings;
        let counts = found
            .as_ref()
            .and_then(|found| found.finding_severity_counts.as_ref());
        let scan = scan(
            status.as_ref().and_then(|status| status.status.as_ref()),
            counts,
        );
        let scanned = found
            .as_ref()
            .and_then(|found| found.image_scan_completed_at.as_ref())
            .map(timestamp);
        let (basic, enhanced) = found
            .map(|found| {
                (
                    found.findings.unwrap_or_default(),
                    found.enhanced_findings.unwrap_or_default(),
                )
            })
            .unwrap_or_default();
        let mut findings: Vec<_> = basic
            .into_iter()
            .map(basic_finding)
            .chain(enhanced.into_iter().map(enhanced_finding))
            .collect();
        findings.sort_by(|l, r| {
            r.severity
                .cmp(&l.severity)
                .then_with(|| l.name.cmp(&r.name))
        });
        findings.truncate(MAX_FINDINGS);
        let listed = u32::try_from(findings.len()).unwrap_or(u32::MAX);
        let total = match scan {
            model::image::Scan::Found(counts) => counts.total(),
            _ => listed,
        };
        Ok(Crawled::new(Some(FindingsView {
            scanned,
            scan,
            remark: status.and_then(|status| status.description),
            findings,
            more: total.saturating_sub(listed),
        })))
    }
}

/// A finding of basic scanning: the package stands among its attributes.
fn basic_finding(finding: ImageScanFinding) -> FindingView {
    let attributes = finding.attributes.unwrap_or_default();
    let attribute = |key: &str| {
        let is_it = |attribute: &&Attribute| attribute.key == key;
        attributes
            .iter()
            .find(is_it)
            .and_then(|attribute| attribute.value.clone())
    };
    FindingView {
        name: finding.name.unwrap_or_default(),
        severity: severity(finding.severity.as_ref().map(|severity| severity.as_str())),
        package: attribute("package_name"),
        version: attribute("package_version"),
        fixed_in: None,
        description: finding.description,
        link: finding.uri.as_deref().and_then(http_link),
    }
}

fn enhanced_finding(finding: EnhancedImageScanFinding) -> FindingView {
    let details = finding.package_vulnerability_details;
    let package = details
        .as_ref()
        .and_then(|details| details.vulnerable_packages().first().cloned());
    let title = finding.title.unwrap_or_default();
    FindingView {
        name: details
            .as_ref()
            .and_then(|details| details.vulnerability_id.clone())
            .unwrap_or(title),
        severity: severity(finding.severity.as_deref()),
        package: package.as_ref().and_then(|package| package.name.clone()),
        version: package.as_ref().and_then(|package| package.version.clone()),
        fixed_in: package.and_then(|package| package.fixed_in_version),
        description: finding.description,
        link: details.and_then(|details| details.source_url.as_deref().and_then(http_link)),
    }
}

/// Amazon Inspector's `UNTRIAGED` and whatever else is new count as undefined.
fn severity(text: Option<&str>) -> Severity {
    text.and_then(|text| text.parse().ok())
        .unwrap_or(Severity::Undefined)
}
