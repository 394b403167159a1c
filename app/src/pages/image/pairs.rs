//! Untrusted keys and values.

use leptos::{either::Either, prelude::*};
use model::Locale;

use crate::{components::foreign::ForeignText, messages::image::ImageTexts};

/// The most entries that are shown unfolded.
const UNFOLDED: usize = 24;

/// Keys and values, such as labels and annotations.
#[component]
pub fn Pairs(pairs: Vec<(String, String)>, locale: Locale) -> impl IntoView {
    let rows = pairs
        .into_iter()
        .map(|(key, value)| pair(key, view! { <Value value locale /> }.into_any()))
        .collect();
    view! { <PairRows rows locale /> }
}

/// A key and the view of its value.
pub fn pair(key: String, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt><code>{key}</code></dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// The rows of a list of pairs. A long list is folded.
#[component]
pub fn PairRows(mut rows: Vec<AnyView>, locale: Locale) -> impl IntoView {
    let folded = rows.split_off(rows.len().min(UNFOLDED));
    let folded = (!folded.is_empty()).then(|| {
        view! {
            <details class="more-pairs">
                <summary>{ImageTexts(locale).more_entries(folded.len())}</summary>
                <dl class="pairs">{folded}</dl>
            </details>
        }
    });
    view! {
        <dl class="pairs">{rows}</dl>
        {folded}
    }
}

/// A value, which may be empty or long.
#[component]
pub fn Value(value: String, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    if value.is_empty() {
        return Either::Left(view! { <span class="quiet">{texts.empty_value()}</span> });
    }
    Either::Right(view! { <ForeignText text=value locale=texts.0 /> })
}
