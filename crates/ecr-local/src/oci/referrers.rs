//! Referrers of an image: its signatures, bills of materials and attestations.

use axum::response::Response;
use http::header;
use serde_json::{Value, json};

use super::error::OciError;
use super::{Query, finish};
use crate::registry::{Digest, Image, ImageStatus, ManifestKind, Registry};

/// `GET /v2/<name>/referrers/<digest>`, with `artifactType`: an index, empty if there are no referrers.
pub fn list(
    registry: &Registry,
    name: &str,
    digest: &Digest,
    query: &Query,
) -> Result<Response, OciError> {
    let artifact_type = query.get("artifactType").map(String::as_str);
    let is_listed = |image: &&Image| {
        let has_type =
            artifact_type.is_none() || image.manifest.artifact_type.as_deref() == artifact_type;
        image.status == ImageStatus::Active && has_type
    };
    let manifests: Vec<Value> = registry.read_images(name, |images| {
        let referrers = images.referrers(digest).filter(is_listed);
        Ok(referrers.map(descriptor).collect())
    })?;
    let media_type = ManifestKind::OciIndex.media_type();
    let index = json!({"schemaVersion": 2, "mediaType": media_type, "manifests": manifests});
    let mut answer = Response::builder().header(header::CONTENT_TYPE, media_type);
    if artifact_type.is_some() {
        answer = answer.header("oci-filters-applied", "artifactType");
    }
    finish(answer, index.to_string())
}

fn descriptor(image: &Image) -> Value {
    let mut descriptor = json!({
        "mediaType": image.manifest.kind.media_type(),
        "digest": image.digest,
        "size": image.bytes.len(),
    });
    if let Some(artifact_type) = &image.manifest.artifact_type {
        descriptor["artifactType"] = json!(artifact_type);
    }
    if !image.manifest.annotations.is_empty() {
        descriptor["annotations"] = json!(image.manifest.annotations);
    }
    descriptor
}
