//! Values that are not texts: numbers, times, booleans and bytes.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use time::{Date, Month, Time};

/// The maximum number of digits: with more, two different numbers may be the same `f64`.
const MOST_DIGITS: usize = 15;

/// An integer or a decimal number, such as `-12.5`.
pub(crate) fn number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let valid = are_digits(whole) && are_digits(fraction);
    let is_exact = unsigned.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS;
    (valid && is_exact).then(|| text.parse().ok()).flatten()
}

/// `true` or `false`, case-insensitive.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    (is("true") || is("false")).then(|| is("true"))
}

/// Bytes in base64.
pub(crate) fn bytes(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text).ok()
}

/// A point in time, in nanoseconds since the start of 1970. The text has one of the W3C's ISO 8601 forms, or is a
/// number of seconds since 1970. Four digits are a year.
///
/// Source: "Date condition operators" in the IAM User Guide; the W3C's note "Date and Time Formats".
pub(crate) fn moment(text: &str) -> Option<i128> {
    const SECOND: i128 = 1_000_000_000;
    let is_year = text.len() == 4 && are_digits(text);
    if !is_year && let Some(seconds) = epoch(text) {
        return Some(seconds);
    }
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = i32::try_from(digits(parts.next()?, 4)?).ok()?;
    let month = parts.next().map_or(Some(1), |month| digits(month, 2))?;
    let day = parts.next().map_or(Some(1), |day| digits(day, 2))?;
    if parts.next().is_some() || (time.is_some() && date.len() != 10) {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
    let midnight = date.with_time(Time::MIDNIGHT).assume_utc();
    let (nanoseconds, offset) = time.map_or(Some((0, 0)), time_of_day)?;
    Some(midnight.unix_timestamp_nanos() + nanoseconds - offset * SECOND)
}

/// Whole seconds since 1970.
fn epoch(text: &str) -> Option<i128> {
    let valid = are_digits(text) && text.len() <= 18;
    let seconds: i128 = valid.then(|| text.parse().ok()).flatten()?;
    Some(seconds * 1_000_000_000)
}

/// A time of day with its zone: nanoseconds since midnight, and seconds ahead of UTC.
fn time_of_day(text: &str) -> Option<(i128, i128)> {
    let zone = text.find(['Z', '+', '-'])?;
    let (clock, zone) = text.split_at(zone);
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = digits(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let (second, fraction) = match parts
        .next()
        .map(|part| part.split_once('.').unwrap_or((part, "0")))
    {
        Some((second, fraction)) => (
            digits(second, 2).filter(|s| *s < 60)?,
            nanoseconds(fraction)?,
        ),
        None => (0, 0),
    };
    if parts.next().is_some() {
        return None;
    }
    let seconds = i128::from(hour * 3_600 + minute * 60 + second);
    Some((seconds * 1_000_000_000 + fraction, offset(zone)?))
}

/// Seconds ahead of UTC.
fn offset(zone: &str) -> Option<i128> {
    let (sign, rest) = match zone.as_bytes().first() {
        None => return None,
        Some(b'Z') => return (zone.len() == 1).then_some(0),
        Some(b'+') => (1, &zone[1..]),
        Some(_) => (-1, &zone[1..]),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours < 24 && minutes < 60).then(|| sign * i128::from(hours * 3_600 + minutes * 60))
}

/// Exactly this many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let valid = text.len() == count && are_digits(text);
    valid.then(|| text.parse().ok()).flatten()
}

/// Whether a text consists of one or more digits.
fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A fraction of a second from its digits: at most nine of them.
fn nanoseconds(fraction: &str) -> Option<i128> {
    let valid = are_digits(fraction) && fraction.len() <= 9;
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    valid.then(|| digits.fold(0, |sum, digit| sum * 10 + i128::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_documented_form() {
        let second = |seconds: i128| Some(seconds * 1_000_000_000);
        for (text, expected) in [
            ("2026-11-22T12:30:00Z", second(1_795_350_600)),
            ("2026-11-22T13:30:00+01:00", second(1_795_350_600)),
            ("2026-11-22T12:30Z", second(1_795_350_600)),
            (
                "2026-11-22T12:30:00.5Z",
                second(1_795_350_600).map(|t| t + 500_000_000),
            ),
            ("1795350600", second(1_795_350_600)),
            ("2026-11-22", second(1_795_305_600)),
            ("2026-11", second(1_793_491_200)),
            ("2026", second(1_767_225_600)),
            ("1970-01-01T00:00:00-00:30", second(1_800)),
            ("2026-02-29", None),
            ("2026-13-01", None),
            ("2026-11-22T25:00:00Z", None),
            ("2026-11T10:00Z", None),
            ("2026-11-22T12:30:00", None),
            ("2026-11-22 12:30:00Z", None),
            ("2026-11-22t12:30:00z", None),
            ("2026-11-22T12:30:00+0100", None),
            ("2026-11-22T12:30:60Z", None),
            ("2026-11-22T12:30:00.1234567891Z", None),
            (" 1795350600", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(moment(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_booleans_and_bytes_are_read() {
        assert_eq!(number("12"), Some(12.0));
        assert_eq!(number("-1.5"), Some(-1.5));
        assert_eq!(number("999999999999999"), Some(999_999_999_999_999.0));
        for bad in [
            "inf",
            "NaN",
            "",
            "1x",
            "0x10",
            "1e3",
            "+1",
            " 1",
            "1 ",
            ".5",
            "5.",
            "1-2",
            "1.2.3",
            "9007199254740993",
            "0.1000000000000000001",
        ] {
            assert_eq!(number(bad), None, "{bad}");
        }
        assert_eq!(boolean("True"), Some(true));
        assert_eq!(boolean("no"), None);
        assert_eq!(boolean(" true "), None);
        assert_eq!(bytes("aGk="), Some(b"hi".to_vec()));
        for bad in ["%", "aGk", " aGk="] {
            assert_eq!(bytes(bad), None, "{bad}");
        }
    }
}
