//! Where tags pointed, as one reading after the other returned it.
//!
//! The store compares each reading with the one before, whichever process made it: so history
//! continues after a restart, and replicas record a change once.

mod at;
pub mod events;
mod keep;
mod read;
mod record;
mod sharpen;

use std::time::Duration;

use events::{ByWhom, Reported};
use model::{Digest, Timestamp};

pub use sharpen::CLOCK_DIFFERENCE;

/// A repository from its creation to its deletion. One that is created again under the same name
/// has a history of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Incarnation {
    /// The ARN, as ECR returns it.
    pub arn: String,
    /// The creation time, in nanoseconds since 1970. 0 if ECR does not say.
    pub created: i64,
}

/// A moment, in milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub i64);

impl Millis {
    /// The second that it is in.
    pub fn second(self) -> Timestamp {
        Timestamp(self.0.div_euclid(1_000))
    }
}

/// Everything that a reading of a repository's tags returned.
#[derive(Debug, Clone)]
pub struct TagReading<'a> {
    /// No answer is older than this.
    pub began: Millis,
    /// No answer is younger than this.
    pub ended: Millis,
    /// Each tag once, in the order of their bytes.
    pub tags: Vec<(&'a str, &'a str)>,
}

/// What became of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It is the first of its repository.
    First,
    /// It was compared with the reading before.
    Compared {
        /// How many tags point at another image, are new or were deleted.
        changes: u64,
    },
    /// A reading that ended after this one began is stored already, from another process. Which
    /// of the two is newer is not known for each tag, so this one changed nothing.
    Overlapping,
}

/// How it is known when a change happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowKnown {
    /// Two readings differ: the change happened at some time between them.
    BetweenReadings,
    /// A message says when it happened, and two readings show the change.
    Event,
}

/// A change of a tag between two readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChange {
    /// Its number among the changes of the repository, counted from 1.
    pub number: i64,
    /// After this time, the tag began to point at the new image, or was deleted.
    pub after: Millis,
    /// Before this time, it did.
    pub before: Millis,
    /// The last reading that returned the old image began at this time. Not later than `after`: the tag can have pointed
    /// at a third image in between, which no reading returned.
    pub last_old: Millis,
    /// How that is known.
    pub known: HowKnown,
    /// Who did it, if a message says.
    pub by: Option<ByWhom>,
    /// The ID of the event or request that says so.
    pub event: Option<String>,
    /// Where the tag pointed before. None if it did not exist.
    pub old: Option<Digest>,
    /// Where it pointed afterwards. None if it did not exist.
    pub new: Option<Digest>,
}

/// A time without readings, longer than usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// When the last reading before it ended.
    pub began: Millis,
    /// When the next reading began.
    pub ended: Millis,
}

/// What is stored about a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHistory {
    /// Since when changes are known: the end of the first reading, or a later time if older changes were deleted.
    pub since: Millis,
    /// When the latest stored reading began. The tag pointed at `latest` then or later.
    pub read: Millis,
    /// Where the tag pointed at the latest stored reading. None if it did not exist.
    pub latest: Option<Digest>,
    /// The newest changes, newest first.
    pub changes: Vec<TagChange>,
    /// How many older changes there are.
    pub more: u64,
    /// What messages reported and no reading confirms, newest first, as far as the changes go back. These are not facts:
    /// the tag may have moved between two readings, the message may be newer than the latest reading, or untrue.
    pub reported: Vec<Reported>,
    /// The times without readings, newest first, as far as the changes go back.
    pub gaps: Vec<Gap>,
}

/// What is stored about a tag around a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMoment {
    /// As in [`StoredHistory::since`].
    pub since: Millis,
    /// As in [`StoredHistory::read`].
    pub read: Millis,
    /// As in [`StoredHistory::latest`].
    pub latest: Option<Digest>,
    /// The newest change that had happened by then.
    pub earlier: Option<TagChange>,
    /// The changes of which it is not known whether they had, oldest first. Two readings of which one begins where the
    /// other ends leave several.
    pub around: Vec<TagChange>,
    /// The oldest change that happened later.
    pub later: Option<TagChange>,
    /// The time without readings that it is in.
    pub gap: Option<Gap>,
}

/// How readings are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordSettings {
    /// A longer time between two readings is a gap.
    pub longest_pause: Duration,
    /// The maximum number of changes of one repository. Beyond it, the oldest are deleted.
    pub most_changes: i64,
}

/// The maximum number of changes of one repository: who pushes decides how often tags move.
pub const MOST_CHANGES: i64 = 100_000;
