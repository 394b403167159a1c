//! Scan findings.

use aws_sdk_ecr::{
    operation::describe_image_scan_findings::DescribeImageScanFindingsOutput,
    types::{Attribute, EnhancedImageScanFinding, ImageIdentifier, ImageScanFinding},
};
use model::{Digest, Problem, RepositoryName, Severity, image::FindingsView};

use super::{
    EcrClient, Priority,
    images::{scan, timestamp},
    problem::Classify,
};
use crate::{
    content::{Findings, RawFinding},
    host::{Crawled, HostCall},
};

/// How many findings ECR is asked for. Further findings are only counted.
const MAX_FINDINGS: i32 = 1_000;

/// The page size if that many findings are too large for one answer.
const FEWER_FINDINGS: i32 = 50;

impl EcrClient {
    /// Reads an image's findings, worst first. None if the image was never scanned.
    pub async fn findings(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
        digest: &Digest,
    ) -> Result<Crawled<Option<FindingsView>>, Problem> {
        let read = match self
            .scan_findings(priority, name, digest, MAX_FINDINGS)
            .await
        {
            Err(Problem::Malformed) => {
                self.scan_findings(priority, name, digest, FEWER_FINDINGS)
                    .await
            }
            read => read,
        };
        Ok(Crawled::new(read?.map(view)))
    }

    /// ECR's answer about a scan. None if there was no scan. [`Problem::Malformed`] if a page of
    /// findings is too large for one answer.
    async fn scan_findings(
        &self,
        priority: Priority,
        name: &RepositoryName,
        digest: &Digest,
        most: i32,
    ) -> Result<Option<DescribeImageScanFindingsOutput>, Problem> {
        const OPERATION: &str = "DescribeImageScanFindings";
        let id = ImageIdentifier::builder().image_digest(digest.as_str());
        let request = self
            .client(priority)
            .describe_image_scan_findings()
            .set_registry_id(self.registry_id())
            .repository_name(name.as_str())
            .max_results(most)
            .image_id(id.build());
        match self.call(priority, OPERATION, request.send()).await {
            Ok(output) => Ok(Some(output)),
            Err(error) if error.code() == Some("ScanNotFoundException") => Ok(None),
            Err(error) => Err(self.failed(OPERATION, Some(name), &error)),
        }
    }
}

fn view(output: DescribeImageScanFindingsOutput) -> FindingsView {
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
        .map(|found| (found.findings, found.enhanced_findings))
        .unwrap_or_default();
    let basic = basic.into_iter().flatten().map(basic_finding);
    let enhanced = enhanced.into_iter().flatten().map(enhanced_finding);
    let all: Vec<_> = basic.chain(enhanced).collect();
    let received = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let remark = status.and_then(|status| status.description);
    let Findings { list, remark } = Findings::read(all, remark.as_deref());
    let listed = u32::try_from(list.len()).unwrap_or(u32::MAX);
    let total = match scan {
        model::image::Scan::Found(counts) => counts.total().max(received),
        _ => received,
    };
    FindingsView {
        scanned,
        scan,
        remark,
        findings: list,
        more: total.saturating_sub(listed),
    }
}

/// A finding of basic scanning. The package is one of its attributes, and so is the version with
/// the fix, if there is one.
fn basic_finding(finding: ImageScanFinding) -> RawFinding {
    let attributes = finding.attributes.unwrap_or_default();
    let attribute = |key: &str| {
        let is_it = |attribute: &&Attribute| attribute.key == key;
        attributes
            .iter()
            .find(is_it)
            .and_then(|attribute| attribute.value.clone())
    };
    RawFinding {
        name: finding.name.unwrap_or_default(),
        severity: severity(finding.severity.as_ref().map(|severity| severity.as_str())),
        package: attribute("package_name"),
        version: attribute("package_version"),
        fixed_in: attribute("fixed_in_version").filter(|text| is_version(text)),
        description: finding.description,
        link: finding.uri,
    }
}

fn enhanced_finding(finding: EnhancedImageScanFinding) -> RawFinding {
    let details = finding.package_vulnerability_details;
    let package = details
        .as_ref()
        .and_then(|details| details.vulnerable_packages().first().cloned());
    let title = finding.title.unwrap_or_default();
    RawFinding {
        name: details
            .as_ref()
            .and_then(|details| details.vulnerability_id.clone())
            .unwrap_or(title),
        severity: severity(finding.severity.as_deref()),
        package: package.as_ref().and_then(|package| package.name.clone()),
        version: package.as_ref().and_then(|package| package.version.clone()),
        fixed_in: package
            .and_then(|package| package.fixed_in_version)
            .filter(|text| is_version(text)),
        description: finding.description,
        link: details.and_then(|details| details.source_url),
    }
}

/// Amazon Inspector writes `NotAvailable` if no version has the fix.
fn is_version(text: &str) -> bool {
    !text.is_empty() && text != "NotAvailable"
}

/// `UNTRIAGED` from Amazon Inspector and unknown values count as undefined.
fn severity(text: Option<&str>) -> Severity {
    text.and_then(|text| text.parse().ok())
        .unwrap_or(Severity::Undefined)
}

#[cfg(test)]
mod tests {
    use aws_sdk_ecr::types::{PackageVulnerabilityDetails, VulnerablePackage};

    use super::*;

    #[test]
    fn the_version_that_fixes_a_finding_is_read_if_ecr_states_one() {
        let basic = |attributes: &[(&str, &str)]| {
            let of = |(key, value): &(&str, &str)| Attribute::builder().key(*key).value(*value);
            let attributes = attributes.iter().filter_map(|it| of(it).build().ok());
            let finding = ImageScanFinding::builder().set_attributes(Some(attributes.collect()));
            basic_finding(finding.build()).fixed_in
        };
        let package = ("package_version", "3.0.11");
        let fixed = basic(&[package, ("fixed_in_version", "3.0.12")]);
        assert_eq!(fixed.as_deref(), Some("3.0.12"));
        assert_eq!(basic(&[package]), None);

        let enhanced = |fixed: &str| {
            let package = VulnerablePackage::builder().fixed_in_version(fixed);
            let details =
                PackageVulnerabilityDetails::builder().vulnerable_packages(package.build());
            let finding =
                EnhancedImageScanFinding::builder().package_vulnerability_details(details.build());
            enhanced_finding(finding.build()).fixed_in
        };
        assert_eq!(enhanced("3.0.12").as_deref(), Some("3.0.12"));
        assert_eq!(enhanced("NotAvailable"), None);
    }
}
