//! Keyboard shortcuts of every page.

use leptos::{ev, prelude::*};
use model::Locale;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::browser;

/// Handles a key that was pressed anywhere in the document.
pub fn pressed(event: &ev::KeyboardEvent, locale: Locale) {
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    if command && key.eq_ignore_ascii_case("k") {
        event.prevent_default();
        open("palette");
        return;
    }
    if key == "Escape" && leave_filter(event) {
        return;
    }
    if command || event.alt_key() || is_typing(event) || !browser::all("dialog[open]").is_empty() {
        return;
    }
    let answered = match key.as_str() {
        "/" => focus_filter(),
        "j" => walk(1),
        "k" => walk(-1),
        "c" => copy_reference(locale),
        "?" => open("keyboard-help"),
        _ => false,
    };
    if answered {
        event.prevent_default();
    }
}

/// Opens a dialog of the page, if it exists and is closed.
pub fn open(id: &str) -> bool {
    let dialog = browser::dialog(id).filter(|dialog| !dialog.open());
    dialog.is_some_and(|dialog| dialog.show_modal().is_ok())
}

/// Whether the focus is in an element that uses letter keys: a field or a select box.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    browser::closest(
        event,
        "input:not([type=checkbox], [type=radio]), select, textarea",
    )
    .is_some()
}

fn focus_filter() -> bool {
    let filter = browser::all("input[data-filter]").into_iter().next();
    let Some(filter) = filter.and_then(|filter| filter.dyn_into::<HtmlInputElement>().ok()) else {
        return false;
    };
    filter.select();
    filter.focus().is_ok()
}

/// Leaves the filter if it is empty. If it is not, the browser's own Escape empties it.
fn leave_filter(event: &ev::KeyboardEvent) -> bool {
    let filter = browser::closest(event, "input[data-filter]");
    let filter = filter.and_then(|filter| filter.dyn_into::<HtmlInputElement>().ok());
    filter
        .filter(|filter| filter.value().is_empty())
        .is_some_and(|filter| filter.blur().is_ok())
}

/// The rows that are shown.
fn rows() -> Vec<HtmlElement> {
    browser::all("tr[data-row]")
        .into_iter()
        .filter_map(|row| row.dyn_into::<HtmlElement>().ok())
        .filter(|row| row.offset_parent().is_some())
        .collect()
}

/// The row that has the keyboard focus.
fn current_row() -> Option<Element> {
    document().active_element()?.closest("tr[data-row]").ok()?
}

/// Moves the focus to the link of the next or previous row. Enter then opens it.
fn walk(step: isize) -> bool {
    let rows = rows();
    let current = current_row();
    let place = rows
        .iter()
        .position(|row| Some(row.unchecked_ref()) == current.as_ref());
    let next = match place {
        Some(place) => place.saturating_add_signed(step),
        None => 0,
    };
    let Some(row) = rows.get(next) else {
        return false;
    };
    let link = row
        .query_selector("[data-row-link], th a, a")
        .ok()
        .flatten();
    link.and_then(|link| link.dyn_into::<HtmlElement>().ok())
        .is_some_and(|link| link.focus().is_ok())
}

/// Copies the reference of the focused row, or the page's own reference.
fn copy_reference(locale: Locale) -> bool {
    let of_row = || {
        let digest = current_row()?.get_attribute("data-digest")?;
        let uri = browser::all("[data-uri]")
            .first()?
            .get_attribute("data-uri")?;
        Some(format!("{uri}@{digest}"))
    };
    let of_page = || {
        browser::all("[data-reference]")
            .first()?
            .get_attribute("data-reference")
    };
    match of_row().or_else(of_page) {
        Some(reference) => {
            browser::copy(reference, None, locale);
            true
        }
        None => false,
    }
}
