//! Helpers for tests of what people read.

use leptos::prelude::*;

/// The text that a view shows, its markup left out and white space made one space.
pub fn text_of(view: impl IntoView) -> String {
    let html = view.into_view().to_html();
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
