//! How one repository of the demo is described: its settings, its policies and what grows in it.

use super::base::Base;
use super::policy::Policy;
use super::service::Service;
use super::timeline::Cadence;
use crate::registry::MutabilityMode;

/// A repository before it is planted.
#[derive(Debug)]
pub struct Plot {
    /// The repository's name.
    pub name: &'static str,
    /// Its age in days.
    pub age_days: i64,
    /// Whether tags may move, and the filters that except some.
    pub mutability: (MutabilityMode, &'static [&'static str]),
    /// Whether a push starts a scan.
    pub scan_on_push: bool,
    /// The policy's text, if it has one.
    pub policy: Option<String>,
    /// The lifecycle policy's text, if it has one.
    pub lifecycle: Option<&'static str>,
    /// Whether ECR has acted by the lifecycle policy: it does so within a day after the policy was set.
    pub lifecycle_evaluated: bool,
    /// Resource tags.
    pub tags: Vec<(&'static str, &'static str)>,
    /// The key that it is encrypted with, if not ECR's own.
    pub key: Option<&'static str>,
    /// What grows in it.
    pub crop: Crop,
}

/// What grows in a repository.
#[derive(Clone, Debug)]
pub enum Crop {
    /// Nothing: it was created and forgotten.
    Nothing,
    /// All generations of a base image.
    BaseImages(Base),
    /// The builds of a service.
    Builds {
        /// What is built.
        service: Service,
        /// How often.
        cadence: Cadence,
        /// Which tags move.
        floating: &'static [Floating],
        /// Whether anybody ever pulled from it.
        pulled: bool,
    },
    /// Copies of another repository's releases, as a promotion makes them.
    Copies {
        /// The other repository.
        of: &'static str,
        /// The stage, which is the tag that moves along.
        stage: &'static str,
        /// How many of the last releases have not got here yet.
        behind: usize,
    },
    /// Versions of a Helm chart.
    Charts {
        /// The chart's name.
        name: &'static str,
        /// How many versions there are.
        versions: u32,
    },
    /// Releases of the program that the shops' tills run, on Linux and on Windows.
    Tills,
    /// What somebody with the right to push, and ill will, would push.
    Hostile,
}

/// A kind of tag that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Floating {
    /// `main`, on every second build that was not released; whatever it left has no tag.
    Main,
    /// `1.4`, on the newest release of that minor version.
    Minor,
    /// `latest`, on the newest release.
    Latest,
    /// `staging` and `prod`, on recent releases.
    Stages,
}

impl Plot {
    /// A mutable repository of a year's age with no policy, no tags and nothing in it.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            age_days: 380,
            mutability: (MutabilityMode::Mutable, &[]),
            scan_on_push: true,
            policy: None,
            lifecycle: None,
            lifecycle_evaluated: false,
            tags: Vec::new(),
            key: None,
            crop: Crop::Nothing,
        }
    }

    /// Tags the resource with its owner and its importance.
    pub fn owned(mut self, team: &'static str, tier: &'static str) -> Self {
        self.tags = vec![("team", team), ("tier", tier)];
        self
    }

    /// Sets the age in days.
    pub fn aged(mut self, days: i64) -> Self {
        self.age_days = days;
        self
    }

    /// Sets the policy; one that cannot be written as JSON does not exist.
    pub fn policy(mut self, policy: &Policy) -> Self {
        self.policy = policy.text().ok();
        self
    }

    /// Sets the policy's text as it is.
    pub fn policy_text(mut self, text: String) -> Self {
        self.policy = Some(text);
        self
    }

    /// Sets a lifecycle policy that ECR has not acted by yet: what it would remove is still there.
    pub fn lifecycle(mut self, text: &'static str) -> Self {
        self.lifecycle = Some(text);
        self
    }

    /// Sets a lifecycle policy that ECR has acted by.
    pub fn tidied_by(mut self, text: &'static str) -> Self {
        self.lifecycle_evaluated = true;
        self.lifecycle(text)
    }

    /// Sets the tag mutability and the filters of its exceptions.
    pub fn mutability(mut self, mode: MutabilityMode, filters: &'static [&'static str]) -> Self {
        self.mutability = (mode, filters);
        self
    }

    /// Encrypts it with a key of the account's.
    pub fn encrypted(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    /// Leaves images as they are pushed: nobody looks for vulnerabilities.
    pub fn unscanned(mut self) -> Self {
        self.scan_on_push = false;
        self
    }

    /// Sets what grows in it.
    pub fn growing(mut self, crop: Crop) -> Self {
        self.crop = crop;
        self
    }
}
