use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EcrError, ErrorKind, SigningConfiguration, Timestamp};

/// Where images are replicated to (`PutReplicationConfiguration`). ecr-local stores it and copies nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplicationConfiguration {
    /// At most ten rules.
    pub rules: Vec<ReplicationRule>,
}

/// Destinations for the repositories that a filter matches, or for all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplicationRule {
    /// The destinations.
    pub destinations: Vec<ReplicationDestination>,
    /// The repositories. Empty means all.
    #[serde(default)]
    pub repository_filters: Vec<RepositoryFilter>,
}

/// Another registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplicationDestination {
    /// Its region.
    pub region: String,
    /// Its account.
    pub registry_id: String,
}

/// A filter of repositories, by prefix (replication) or by wildcard (scanning, signing).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryFilter {
    /// The prefix or pattern.
    pub filter: String,
    /// `PREFIX_MATCH` (replication), `WILDCARD` (scanning) or `WILDCARD_MATCH` (signing).
    pub filter_type: String,
}

/// How images are scanned (`PutRegistryScanningConfiguration`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanningConfiguration {
    /// `BASIC` or `ENHANCED`.
    pub scan_type: String,
    /// The scan frequency of repositories.
    #[serde(default)]
    pub rules: Vec<ScanningRule>,
}

/// A scan frequency for the repositories that a filter matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanningRule {
    /// `SCAN_ON_PUSH`, `CONTINUOUS_SCAN` or `MANUAL`.
    pub scan_frequency: String,
    /// The repositories.
    pub repository_filters: Vec<RepositoryFilter>,
}

/// Settings and policies of the registry as a whole.
#[derive(Clone, Debug)]
pub struct Account {
    /// The registry policy as it was sent.
    pub policy: Option<String>,
    /// Where images are replicated to.
    pub replication: ReplicationConfiguration,
    /// How images are scanned.
    pub scanning: ScanningConfiguration,
    /// Which pushes are signed. None until it is configured.
    pub signing: Option<SigningConfiguration>,
    /// Principals whose pulls are not recorded, with the time of their exclusion.
    pub pull_time_exclusions: BTreeMap<String, Timestamp>,
    settings: BTreeMap<&'static str, String>,
}

/// The account settings in the service model, with their values. The first value is the default of a new account.
const SETTINGS: [(&str, &[&str]); 3] = [
    ("BASIC_SCAN_TYPE_VERSION", &["AWS_NATIVE", "CLAIR"]),
    ("BLOB_MOUNTING", &["DISABLED", "ENABLED"]),
    ("REGISTRY_POLICY_SCOPE", &["V2", "V1"]),
];

impl Default for Account {
    fn default() -> Self {
        Self {
            policy: None,
            replication: ReplicationConfiguration::default(),
            scanning: ScanningConfiguration {
                scan_type: "BASIC".to_owned(),
                rules: Vec::new(),
            },
            signing: None,
            pull_time_exclusions: BTreeMap::new(),
            settings: SETTINGS
                .iter()
                .map(|(name, values)| (*name, values[0].to_owned()))
                .collect(),
        }
    }
}

impl Account {
    /// The value of a setting (`GetAccountSetting`).
    ///
    /// # Errors
    /// `InvalidParameterException` for an unknown name.
    pub fn setting(&self, name: &str) -> Result<&str, EcrError> {
        self.settings
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| unknown_setting(name))
    }

    /// Changes a setting (`PutAccountSetting`).
    ///
    /// # Errors
    /// `InvalidParameterException` for an unknown name, `ValidationException` for a value that the setting does not
    /// allow.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), EcrError> {
        let (name, values) = SETTINGS
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| unknown_setting(name))?;
        if !values.contains(&value) {
            return Err(EcrError::new(
                ErrorKind::Validation,
                format!("'{value}' is not a value of '{name}'; use one of {values:?}"),
            ));
        }
        self.settings.insert(name, value.to_owned());
        Ok(())
    }

    /// Whether a blob can be mounted from another repository.
    #[must_use]
    pub fn allows_blob_mounting(&self) -> bool {
        self.setting("BLOB_MOUNTING") == Ok("ENABLED")
    }
}

fn unknown_setting(name: &str) -> EcrError {
    EcrError::invalid("name", &format!("'{name}' is no account setting"))
}
