use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A moment in UTC with millisecond precision. On the wire it is a number: seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    milliseconds: i64,
}

impl Timestamp {
    /// The current time of the host's clock.
    #[must_use]
    pub fn now() -> Self {
        let since_1970 = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or(Duration::ZERO);
        Self {
            milliseconds: i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX),
        }
    }

    /// The moment this many seconds after the start of 1970 UTC.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self {
            milliseconds: seconds.saturating_mul(1000),
        }
    }

    /// Whole seconds since the start of 1970 UTC.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.milliseconds.div_euclid(1000)
    }

    /// The moment in RFC 3339 format, to the second. None for a year that the format does not support.
    #[must_use]
    pub(crate) fn to_rfc3339(self) -> Option<String> {
        let moment = OffsetDateTime::from_unix_timestamp(self.seconds()).ok()?;
        moment.format(&Rfc3339).ok()
    }

    /// The moment this much later.
    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        Self {
            milliseconds: self.milliseconds.saturating_add(milliseconds(duration)),
        }
    }

    /// The moment this much earlier.
    #[must_use]
    pub fn before(self, duration: Duration) -> Self {
        Self {
            milliseconds: self.milliseconds.saturating_sub(milliseconds(duration)),
        }
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The milliseconds of any date before the year 200,000 fit exactly into a double.
        serializer.serialize_f64(self.milliseconds as f64 / 1000.0)
    }
}
