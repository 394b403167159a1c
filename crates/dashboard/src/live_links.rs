//! How many share links lead to a repository.

use access::now;
use store::Store;

use crate::{LinkSettings, Refusal, catalog::Opened};

/// Counts the live links to a repository.
#[derive(Debug, Clone)]
pub(crate) struct LiveLinks {
    pub(crate) store: Store,
    pub(crate) settings: LinkSettings,
}

impl LiveLinks {
    /// How many live links a repository, its tags and its images have: the viewer's own, or all for an administrator.
    /// How much others share is not shown.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where links are disabled, [`Refusal::Store`] when the store does not answer.
    pub(crate) async fn of(&self, opened: &Opened<'_>) -> Result<u32, Refusal> {
        let LinkSettings {
            enabled, longest, ..
        } = self.settings;
        if !enabled {
            return Err(Refusal::NotFound);
        }
        let viewer = opened.viewer;
        let maker = (!viewer.admin).then_some(&viewer.id);
        let repository = opened.entry.repository();
        let counting = self
            .store
            .count_live_links(maker, repository, now(), longest);
        Ok(counting.await?)
    }
}
