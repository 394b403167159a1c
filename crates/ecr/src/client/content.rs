//! Manifests and blobs.

use access::{Grant, acts};
use aws_sdk_ecr::types::{Image, ImageIdentifier, ImageReferrer, SubjectIdentifier};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use model::{Digest, Problem, RepositoryName, image::ReferrerView};
use sha2::{Digest as _, Sha256};

use super::{EcrClient, Priority, problem};
use crate::{
    content::{MAX_BYTES, Manifest, RawReferrer, Referrers},
    host::{Crawled, HostCall},
};

/// The manifest formats that Gantry reads.
pub(super) const MANIFEST_TYPES: [&str; 4] = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
];

/// How many referrers ECR returns per call. Most images have no more, and each one can have 4 MiB
/// of annotations.
const REFERRERS_AT_A_TIME: i32 = 5;

/// Accepts ECR's answer only if its bytes match the digest.
pub(super) fn verified(image: Image) -> Option<(Digest, Manifest)> {
    let text = image.image_manifest?;
    let digest: Digest = image.image_id?.image_digest?.parse().ok()?;
    let media_type = image.image_manifest_media_type.unwrap_or_default();
    (text.len() <= MAX_BYTES && is_digest_of(&digest, text.as_bytes())).then(|| {
        (
            digest,
            Manifest {
                media_type,
                text: text.into(),
            },
        )
    })
}

impl EcrClient {
    /// Reads an image's manifest.
    pub(crate) async fn manifest(
        &self,
        grant: &Grant<acts::BatchGetImage>,
        digest: &Digest,
    ) -> Result<Manifest, Problem> {
        let name = &grant.repository().name;
        let request = self
            .interactive
            .batch_get_image()
            .set_registry_id(self.registry_id());
        let request = request.repository_name(name.as_str());
        let request = request.image_ids(
            ImageIdentifier::builder()
                .image_digest(digest.as_str())
                .build(),
        );
        let request =
            request.set_accepted_media_types(Some(MANIFEST_TYPES.map(str::to_owned).to_vec()));
        let request = request.send();
        let output = self
            .call(Priority::Interactive, "BatchGetImage", request)
            .await;
        let output = output.map_err(|error| self.failed("BatchGetImage", Some(name), &error))?;
        let image = output
            .images
            .unwrap_or_default()
            .pop()
            .ok_or(Problem::Gone)?;
        let (found, manifest) = verified(image).ok_or(Problem::Malformed)?;
        if found == *digest {
            Ok(manifest)
        } else {
            Err(Problem::Malformed)
        }
    }

    /// Reads a small blob completely: an image's config. It is downloaded from the URL that ECR
    /// returns. The URL contains credentials of the host, so it never leaves this function.
    pub(crate) async fn blob(
        &self,
        grant: &Grant<acts::GetDownloadUrlForLayer>,
        digest: &Digest,
    ) -> Result<Bytes, Problem> {
        let name = &grant.repository().name;
        let request = self
            .interactive
            .get_download_url_for_layer()
            .set_registry_id(self.registry_id());
        let request = request
            .repository_name(name.as_str())
            .layer_digest(digest.as_str())
            .send();
        let output = self
            .call(Priority::Interactive, "GetDownloadUrlForLayer", request)
            .await;
        let output =
            output.map_err(|error| self.failed("GetDownloadUrlForLayer", Some(name), &error))?;
        let url = output.download_url.ok_or(Problem::Unexpected)?;
        let response = self.downloads.get(url).send().await;
        let response = response.and_then(reqwest::Response::error_for_status);
        let response =
            response.map_err(|error| self.failed("the download of a blob", Some(name), &error))?;
        let mut bytes = BytesMut::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk =
                chunk.map_err(|error| self.failed("the download of a blob", Some(name), &error))?;
            if bytes.len() + chunk.len() > MAX_BYTES {
                return Err(Problem::Malformed);
            }
            bytes.extend_from_slice(&chunk);
        }
        if is_digest_of(digest, &bytes) {
            Ok(bytes.freeze())
        } else {
            Err(Problem::Malformed)
        }
    }

    /// Reads the referrers of an image. If the annotations of several are too large for one answer,
    /// each referrer is read by itself.
    pub async fn referrers(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
        digest: &Digest,
    ) -> Result<Crawled<Vec<ReferrerView>>, Problem> {
        let together = self.list_referrers(priority, name, digest, REFERRERS_AT_A_TIME);
        let read = match together.await {
            Err(Problem::Malformed) => self.list_referrers(priority, name, digest, 1).await,
            read => read,
        };
        read.map(Crawled::new)
    }

    /// Reads the referrers with this page size. [`Problem::Malformed`] if a page is too large for
    /// one answer. The SDK has no paginator for this operation.
    async fn list_referrers(
        &self,
        priority: Priority,
        name: &RepositoryName,
        digest: &Digest,
        at_a_time: i32,
    ) -> Result<Vec<ReferrerView>, Problem> {
        let subject = SubjectIdentifier::builder()
            .image_digest(digest.as_str())
            .build();
        let subject = subject.map_err(|_| Problem::Unexpected)?;
        let (mut found, mut token) = (Referrers::new(), None);
        loop {
            let request = self
                .client(priority)
                .list_image_referrers()
                .set_registry_id(self.registry_id())
                .repository_name(name.as_str())
                .subject_id(subject.clone())
                .max_results(at_a_time)
                .set_next_token(token);
            let output = self
                .call(priority, "ListImageReferrers", request.send())
                .await;
            let output =
                output.map_err(|error| self.failed("ListImageReferrers", Some(name), &error))?;
            for referrer in output.referrers.unwrap_or_default() {
                found.add(raw_referrer(referrer));
            }
            token = output.next_token;
            if token.is_none() {
                return Ok(found.into_list());
            }
            if found.is_full() {
                found.more_follow();
                return Ok(found.into_list());
            }
        }
    }
}

fn raw_referrer(referrer: ImageReferrer) -> RawReferrer {
    RawReferrer {
        digest: referrer.digest,
        media_type: referrer.media_type,
        artifact_type: referrer.artifact_type,
        size: referrer.size,
        annotations: referrer.annotations.unwrap_or_default(),
    }
}

fn is_digest_of(digest: &Digest, bytes: &[u8]) -> bool {
    let hex: String = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    digest.as_str().strip_prefix("sha256:") == Some(&hex)
}

impl problem::Classify for reqwest::Error {
    fn problem(&self) -> Problem {
        match self.status() {
            Some(status) if status.is_server_error() => Problem::Failing,
            Some(status) if status == reqwest::StatusCode::NOT_FOUND => Problem::Gone,
            Some(status) if status == reqwest::StatusCode::FORBIDDEN => Problem::Credentials,
            Some(_) => Problem::Unexpected,
            None => Problem::Unreachable,
        }
    }

    fn code(&self) -> Option<&str> {
        self.status().and_then(|status| status.canonical_reason())
    }

    fn request_id(&self) -> Option<&str> {
        None
    }
}
