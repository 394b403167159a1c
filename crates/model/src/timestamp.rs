//! Points in time, in whole seconds UTC.

use serde::{Deserialize, Serialize};

/// Seconds since 1970-01-01T00:00:00Z: the value from ECR without its fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// The last second of the year 9999 and the first of the year 1. Between them the year has four digits.
const CALENDAR: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

impl Timestamp {
    /// `2026-11-22T01:30:00Z`, for `datetime` attributes. A time outside the years 1 to 9999, which a pushed config
    /// can name, is written as its number of seconds.
    pub fn rfc3339(self) -> String {
        self.written('T', "Z")
    }

    /// `2026-11-22 01:30:00 UTC`, for people.
    pub fn utc(self) -> String {
        self.written(' ', " UTC")
    }

    /// The day in UTC, `2026-11-22`: the value of a date field in a form.
    pub fn day(self) -> String {
        let written = self.written('T', "");
        written.split('T').next().unwrap_or_default().to_owned()
    }

    /// The first second of a day, `2026-11-22`, in UTC. None if there is no such day.
    pub fn of_day(text: &str) -> Option<Self> {
        Self::from_utc(&format!("{text}T00:00"))
    }

    /// The same time some days later, or earlier if negative.
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(SECONDS_A_DAY)))
    }

    /// Parses a date and time from a form field, in UTC: `2026-11-22T01:30`, with or without seconds. None for
    /// anything else, and for days that do not exist.
    pub fn from_utc(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('T')?;
        let mut numbers = day.split('-').map(number);
        let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let mut parts = time.split(':').map(number);
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = parts.next().unwrap_or(Some(0))?;
        if numbers.next().is_some() || parts.next().is_some() {
            return None;
        }
        let is_time = hour < 24 && minute < 60 && second < 60;
        let days = days(year, month, day);
        // Days that do not exist map to other days.
        let is_day = (1..=9_999).contains(&year) && date(days) == (year, month, day);
        (is_time && is_day)
            .then(|| Self(days * SECONDS_A_DAY + hour * 3_600 + minute * 60 + second))
    }

    /// Whole seconds from `earlier` to this. Negative if this is before it.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Written by hand, because the browser formats times too, and a full time library would be too large there for
    /// two formats.
    fn written(self, between: char, after: &str) -> String {
        if !CALENDAR.contains(&self.0) {
            return self.0.to_string();
        }
        let (year, month, day) = date(self.0.div_euclid(SECONDS_A_DAY));
        let seconds = self.0.rem_euclid(SECONDS_A_DAY);
        let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        format!("{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}{after}")
    }
}

/// At most four digits, as a number.
fn number(text: &str) -> Option<i64> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The days since 1970-01-01 of a date in the Gregorian calendar: the inverse of [`date`].
fn days(year: i64, month: i64, day: i64) -> i64 {
    let from_march_of = year - i64::from(month <= 2);
    let era = from_march_of.div_euclid(400);
    let year_of_era = from_march_of.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day from a number of days since 1970-01-01, in the Gregorian calendar.
///
/// Years are counted from 1 March, so that the leap day ends the year: then the lengths of months repeat every five
/// (153 days), and all eras of 400 years are equal (146,097 days).
fn date(days: i64) -> (i64, i64, i64) {
    let from_march_of_year_0 = days + 719_468;
    let era = from_march_of_year_0.div_euclid(146_097);
    let day_of_era = from_march_of_year_0.rem_euclid(146_097);
    let leaps = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leaps) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use time::{OffsetDateTime, format_description::well_known::Rfc3339};

    use super::*;

    #[test]
    fn times_are_written_in_utc() {
        let time = Timestamp(1_795_311_000);
        assert_eq!(time.rfc3339(), "2026-11-22T01:30:00Z");
        assert_eq!(time.utc(), "2026-11-22 01:30:00 UTC");
    }

    #[test]
    fn days_of_the_whole_calendar_are_written_as_by_a_library() {
        for day in (*CALENDAR.start()..=*CALENDAR.end()).step_by(13 * 86_400 + 4_321) {
            let library = OffsetDateTime::from_unix_timestamp(day).unwrap();
            assert_eq!(Timestamp(day).rfc3339(), library.format(&Rfc3339).unwrap());
        }
    }

    #[test]
    fn a_day_round_trips_and_an_invalid_day_is_refused() {
        for day in (*CALENDAR.start()..=*CALENDAR.end()).step_by(17 * 86_400) {
            assert_eq!(
                Timestamp::of_day(&Timestamp(day + 86_399).day()),
                Some(Timestamp(day))
            );
        }
        for none in [
            "",
            "2026",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-11-31",
            "2026-11-22x",
            "-1-1-1",
        ] {
            assert_eq!(Timestamp::of_day(none), None, "{none}");
        }
    }

    #[test]
    fn a_written_time_can_be_parsed() {
        for minute in (*CALENDAR.start()..=*CALENDAR.end()).step_by(29 * 86_400 + 4_320) {
            let time = Timestamp(minute);
            let written = time.rfc3339();
            let field = written.trim_end_matches('Z');
            assert_eq!(Timestamp::from_utc(field), Some(time), "{field}");
        }
        let minute = Timestamp::from_utc("2026-11-22T01:30");
        assert_eq!(minute, Some(Timestamp(1_795_311_000)));
    }

    #[test]
    fn an_invalid_date_is_refused() {
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T",
            "2026-11-22T24:00",
            "2026-11-22T01:60",
            "2026-02-29T01:30",
            "2026-13-01T01:30",
            "2026-00-01T01:30",
            "2026-11-22T01:30Z",
            "2026-11-22T01:30:00:00",
            "2026-11-22-1T01:30",
            "0000-11-22T01:30",
            "99999-11-22T01:30",
            "+026-11-22T01:30",
        ] {
            assert_eq!(Timestamp::from_utc(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_beyond_the_calendar_does_not_panic() {
        for far in [
            i64::MAX,
            i64::MIN,
            *CALENDAR.end() + 1,
            *CALENDAR.start() - 1,
        ] {
            assert_eq!(Timestamp(far).utc(), far.to_string());
        }
        assert_eq!(
            Timestamp(i64::MAX).seconds_since(Timestamp(i64::MIN)),
            i64::MAX
        );
    }
}
