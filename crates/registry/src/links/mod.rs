//! Share links: what somebody may see, for whoever holds the link, for as long as they may see it.

use model::{
    Problem, RegistryAlias, RepositoryName,
    link::{
        LinkChoices, LinkList, LinkQuery, LinkSelection, LinkTarget, MadeLink, NewLink, SharedPage,
    },
};
use thiserror::Error;

use crate::{Gantry, Occasion, Refusal, StoreError, Viewer};

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
    /// The note is longer than [`model::link::NOTE_LENGTH`].
    #[error("the note is too long")]
    Note,
    /// It would end too soon or too late: [`model::link::lifetime`].
    #[error("it would end too soon or too late")]
    Expiry,
    /// The store does not answer. No link was made.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Gantry {
    /// What somebody may choose who makes a link.
    ///
    /// # Errors
    /// As the target's page.
    pub async fn link_choices(
        &self,
        _viewer: &Viewer,
        _target: &LinkTarget,
    ) -> Result<LinkChoices, Refusal> {
        Err(Refusal::NotFound)
    }

    /// Makes a link.
    ///
    /// # Errors
    /// [`Unmade`]: then there is none.
    pub async fn make_link(
        &self,
        _viewer: &Viewer,
        _occasion: &Occasion,
        _new: &NewLink,
    ) -> Result<MadeLink, Unmade> {
        Err(Refusal::NotFound.into())
    }

    /// Opens a link: the page of images is counted from 1, and matters to links to a repository.
    ///
    /// # Errors
    /// [`Closed`].
    pub async fn open_link(
        &self,
        _occasion: &Occasion,
        _token: &str,
        _page: u32,
    ) -> Result<SharedPage, Closed> {
        Err(Closed::Gone)
    }

    /// The viewer's links, or everybody's for administrators who ask for them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn links(
        &self,
        _viewer: &Viewer,
        _query: &LinkQuery,
    ) -> Result<LinkList, StoreError> {
        Err(StoreError::Malformed("not yet".to_owned()))
    }

    /// Revokes links, and says how many there were to revoke.
    ///
    /// # Errors
    /// When the store does not answer: then they go on.
    pub async fn revoke_links(
        &self,
        _viewer: &Viewer,
        _occasion: &Occasion,
        _which: &LinkSelection,
    ) -> Result<u64, StoreError> {
        Ok(0)
    }

    /// How many links reach a repository now, its tags and its images.
    ///
    /// # Errors
    /// As the repository's page.
    pub async fn live_links(
        &self,
        _viewer: &Viewer,
        _registry: &RegistryAlias,
        _name: &RepositoryName,
    ) -> Result<u32, Refusal> {
        Ok(0)
    }
}
