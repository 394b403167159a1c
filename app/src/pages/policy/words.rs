//! Lists within sentences.

use leptos::prelude::*;
use model::Locale;

use crate::messages::policy::PolicyTexts;

/// Names as a sentence lists them: "a, b and c".
pub fn listed(items: Vec<AnyView>, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    joined(items, texts.comma(), texts.and_name())
}

/// Phrases as a sentence lists them.
pub fn phrases_listed(items: Vec<AnyView>, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    joined(items, texts.comma(), texts.and())
}

/// Items of which one will do: "a, b or c".
pub fn alternatives(items: Vec<AnyView>, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    joined(items, texts.comma(), texts.or())
}

fn joined(items: Vec<AnyView>, comma: &'static str, last: &'static str) -> impl IntoView {
    let count = items.len();
    let link = move |index: usize| match index {
        // An empty text would be a space.
        0 => None,
        index if index + 1 == count => Some(last),
        _ => Some(comma),
    };
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| (link(index), item))
        .collect_view()
}
