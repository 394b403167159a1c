//! What becomes of links that have ended: first what they keep is cleared, and later they leave the list.

use access::now;

use crate::{
    Store, StoreError,
    stored::frozen::ELSEWHERE,
    sweep::{Sweep, Sweeping},
};

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
        let sweeping = self.sweeping().await;
        if self.rewrites_rows() {
            let are_small = &self.sweeps.links_are_small;
            are_small
                .get_or_try_init(|| make_links_small(&sweeping))
                .await?;
        }
        let now = now().0;
        clear(&sweeping, KEPT_UNMARKED, &[now]).await?;
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
        Ok(sweeping.sweep(&old).await? + sweeping.sweep(&surplus).await?)
    }

    /// Clears what links kept that have ended: nobody opens them again. Of many who ask for it at the same time, one does
    /// it for all.
    ///
    /// # Errors
    /// When the store does not answer: then some of it is cleared.
    pub async fn clear_ended_links(&self) -> Result<(), StoreError> {
        self.sweeps.note_ended_link();
        let sweeping = self.sweeping().await;
        // Who had the turn before has cleared it all, if they began after this was asked.
        if !self.sweeps.take_ended_links() {
            return Ok(());
        }
        clear(&sweeping, KEPT_OF_ENDED, &[now().0]).await
    }
}

/// Clears what these links keep, if they have ended by now, `$2`.
async fn clear(
    sweeping: &Sweeping<'_>,
    links: &'static str,
    now: &[i64; 1],
) -> Result<(), StoreError> {
    let kept = Sweep {
        find: (links, now),
        change: &[
            (
                "DELETE FROM link_kept WHERE link IN (SELECT id FROM link \
                 WHERE id = $1 AND (revoked IS NOT NULL OR expires <= $2))",
                now,
            ),
            // Versions before kept it here, and now it says that there is something.
            (
                "UPDATE link SET frozen = NULL \
                 WHERE id = $1 AND (revoked IS NOT NULL OR expires <= $2)",
                now,
            ),
        ],
        at_once: CLEARED,
    };
    sweeping.sweep(&kept).await?;
    Ok(())
}

/// Links that have ended and still keep something: `link.frozen` says whether they do. There are two indexes of those
/// alone, one for each half; SQLite uses the first only where its column is compared.
const KEPT_OF_ENDED: &str = "SELECT id FROM link WHERE frozen IS NOT NULL AND revoked > 0 \
     UNION ALL SELECT id FROM link WHERE frozen IS NOT NULL AND expires <= $2 LIMIT $1";

/// Links that have ended and still keep something, which a version before has marked as keeping nothing: it knows no other
/// place than `link.frozen`. Every link that keeps something is looked at.
const KEPT_UNMARKED: &str = "SELECT id FROM link_kept JOIN link ON id = link \
     WHERE frozen IS NULL AND (revoked IS NOT NULL OR expires <= $2) LIMIT $1";

/// Moves what versions before kept in the rows of links to rows of its own, so that a link is revoked by writing a small
/// row. No process of such a version uses the file any more, so this is done once.
async fn make_links_small(sweeping: &Sweeping<'_>) -> Result<(), StoreError> {
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
            (MARK_AS_ELSEWHERE, &SMALL),
        ],
        at_once: CLEARED,
    };
    sweeping.sweep(&large).await?;
    Ok(())
}

/// Says [`ELSEWHERE`] in place of what was moved.
const MARK_AS_ELSEWHERE: &str =
    r#"UPDATE link SET frozen = '{"version":4294967295}' WHERE id = $1 AND LENGTH(frozen) > $2"#;

/// A longer text in `link.frozen` is what the link keeps.
const SMALL: [i64; 1] = [ELSEWHERE.len() as i64];

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use std::task::{Context, Waker};

    use sqlx::Row;

    use super::*;
    use crate::StoreUrl;

    async fn store(folder: &tempfile::TempDir) -> Store {
        let url = StoreUrl::file(&folder.path().join("gantry.db"));
        Store::open(&url).await.unwrap()
    }

    #[tokio::test]
    async fn one_clears_for_all_who_ask_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        let turn = store.sweeping().await;
        let mut waiting: Vec<_> = (0..20)
            .map(|_| Box::pin(store.clear_ended_links()))
            .collect();
        let mut asked = Context::from_waker(Waker::noop());
        for one in &mut waiting {
            assert!(one.as_mut().poll(&mut asked).is_pending(), "two at a time");
        }
        drop(turn);
        waiting.remove(0).await.unwrap();
        // The others have no use for the store any more.
        store.close().await;
        for one in waiting {
            one.await.unwrap();
        }
        assert!(store.clear_ended_links().await.is_err(), "asked afterwards");
    }

    #[tokio::test]
    async fn links_that_keep_nothing_or_live_on_are_not_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        let explain = format!("EXPLAIN QUERY PLAN {KEPT_OF_ENDED}");
        let plan = sqlx::query(sqlx::AssertSqlSafe(explain));
        let plan = plan.bind(1).bind(1).fetch_all(store.pool()).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
        for index in ["link_kept_when_revoked", "link_kept_until"] {
            let searches = format!("SEARCH link USING INDEX {index} ");
            assert!(plan.iter().any(|it| it.starts_with(&searches)), "{plan:?}");
        }
        assert!(!plan.iter().any(|it| it.starts_with("SCAN")), "{plan:?}");
    }

    #[test]
    fn what_was_moved_is_marked_as_elsewhere() {
        assert!(MARK_AS_ELSEWHERE.contains(&format!("'{ELSEWHERE}'")));
    }
}
