//! The time, as people are shown it.

use std::time::SystemTime;

use model::Timestamp;

/// The time now, in whole seconds.
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
