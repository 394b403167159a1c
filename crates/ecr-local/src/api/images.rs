//! Operations to put, get, delete and archive images.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Context;
use super::shapes::{ImageFailure, ImageIdentifier, check_batch};
use crate::registry::{
    DeletionRefused, Digest, EcrError, ImageStatus, PutImage, Reference, Registry, Timestamp,
};

/// `Image` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageShape {
    registry_id: String,
    repository_name: String,
    image_id: ImageIdentifier,
    image_manifest: String,
    image_manifest_media_type: &'static str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    repository_name: String,
    image_manifest: String,
    image_manifest_media_type: Option<String>,
    image_tag: Option<String>,
    image_digest: Option<String>,
}

pub(super) fn put(context: &Context<'_>, request: Put) -> Result<Value, EcrError> {
    let registry = context.registry;
    let expected = request
        .image_digest
        .as_deref()
        .map(str::parse::<Digest>)
        .transpose();
    let put = PutImage {
        manifest: request.image_manifest.clone().into(),
        media_type: request.image_manifest_media_type,
        tag: request.image_tag.clone(),
        digest: expected.map_err(|error| EcrError::invalid("imageDigest", &error.to_string()))?,
        pushed_at: None,
    };
    let stored = registry.put_image(&request.repository_name, put)?;
    let image = ImageShape {
        registry_id: registry.home().account.clone(),
        repository_name: request.repository_name,
        image_id: ImageIdentifier::of(stored.digest, request.image_tag.as_deref()),
        image_manifest: request.image_manifest,
        image_manifest_media_type: stored.manifest.kind.media_type(),
    };
    Ok(json!({ "image": image }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BatchGet {
    repository_name: String,
    image_ids: Vec<ImageIdentifier>,
    accepted_media_types: Option<Vec<String>>,
}

/// Returns manifests, and counts as a pull unless the caller is excluded. Manifests are not converted: an image with
/// a media type that the client does not accept is not found.
pub(super) fn batch_get(context: &Context<'_>, request: BatchGet) -> Result<Value, EcrError> {
    check_batch("imageIds", &request.image_ids)?;
    let accepted = request.accepted_media_types.unwrap_or_default();
    let mut found = Vec::new();
    let mut failures: Vec<ImageFailure> = Vec::new();
    for id in request.image_ids {
        match get(context, &request.repository_name, &id, &accepted)? {
            Ok(image) => found.push(image),
            Err(failure) => failures.push(id.failure(failure)),
        }
    }
    Ok(json!({ "images": found, "failures": failures }))
}

type Failure = (&'static str, String);

fn get(
    context: &Context<'_>,
    repository: &str,
    id: &ImageIdentifier,
    accepted: &[String],
) -> Result<Result<ImageShape, Failure>, EcrError> {
    let registry = context.registry;
    let found = registry.read_images(repository, |images| Ok(id.find(images).cloned()))?;
    let image = match found {
        Ok(image) => image,
        Err(failure) => return Ok(Err(failure)),
    };
    if image.status != ImageStatus::Active {
        return Ok(Err((
            "ImageInaccessible",
            "The image is archived".to_owned(),
        )));
    }
    let media_type = image.manifest.kind.media_type();
    if !accepted.is_empty() && !accepted.iter().any(|accepted| accepted == media_type) {
        return Ok(Err((
            "ImageNotFound",
            format!("The image is of media type '{media_type}', which is not accepted"),
        )));
    }
    if !is_excluded(context) {
        registry.set_pulled_at(repository, &image.digest, Timestamp::now())?;
    }
    Ok(Ok(ImageShape {
        registry_id: registry.home().account.clone(),
        repository_name: repository.to_owned(),
        image_id: ImageIdentifier::of(image.digest, id.image_tag.as_deref()),
        image_manifest: String::from_utf8_lossy(&image.bytes).into_owned(),
        image_manifest_media_type: media_type,
    }))
}

/// Whether the caller's pulls do not change `lastRecordedPullTime`.
fn is_excluded(context: &Context<'_>) -> bool {
    let exclusions = &context.registry.account().pull_time_exclusions;
    let role = context.caller.role_arn();
    exclusions.contains_key(&context.caller.arn)
        || role.is_some_and(|role| exclusions.contains_key(&role))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BatchDelete {
    repository_name: String,
    image_ids: Vec<ImageIdentifier>,
}

pub(super) fn batch_delete(context: &Context<'_>, request: BatchDelete) -> Result<Value, EcrError> {
    check_batch("imageIds", &request.image_ids)?;
    let mut deleted = Vec::new();
    let mut failures = Vec::new();
    for id in request.image_ids {
        match delete(context.registry, &request.repository_name, &id)? {
            Ok(mut ids) => deleted.append(&mut ids),
            Err(failure) => failures.push(id.failure(failure)),
        }
    }
    Ok(json!({ "imageIds": deleted, "failures": failures }))
}

fn delete(
    registry: &Registry,
    repository: &str,
    id: &ImageIdentifier,
) -> Result<Result<Vec<ImageIdentifier>, Failure>, EcrError> {
    registry.change_images(repository, |images| {
        let reference = match id.find(images).and_then(|_| id.reference()) {
            Ok(reference) => reference,
            Err(failure) => return Ok(Err(failure)),
        };
        Ok(match images.delete(&reference) {
            Ok(deleted) if deleted.tags.is_empty() => {
                Ok(vec![ImageIdentifier::of(deleted.digest, None)])
            }
            Ok(deleted) => Ok(deleted
                .tags
                .iter()
                .map(|tag| ImageIdentifier::of(deleted.digest, Some(tag)))
                .collect()),
            Err(DeletionRefused::NotFound) => {
                Err(("ImageNotFound", "Requested image not found".to_owned()))
            }
            Err(DeletionRefused::ReferencedBy(index)) => Err((
                "ImageReferencedByManifestList",
                format!("Requested image referenced by manifest list: [{index}]"),
            )),
        })
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UpdateStorageClass {
    repository_name: String,
    image_id: ImageIdentifier,
    target_storage_class: StorageClass,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum StorageClass {
    Standard,
    Archive,
}

pub(super) fn update_storage_class(
    context: &Context<'_>,
    request: UpdateStorageClass,
) -> Result<Value, EcrError> {
    let registry = context.registry;
    let (digest, status) = registry.change_images(&request.repository_name, |images| {
        let digest = request.image_id.find_only(images)?.digest;
        let archive = request.target_storage_class == StorageClass::Archive;
        let image = images.set_archived(&Reference::Digest(digest), archive, Timestamp::now())?;
        Ok((digest, image.status))
    })?;
    Ok(json!({
        "registryId": registry.home().account,
        "repositoryName": request.repository_name,
        "imageId": ImageIdentifier::of(digest, request.image_id.image_tag.as_deref()),
        "imageStatus": status,
    }))
}
