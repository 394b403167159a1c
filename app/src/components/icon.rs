//! Icons: drawn once on each page, referenced by name.

use leptos::prelude::*;

/// An icon of the [`IconSheet`]. It is decoration only: the meaning is in the text beside it or in a label.
#[component]
pub fn Icon(
    /// The symbol's name, without its `icon-`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("#icon-{name}") />
        </svg>
    }
}

/// The drawings: strokes on a 16 × 16 grid. Each page contains them once.
#[component]
pub fn IconSheet() -> impl IntoView {
    let symbol = |name: &str, path: &'static str| {
        view! {
            <symbol id=format!("icon-{name}") viewBox="0 0 16 16">
                <path d=path />
            </symbol>
        }
    };
    view! {
        <svg class="icon-sheet" aria-hidden="true" width="0" height="0">
            {symbol("gantry", "M2 14V3h12v11M2 6h12M8 6v2.5M5.5 8.5h5v4h-5z")}
            {symbol("search", "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14")}
            {symbol("person", "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.75 14a5.25 5.25 0 0 1 10.5 0")}
            {symbol("copy", "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z")}
            {symbol("check", "m3 8.5 3.5 3.5L13 4.5")}
            {symbol("lock", "M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2")}
            {symbol("moves", "M2 8h11M9.5 4.5 13 8l-3.5 3.5")}
            {symbol("warning", "M8 2 14.5 13.5h-13zM8 6.5v3.25M8 11.4v.6")}
            {symbol("withheld", "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM3.8 3.8l8.4 8.4")}
            {symbol("up", "m4 10 4-4 4 4")}
            {symbol("down", "m4 6 4 4 4-4")}
        </svg>
    }
}
