//! What the palette finds.

use serde::{Deserialize, Serialize};

use crate::{Digest, RegistryAlias, RepositoryName, Tag, Timestamp};

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchResults {
    /// The best, best first.
    pub hits: Vec<SearchHit>,
    /// How many match: more than the hits, where these are not all.
    pub matching: u32,
    /// Whether images of some repositories are not read yet, so that more might be found later.
    pub incomplete: bool,
    /// Whether the text was too long, so that its last words were not searched for.
    pub shortened: bool,
    /// Whether the text has a digest with fewer digits than are searched for.
    pub short_digest: bool,
    /// The host of the registry that a reference names, where the viewer sees no repository of it. This does not say
    /// whether there is such a registry.
    pub unseen_registry: Option<String>,
    /// Whether the viewer knows of several registries, so that a hit's name does not say which is meant.
    pub several_registries: bool,
    /// The server's time: what relative times count from.
    pub now: Timestamp,
}

impl SearchResults {
    /// How many are shown and how many match, where those that are shown are not all.
    pub fn cut(&self) -> Option<(u32, u32)> {
        let shown = u32::try_from(self.hits.len()).unwrap_or(u32::MAX);
        (shown < self.matching).then_some((shown, self.matching))
    }

    /// The registry of which the viewer sees nothing, where that is why nothing was found.
    pub fn only_unseen_registry(&self) -> Option<&str> {
        let host = self.unseen_registry.as_deref();
        host.filter(|_| self.hits.is_empty())
    }
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// The registry.
    pub registry: RegistryAlias,
    /// The repository.
    pub name: RepositoryName,
    /// What in it.
    pub target: SearchTarget,
    /// The version that the image has by another of its tags, if it has one.
    pub version: Option<Tag>,
    /// The tag that a reference to this repository names, and that the repository has not.
    pub lacks: Option<Tag>,
    /// When the image, or the repository's last one, was pushed. None where `ecr:DescribeImages` is not granted.
    pub pushed: Option<Timestamp>,
}

/// What a hit leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchTarget {
    /// The repository itself.
    Repository,
    /// The policy of a repository of which an administrator's review shows the name and the policy alone.
    Policy,
    /// A tag.
    Tag(Tag),
    /// An image.
    Image(Digest),
}
