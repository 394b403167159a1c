//! Repository policies and the registry policy.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::shapes::{Nothing, RepositoryRequest};
use crate::registry::EcrError;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Set {
    repository_name: String,
    policy_text: String,
    #[serde(default)]
    force: bool,
}

pub(super) fn set(context: &Context<'_>, request: Set) -> Result<Value, EcrError> {
    context.registry.set_repository_policy(
        &request.repository_name,
        &request.policy_text,
        request.force,
        context.caller,
    )?;
    Ok(policy_of(
        context,
        &request.repository_name,
        &request.policy_text,
    ))
}

pub(super) fn get(context: &Context<'_>, request: RepositoryRequest) -> Result<Value, EcrError> {
    let text = context
        .registry
        .repository_policy(&request.repository_name)?;
    Ok(policy_of(context, &request.repository_name, &text))
}

pub(super) fn delete(context: &Context<'_>, request: RepositoryRequest) -> Result<Value, EcrError> {
    let text = context
        .registry
        .delete_repository_policy(&request.repository_name)?;
    Ok(policy_of(context, &request.repository_name, &text))
}

fn policy_of(context: &Context<'_>, repository: &str, text: &str) -> Value {
    json!({
        "registryId": context.registry.home().account,
        "repositoryName": repository,
        "policyText": text,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PutRegistry {
    policy_text: String,
}

pub(super) fn put_registry(context: &Context<'_>, request: PutRegistry) -> Result<Value, EcrError> {
    context.registry.set_registry_policy(&request.policy_text)?;
    Ok(registry_policy(context, &request.policy_text))
}

pub(super) fn get_registry(context: &Context<'_>, _: Nothing) -> Result<Value, EcrError> {
    Ok(registry_policy(
        context,
        &context.registry.registry_policy()?,
    ))
}

pub(super) fn delete_registry(context: &Context<'_>, _: Nothing) -> Result<Value, EcrError> {
    Ok(registry_policy(
        context,
        &context.registry.delete_registry_policy()?,
    ))
}

fn registry_policy(context: &Context<'_>, text: &str) -> Value {
    json!({ "registryId": context.registry.home().account, "policyText": text })
}
