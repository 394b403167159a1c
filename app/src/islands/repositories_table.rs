//! The list of repositories, in the browser's hands.

use leptos::prelude::*;
use model::{Locale, query::RepositoryQuery};

use super::live::{LiveList, MoreRows, live_list};
use crate::{
    api::all_repositories,
    components::{bytes::grouped, empty::EmptyState},
    locale::spoken_here,
    messages::repositories::RepositoriesTexts,
    parts::{
        list::ListSummary,
        repository_table::{RepositoryTableRow, repository_head},
    },
};

/// Lets the list of repositories, rendered by the server, answer while one types.
#[island]
pub fn RepositoriesTable(
    /// Whether the server was still reading when it rendered the list.
    incomplete: bool,
    /// The list: a form `data-filters`, and `data-static` the table with what belongs to it.
    children: Children,
) -> impl IntoView {
    let locale = spoken_here();
    let list = LiveList::<RepositoryQuery>::of_this_page();
    let table = move || view! { <LiveTable list locale /> }.into_any();
    live_list(list, incomplete, all_repositories, table, children)
}

#[component]
fn LiveTable(list: LiveList<RepositoryQuery>, locale: Locale) -> impl IntoView {
    let texts = RepositoriesTexts(locale);
    let matching = list.matching();
    let now = move || {
        let now = list
            .whole
            .with_untracked(|whole| whole.as_ref().map(|whole| whole.now));
        now.unwrap_or(model::Timestamp(0))
    };
    let rows = move || {
        let generation = list.generation.get();
        let keyed = move |row| (generation, row);
        matching
            .get()
            .rows
            .into_iter()
            .map(keyed)
            .collect::<Vec<_>>()
    };
    let key = |(generation, row): &(u32, model::repository::RepositoryRow)| {
        (*generation, row.registry.clone(), row.name.clone())
    };
    view! {
        <div role="status">
            {move || list.whole.get().map(|whole| {
                let total = u32::try_from(whole.rows.len()).unwrap_or(u32::MAX);
                let count = counted(matching.with(|matching| matching.count), total, texts);
                let incomplete = whole.incomplete.then(|| texts.incomplete());
                view! { <ListSummary count as_of=whole.as_of incomplete now=whole.now locale /> }
            })}
        </div>
        <table class="table">
            <caption class="visually-hidden">{texts.caption()}</caption>
            <thead>{move || list.query.with(|query| repository_head(query, locale))}</thead>
            <tbody>
                <For each=rows key=key let((_, row))>
                    <RepositoryTableRow row now=now() locale />
                </For>
            </tbody>
        </table>
        <Show when=move || matching.with(|matching| matching.count == 0)>
            <EmptyState title=texts.no_match()>
                <p>{texts.no_match_next()}</p>
            </EmptyState>
        </Show>
        <MoreRows list />
    }
}

/// How many repositories, in words.
pub fn counted(matching: u32, total: u32, texts: RepositoriesTexts) -> String {
    if matching == total {
        texts.all(total)
    } else {
        texts.counted(&grouped(matching), &grouped(total))
    }
}
