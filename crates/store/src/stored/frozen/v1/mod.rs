//! Version 1: the content that links saved before formats had versions. It is no longer written.
//!
//! Later versions use the types that they do not change.

pub(super) mod image;
pub(super) mod parts;

use serde::{Deserialize, Serialize};

use self::{
    image::{ImageDetail, Images, RepositoryAt, ScanSummary, TagDetail},
    parts::{GrantedVia, Section, SharedPart, Source, Visibility},
};
use super::v2;
use crate::stored::format::{Format, Unreadable, record};

/// What a link shows of its target.
#[derive(Debug, Deserialize)]
pub(super) struct Shared {
    view: View,
    more: Vec<(SharedPart, u32)>,
}

#[derive(Debug, Deserialize)]
enum View {
    Repository {
        detail: Box<Repository>,
        images: Images,
    },
    Tag(Box<TagDetail>),
    Image(Box<ImageDetail>),
}

/// The head of a repository's page. In version 1, it includes the settings.
#[derive(Debug, Deserialize)]
struct Repository {
    #[serde(flatten)]
    repository: RepositoryAt,
    sight: Visibility,
    through: Vec<GrantedVia>,
    arn: String,
    source: Source,
    pull: Section<()>,
    created: Option<i64>,
    mutability: Mutability,
    scan_on_push: bool,
    encryption: String,
    resource_tags: Section<Vec<(String, String)>>,
    policy: Section<bool>,
    lifecycle: Section<()>,
    counts: Counts,
    as_of: Option<i64>,
    now: i64,
}

/// Whether tags can move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::stored) enum Mutability {
    Mutable,
    Immutable,
    /// With exclusion filters, like the next one.
    MutableExcept(Vec<String>),
    ImmutableExcept(Vec<String>),
}

impl Format<model::repository::Mutability> for Mutability {
    fn from_wire(wire: model::repository::Mutability) -> Self {
        use model::repository::Mutability as Wire;
        match wire {
            Wire::Mutable => Self::Mutable,
            Wire::Immutable => Self::Immutable,
            Wire::MutableExcept(filters) => Self::MutableExcept(filters),
            Wire::ImmutableExcept(filters) => Self::ImmutableExcept(filters),
        }
    }

    fn into_wire(self) -> Result<model::repository::Mutability, Unreadable> {
        use model::repository::Mutability as Wire;
        Ok(match self {
            Self::Mutable => Wire::Mutable,
            Self::Immutable => Wire::Immutable,
            Self::MutableExcept(filters) => Wire::MutableExcept(filters),
            Self::ImmutableExcept(filters) => Wire::ImmutableExcept(filters),
        })
    }
}

record! {
    /// Counts for a whole repository.
    Counts = model::repository::RepositoryCounts {
        images: u32,
        untagged: u32,
        tags: u32,
        size: u64,
        findings: [u32; 6],
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scans: Option<ScanSummary>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        archived: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        indexes: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unread_indexes: Option<u32>,
    }
}

impl From<Shared> for v2::Shared {
    fn from(Shared { view, more }: Shared) -> Self {
        let view = match view {
            View::Repository { detail, images } => v2::View::Repository {
                detail: Box::new((*detail).into()),
                images,
            },
            View::Tag(detail) => v2::View::Tag(detail),
            View::Image(detail) => v2::View::Image(detail),
        };
        Self {
            view,
            more,
            tags: None,
            seen_at: None,
        }
    }
}

impl From<Repository> for v2::Repository {
    /// In version 1, the grant for the page also showed the settings. A link asks for a separate
    /// grant when it is opened.
    fn from(repository: Repository) -> Self {
        let Repository {
            repository,
            sight,
            through,
            arn,
            source,
            pull,
            created,
            mutability,
            scan_on_push,
            encryption,
            resource_tags,
            policy,
            lifecycle,
            counts,
            as_of,
            now,
        } = repository;
        let settings = Section::Shown {
            through: through.first().cloned().unwrap_or(GrantedVia::Review),
            value: v2::Settings {
                created,
                mutability,
                scan_on_push,
                encryption,
            },
        };
        Self {
            repository,
            visibility: sight,
            through,
            arn,
            source,
            pull,
            settings,
            resource_tags,
            policy,
            lifecycle,
            counts,
            as_of,
            now,
        }
    }
}
