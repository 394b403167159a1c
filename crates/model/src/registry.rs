//! Registries, as far as a viewer may know of them.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Problem, RegistryAlias, Timestamp};

/// The registries that a viewer may know of, in the order of the configuration.
///
/// Those are all of them for an administrator, and for others those in which the policies, as they were read
/// last, grant them something. One that was never read since Gantry's start and fails is among them for
/// everybody in a team: nobody knows yet what it would grant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registries(pub Vec<RegistrySummary>);

impl Registries {
    /// Whether there are at least two, so that a name alone does not say which repository is meant.
    pub fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// How many there are.
    pub fn known(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Of how many a list shows what there is: one that cannot be read still counts while something of it is
    /// shown.
    pub fn shown(&self) -> u32 {
        let shown = self.0.iter().filter(|registry| registry.is_shown()).count();
        u32::try_from(shown).unwrap_or(u32::MAX)
    }

    /// What a list says that has rows of several registries; none where there is one registry at most.
    pub fn mixed(&self) -> Option<MixedRegistries> {
        let place = |it: &RegistrySummary| (it.alias.clone(), it.place().unwrap_or_default());
        self.are_several().then(|| MixedRegistries {
            shown: self.shown(),
            known: self.known(),
            places: self.0.iter().map(place).collect(),
        })
    }

    /// Those that cannot be read.
    pub fn failing(&self) -> impl Iterator<Item = (&RegistrySummary, &RegistryFailure)> {
        self.0
            .iter()
            .filter_map(|registry| Some((registry, registry.failure.as_ref()?)))
    }
}

/// What a list says of registries whose repositories stand in it side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MixedRegistries {
    /// Of how many it shows what there is.
    pub shown: u32,
    /// How many there are.
    pub known: u32,
    /// Each one's account and region; empty where these are not known.
    pub places: Vec<(RegistryAlias, String)>,
}

impl MixedRegistries {
    /// The account and region of a registry; empty where these are not known.
    pub fn place(&self, alias: &RegistryAlias) -> &str {
        let place = self.places.iter().find(|(other, _)| other == alias);
        place.map_or("", |(_, place)| place)
    }
}

/// A registry as a viewer may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrySummary {
    /// What the configuration and URLs call it.
    pub alias: RegistryAlias,
    /// Its account. None while it is not known, or not to be told.
    pub account: Option<AccountId>,
    /// Its region. None where it is not to be told.
    pub region: Option<String>,
    /// How many of its repositories the viewer sees.
    pub repositories: u32,
    /// When its repositories were last listed whole. None before the first time.
    pub listed: Option<Timestamp>,
    /// Why it cannot be read now, if it cannot.
    pub failure: Option<RegistryFailure>,
}

impl RegistrySummary {
    /// Whether a list shows what there is in it, be it not as new as it should be.
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

/// That a registry cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryFailure {
    /// Since the first attempt that failed after the last that did not.
    pub since: Timestamp,
    /// What went wrong. None for a viewer of whom it is not known whether they see anything in it.
    pub problem: Option<Problem>,
    /// The call that failed; for administrators alone.
    pub call: Option<FailedCall>,
}

/// A call to AWS that failed, for those who have to find out why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedCall {
    /// The operation: `DescribeRepositories`, or `AssumeRole` where the registry's role could not be assumed.
    pub operation: String,
    /// The error's code as AWS names it. None if no answer came.
    pub code: Option<String>,
    /// AWS's id of the request. None if no answer came.
    pub request_id: Option<String>,
}
