//! Lifecycle policies and their previews.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Context;
use super::lists::paged;
use super::shapes::{ImageIdentifier, RepositoryRequest, TagStatus, check_batch};
use crate::lifecycle::{no_policy, preview, set_policy};
use crate::registry::{
    Digest, EcrError, ErrorKind, LifecycleAction, LifecyclePolicy, Listing, MarkedImage,
    PageRequest, StorageClass, Timestamp,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Put {
    repository_name: String,
    lifecycle_policy_text: String,
}

pub(super) fn put(context: &Context<'_>, request: Put) -> Result<Value, EcrError> {
    let text = request.lifecycle_policy_text;
    set_policy(context.registry, &request.repository_name, &text)?;
    Ok(policy_of(context, &request.repository_name, &text))
}

pub(super) fn get(context: &Context<'_>, request: RepositoryRequest) -> Result<Value, EcrError> {
    let name = &request.repository_name;
    let policy = context
        .registry
        .read(name, |settings| Ok(settings.lifecycle.clone()))?;
    evaluated(context, name, policy)
}

pub(super) fn delete(context: &Context<'_>, request: RepositoryRequest) -> Result<Value, EcrError> {
    let name = &request.repository_name;
    let policy = context
        .registry
        .change(name, |settings| Ok(settings.lifecycle.take()))?;
    evaluated(context, name, policy)
}

fn policy_of(context: &Context<'_>, repository: &str, text: &str) -> Value {
    json!({
        "registryId": context.registry.home().account,
        "repositoryName": repository,
        "lifecyclePolicyText": text,
    })
}

fn evaluated(
    context: &Context<'_>,
    repository: &str,
    policy: Option<LifecyclePolicy>,
) -> Result<Value, EcrError> {
    let policy = policy.ok_or_else(|| no_policy(context.registry, repository))?;
    let mut answer = policy_of(context, repository, &policy.text);
    if let Some(at) = policy.last_evaluated_at {
        answer["lastEvaluatedAt"] = json!(at);
    }
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StartPreview {
    repository_name: String,
    lifecycle_policy_text: Option<String>,
}

/// Starts a preview. The service takes a while for it; here it is complete before the answer.
pub(super) fn start_preview(
    context: &Context<'_>,
    request: StartPreview,
) -> Result<Value, EcrError> {
    let name = &request.repository_name;
    let preview = preview(context.registry, name, request.lifecycle_policy_text)?;
    let mut answer = policy_of(context, name, &preview.text);
    answer["status"] = json!("IN_PROGRESS");
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GetPreview {
    repository_name: String,
    image_ids: Option<Vec<ImageIdentifier>>,
    #[serde(default)]
    filter: PreviewFilter,
    #[serde(flatten)]
    page: PageRequest,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PreviewFilter {
    #[serde(default)]
    tag_status: TagStatus,
}

impl PreviewFilter {
    fn admits(&self, marked: &MarkedImage) -> bool {
        match self.tag_status {
            TagStatus::Any => true,
            TagStatus::Tagged => !marked.tags.is_empty(),
            TagStatus::Untagged => marked.tags.is_empty(),
        }
    }
}

/// `LifecyclePolicyPreviewResult` in the service model.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PreviewResult<'a> {
    image_tags: Vec<&'a str>,
    image_digest: Digest,
    image_pushed_at: Timestamp,
    action: LifecycleAction,
    applied_rule_priority: u32,
    storage_class: StorageClass,
}

impl<'a> PreviewResult<'a> {
    fn of(marked: &'a MarkedImage) -> Self {
        Self {
            image_tags: marked.tags.iter().map(String::as_str).collect(),
            image_digest: marked.digest,
            image_pushed_at: marked.pushed_at,
            action: marked.action,
            applied_rule_priority: marked.rule_priority,
            storage_class: marked.storage_class,
        }
    }
}

pub(super) fn get_preview(context: &Context<'_>, request: GetPreview) -> Result<Value, EcrError> {
    let registry = context.registry;
    let name = &request.repository_name;
    let preview = registry.read(name, |settings| {
        settings.preview.clone().ok_or_else(|| {
            EcrError::new(
                ErrorKind::LifecyclePolicyPreviewNotFound,
                format!(
                    "No lifecycle policy preview was started for the repository with name '{name}'"
                ),
            )
        })
    })?;
    let ids = request.image_ids.as_deref();
    if let Some(ids) = ids {
        check_batch("imageIds", ids)?;
        request.page.check_unused("imageIds")?;
    }
    let listing = Listing {
        purpose: &format!(
            "GetLifecyclePolicyPreview {name} {:?} {ids:?}",
            request.filter
        ),
        default: 100,
        limit: 100,
    };
    let wanted = preview
        .marked
        .iter()
        .filter(|marked| {
            request.filter.admits(marked)
                && ids.is_none_or(|ids| ids.iter().any(|id| names(id, marked)))
        })
        .map(|marked| (marked.digest.to_string(), PreviewResult::of(marked)));
    let page = registry.page(&listing, &request.page, wanted)?;
    let mut answer = paged("previewResults", json!(page.items), page.next_token);
    answer["registryId"] = json!(registry.home().account);
    answer["repositoryName"] = json!(name);
    answer["lifecyclePolicyText"] = json!(preview.text);
    answer["status"] = json!("COMPLETE");
    answer["summary"] = summary(&preview.marked);
    Ok(answer)
}

fn names(id: &ImageIdentifier, marked: &MarkedImage) -> bool {
    let by_digest = id
        .image_digest
        .as_ref()
        .is_none_or(|digest| *digest == marked.digest.to_string());
    let by_tag = id
        .image_tag
        .as_ref()
        .is_none_or(|tag| marked.tags.contains(tag));
    by_digest && by_tag
}

fn summary(marked: &[MarkedImage]) -> Value {
    let expiring = marked
        .iter()
        .filter(|marked| marked.action == LifecycleAction::Expire {})
        .count();
    json!({
        "expiringImageTotalCount": expiring,
        "transitioningImageTotalCounts": [
            { "targetStorageClass": "ARCHIVE", "imageTotalCount": marked.len() - expiring },
        ],
    })
}
