//! Search results of the palette.

use serde::{Deserialize, Serialize};

use crate::{Digest, RepositoryAt, Tag, Timestamp};

/// The results of a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchResults {
    /// The best hits, best first.
    pub hits: Vec<SearchHit>,
    /// How many match. Greater than the number of hits if not all are shown.
    pub matching: u32,
    /// Whether images of some repositories are not read yet, so that a later search may find more.
    pub incomplete: bool,
    /// Whether the text was too long, so that its last words were ignored.
    pub shortened: bool,
    /// Whether the text contains a digest with too few digits to search for.
    pub short_digest: bool,
    /// The host of the registry that a reference names, where the viewer sees no repository of it. This does not say
    /// whether there is such a registry.
    pub unseen_registry: Option<String>,
    /// Whether the viewer knows about several registries, so that a hit's name alone is ambiguous.
    pub several_registries: bool,
    /// The server's time. Relative times are based on it.
    pub now: Timestamp,
}

impl SearchResults {
    /// The number of hits shown and of matches, if not all are shown.
    pub fn cut(&self) -> Option<(u32, u32)> {
        let shown = u32::try_from(self.hits.len()).unwrap_or(u32::MAX);
        (shown < self.matching).then_some((shown, self.matching))
    }

    /// The registry of which the viewer sees nothing, if that is why nothing was found.
    pub fn only_unseen_registry(&self) -> Option<&str> {
        let host = self.unseen_registry.as_deref();
        host.filter(|_| self.hits.is_empty())
    }
}

/// One search hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// The repository.
    pub repository: RepositoryAt,
    /// The part of the repository.
    pub target: SearchTarget,
    /// The image's version from another of its tags, if it has one.
    pub version: Option<Tag>,
    /// The tag in a searched reference that this repository does not have.
    pub lacks: Option<Tag>,
    /// When the image, or the repository's last one, was pushed. None if `ecr:DescribeImages` is not granted.
    pub pushed: Option<Timestamp>,
}

/// The target of a hit.
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
