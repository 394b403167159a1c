//! The policies of repositories and of the registry. Their texts are stored as they were sent.

use super::policy::{PolicyKind, check_policy, locks_out};
use super::repository::LifecyclePolicy;
use super::{Caller, EcrError, ErrorKind, Registry, Timestamp};
use crate::lifecycle::{self, Preview};

impl Registry {
    /// Sets the repository policy. A text that would prevent `caller` from ever changing it again is refused, unless
    /// `force` is set.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `InvalidParameterException`.
    pub fn set_repository_policy(
        &self,
        repository: &str,
        text: &str,
        force: bool,
        caller: &Caller,
    ) -> Result<(), EcrError> {
        self.repository(repository)?;
        check_policy(PolicyKind::Repository, text)?;
        if !force && locks_out(text, caller) {
            return Err(EcrError::new(
                ErrorKind::InvalidParameter,
                "Invalid parameter at 'PolicyText': the policy would keep you from setting a policy again; send force to set it nevertheless",
            ));
        }
        self.with(repository, |state| {
            state.policy = Some(text.to_owned());
            Ok(())
        })
    }

    /// The repository policy as it was sent.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `RepositoryPolicyNotFoundException`.
    pub fn repository_policy(&self, repository: &str) -> Result<String, EcrError> {
        self.with(repository, |state| {
            state
                .policy
                .clone()
                .ok_or_else(|| self.no_policy(repository))
        })
    }

    /// Deletes the repository policy and returns its text.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `RepositoryPolicyNotFoundException`.
    pub fn delete_repository_policy(&self, repository: &str) -> Result<String, EcrError> {
        self.with(repository, |state| {
            state
                .policy
                .take()
                .ok_or_else(|| self.no_policy(repository))
        })
    }

    fn no_policy(&self, repository: &str) -> EcrError {
        EcrError::new(
            ErrorKind::RepositoryPolicyNotFound,
            format!(
                "Repository policy does not exist for the repository with name '{repository}' in the registry with id '{}'",
                self.home().account
            ),
        )
    }

    /// Sets the registry policy.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub fn set_registry_policy(&self, text: &str) -> Result<(), EcrError> {
        check_policy(PolicyKind::Registry, text)?;
        self.account().policy = Some(text.to_owned());
        Ok(())
    }

    /// The registry policy as it was sent.
    ///
    /// # Errors
    /// `RegistryPolicyNotFoundException`.
    pub fn registry_policy(&self) -> Result<String, EcrError> {
        self.account()
            .policy
            .clone()
            .ok_or_else(|| self.no_registry_policy())
    }

    /// Deletes the registry policy and returns its text.
    ///
    /// # Errors
    /// `RegistryPolicyNotFoundException`.
    pub fn delete_registry_policy(&self) -> Result<String, EcrError> {
        self.account()
            .policy
            .take()
            .ok_or_else(|| self.no_registry_policy())
    }

    fn no_registry_policy(&self) -> EcrError {
        EcrError::new(
            ErrorKind::RegistryPolicyNotFound,
            format!(
                "Registry policy does not exist in the registry with id '{}'",
                self.home().account
            ),
        )
    }

    /// Sets the lifecycle policy.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `InvalidParameterException`.
    pub fn set_lifecycle_policy(&self, repository: &str, text: &str) -> Result<(), EcrError> {
        self.repository(repository)?;
        lifecycle::Policy::parse(text)?;
        self.with(repository, |state| {
            state.lifecycle = Some(LifecyclePolicy {
                text: text.to_owned(),
                last_evaluated_at: None,
            });
            Ok(())
        })
    }

    /// Sets when a lifecycle policy was last evaluated. ecr-local itself never expires anything.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn set_lifecycle_evaluated_at(
        &self,
        repository: &str,
        at: Timestamp,
    ) -> Result<(), EcrError> {
        self.with(repository, |state| {
            if let Some(lifecycle) = &mut state.lifecycle {
                lifecycle.last_evaluated_at = Some(at);
            }
            Ok(())
        })
    }

    /// The lifecycle policy as it was sent, and when it was last evaluated.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `LifecyclePolicyNotFoundException`.
    pub fn lifecycle_policy(
        &self,
        repository: &str,
    ) -> Result<(String, Option<Timestamp>), EcrError> {
        self.with(repository, |state| {
            let policy = state
                .lifecycle
                .as_ref()
                .ok_or_else(|| self.no_lifecycle_policy(repository))?;
            Ok((policy.text.clone(), policy.last_evaluated_at))
        })
    }

    /// Deletes the lifecycle policy. Returns the same as [`Registry::lifecycle_policy`].
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `LifecyclePolicyNotFoundException`.
    pub fn delete_lifecycle_policy(
        &self,
        repository: &str,
    ) -> Result<(String, Option<Timestamp>), EcrError> {
        self.with(repository, |state| {
            let policy = state
                .lifecycle
                .take()
                .ok_or_else(|| self.no_lifecycle_policy(repository))?;
            Ok((policy.text, policy.last_evaluated_at))
        })
    }

    fn no_lifecycle_policy(&self, repository: &str) -> EcrError {
        EcrError::new(
            ErrorKind::LifecyclePolicyNotFound,
            format!(
                "Lifecycle policy does not exist for the repository with name '{repository}' in the registry with id '{}'",
                self.home().account
            ),
        )
    }

    /// Evaluates a lifecycle policy, or the repository's own if `text` is None, and keeps the result.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `LifecyclePolicyNotFoundException`, `InvalidParameterException`.
    pub fn preview_lifecycle(
        &self,
        repository: &str,
        text: Option<&str>,
    ) -> Result<Preview, EcrError> {
        self.repository(repository)?;
        let text = match text {
            Some(text) => text.to_owned(),
            None => self.lifecycle_policy(repository)?.0,
        };
        let policy = lifecycle::Policy::parse(&text)?;
        let marked = self.read_images(repository, |images| {
            Ok(policy.evaluate(images, Timestamp::now()))
        })?;
        let preview = Preview { text, marked };
        self.with(repository, |state| {
            state.preview = Some(preview.clone());
            Ok(preview)
        })
    }

    /// The result of the last preview.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `LifecyclePolicyPreviewNotFoundException`.
    pub fn lifecycle_preview(&self, repository: &str) -> Result<Preview, EcrError> {
        self.with(repository, |state| {
            state.preview.clone().ok_or_else(|| {
                EcrError::new(
                    ErrorKind::LifecyclePolicyPreviewNotFound,
                    format!("No lifecycle policy preview was started for the repository with name '{repository}'"),
                )
            })
        })
    }
}
