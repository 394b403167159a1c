//! Helpers for tests of what people read.

use leptos::prelude::*;

/// Elements that stand within a line; every other one begins a line or a cell of its own.
const INLINE: [&str; 8] = ["a", "abbr", "code", "data", "span", "strong", "time", "wbr"];

/// The text that a view shows: markup left out, white space made one space, blocks and cells apart.
pub fn text_of(view: impl IntoView) -> String {
    let html = view.into_view().to_html();
    let mut text = String::new();
    for piece in html.split('<') {
        let (tag, shown) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_start_matches('/').split([' ', '/']).next();
        // Text nodes are parted by empty comments, `<!>`.
        let inline = name.is_some_and(|name| name.starts_with('!') || INLINE.contains(&name));
        if !inline {
            text.push(' ');
        }
        text.push_str(shown);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
