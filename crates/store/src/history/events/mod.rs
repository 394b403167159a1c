//! What messages reported of registries.
//!
//! A message reaches one replica. The store keeps what it said, so that every replica reads again what it names, and so
//! that the history of tags is dated more exactly. It is a report, and not a fact: readings decide what is true.

mod rows;

use std::fmt;

use access::{Grant, acts::GetRepositoryPolicy};
use model::{Digest, RepositoryName, Tag};

use super::Millis;

pub(super) use rows::of_tag;

/// The repository that a message names: the end of its ARN, from the region on, as in
/// `eu-central-1:111122223333:repository/team/api`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place(String);

impl Place {
    /// The place of a repository.
    pub fn new(region: &str, account: &str, repository: &RepositoryName) -> Self {
        Self(format!("{region}:{account}:repository/{repository}"))
    }

    /// The place in a repository's ARN. None if it is no ARN.
    pub fn of_arn(arn: &str) -> Option<Self> {
        let mut parts = arn.splitn(4, ':');
        let end = parts.nth(3)?;
        arn.starts_with("arn:").then(|| Self(end.to_owned()))
    }

    /// The region, the account and the name.
    pub fn parts(&self) -> Option<(&str, &str, &str)> {
        let (region, rest) = self.0.split_once(':')?;
        let (account, resource) = rest.split_once(':')?;
        Some((region, account, resource.strip_prefix("repository/")?))
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// An image was pushed, or a tag was set.
    Push,
    /// An image was deleted, or a tag was removed.
    Delete,
    /// An image was scanned.
    Scan,
    /// A referrer of an image was pushed or deleted.
    Referrer,
    /// The repository policy was set or deleted.
    Policy,
    /// The lifecycle policy was set or deleted.
    Lifecycle,
    /// The repository was created or deleted.
    Repository,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Push,
        Self::Delete,
        Self::Scan,
        Self::Referrer,
        Self::Policy,
        Self::Lifecycle,
        Self::Repository,
    ];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Delete => "delete",
            Self::Scan => "scan",
            Self::Referrer => "referrer",
            Self::Policy => "policy",
            Self::Lifecycle => "lifecycle",
            Self::Repository => "repository",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Who did something: the ARN of a principal, with the name of its session. Only viewers who may read the repository's
/// policy, and administrators, see it: a grant opens it, and nothing else does.
#[derive(Clone, PartialEq, Eq)]
pub struct ByWhom {
    principal: String,
    place: Place,
}

impl ByWhom {
    pub(super) fn new(principal: String, place: Place) -> Self {
        Self { principal, place }
    }

    /// The ARN. None if the grant is for another repository.
    pub fn shown_to(&self, grant: &Grant<GetRepositoryPolicy>) -> Option<&str> {
        let (.., name) = self.place.parts()?;
        (grant.repository().name.as_str() == name).then_some(&self.principal)
    }
}

impl fmt::Debug for ByWhom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByWhom(..)")
    }
}

/// A part of what a message reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// What happened.
    pub kind: EventKind,
    /// The tag, if the message names one.
    pub tag: Option<Tag>,
    /// The image, if the message names one.
    pub digest: Option<Digest>,
}

/// What a message reports.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// The ID of the EventBridge event, or of the request that CloudTrail recorded.
    pub id: String,
    /// The repository.
    pub place: Place,
    /// When it happened, as the message says.
    pub at: Millis,
    /// When Gantry received it.
    pub received: Millis,
    /// The ARN of the principal who did it, if the message says.
    pub principal: Option<String>,
    /// Its parts.
    pub events: Vec<NewEvent>,
}

/// A stored event, for replicas that read again what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryEvent {
    /// Its number: events are numbered in the order in which they were stored.
    pub number: i64,
    /// The repository.
    pub place: Place,
    /// What happened.
    pub event: NewEvent,
}

/// A push or deletion that a message reports, and that no reading of the tags confirms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// When it happened, as the message says.
    pub at: Millis,
    /// The image that the tag then pointed at. None if the tag was deleted.
    pub new: Option<Digest>,
    /// Who did it, if a message says.
    pub by: Option<ByWhom>,
    /// The ID of the event or request.
    pub event: String,
}

/// A stored push or deletion of a tag.
#[derive(Debug, Clone)]
pub(super) struct TagEvent {
    pub(super) id: String,
    pub(super) at: i64,
    pub(super) received: i64,
    pub(super) kind: EventKind,
    pub(super) digest: Option<Digest>,
    pub(super) by: Option<ByWhom>,
    /// Whether the message names the tag. One that only names the image deletes all its tags.
    pub(super) names_tag: bool,
}
