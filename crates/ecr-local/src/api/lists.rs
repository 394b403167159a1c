//! Lists of images, page by page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Context;
use super::shapes::{ImageFilter, ImageIdentifier, StatusFilter, check_batch};
use crate::registry::{
    Digest, EcrError, Image, ImageStatus, Listing, Page, PageRequest, Registry, Timestamp,
};
use crate::scan;

/// `ImageDetail` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageDetail {
    registry_id: String,
    repository_name: String,
    image_digest: Digest,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    image_tags: Vec<String>,
    image_size_in_bytes: u64,
    image_pushed_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_scan_status: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_scan_findings_summary: Option<scan::Summary>,
    image_manifest_media_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact_media_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_recorded_pull_time: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_manifest_digest: Option<Digest>,
    image_status: ImageStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_archived_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_activated_at: Option<Timestamp>,
}

impl ImageDetail {
    fn of(registry: &Registry, repository: &str, image: &Image) -> Self {
        Self {
            registry_id: registry.home().account.clone(),
            repository_name: repository.to_owned(),
            image_digest: image.digest,
            image_tags: image.tags.iter().cloned().collect(),
            image_size_in_bytes: image.size,
            image_pushed_at: image.pushed_at,
            image_scan_status: scan::Outcome::of(image).map(scan::Outcome::status),
            image_scan_findings_summary: scan::Summary::of(image),
            image_manifest_media_type: image.manifest.kind.media_type(),
            artifact_media_type: image.manifest.config_media_type.clone(),
            last_recorded_pull_time: image.pulled_at,
            subject_manifest_digest: image.manifest.subject,
            image_status: image.status,
            last_archived_at: image.archived_at,
            last_activated_at: image.activated_at,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DescribeImages {
    repository_name: String,
    image_ids: Option<Vec<ImageIdentifier>>,
    #[serde(default)]
    filter: ImageFilter,
    #[serde(flatten)]
    page: PageRequest,
}

/// Describes the named images, whatever their status, or a page of all images.
pub(super) fn describe_images(
    context: &Context<'_>,
    request: DescribeImages,
) -> Result<Value, EcrError> {
    let registry = context.registry;
    let repository = &request.repository_name;
    registry.read_images(repository, |images| {
        if let Some(ids) = &request.image_ids {
            check_batch("imageIds", ids)?;
            request.page.check_unused("imageIds")?;
            let details: Result<Vec<_>, EcrError> = ids
                .iter()
                .map(|id| Ok(ImageDetail::of(registry, repository, id.find_only(images)?)))
                .collect();
            return Ok(json!({ "imageDetails": details? }));
        }
        let listing = Listing {
            purpose: &format!("DescribeImages {repository} {:?}", request.filter),
            default: 100,
            limit: 1000,
        };
        let admitted = images
            .iter()
            .filter(|image| request.filter.admits(image))
            .map(|image| (image.digest.to_string(), image));
        let page = registry.page(&listing, &request.page, admitted)?;
        let details: Vec<ImageDetail> = page
            .items
            .iter()
            .map(|image| ImageDetail::of(registry, repository, image))
            .collect();
        Ok(paged("imageDetails", json!(details), page.next_token))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListImages {
    repository_name: String,
    #[serde(default)]
    filter: ImageFilter,
    #[serde(flatten)]
    page: PageRequest,
}

/// Lists one ID for each tag, and one for each image without a tag.
pub(super) fn list_images(context: &Context<'_>, request: ListImages) -> Result<Value, EcrError> {
    let registry = context.registry;
    let listing = Listing {
        purpose: &format!(
            "ListImages {} {:?}",
            request.repository_name, request.filter
        ),
        default: 100,
        limit: 1000,
    };
    registry.read_images(&request.repository_name, |images| {
        let ids = images
            .iter()
            .filter(|image| request.filter.admits(image))
            .flat_map(identifiers);
        let page: Page<ImageIdentifier> = registry.page(&listing, &request.page, ids)?;
        Ok(paged("imageIds", json!(page.items), page.next_token))
    })
}

fn identifiers(image: &Image) -> impl Iterator<Item = (String, ImageIdentifier)> {
    let untagged = image.tags.is_empty().then_some(None);
    let tagged = image.tags.iter().map(|tag| Some(tag.as_str()));
    untagged.into_iter().chain(tagged).map(|tag| {
        let key = format!("{} {}", image.digest, tag.unwrap_or_default());
        (key, ImageIdentifier::of(image.digest, tag))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListReferrers {
    repository_name: String,
    subject_id: SubjectIdentifier,
    #[serde(default)]
    filter: ReferrerFilter,
    #[serde(flatten)]
    page: PageRequest,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubjectIdentifier {
    image_digest: Digest,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReferrerFilter {
    #[serde(default)]
    artifact_types: Vec<String>,
    #[serde(default)]
    artifact_status: StatusFilter,
}

impl ReferrerFilter {
    fn admits(&self, image: &Image) -> bool {
        let artifact_type = image.manifest.artifact_type.as_deref();
        self.artifact_status.admits(image.status)
            && (self.artifact_types.is_empty()
                || self
                    .artifact_types
                    .iter()
                    .any(|wanted| Some(wanted.as_str()) == artifact_type))
    }
}

/// `ImageReferrer` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageReferrer {
    digest: Digest,
    media_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact_type: Option<String>,
    size: usize,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
    artifact_status: ImageStatus,
}

impl ImageReferrer {
    fn of(image: &Image) -> Self {
        Self {
            digest: image.digest,
            media_type: image.manifest.kind.media_type(),
            artifact_type: image.manifest.artifact_type.clone(),
            size: image.bytes.len(),
            annotations: image.manifest.annotations.clone(),
            artifact_status: image.status,
        }
    }
}

pub(super) fn list_referrers(
    context: &Context<'_>,
    request: ListReferrers,
) -> Result<Value, EcrError> {
    let registry = context.registry;
    let subject = request.subject_id.image_digest;
    let listing = Listing {
        purpose: &format!(
            "ListImageReferrers {} {subject} {:?}",
            request.repository_name, request.filter
        ),
        default: 20,
        limit: 50,
    };
    registry.read_images(&request.repository_name, |images| {
        let referrers = images
            .referrers(&subject)
            .filter(|image| request.filter.admits(image))
            .map(|image| (image.digest.to_string(), ImageReferrer::of(image)));
        let page = registry.page(&listing, &request.page, referrers)?;
        Ok(paged("referrers", json!(page.items), page.next_token))
    })
}

/// A list with its member name, and the token for the next page if there is one.
pub(super) fn paged(name: &str, items: Value, next_token: Option<String>) -> Value {
    let mut answer = json!({ name: items });
    if let Some(token) = next_token {
        answer["nextToken"] = json!(token);
    }
    answer
}
