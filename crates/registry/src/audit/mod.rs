//! Who did what, when, and by which statement: appended, never changed.
//!
//! Each row's hash covers the row before ([`Record`]), rows are stored by one writer at a time
//! ([`append`]), a write is recorded before and after ([`write`]), equal entries that anybody may cause are counted
//! ([`repeated`]), the chain can be checked ([`verify`]), and is shortened from its start alone ([`cut`]).

mod append;
mod columns;
mod cut;
mod query;
mod record;
mod repeated;
mod verify;
mod write;

use std::{fmt, str::FromStr, time::Duration};

use model::{
    Action, Principal, RegistryAlias, RepositoryName, TeamName, Through,
    audit::{Event, Outcome},
};
use thiserror::Error;

pub use append::Audit;
pub(crate) use append::Recorded;
pub use query::Export;
pub use record::Record;
pub use verify::{Broken, Verified};

use crate::{Occasion, PersonId, Viewer};

/// How the log is kept (`[audit]` in the configuration).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditSettings {
    /// How long rows are kept; none: for ever.
    pub keep: Option<Duration>,
}

/// What is to be recorded. Time, number and hash are given when it is appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub event: Event,
    /// How it ended.
    pub outcome: Outcome,
    /// Who did it, with the name that the sign-in told; none where nobody is known.
    pub person: Option<(PersonId, String)>,
    /// For which team, and as which of its principals.
    pub team: Option<TeamName>,
    /// The principal.
    pub principal: Option<Principal>,
    /// The IAM action, where it is one.
    pub action: Option<Action>,
    /// The repository that it concerns.
    pub repository: Option<(RegistryAlias, RepositoryName)>,
    /// What else matters, by name: tags, digests, a link's id. Never a secret.
    pub arguments: Vec<(&'static str, String)>,
    /// The statement that decided, as the policy's readers call it.
    pub statement: Option<String>,
    /// From where, and in which request.
    pub occasion: Occasion,
}

impl Entry {
    /// An entry that says what happened and how it ended, and nothing else yet.
    pub fn new(event: Event, outcome: Outcome, occasion: &Occasion) -> Self {
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
            occasion: occasion.clone(),
        }
    }

    /// Of something that nobody asked for: what the crawler saw, or the retention did.
    pub(crate) fn unasked(event: Event) -> Self {
        let nobody = Occasion {
            address: None,
            request: "".into(),
        };
        Self::new(event, Outcome::Done, &nobody)
    }

    /// Done by somebody.
    pub(crate) fn by(mut self, viewer: &Viewer) -> Self {
        self.person = Some((viewer.id.clone(), viewer.name.to_string()));
        self
    }

    /// Done for a team, as one of its principals.
    pub(crate) fn through(mut self, through: &Through) -> Self {
        if let Through::Team { team, principal } = through {
            self.team = Some(team.clone());
            self.principal = Some(principal.clone());
        }
        self
    }

    /// About a repository.
    pub(crate) fn on(mut self, registry: &RegistryAlias, name: &RepositoryName) -> Self {
        self.repository = Some((registry.clone(), name.clone()));
        self
    }
}

/// A row by its number and hash: `831:9f86d0...`. Noted elsewhere, it shows later whether the log
/// still holds what it held then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The row's number.
    pub number: u64,
    /// Its hash, in hexadecimal digits.
    pub hash: String,
}

/// A text that names no row: it takes a number, a colon and 64 hexadecimal digits.
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
