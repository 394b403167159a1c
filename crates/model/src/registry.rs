//! Registries, as far as a viewer may know about them.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Problem, RegistryAlias, Timestamp};

/// The registries that a viewer may know about, in the order of the configuration.
///
/// An administrator may know about all of them. Others may know about those in which the policies, as last read,
/// grant them something. A registry that was never read since Gantry's start and fails is included for everyone in a
/// team, because it is not known yet what it would grant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registries(pub Vec<RegistrySummary>);

impl Registries {
    /// Whether there are at least two, so that a repository's name alone is ambiguous.
    pub fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// The number of registries.
    pub fn known(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The number of registries whose content a list shows. A registry that cannot be read still counts while some of
    /// its content is shown.
    pub fn shown(&self) -> u32 {
        let shown = self.0.iter().filter(|registry| registry.is_shown()).count();
        u32::try_from(shown).unwrap_or(u32::MAX)
    }

    /// The data for a list that has rows of several registries. None if there is at most one registry.
    pub fn mixed(&self) -> Option<MixedRegistries> {
        let place = |it: &RegistrySummary| (it.alias.clone(), it.place().unwrap_or_default());
        self.are_several().then(|| MixedRegistries {
            shown: self.shown(),
            known: self.known(),
            places: self.0.iter().map(place).collect(),
        })
    }

    /// The registries that cannot be read.
    pub fn failing(&self) -> impl Iterator<Item = (&RegistrySummary, &RegistryFailure)> {
        self.0
            .iter()
            .filter_map(|registry| Some((registry, registry.failure.as_ref()?)))
    }
}

/// Data about registries whose repositories are listed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MixedRegistries {
    /// The number of registries whose content is shown.
    pub shown: u32,
    /// The number of registries.
    pub known: u32,
    /// The account and region of each registry. Empty if they are not known.
    pub places: Vec<(RegistryAlias, String)>,
}

impl MixedRegistries {
    /// The account and region of a registry. Empty if they are not known.
    pub fn place(&self, alias: &RegistryAlias) -> &str {
        let place = self.places.iter().find(|(other, _)| other == alias);
        place.map_or("", |(_, place)| place)
    }
}

/// A registry, as far as a viewer may know about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrySummary {
    /// Its alias in the configuration and in URLs.
    pub alias: RegistryAlias,
    /// Its account. None if it is not known or not shown.
    pub account: Option<AccountId>,
    /// Its region. None if it is not shown.
    pub region: Option<String>,
    /// The number of its repositories that the viewer sees.
    pub repositories: u32,
    /// When its repositories were last listed completely. None before the first time.
    pub listed: Option<Timestamp>,
    /// Why it cannot be read now, if so.
    pub failure: Option<RegistryFailure>,
}

impl RegistrySummary {
    /// Whether a list shows its content, even if that is out of date.
    pub fn is_shown(&self) -> bool {
        self.failure.is_none() || self.repositories > 0
    }

    /// Account and region, as far as they are known.
    pub fn place(&self) -> Option<String> {
        let account = self.account.as_ref().map(ToString::to_string);
        let parts: Vec<_> = account.into_iter().chain(self.region.clone()).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }
}

/// A registry that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryFailure {
    /// When the first attempt since the last successful one failed.
    pub since: Timestamp,
    /// What went wrong. None if it is not known whether the viewer sees anything in the registry.
    pub problem: Option<Problem>,
    /// The call that failed. Only for administrators.
    pub call: Option<FailedCall>,
}

/// A call to AWS that failed, for people who investigate the cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedCall {
    /// The operation: `DescribeRepositories`, or `AssumeRole` if the registry's role could not be assumed.
    pub operation: String,
    /// The error code from AWS. None if no answer came.
    pub code: Option<String>,
    /// The request ID from AWS. None if no answer came.
    pub request_id: Option<String>,
}
