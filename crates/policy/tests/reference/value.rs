//! Numbers, dates, booleans, bytes and addresses, read from text.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! and, for dates, <https://www.w3.org/TR/NOTE-datetime>

use std::{cmp::Ordering, net::IpAddr};

pub fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.chars().all(|c| c.is_ascii_digit())).then_some(text)
}

/// A decimal number, kept as its digits.
#[derive(Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
}

pub fn number(text: &str) -> Option<Decimal> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    // With more digits, AWS may treat two different numbers as equal.
    if text.len() - usize::from(text.contains('.')) > 15 {
        return None;
    }
    let whole = digits(whole)?.trim_start_matches('0').to_owned();
    let fraction = digits(fraction)?.trim_end_matches('0').to_owned();
    Some(Decimal {
        // Minus zero is zero.
        negative: negative && !(whole.is_empty() && fraction.is_empty()),
        whole,
        fraction,
    })
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = (self.whole.len(), &self.whole, &self.fraction);
        let found = size.cmp(&(other.whole.len(), &other.whole, &other.fraction));
        match (self.negative, other.negative) {
            (false, false) => found,
            (true, true) => found.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Seconds since 1970, and the digits of a fraction of one.
pub fn date(text: &str) -> Option<(i64, String)> {
    if text.len() != 4 && digits(text).is_some() {
        return Some((text.parse().ok()?, String::new()));
    }
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let mut parts = day.split('-');
    let year = field(parts.next()?, 4, 0..=9999)?;
    let month = parts.next().map(|month| field(month, 2, 1..=12));
    let of_month = parts.next().map(|day| field(day, 2, 1..=31));
    if parts.next().is_some() || (time.is_some() && of_month.is_none()) {
        return None;
    }
    let month = month.unwrap_or(Some(1))?;
    let of_month = of_month.unwrap_or(Some(1))?;
    if of_month > days_in(year, month) {
        return None;
    }
    let seconds = days_since_1970(year, month, of_month) * 86_400;
    let (time, fraction) = time.map_or(Some((0, String::new())), time_of_day)?;
    Some((seconds + time, fraction))
}

fn field(text: &str, length: usize, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
    let value = digits(text)
        .filter(|text| text.len() == length)?
        .parse()
        .ok()?;
    range.contains(&value).then_some(value)
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_since_1970(year: i64, month: i64, of_month: i64) -> i64 {
    let days_of = |year| (1..=12).map(|month| days_in(year, month)).sum::<i64>();
    let years = if year >= 1970 {
        (1970..year).map(days_of).sum::<i64>()
    } else {
        -(year..1970).map(days_of).sum::<i64>()
    };
    years + (1..month).map(|month| days_in(year, month)).sum::<i64>() + of_month - 1
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s`, with its zone: seconds since midnight in UTC.
fn time_of_day(text: &str) -> Option<(i64, String)> {
    let at = text.find(['Z', '+', '-'])?;
    let (clock, zone) = text.split_at(at);
    let offset = match zone.split_at(1) {
        ("Z", "") => 0,
        ("+", zone) => minutes(zone)?,
        ("-", zone) => -minutes(zone)?,
        _ => return None,
    };
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) if clock.len() == 8 => {
            (clock, digits(fraction).filter(|digits| digits.len() <= 9)?)
        }
        Some(_) => return None,
        None => (clock, ""),
    };
    let seconds = match clock.len() {
        5 => minutes(clock)? * 60,
        8 => minutes(&clock[..5])? * 60 + field(clock[5..].strip_prefix(':')?, 2, 0..=59)?,
        _ => return None,
    };
    let fraction = fraction.trim_end_matches('0').to_owned();
    Some((seconds - offset * 60, fraction))
}

fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    Some(field(hours, 2, 0..=23)? * 60 + field(minutes, 2, 0..=59)?)
}

/// Base64 with its padding.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let padding = text.chars().rev().take_while(|c| *c == '=').count();
    let mut bits = Vec::new();
    for c in text[..text.len().checked_sub(padding)?].chars() {
        let value = alphabet.find(c)?;
        bits.extend((0..6).rev().map(|bit| value >> bit & 1 == 1));
    }
    let read = |bits: &[bool]| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
    let chunks = bits.chunks_exact(8);
    let canonical = padding <= 2 && chunks.remainder().iter().all(|bit| !bit);
    canonical.then(|| chunks.map(read).collect())
}

pub fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

/// An address and the number of its significant bits; all of them if no length is given.
pub fn network(text: &str) -> Option<(IpAddr, u32)> {
    let (start, prefix) = match text.split_once('/') {
        Some((start, prefix)) => (address(start)?, Some(digits(prefix)?.parse().ok()?)),
        None => (address(text)?, None),
    };
    let bits = if start.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.unwrap_or(bits);
    (prefix <= bits).then_some((start, prefix))
}

pub fn is_within(address: IpAddr, (start, prefix): (IpAddr, u32)) -> bool {
    let bits = |address: IpAddr| -> Vec<bool> {
        let bytes = match address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().to_vec(),
        };
        let bit_of = |byte: u8| (0..8).rev().map(move |bit| byte >> bit & 1 == 1);
        bytes.into_iter().flat_map(bit_of).collect()
    };
    let prefix = prefix as usize;
    address.is_ipv4() == start.is_ipv4() && bits(address)[..prefix] == bits(start)[..prefix]
}
