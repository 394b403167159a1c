//! Share links: what a person may see, for anyone with the link, for as long as that person may see
//! it.
//!
//! A link uses a grant of its creator and has none of its own. It names a team and one of its
//! principals, the bearer. Each time the link is opened, the gate decides again what that bearer
//! may see, and the link shows no more.

mod bearer;
mod cut;
mod hide;
mod list;
mod look;
mod make;
mod named;
mod open;
mod revoke;
mod shared;
mod tags;
mod token;
mod walk;
mod withhold;

use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Store, audit::Audit};

pub use open::FoundLink;
use open::RecordedViews;
pub(crate) use open::no_views_yet;

use access::RequestOrigin;
use model::{
    AccountId, Problem, RepositoryAt,
    audit::{Event, Outcome},
    link::{LinkBearer, LinkScope, LinkShows, LinkTarget, lifetime},
};
use store::{StoreError, audit};
use thiserror::Error;

use crate::{Catalog, Images, Refusal, Repositories, catalog::Opened, live_links::LiveLinks};

/// What links may share (`[links]` in the configuration).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkSettings {
    /// Whether links are enabled. If not, no link can be created or opened.
    pub enabled: bool,
    /// The maximum lifetime of a link, in seconds from its creation. It also applies to links that
    /// were created before it was configured.
    pub longest: i64,
    /// What a creator may choose to show. A link that shows more hides it again when it is opened.
    pub may_show: LinkShows,
    /// The maximum number of live links per person.
    pub per_person: u32,
}

impl Default for LinkSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            longest: lifetime::LONGEST,
            may_show: LinkShows {
                environment: true,
                accounts: true,
            },
            per_person: 500,
        }
    }
}

/// Why a link does not open.
#[derive(Debug, Error)]
pub enum Closed {
    /// The link never existed, was revoked, has expired, or its bearer may no longer see the
    /// target. Visitors do not learn which.
    #[error("there is no such link")]
    Gone,
    /// The link is valid, but it is currently unknown whether its bearer may see the target.
    #[error("whether the link may be shown is not known now")]
    Undecided(Option<Problem>),
    /// The link is valid, but a newer version of Gantry created it, and this one cannot read its
    /// saved content.
    #[error("a newer version of Gantry made the link")]
    Newer,
    /// The link is valid, but its saved content cannot be read.
    #[error("what the link keeps cannot be read")]
    Unreadable,
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a link was not created.
#[derive(Debug, Error)]
pub enum Unmade {
    /// The creator may not see the target, or not with that bearer.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The note is longer than [`model::link::NOTE_LENGTH`], or has control characters.
    #[error("the note is too long, or has control characters")]
    Note,
    /// The expiry is too early or too late: [`lifetime::SHORTEST`], [`LinkSettings::longest`].
    #[error("it would end too soon or too late")]
    Expiry,
    /// The link would show what links may not show: [`LinkSettings::may_show`].
    #[error("it would show what links may not show")]
    Shows,
    /// The creator has the maximum number of live links: [`LinkSettings::per_person`].
    #[error("its maker has {0} live links, as many as one person may have")]
    TooMany(u32),
    /// The store does not answer. No link was created.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Share links.
#[derive(Debug, Clone)]
pub struct Links {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) images: Images,
    pub(crate) repositories: Repositories,
    pub(crate) live_links: LiveLinks,
    pub(crate) store: Store,
    pub(crate) audit: Audit,
    pub(crate) settings: LinkSettings,
    pub(crate) issuer: Option<Arc<str>>,
    pub(crate) recorded_views: RecordedViews,
}

impl Links {
    /// What links may share.
    pub fn settings(&self) -> LinkSettings {
        self.settings
    }

    /// Fails if links are disabled.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the administrator disabled links.
    fn with_links(&self) -> Result<(), Refusal> {
        self.settings.enabled.then_some(()).ok_or(Refusal::NotFound)
    }

    /// The known account IDs: that of the repository, and those of all principals in the
    /// configuration, including the bearer.
    fn accounts_of(&self, opened: &Opened<'_>) -> BTreeSet<AccountId> {
        let facts = opened.entry.facts();
        // An endpoint that is not AWS's own has a host of its own, but ECR's ARNs all the same.
        let named = [&facts.arn, &facts.uri].map(|text| hide::accounts_in(text));
        let actors = self.catalog.teams.iter().flat_map(|team| &team.actors);
        let principals = actors.map(|actor| actor.principal().account().clone());
        named.into_iter().flatten().chain(principals).collect()
    }
}

/// The public part of the token at the end of a URL. For an invalid token, an ID that no link has.
pub fn link_id(token: &str) -> String {
    token::Token::read(token).id()
}

/// The key that a token is counted by: the public part, and the start of the hash of the secret. So
/// guessing other secrets does not use up the limit of the link's own token.
pub fn link_key(token: &str) -> String {
    let token = token::Token::read(token);
    let hash = token.hash();
    format!("{}-{}", token.id(), hash.get(..8).unwrap_or_default())
}

/// An entry of the audit log about a link.
fn entry(
    event: Event,
    request_origin: &RequestOrigin,
    id: &str,
    bearer: Option<&LinkBearer>,
    repository: Option<&RepositoryAt>,
) -> audit::Entry {
    let mut entry = audit::Entry::new(event, Outcome::Done, request_origin);
    if let Some(repository) = repository {
        entry = entry.on(repository);
    }
    if let Some(bearer) = bearer {
        entry.team = Some(bearer.team.clone());
        entry.principal = Some(bearer.principal.clone());
    }
    entry.arguments.push(("link", id.to_owned()));
    entry
}

/// The tag or image that a link shows, as an argument of the audit log.
fn scope_argument(target: &LinkTarget) -> Option<(&'static str, String)> {
    match &target.scope {
        LinkScope::Repository => None,
        LinkScope::Tag(tag) => Some(("tag", tag.to_string())),
        LinkScope::Image(digest) => Some(("digest", digest.to_string())),
    }
}
