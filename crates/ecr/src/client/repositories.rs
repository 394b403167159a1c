//! Reads repositories and policies for the crawler.

use access::policies::PolicyScope;
use aws_sdk_ecr::types::{ImageTagMutability, Repository};
use model::{
    Problem, RepositoryName,
    repository::{Mutability, RepositorySettings},
};

use super::{EcrClient, Priority, images::timestamp, problem::Classify};
use crate::{
    host::{Crawled, HostCall},
    record::RepositoryFacts,
};

impl EcrClient {
    /// Reads every repository of the registry.
    pub async fn describe_repositories(
        &self,
        _: &HostCall,
    ) -> Result<Crawled<Vec<RepositoryFacts>>, Problem> {
        const OPERATION: &str = "DescribeRepositories";
        let request = self
            .background
            .describe_repositories()
            .set_registry_id(self.registry_id());
        let mut pages = request.max_results(1_000).into_paginator().send();
        let mut found = Vec::new();
        while let Some(page) = self
            .page(Priority::Background, OPERATION, pages.next())
            .await
        {
            let page = page.map_err(|error| self.failed(OPERATION, None, &error))?;
            for repository in page.repositories.unwrap_or_default() {
                let name = repository.repository_name.clone();
                match facts(repository) {
                    Some(facts) => found.push(facts),
                    None => self.leaves_out(name.as_deref()),
                }
            }
        }
        Ok(Crawled::new(found))
    }

    /// Logs that a repository is in no list, because Gantry does not understand its name or
    /// settings.
    fn leaves_out(&self, name: Option<&str>) {
        let (registry, name) = (&self.settings.alias, name.map(model::visible));
        tracing::warn!(
            registry.alias = %registry,
            repository.name = name,
            "Gantry does not show a repository: it cannot read the repository's name or settings"
        );
    }

    /// Reads one repository.
    ///
    /// # Errors
    /// [`Problem::Gone`] if there is no repository with this name.
    pub async fn describe_repository(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
    ) -> Result<Crawled<RepositoryFacts>, Problem> {
        const OPERATION: &str = "DescribeRepositories";
        let request = self
            .client(priority)
            .describe_repositories()
            .set_registry_id(self.registry_id());
        let request = request.repository_names(name.as_str()).send();
        let answer = self.call(priority, OPERATION, request).await;
        let answer = answer.map_err(|error| self.failed(OPERATION, Some(name), &error))?;
        let mut found = answer.repositories.unwrap_or_default().into_iter();
        found.find_map(facts).map(Crawled::new).ok_or(Problem::Gone)
    }

    /// Reads the text of a repository policy. None if no policy is set.
    pub async fn repository_policy(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
    ) -> Result<Crawled<Option<String>>, Problem> {
        let request = self
            .client(priority)
            .get_repository_policy()
            .set_registry_id(self.registry_id());
        let request = request.repository_name(name.as_str()).send();
        match self.call(priority, "GetRepositoryPolicy", request).await {
            Ok(output) => output
                .policy_text
                .map(|text| Crawled::new(Some(text)))
                .ok_or(Problem::Unexpected),
            Err(error) if error.code() == Some("RepositoryPolicyNotFoundException") => {
                Ok(Crawled::new(None))
            }
            Err(error) => Err(self.failed("GetRepositoryPolicy", Some(name), &error)),
        }
    }

    /// Reads the text of the registry policy. None if no policy is set. The operation works only
    /// for the caller's own account.
    pub async fn registry_policy(
        &self,
        _: &HostCall,
        priority: Priority,
    ) -> Result<Crawled<Option<String>>, Problem> {
        if !self.is_of_own_account().await? {
            let registry = &self.settings.alias;
            tracing::warn!(
                registry.alias = %registry,
                "Gantry cannot read the policy of a registry in another account: set role_arn to a role of that account"
            );
            return Err(Problem::HostDenied);
        }
        let request = self.client(priority).get_registry_policy().send();
        match self.call(priority, "GetRegistryPolicy", request).await {
            Ok(output) => output
                .policy_text
                .map(|text| Crawled::new(Some(text)))
                .ok_or(Problem::Unexpected),
            Err(error) if error.code() == Some("RegistryPolicyNotFoundException") => {
                Ok(Crawled::new(None))
            }
            Err(error) => Err(self.failed("GetRegistryPolicy", None, &error)),
        }
    }

    /// Whether the registry belongs to the account of the role that reads it.
    async fn is_of_own_account(&self) -> Result<bool, Problem> {
        let Some(registry) = &self.settings.registry_id else {
            return Ok(true);
        };
        let caller = self.identity.get_caller_identity().send().await;
        let caller = caller.map_err(|error| self.failed("GetCallerIdentity", None, &error))?;
        Ok(caller.account.as_ref() == Some(registry))
    }

    /// Reads which requests the registry policy applies to. If the setting cannot be read, it is
    /// unknown; that is not an error.
    pub(crate) async fn registry_policy_scope(
        &self,
        _: &HostCall,
        priority: Priority,
    ) -> Crawled<PolicyScope> {
        let request = self
            .client(priority)
            .get_account_setting()
            .name("REGISTRY_POLICY_SCOPE")
            .send();
        Crawled::new(
            match self.call(priority, "GetAccountSetting", request).await {
                Ok(output) => match output.value.as_deref() {
                    Some("V1") => PolicyScope::Replication,
                    Some("V2") => PolicyScope::Every,
                    _ => PolicyScope::Unknown,
                },
                Err(error) => {
                    self.failed("GetAccountSetting", None, &error);
                    PolicyScope::Unknown
                }
            },
        )
    }

    /// Reads a repository's resource tags, by key.
    pub async fn resource_tags(
        &self,
        _: &HostCall,
        priority: Priority,
        name: &RepositoryName,
        arn: &str,
    ) -> Result<Crawled<Vec<(String, String)>>, Problem> {
        const OPERATION: &str = "ListTagsForResource";
        let request = self
            .client(priority)
            .list_tags_for_resource()
            .resource_arn(arn);
        let output = self.call(priority, OPERATION, request.send()).await;
        let output = output.map_err(|error| self.failed(OPERATION, Some(name), &error))?;
        let tags = output.tags.unwrap_or_default().into_iter();
        let mut tags: Vec<_> = tags.map(|tag| (tag.key, tag.value)).collect();
        tags.sort();
        Ok(Crawled::new(tags))
    }
}

/// The fields of a repository that Gantry keeps. A repository whose name does not follow ECR's
/// rules is left out, because no link could point to it.
fn facts(repository: Repository) -> Option<RepositoryFacts> {
    let created = repository.created_at;
    let filters = repository
        .image_tag_mutability_exclusion_filters
        .unwrap_or_default();
    let filters = filters.into_iter().map(|filter| filter.filter).collect();
    let settings = RepositorySettings {
        created: created.as_ref().map(timestamp),
        mutability: match repository.image_tag_mutability? {
            ImageTagMutability::Immutable => Mutability::Immutable,
            ImageTagMutability::ImmutableWithExclusion => Mutability::ImmutableExcept(filters),
            ImageTagMutability::MutableWithExclusion => Mutability::MutableExcept(filters),
            _ => Mutability::Mutable,
        },
        scan_on_push: repository
            .image_scanning_configuration
            .is_some_and(|scanning| scanning.scan_on_push),
        encryption: repository.encryption_configuration.map_or_else(
            || "AES256".to_owned(),
            |encryption| encryption.encryption_type.as_str().to_owned(),
        ),
    };
    Some(RepositoryFacts::new(
        repository.repository_name?.parse().ok()?,
        repository.repository_arn?,
        repository.repository_uri?,
        created.map(|at| at.as_nanos()),
        settings,
    ))
}
