//! Version 2: a repository's settings are a section that requires its own action.

use model::{
    image::ImageRow,
    link::{self, SharedView},
    repository as wire,
};
use serde::{Deserialize, Serialize};

use super::v1::{
    Counts, Mutability,
    image::{ImageDetail, Images, RepositoryAt, TagDetail},
    parts::{GrantedVia, Section, SharedPart, Source, Visibility},
};
use crate::stored::format::{Format, Unreadable, record};

record! {
    /// What a link shows of its target.
    Shared = link::Shared {
        view: View,
        more: Vec<(SharedPart, u32)>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tags: Option<TagList>,
        /// When ECR returned the data, if it could not be read again for the link.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen_at: Option<i64>,
    }
}

record! {
    /// The tags of a repository.
    TagList = link::TagList {
        tags: Vec<TagAt>,
        /// How many more tags there were.
        more: u32,
    }
}

record! {
    /// A tag, and the digest that it pointed at.
    TagAt = link::TagAt {
        tag: String,
        digest: String,
    }
}

/// The page that a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::stored) enum View {
    Repository {
        detail: Box<Repository>,
        images: Images,
    },
    Tag(Box<TagDetail>),
    Image(Box<ImageDetail>),
}

impl Format<SharedView> for View {
    fn from_wire(wire: SharedView) -> Self {
        match wire {
            SharedView::Repository { detail, images } => Self::Repository {
                detail: Format::from_wire(detail),
                images: Format::<model::Page<ImageRow>>::from_wire(images),
            },
            SharedView::Tag(detail) => Self::Tag(Format::from_wire(detail)),
            SharedView::Image(detail) => Self::Image(Format::from_wire(detail)),
        }
    }

    fn into_wire(self) -> Result<SharedView, Unreadable> {
        Ok(match self {
            Self::Repository { detail, images } => SharedView::Repository {
                detail: detail.into_wire()?,
                images: images.into_wire()?,
            },
            Self::Tag(detail) => SharedView::Tag(detail.into_wire()?),
            Self::Image(detail) => SharedView::Image(detail.into_wire()?),
        })
    }
}

record! {
    /// The head of a repository's page.
    Repository = wire::RepositoryDetail {
        #[serde(flatten)]
        repository: RepositoryAt,
        #[serde(rename = "sight")]
        visibility: Visibility,
        through: Vec<GrantedVia>,
        arn: String,
        source: Source,
        pull: Section<()>,
        settings: Section<Settings>,
        resource_tags: Section<Vec<(String, String)>>,
        policy: Section<bool>,
        lifecycle: Section<()>,
        counts: Counts,
        as_of: Option<i64>,
        now: i64,
    }
}

record! {
    /// What DescribeRepositories returned for a repository.
    Settings = wire::RepositorySettings {
        created: Option<i64>,
        mutability: Mutability,
        scan_on_push: bool,
        encryption: String,
    }
}
