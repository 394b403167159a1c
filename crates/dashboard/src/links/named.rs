//! Links by their IDs: a new link, and links that a viewer is about to revoke.

use std::collections::BTreeSet;

use access::{Viewer, now};
use model::{
    PAGE_ROWS, Timestamp,
    link::{LinkRow, LinkState},
};

use store::StoreError;

use super::Links;
use super::token::Token;
use crate::Refusal;

impl Links {
    /// A link of the viewer, and whether this token opens it. The creator of a new link sends the
    /// token, because Gantry stores only its hash.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the viewer created no such link; [`Refusal::Store`].
    pub async fn own(
        &self,
        viewer: &Viewer,
        id: &str,
        token: Option<&str>,
    ) -> Result<(LinkRow, bool), Refusal> {
        self.with_links()?;
        let token = token.map(Token::read).filter(|token| token.id() == id);
        let mut opens = false;
        let is_there = |secret: Option<&str>| {
            opens = token.is_some_and(|token| token.opens(secret));
            secret.is_some()
        };
        let longest = self.settings.longest;
        let link = readable(self.store.link(id, is_there, now(), longest).await)?;
        let link = link.filter(|link| link.row.maker == viewer.id.as_str());
        let link = link.ok_or(Refusal::NotFound)?;
        Ok((link.row, opens))
    }

    /// The live links with these IDs that the viewer may revoke: their own, or any for
    /// administrators. As many as [`Links::revoke`] accepts. Also returns the server's time.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if links are disabled; [`Refusal::Store`].
    pub async fn revocable(
        &self,
        viewer: &Viewer,
        ids: &[String],
    ) -> Result<(Vec<LinkRow>, Timestamp), Refusal> {
        self.with_links()?;
        let ids: BTreeSet<_> = ids.iter().take(PAGE_ROWS as usize).collect();
        let (mut links, now) = (Vec::new(), now());
        for id in ids {
            let longest = self.settings.longest;
            let found = readable(self.store.listed_link(id, now, longest).await)?;
            let may = |row: &LinkRow| viewer.admin || row.maker == viewer.id.as_str();
            links.extend(found.filter(|row| may(row) && row.state == LinkState::Live));
        }
        links.sort_by(|one, other| {
            other
                .made
                .cmp(&one.made)
                .then_with(|| one.id.cmp(&other.id))
        });
        Ok((links, now))
    }
}

/// A row that cannot be read is answered like none: it may be another person's.
fn readable<T>(found: Result<Option<T>, StoreError>) -> Result<Option<T>, StoreError> {
    match found {
        Err(StoreError::Malformed(_)) => Ok(None),
        found => found,
    }
}
