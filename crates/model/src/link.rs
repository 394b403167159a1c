//! Share links: what they show, and how pages and lists describe them.

mod history;
mod shared;
mod tags;

pub use shared::{EarlierImage, Shared, SharedNow, SharedPage, SharedPart, SharedView};
pub use tags::{
    TagAt, TagChange, TagDifferences, TagList, TagPoint, TagReturned, TagsReturned, TagsSince,
    version_among,
};

use serde::{Deserialize, Serialize};

use crate::{Digest, Page, Principal, RepositoryAt, Tag, TeamName, Timestamp};

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

/// The number of images on a page of a link to a repository.
pub const LINK_ROWS: u32 = 50;
