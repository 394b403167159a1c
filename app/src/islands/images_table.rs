//! The live list of a repository's images, with selection of several rows.

use leptos::{ev, prelude::*};
use model::{RepositoryAt, query::ImageQuery};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::live::{LiveList, live_list};
use crate::{
    api::all_images, browser, locale::spoken_here, messages::repository::RepositoryTexts,
    parts::image_table::ImagesLook,
};

/// Makes the server-rendered list of images live: it filters while the reader types. The references of ticked rows can
/// be copied together, by digest.
#[island]
pub fn ImagesTable(
    /// The repository.
    repository: RepositoryAt,
    /// The URI of the repository: the first part of a reference.
    uri: String,
    /// Whether the viewer sees more of an image than its tags and digest.
    facts: bool,
    /// Whether the server was still reading the images when it rendered the list.
    incomplete: bool,
    /// The server-rendered list: a form `data-filters`, and `data-static`, the table and its surroundings.
    children: Children,
) -> impl IntoView {
    let locale = spoken_here();
    let look = ImagesLook {
        repository: repository.clone(),
        facts,
        locale,
    };
    let known = move |query: ImageQuery| match facts {
        true => query,
        false => query.over_tags(),
    };
    let list = LiveList::of_this_page(known);
    let load = move || all_images(repository.registry.to_string(), repository.name.to_string());
    let selected = RwSignal::new(0);
    let last = StoredValue::new(None::<String>);
    let clicked = move |event: ev::MouseEvent| {
        let Some(ticked) = checkbox(&event) else {
            return;
        };
        let digest = digest_of(&ticked);
        if event.shift_key() {
            tick_range(last.get_value(), &digest, ticked.checked());
        }
        last.set_value(digest);
        selected.set(ticked_boxes().len());
    };
    let copy = move |_| {
        let references: Vec<_> = ticked_boxes()
            .iter()
            .filter_map(digest_of)
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
            {live_list(list, incomplete, load, look, children)}
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

/// The checkboxes of the rows that are shown. The server's rows stay in the document, hidden, after the browser has
/// taken over.
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

/// Ticks or unticks all rows between two images.
fn tick_range(from: Option<String>, to: &Option<String>, ticked: bool) {
    let boxes = shown_boxes();
    let place = |digest: &Option<String>| boxes.iter().position(|row| digest_of(row) == *digest);
    if let (Some(from), Some(to)) = (place(&from), place(to)) {
        for row in &boxes[from.min(to)..=from.max(to)] {
            row.set_checked(ticked);
        }
    }
}

fn digest_of(ticked: &HtmlInputElement) -> Option<String> {
    ticked
        .closest("[data-digest]")
        .ok()??
        .get_attribute("data-digest")
}
