//! The empty state of a list.

use leptos::prelude::*;

/// The empty state: why the list is empty, and what to do.
#[component]
pub fn EmptyState<Content: IntoView + 'static>(
    /// The heading.
    #[prop(into)]
    title: String,
    /// The reason, and what to do.
    children: TypedChildren<Content>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {children.into_inner()()}
        </div>
    }
}
