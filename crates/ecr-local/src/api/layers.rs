//! Layers by ECR's own protocol, in parts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Context;
use super::shapes::{RepositoryRequest, check_batch};
use crate::registry::{Digest, EcrError, ErrorKind, MAX_PART};

pub(super) fn initiate(
    context: &Context<'_>,
    request: RepositoryRequest,
) -> Result<Value, EcrError> {
    let id = context
        .registry
        .change(&request.repository_name, |settings| {
            Ok(settings.uploads.start())
        })?;
    Ok(json!({ "uploadId": id, "partSize": MAX_PART }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UploadPart {
    repository_name: String,
    upload_id: String,
    part_first_byte: u64,
    part_last_byte: u64,
    layer_part_blob: String,
}

pub(super) fn upload_part(context: &Context<'_>, request: UploadPart) -> Result<Value, EcrError> {
    let bytes = STANDARD.decode(request.layer_part_blob).map_err(|error| {
        EcrError::new(ErrorKind::Serialization, format!("layerPartBlob: {error}"))
    })?;
    let account = &context.registry.home().account;
    let received = context
        .registry
        .change(&request.repository_name, |settings| {
            let upload = settings.uploads.find(&request.upload_id)?;
            upload.append_part(request.part_first_byte, request.part_last_byte, &bytes)
        })
        .map_err(|error| match error.kind {
            ErrorKind::InvalidLayerPart => error
                .with("registryId", account.as_str())
                .with("repositoryName", request.repository_name.as_str())
                .with("uploadId", request.upload_id.as_str()),
            _ => error,
        })?;
    Ok(json!({
        "registryId": account,
        "repositoryName": request.repository_name,
        "uploadId": request.upload_id,
        "lastByteReceived": received - 1,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Complete {
    repository_name: String,
    upload_id: String,
    layer_digests: Vec<String>,
}

pub(super) fn complete(context: &Context<'_>, request: Complete) -> Result<Value, EcrError> {
    let registry = context.registry;
    let (name, upload) = (&request.repository_name, &request.upload_id);
    check_batch("layerDigests", &request.layer_digests)?;
    let digest = request
        .layer_digests
        .iter()
        .find_map(|digest| digest.parse::<Digest>().ok())
        .ok_or_else(|| EcrError::invalid("layerDigests", "must hold a sha256 digest"))?;
    if registry.change(name, |settings| Ok(settings.uploads.find(upload)?.size()))? == 0 {
        return Err(EcrError::new(
            ErrorKind::EmptyUpload,
            "The specified layer upload does not contain any layer parts",
        ));
    }
    if registry.read_images(name, |images| Ok(images.blob(&digest).is_some()))? {
        registry.change(name, |settings| settings.uploads.remove(upload))?;
        return Err(EcrError::new(
            ErrorKind::LayerAlreadyExists,
            format!("The layer with digest '{digest}' already exists in the repository"),
        ));
    }
    registry.complete_upload(name, upload, &digest)?;
    Ok(json!({
        "registryId": registry.home().account,
        "repositoryName": name,
        "uploadId": upload,
        "layerDigest": digest,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckAvailability {
    repository_name: String,
    layer_digests: Vec<String>,
}

/// `Layer` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LayerShape {
    layer_digest: String,
    layer_availability: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    layer_size: Option<u64>,
}

/// `LayerFailure` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LayerFailure {
    layer_digest: String,
    failure_code: &'static str,
    failure_reason: &'static str,
}

pub(super) fn check_availability(
    context: &Context<'_>,
    request: CheckAvailability,
) -> Result<Value, EcrError> {
    check_batch("layerDigests", &request.layer_digests)?;
    context.registry.repository(&request.repository_name)?;
    let mut layers = Vec::new();
    let mut failures = Vec::new();
    for text in request.layer_digests {
        match text.parse::<Digest>() {
            Ok(digest) => {
                let layer = context
                    .registry
                    .read_images(&request.repository_name, |images| Ok(images.layer(&digest)))?;
                layers.push(LayerShape {
                    layer_digest: text,
                    layer_availability: match &layer {
                        Some(layer) if layer.is_archived => "ARCHIVED",
                        Some(_) => "AVAILABLE",
                        None => "UNAVAILABLE",
                    },
                    layer_size: layer.map(|layer| layer.size),
                });
            }
            Err(_) => failures.push(LayerFailure {
                failure_code: if text.is_empty() { "MissingLayerDigest" } else { "InvalidLayerDigest" },
                failure_reason: "Invalid request parameters: layer digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
                layer_digest: text,
            }),
        }
    }
    Ok(json!({ "layers": layers, "failures": failures }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DownloadUrl {
    repository_name: String,
    layer_digest: Digest,
}

pub(super) fn download_url(context: &Context<'_>, request: DownloadUrl) -> Result<Value, EcrError> {
    let registry = context.registry;
    let (name, digest) = (&request.repository_name, &request.layer_digest);
    registry.read_images(name, |images| images.check_download(digest))?;
    let link = registry.issue_link(name, digest);
    Ok(json!({
        "downloadUrl": format!("http://{}/layers/{link}", registry.home().host),
        "layerDigest": digest,
    }))
}
