//! Wildcards: `*` for any run of characters, `?` for one.
//!
//! The matching time is proportional to the text, whatever the pattern: the pattern is split at its stars, and each
//! piece is searched once, from where the previous one ended. Pieces are found with one bit for each of their
//! positions (the Shift-And method), so nothing is tried twice.

use smallvec::SmallVec;

/// One position of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Atom {
    /// This byte of UTF-8.
    Byte(u8),
    /// One character, of any length in bytes.
    One,
    /// Any run of characters, possibly empty.
    Many,
}

/// Parses a pattern in which `*` and `?` are wildcards.
pub(crate) fn wildcards(text: &str) -> Vec<Atom> {
    let atom = |byte| match byte {
        b'*' => Atom::Many,
        b'?' => Atom::One,
        byte => Atom::Byte(byte),
    };
    text.bytes().map(atom).collect()
}

/// Whether a pattern matches a whole text, case-sensitively.
pub(crate) fn matches(pattern: &[Atom], text: &str) -> bool {
    let text = text.as_bytes();
    let Some(first) = pattern.iter().position(|atom| *atom == Atom::Many) else {
        return head(pattern, text) == Some(text.len());
    };
    let last = pattern.iter().rposition(|atom| *atom == Atom::Many);
    let last = last.unwrap_or(first);
    let Some(mut at) = head(&pattern[..first], text) else {
        return false;
    };
    let Some(end) = tail(&pattern[last + 1..], text) else {
        return false;
    };
    if at > end {
        return false;
    }
    // The earliest end of each piece leaves the most room for those after it.
    let middle = pattern.get(first + 1..last).unwrap_or_default();
    for piece in middle.split(|atom| *atom == Atom::Many) {
        match find(piece, &text[at..end]) {
            Some(length) => at += length,
            None => return false,
        }
    }
    true
}

/// Whether a byte is the second or a later one of a character.
fn continues(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// The end of a piece at the start of the text, if it is there.
fn head(piece: &[Atom], text: &[u8]) -> Option<usize> {
    let mut at = 0;
    for atom in piece {
        let byte = *text.get(at)?;
        at += 1;
        match atom {
            Atom::Byte(wanted) if *wanted == byte => {}
            Atom::One => {
                at += text[at..].iter().take_while(|b| continues(**b)).count();
            }
            _ => return None,
        }
    }
    Some(at)
}

/// The start of a piece at the end of the text, if it is there.
fn tail(piece: &[Atom], text: &[u8]) -> Option<usize> {
    let mut at = text.len();
    for atom in piece.iter().rev() {
        at = at.checked_sub(1)?;
        match atom {
            Atom::Byte(wanted) if *wanted == text[at] => {}
            Atom::One => {
                while continues(text[at]) {
                    at = at.checked_sub(1)?;
                }
            }
            _ => return None,
        }
    }
    Some(at)
}

/// The length up to the end of the first match of the piece in the text.
fn find(piece: &[Atom], text: &[u8]) -> Option<usize> {
    if piece.is_empty() {
        return Some(0);
    }
    if piece.len() > text.len() {
        return None;
    }
    if piece.len() <= 64 {
        return find_short(piece, text);
    }
    let words = piece.len().div_ceil(64);
    // By byte: the positions where the byte can be.
    let mut places: SmallVec<[u64; 256]> = SmallVec::from_elem(0, 256 * words);
    // The positions of wildcards, which stay while a character continues.
    let mut ones: SmallVec<[u64; 1]> = SmallVec::from_elem(0, words);
    for (position, atom) in piece.iter().enumerate() {
        let (word, bit) = (position / 64, 1 << (position % 64));
        match atom {
            Atom::Byte(byte) => places[usize::from(*byte) * words + word] |= bit,
            Atom::One => {
                ones[word] |= bit;
                for byte in (0..=u8::MAX).filter(|byte| !continues(*byte)) {
                    places[usize::from(byte) * words + word] |= bit;
                }
            }
            Atom::Many => {}
        }
    }
    let (last_word, last_bit) = ((piece.len() - 1) / 64, 1 << ((piece.len() - 1) % 64));
    let mut reached: SmallVec<[u64; 1]> = SmallVec::from_elem(0, words);
    for (index, byte) in text.iter().enumerate() {
        let mut carry = 1;
        let places = &places[usize::from(*byte) * words..][..words];
        for word in 0..words {
            let before = reached[word];
            let stays = if continues(*byte) {
                before & ones[word]
            } else {
                0
            };
            reached[word] = ((before << 1 | carry) & places[word]) | stays;
            carry = before >> 63;
        }
        if reached[last_word] & last_bit != 0 {
            return Some(end(piece, text, index));
        }
    }
    None
}

/// The same for a piece whose positions fit in one word, as almost all do.
fn find_short(piece: &[Atom], text: &[u8]) -> Option<usize> {
    let mut places = [0_u64; 256];
    let mut ones = 0;
    for (position, atom) in piece.iter().enumerate() {
        let bit = 1 << position;
        match atom {
            Atom::Byte(byte) => places[usize::from(*byte)] |= bit,
            Atom::One => ones |= bit,
            Atom::Many => {}
        }
    }
    if ones != 0 {
        for byte in (0..=u8::MAX).filter(|byte| !continues(*byte)) {
            places[usize::from(byte)] |= ones;
        }
    }
    let last = 1 << (piece.len() - 1);
    let mut reached = 0_u64;
    for (index, byte) in text.iter().enumerate() {
        let stays = if continues(*byte) { reached & ones } else { 0 };
        reached = ((reached << 1 | 1) & places[usize::from(*byte)]) | stays;
        if reached & last != 0 {
            return Some(end(piece, text, index));
        }
    }
    None
}

/// The length of the text up to the end of a piece whose last position was reached at a byte.
fn end(piece: &[Atom], text: &[u8], index: usize) -> usize {
    let rest = &text[index + 1..];
    // A wildcard at the end takes its whole character.
    let more = match piece.last() {
        Some(Atom::One) => rest.iter().take_while(|b| continues(**b)).count(),
        _ => 0,
    };
    index + 1 + more
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn glob(pattern: &str, text: &str) -> bool {
        matches(&wildcards(pattern), text)
    }

    /// The definition, written out: exponential, but correct.
    fn defined(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            (['*', rest @ ..], _) => {
                (0..=text.len()).any(|skipped| defined(rest, &text[skipped..]))
            }
            (['?', pattern @ ..], [_, text @ ..]) => defined(pattern, text),
            ([wanted, pattern @ ..], [found, text @ ..]) => {
                wanted == found && defined(pattern, text)
            }
            _ => false,
        }
    }

    #[test]
    fn stars_and_question_marks_are_wildcards() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("*", "", true),
            ("?", "", false),
            ("ecr:Get*", "ecr:GetLifecyclePolicy", true),
            ("ecr:Get*Policy", "ecr:GetLifecyclePolicyPreview", false),
            ("*/prod", "shop/prod", true),
            ("a*a", "a", false),
            ("a*ab*b", "aab", false),
            ("a*ab*b", "aabb", true),
            ("?", "é", true),
            ("*?é?*", "xéy", true),
            ("*??x*", "éx", false),
            ("*é?", "é日", true),
        ] {
            assert_eq!(glob(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_pattern_made_to_be_slow_is_fast() {
        let text = "a".repeat(100_000);
        for pattern in ["*a".repeat(5_000), "a?*".repeat(3_300), "?".repeat(10_000)] {
            assert!(!glob(&format!("*{pattern}b*"), &text));
        }
    }

    proptest! {
        #[test]
        fn matching_agrees_with_the_definition(
            pattern in "[ab?*é]{0,8}",
            text in "[abé日]{0,8}",
        ) {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(glob(&pattern, &text), defined(&chars(&pattern), &chars(&text)));
        }

        #[test]
        fn a_long_piece_is_found(
            before in "[ab]{0,80}", piece in "[ab?]{60,140}", after in "[ab]{0,80}",
        ) {
            let text = format!("{before}{}{after}", piece.replace('?', "é"));
            let pattern = format!("*{piece}*");
            prop_assert!(glob(&pattern, &text));
        }
    }
}
