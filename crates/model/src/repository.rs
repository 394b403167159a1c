//! Repositories, as lists and pages show them.

use serde::{Deserialize, Serialize};

use crate::{
    FindingCounts, Page, Problem, RegistryAlias, RepositoryName, Section, Sight, TeamName, Through,
    Timestamp, UnreadRows, image::ScanSummary, pull::Source, registry::Registries,
};

/// Whether tags may move (`imageTagMutability`), and which are excepted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mutability {
    /// Every tag may move.
    #[default]
    Mutable,
    /// No tag may move.
    Immutable,
    /// Tags may move, except those that match a filter.
    MutableExcept(Vec<String>),
    /// No tag may move, except those that match a filter.
    ImmutableExcept(Vec<String>),
}

impl Mutability {
    /// The word that filters and URLs carry.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Mutable => "mutable",
            Self::Immutable => "immutable",
            Self::MutableExcept(_) => "mutable-except",
            Self::ImmutableExcept(_) => "immutable-except",
        }
    }

    /// Whether ECR lets this tag move. Filters are wildcards (`*`) over the whole tag, as
    /// `imageTagMutabilityExclusionFilters` documents them.
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

/// Whether a text matches a pattern in which `*` stands for any run of characters; linear but for
/// the number of stars.
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

/// A row of the list of repositories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryRow {
    /// The registry it is in.
    pub registry: RegistryAlias,
    /// Its name.
    pub name: RepositoryName,
    /// The teams of the viewer's that it is granted to; none in an administrator's review.
    pub teams: Vec<TeamName>,
    /// How much of it the viewer sees.
    pub sight: Sight,
    /// Whether tags may move. None without `ecr:DescribeRepositories`, and where the viewer sees the
    /// name alone.
    pub mutability: Option<Mutability>,
    /// Images in it. None while unknown or not shown.
    pub images: Option<u32>,
    /// Tags in it. None while unknown or not shown.
    pub tags: Option<u32>,
    /// Compressed bytes of its images added up. Layers shared between images count each time:
    /// ECR stores them once, and does not say how much that saves.
    pub size: Option<u64>,
    /// When an image was last pushed.
    pub pushed: Option<Timestamp>,
    /// How far the images that have a tag were scanned. None while unknown or not shown.
    pub scans: Option<ScanSummary>,
    /// Whether a repository policy is set. None where the viewer may not read it.
    pub policy: Option<bool>,
    /// When ECR said so. None while nothing is known of the images.
    pub as_of: Option<Timestamp>,
    /// Why nothing newer is known of the images, if reading them failed.
    pub problem: Option<Problem>,
}

impl RepositoryRow {
    /// Whether nothing was read yet of what the viewer may see.
    pub fn is_unread(&self) -> bool {
        self.as_of.is_none() && self.sight != Sight::Name
    }

    /// How many of these rows have no figures.
    pub fn unread<'a>(rows: impl IntoIterator<Item = &'a Self>) -> UnreadRows {
        let mut unread = UnreadRows::default();
        for row in rows {
            if row.is_unread() {
                unread.count(row.problem);
            }
            unread.withheld += u32::from(row.sight != Sight::Images);
        }
        unread
    }
}

/// The list of repositories: a page of it, and what its filters offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryList {
    /// The asked page.
    pub page: Page<RepositoryRow>,
    /// How many repositories of the whole list have no figures: no filter by findings finds them, except by "not known"
    /// those that are withheld.
    pub unread: UnreadRows,
    /// The namespaces that occur in the whole list, in order.
    pub namespaces: Vec<String>,
    /// The viewer's teams that occur in the whole list.
    pub teams: Vec<TeamName>,
    /// The registries that the viewer may know of.
    pub registries: Registries,
}

/// What the head of a repository's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryDetail {
    /// The registry it is in.
    pub registry: RegistryAlias,
    /// Its name.
    pub name: RepositoryName,
    /// What the viewer sees of it, and through whom.
    pub sight: Sight,
    /// The principals it is shown through.
    pub through: Vec<Through>,
    /// The ARN, as ECR gives it.
    pub arn: String,
    /// Where it is pulled from.
    pub source: Source,
    /// Whether the viewer may pull: `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer`, both
    /// granted to one principal.
    pub pull: Section<()>,
    /// Its settings (`ecr:DescribeRepositories`).
    pub settings: Section<RepositorySettings>,
    /// Resource tags (`ecr:ListTagsForResource`).
    pub resource_tags: Section<Vec<(String, String)>>,
    /// Whether a policy is set; shown to those who may read it.
    pub policy: Section<bool>,
    /// Whether a lifecycle policy is set; shown to those who may read it.
    pub lifecycle: Section<()>,
    /// Counts over the whole repository.
    pub counts: RepositoryCounts,
    /// When ECR last told of its images. None before the first answer.
    pub as_of: Option<Timestamp>,
    /// The server's time.
    pub now: Timestamp,
}

/// What DescribeRepositories says of a repository beside its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositorySettings {
    /// When it was created.
    pub created: Option<Timestamp>,
    /// Whether tags may move.
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
    /// Images without a tag.
    pub untagged: u32,
    /// Tags.
    pub tags: u32,
    /// Compressed bytes, shared layers counted each time.
    pub size: u64,
    /// Findings over the images that have a tag.
    pub findings: FindingCounts,
    /// How far these images were scanned. None where that was not kept.
    pub scans: Option<ScanSummary>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusion_filters_turn_the_rule_round() {
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
