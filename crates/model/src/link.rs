//! Share links: what they show, and how their pages and lists say so.

mod history;
mod tags;

pub use tags::{
    TagAt, TagChange, TagDifferences, TagList, TagPoint, TagReturned, TagsReturned, TagsSince,
    version_among,
};

use serde::{Deserialize, Serialize};

use crate::{
    Digest, Page, Principal, Problem, RegistryAlias, RepositoryName, Tag, TeamName, Timestamp,
    image::{GoneTag, ImageDetail, ImageRow, TagDetail},
    repository::RepositoryDetail,
};

/// The one thing that a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkTarget {
    /// The registry.
    pub registry: RegistryAlias,
    /// The repository.
    pub name: RepositoryName,
    /// What of it.
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

/// Of which time a link shows its target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkMoment {
    /// As it was when the link was made.
    Frozen,
    /// As it is when somebody looks.
    Live,
    /// Both, side by side: what ran then, and what is there now.
    #[default]
    Both,
}

impl LinkMoment {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Both, Self::Frozen, Self::Live];

    /// The word that forms and the store carry.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Frozen => "frozen",
            Self::Live => "live",
            Self::Both => "both",
        }
    }

    /// The one that a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    /// Whether what there was is kept.
    pub fn keeps(self) -> bool {
        self != Self::Live
    }

    /// Whether what there is now is looked up.
    pub fn looks(self) -> bool {
        self != Self::Frozen
    }
}

/// What is shown of what is mostly nobody else's business. Nothing of it unless chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkShows {
    /// The values of environment variables, and the build steps, which repeat them.
    pub environment: bool,
    /// Account ids. Hidden, they stand as [`HIDDEN_ACCOUNT`].
    pub accounts: bool,
}

impl LinkShows {
    /// What of it is also in another.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self {
            environment: self.environment && other.environment,
            accounts: self.accounts && other.accounts,
        }
    }
}

/// What stands in place of a hidden account id: as long as one, and nobody's.
pub const HIDDEN_ACCOUNT: &str = "000000000000";

/// The shortest and the longest that a link may last, and what it lasts unless chosen: seconds.
pub mod lifetime {
    /// One hour.
    pub const SHORTEST: i64 = 60 * 60;
    /// Two weeks.
    pub const USUAL: i64 = 14 * 24 * 60 * 60;
    /// Ninety days, unless the configuration says less.
    pub const LONGEST: i64 = 90 * 24 * 60 * 60;
}

/// The most characters of a note.
pub const NOTE_LENGTH: usize = 200;

/// A link as its maker asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLink {
    /// What it shows.
    pub target: LinkTarget,
    /// Of which time.
    pub moment: LinkMoment,
    /// What is not hidden.
    pub shows: LinkShows,
    /// What it is for: a ticket's number.
    pub note: String,
    /// When it ends.
    pub expires: Timestamp,
    /// The team and principal whose grant it carries.
    pub bearer: LinkBearer,
}

/// The team and principal whose grant a link carries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LinkBearer {
    /// The team.
    pub team: TeamName,
    /// Its principal.
    pub principal: Principal,
}

/// What somebody may choose who makes a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkChoices {
    /// The target.
    pub target: LinkTarget,
    /// Whose grants show it: at least one, in the order of the configuration.
    pub bearers: Vec<LinkBearer>,
    /// How many links reach the repository now: the viewer's own, or everybody's for administrators.
    pub live: u32,
    /// How long it may last at most, in seconds.
    pub longest: i64,
    /// What the maker may choose to show: of an image without environment variables, none.
    pub may_show: LinkShows,
    /// The server's time.
    pub now: Timestamp,
}

/// A link that has just been made. Its token is told once, here: the store holds a hash of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeLink {
    /// The link, as the list shows it.
    pub row: LinkRow,
    /// What its URL ends in.
    pub token: String,
}

impl std::fmt::Debug for MadeLink {
    /// Without the token, which opens the link for whoever reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut made = f.debug_struct("MadeLink");
        made.field("row", &self.row).finish_non_exhaustive()
    }
}

/// Whether a link still opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkState {
    /// It opens, as long as its bearer is granted to see the target.
    Live,
    /// It has not ended, and does not open now: the repository is not there, or its bearer is not granted to see it. The list
    /// does not say which.
    Closed,
    /// Its time is over.
    Expired,
    /// Somebody ended it.
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
    /// The public part of its token: it names the link and opens nothing.
    pub id: String,
    /// What it shows.
    pub target: LinkTarget,
    /// Of which time.
    pub moment: LinkMoment,
    /// What is not hidden.
    pub shows: LinkShows,
    /// What it is for.
    pub note: String,
    /// The sign-in's id of who made it.
    pub maker: String,
    /// Their name.
    pub maker_name: String,
    /// Whose grant it carries.
    pub bearer: LinkBearer,
    /// When it was made.
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

/// What the list of links is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkQuery {
    /// Links with every word of it in id, target, note, maker or team.
    pub text: String,
    /// Everybody's, for administrators; for others it changes nothing.
    pub everybody: bool,
    /// Also those that do not open any more.
    pub ended: bool,
    /// Of one repository.
    pub repository: Option<(RegistryAlias, RepositoryName)>,
    /// Of one person, by the sign-in's id.
    pub maker: Option<String>,
    /// Of one team.
    pub team: Option<TeamName>,
    /// Which page.
    pub page: u32,
}

/// Which links are to be revoked. Others than one's own: by administrators alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkSelection {
    /// These, by id.
    These(Vec<String>),
    /// All of a person's, by the sign-in's id.
    Maker(String),
    /// All that carry a team's grant.
    Team(TeamName),
}

/// The list of links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkList {
    /// The rows.
    pub page: Page<LinkRow>,
    /// Whether others' links are among them: an administrator asked for everybody's.
    pub everybody: bool,
}

/// The page of a link, as far as its bearer is granted to see it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPage {
    /// What the link shows.
    pub target: LinkTarget,
    /// Of which time.
    pub moment: LinkMoment,
    /// What is not hidden.
    pub shows: LinkShows,
    /// What it is for.
    pub note: String,
    /// Who made it.
    pub maker_name: String,
    /// For which team.
    pub team: TeamName,
    /// When.
    pub made: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// As it was when the link was made; none unless the link keeps it.
    pub frozen: Option<Shared>,
    /// As it is now; none unless the link looks.
    pub live: Option<SharedNow>,
    /// When ECR told of what is there now, the oldest time where several parts were read; none unless the link looks, and where ECR never told.
    pub read: Option<Timestamp>,
    /// Of a tag that moved or was deleted, the image that it pointed at before, as far as that is known.
    pub last_image: Option<LastImage>,
    /// Which of a repository's tags differ now; none unless the link keeps and looks.
    pub tags: Option<TagsSince>,
    /// Which tags of a repository or an image moved in between and are back.
    pub returned: TagsReturned,
    /// Whether a repository's images are counted then and now in the same way: an index together with its
    /// platforms, or each by itself. That takes `ecr:BatchGetImage`, which the bearer may have lost or won.
    pub is_counted_alike: bool,
    /// Whether the target's name is whole: no account id in it is hidden.
    pub is_named_whole: bool,
    /// The server's time.
    pub now: Timestamp,
}

/// What is there now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedNow {
    /// This.
    There(Shared),
    /// The tag or image is not there any more; of a tag, when it was last seen, if that is known.
    Gone(Option<GoneTag>),
    /// ECR could not be asked.
    Problem(Problem),
}

/// The image that a tag pointed at before it moved or was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastImage {
    /// The image.
    pub digest: Digest,
    /// Whether it is still in the repository.
    pub is_there: bool,
}

/// What a link shows of its target, cut to what a small page holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// What is shown.
    pub view: SharedView,
    /// How many more there are of some parts than are shown, in the order of the page. A text that was
    /// cut ends in an ellipsis.
    pub more: Vec<(SharedPart, u32)>,
    /// The tags of a repository, to be compared: they do not reach the page. None in links to anything
    /// else, and in those that an older version of Gantry created.
    pub tags: Option<TagList>,
    /// When ECR told of what a link keeps, where it could not be read anew when the link was created. None
    /// where it was, of what is there now, and in links that an older version of Gantry created.
    pub seen_at: Option<Timestamp>,
}

impl Shared {
    /// How many more there are of a part than are shown.
    pub fn more_of(&self, part: SharedPart) -> u32 {
        let mut counts = self.more.iter();
        counts
            .find(|(counted, _)| *counted == part)
            .map_or(0, |(_, count)| *count)
    }
}

/// A part of a link's page that may be too long for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SharedPart {
    /// A repository's images.
    Images,
    /// An image's tags, and in a list those of all rows together.
    Tags,
    /// Where a tag was seen to point.
    Sightings,
    /// Platforms, and the images of an index.
    Platforms,
    /// The indexes that an image is a platform of.
    PartOf,
    /// A repository's resource tags.
    ResourceTags,
    /// Layers, and the foreign URLs of each.
    Layers,
    /// Annotations, of the manifest and of what refers to it.
    Annotations,
    /// Entrypoint, command, ports and volumes together.
    Settings,
    /// Environment variables.
    Environment,
    /// Labels.
    Labels,
    /// Build steps.
    History,
    /// What refers to an image.
    Referrers,
    /// Findings, besides those that [`FindingsView::more`](crate::image::FindingsView::more) counts.
    Findings,
}

/// The page or image that a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedView {
    /// A repository, and a page of its images, newest first. Frozen, it is the first page, and the
    /// only one.
    Repository {
        /// The repository.
        detail: Box<RepositoryDetail>,
        /// The images.
        images: Page<ImageRow>,
    },
    /// A tag.
    Tag(Box<TagDetail>),
    /// An image. Its manifest's text is left out. Where the environment is hidden, variables have
    /// empty values and each build step is its instruction's first word.
    Image(Box<ImageDetail>),
}

impl SharedView {
    /// When ECR told of it.
    pub fn as_of(&self) -> Option<Timestamp> {
        match self {
            Self::Repository { detail, .. } => detail.as_of,
            Self::Tag(detail) => detail.context.as_of,
            Self::Image(detail) => detail.context.as_of,
        }
    }
}

/// Images on a page of a link to a repository.
pub const LINK_ROWS: u32 = 50;
