//! Revoking links.

use std::{collections::BTreeSet, time::Instant};

use access::{RequestOrigin, Viewer, now};
use model::{PAGE_ROWS, audit::Event, link::LinkSelection};

use store::{
    Store, StoreError, audit,
    links::{Chosen, REVOKED, Revoked},
};

use super::Links;
use super::entry;
use crate::Refusal;

impl Links {
    /// Revokes links and returns how many were revoked: live ones only, and only the viewer's own
    /// unless they are an administrator. Continues even if the caller leaves. From then on, no one
    /// can open these links; their saved content is deleted afterwards.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if links are disabled. [`Refusal::Store`]: some or all of the links
    /// are then still live. The revoked ones are in the audit log.
    pub async fn revoke(
        &self,
        viewer: &Viewer,
        request_origin: &RequestOrigin,
        which: &LinkSelection,
    ) -> Result<u64, Refusal> {
        self.with_links()?;
        let revoking = Revoking {
            store: self.store.clone(),
            viewer: viewer.clone(),
            request_origin: request_origin.clone(),
            which: which.clone(),
            longest: self.settings.longest,
        };
        let revoked = tokio::spawn(async move { revoking.all().await }).await;
        // The task ends early only if its runtime ends.
        let ended = |_| StoreError::interrupted();
        let count = revoked.map_err(ended)??;
        if count > 0 {
            let store = self.store.clone();
            tokio::spawn(async move {
                // The rest is deleted with the content of expired links.
                if let Err(error) = store.clear_ended_links().await {
                    tracing::warn!(%error, "Gantry could not yet delete the data that revoked share links kept");
                }
            });
        }
        Ok(count)
    }
}

/// Which links to revoke, and for whom.
struct Revoking {
    store: Store,
    viewer: Viewer,
    request_origin: RequestOrigin,
    which: LinkSelection,
    longest: i64,
}

impl Revoking {
    /// Revokes all of them and returns their number.
    async fn all(&self) -> Result<u64, StoreError> {
        let mut count = 0;
        loop {
            let began = Instant::now();
            let revoked = self.some().await?;
            count += revoked;
            if revoked < REVOKED {
                return Ok(count);
            }
            // SQLite does not queue writers, so this leaves them half of the time.
            tokio::time::sleep(began.elapsed()).await;
        }
    }

    /// Revokes and records as many as fit in one transaction, or none.
    async fn some(&self) -> Result<u64, StoreError> {
        let chosen: Vec<_> = match &self.which {
            LinkSelection::These(ids) => {
                // Each link needs a statement while no one else can write. So this takes one page
                // of links, each only once.
                let ids: BTreeSet<_> = ids.iter().take(PAGE_ROWS as usize).collect();
                ids.into_iter().map(|id| Chosen::Id(id)).collect()
            }
            LinkSelection::Maker(maker) => vec![Chosen::Maker(maker)],
            LinkSelection::Team(team) => vec![Chosen::Team(team.as_str())],
        };
        let by = (&self.viewer.id, self.viewer.admin);
        let entry = |link: &Revoked| self.entry(link);
        self.store
            .revoke_links(&chosen, by, now(), self.longest, entry)
            .await
    }

    /// The row of the audit log for a revoked link.
    fn entry(&self, link: &Revoked) -> audit::Entry {
        let mut entry = entry(
            Event::LinkRevoked,
            &self.request_origin,
            &link.id,
            link.bearer.as_ref(),
            link.repository.as_ref(),
        )
        .by(&self.viewer);
        entry.arguments.push(("maker", link.maker.clone()));
        entry
    }
}
