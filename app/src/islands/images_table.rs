//! The live list of a repository's images, with selection of several rows.

use leptos::{ev, prelude::*};
use model::query::ImageQuery;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::live::{LiveList, live_list};
use crate::{
    api::all_images, browser, error::AppError, locale::spoken_here,
    messages::repository::RepositoryTexts, parts::image_table::ImagesLook,
};

/// Makes the server-rendered list of images live: it filters while the reader types. The references of ticked rows can
/// be copied together, by digest.
#[island]
pub fn ImagesTable(
    /// The server-rendered list: a form `data-filters`, and `data-static`, the table and its surroundings.
    children: Children,
) -> impl IntoView {
    let locale = spoken_here();
    let look = browser::look::<ImagesLook>();
    let facts = look.as_ref().is_none_or(|look| look.facts);
    let known = move |query: ImageQuery| match facts {
        true => query,
        false => query.over_tags(),
    };
    let list = LiveList::of_this_page(known);
    let place = look.clone().map(|look| look.repository);
    let load = move || {
        let place = place.clone();
        async move {
            let place = place.ok_or(AppError::Internal)?;
            all_images(place.registry.to_string(), place.name.to_string()).await
        }
    };
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
    let copy = move |event: ev::MouseEvent| {
        let section = browser::closest(&event, "[data-uri]");
        let uri = section.and_then(|section| section.get_attribute("data-uri"));
        let uri = uri.unwrap_or_default();
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
            {live_list(list, load, look, children)}
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
