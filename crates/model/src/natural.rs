//! Natural order: digits compare as numbers, so that `1.10` comes after `1.9`.

use std::cmp::Ordering;

/// Compares two texts as people do: runs of digits by their value, everything else byte by byte.
///
/// Never fails and never overflows: a run of digits of any length is compared by its length without leading zeros,
/// then digit by digit.
pub fn natural_cmp(left: &str, right: &str) -> Ordering {
    let (mut l, mut r) = (left.as_bytes(), right.as_bytes());
    loop {
        match (l.first(), r.first()) {
            (None, None) => return left.cmp(right),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let (a, rest_l) = split_number(l);
                let (b, rest_r) = split_number(r);
                let order = a.len().cmp(&b.len()).then_with(|| a.cmp(b));
                if order.is_ne() {
                    return order;
                }
                (l, r) = (rest_l, rest_r);
            }
            (Some(a), Some(b)) if a != b => return a.cmp(b),
            _ => (l, r) = (&l[1..], &r[1..]),
        }
    }
}

/// Splits a run of digits, without its leading zeros, from what follows.
fn split_number(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes
        .iter()
        .position(|b| !b.is_ascii_digit())
        .unwrap_or(bytes.len());
    let (digits, rest) = bytes.split_at(end);
    let zeros = digits
        .iter()
        .position(|b| *b != b'0')
        .unwrap_or(digits.len());
    (&digits[zeros..], rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_sorted_as_people_count() {
        let mut tags = [
            "1.10",
            "1.9",
            "1.9.1",
            "v2",
            "1.9-rc.10",
            "1.9-rc.2",
            "latest",
            "01.9",
        ];
        tags.sort_by(|a, b| natural_cmp(a, b));
        assert_eq!(
            tags,
            [
                "01.9",
                "1.9",
                "1.9-rc.2",
                "1.9-rc.10",
                "1.9.1",
                "1.10",
                "latest",
                "v2"
            ]
        );
    }

    #[test]
    fn numbers_longer_than_any_integer_are_compared() {
        let (small, big) = ("9".repeat(400), format!("1{}", "0".repeat(400)));
        assert_eq!(natural_cmp(&small, &big), Ordering::Less);
    }
}
