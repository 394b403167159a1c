//! The query of a list: filter, order and page, as in the query string.
//!
//! The same code runs on the server (without JavaScript) and in the browser (while typing), both times over the whole
//! list, so that both give the same rows in the same order.

mod findings;
mod history;
mod images;
mod repositories;

use std::cmp::Ordering;

pub use findings::FindingsFilter;
pub use history::{HistoryQuery, HistorySpan};
pub use images::{ImageColumn, ImageQuery, TagFilter};
pub use repositories::{RepositoryColumn, RepositoryQuery};
use serde::{Deserialize, Serialize};

use crate::{PAGE_ROWS, Page, Timestamp};

/// A list's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort<Column> {
    /// The column.
    pub column: Column,
    /// Greatest, newest or worst first.
    pub descending: bool,
}

impl<Column: Copy + PartialEq> Sort<Column> {
    /// The order after a click on a column's head: its default order first, then reversed.
    pub fn clicked(self, column: Column, descending_first: bool) -> Self {
        let descending = if self.column == column {
            !self.descending
        } else {
            descending_first
        };
        Self { column, descending }
    }
}

/// The pairs of a query string. Unknown pairs are skipped, so that old links keep working.
pub type Pairs<'a> = &'a mut dyn Iterator<Item = (&'a str, &'a str)>;

/// The pairs of a query string that a list has a filter for, but that its query did not take over (`kept`): their
/// values are not understood. An empty value, and `any`, filter nothing.
pub fn ignored(asked: Pairs<'_>, fields: &[&str], kept: &[(&str, String)]) -> Vec<String> {
    let is_kept = |key: &str| kept.iter().any(|(kept, _)| *kept == key);
    asked
        .filter(|(key, value)| !value.trim().is_empty() && *value != "any" && !is_kept(key))
        .filter(|(key, _)| fields.contains(key))
        .map(|(key, value)| format!("{key}={}", value.chars().take(64).collect::<String>()))
        .collect()
}

/// The maximum number of words in a search: each is searched for in every row.
pub const MAX_WORDS: usize = 16;

/// The words of a search text: the first [`MAX_WORDS`].
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().take(MAX_WORDS)
}

/// Whether a text contains every word of a needle, ignoring case.
fn has_words(text: &str, needle: &str) -> bool {
    words(needle).all(|word| has_word(text, word))
}

/// Whether a text contains a non-empty word, ignoring case.
pub fn has_word(text: &str, word: &str) -> bool {
    // Names and tags are ASCII: comparing bytes in place avoids an allocation for each row and key.
    let (text, word) = (text.as_bytes(), word.as_bytes());
    text.windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word))
}

/// Compares values that may be unknown. Unknown values come last in both directions.
fn known_first<T: Ord>(left: Option<T>, right: Option<T>, descending: bool) -> Ordering {
    match (left, right) {
        (Some(l), Some(r)) => directed(l.cmp(&r), descending),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn directed(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

/// The number of the displayed page, at most the last one, and the number of pages.
pub fn place(page_rows: u32, matching: u32, number: u32) -> (u32, u32) {
    let pages = matching.div_ceil(page_rows).max(1);
    (number.clamp(1, pages), pages)
}

/// The rows of a filtered and sorted list on one page, with the page's place in the list.
pub fn paginate<T>(matching: Vec<T>, total: u32, number: u32, now: Timestamp) -> Page<T> {
    paginate_by(PAGE_ROWS, matching, total, number, now)
}

/// The same with this many rows per page.
pub fn paginate_by<T>(
    page_rows: u32,
    matching: Vec<T>,
    total: u32,
    number: u32,
    now: Timestamp,
) -> Page<T> {
    let count = u32::try_from(matching.len()).unwrap_or(u32::MAX);
    let (number, pages) = place(page_rows, count, number);
    let skipped = (number - 1) as usize * page_rows as usize;
    let rows = matching
        .into_iter()
        .skip(skipped)
        .take(page_rows as usize)
        .collect();
    Page {
        rows,
        total,
        matching: count,
        number,
        pages,
        as_of: None,
        incomplete: false,
        problem: None,
        now,
    }
}
