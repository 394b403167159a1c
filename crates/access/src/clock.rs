//! The clock for times that people see.

use std::time::SystemTime;

use model::Timestamp;

/// The current time, in whole seconds.
pub fn now() -> Timestamp {
    second_of(SystemTime::now())
}

/// The second that a time is in.
pub fn second_of(at: SystemTime) -> Timestamp {
    let since = at
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
