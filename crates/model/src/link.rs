//! Share links: what they show, and how pages and lists describe them.

mod history;
mod tags;

pub use tags::{
    TagAt, TagChange, TagDifferences, TagList, TagPoint, TagReturned, TagsReturned, TagsSince,
    version_among,
};

use serde::{Deserialize, Serialize};

use crate::{
    Digest, Page, Principal, Problem, RepositoryAt, Tag, TeamName, Timestamp,
    image::{GoneTag, ImageDetail, ImageRow, TagDetail},
    repository::RepositoryDetail,
};

/// The one thing that a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkTarget {
    /// The repository.
    pub repository: RepositoryAt,
    /// The part of the repository.
    pub scope: LinkScope,
}

/// How much of a repository a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkScope {
    /// The repository and the list of its images.
    Repository,
    /// A tag and the image that it points at.
    Tag(Tag),
    /// An image.
    Image(Digest),
}

/// Which version of its target a link shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkMoment {
    /// The state when the link was created.
    Frozen,
    /// The state when the link is opened.
    Live,
    /// Both, side by side: the saved state and the live state.
    #[default]
    Both,
}

impl LinkMoment {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Both, Self::Frozen, Self::Live];

    /// The word in forms and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Frozen => "frozen",
            Self::Live => "live",
            Self::Both => "both",
        }
    }

    /// Parses the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    /// Whether the state at creation is saved.
    pub fn keeps(self) -> bool {
        self != Self::Live
    }

    /// Whether the live state is shown.
    pub fn looks(self) -> bool {
        self != Self::Frozen
    }
}

/// Sensitive data that a link shows. Nothing unless chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkShows {
    /// The values of environment variables, and the build steps, which repeat them.
    pub environment: bool,
    /// Account IDs. If hidden, [`HIDDEN_ACCOUNT`] replaces them.
    pub accounts: bool,
}

impl LinkShows {
    /// What is set both in this and in `other`.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self {
            environment: self.environment && other.environment,
            accounts: self.accounts && other.accounts,
        }
    }
}

/// The replacement for a hidden account ID: it has the same length and belongs to no account.
pub const HIDDEN_ACCOUNT: &str = "000000000000";

/// The shortest, the default and the longest lifetime of a link, in seconds.
pub mod lifetime {
    /// One hour.
    pub const SHORTEST: i64 = 60 * 60;
    /// Two weeks.
    pub const USUAL: i64 = 14 * 24 * 60 * 60;
    /// Ninety days, unless the configuration sets less.
    pub const LONGEST: i64 = 90 * 24 * 60 * 60;
}

/// The maximum number of characters of a note.
pub const NOTE_LENGTH: usize = 200;

/// A link to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLink {
    /// What it shows.
    pub target: LinkTarget,
    /// Which version it shows.
    pub moment: LinkMoment,
    /// The sensitive data that it shows.
    pub shows: LinkShows,
    /// The reference, such as a ticket number.
    pub note: String,
    /// When it ends.
    pub expires: Timestamp,
    /// The team and principal that the link is shared as.
    pub bearer: LinkBearer,
}

/// The team and principal that a link is shared as: their grants decide what it shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LinkBearer {
    /// The team.
    pub team: TeamName,
    /// Its principal.
    pub principal: Principal,
}

/// The choices on the form for a new link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkChoices {
    /// The target.
    pub target: LinkTarget,
    /// Teams and principals with grants that show the target: at least one, in the order of the configuration.
    pub bearers: Vec<LinkBearer>,
    /// How many active links to the repository there are: the viewer's own, or everyone's for administrators.
    pub live: u32,
    /// The longest lifetime, in seconds.
    pub longest: i64,
    /// The sensitive data that can be shown. Without environment for an image that has no environment variables.
    pub may_show: LinkShows,
    /// The server's time.
    pub now: Timestamp,
}

/// A new link. Its token is only available here: the store has a hash of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeLink {
    /// The link, as the list shows it.
    pub row: LinkRow,
    /// The end of its URL.
    pub token: String,
}

impl std::fmt::Debug for MadeLink {
    /// Omits the token, because anyone who reads it can open the link.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut made = f.debug_struct("MadeLink");
        made.field("row", &self.row).finish_non_exhaustive()
    }
}

/// Whether a link still opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkState {
    /// It opens, as long as the team and principal that it is shared as may see the target.
    Live,
    /// It has not ended, but does not open now: the repository was deleted, or its team may not see it. The list
    /// does not say which.
    Closed,
    /// It has expired.
    Expired,
    /// It was revoked.
    Revoked,
}

impl LinkState {
    /// Whether it has not ended: then it can be revoked.
    pub fn can_be_revoked(self) -> bool {
        matches!(self, Self::Live | Self::Closed)
    }
}

/// A row of the list of links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRow {
    /// The public part of its token. It identifies the link but does not open it.
    pub id: String,
    /// What it shows.
    pub target: LinkTarget,
    /// Which version it shows.
    pub moment: LinkMoment,
    /// The sensitive data that it shows.
    pub shows: LinkShows,
    /// The reference.
    pub note: String,
    /// The sign-in ID of the person who created it.
    pub maker: String,
    /// Their name.
    pub maker_name: String,
    /// The team and principal that it is shared as.
    pub bearer: LinkBearer,
    /// When it was created.
    pub made: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// Whether it opens.
    pub state: LinkState,
    /// When it was revoked, and by whom.
    pub revoked: Option<(Timestamp, String)>,
    /// How often it was opened.
    pub views: u64,
    /// When it was last opened, and from which network.
    pub viewed: Option<(Timestamp, Option<String>)>,
}

/// The filter of the list of links.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkQuery {
    /// Links with every word of this text in ID, target, note, creator or team.
    pub text: String,
    /// Everyone's links, for administrators. Has no effect for others.
    pub everybody: bool,
    /// Also links that no longer open.
    pub ended: bool,
    /// Links to one repository.
    pub repository: Option<RepositoryAt>,
    /// Links of one person, by the sign-in ID.
    pub maker: Option<String>,
    /// Links of one team.
    pub team: Option<TeamName>,
    /// The page number.
    pub page: u32,
}

/// Which links to revoke. Only administrators can revoke other people's links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkSelection {
    /// These links, by ID.
    These(Vec<String>),
    /// All links of a person, by the sign-in ID.
    Maker(String),
    /// All links that are shared as a team.
    Team(TeamName),
}

/// The list of links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkList {
    /// The rows.
    pub page: Page<LinkRow>,
    /// Whether it contains other people's links, because an administrator asked for everyone's.
    pub everybody: bool,
}

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

/// The number of images on a page of a link to a repository.
pub const LINK_ROWS: u32 = 50;
