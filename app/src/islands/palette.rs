//! The palette: type where to go.

use leptos::prelude::*;

/// The palette's dialog.
#[island]
pub fn Palette() -> impl IntoView {
    view! { <dialog id="palette" class="palette"></dialog> }
}
