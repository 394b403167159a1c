//! Badges.

use leptos::prelude::*;

/// A badge: a state, a kind or a count.
#[component]
pub fn Badge(
    /// The look: the part of the CSS class after `badge-`.
    look: &'static str,
    /// The text.
    #[prop(into)]
    label: String,
    /// What the text means here, shown on hover.
    #[prop(optional, into)]
    title: Option<String>,
) -> impl IntoView {
    view! { <span class=format!("badge badge-{look}") title=title>{label}</span> }
}
