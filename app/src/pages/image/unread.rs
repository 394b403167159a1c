//! The members of a document that could not be read.

use leptos::prelude::*;
use model::Locale;

use crate::messages::image::ImageTexts;

/// The paths of invalid members. Empty if there are none.
#[component]
pub fn Unread(
    /// The paths.
    places: Vec<String>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    (!places.is_empty()).then(|| {
        let places = places
            .into_iter()
            .map(|place| view! { <li><code>{place}</code></li> });
        view! {
            <p class="quiet">{ImageTexts(locale).unread()}</p>
            <ul class="words">{places.collect_view()}</ul>
        }
    })
}
