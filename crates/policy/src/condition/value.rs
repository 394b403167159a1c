//! Values that are not texts: numbers, times, addresses, booleans and bytes.

use std::net::IpAddr;

use base64::{Engine as _, alphabet, engine};
use time::{Date, Month, Time};

/// A decimal number, such as `-12.5` or `3e2`.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    // Rust reads words too, such as "inf".
    let valid = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    // One that is too large would equal every other such one.
    let read = valid.then(|| text.parse().ok()).flatten();
    read.filter(|number: &f64| number.is_finite())
}

/// `true` or `false`, in any case.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.trim().eq_ignore_ascii_case(word);
    (is("true") || is("false")).then(|| is("true"))
}

/// Bytes in base64, with or without its padding.
pub(crate) fn bytes(text: &str) -> Option<Vec<u8>> {
    const ENGINE: engine::GeneralPurpose = engine::GeneralPurpose::new(
        &alphabet::STANDARD,
        engine::GeneralPurposeConfig::new()
            .with_decode_padding_mode(engine::DecodePaddingMode::Indifferent),
    );
    ENGINE.decode(text.trim()).ok()
}

/// A point in time, in nanoseconds since 1970 began: written in one of the forms that the W3C chose
/// from ISO 8601, or in seconds since 1970. Four digits are a year.
///
/// Source: "Date condition operators" in the IAM User Guide; the W3C's note "Date and Time Formats".
pub(crate) fn moment(text: &str) -> Option<i128> {
    const SECOND: i128 = 1_000_000_000;
    let text = text.trim();
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_year && let Some(seconds) = epoch(text) {
        return Some(seconds);
    }
    let (date, time) = match text.split_once(['T', 't', ' ']) {
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

/// Seconds since 1970, perhaps with a fraction.
fn epoch(text: &str) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let valid = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !valid(whole) || !valid(fraction) || whole.len() > 18 {
        return None;
    }
    Some(sign * (whole.parse::<i128>().ok()? * 1_000_000_000 + nanoseconds(fraction)?))
}

/// A time of day with its zone: nanoseconds since midnight, and seconds ahead of UTC.
fn time_of_day(text: &str) -> Option<(i128, i128)> {
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = digits(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let (second, fraction) = match parts
        .next()
        .map(|part| part.split_once('.').unwrap_or((part, "0")))
    {
        Some((second, fraction)) => (
            digits(second, 2).filter(|s| *s < 61)?,
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

/// Seconds ahead of UTC. A time without a zone is taken for UTC.
fn offset(zone: &str) -> Option<i128> {
    let (sign, rest) = match zone.as_bytes().first() {
        None => return Some(0),
        Some(b'Z' | b'z') => return (zone.len() == 1).then_some(0),
        Some(b'+') => (1, &zone[1..]),
        Some(_) => (-1, &zone[1..]),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None => rest.split_at_checked(2)?,
    };
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours < 24 && minutes < 60).then(|| sign * i128::from(hours * 3_600 + minutes * 60))
}

/// So many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let valid = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| text.parse().ok()).flatten()
}

/// A fraction of a second, given by its digits.
fn nanoseconds(fraction: &str) -> Option<i128> {
    let valid = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    valid.then(|| digits.fold(0, |sum, digit| sum * 10 + i128::from(digit - b'0')))
}

/// A network: an address and how many of its bits count. An address alone is a network of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    /// Reads CIDR notation, such as `203.0.113.0/24` or `2001:db8::/32`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = match address {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        };
        let bits = match bits {
            Some(bits) if bits.bytes().all(|b| b.is_ascii_digit()) => bits.parse().ok()?,
            Some(_) => return None,
            None => most,
        };
        (bits <= most).then_some(Self { address, bits })
    }

    pub(crate) fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let differing = network.to_bits() ^ address.to_bits();
                differing.leading_zeros() >= self.bits
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let differing = network.to_bits() ^ address.to_bits();
                differing.leading_zeros() >= self.bits
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_every_form() {
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
            ("-1", second(-1)),
            ("2026-11-22", second(1_795_305_600)),
            ("2026-11", second(1_793_491_200)),
            ("2026", second(1_767_225_600)),
            ("1970-01-01T00:00:00-00:30", second(1_800)),
            ("2026-02-29", None),
            ("2026-13-01", None),
            ("2026-11-22T25:00:00Z", None),
            ("2026-11T10:00Z", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(moment(text), expected, "{text}");
        }
    }

    #[test]
    fn networks_hold_their_addresses() {
        let holds = |network: &str, address: &str| {
            let address: IpAddr = address.parse().ok()?;
            Some(Network::read(network)?.contains(address))
        };
        assert_eq!(holds("10.0.0.0/8", "10.255.0.1"), Some(true));
        assert_eq!(holds("10.0.0.0/8", "11.0.0.1"), Some(false));
        assert_eq!(holds("10.1.2.3/8", "10.9.9.9"), Some(true));
        assert_eq!(holds("10.0.0.1", "10.0.0.1"), Some(true));
        assert_eq!(holds("0.0.0.0/0", "203.0.113.7"), Some(true));
        assert_eq!(holds("0.0.0.0/0", "2001:db8::1"), Some(false));
        assert_eq!(holds("2001:db8::/32", "2001:DB8:0:0::1"), Some(true));
        assert_eq!(holds("2001:db8::/32", "2001:db9::1"), Some(false));
        assert_eq!(holds("::/0", "2001:db9::1"), Some(true));
        for bad in [
            "10.0.0.0/33",
            "10.0.0/8",
            "10.0.0.0/-1",
            "10.0.0.0/+8",
            "::/129",
            "",
        ] {
            assert_eq!(Network::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_booleans_and_bytes() {
        assert_eq!(number("12"), Some(12.0));
        assert_eq!(number("-1.5"), Some(-1.5));
        for bad in ["inf", "NaN", "", "1x", "0x10", "1e999"] {
            assert_eq!(number(bad), None, "{bad}");
        }
        assert_eq!(boolean("True"), Some(true));
        assert_eq!(boolean("no"), None);
        assert_eq!(bytes("aGk="), bytes("aGk"));
        assert_eq!(bytes("%"), None);
    }
}
