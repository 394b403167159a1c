//! A word in a box.

use leptos::prelude::*;

/// A word in a box: a state, a kind, a count.
#[component]
pub fn Badge(
    /// The look: the part of the class after `badge-`.
    look: &'static str,
    /// The word.
    #[prop(into)]
    label: String,
    /// What the word means here, shown on hover.
    #[prop(optional, into)]
    title: Option<String>,
) -> impl IntoView {
    view! { <span class=format!("badge badge-{look}") title=title>{label}</span> }
}
