//! What a link shows.

use serde::{Deserialize, Serialize};

use super::{LinkMoment, LinkShows, LinkTarget, TagList, TagsReturned, TagsSince};
use crate::{
    Digest, Page, Problem, Tag, TeamName, Timestamp,
    image::{GoneTag, ImageDetail, ImageRow, TagDetail},
    repository::RepositoryDetail,
};

/// The page of a link, as far as the team and principal that it is shared as may see it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPage {
    /// What the link shows.
    pub target: LinkTarget,
    /// Which version it shows.
    pub moment: LinkMoment,
    /// The sensitive data that it shows.
    pub shows: LinkShows,
    /// The reference.
    pub note: String,
    /// The name of the person who created it.
    pub maker_name: String,
    /// The team that it is shared as.
    pub team: TeamName,
    /// When it was created.
    pub made: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// The state when the link was created. None unless the link has saved it.
    pub frozen: Option<Shared>,
    /// The live state. None unless the link shows it.
    pub live: Option<SharedNow>,
    /// When ECR returned the live state: the oldest time, if parts were read at several times. None if the link does not
    /// show it, or if ECR never returned it.
    pub read: Option<Timestamp>,
    /// The images that the link's tag pointed at before it moved or was deleted, as far as is known, latest first.
    pub earlier: Vec<EarlierImage>,
    /// Which of a repository's tags have changed. None unless the link shows both states.
    pub tags: Option<TagsSince>,
    /// Which tags of a repository or an image moved in between and are back.
    pub returned: TagsReturned,
    /// Whether a repository's images are counted in the same way in both states: an index together with its
    /// platforms, or separately. The first needs `ecr:BatchGetImage`, which the link's principal may have lost or
    /// gained, and that Gantry has read the indexes.
    pub is_counted_alike: bool,
    /// Whether the target's name is complete: it contains no hidden account ID.
    pub is_named_whole: bool,
    /// The server's time.
    pub now: Timestamp,
}

/// The live state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedNow {
    /// The target exists.
    There(Shared),
    /// The tag or image no longer exists. For a tag, with the time when it was last seen, if known.
    Gone(Option<GoneTag>),
    /// ECR could not be asked.
    Problem(Problem),
}

/// An image that a tag pointed at before it moved or was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierImage {
    /// The image.
    pub digest: Digest,
    /// Another tag of it that reads like its version, then or now.
    pub version_tag: Option<Tag>,
    /// Whether it is still in the repository.
    pub is_there: bool,
}

/// What a link shows of its target, cut to fit a small page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// What is shown.
    pub view: SharedView,
    /// How many more entries some parts have than are shown, in the order of the page. A text that was cut ends in an
    /// ellipsis.
    pub more: Vec<(SharedPart, u32)>,
    /// The tags of a repository, for comparison only: they are not part of the page. None for links to anything else,
    /// and for links that an older version of Gantry created.
    pub tags: Option<TagList>,
    /// When ECR returned the saved state, if it could not be read again when the link was created. None if it was
    /// read then, for the live state, and for links that an older version of Gantry created.
    pub seen_at: Option<Timestamp>,
}

impl Shared {
    /// How many more entries a part has than are shown.
    pub fn more_of(&self, part: SharedPart) -> u32 {
        let mut counts = self.more.iter();
        counts
            .find(|(counted, _)| *counted == part)
            .map_or(0, |(_, count)| *count)
    }
}

/// A part of a link's page that may be too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SharedPart {
    /// A repository's images.
    Images,
    /// An image's tags; in a list, those of all rows together.
    Tags,
    /// The images that a tag was seen to point at.
    Sightings,
    /// Platforms, and the images of an index.
    Platforms,
    /// The indexes that contain an image as a platform.
    PartOf,
    /// A repository's resource tags.
    ResourceTags,
    /// Layers, and the foreign URLs of each.
    Layers,
    /// Annotations of the manifest and of its referrers.
    Annotations,
    /// Entrypoint, command, ports and volumes together.
    Settings,
    /// Environment variables.
    Environment,
    /// Labels.
    Labels,
    /// Build steps.
    History,
    /// Referrers of an image.
    Referrers,
    /// Findings, in addition to those that [`FindingsView::more`](crate::image::FindingsView::more) counts.
    Findings,
}

/// The page or image that a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedView {
    /// A repository, and a page of its images, newest first. A saved state has only the first page.
    Repository {
        /// The repository.
        detail: Box<RepositoryDetail>,
        /// The images.
        images: Page<ImageRow>,
    },
    /// A tag.
    Tag(Box<TagDetail>),
    /// An image. The text of its manifest is left out. If the environment is hidden, variables have empty values, and
    /// each build step is reduced to the first word of its instruction.
    Image(Box<ImageDetail>),
}

impl SharedView {
    /// When ECR returned it.
    pub fn as_of(&self) -> Option<Timestamp> {
        match self {
            Self::Repository { detail, .. } => detail.as_of,
            Self::Tag(detail) => detail.context.as_of,
            Self::Image(detail) => detail.context.as_of,
        }
    }
}
