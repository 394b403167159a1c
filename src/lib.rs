//! The browser's entry point: hydrates the islands of a page that the server has rendered.

// This library exports the entry points of the islands. Without a mention of their crate they would not be linked.
use app as _;

/// Called by the page's script after the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
