//! The list of a repository's images, in the browser's hands; and the choice of several.

use leptos::{ev, prelude::*};
use model::{RegistryAlias, RepositoryName};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::live::{LiveList, live_list};
use crate::{
    api::all_images, browser, locale::spoken_here, messages::repository::RepositoryTexts,
    parts::image_table::ImagesLook,
};

/// Lets the list of images, rendered by the server, answer while one types; rows that are ticked
/// can be copied together as references by digest.
#[island]
pub fn ImagesTable(
    /// The registry.
    registry: RegistryAlias,
    /// The repository.
    name: RepositoryName,
    /// The repository's URI: what a reference begins with.
    uri: String,
    /// Whether the server was still reading when it rendered the list.
    incomplete: bool,
    /// The list: a form `data-filters`, and `data-static` the table with what belongs to it.
    children: Children,
) -> impl IntoView {
    let locale = spoken_here();
    let look = ImagesLook {
        registry: registry.clone(),
        name: name.clone(),
        locale,
    };
    let load = move || all_images(registry.to_string(), name.to_string());
    let selected = RwSignal::new(0);
    let last = StoredValue::new_local(None);
    let clicked = move |event: ev::MouseEvent| {
        let Some(ticked) = checkbox(&event) else {
            return;
        };
        if event.shift_key()
            && let Some(last) = last.get_value()
        {
            tick_range(&last, &ticked);
        }
        last.set_value(Some(ticked));
        selected.set(ticked_boxes().len());
    };
    let copy = move |_| {
        let references: Vec<_> = ticked_boxes()
            .iter()
            .filter_map(|ticked| digest_of(ticked))
            .map(|digest| format!("{uri}@{digest}"))
            .collect();
        browser::copy(references.join("\n"), None, locale);
    };
    let clear = move |_| {
        for ticked in ticked_boxes() {
            ticked.set_checked(false);
        }
        selected.set(0);
    };
    let texts = RepositoryTexts(locale);
    view! {
        <div class="selectable" on:click=clicked>
            {live_list(LiveList::of_this_page(), incomplete, load, look, children)}
            <div class="selection" role="status" hidden=move || selected.get() == 0>
                <span>{move || texts.selected(selected.get())}</span>
                <button type="button" class="button button-primary" on:click=copy>
                    {texts.copy_references()}
                </button>
                <button type="button" class="button" on:click=clear>
                    {texts.clear_selection()}
                </button>
            </div>
        </div>
    }
}

fn checkbox(event: &ev::MouseEvent) -> Option<HtmlInputElement> {
    browser::closest(event, "input[data-select]")?
        .dyn_into()
        .ok()
}

/// The boxes of the rows that are shown: those that the server rendered stay in the document, out of
/// sight, when the browser has taken over.
fn shown_boxes() -> Vec<HtmlInputElement> {
    browser::all("input[data-select]")
        .into_iter()
        .filter_map(|element| element.dyn_into::<HtmlInputElement>().ok())
        .filter(|element| {
            element
                .unchecked_ref::<HtmlElement>()
                .offset_parent()
                .is_some()
        })
        .collect()
}

fn ticked_boxes() -> Vec<HtmlInputElement> {
    let mut boxes = shown_boxes();
    boxes.retain(HtmlInputElement::checked);
    boxes
}

/// Ticks, or unticks, all rows from one to another, as the other is.
fn tick_range(from: &HtmlInputElement, to: &HtmlInputElement) {
    let boxes = shown_boxes();
    let place = |wanted: &HtmlInputElement| boxes.iter().position(|element| element == wanted);
    if let (Some(from), Some(to_place)) = (place(from), place(to)) {
        for element in &boxes[from.min(to_place)..=from.max(to_place)] {
            element.set_checked(to.checked());
        }
    }
}

fn digest_of(ticked: &HtmlInputElement) -> Option<String> {
    ticked
        .closest("[data-digest]")
        .ok()??
        .get_attribute("data-digest")
}
