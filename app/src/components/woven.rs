//! Views inside sentences.

use std::array;

use leptos::prelude::*;

/// The placeholders for views in a text. They are from Unicode's private use area, so no value contains them.
const PLACES: [&str; 5] = ["\u{fdd0}", "\u{fdd1}", "\u{fdd2}", "\u{fdd3}", "\u{fdd4}"];

/// A sentence with views in it, such as links, times and names in monospace, each at the place where the language has
/// it.
/// `woven(|[when]| texts.since(when), [time.into_any()])`.
pub fn woven<const N: usize>(
    sentence: impl FnOnce([&'static str; N]) -> String,
    views: [AnyView; N],
) -> AnyView {
    const { assert!(N <= PLACES.len()) }
    let sentence = sentence(array::from_fn(|at| PLACES[at]));
    let mut views = views.map(Some);
    let mut parts = Vec::with_capacity(2 * N + 1);
    let mut rest = sentence.as_str();
    while let Some((at, place)) = next_place(rest) {
        parts.extend(words(&rest[..at]));
        parts.extend(views.get_mut(place).and_then(Option::take));
        rest = &rest[at + PLACES[place].len()..];
    }
    parts.extend(words(rest));
    parts.into_any()
}

/// The position and number of the next placeholder.
fn next_place(text: &str) -> Option<(usize, usize)> {
    let places = PLACES.iter().enumerate();
    places
        .filter_map(|(place, letter)| Some((text.find(letter)?, place)))
        .min()
}

/// Leptos renders an empty text as a space.
fn words(text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| text.to_owned().into_any())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::testing::text_of;

    #[test]
    fn views_are_placed_where_the_language_needs_them() {
        let view = |name: &'static str| view! { <code>{name}</code> }.into_any();
        let said = |sentence: fn([&str; 2]) -> String| {
            text_of(woven(sentence, [view("api"), view("ana")]))
        };
        assert_eq!(
            said(|[what, who]| format!("{who} pushed {what}.")),
            "ana pushed api."
        );
        assert_eq!(
            said(|[what, who]| format!("{what}由{who}推送")),
            "api由ana推送"
        );
    }

    #[test]
    fn a_sentence_may_omit_or_repeat_a_view() {
        let said = |sentence: fn([&str; 1]) -> String| text_of(woven(sentence, ["x".into_any()]));
        assert_eq!(said(|_| "None.".to_owned()), "None.");
        assert_eq!(said(|[x]| format!("{x} and {x}")), "x and");
    }
}
