//! Numbers in texts.

use std::fmt::Display;

/// A whole number that a text takes.
pub trait Number: Copy + Display {
    /// The number, which decides the plural form.
    fn count(self) -> u64;
}

macro_rules! number {
    ($($type:ty: $count:expr),+ $(,)?) => {
        $(impl Number for $type {
            fn count(self) -> u64 {
                $count(self)
            }
        })+
    };
}

number! {
    u32: u64::from,
    u64: u64::from,
    usize: |count| u64::try_from(count).unwrap_or(u64::MAX),
    i32: |count: i32| u64::from(count.unsigned_abs()),
    i64: i64::unsigned_abs,
}

/// A number with commas as thousands separators, as both languages write it.
pub fn grouped(number: impl Display) -> String {
    parted(&number.to_string())
}

/// A single function for all number types, because the browser downloads it.
fn parted(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && !text.ends_with('-') {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_separators() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (-123, "-123"),
            (-1_234_567, "-1,234,567"),
        ] {
            assert_eq!(grouped(number), expected);
        }
    }
}
