//! Managed signing: the registry's configuration, and the status of an image's signatures.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Context;
use super::shapes::{ImageIdentifier, Nothing};
use crate::registry::{EcrError, ErrorKind, SigningConfiguration, SigningStatus};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    signing_configuration: SigningConfiguration,
}

pub(super) fn put_configuration(context: &Context<'_>, request: Put) -> Result<Value, EcrError> {
    let configuration = request.signing_configuration;
    context
        .registry
        .set_signing_configuration(configuration.clone())?;
    Ok(json!({ "signingConfiguration": configuration }))
}

pub(super) fn get_configuration(context: &Context<'_>, _: Nothing) -> Result<Value, EcrError> {
    let configuration = context.registry.account().signing.clone();
    found(context, configuration)
}

/// Signatures stay.
pub(super) fn delete_configuration(context: &Context<'_>, _: Nothing) -> Result<Value, EcrError> {
    let configuration = context.registry.account().signing.take();
    found(context, configuration)
}

fn found(
    context: &Context<'_>,
    configuration: Option<SigningConfiguration>,
) -> Result<Value, EcrError> {
    let account = &context.registry.home().account;
    let configuration = configuration.ok_or_else(|| {
        EcrError::new(
            ErrorKind::SigningConfigurationNotFound,
            format!("Signing configuration does not exist in the registry with id '{account}'"),
        )
    })?;
    Ok(json!({ "registryId": account, "signingConfiguration": configuration }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DescribeStatus {
    repository_name: String,
    image_id: ImageIdentifier,
}

/// `ImageSigningStatus` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageSigningStatus<'a> {
    signing_profile_arn: &'a str,
    #[serde(flatten)]
    status: &'a SigningStatus,
}

pub(super) fn describe_status(
    context: &Context<'_>,
    request: DescribeStatus,
) -> Result<Value, EcrError> {
    let registry = context.registry;
    let image = registry.read_images(&request.repository_name, |images| {
        request.image_id.find_only(images).cloned()
    })?;
    let statuses: Vec<ImageSigningStatus<'_>> = image
        .signings
        .iter()
        .map(|(signing_profile_arn, status)| ImageSigningStatus {
            signing_profile_arn,
            status,
        })
        .collect();
    Ok(json!({
        "registryId": registry.home().account,
        "repositoryName": request.repository_name,
        "imageId": ImageIdentifier::of(image.digest, request.image_id.image_tag.as_deref()),
        "signingStatuses": statuses,
    }))
}
