//! The palette: a search box that opens any page.

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

/// How long the typing must pause before the server is asked.
const REST: Duration = Duration::from_millis(80);

/// The note below the hits.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Note {
    Keys,
    Incomplete,
    Shortened,
    ShortDigest,
    Nothing,
    /// The host of a registry of which nothing is seen.
    UnseenRegistry(String),
    TooMany,
    Failed,
}

/// A dialog that opens any page, repository, tag or digest. Ctrl+K or Cmd+K opens it.
#[island]
pub fn Palette() -> impl IntoView {
    let locale = spoken_here();
    let texts = PaletteTexts(locale);
    let (text, found) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    // Only the browser renders hits: the server renders none, so hydration finds none.
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
            // The hits belong to an earlier text, unless the reader chose one by an arrow key. The pages match the
            // current text.
            "Enter" if enter.get() != Enter::Opens && chosen.get() == 0 && !is_page(places) => {
                enter.set(Enter::Pressed);
            }
            // Clicks the link with the same modifier keys, so that the browser can open it in a new tab.
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
        Note::UnseenRegistry(host) => texts.unseen_registry(&host),
        Note::Nothing if places.with(Vec::is_empty) => texts.nothing().to_owned(),
        Note::Keys | Note::Nothing => texts.keys().to_owned(),
        Note::Incomplete => texts.incomplete().to_owned(),
        Note::Shortened => texts.shortened().to_owned(),
        Note::ShortDigest => texts.short_digest().to_owned(),
        Note::TooMany => texts.too_many().to_owned(),
        Note::Failed => texts.failed().to_owned(),
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

/// The text of the search and its result.
#[derive(Clone, Copy)]
struct Asked {
    text: RwSignal<String>,
    found: RwSignal<Vec<Place>>,
    /// The pages and the hits, in the order of the list.
    places: Memo<Vec<Place>>,
    note: RwSignal<Note>,
    /// How many hits are shown and how many match, if not all are shown.
    cut: RwSignal<Option<(u32, u32)>>,
    /// The hit that Enter opens.
    chosen: RwSignal<usize>,
    enter: RwSignal<Enter>,
    locale: Locale,
}

/// The state of the Enter key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enter {
    /// Enter opens the hit: the answer to the current text has arrived.
    Opens,
    /// Enter waits for the answer.
    Waits,
    /// Enter was pressed for the current text: the first hit of the answer opens.
    Pressed,
}

/// Whether a page is first in the list: pages come before the hits.
fn is_page(places: Memo<Vec<Place>>) -> bool {
    places.with_untracked(|places| places.first().is_some_and(Place::is_page))
}

fn hit_id(index: usize) -> String {
    format!("palette-hit-{index}")
}

/// A hit: a normal link. The keyboard focus stays in the field, which announces the chosen hit.
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

/// Handles typing: asks the server after a pause, and drops an answer that arrives too late.
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

/// The URL of the place that the reader chose by key or pointer, if it is not the first one.
fn steered_to(places: Memo<Vec<Place>>, chosen: RwSignal<usize>) -> Option<String> {
    let index = chosen.get_untracked();
    (index > 0).then(|| place_at(index, places)).flatten()
}

/// The URL of a place that is listed.
fn place_at(index: usize, places: Memo<Vec<Place>>) -> Option<String> {
    places.with_untracked(|places| places.get(index).map(|at| at.url.clone()))
}

/// The current position of that place in the list; the first position if it is no longer in the list.
fn place_of(url: &str, places: Memo<Vec<Place>>) -> usize {
    let index = places.with_untracked(|places| places.iter().position(|place| place.url == url));
    index.unwrap_or(0)
}

fn note_on(results: &SearchResults) -> Note {
    if let Some(host) = results.only_unseen_registry() {
        return Note::UnseenRegistry(host.to_owned());
    }
    match (results.hits.is_empty(), results.incomplete) {
        _ if results.shortened => Note::Shortened,
        _ if results.short_digest => Note::ShortDigest,
        (_, true) => Note::Incomplete,
        (true, false) => Note::Nothing,
        (false, false) => Note::Keys,
    }
}

/// The pages that every page's header links to: the ones that the viewer may open.
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
