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
