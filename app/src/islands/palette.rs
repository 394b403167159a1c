//! The palette: type where to go.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use model::{Locale, search::SearchResults};
use web_sys::Element;

use crate::{
    api::search,
    browser,
    error::AppError,
    locale::spoken_here,
    messages::palette::PaletteTexts,
    parts::place::{Place, place_words},
};

/// How long the typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(80);

/// What the palette says below its hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Note {
    Keys,
    Incomplete,
    Shortened,
    ShortDigest,
    Nothing,
    TooMany,
    Failed,
}

/// A dialog that goes anywhere: pages, repositories, tags, digests. Ctrl or Cmd with K opens it.
#[island]
pub fn Palette() -> impl IntoView {
    let locale = spoken_here();
    let texts = PaletteTexts(locale);
    let (text, found) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    // The browser's alone: the server writes no hit, and the browser finds none when it wakes.
    let pages = RwSignal::new(Vec::new());
    Effect::new(move || pages.set(linked_pages(locale)));
    let places = Memo::new(move |_| {
        let text = text.with(|text| text.trim().to_ascii_lowercase());
        let mut places = pages.get();
        places.retain(|page: &Place| page.is_called(&text));
        found.with(|found: &Vec<Place>| places.extend(found.iter().cloned()));
        places
    });
    let (note, chosen) = (RwSignal::new(Note::Keys), RwSignal::new(0));
    let (cut, enter) = (RwSignal::new(None), RwSignal::new(Enter::Opens));
    let typed = searcher(Asked {
        text,
        found,
        places,
        note,
        cut,
        chosen,
        enter,
        locale,
    });
    let steer = move |event: ev::KeyboardEvent| {
        let count = places.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => chosen.update(|place| *place = (*place + 1) % count),
            "ArrowUp" if count > 0 => chosen.update(|place| *place = (*place + count - 1) % count),
            // The hits are of an earlier text, unless the arrows went to one. The pages are of this one.
            "Enter" if enter.get() != Enter::Opens && chosen.get() == 0 && !is_page(places) => {
                enter.set(Enter::Pressed);
            }
            // As a click on it: with the same keys held down, the browser opens it in another tab.
            "Enter" => browser::click(&hit_id(chosen.get()), &event),
            _ => return,
        }
        event.prevent_default();
    };
    let cut_words = move || {
        let cut = cut.get();
        cut.map(|(shown, matching)| texts.cut(shown, matching) + " ")
    };
    let words = move || match note.get() {
        Note::Keys => texts.keys(),
        Note::Incomplete => texts.incomplete(),
        Note::Shortened => texts.shortened(),
        Note::ShortDigest => texts.short_digest(),
        Note::Nothing if places.with(Vec::is_empty) => texts.nothing(),
        Note::Nothing => texts.keys(),
        Note::TooMany => texts.too_many(),
        Note::Failed => texts.failed(),
    };
    view! {
        <dialog id="palette" class="palette" aria-label=texts.title() on:close=|_| browser::focus_if_lost("[data-open-palette]")>
            <input
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-hits"
                aria-activedescendant=move || {
                    places.with(|places| chosen.get() < places.len()).then(|| hit_id(chosen.get()))
                }
                aria-label=texts.title()
                placeholder=texts.hint()
                maxlength="256"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                autofocus
                on:input:target=move |event| typed(event.target().value())
                on:keydown=steer
            />
            <div id="palette-hits" class="palette-hits" role="listbox" aria-label=texts.hits()>
                {move || {
                    let places = places.get().into_iter().enumerate();
                    places
                        .map(|(index, place)| hit(index, place, chosen))
                        .collect::<Vec<_>>()
                }}
            </div>
            <p class="palette-note" class:palette-keys=move || note.get() == Note::Keys role="status">
                {cut_words} {words}
            </p>
        </dialog>
    }
}

/// What is asked for, and what came of it.
#[derive(Clone, Copy)]
struct Asked {
    text: RwSignal<String>,
    found: RwSignal<Vec<Place>>,
    /// The pages and the hits, as they are listed.
    places: Memo<Vec<Place>>,
    note: RwSignal<Note>,
    /// How many hits are shown of how many, where these are not all.
    cut: RwSignal<Option<(u32, u32)>>,
    /// Which hit Enter opens.
    chosen: RwSignal<usize>,
    enter: RwSignal<Enter>,
    locale: Locale,
}

/// What Enter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enter {
    /// It opens the hit: the answer to what was typed is here.
    Opens,
    /// It waits for the answer.
    Waits,
    /// It was pressed for what was typed: the answer's first hit opens.
    Pressed,
}

/// Whether a page comes first: pages stand before the hits.
fn is_page(places: Memo<Vec<Place>>) -> bool {
    places.with_untracked(|places| places.first().is_some_and(Place::is_page))
}

fn hit_id(index: usize) -> String {
    format!("palette-hit-{index}")
}

/// A hit: a link like any other. The keyboard stays in the field, which says which hit is chosen.
fn hit(index: usize, place: Place, chosen: RwSignal<usize>) -> impl IntoView {
    let url = place.url.clone();
    let selected = move || (chosen.get() == index).to_string();
    view! {
        <a
            id=hit_id(index)
            class="place"
            role="option"
            tabindex="-1"
            href=url
            aria-selected=selected
            on:mousemove=move |_| chosen.set(index)
        >
            {place_words(place)}
        </a>
    }
}

/// What typing does: once it rests, the server is asked; an answer that comes too late is dropped.
fn searcher(asked: Asked) -> impl Fn(String) + 'static {
    let Asked {
        text,
        found,
        places,
        note,
        cut,
        chosen,
        enter,
        locale,
    } = asked;
    let resting = StoredValue::new(None::<TimeoutHandle>);
    let ask = move || {
        let asked = text.get_untracked();
        spawn_local(async move {
            let answer = search(asked.clone()).await;
            if text.get_untracked() != asked {
                return;
            }
            let pressed = enter.get_untracked() == Enter::Pressed;
            enter.set(Enter::Opens);
            match answer {
                Ok(results) => {
                    cut.set(results.cut());
                    note.set(note_on(&results));
                    let several = results.several_registries;
                    let place = |hit| Place::hit(hit, several, results.now, locale);
                    let steered_to = steered_to(places, chosen);
                    found.set(results.hits.into_iter().map(place).collect());
                    chosen.set(steered_to.map_or(0, |url| place_of(&url, places)));
                    if pressed && let Some(url) = place_at(chosen.get_untracked(), places) {
                        browser::go(&url);
                    }
                }
                Err(AppError::SignedOut) => browser::sign_in_again(),
                Err(AppError::TooMany { .. }) => note.set(Note::TooMany),
                Err(_) => note.set(Note::Failed),
            }
        });
    };
    move |typed: String| {
        if let Some(earlier) = resting.get_value() {
            earlier.clear();
        }
        let empty = typed.trim().is_empty();
        text.set(typed);
        chosen.set(0);
        enter.set(if empty { Enter::Opens } else { Enter::Waits });
        if empty {
            found.set(Vec::new());
            cut.set(None);
            note.set(Note::Keys);
        } else {
            resting.set_value(set_timeout_with_handle(ask, REST).ok());
        }
    }
}

/// The URL of the place that the keys or the pointer went to, where they left the first one.
fn steered_to(places: Memo<Vec<Place>>, chosen: RwSignal<usize>) -> Option<String> {
    let index = chosen.get_untracked();
    (index > 0).then(|| place_at(index, places)).flatten()
}

/// The URL of a place that is listed.
fn place_at(index: usize, places: Memo<Vec<Place>>) -> Option<String> {
    places.with_untracked(|places| places.get(index).map(|at| at.url.clone()))
}

/// Where that place is listed now; the first one, where it is gone.
fn place_of(url: &str, places: Memo<Vec<Place>>) -> usize {
    let index = places.with_untracked(|places| places.iter().position(|place| place.url == url));
    index.unwrap_or(0)
}

fn note_on(results: &SearchResults) -> Note {
    match (results.hits.is_empty(), results.incomplete) {
        _ if results.shortened => Note::Shortened,
        _ if results.short_digest => Note::ShortDigest,
        (_, true) => Note::Incomplete,
        (true, false) => Note::Nothing,
        (false, false) => Note::Keys,
    }
}

/// The pages that the frame of every page leads to: those that the person may open.
fn linked_pages(locale: Locale) -> Vec<Place> {
    let place = |link: &Element| {
        let (url, name) = (link.get_attribute("href")?, link.text_content()?);
        Some(Place::page(url, name, locale))
    };
    browser::all("a[data-page]")
        .iter()
        .filter_map(place)
        .collect()
}
