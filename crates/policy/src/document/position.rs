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
    /// The place of a byte in a text.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
        let line_start = before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        // Every byte but the later ones of a character begins a column.
        let columns = before[line_start..].iter().filter(|b| **b & 0xC0 != 0x80);
        Self {
            line: count(before.iter().filter(|b| **b == b'\n').count()),
            column: count(columns.count()),
        }
    }
}

/// From 1, and no more than fits.
fn count(before: usize) -> u32 {
    u32::try_from(before).map_or(u32::MAX, |before| before.saturating_add(1))
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
}
