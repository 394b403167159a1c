//! Where a tag pointed at a time, and the page that says it.

use super::{HistoryGap, PointedImage, TagHistory};
use crate::{RepositoryAt, Tag, Timestamp, pull::Source};

/// A tag's history page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryDetail {
    /// The repository.
    pub repository: RepositoryAt,
    /// The tag.
    pub tag: Tag,
    /// Whether it exists now.
    pub exists: bool,
    /// A page of what happened to it, newest first.
    pub history: TagHistory,
    /// The number of the oldest change on this page, if there are older ones.
    pub older: Option<i64>,
    /// What was asked about a time. None if nothing was.
    pub moment: Option<Moment>,
    /// How images are pulled from the repository.
    pub source: Source,
    /// When ECR returned the repository's images.
    pub as_of: Timestamp,
    /// The server's time.
    pub now: Timestamp,
}

/// An answer about a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// What was typed is not a time.
    Invalid,
    /// The time is in the future.
    Future(Timestamp),
    /// Nothing is stored of the repository yet.
    NotStored(Timestamp),
    /// Nothing is known of the time before the first reading.
    TooEarly {
        /// The time.
        at: Timestamp,
        /// The first reading.
        since: Timestamp,
    },
    /// The tag pointed at an image, or did not exist.
    Known(KnownMoment),
    /// The tag changed between two readings, and the time is between them too.
    Changing {
        /// The time.
        at: Timestamp,
        /// Where it pointed before. None if it did not exist.
        old: Option<PointedImage>,
        /// Where it pointed afterwards. None if it did not exist.
        new: Option<PointedImage>,
        /// How many times it changed in between.
        times: usize,
        /// It changed between these times.
        between: (Timestamp, Timestamp),
    },
}

/// Where a tag pointed at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownMoment {
    /// The time.
    pub at: Timestamp,
    /// The image. None if the tag did not exist.
    pub image: Option<PointedImage>,
    /// Whether the image is in the repository now.
    pub is_there: bool,
    /// Between which times that began. None if it was so at the first reading, `since`.
    pub began: Option<(Timestamp, Timestamp)>,
    /// The first reading that is stored.
    pub since: Timestamp,
    /// Between which times that ended. None if it is still so, as far as is known.
    pub ended: Option<(Timestamp, Timestamp)>,
    /// Why it is not certain. None if readings before and after the time returned it.
    pub doubt: Option<Doubt>,
}

/// Why an answer about a time is not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Gantry did not read the repository for longer than usual. A move away and back in this time is not known.
    Gap(HistoryGap),
    /// The latest reading was before the time.
    NotReadSince(Timestamp),
}
