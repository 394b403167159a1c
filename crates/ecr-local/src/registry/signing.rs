//! Managed signing: which pushes are signed, and the status of each signature.
//!
//! There is no AWS Signer here and no key. An image is signed at once, with a signature that clients can list and
//! read but not verify. See <https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html>.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::notation::{empty_config, signature};
use super::{
    Account, Digest, EcrError, ErrorKind, Image, Images, Mutability, PutImage, Reference, Registry,
    RepositoryFilter, Timestamp, matches_wildcard,
};

/// The service model's limits: rules, filters per rule, characters of a filter and of an ARN.
const MAX_RULES: usize = 10;
const MAX_FILTERS: usize = 100;
const MAX_FILTER: usize = 256;
const MAX_ARN: usize = 200;

/// Which images are signed when they are pushed (`PutSigningConfiguration`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningConfiguration {
    /// At most ten rules. An image that matches several rules gets a signature by each of their profiles.
    pub rules: Vec<SigningRule>,
}

/// A profile for the repositories that a filter matches, or for all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningRule {
    /// The signing profile's ARN. It is in the registry's region, possibly in another account.
    pub signing_profile_arn: String,
    /// The repositories. None means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_filters: Option<Vec<RepositoryFilter>>,
}

/// The status of a profile's signature for an image (`ImageSigningStatus`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all_fields = "camelCase")]
pub enum SigningStatus {
    /// It is being created.
    InProgress,
    /// It is in the repository.
    Complete,
    /// It could not be created.
    Failed {
        /// The kind of failure.
        failure_code: String,
        /// What went wrong, for people.
        failure_reason: String,
    },
}

impl SigningRule {
    fn names(&self, repository: &str) -> bool {
        self.repository_filters.as_ref().is_none_or(|filters| {
            filters
                .iter()
                .any(|filter| matches_wildcard(&filter.filter, repository))
        })
    }

    fn check(&self, region: &str) -> Result<(), EcrError> {
        let filters = self.repository_filters.as_deref();
        if filters.is_some_and(|filters| !(1..=MAX_FILTERS).contains(&filters.len())) {
            return Err(EcrError::invalid(
                "repositoryFilters",
                "Member must have length between 1 and 100",
            ));
        }
        for filter in filters.unwrap_or_default() {
            if filter.filter_type != "WILDCARD_MATCH" {
                return Err(EcrError::invalid(
                    "filterType",
                    "Member must satisfy enum value set: [WILDCARD_MATCH]",
                ));
            }
            if !is_filter(&filter.filter) {
                return Err(EcrError::invalid(
                    "filter",
                    "must be a repository name of 1 to 256 characters in which * stands for any characters",
                ));
            }
        }
        let arn = &self.signing_profile_arn;
        let home = region_of_profile(arn).filter(|_| arn.len() <= MAX_ARN);
        let home = home.ok_or_else(|| {
            EcrError::invalid("signingProfileArn", "must be the ARN of a signing profile")
        })?;
        if home == region {
            return Ok(());
        }
        // The service model's pattern allows any region, but the user guide does not.
        Err(EcrError::new(
            ErrorKind::Validation,
            format!("The signing profile '{arn}' is not in the region of this registry, {region}"),
        ))
    }
}

/// By the service model's pattern: the format of names before February 2026, with `*` for any character.
fn is_filter(filter: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'*';
    filter.len() <= MAX_FILTER
        && filter
            .split(['/', '.', '_', '-'])
            .all(|word| !word.is_empty() && word.bytes().all(is_letter))
}

/// The region in `arn:PARTITION:signer:REGION:ACCOUNT:/signing-profiles/NAME`.
fn region_of_profile(arn: &str) -> Option<&str> {
    let parts: Vec<&str> = arn.split(':').collect();
    let &["arn", partition, "signer", region, account, resource] = parts.as_slice() else {
        return None;
    };
    let name = resource.strip_prefix("/signing-profiles/")?;
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_profile = (partition == "aws" || partition.starts_with("aws-"))
        && account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit())
        && name.len() >= 2
        && name.bytes().all(is_letter);
    is_profile.then_some(region)
}

impl Registry {
    /// Changes which pushes are signed from now on.
    ///
    /// # Errors
    /// `InvalidParameterException`; `ValidationException` for a profile of another region.
    pub fn set_signing_configuration(
        &self,
        configuration: SigningConfiguration,
    ) -> Result<(), EcrError> {
        if configuration.rules.len() > MAX_RULES {
            return Err(EcrError::invalid(
                "rules",
                "Member must have length less than or equal to 10",
            ));
        }
        for rule in &configuration.rules {
            rule.check(&self.home().region)?;
        }
        self.account().signing = Some(configuration);
        Ok(())
    }

    /// Sets the status of a profile's signature for an image. A push signs at once and never fails, so seeds and
    /// tests use this to show a signature in progress or a failed one.
    ///
    /// # Errors
    /// `RepositoryNotFoundException`, `ImageNotFoundException`.
    pub fn set_signing_status(
        &self,
        repository: &str,
        image: Digest,
        profile: &str,
        status: SigningStatus,
    ) -> Result<(), EcrError> {
        self.change_images(repository, |images| {
            let image = images.find_mut(&Reference::Digest(image))?;
            image.signings.insert(profile.to_owned(), status);
            Ok(())
        })
    }
}

impl Account {
    /// The profiles that sign pushes to a repository.
    pub(super) fn signing_profiles(&self, repository: &str) -> BTreeSet<String> {
        let rules = self.signing.iter().flat_map(|signing| &signing.rules);
        rules
            .filter(|rule| rule.names(repository))
            .map(|rule| rule.signing_profile_arn.clone())
            .collect()
    }
}

impl Images {
    /// Signs an image with each profile that has not signed it. Signatures and other artifacts that are not container
    /// images are not signed.
    ///
    /// # Errors
    /// Those of [`Images::put`].
    pub(super) fn sign(
        &mut self,
        digest: Digest,
        profiles: &BTreeSet<String>,
        at: Timestamp,
    ) -> Result<(), EcrError> {
        let image = self.images.get(&digest).filter(|image| image.is_signable());
        let Some(image) = image.cloned() else {
            return Ok(());
        };
        for profile in profiles {
            if image.signings.get(profile) == Some(&SigningStatus::Complete) {
                continue;
            }
            let (envelope, manifest) = signature(&image, profile, at);
            self.insert_blob(empty_config());
            self.insert_blob(envelope);
            let put = PutImage {
                manifest: manifest.into(),
                pushed_at: Some(at),
                ..PutImage::default()
            };
            match self.put(put, &Mutability::default()) {
                // The image was deleted and pushed again, and its signature still exists.
                Err(error) if error.kind != ErrorKind::ImageAlreadyExists => return Err(error),
                _ => {}
            }
            if let Some(image) = self.get_mut(&digest) {
                image
                    .signings
                    .insert(profile.clone(), SigningStatus::Complete);
            }
        }
        Ok(())
    }
}

impl Image {
    /// Whether ECR signs such a manifest: a container image for one or several platforms.
    fn is_signable(&self) -> bool {
        self.manifest.subject.is_none()
            && (self.manifest.kind.is_index() || self.has_container_config())
    }
}
