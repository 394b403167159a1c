//! Points in time, in whole seconds UTC.

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

/// Seconds since 1970-01-01T00:00:00Z: what ECR sends, without its fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// `2026-11-22T01:30:00Z`, for `datetime` attributes. A time outside the years 0 to 9999
    /// (nothing keeps a pushed config from naming one) is given as its number of seconds.
    pub fn rfc3339(self) -> String {
        let format = |time: OffsetDateTime| time.format(&Rfc3339).ok();
        self.date_time()
            .and_then(format)
            .unwrap_or_else(|| self.0.to_string())
    }

    /// `2026-11-22 01:30:00 UTC`, for people.
    pub fn utc(self) -> String {
        let readable = format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
        let format = |time: OffsetDateTime| time.format(&readable).ok();
        self.date_time()
            .and_then(format)
            .unwrap_or_else(|| self.0.to_string())
    }

    /// Reads an RFC 3339 time, as image configs carry it.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        OffsetDateTime::parse(text, &Rfc3339)
            .ok()
            .map(|time| Self(time.unix_timestamp()))
    }

    /// Whole seconds from `earlier` to this; negative when this is before it.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    fn date_time(self) -> Option<OffsetDateTime> {
        OffsetDateTime::from_unix_timestamp(self.0).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc() {
        let time = Timestamp(1_795_311_000);
        assert_eq!(time.rfc3339(), "2026-11-22T01:30:00Z");
        assert_eq!(time.utc(), "2026-11-22 01:30:00 UTC");
        assert_eq!(
            Timestamp::parse_rfc3339("2026-11-22T02:30:00+01:00"),
            Some(time)
        );
    }

    #[test]
    fn a_time_beyond_the_calendar_does_not_panic() {
        assert_eq!(Timestamp(i64::MAX).utc(), i64::MAX.to_string());
        assert_eq!(
            Timestamp(i64::MAX).seconds_since(Timestamp(i64::MIN)),
            i64::MAX
        );
    }
}
