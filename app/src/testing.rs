//! Helpers for tests of texts.

use leptos::prelude::*;

/// Inline elements. Every other element begins a new line or cell.
const INLINE: [&str; 8] = ["a", "abbr", "code", "data", "span", "strong", "time", "wbr"];

/// The text that a view shows: without markup, with single spaces, and with blocks and cells separated.
pub fn text_of(view: impl IntoView) -> String {
    let html = view.into_view().to_html();
    let mut text = String::new();
    for piece in html.split('<') {
        let (tag, shown) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_start_matches('/').split([' ', '/']).next();
        // Leptos separates text nodes by empty comments, `<!>`.
        let inline = name.is_some_and(|name| name.starts_with('!') || INLINE.contains(&name));
        if !inline {
            text.push(' ');
        }
        text.push_str(shown);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many columns the cells of a table's row take.
pub fn columns_of(row: impl IntoView) -> usize {
    let html = row.into_view().to_html();
    let cells = html
        .split('<')
        .filter(|tag| tag.starts_with("td") || tag.starts_with("th "));
    let width = |cell: &str| {
        let (_, span) = cell.split_once("colspan=\"")?;
        span.split_once('"')?.0.parse().ok()
    };
    cells.map(|cell| width(cell).unwrap_or(1)).sum()
}
