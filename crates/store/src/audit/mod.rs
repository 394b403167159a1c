//! Who did what, when, and by which statement. The log is appended to and never changed.
//!
//! The hash of each row covers the previous row ([`Record`]). One writer at a time stores rows
//! ([`append`]). Equal entries that anyone can cause are counted ([`repeated`]). The chain can be
//! verified ([`verify`]), and it is shortened only from its start ([`cut`]).

mod append;
mod columns;
mod cut;
mod query;
mod record;
mod repeated;
mod verify;

use std::{fmt, str::FromStr, time::Duration};

use model::{
    Action, GrantedVia, Principal, RepositoryAt, TeamName,
    audit::{Event, Outcome},
};
use thiserror::Error;

pub use append::Audit;
pub(crate) use append::AuditedTransaction;
pub use query::Export;
pub use record::Record;
pub use verify::{Broken, Verified};

use access::{PersonId, RequestOrigin, Viewer};

/// Settings of the audit log (`[audit]` in the configuration).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditSettings {
    /// How long rows are kept. None: forever.
    pub keep: Option<Duration>,
}

/// An entry to record. Its time, number and hash are set when it is appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub event: Event,
    /// How it ended.
    pub outcome: Outcome,
    /// The person who did it, with the name from the sign-in. None if the person is unknown.
    pub person: Option<(PersonId, String)>,
    /// The team of the person.
    pub team: Option<TeamName>,
    /// The team's principal that the person acted as.
    pub principal: Option<Principal>,
    /// The IAM action, if there is one.
    pub action: Option<Action>,
    /// The affected repository.
    pub repository: Option<RepositoryAt>,
    /// Other details by name: tags, digests, the ID of a link. Never a secret.
    pub arguments: Vec<(&'static str, String)>,
    /// The label of the deciding statement, for people who may read the policy.
    pub statement: Option<String>,
    /// The client's address and the request ID.
    pub request_origin: RequestOrigin,
}

impl Entry {
    /// Creates an entry with an event and an outcome only.
    pub fn new(event: Event, outcome: Outcome, request_origin: &RequestOrigin) -> Self {
        Self {
            event,
            outcome,
            person: None,
            team: None,
            principal: None,
            action: None,
            repository: None,
            arguments: Vec::new(),
            statement: None,
            request_origin: request_origin.clone(),
        }
    }

    /// Creates an entry for an event without a request: an observation of the crawler, or the
    /// retention.
    pub fn unasked(event: Event) -> Self {
        let nobody = RequestOrigin {
            address: None,
            request: "".into(),
        };
        Self::new(event, Outcome::Done, &nobody)
    }

    /// Adds the person.
    pub fn by(mut self, viewer: &Viewer) -> Self {
        self.person = Some((viewer.id.clone(), viewer.name.to_string()));
        self
    }

    /// Adds the team and its principal.
    pub fn through(mut self, through: &GrantedVia) -> Self {
        if let GrantedVia::Team { team, principal } = through {
            self.team = Some(team.clone());
            self.principal = Some(principal.clone());
        }
        self
    }

    /// Adds the repository.
    pub fn on(mut self, repository: &RepositoryAt) -> Self {
        self.repository = Some(repository.clone());
        self
    }
}

/// A row by its number and hash: `831:9f86d0...`. If it is noted elsewhere, it later shows whether
/// the log still holds the same rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of the row.
    pub number: u64,
    /// The hash of the row, in hexadecimal digits.
    pub hash: String,
}

/// A text that does not name a row. The format is a number, a colon and 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("takes a row's number and its hash, as in 831:9f86d081884c7d65...")]
pub struct NotAHead;

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.hash)
    }
}

impl FromStr for Head {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (number, hash) = text.trim().split_once(':').ok_or(NotAHead)?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = number.parse().map_err(|_| NotAHead)?;
        is_hash
            .then(|| Self {
                number,
                hash: hash.to_ascii_lowercase(),
            })
            .ok_or(NotAHead)
    }
}
