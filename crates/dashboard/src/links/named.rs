//! Links by their ids: one that was just made, and those that somebody is about to revoke.

use std::collections::BTreeSet;

use access::{Viewer, now};
use model::{
    PAGE_ROWS, Timestamp,
    link::{LinkRow, LinkState},
};

use super::Links;
use super::token::Token;
use crate::Refusal;

impl Links {
    /// A link of the viewer's own, and whether a token is the one that opens it: who has just made it brings
    /// the token, since Gantry keeps only a hash of it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the viewer made no such link; [`Refusal::Store`].
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
        let link = self.store.link(id, is_there, now(), longest).await?;
        let link = link.filter(|link| link.row.maker == viewer.id.as_str());
        let link = link.ok_or(Refusal::NotFound)?;
        Ok((link.row, opens))
    }

    /// The links with these ids that are live and that the viewer may revoke: their own, and anybody's for
    /// administrators. As many as [`Links::revoke`] takes. And the server's time.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there are no links at all; [`Refusal::Store`].
    pub async fn revocable(
        &self,
        viewer: &Viewer,
        ids: &[String],
    ) -> Result<(Vec<LinkRow>, Timestamp), Refusal> {
        self.with_links()?;
        let ids: BTreeSet<_> = ids.iter().take(PAGE_ROWS as usize).collect();
        let (mut links, now) = (Vec::new(), now());
        for id in ids {
            let found = self
                .store
                .listed_link(id, now, self.settings.longest)
                .await?;
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
