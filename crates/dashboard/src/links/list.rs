//! The list of links.

use access::{PersonId, SHOW_IMAGES, Viewer, now};
use model::{
    PAGE_ROWS, Page,
    link::{LinkList, LinkQuery, LinkRow, LinkScope, LinkState},
    query::{has_word, paginate, place, words},
};
use store::links::Wanted;

use super::{Links, bearer};
use crate::Refusal;

/// How many of the newest links a search covers.
const SEARCHED: u32 = 10_000;

impl Links {
    /// The viewer's links, or all links for administrators who ask for them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if links are disabled; [`Refusal::Store`].
    pub async fn list(&self, viewer: &Viewer, query: &LinkQuery) -> Result<LinkList, Refusal> {
        self.with_links()?;
        let (everybody, now) = (viewer.admin && query.everybody, now());
        let wanted = Wanted {
            maker: (!everybody).then_some(&viewer.id),
            query,
            now,
            longest: self.settings.longest,
        };
        let (total, matching) = self.store.count_links(&wanted).await?;
        let page = if words(&query.text).next().is_none() {
            let (number, pages) = place(PAGE_ROWS, matching, query.page);
            let before = (number - 1).saturating_mul(PAGE_ROWS);
            Page {
                rows: self.store.links(&wanted, PAGE_ROWS, before).await?,
                total,
                matching,
                number,
                pages,
                as_of: None,
                incomplete: false,
                problem: None,
                now,
            }
        } else {
            let rows = self.store.links(&wanted, SEARCHED, 0).await?;
            let (text, number) = (query.text.clone(), query.page);
            let searching = move || {
                let says_all = |row: &LinkRow| words(&text).all(|word| says(row, word));
                let found = rows.into_iter().filter(says_all).collect();
                paginate(found, total, number, now)
            };
            let page = self.catalog.work.run(&viewer.id, searching).await;
            Page {
                incomplete: matching > SEARCHED,
                ..page
            }
        };
        let page = page.map(|row| LinkRow {
            state: self.state_now(&row),
            ..row
        });
        Ok(LinkList { page, everybody })
    }

    /// Whether a link that has not ended opens for its bearer, by what was read last. What was not read yet closes none.
    fn state_now(&self, row: &LinkRow) -> LinkState {
        let target = &row.target;
        if row.state != LinkState::Live {
            return row.state;
        }
        let is_shown = match self.catalog.inventory.entry(&target.repository) {
            Some(entry) => {
                let (gate, policies) = (&self.catalog.gate, entry.policies());
                let visitor = PersonId::visitors_of(&row.id);
                let teams = &self.catalog.teams;
                let bearer = bearer::among(teams, &row.bearer, &visitor, &row.maker_name);
                gate.last_ruling(policies).is_none()
                    || bearer.is_some_and(|it| gate.granted_last(&it, policies, &SHOW_IMAGES))
            }
            None => {
                let mut status = self.catalog.status().into_iter();
                !status.any(|registry| {
                    registry.alias == target.repository.registry && registry.settled
                })
            }
        };
        if is_shown {
            LinkState::Live
        } else {
            LinkState::Closed
        }
    }
}

/// Whether a row contains a word.
fn says(row: &LinkRow, word: &str) -> bool {
    let scope = match &row.target.scope {
        LinkScope::Repository => "",
        LinkScope::Tag(tag) => tag.as_str(),
        LinkScope::Image(digest) => digest.as_str(),
    };
    [
        row.id.as_str(),
        row.target.repository.registry.as_str(),
        row.target.repository.name.as_str(),
        scope,
        &row.note,
        &row.maker_name,
        row.bearer.team.as_str(),
    ]
    .iter()
    .any(|text| has_word(text, word))
}
