//! What becomes of links that have ended: first what they keep is cleared, and later they leave the list.

use access::now;

use crate::{Store, StoreError, stored::frozen::ELSEWHERE, sweep::Sweep};

/// How long an ended link stays in the list, in seconds. The audit log has it for longer.
const ENDED_KEPT: i64 = 90 * 24 * 60 * 60;

/// How many ended links of one person stay in the list.
const ENDED_OF_ONE: i64 = 1_000;

/// How many links are deleted in one transaction.
const DELETED: usize = 100;

/// Of how many links at once is cleared or moved what they keep: it may be 256 KiB each.
const CLEARED: usize = 4;

impl Store {
    /// Drops links that ended 90 days ago, and of each person's ended links all but the 1,000 that ended
    /// last. Says how many there were. What the others kept is cleared.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sweep_links(&self) -> Result<u64, StoreError> {
        self.clear_ended_links().await?;
        if self.rewrites_rows() {
            self.make_links_small().await?;
        }
        let now = now().0;
        // A link that the configuration ended early may live again, so its own end counts.
        let limit = [now.saturating_sub(ENDED_KEPT)];
        let old = Sweep {
            find: (
                "SELECT id FROM link WHERE revoked <= $2 OR expires <= $2 LIMIT $1",
                &limit,
            ),
            change: &[(
                "DELETE FROM link WHERE id = $1 AND (revoked <= $2 OR expires <= $2)",
                &limit,
            )],
            at_once: DELETED,
        };
        let surplus = Sweep {
            find: (
                "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY maker \
                 ORDER BY COALESCE(revoked, expires) DESC, id) AS place FROM link \
                 WHERE revoked IS NOT NULL OR expires <= $2) AS ended WHERE place > $3 LIMIT $1",
                &[now, ENDED_OF_ONE],
            ),
            change: &[(
                "DELETE FROM link WHERE id = $1 AND (revoked IS NOT NULL OR expires <= $2)",
                &[now],
            )],
            at_once: DELETED,
        };
        Ok(self.sweep(&old).await? + self.sweep(&surplus).await?)
    }

    /// Clears what links kept that have ended: nobody opens them again.
    ///
    /// # Errors
    /// When the store does not answer: then some of it is cleared.
    pub async fn clear_ended_links(&self) -> Result<(), StoreError> {
        let now = [now().0];
        let kept = Sweep {
            find: (
                "SELECT link.id FROM link_kept JOIN link ON link.id = link_kept.link \
                 WHERE link.revoked IS NOT NULL OR link.expires <= $2 LIMIT $1",
                &now,
            ),
            change: &[(
                "DELETE FROM link_kept WHERE link IN (SELECT id FROM link \
                 WHERE id = $1 AND (revoked IS NOT NULL OR expires <= $2))",
                &now,
            )],
            at_once: CLEARED,
        };
        // Versions before kept it here.
        let frozen = Sweep {
            find: (
                "SELECT id FROM link WHERE frozen IS NOT NULL \
                 AND (revoked IS NOT NULL OR expires <= $2) LIMIT $1",
                &now,
            ),
            change: &[(
                "UPDATE link SET frozen = NULL \
                 WHERE id = $1 AND (revoked IS NOT NULL OR expires <= $2)",
                &now,
            )],
            at_once: CLEARED,
        };
        self.sweep(&kept).await?;
        self.sweep(&frozen).await?;
        Ok(())
    }

    /// Moves what versions before kept in the rows of links to rows of its own, so that a link is revoked by
    /// writing a small row. No process of such a version uses the file any more.
    async fn make_links_small(&self) -> Result<(), StoreError> {
        let large = Sweep {
            find: (
                "SELECT id FROM link WHERE LENGTH(frozen) > $2 LIMIT $1",
                &SMALL,
            ),
            change: &[
                (
                    "INSERT INTO link_kept (link, content) SELECT id, frozen FROM link \
                     WHERE id = $1 AND LENGTH(frozen) > $2 ON CONFLICT (link) DO NOTHING",
                    &SMALL,
                ),
                (
                    "UPDATE link SET frozen = NULL WHERE id = $1 AND LENGTH(frozen) > $2",
                    &SMALL,
                ),
            ],
            at_once: CLEARED,
        };
        self.sweep(&large).await?;
        Ok(())
    }
}

/// A longer text in `link.frozen` is what the link keeps.
const SMALL: [i64; 1] = [ELSEWHERE.len() as i64];
