//! Share links: what somebody may see, for whoever holds the link, for as long as they may see it.
//!
//! A link carries its maker's grant and none of its own. It names a team and one of its principals, the
//! bearer; each time it is opened, the gate decides again what that bearer may see, and shows no more.

mod bearer;
mod cut;
mod hide;
mod list;
mod look;
mod make;
mod named;
mod open;
mod revoke;
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

use access::Occasion;
use model::{
    AccountId, Problem, RegistryAlias, RepositoryName,
    audit::{Event, Outcome},
    link::{LinkBearer, LinkScope, LinkShows, LinkTarget, lifetime},
};
use store::{StoreError, audit};
use thiserror::Error;

use crate::{Catalog, Images, Refusal, Repositories, catalog::Opened, live_links::LiveLinks};

/// What may be shared by links (`[links]` in the configuration).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkSettings {
    /// Whether there are links at all: without, none is made and none opens.
    pub enabled: bool,
    /// How long a link lasts at most, in seconds from when it was made. It counts for those made
    /// before it was configured as well.
    pub longest: i64,
    /// What a maker may choose to show. A link that shows more hides it again at each view.
    pub may_show: LinkShows,
    /// How many live links one person may have.
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
    /// It never was, was revoked, has expired, or its bearer may not see the target any more. Nobody
    /// is told which.
    #[error("there is no such link")]
    Gone,
    /// It is a link that would open, but whether its bearer may see the target cannot be told now.
    #[error("whether the link may be shown cannot be told now")]
    Undecided(Option<Problem>),
    /// It opens, but a newer version of Gantry made it, and this one cannot read what it keeps.
    #[error("a newer version of Gantry made the link")]
    Newer,
    /// It opens, but what it keeps cannot be read.
    #[error("what the link keeps cannot be read")]
    Unreadable,
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a link was not made.
#[derive(Debug, Error)]
pub enum Unmade {
    /// The target is not shown to the maker, or not by that grant.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The note is longer than [`model::link::NOTE_LENGTH`], or has control characters.
    #[error("the note is too long, or has control characters")]
    Note,
    /// It would end too soon or too late: [`lifetime::SHORTEST`], [`LinkSettings::longest`].
    #[error("it would end too soon or too late")]
    Expiry,
    /// It would show what no link may show: [`LinkSettings::may_show`].
    #[error("it would show what links may not show")]
    Shows,
    /// Its maker has as many live links as one person may have: [`LinkSettings::per_person`].
    #[error("its maker has {0} live links, as many as one person may have")]
    TooMany(u32),
    /// The store does not answer. No link was made.
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
    /// What may be shared by links.
    pub fn settings(&self) -> LinkSettings {
        self.settings
    }

    /// Goes on where there are links.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the operator switched them off.
    fn with_links(&self) -> Result<(), Refusal> {
        self.settings.enabled.then_some(()).ok_or(Refusal::NotFound)
    }

    /// The account ids that are known to belong here: the repository's, and those of every principal
    /// that the configuration names, the bearer's among them.
    fn accounts_of(&self, opened: &Opened<'_>) -> BTreeSet<AccountId> {
        let facts = opened.entry.facts();
        // An endpoint that is not AWS's own has a host of its own, but ECR's ARNs all the same.
        let named = [&facts.arn, &facts.uri].map(|text| hide::accounts_in(text));
        let actors = self.catalog.teams.iter().flat_map(|team| &team.actors);
        let principals = actors.map(|actor| actor.principal().account().clone());
        named.into_iter().flatten().chain(principals).collect()
    }
}

/// The public part of the token that a URL ends in: of what is no token, that of one which no link has.
pub fn link_id(token: &str) -> String {
    token::Token::read(token).id()
}

/// What a token is counted as: the public part, and the beginning of the hash of the rest. Whoever tries other secrets
/// uses up nothing of what the link's own token may.
pub fn link_key(token: &str) -> String {
    let token = token::Token::read(token);
    let hash = token.hash();
    format!("{}-{}", token.id(), hash.get(..8).unwrap_or_default())
}

/// An entry of the audit log about a link.
fn entry(
    event: Event,
    occasion: &Occasion,
    id: &str,
    bearer: Option<&LinkBearer>,
    repository: Option<(&RegistryAlias, &RepositoryName)>,
) -> audit::Entry {
    let mut entry = audit::Entry::new(event, Outcome::Done, occasion);
    if let Some((registry, name)) = repository {
        entry = entry.on(registry, name);
    }
    if let Some(bearer) = bearer {
        entry.team = Some(bearer.team.clone());
        entry.principal = Some(bearer.principal.clone());
    }
    entry.arguments.push(("link", id.to_owned()));
    entry
}

/// What of its repository a link shows, as an argument of the audit log.
fn scope_argument(target: &LinkTarget) -> Option<(&'static str, String)> {
    match &target.scope {
        LinkScope::Repository => None,
        LinkScope::Tag(tag) => Some(("tag", tag.to_string())),
        LinkScope::Image(digest) => Some(("digest", digest.to_string())),
    }
}
