//! Positions in a policy's text.

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
    /// The start of a text.
    const START: Self = Self { line: 1, column: 1 };

    /// The position of a byte in a text. Reads the text up to there.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
        Self::START.after(before)
    }

    /// The position after some bytes that start here.
    fn after(mut self, bytes: &[u8]) -> Self {
        for byte in bytes {
            match byte {
                b'\n' => {
                    self.line = self.line.saturating_add(1);
                    self.column = 1;
                }
                // Every byte except the later ones of a character starts a column.
                byte if byte & 0xC0 == 0x80 => {}
                _ => self.column = self.column.saturating_add(1),
            }
        }
        self
    }
}

/// The positions of bytes at regular distances in a text, so that finding any other position reads at most that
/// distance.
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

    /// The position of a byte in the text that these belong to.
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

/// A value with its position. Two of them are equal if their values are, whatever their positions.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// The value at that position.
    pub value: T,
    /// How many bytes of the text come before it.
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
    fn a_position_is_found_from_the_nearest_earlier_one() {
        let line = "\u{e9}\u{20ac}{\"a\": [1, 2]}".repeat(17) + "\n";
        let text = line.repeat(9) + &line.replace('\n', " ").repeat(9);
        let places = Places::of(&text);
        for offset in 0..=text.len() + 1 {
            assert_eq!(places.find(&text, offset), Position::of(&text, offset));
        }
        assert_eq!(Places::of("").find("", 3), Position::START);
        // Finding a position reads less than the distance, however long the text is.
        assert!(places.0.len() > text.len() / Places::DISTANCE);
    }
}
