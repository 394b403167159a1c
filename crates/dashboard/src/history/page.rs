//! A tag's history page.

use std::sync::Arc;

use access::{ListGrant, Viewer, now};
use model::{
    Digest, RepositoryAt, Tag, Timestamp,
    image::{HistoryDetail, Moment, TagHistory},
    query::HistoryQuery,
};
use store::history::{Incarnation, Millis};

use super::{Histories, moment, past};
use crate::{
    Catalog, Refusal,
    catalog::{Opened, granted_throughout, read_at},
};

/// How many changes a page lists.
const MOST_CHANGES: u32 = 50;

/// Where tags pointed.
#[derive(Debug, Clone)]
pub struct History {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) histories: Histories,
}

impl History {
    /// A tag's history page, also for a tag that was deleted.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the tag was never seen, or nothing of the repository is granted.
    pub async fn page(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
        tag: &Tag,
        query: &HistoryQuery,
    ) -> Result<HistoryDetail, Refusal> {
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            self.page_of(opened, tag, query).await
        })
    }

    async fn page_of(
        &self,
        opened: &Opened<'_>,
        tag: &Tag,
        query: &HistoryQuery,
    ) -> Result<HistoryDetail, Refusal> {
        let list = opened.images().await?.list;
        let known = self.histories.inventory.points_at(&list, tag);
        let as_of = read_at(&known)?;
        let latest = known.value;
        let of = self.histories.incarnation(&list);
        let past = self.past(
            of.as_ref(),
            &list,
            tag,
            latest.as_ref(),
            as_of,
            query.older_than,
        );
        let (history, older) = past.await?;
        if latest.is_none() && history.seen.is_empty() {
            return Err(Refusal::NotFound);
        }
        let moment = match (query.at.is_empty(), query.time()) {
            (true, _) => None,
            (false, None) => Some(Moment::Invalid),
            (false, Some(at)) => Some(self.at(of.as_ref(), &list, tag, at).await?),
        };
        Ok(HistoryDetail {
            repository: opened.entry.repository().clone(),
            tag: tag.clone(),
            exists: latest.is_some(),
            history,
            older,
            moment,
            source: opened.source(),
            as_of,
            now: now(),
        })
    }

    /// A page of what happened, and the number of its oldest change, if there are older ones.
    async fn past(
        &self,
        of: Option<&Incarnation>,
        list: &ListGrant,
        tag: &Tag,
        latest: Option<&Digest>,
        as_of: Timestamp,
        older_than: Option<i64>,
    ) -> Result<(TagHistory, Option<i64>), Refusal> {
        let stored = match of {
            Some(of) => {
                let number = older_than.unwrap_or(i64::MAX);
                let reading =
                    self.histories
                        .store
                        .tag_history_before(of, tag, number, MOST_CHANGES);
                reading.await.map_err(|error| unreadable(&error))?
            }
            None => None,
        };
        let older = stored.as_ref().filter(|stored| stored.more > 0);
        let older = older.and_then(|stored| Some(stored.changes.last()?.number));
        let told = match (stored, older_than) {
            (Some(stored), Some(_)) => Some(past::sightings(stored, None)),
            (Some(stored), None) => past::told(stored, latest, as_of),
            (None, _) => None,
        };
        let seen = || match latest {
            Some(latest) => self.histories.inventory.history(list, tag, latest),
            None => {
                let gone = self.histories.inventory.gone(list, tag);
                gone.map(|gone| gone.history).unwrap_or_default()
            }
        };
        let mut history = told.unwrap_or_else(seen);
        self.histories.name(&mut history, list, tag);
        Ok((history, older))
    }

    /// Where the tag pointed at a time.
    async fn at(
        &self,
        of: Option<&Incarnation>,
        list: &ListGrant,
        tag: &Tag,
        at: Timestamp,
    ) -> Result<Moment, Refusal> {
        if at > now() {
            return Ok(Moment::Future(at));
        }
        let Some(of) = of else {
            return Ok(Moment::NotStored(at));
        };
        let millis = Millis(at.0.saturating_mul(1_000));
        let stored = self.histories.store.tag_at(of, tag, millis).await;
        let Some(stored) = stored.map_err(|error| unreadable(&error))? else {
            return Ok(Moment::NotStored(at));
        };
        let name = |digest: &Digest| self.histories.pointed(list, digest, tag);
        let is_there = |digest: &Digest| self.histories.inventory.has_image(list, digest).value;
        Ok(moment::told(stored, at, name, is_there))
    }
}

fn unreadable(error: &store::StoreError) -> Refusal {
    tracing::error!(%error, "Gantry cannot read the history of a tag");
    Refusal::Store
}
