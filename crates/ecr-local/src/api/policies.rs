//! Repository policies and the registry policy.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::shapes::{Nothing, RepositoryRequest};
use crate::registry::{EcrError, ErrorKind};

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
    let name = &request.repository_name;
    let text = context
        .registry
        .read(name, |settings| Ok(settings.policy.clone()))?;
    found(context, name, text)
}

pub(super) fn delete(context: &Context<'_>, request: RepositoryRequest) -> Result<Value, EcrError> {
    let name = &request.repository_name;
    let text = context
        .registry
        .change(name, |settings| Ok(settings.policy.take()))?;
    found(context, name, text)
}

fn found(context: &Context<'_>, name: &str, text: Option<String>) -> Result<Value, EcrError> {
    let account = &context.registry.home().account;
    let text = text.ok_or_else(|| {
        EcrError::new(
            ErrorKind::RepositoryPolicyNotFound,
            format!("Repository policy does not exist for the repository with name '{name}' in the registry with id '{account}'"),
        )
    })?;
    Ok(policy_of(context, name, &text))
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
    let text = context.registry.account().policy.clone();
    found_registry(context, text)
}

pub(super) fn delete_registry(context: &Context<'_>, _: Nothing) -> Result<Value, EcrError> {
    let text = context.registry.account().policy.take();
    found_registry(context, text)
}

fn found_registry(context: &Context<'_>, text: Option<String>) -> Result<Value, EcrError> {
    let text = text.ok_or_else(|| {
        EcrError::new(
            ErrorKind::RegistryPolicyNotFound,
            format!(
                "Registry policy does not exist in the registry with id '{}'",
                context.registry.home().account
            ),
        )
    })?;
    Ok(registry_policy(context, &text))
}

fn registry_policy(context: &Context<'_>, text: &str) -> Value {
    json!({ "registryId": context.registry.home().account, "policyText": text })
}
