//! Cleanup of links that have ended. First their saved content is deleted, and later they leave the
//! list.

use access::now;

use crate::{
    Store, StoreError,
    stored::frozen::ELSEWHERE,
    sweep::{Sweep, Sweeping},
};

/// How long an ended link stays in the list, in seconds. The audit log keeps it longer.
const ENDED_KEPT: i64 = 90 * 24 * 60 * 60;

/// How many ended links of one person stay in the list.
const ENDED_OF_ONE: i64 = 1_000;

/// How many links are deleted in one transaction.
const DELETED: usize = 100;

/// How many links have their saved content deleted or moved at once. It can be 256 KiB each.
const CLEARED: usize = 4;

impl Store {
    /// Deletes links that ended 90 days ago, and all but the last 1,000 ended links of each person.
    /// Returns the number of deleted links. Deletes the saved content of the remaining ended links.
    ///
    /// # Errors
    /// If the store does not answer.
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
        // A link that the configuration ended early may become live again, so its own expiry
        // counts.
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

    /// Deletes the saved content of links that have ended: they cannot be opened again. If several
    /// callers ask at the same time, one of them does it for all.
    ///
    /// # Errors
    /// If the store does not answer. Part of the content may then be deleted.
    pub async fn clear_ended_links(&self) -> Result<(), StoreError> {
        self.sweeps.note_ended_link();
        let sweeping = self.sweeping().await;
        // If the previous caller began after this call, it has deleted everything.
        if !self.sweeps.take_ended_links() {
            return Ok(());
        }
        clear(&sweeping, KEPT_OF_ENDED, &[now().0]).await
    }
}

/// Deletes the saved content of these links, if they have ended at the time `$2`.
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
            // Earlier versions stored the content here. Now the column says that there is content.
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

/// Ended links that still have saved content, according to `link.frozen`. There is an index for
/// each half of this statement. SQLite uses the first one only if its column is compared.
const KEPT_OF_ENDED: &str = "SELECT id FROM link WHERE frozen IS NOT NULL AND revoked > 0 \
     UNION ALL SELECT id FROM link WHERE frozen IS NOT NULL AND expires <= $2 LIMIT $1";

/// Ended links that still have saved content, but that an earlier version marked as having none,
/// because it knows only `link.frozen`. This reads every link that has saved content.
const KEPT_UNMARKED: &str = "SELECT id FROM link_kept JOIN link ON id = link \
     WHERE frozen IS NULL AND (revoked IS NOT NULL OR expires <= $2) LIMIT $1";

/// Moves saved content that earlier versions stored in the rows of links to separate rows, so that
/// revoking a link writes only a small row. Processes of those versions no longer use the file, so
/// this runs once.
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

/// Writes [`ELSEWHERE`] in place of the moved content.
const MARK_AS_ELSEWHERE: &str =
    r#"UPDATE link SET frozen = '{"version":4294967295}' WHERE id = $1 AND LENGTH(frozen) > $2"#;

/// A longer text in `link.frozen` is the saved content.
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
    async fn one_caller_clears_for_all_that_wait() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        let turn = store.sweeping().await;
        let mut waiting: Vec<_> = (0..20)
            .map(|_| Box::pin(store.clear_ended_links()))
            .collect();
        let mut asked = Context::from_waker(Waker::noop());
        for one in &mut waiting {
            assert!(
                one.as_mut().poll(&mut asked).is_pending(),
                "two clear at the same time"
            );
        }
        drop(turn);
        waiting.remove(0).await.unwrap();
        // The others no longer need the store.
        store.close().await;
        for one in waiting {
            one.await.unwrap();
        }
        assert!(store.clear_ended_links().await.is_err(), "asked afterwards");
    }

    #[tokio::test]
    async fn live_links_and_links_without_content_are_not_read() {
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
    fn moved_content_is_marked_as_elsewhere() {
        assert!(MARK_AS_ELSEWHERE.contains(&format!("'{ELSEWHERE}'")));
    }
}
