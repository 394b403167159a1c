//! What the browser adds to every page: copying, the keyboard, times that stay true.

use leptos::prelude::*;

/// Marks the document as awake, so that what needs JavaScript is shown.
#[island]
pub fn Behaviours() -> impl IntoView {
    Effect::new(|| {
        if let Some(html) = document().document_element() {
            // Only a name that is no attribute name at all could be refused.
            let _ = html.set_attribute("data-hydrated", "");
        }
    });
    view! { <div role="status" class="visually-hidden" id="announcements"></div> }
}
