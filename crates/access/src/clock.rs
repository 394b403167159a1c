//! The clock for times that people see.

use std::time::SystemTime;

use model::Timestamp;

/// The current time, in whole seconds.
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
