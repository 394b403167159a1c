//! The palette: type where to go.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use model::{
    Locale,
    query::ImageQuery,
    search::{SearchHit, SearchResults, SearchTarget},
};

use crate::{
    api::search, browser, error::AppError, locale::spoken_here, messages::palette::PaletteTexts,
    paths,
};

/// How long the typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(80);

/// A place to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    url: String,
    label: String,
    within: String,
    kind: &'static str,
}

/// What the palette says below its hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Note {
    Keys,
    Incomplete,
    Shortened,
    Nothing,
    TooMany,
    Failed,
}

/// A dialog that goes anywhere: pages, repositories, tags, digests. Ctrl or Cmd with K opens it.
#[island]
pub fn Palette() -> impl IntoView {
    let locale = spoken_here();
    let texts = PaletteTexts(locale);
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Place>::new());
    let note = RwSignal::new(Note::Keys);
    let chosen = RwSignal::new(0_usize);
    let places = Memo::new(move |_| {
        let mut places = text.with(|text| pages(text, texts));
        found.with(|found| places.extend(found.iter().cloned()));
        places
    });
    let typed = searcher(text, found, note, chosen, locale);
    let steer = move |event: ev::KeyboardEvent| {
        let count = places.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => chosen.update(|place| *place = (*place + 1) % count),
            "ArrowUp" if count > 0 => chosen.update(|place| *place = (*place + count - 1) % count),
            "Enter" => {
                if let Some(place) = places.with(|places| places.get(chosen.get()).cloned()) {
                    browser::go(&place.url);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let words = move || match note.get() {
        Note::Keys => texts.keys(),
        Note::Incomplete => texts.incomplete(),
        Note::Shortened => texts.shortened(),
        Note::Nothing => texts.nothing(),
        Note::TooMany => texts.too_many(),
        Note::Failed => texts.failed(),
    };
    view! {
        <dialog id="palette" class="palette" aria-label=texts.title()>
            <input
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-hits"
                aria-activedescendant=move || format!("palette-hit-{}", chosen.get())
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
            <ul id="palette-hits" class="palette-hits" role="listbox" aria-label=texts.hits()>
                {move || {
                    let places = places.get().into_iter().enumerate();
                    places.map(|(index, place)| hit(index, place, chosen)).collect::<Vec<_>>()
                }}
            </ul>
            <p class="palette-note" class:palette-keys=move || note.get() == Note::Keys role="status">
                {words}
            </p>
        </dialog>
    }
}

/// A hit: a click goes there, as Enter does.
fn hit(index: usize, place: Place, chosen: RwSignal<usize>) -> impl IntoView {
    let selected = move || (chosen.get() == index).to_string();
    let url = place.url;
    view! {
        <li
            id=format!("palette-hit-{index}")
            class="palette-hit"
            role="option"
            aria-selected=selected
            on:mousemove=move |_| chosen.set(index)
            on:click=move |_| browser::go(&url)
        >
            <span class="palette-hit-label">{place.label}</span>
            <span class="quiet">{place.within}</span>
            <span class="palette-hit-kind">{place.kind}</span>
        </li>
    }
}

/// What typing does: once it rests, the server is asked; an answer that comes too late is dropped.
fn searcher(
    text: RwSignal<String>,
    found: RwSignal<Vec<Place>>,
    note: RwSignal<Note>,
    chosen: RwSignal<usize>,
    locale: Locale,
) -> impl Fn(String) + 'static {
    let resting = StoredValue::new(None::<TimeoutHandle>);
    let ask = move || {
        let asked = text.get_untracked();
        spawn_local(async move {
            let answer = search(asked.clone()).await;
            if text.get_untracked() != asked {
                return;
            }
            chosen.set(0);
            match answer {
                Ok(results) => {
                    note.set(note_on(&results));
                    found.set(
                        results
                            .hits
                            .into_iter()
                            .map(|hit| place(hit, results.several_registries, locale))
                            .collect(),
                    );
                }
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
        if empty {
            found.set(Vec::new());
            note.set(Note::Keys);
        } else {
            resting.set_value(set_timeout_with_handle(ask, REST).ok());
        }
    }
}

fn note_on(results: &SearchResults) -> Note {
    match (results.hits.is_empty(), results.incomplete) {
        _ if results.shortened => Note::Shortened,
        (_, true) => Note::Incomplete,
        (true, false) => Note::Nothing,
        (false, false) => Note::Keys,
    }
}

/// The pages whose names hold the text.
fn pages(text: &str, texts: PaletteTexts) -> Vec<Place> {
    let text = text.trim().to_lowercase();
    [
        (paths::REPOSITORIES, texts.repositories()),
        (paths::ACCESS, texts.access()),
    ]
    .into_iter()
    .filter(|(_, label)| label.to_lowercase().contains(&text))
    .map(|(url, label)| Place {
        url: url.to_owned(),
        label: label.to_owned(),
        within: String::new(),
        kind: texts.page(),
    })
    .collect()
}

/// Where a hit leads. Of several registries, its repository's name alone does not say which is meant.
fn place(hit: SearchHit, several_registries: bool, locale: Locale) -> Place {
    let texts = PaletteTexts(locale);
    let SearchHit {
        registry,
        name,
        target,
    } = hit;
    let within = if several_registries {
        format!("{name} · {registry}")
    } else {
        name.to_string()
    };
    match target {
        SearchTarget::Repository => Place {
            url: paths::repository(&registry, &name, &ImageQuery::default()),
            label: name.to_string(),
            within: registry.to_string(),
            kind: texts.repository(),
        },
        SearchTarget::Tag(tag) => Place {
            url: paths::tag(&registry, &name, &tag),
            label: tag.to_string(),
            within,
            kind: texts.tag(),
        },
        SearchTarget::Image(digest) => Place {
            url: paths::image(&registry, &name, &digest),
            label: digest.short().to_owned(),
            within,
            kind: texts.image(),
        },
    }
}
