//! Reads images for the crawler.

use std::collections::HashMap;

use aws_sdk_ecr::{
    operation::describe_images::DescribeImagesOutput,
    primitives::DateTime,
    types::{
        DescribeImagesFilter, FindingSeverity, ImageDetail, ImageIdentifier, ImageStatus,
        ImageStatusFilter, ScanStatus,
    },
};
use model::{
    Digest, FindingCounts, Problem, RepositoryName, Timestamp,
    image::{ImageKind, Scan},
};

use super::{
    EcrClient, Priority,
    content::{MANIFEST_TYPES, verified},
};
use crate::{
    content::{self, Manifest},
    host::{Crawled, HostCall},
    record::ImageRecord,
};

/// The page size for images: the maximum of ECR.
const IMAGES_AT_A_TIME: i32 = 1_000;

/// The smallest page size, if larger pages are too large for one answer.
const FEWEST_IMAGES: i32 = 10;

/// The images of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageList {
    /// Each image.
    pub images: Vec<ImageRecord>,
    /// Whether one answer held all of them. A tag that moved between two answers can be missing, or be on two
    /// images.
    pub is_one_answer: bool,
}

impl EcrClient {
    /// Reads every image of a repository, including archived ones.
    ///
    /// # Errors
    /// [`Problem::Malformed`] if their total weight exceeds `most`: `ImageRecord::weight`.
    pub async fn images(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
        most: usize,
    ) -> Result<Crawled<ImageList>, Problem> {
        let (mut found, mut weight, mut token) = (Vec::new(), 0_usize, None);
        let mut answers = 0;
        let mut at_a_time = IMAGES_AT_A_TIME;
        loop {
            let page = self.images_page(priority, name, at_a_time, &token).await;
            let page = match page {
                // An image can have a thousand tags.
                Err(Problem::Malformed) if at_a_time > FEWEST_IMAGES => {
                    at_a_time /= 10;
                    continue;
                }
                page => page?,
            };
            let images = page.image_details.unwrap_or_default().into_iter();
            for image in images.filter_map(record) {
                weight = weight.saturating_add(image.weight());
                found.push(image);
            }
            if weight > most {
                let registry = &self.settings.alias;
                tracing::warn!(
                    registry.alias = %registry,
                    repository.name = %name,
                    inventory.max_images = most,
                    "Gantry shows no images of a repository: it has more images and tags than inventory.max_images"
                );
                return Err(Problem::Malformed);
            }
            answers += 1;
            token = page.next_token;
            if token.is_none() {
                return Ok(Crawled::new(ImageList {
                    images: found,
                    is_one_answer: answers == 1,
                }));
            }
        }
    }

    /// Reads a page of a repository's images. [`Problem::Malformed`] if the page is too large for
    /// one answer.
    async fn images_page(
        &self,
        priority: Priority,
        name: &RepositoryName,
        at_a_time: i32,
        token: &Option<String>,
    ) -> Result<DescribeImagesOutput, Problem> {
        let any = DescribeImagesFilter::builder()
            .image_status(ImageStatusFilter::Any)
            .build();
        let request = self
            .client(priority)
            .describe_images()
            .set_registry_id(self.registry_id())
            .repository_name(name.as_str())
            .filter(any)
            .max_results(at_a_time)
            .set_next_token(token.clone());
        let page = self.call(priority, "DescribeImages", request.send()).await;
        page.map_err(|error| self.failed("DescribeImages", Some(name), &error))
    }

    /// Reads the manifests of images, few enough for one call. A manifest that was altered or is
    /// too large is none. A manifest that ECR does not return, or not now, is left out.
    /// [`Problem::Malformed`] if they are too large for one answer.
    pub async fn manifests(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
        digests: &[Digest],
    ) -> Result<Crawled<Vec<(Digest, Option<Manifest>)>>, Problem> {
        let ids = digests.iter().map(|digest| {
            ImageIdentifier::builder()
                .image_digest(digest.as_str())
                .build()
        });
        let request = self
            .client(priority)
            .batch_get_image()
            .set_registry_id(self.registry_id())
            .repository_name(name.as_str())
            .set_image_ids(Some(ids.collect()))
            .set_accepted_media_types(Some(MANIFEST_TYPES.map(str::to_owned).to_vec()));
        let output = self.call(priority, "BatchGetImage", request.send()).await;
        let output = output.map_err(|error| self.failed("BatchGetImage", Some(name), &error))?;
        let images = output.images.unwrap_or_default().into_iter();
        let read = images.filter_map(|image| {
            let digest: Digest = image.image_id()?.image_digest()?.parse().ok()?;
            let manifest = verified(image).map(|(_, manifest)| manifest);
            Some((digest, manifest))
        });
        Ok(Crawled::new(read.collect()))
    }
}

/// The fields of an image that Gantry keeps.
fn record(image: ImageDetail) -> Option<ImageRecord> {
    let media_type = image.image_manifest_media_type.as_deref();
    let scan_status = image
        .image_scan_status
        .as_ref()
        .and_then(|status| status.status.as_ref());
    let counts = image
        .image_scan_findings_summary
        .and_then(|summary| summary.finding_severity_counts);
    Some(ImageRecord {
        digest: image.image_digest?.parse().ok()?,
        kind: kind(
            media_type,
            image.artifact_media_type.as_deref(),
            image.subject_manifest_digest.is_some(),
        ),
        // A negative or missing size is not shown as zero.
        size: image
            .image_size_in_bytes
            .and_then(|bytes| u64::try_from(bytes).ok()),
        pushed: image.image_pushed_at.as_ref().map(timestamp),
        pulled: image.last_recorded_pull_time.as_ref().map(timestamp),
        scan: scan(scan_status, counts.as_ref()),
        archived: image
            .image_status
            .is_some_and(|status| status != ImageStatus::Active),
        subject: image
            .subject_manifest_digest
            .and_then(|digest| digest.parse().ok()),
        tags: image
            .image_tags
            .unwrap_or_default()
            .into_iter()
            .filter_map(|tag| tag.parse().ok())
            .collect(),
    })
}

/// The kind of an image, from the media types of its manifest and config ("Container image manifest
/// formats" in the ECR User Guide).
fn kind(manifest: Option<&str>, artifact: Option<&str>, refers: bool) -> ImageKind {
    const CONFIGS: [&str; 2] = [
        "application/vnd.oci.image.config.v1+json",
        "application/vnd.docker.container.image.v1+json",
    ];
    match (manifest, artifact) {
        (Some(manifest), _) if content::is_index(manifest) => ImageKind::Index,
        (_, Some(artifact)) if !CONFIGS.contains(&artifact) => {
            ImageKind::Artifact(content::word(artifact))
        }
        (_, _) if refers => ImageKind::Artifact(String::new()),
        _ => ImageKind::Image,
    }
}

pub(super) fn scan(
    status: Option<&ScanStatus>,
    counts: Option<&HashMap<FindingSeverity, i32>>,
) -> Scan {
    match (status, counts) {
        (
            Some(
                ScanStatus::Failed
                | ScanStatus::UnsupportedImage
                | ScanStatus::FindingsUnavailable
                | ScanStatus::LimitExceeded,
            ),
            _,
        ) => Scan::Failed,
        (Some(ScanStatus::InProgress | ScanStatus::Pending), None) => Scan::Pending,
        (_, Some(counts)) => Scan::Found(finding_counts(counts)),
        (Some(ScanStatus::Complete), None) => Scan::Found(FindingCounts::default()),
        _ => Scan::None,
    }
}

fn finding_counts(counts: &HashMap<FindingSeverity, i32>) -> FindingCounts {
    let mut found = FindingCounts::default();
    for (severity, count) in counts {
        let severity = severity
            .as_str()
            .parse()
            .unwrap_or(model::Severity::Undefined);
        found.add(severity, u32::try_from(*count).unwrap_or(0));
    }
    found
}

pub(super) fn timestamp(time: &DateTime) -> Timestamp {
    Timestamp(time.secs())
}
