//! Gantry's vocabulary: validated names, and the data sent between server and browser. No I/O; compiles to
//! WebAssembly.
//!
//! A name is parsed once, where it enters. After that its type guarantees that it is valid.

mod action;
pub mod artifact;
pub mod audit;
mod history;
pub mod image;
mod layer;
pub mod lifecycle;
pub mod link;
mod manifest;
mod name;
mod natural;
mod page;
mod platform;
mod preferences;
mod principal;
pub mod pull;
pub mod query;
pub mod registry;
pub mod repository;
mod scan;
pub mod search;
mod section;
mod severity;
mod sign_in;
mod tag_kind;
mod timestamp;
mod unseen;
mod viewer;
mod words;

pub use action::{Action, ActionError};
pub use name::{
    DIGEST_DIGITS, Digest, DigestBeginning, NameError, RegistryAlias, RepositoryAt, RepositoryName,
    Tag, TeamName,
};
pub use natural::natural_cmp;
pub use page::{PAGE_ROWS, Page, UnreadRows, Whole};
pub use preferences::{Locale, Preferences, Theme};
pub use principal::{AccountId, Principal, PrincipalKind};
pub use section::{Problem, Section, Visibility};
pub use severity::{FindingCounts, Severity};
pub use sign_in::{ClaimsSeen, GroupsFinding, PersonaCard, SignInProblem, SignInWay};
pub use timestamp::Timestamp;
pub use unseen::{has_hiding, is_hiding, marked, push_json_escape, visible, visible_json};
pub use viewer::{GrantedVia, ViewerSummary};
