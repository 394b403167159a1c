//! The browser's entry: wakes the islands of a page that the server has rendered.

// The islands' entry points are exported from this library; without naming their crate they would
// not be linked.
use app as _;

/// Called by the page's script once the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
