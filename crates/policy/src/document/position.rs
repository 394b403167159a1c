//! Where in a policy's text something stands.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Position {
    /// Where a text begins.
    const START: Self = Self { line: 1, column: 1 };

    /// The place of a byte in a text, which is read up to there.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
        Self::START.after(before)
    }

    /// The place behind some bytes that begin here.
    fn after(mut self, bytes: &[u8]) -> Self {
        for byte in bytes {
            match byte {
                b'\n' => {
                    self.line = self.line.saturating_add(1);
                    self.column = 1;
                }
                // Every byte but the later ones of a character begins a column.
                byte if byte & 0xC0 == 0x80 => {}
                _ => self.column = self.column.saturating_add(1),
            }
        }
        self
    }
}

/// The places of bytes at even distances in a text, so that finding any other takes no longer than
/// that distance.
#[derive(Debug, Clone)]
pub(super) struct Places(Box<[Position]>);

impl Places {
    /// How many bytes are between two of them.
    const DISTANCE: usize = 256;

    pub(super) fn of(text: &str) -> Self {
        let mut at = Position::START;
        let chunks = text.as_bytes().chunks_exact(Self::DISTANCE);
        let following = chunks.map(|chunk| {
            at = at.after(chunk);
            at
        });
        Self(std::iter::once(Position::START).chain(following).collect())
    }

    /// The place of a byte in the text that these are of.
    pub(super) fn find(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let chunk = offset / Self::DISTANCE;
        let bytes = text.as_bytes().get(chunk * Self::DISTANCE..offset);
        match (self.0.get(chunk), bytes) {
            (Some(start), Some(bytes)) => start.after(bytes),
            _ => Position::of(text, offset),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Something with the place where it stands. Two are equal that say the same, wherever they stand.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// What stands there.
    pub value: T,
    /// How many bytes of the text stand before it.
    pub offset: usize,
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_by_characters() {
        let text = "{\n  \"é\": 1\n}";
        let at = text.find(':').map(|offset| Position::of(text, offset));
        assert_eq!(at, Some(Position { line: 2, column: 6 }));
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of("", 9), Position { line: 1, column: 1 });
    }

    #[test]
    fn a_place_is_found_from_the_nearest_one_before_it() {
        let line = "\u{e9}\u{20ac}{\"a\": [1, 2]}".repeat(17) + "\n";
        let text = line.repeat(9) + &line.replace('\n', " ").repeat(9);
        let places = Places::of(&text);
        for offset in 0..=text.len() + 1 {
            assert_eq!(places.find(&text, offset), Position::of(&text, offset));
        }
        assert_eq!(Places::of("").find("", 3), Position::START);
        // What is read to find a place is less than the distance, however long the text.
        assert!(places.0.len() > text.len() / Places::DISTANCE);
    }
}
