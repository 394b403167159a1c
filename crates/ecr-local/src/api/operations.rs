//! Every operation that ecr-local supports.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Context, account, images, layers, lifecycle, lists, policies, replication, repositories,
    scanning, signing, unknown_operation,
};
use crate::registry::{EcrError, ErrorKind};

pub(super) fn perform(
    context: &Context<'_>,
    operation: &str,
    request: Value,
) -> Result<Value, EcrError> {
    let call = Call { context, request };
    match operation {
        "CreateRepository" => call.to(repositories::create),
        "DescribeRepositories" => call.to(repositories::describe),
        "DeleteRepository" => call.to(repositories::delete),
        "PutImageTagMutability" => call.to(repositories::put_mutability),
        "PutImageScanningConfiguration" => call.to(repositories::put_scanning),
        "TagResource" => call.to(repositories::tag),
        "UntagResource" => call.to(repositories::untag),
        "ListTagsForResource" => call.to(repositories::list_tags),

        "PutImage" => call.to(images::put),
        "BatchGetImage" => call.to(images::batch_get),
        "BatchDeleteImage" => call.to(images::batch_delete),
        "UpdateImageStorageClass" => call.to(images::update_storage_class),
        "DescribeImages" => call.to(lists::describe_images),
        "ListImages" => call.to(lists::list_images),
        "ListImageReferrers" => call.to(lists::list_referrers),

        "InitiateLayerUpload" => call.to(layers::initiate),
        "UploadLayerPart" => call.to(layers::upload_part),
        "CompleteLayerUpload" => call.to(layers::complete),
        "BatchCheckLayerAvailability" => call.to(layers::check_availability),
        "GetDownloadUrlForLayer" => call.to(layers::download_url),

        "SetRepositoryPolicy" => call.to(policies::set),
        "GetRepositoryPolicy" => call.to(policies::get),
        "DeleteRepositoryPolicy" => call.to(policies::delete),
        "PutRegistryPolicy" => call.to(policies::put_registry),
        "GetRegistryPolicy" => call.to(policies::get_registry),
        "DeleteRegistryPolicy" => call.to(policies::delete_registry),

        "PutLifecyclePolicy" => call.to(lifecycle::put),
        "GetLifecyclePolicy" => call.to(lifecycle::get),
        "DeleteLifecyclePolicy" => call.to(lifecycle::delete),
        "StartLifecyclePolicyPreview" => call.to(lifecycle::start_preview),
        "GetLifecyclePolicyPreview" => call.to(lifecycle::get_preview),

        "StartImageScan" => call.to(scanning::start),
        "DescribeImageScanFindings" => call.to(scanning::describe_findings),
        "PutRegistryScanningConfiguration" => call.to(scanning::put_registry_configuration),
        "GetRegistryScanningConfiguration" => call.to(scanning::get_registry_configuration),
        "BatchGetRepositoryScanningConfiguration" => call.to(scanning::batch_get_configuration),

        "PutSigningConfiguration" => call.to(signing::put_configuration),
        "GetSigningConfiguration" => call.to(signing::get_configuration),
        "DeleteSigningConfiguration" => call.to(signing::delete_configuration),
        "DescribeImageSigningStatus" => call.to(signing::describe_status),

        "DescribeRegistry" => call.to(replication::describe_registry),
        "PutReplicationConfiguration" => call.to(replication::put_configuration),
        "DescribeImageReplicationStatus" => call.to(replication::describe_status),

        "GetAuthorizationToken" => call.to(account::authorization_token),
        "GetAccountSetting" => call.to(account::get_setting),
        "PutAccountSetting" => call.to(account::put_setting),
        "RegisterPullTimeUpdateExclusion" => call.to(account::register_exclusion),
        "DeregisterPullTimeUpdateExclusion" => call.to(account::deregister_exclusion),
        "ListPullTimeUpdateExclusions" => call.to(account::list_exclusions),
        _ => Err(unknown_operation()),
    }
}

/// A request with the function that performs it.
struct Call<'a> {
    context: &'a Context<'a>,
    request: Value,
}

impl Call<'_> {
    fn to<Request, Answer>(
        self,
        operation: fn(&Context<'_>, Request) -> Result<Answer, EcrError>,
    ) -> Result<Value, EcrError>
    where
        Request: DeserializeOwned,
        Answer: Serialize,
    {
        self.check_registry()?;
        let request = serde_json::from_value(self.request).map_err(|error| malformed(&error))?;
        let answer = operation(self.context, request)?;
        serde_json::to_value(answer)
            .map_err(|error| EcrError::new(ErrorKind::Server, error.to_string()))
    }

    /// Every request can name the registry by its account; there is only one here.
    fn check_registry(&self) -> Result<(), EcrError> {
        let Some(account) = self.request["registryId"].as_str() else {
            return Ok(());
        };
        if account == self.context.registry.home().account {
            return Ok(());
        }
        Err(match self.request["repositoryName"].as_str() {
            Some(name) => crate::registry::repository_not_found(account, name),
            None => EcrError::invalid("registryId", "must be the account of this registry"),
        })
    }
}

/// A value of the wrong JSON type is a SerializationException; a missing value or one outside its allowed set breaks
/// a constraint. Serde distinguishes them only by its message.
fn malformed(error: &serde_json::Error) -> EcrError {
    let message = error.to_string();
    if message.starts_with("invalid type") {
        EcrError::new(ErrorKind::Serialization, message)
    } else {
        EcrError::new(
            ErrorKind::InvalidParameter,
            format!("Invalid parameter: {message}"),
        )
    }
}
