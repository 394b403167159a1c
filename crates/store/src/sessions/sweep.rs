//! Cleanup of sessions that have ended or are too many.

use access::now;

use super::{SessionTimes, seconds};
use crate::{Store, StoreError, sweep::Sweep};

/// How many sessions are changed in one transaction.
const AT_ONCE: usize = 100;

impl Store {
    /// Deletes sessions that have ended or are too many, and returns their number. In other
    /// sessions, it deletes content that the first release stored there.
    ///
    /// # Errors
    /// If the store does not answer.
    pub async fn sweep_sessions(&self, times: SessionTimes) -> Result<u64, StoreError> {
        let now = now().0;
        let limits = [now, now.saturating_sub(seconds(times.idle))];
        let ended = Sweep {
            find: (
                "SELECT id FROM session WHERE ends <= $2 OR used <= $3 LIMIT $1",
                &limits,
            ),
            change: &[(
                "DELETE FROM session WHERE id = $1 AND (ends <= $2 OR used <= $3)",
                &limits,
            )],
            at_once: AT_ONCE,
        };
        // Processes of a release without a limit may have begun more. The most recently used
        // sessions stay.
        let surplus = Sweep {
            find: (
                "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY person \
                 ORDER BY used DESC, id) AS place FROM session WHERE person IS NOT NULL) AS ranked \
                 WHERE place > $2 LIMIT $1",
                &[i64::from(self.most_sessions())],
            ),
            change: &[("DELETE FROM session WHERE id = $1", &[])],
            at_once: AT_ONCE,
        };
        // The first release stored ID tokens and the secrets of unfinished sign-ins as plain text.
        // During an update, its processes still write them. A text inside this JSON cannot look
        // like these keys, because its quotation marks are escaped with backslashes.
        let secrets = Sweep {
            find: (
                "SELECT id FROM session WHERE content LIKE '%\"id_token\":%' \
                 OR content LIKE '%\"attempts\":%' LIMIT $1",
                &[],
            ),
            change: &[(
                "UPDATE session SET content = '{}' WHERE id = $1 AND \
                 (content LIKE '%\"id_token\":%' OR content LIKE '%\"attempts\":%')",
                &[],
            )],
            at_once: AT_ONCE,
        };
        let sweeping = self.sweeping().await;
        let gone = sweeping.sweep(&ended).await? + sweeping.sweep(&surplus).await?;
        sweeping.sweep(&secrets).await?;
        Ok(gone)
    }
}
