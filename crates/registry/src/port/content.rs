//! Manifests and blobs.

use std::sync::Arc;

use aws_sdk_ecr::types::{Image, ImageIdentifier, SubjectIdentifier};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use model::{
    Digest, Problem, RepositoryName,
    image::{ReferrerMeaning, ReferrerView},
};
use sha2::{Digest as _, Sha256};

use super::{Pace, Port, problem};
use crate::{
    content::MAX_BYTES,
    gate::{Grant, acts},
    inventory::{Crawled, HostCall},
};

/// The manifest formats that Gantry reads.
pub(super) const MANIFEST_TYPES: [&str; 4] = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
];

/// How many referrers a page lists at most.
const MAX_REFERRERS: usize = 200;

/// A manifest as it was pushed, its bytes checked against its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its media type.
    pub media_type: String,
    /// Its text.
    pub text: Arc<str>,
}

impl Manifest {
    /// Takes what ECR answered, if the bytes are what the digest promises.
    pub(super) fn verified(image: Image) -> Option<(Digest, Self)> {
        let text = image.image_manifest?;
        let digest: Digest = image.image_id?.image_digest?.parse().ok()?;
        let media_type = image.image_manifest_media_type.unwrap_or_default();
        (text.len() <= MAX_BYTES && is_digest_of(&digest, text.as_bytes())).then(|| {
            (
                digest,
                Self {
                    media_type,
                    text: text.into(),
                },
            )
        })
    }
}

impl Port {
    /// An image's manifest.
    pub async fn manifest(
        &self,
        grant: &Grant<acts::BatchGetImage>,
        digest: &Digest,
    ) -> Result<Manifest, Problem> {
        let name = grant.repository();
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
        let output = self
            .call(Pace::Interactive, "BatchGetImage", request.send())
            .await;
        let output = output.map_err(|error| self.failed("BatchGetImage", Some(name), &error))?;
        let image = output
            .images
            .unwrap_or_default()
            .pop()
            .ok_or(Problem::Gone)?;
        let (found, manifest) = Manifest::verified(image).ok_or(Problem::Malformed)?;
        if found == *digest {
            Ok(manifest)
        } else {
            Err(Problem::Malformed)
        }
    }

    /// A small blob whole: an image's config. It is fetched from the URL that ECR names, which stays
    /// here: it carries the host's credentials.
    pub async fn blob(
        &self,
        grant: &Grant<acts::GetDownloadUrlForLayer>,
        digest: &Digest,
    ) -> Result<Bytes, Problem> {
        let name = grant.repository();
        let request = self
            .interactive
            .get_download_url_for_layer()
            .set_registry_id(self.registry_id());
        let request = request
            .repository_name(name.as_str())
            .layer_digest(digest.as_str())
            .send();
        let output = self
            .call(Pace::Interactive, "GetDownloadUrlForLayer", request)
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

    /// What refers to an image. The operation has no paginator of the SDK's.
    pub async fn referrers(
        &self,
        _: &HostCall,
        pace: Pace,
        name: &RepositoryName,
        digest: &Digest,
    ) -> Result<Crawled<Vec<ReferrerView>>, Problem> {
        let subject = SubjectIdentifier::builder()
            .image_digest(digest.as_str())
            .build();
        let subject = subject.map_err(|_| Problem::Unexpected)?;
        let (mut found, mut token) = (Vec::new(), None);
        loop {
            let request = self
                .client(pace)
                .list_image_referrers()
                .set_registry_id(self.registry_id());
            let request = request
                .repository_name(name.as_str())
                .subject_id(subject.clone());
            let request = request.max_results(50).set_next_token(token).send();
            let output = self.call(pace, "ListImageReferrers", request).await;
            let output =
                output.map_err(|error| self.failed("ListImageReferrers", Some(name), &error))?;
            found.extend(
                output
                    .referrers
                    .unwrap_or_default()
                    .into_iter()
                    .filter_map(|referrer| {
                        let mut annotations: Vec<_> = referrer
                            .annotations
                            .unwrap_or_default()
                            .into_iter()
                            .collect();
                        annotations.sort();
                        Some(ReferrerView {
                            digest: referrer.digest.parse().ok()?,
                            meaning: meaning(
                                referrer
                                    .artifact_type
                                    .as_deref()
                                    .unwrap_or(&referrer.media_type),
                            ),
                            artifact_type: referrer.artifact_type,
                            size: u64::try_from(referrer.size).ok(),
                            annotations,
                        })
                    }),
            );
            token = output.next_token;
            if token.is_none() || found.len() >= MAX_REFERRERS {
                found.truncate(MAX_REFERRERS);
                return Ok(Crawled::new(found));
            }
        }
    }
}

/// What the artifact types in common use stand for (those of cosign, notation, SPDX, CycloneDX and
/// in-toto, as each of them documents).
fn meaning(artifact_type: &str) -> ReferrerMeaning {
    let has = |word: &str| artifact_type.contains(word);
    if has("signature") || has("sigstore") || has("simplesigning") || has("cosign.artifact.sig") {
        ReferrerMeaning::Signature
    } else if has("spdx") || has("cyclonedx") || has("syft") || has("sbom") {
        ReferrerMeaning::Sbom
    } else if has("in-toto") || has("attestation") || has("dsse") || has("provenance") {
        ReferrerMeaning::Attestation
    } else {
        ReferrerMeaning::Other
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
