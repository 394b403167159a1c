//! The description of one repository of the demo: its settings, its policies and its content.

use super::base::Base;
use super::policy::Policy;
use super::service::Service;
use super::timeline::Cadence;
use crate::registry::MutabilityMode;

/// The description of a repository.
#[derive(Debug)]
pub struct RepositorySpec {
    /// The repository's name.
    pub name: &'static str,
    /// Its age in days.
    pub age_days: i64,
    /// Whether tags can move, and the filters for exceptions.
    pub mutability: (MutabilityMode, &'static [&'static str]),
    /// Whether a push starts a scan.
    pub scan_on_push: bool,
    /// The policy's text, if it has one.
    pub policy: Option<String>,
    /// The lifecycle policy's text, if it has one.
    pub lifecycle: Option<&'static str>,
    /// Whether ECR has applied the lifecycle policy, which it does within a day after the policy was set.
    pub lifecycle_evaluated: bool,
    /// Resource tags.
    pub tags: Vec<(&'static str, &'static str)>,
    /// Its encryption key, if it is not ECR's own.
    pub key: Option<&'static str>,
    /// Its content.
    pub content: RepositoryContent,
}

/// The content of a repository.
#[derive(Clone, Debug)]
pub enum RepositoryContent {
    /// Nothing: it was created and never used.
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
        /// Whether it was ever pulled from.
        pulled: bool,
    },
    /// Copies of another repository's releases, as from promotion.
    Copies {
        /// The source repository.
        of: &'static str,
        /// The stage, which is also its floating tag.
        stage: &'static str,
        /// How many of the last releases have not been promoted yet.
        behind: usize,
    },
    /// Versions of a Helm chart.
    Charts {
        /// The chart's name.
        name: &'static str,
        /// How many versions there are.
        versions: u32,
    },
    /// Releases of the program for the shops' tills, on Linux and on Windows.
    Tills,
    /// Content that a malicious person with push permission would push.
    Hostile,
}

/// A kind of floating tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Floating {
    /// `main`, on every second build that was not released. The builds that it leaves have no tag.
    Main,
    /// `1.4`, on the newest release of that minor version.
    Minor,
    /// `latest`, on the newest release.
    Latest,
    /// `staging` and `prod`, on recent releases.
    Stages,
}

impl RepositorySpec {
    /// A mutable, one-year-old repository without policy, tags and content.
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
            content: RepositoryContent::Nothing,
        }
    }

    /// Adds resource tags for its owner and its importance.
    pub fn owned(mut self, team: &'static str, tier: &'static str) -> Self {
        self.tags = vec![("team", team), ("tier", tier)];
        self
    }

    /// Sets the age in days.
    pub fn aged(mut self, days: i64) -> Self {
        self.age_days = days;
        self
    }

    /// Sets the policy. Policies can always be written as JSON.
    pub fn policy(mut self, policy: &Policy) -> Self {
        self.policy = policy.text().ok();
        self
    }

    /// Sets the policy's exact text.
    pub fn policy_text(mut self, text: String) -> Self {
        self.policy = Some(text);
        self
    }

    /// Sets a lifecycle policy that ECR has not applied yet: what it would remove still exists.
    pub fn lifecycle(mut self, text: &'static str) -> Self {
        self.lifecycle = Some(text);
        self
    }

    /// Sets a lifecycle policy that ECR has applied.
    pub fn tidied_by(mut self, text: &'static str) -> Self {
        self.lifecycle_evaluated = true;
        self.lifecycle(text)
    }

    /// Sets the tag mutability and the filters for exceptions.
    pub fn mutability(mut self, mode: MutabilityMode, filters: &'static [&'static str]) -> Self {
        self.mutability = (mode, filters);
        self
    }

    /// Encrypts it with a key of the account.
    pub fn encrypted(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    /// Turns off scanning on push.
    pub fn unscanned(mut self) -> Self {
        self.scan_on_push = false;
        self
    }

    /// Sets its content.
    pub fn with(mut self, content: RepositoryContent) -> Self {
        self.content = content;
        self
    }
}
