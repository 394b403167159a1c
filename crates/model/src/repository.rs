//! Repositories, as lists and pages show them.

use serde::{Deserialize, Serialize};

use crate::{
    FindingCounts, GrantedVia, Page, Problem, RepositoryAt, Section, TeamName, Timestamp,
    UnreadRows, Visibility, image::ScanSummary, pull::Source, registry::Registries,
};

/// Whether tags can move (`imageTagMutability`), and the exceptions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mutability {
    /// Every tag can move.
    #[default]
    Mutable,
    /// No tag can move.
    Immutable,
    /// Tags can move, except those that match a filter.
    MutableExcept(Vec<String>),
    /// No tag can move, except those that match a filter.
    ImmutableExcept(Vec<String>),
}

impl Mutability {
    /// The word in filters and URLs.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Mutable => "mutable",
            Self::Immutable => "immutable",
            Self::MutableExcept(_) => "mutable-except",
            Self::ImmutableExcept(_) => "immutable-except",
        }
    }

    /// Whether ECR lets this tag move. Filters are wildcards (`*`) over the whole tag, as documented for
    /// `imageTagMutabilityExclusionFilters`.
    pub fn lets_move(&self, tag: &str) -> bool {
        let excepted = |filters: &[String]| filters.iter().any(|filter| wildcard(filter, tag));
        match self {
            Self::Mutable => true,
            Self::Immutable => false,
            Self::MutableExcept(filters) => !excepted(filters),
            Self::ImmutableExcept(filters) => excepted(filters),
        }
    }
}

/// Whether a text matches a pattern in which `*` matches any run of characters. The time is linear, times the number
/// of stars.
fn wildcard(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// Whether a repository policy is set, as far as a viewer may know and Gantry has read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PolicyState {
    /// It is set.
    Set,
    /// There is none.
    NotSet,
    /// The viewer may read it, and Gantry has not read it yet.
    Unread,
    /// The viewer may not read it.
    Withheld,
}

impl PolicyState {
    /// Whether it is set. None if that is not known or not shown.
    pub fn known(self) -> Option<bool> {
        match self {
            Self::Set => Some(true),
            Self::NotSet => Some(false),
            Self::Unread | Self::Withheld => None,
        }
    }
}

/// A row of the list of repositories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryRow {
    /// The repository.
    pub repository: RepositoryAt,
    /// The viewer's teams that it is granted to. None in an administrator's review.
    pub teams: Vec<TeamName>,
    /// How much of it the viewer sees.
    pub visibility: Visibility,
    /// Whether tags can move. None without `ecr:DescribeRepositories`, and if the viewer only sees the name.
    pub mutability: Option<Mutability>,
    /// The number of images. None if unknown or not shown.
    pub images: Option<u32>,
    /// Whether platforms are among the images, because Gantry has not read their indexes.
    pub counts_platforms: bool,
    /// The number of tags. None if unknown or not shown.
    pub tags: Option<u32>,
    /// The total of compressed bytes of its images. Layers shared between images count each time: ECR stores them
    /// once, and does not report the savings.
    pub size: Option<u64>,
    /// When an image was last pushed.
    pub pushed: Option<Timestamp>,
    /// A summary of the scans of tagged images. None if unknown or not shown.
    pub scans: Option<ScanSummary>,
    /// Whether a repository policy is set.
    pub policy: PolicyState,
    /// When ECR returned the data. None if nothing is known about the images.
    pub as_of: Option<Timestamp>,
    /// Why there is no newer data about the images, if reading it failed.
    pub problem: Option<Problem>,
}

impl RepositoryRow {
    /// Whether nothing that the viewer may see has been read yet.
    pub fn is_unread(&self) -> bool {
        self.as_of.is_none() && self.visibility != Visibility::Name
    }
}

/// The list of repositories: a page of it, and the values of its filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryList {
    /// The requested page.
    pub page: Page<RepositoryRow>,
    /// How many repositories of the whole list have no figures. No filter by findings finds them, except that "not known"
    /// finds those that the viewer may not see.
    pub unread: UnreadRows,
    /// Whether repositories may be missing because Gantry could not read their policies.
    pub may_lack: bool,
    /// The namespaces in the whole list, sorted.
    pub namespaces: Vec<String>,
    /// The viewer's teams in the whole list.
    pub teams: Vec<TeamName>,
    /// The registries that the viewer may know about.
    pub registries: Registries,
}

/// The data at the top of a repository's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryDetail {
    /// The repository.
    pub repository: RepositoryAt,
    /// What the viewer sees of it.
    pub visibility: Visibility,
    /// The principals that grant the viewer access.
    pub through: Vec<GrantedVia>,
    /// The ARN, as returned by ECR.
    pub arn: String,
    /// Where it is pulled from.
    pub source: Source,
    /// Whether the viewer may pull: `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer` are both granted to one
    /// principal.
    pub pull: Section<()>,
    /// Its settings (`ecr:DescribeRepositories`).
    pub settings: Section<RepositorySettings>,
    /// Resource tags (`ecr:ListTagsForResource`).
    pub resource_tags: Section<Vec<(String, String)>>,
    /// Whether a policy is set. Shown to viewers who may read it.
    pub policy: Section<bool>,
    /// Whether a lifecycle policy is set. Shown to viewers who may read it.
    pub lifecycle: Section<()>,
    /// Counts over the whole repository.
    pub counts: RepositoryCounts,
    /// When ECR last returned its images. None before the first answer.
    pub as_of: Option<Timestamp>,
    /// The server's time.
    pub now: Timestamp,
}

/// The data from `DescribeRepositories`, in addition to the names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositorySettings {
    /// When it was created.
    pub created: Option<Timestamp>,
    /// Whether tags can move.
    pub mutability: Mutability,
    /// Whether ECR scans each push.
    pub scan_on_push: bool,
    /// `AES256`, `KMS` or `KMS_DSSE`.
    pub encryption: String,
}

/// Counts over a whole repository.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryCounts {
    /// Images.
    pub images: u32,
    /// Indexes. None if not known or not kept.
    pub indexes: Option<u32>,
    /// Indexes that Gantry has not read: their platforms count as images. None if not known or not kept.
    pub unread_indexes: Option<u32>,
    /// Images without a tag.
    pub untagged: u32,
    /// Archived images. They count among the images. None if that is not known.
    pub archived: Option<u32>,
    /// Tags.
    pub tags: u32,
    /// Compressed bytes. Shared layers are counted each time.
    pub size: u64,
    /// Findings of the tagged images.
    pub findings: FindingCounts,
    /// A summary of the scans of these images. None if it was not kept.
    pub scans: Option<ScanSummary>,
}

impl RepositoryCounts {
    /// Whether platforms count among the images, because Gantry has not read their indexes.
    pub fn counts_platforms(&self) -> bool {
        self.unread_indexes.is_some_and(|unread| unread > 0)
    }

    /// Whether images are counted in the same way as in other counts: the platforms of every index, or of none. Where
    /// that is not known, they are.
    pub fn are_alike(&self, other: &Self) -> bool {
        let ways = [self, other].map(|counts| match (counts.indexes, counts.unread_indexes) {
            (Some(1..), Some(0)) => (true, Some(false)),
            (Some(all @ 1..), Some(unread)) => (all == unread, Some(true)),
            _ => (true, None),
        });
        let [(is_even, way), (other_is_even, other_way)] = ways;
        is_even && other_is_even && (way.is_none() || other_way.is_none() || way == other_way)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_alike_if_platforms_are_counted_in_both_or_in_neither() {
        let counts = |indexes, unread_indexes| RepositoryCounts {
            indexes,
            unread_indexes,
            ..RepositoryCounts::default()
        };
        let (grouped, apart) = (counts(Some(9), Some(0)), counts(Some(9), Some(9)));
        let (partly, none) = (counts(Some(9), Some(4)), counts(Some(0), Some(0)));
        let old = counts(None, None);
        for alike in [&grouped, &none, &old] {
            assert!(grouped.are_alike(alike) && alike.are_alike(&grouped));
        }
        assert!(apart.are_alike(&apart) && apart.are_alike(&none) && apart.are_alike(&old));
        assert!(!grouped.are_alike(&apart) && !apart.are_alike(&grouped));
        for other in [&grouped, &apart, &partly, &none, &old] {
            assert!(!partly.are_alike(other) && !other.are_alike(&partly));
        }
    }

    #[test]
    fn exclusion_filters_invert_the_rule() {
        let except = |filter: &str| vec![filter.to_owned()];
        assert!(Mutability::ImmutableExcept(except("latest*")).lets_move("latest-arm64"));
        assert!(!Mutability::ImmutableExcept(except("latest*")).lets_move("1.4"));
        assert!(!Mutability::MutableExcept(except("v*.*")).lets_move("v1.4"));
        assert!(Mutability::MutableExcept(except("v*.*")).lets_move("prod"));
    }

    #[test]
    fn wildcards_match_the_whole_tag() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*c", "abc", true),
            ("a*c", "ac", true),
            ("a*c", "acd", false),
            ("aba", "aba", true),
            ("ab", "abc", false),
            ("a*b*c", "a-b-b-c", true),
            ("ab*ba", "aba", false),
            ("**", "x", true),
        ] {
            assert_eq!(
                wildcard(pattern, text),
                expected,
                "{pattern} against {text}"
            );
        }
    }
}
