//! Lists in sentences.

use leptos::prelude::*;
use model::Locale;

use crate::messages::{before, list::ListTexts};

/// Items joined by "and": "a, b and c".
pub fn listed(items: Vec<AnyView>, locale: Locale) -> impl IntoView {
    joined(items, ListTexts(locale).and(), locale)
}

/// Items joined by "or": "a, b or c".
pub fn alternatives(items: Vec<AnyView>, locale: Locale) -> impl IntoView {
    joined(items, ListTexts(locale).or(), locale)
}

fn joined(items: Vec<AnyView>, last: &'static str, locale: Locale) -> impl IntoView {
    let count = items.len();
    let link = move |place: usize| before(place, count, last, locale);
    items
        .into_iter()
        .enumerate()
        // Leptos renders an empty text as a space.
        .map(|(place, item)| ((place > 0).then(|| link(place)), item))
        .collect_view()
}
