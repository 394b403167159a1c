//! The audit log, as its page shows it.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, words::words};

words! {
    /// What happened.
    Event {
        /// Somebody signed in.
        SignIn = "sign-in",
        /// Somebody ended a session, or all of theirs.
        SignOut = "sign-out",
        /// A share link was made.
        LinkMade = "link-made",
        /// A share link was opened.
        LinkViewed = "link-viewed",
        /// Share links were revoked.
        LinkRevoked = "link-revoked",
        /// A change in a registry was asked for.
        Write = "write",
        /// A repository's policy reads differently than before.
        PolicyChanged = "policy-changed",
        /// A tag points at another image than before.
        TagMoved = "tag-moved",
        /// Old entries were cut off by the configured retention.
        AuditCut = "audit-cut",
    }
}

words! {
    /// How it ended.
    Outcome {
        /// Done.
        Done = "done",
        /// Refused, by a policy or by the sign-in: nothing was changed.
        Refused = "refused",
        /// Tried, and not done for another reason.
        Failed = "failed",
    }
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Counted from 1, without gaps.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
    /// How it ended.
    pub outcome: Outcome,
    /// The sign-in's id of who did it.
    pub person: Option<String>,
    /// Their name.
    pub person_name: Option<String>,
    /// For which team.
    pub team: Option<String>,
    /// As which principal.
    pub principal: Option<String>,
    /// From which address.
    pub address: Option<String>,
    /// The IAM action.
    pub action: Option<String>,
    /// The registry.
    pub registry: Option<String>,
    /// The repository.
    pub repository: Option<String>,
    /// What else matters, by name.
    pub arguments: Vec<(String, String)>,
    /// The statement that decided.
    pub statement: Option<String>,
    /// The request's id.
    pub request: String,
    /// The row's hash, in hexadecimal digits.
    pub hash: String,
}

/// What the log's page is asked for. Empty texts ask for anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Rows with every word of it in a person, team, repository, argument or request id.
    pub text: String,
    /// What happened.
    pub event: Option<Event>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Not before this day, `2026-11-22`, UTC.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// Rows with smaller numbers than this: where the page before ended.
    pub before: Option<u64>,
}

/// The log's page: the newest rows that match, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The rows.
    pub rows: Vec<AuditRow>,
    /// Where older rows go on, if there are any.
    pub older: Option<u64>,
    /// The number of the newest row that was cut off by retention; none when nothing was.
    pub cut: Option<u64>,
    /// The server's time.
    pub now: Timestamp,
}
