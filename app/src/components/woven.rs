//! Views within sentences.

use std::array;

use leptos::prelude::*;

/// What a text takes in place of a view. Unicode keeps these for a program's own use, so no value has them.
const PLACES: [&str; 4] = ["\u{fdd0}", "\u{fdd1}", "\u{fdd2}", "\u{fdd3}"];

/// A sentence with views in it, each wherever the language has its place: links, times, names in monospace.
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

/// Where the next place is, and whose.
fn next_place(text: &str) -> Option<(usize, usize)> {
    let places = PLACES.iter().enumerate();
    places
        .filter_map(|(place, letter)| Some((text.find(letter)?, place)))
        .min()
}

/// An empty text would be a space.
fn words(text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| text.to_owned().into_any())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::testing::text_of;

    #[test]
    fn views_stand_where_the_language_puts_them() {
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
    fn a_sentence_may_leave_a_view_out_or_repeat_its_place() {
        let said = |sentence: fn([&str; 1]) -> String| text_of(woven(sentence, ["x".into_any()]));
        assert_eq!(said(|_| "None.".to_owned()), "None.");
        assert_eq!(said(|[x]| format!("{x} and {x}")), "x and");
    }
}
