//! What of a document could not be read.

use leptos::prelude::*;
use model::Locale;

use crate::messages::image::ImageTexts;

/// The places of members that are not what they should be; nothing where there are none.
#[component]
pub fn Unread(
    /// Their places.
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
