//! Lifecycle policies: what ECR accepts, and which images a policy would expire or archive.
//!
//! The rules follow <https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html>.

mod check;
mod evaluate;
mod parse;

pub use parse::{CountType, Policy, Rule, TagStatus};

use crate::registry::{
    EcrError, ErrorKind, LifecyclePolicy, LifecyclePreview, Registry, Timestamp,
};

/// Sets a repository's lifecycle policy.
///
/// # Errors
/// `RepositoryNotFoundException`, `InvalidParameterException`.
pub fn set_policy(registry: &Registry, repository: &str, text: &str) -> Result<(), EcrError> {
    registry.change(repository, |settings| {
        Policy::parse(text)?;
        settings.lifecycle = Some(LifecyclePolicy {
            text: text.to_owned(),
            last_evaluated_at: None,
        });
        Ok(())
    })
}

/// Evaluates a lifecycle policy, or the repository's own if `text` is None, and keeps the result.
///
/// # Errors
/// `RepositoryNotFoundException`, `LifecyclePolicyNotFoundException`, `InvalidParameterException`.
pub(crate) fn preview(
    registry: &Registry,
    repository: &str,
    text: Option<String>,
) -> Result<LifecyclePreview, EcrError> {
    let own = registry.read(repository, |settings| Ok(settings.lifecycle.clone()))?;
    let text = text
        .or(own.map(|policy| policy.text))
        .ok_or_else(|| no_policy(registry, repository))?;
    let policy = Policy::parse(&text)?;
    let marked = registry.read_images(repository, |images| {
        Ok(policy.evaluate(images, Timestamp::now()))
    })?;
    let preview = LifecyclePreview { text, marked };
    registry.change(repository, |settings| {
        settings.preview = Some(preview.clone());
        Ok(preview)
    })
}

/// ECR's error for a repository without a lifecycle policy.
pub(crate) fn no_policy(registry: &Registry, repository: &str) -> EcrError {
    EcrError::new(
        ErrorKind::LifecyclePolicyNotFound,
        format!(
            "Lifecycle policy does not exist for the repository with name '{repository}' in the registry with id '{}'",
            registry.home().account
        ),
    )
}
