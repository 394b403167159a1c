//! A repository's settings and resource tags.

use std::collections::BTreeMap;

use super::{EcrError, ErrorKind, Mutability, Registry, RepositoryFilter, matches_wildcard};

/// AWS's limit of tags on a resource.
const MAX_TAGS: usize = 50;

/// Refuses resource tags that AWS would refuse.
pub(super) fn check_tags(tags: &BTreeMap<String, String>) -> Result<(), EcrError> {
    for (key, value) in tags {
        let is_long = key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256;
        if is_long || key.starts_with("aws:") {
            return Err(EcrError::new(
                ErrorKind::InvalidTagParameter,
                "A tag has a key of 1 to 128 characters that does not begin with aws:, and a value of at most 256",
            ));
        }
    }
    if tags.len() > MAX_TAGS {
        return Err(EcrError::new(
            ErrorKind::TooManyTags,
            format!("A repository holds at most {MAX_TAGS} tags"),
        ));
    }
    Ok(())
}

impl Registry {
    /// Changes whether tags can move.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn set_mutability(&self, name: &str, mutability: Mutability) -> Result<(), EcrError> {
        self.with(name, |state| {
            state.mutability = mutability;
            Ok(())
        })
    }

    /// Whether tags can move.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn mutability(&self, name: &str) -> Result<Mutability, EcrError> {
        self.with(name, |state| Ok(state.mutability.clone()))
    }

    /// Changes whether every push starts a scan.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn set_scan_on_push(&self, name: &str, scan_on_push: bool) -> Result<(), EcrError> {
        self.with(name, |state| {
            state.scan_on_push = scan_on_push;
            Ok(())
        })
    }

    /// The registry's first scanning rule whose filter matches this repository: the scan frequency, and the filter.
    #[must_use]
    pub fn scanning_rule(&self, name: &str) -> Option<(String, RepositoryFilter)> {
        let account = self.account();
        account.scanning.rules.iter().find_map(|rule| {
            let names = |filter: &&RepositoryFilter| matches_wildcard(&filter.filter, name);
            let filter = rule.repository_filters.iter().find(names)?;
            Some((rule.scan_frequency.clone(), filter.clone()))
        })
    }

    /// Whether a push starts a scan, by the repository's own setting or by the registry's rules.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn is_scanned_on_push(&self, name: &str) -> Result<bool, EcrError> {
        let by_rule = self
            .scanning_rule(name)
            .is_some_and(|(frequency, _)| frequency != "MANUAL");
        Ok(self.scan_on_push(name)? || by_rule)
    }

    /// Whether the repository's own setting starts a scan on every push.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn scan_on_push(&self, name: &str) -> Result<bool, EcrError> {
        self.with(name, |state| Ok(state.scan_on_push))
    }

    /// A repository's resource tags.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn resource_tags(&self, name: &str) -> Result<BTreeMap<String, String>, EcrError> {
        self.with(name, |state| Ok(state.tags.clone()))
    }

    /// Adds resource tags, and replaces those with the same keys.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `InvalidTagParameterException`, `TooManyTagsException`.
    pub fn add_resource_tags(
        &self,
        name: &str,
        new: BTreeMap<String, String>,
    ) -> Result<(), EcrError> {
        self.with(name, |state| {
            let mut tags = state.tags.clone();
            tags.extend(new);
            check_tags(&tags)?;
            state.tags = tags;
            Ok(())
        })
    }

    /// Removes resource tags. A key that does not exist is not an error.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`.
    pub fn remove_resource_tags(&self, name: &str, keys: &[String]) -> Result<(), EcrError> {
        self.with(name, |state| {
            state.tags.retain(|key, _| !keys.contains(key));
            Ok(())
        })
    }

    /// The name in a repository's ARN, if the ARN belongs to this registry.
    ///
    /// # Errors
    /// `InvalidParameterException` if it is not such an ARN.
    pub fn name_in_arn<'a>(&self, arn: &'a str) -> Result<&'a str, EcrError> {
        arn.strip_prefix(self.repository_arn("").as_str())
            .filter(|name| !name.is_empty())
            .ok_or_else(|| {
                EcrError::new(
                    ErrorKind::InvalidParameter,
                    format!("Invalid parameter at 'resourceArn': '{arn}' is no repository of this registry"),
                )
            })
    }
}
