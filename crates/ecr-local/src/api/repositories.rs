//! Repositories, their settings and their resource tags.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Context;
use super::shapes::check_batch;
use crate::registry::{
    EcrError, Encryption, ErrorKind, Listing, Mutability, MutabilityMode, NewRepository,
    PageRequest, Registry, Repository, Timestamp,
};

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scanning {
    #[serde(default)]
    scan_on_push: bool,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExclusionFilter {
    filter_type: FilterType,
    filter: String,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum FilterType {
    Wildcard,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    key: String,
    #[serde(default)]
    value: String,
}

/// `Repository` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Description {
    repository_arn: String,
    registry_id: String,
    repository_name: String,
    repository_uri: String,
    created_at: Timestamp,
    image_tag_mutability: MutabilityMode,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    image_tag_mutability_exclusion_filters: Vec<ExclusionFilter>,
    image_scanning_configuration: Scanning,
    encryption_configuration: Encryption,
}

impl Description {
    fn of(registry: &Registry, repository: &Repository) -> Result<Self, EcrError> {
        let name = &repository.name;
        let (mutability, scan_on_push) = registry.read(name, |settings| {
            Ok((settings.mutability.clone(), settings.scan_on_push))
        })?;
        Ok(Self {
            repository_arn: registry.repository_arn(name),
            registry_id: registry.home().account.clone(),
            repository_name: name.clone(),
            repository_uri: registry.repository_uri(name),
            created_at: repository.created_at,
            image_tag_mutability: mutability.mode(),
            image_tag_mutability_exclusion_filters: filters(&mutability),
            image_scanning_configuration: Scanning { scan_on_push },
            encryption_configuration: repository.encryption.clone(),
        })
    }
}

fn filters(mutability: &Mutability) -> Vec<ExclusionFilter> {
    let filter = |filter: &String| ExclusionFilter {
        filter_type: FilterType::Wildcard,
        filter: filter.clone(),
    };
    mutability.exclusions().iter().map(filter).collect()
}

fn mutability(mode: MutabilityMode, filters: Vec<ExclusionFilter>) -> Result<Mutability, EcrError> {
    Mutability::new(
        mode,
        filters.into_iter().map(|filter| filter.filter).collect(),
    )
}

fn tags(tags: Vec<Tag>) -> Result<BTreeMap<String, String>, EcrError> {
    let count = tags.len();
    let tags: BTreeMap<String, String> = tags.into_iter().map(|tag| (tag.key, tag.value)).collect();
    if tags.len() == count {
        Ok(tags)
    } else {
        Err(EcrError::new(
            ErrorKind::InvalidTagParameter,
            "Duplicate tag keys are not allowed",
        ))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Create {
    repository_name: String,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    image_tag_mutability: MutabilityMode,
    #[serde(default)]
    image_tag_mutability_exclusion_filters: Vec<ExclusionFilter>,
    #[serde(default)]
    image_scanning_configuration: Scanning,
    #[serde(default)]
    encryption_configuration: Encryption,
}

pub(super) fn create(context: &Context<'_>, request: Create) -> Result<Value, EcrError> {
    let repository = context.registry.create_repository(NewRepository {
        name: request.repository_name,
        mutability: mutability(
            request.image_tag_mutability,
            request.image_tag_mutability_exclusion_filters,
        )?,
        scan_on_push: request.image_scanning_configuration.scan_on_push,
        encryption: encryption(context.registry, request.encryption_configuration)?,
        tags: tags(request.tags)?,
        created_at: None,
    })?;
    let description = Description::of(context.registry, &repository)?;
    Ok(json!({ "repository": description }))
}

/// Validates the type, and sets ECR's own key if KMS is requested without one.
fn encryption(registry: &Registry, mut encryption: Encryption) -> Result<Encryption, EcrError> {
    let uses_key = matches!(encryption.encryption_type.as_str(), "KMS" | "KMS_DSSE");
    if !uses_key && (encryption.encryption_type != "AES256" || encryption.kms_key.is_some()) {
        return Err(EcrError::invalid(
            "encryptionConfiguration",
            "Member must be AES256 without a key, KMS or KMS_DSSE",
        ));
    }
    if uses_key && encryption.kms_key.is_none() {
        let home = registry.home();
        encryption.kms_key = Some(format!(
            "arn:{}:kms:{}:{}:alias/aws/ecr",
            registry.partition(),
            home.region,
            home.account
        ));
    }
    Ok(encryption)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Describe {
    repository_names: Option<Vec<String>>,
    #[serde(flatten)]
    page: PageRequest,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptions {
    repositories: Vec<Description>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn describe(context: &Context<'_>, request: Describe) -> Result<Descriptions, EcrError> {
    let registry = context.registry;
    let (found, next_token) = match request.repository_names {
        Some(names) => {
            check_batch("repositoryNames", &names)?;
            request.page.check_unused("repositoryNames")?;
            let found: Result<Vec<_>, EcrError> =
                names.iter().map(|name| registry.repository(name)).collect();
            (found?, None)
        }
        None => {
            let listing = Listing {
                purpose: "DescribeRepositories",
                default: 100,
                limit: 1000,
            };
            let all = registry
                .repositories()
                .into_iter()
                .map(|repository| (repository.name.clone(), repository));
            let page = registry.page(&listing, &request.page, all)?;
            (page.items, page.next_token)
        }
    };
    // A repository that is deleted in the meantime is left out, as it would be a moment later.
    let repositories = found
        .iter()
        .filter_map(|repository| Description::of(registry, repository).ok())
        .collect();
    Ok(Descriptions {
        repositories,
        next_token,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delete {
    repository_name: String,
    #[serde(default)]
    force: bool,
}

pub(super) fn delete(context: &Context<'_>, request: Delete) -> Result<Value, EcrError> {
    let registry = context.registry;
    let repository = registry.repository(&request.repository_name)?;
    let description = Description::of(registry, &repository)?;
    registry.delete_repository(&request.repository_name, request.force)?;
    Ok(json!({ "repository": description }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PutMutability {
    repository_name: String,
    image_tag_mutability: MutabilityMode,
    #[serde(default)]
    image_tag_mutability_exclusion_filters: Vec<ExclusionFilter>,
}

pub(super) fn put_mutability(
    context: &Context<'_>,
    request: PutMutability,
) -> Result<Value, EcrError> {
    let mutability = mutability(
        request.image_tag_mutability,
        request.image_tag_mutability_exclusion_filters,
    )?;
    let mut answer = json!({
        "registryId": context.registry.home().account,
        "repositoryName": request.repository_name,
        "imageTagMutability": mutability.mode(),
    });
    if !mutability.exclusions().is_empty() {
        answer["imageTagMutabilityExclusionFilters"] = json!(filters(&mutability));
    }
    context
        .registry
        .change(&request.repository_name, |settings| {
            settings.mutability = mutability;
            Ok(answer)
        })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PutScanning {
    repository_name: String,
    image_scanning_configuration: Scanning,
}

pub(super) fn put_scanning(context: &Context<'_>, request: PutScanning) -> Result<Value, EcrError> {
    let scan_on_push = request.image_scanning_configuration.scan_on_push;
    context
        .registry
        .change(&request.repository_name, |settings| {
            settings.scan_on_push = scan_on_push;
            Ok(())
        })?;
    Ok(json!({
        "registryId": context.registry.home().account,
        "repositoryName": request.repository_name,
        "imageScanningConfiguration": request.image_scanning_configuration,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TagResource {
    resource_arn: String,
    tags: Vec<Tag>,
}

pub(super) fn tag(context: &Context<'_>, request: TagResource) -> Result<Value, EcrError> {
    let name = context.registry.name_in_arn(&request.resource_arn)?;
    let tags = tags(request.tags)?;
    context.registry.change(name, |settings| {
        settings.add_tags(tags)?;
        Ok(json!({}))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UntagResource {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// A key that does not exist is not an error.
pub(super) fn untag(context: &Context<'_>, request: UntagResource) -> Result<Value, EcrError> {
    let name = context.registry.name_in_arn(&request.resource_arn)?;
    context.registry.change(name, |settings| {
        settings
            .tags
            .retain(|key, _| !request.tag_keys.contains(key));
        Ok(json!({}))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListTags {
    resource_arn: String,
}

pub(super) fn list_tags(context: &Context<'_>, request: ListTags) -> Result<Value, EcrError> {
    let name = context.registry.name_in_arn(&request.resource_arn)?;
    let tags: Vec<Tag> = context
        .registry
        .read(name, |settings| Ok(settings.tags.clone()))?
        .into_iter()
        .map(|(key, value)| Tag { key, value })
        .collect();
    Ok(json!({ "tags": tags }))
}
