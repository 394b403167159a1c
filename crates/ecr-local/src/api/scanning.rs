//! Scans, findings, and scanning configuration. Findings have the format of basic scanning, whatever the registry's
//! scan type, because there is no Inspector here.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Context;
use super::lists::paged;
use super::shapes::{ImageIdentifier, Nothing};
use crate::registry::{
    EcrError, ErrorKind, Image, Listing, PageRequest, Reference, Registry, RepositoryFilter,
    ScanningConfiguration, Timestamp,
};
use crate::scan;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Start {
    repository_name: String,
    image_id: ImageIdentifier,
}

pub(super) fn start(context: &Context<'_>, request: Start) -> Result<Value, EcrError> {
    let registry = context.registry;
    let now = Timestamp::now();
    let digest = registry.change_images(&request.repository_name, |images| {
        let image = request.image_id.find_only(images)?;
        let digest = image.digest;
        if image
            .scanned_at
            .is_some_and(|at| at > now.before(scan::INTERVAL))
        {
            return Err(EcrError::new(
                ErrorKind::LimitExceeded,
                "The scan quota per image has been exceeded. Wait and try again.",
            ));
        }
        images.scan(&Reference::Digest(digest), now)?;
        Ok(digest)
    })?;
    Ok(json!({
        "registryId": registry.home().account,
        "repositoryName": request.repository_name,
        "imageId": ImageIdentifier::of(digest, request.image_id.image_tag.as_deref()),
        "imageScanStatus": { "status": "IN_PROGRESS" },
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DescribeFindings {
    repository_name: String,
    image_id: ImageIdentifier,
    #[serde(flatten)]
    page: PageRequest,
}

pub(super) fn describe_findings(
    context: &Context<'_>,
    request: DescribeFindings,
) -> Result<Value, EcrError> {
    let registry = context.registry;
    let image = registry.read_images(&request.repository_name, |images| {
        request.image_id.find_only(images).cloned()
    })?;
    let digest = image.digest;
    let Some(outcome) = scan::Outcome::of(&image) else {
        return Err(EcrError::new(
            ErrorKind::ScanNotFound,
            format!(
                "Image scan does not exist for the image with '{{imageDigest:'{digest}'}}' in the repository with name '{}' in the registry with id '{}'",
                request.repository_name,
                registry.home().account
            ),
        ));
    };
    let mut answer = match scan::Summary::of(&image) {
        Some(summary) => page_of_findings(registry, &request, &image, &summary)?,
        None => json!({}),
    };
    answer["registryId"] = json!(registry.home().account);
    answer["repositoryName"] = json!(request.repository_name);
    answer["imageId"] = json!(ImageIdentifier::of(
        digest,
        request.image_id.image_tag.as_deref()
    ));
    answer["imageScanStatus"] = outcome.status();
    Ok(answer)
}

fn page_of_findings(
    registry: &Registry,
    request: &DescribeFindings,
    image: &Image,
    summary: &scan::Summary,
) -> Result<Value, EcrError> {
    let digest = image.digest;
    let listing = Listing {
        purpose: &format!(
            "DescribeImageScanFindings {} {digest}",
            request.repository_name
        ),
        default: 100,
        limit: 1000,
    };
    let findings = scan::findings(image)
        .into_iter()
        .map(|finding| (finding.key(), finding));
    let page = registry.page(&listing, &request.page, findings)?;
    let mut findings = json!(summary);
    findings["findings"] = json!(page.items);
    Ok(paged("imageScanFindings", findings, page.next_token))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PutConfiguration {
    scan_type: Option<String>,
    #[serde(default)]
    rules: Vec<crate::registry::ScanningRule>,
}

pub(super) fn put_registry_configuration(
    context: &Context<'_>,
    request: PutConfiguration,
) -> Result<Value, EcrError> {
    let configuration = ScanningConfiguration {
        scan_type: request.scan_type.unwrap_or_else(|| "BASIC".to_owned()),
        rules: request.rules,
    };
    check_configuration(&configuration)?;
    context.registry.account().scanning = configuration.clone();
    Ok(json!({ "registryScanningConfiguration": configuration }))
}

/// Basic scanning runs on push or manually; only enhanced scanning is continuous.
fn check_configuration(configuration: &ScanningConfiguration) -> Result<(), EcrError> {
    let frequencies: &[&str] = match configuration.scan_type.as_str() {
        "BASIC" => &["SCAN_ON_PUSH", "MANUAL"],
        "ENHANCED" => &["SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL"],
        _ => {
            return Err(EcrError::invalid(
                "scanType",
                "Member must be BASIC or ENHANCED",
            ));
        }
    };
    let is_rule_valid = |rule: &crate::registry::ScanningRule| {
        frequencies.contains(&rule.scan_frequency.as_str())
            && rule
                .repository_filters
                .iter()
                .all(|filter| filter.filter_type == "WILDCARD")
    };
    if configuration.rules.len() <= 2 && configuration.rules.iter().all(is_rule_valid) {
        Ok(())
    } else {
        Err(EcrError::invalid(
            "rules",
            "Member must hold at most 2 rules with wildcard filters and frequencies of the scan type",
        ))
    }
}

pub(super) fn get_registry_configuration(
    context: &Context<'_>,
    _: Nothing,
) -> Result<Value, EcrError> {
    let configuration = context.registry.account().scanning.clone();
    Ok(json!({
        "registryId": context.registry.home().account,
        "scanningConfiguration": configuration,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BatchGet {
    repository_names: Vec<String>,
}

/// `RepositoryScanningConfiguration` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RepositoryConfiguration {
    repository_arn: String,
    repository_name: String,
    scan_on_push: bool,
    scan_frequency: String,
    applied_scan_filters: Vec<RepositoryFilter>,
}

pub(super) fn batch_get_configuration(
    context: &Context<'_>,
    request: BatchGet,
) -> Result<Value, EcrError> {
    if !(1..=25).contains(&request.repository_names.len()) {
        return Err(EcrError::invalid(
            "repositoryNames",
            "Member must have length between 1 and 25",
        ));
    }
    let mut configurations = Vec::new();
    let mut failures = Vec::new();
    for name in request.repository_names {
        match configuration_of(context.registry, &name) {
            Ok(configuration) => configurations.push(configuration),
            Err(error) if error.kind == ErrorKind::InvalidParameter => return Err(error),
            Err(error) => failures.push(json!({
                "repositoryName": name,
                "failureCode": "REPOSITORY_NOT_FOUND",
                "failureReason": error.message,
            })),
        }
    }
    Ok(json!({ "scanningConfigurations": configurations, "failures": failures }))
}

/// The configuration from the registry's rules, or else from the repository's own setting.
fn configuration_of(registry: &Registry, name: &str) -> Result<RepositoryConfiguration, EcrError> {
    let own = registry.read(name, |settings| Ok(settings.scan_on_push))?;
    let account = registry.account();
    let (scan_frequency, applied_scan_filters) = match account.scanning_rule(name) {
        Some((frequency, filter)) => (frequency, vec![filter.clone()]),
        None if own => ("SCAN_ON_PUSH", Vec::new()),
        None => ("MANUAL", Vec::new()),
    };
    Ok(RepositoryConfiguration {
        repository_arn: registry.repository_arn(name),
        repository_name: name.to_owned(),
        scan_on_push: own || account.scans_pushes(name),
        scan_frequency: scan_frequency.to_owned(),
        applied_scan_filters,
    })
}
