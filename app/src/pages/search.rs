//! The search page: the palette's results, without a script.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use model::{Locale, search::SearchResults};

use super::loaded;
use crate::{
    components::filter::FilterBox,
    messages::{palette::PaletteTexts, shell::ShellTexts},
    parts::place::{Place, place_words},
    paths,
};

/// Repositories, tags and digests that match the text in the URL.
#[component]
pub fn SearchPage() -> impl IntoView {
    loaded(|request| async move {
        let (locale, shell) = (request.locale, ShellTexts(request.locale));
        let viewer = request.viewer()?;
        let (text, _) = paths::read_words_and_page(paths::query_of(&request.path_and_query));
        let results = request.gantry.search.find(viewer, &text).await;
        let results = (!text.trim().is_empty()).then(|| view! { <Results results locale /> });
        Ok(view! {
            <Title text=shell.title(shell.search()) />
            <header class="page-head">
                <h1>{shell.search()}</h1>
            </header>
            <Form text locale />
            {results}
        })
    })
}

#[component]
fn Form(text: String, locale: Locale) -> impl IntoView {
    let (texts, shell) = (PaletteTexts(locale), ShellTexts(locale));
    view! {
        <form class="filters" method="get" action=paths::SEARCH role="search" aria-label=shell.search()>
            <FilterBox label=shell.search() hint=texts.search_hint() value=text />
            <button class="button" type="submit">{shell.search()}</button>
        </form>
    }
}

/// The hits, best first, or the empty state.
#[component]
fn Results(results: SearchResults, locale: Locale) -> impl IntoView {
    let texts = PaletteTexts(locale);
    let (several, now) = (results.several_registries, results.now);
    let nothing = match results.only_unseen_registry() {
        Some(host) => texts.unseen_registry(host),
        None => texts.nothing().to_owned(),
    };
    let notes = [
        (results.cut()).map(|(shown, matching)| texts.cut(shown, matching)),
        (results.short_digest).then(|| texts.short_digest().to_owned()),
        (results.incomplete).then(|| texts.incomplete().to_owned()),
        (results.shortened).then(|| texts.shortened().to_owned()),
    ];
    let notes = notes
        .into_iter()
        .flatten()
        .map(|note| view! { <p class="quiet">{note}</p> })
        .collect_view();
    let hits: Vec<_> = results
        .hits
        .into_iter()
        .map(|hit| {
            let place = Place::hit(hit, several, now, locale);
            let href = place.url.clone();
            view! { <li><a class="place" href=href>{place_words(place)}</a></li> }
        })
        .collect();
    let hits = if hits.is_empty() {
        Either::Left(view! { <p>{nothing}</p> })
    } else {
        Either::Right(view! { <ul class="places" aria-label=texts.hits()>{hits}</ul> })
    };
    view! { {notes} {hits} }
}

#[cfg(test)]
mod tests {
    use model::DIGEST_DIGITS;

    use super::*;

    #[test]
    fn the_note_on_short_digests_names_the_least_number_of_digits() {
        for locale in [Locale::En, Locale::Zh] {
            let note = PaletteTexts(locale).short_digest();
            assert!(note.contains(&format!(" {DIGEST_DIGITS} ")), "{note}");
        }
    }
}
