//! The list of repositories: where people land.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    ClaimsSeen, Locale, Problem,
    query::{FindingsFilter, RepositoryQuery},
    repository::RepositoryList,
};
use registry::Viewer;

use super::loaded;
use crate::{
    components::{
        empty::EmptyState,
        filter::{FilterBox, FilterChoice},
    },
    islands::repositories_table::RepositoriesTable,
    messages::{repositories::RepositoriesTexts, shell::ShellTexts},
    parts::{
        findings::findings_choices,
        list::list_page,
        no_team::NoTeam,
        repository_table::{RepositoriesLook, mutability_word},
        section::Unavailable,
    },
    paths,
};

/// The list of repositories, filtered and sorted as the URL asks.
#[component]
pub fn RepositoriesPage() -> impl IntoView {
    loaded(|request| async move {
        let (locale, texts) = (request.locale, RepositoriesTexts(request.locale));
        let viewer = request.viewer()?;
        let asked = paths::query_of(&request.path_and_query);
        let query = paths::read_query(asked, RepositoryQuery::from_pairs);
        let list = request.gantry.repositories(viewer, &query).await;
        let content = if list.page.total == 0 {
            let (incomplete, problem) = (list.page.incomplete, list.page.problem);
            view! { <NothingToList viewer=viewer.clone() groups=request.groups claims=request.claims incomplete problem locale /> }.into_any()
        } else {
            view! { <List list query locale /> }.into_any()
        };
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.title()) />
            <div class="page-head">
                <h1>{texts.title()}</h1>
            </div>
            {content}
        })
    })
}

/// Filters, counts and table; the island takes over when somebody types or sorts.
#[component]
fn List(list: RepositoryList, query: RepositoryQuery, locale: Locale) -> impl IntoView {
    let incomplete = list.page.incomplete;
    let RepositoryList {
        page,
        unread,
        namespaces,
        teams,
    } = list;
    let teams = teams.into_iter().map(|team| team.to_string()).collect();
    let shown = query.clone();
    let link = move |page| {
        paths::repositories(&RepositoryQuery {
            page,
            ..shown.clone()
        })
    };
    let rows = list_page(page, unread, &query, &RepositoriesLook(locale), link);
    view! {
        <RepositoriesTable incomplete>
            <Filters namespaces teams query locale />
            {rows}
        </RepositoriesTable>
    }
}

/// The form that narrows the list; a plain GET without JavaScript.
#[component]
fn Filters(
    namespaces: Vec<String>,
    teams: Vec<String>,
    query: RepositoryQuery,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoriesTexts(locale);
    let same = |word: String| (word.clone(), word);
    let namespaces = namespaces.into_iter().map(same).collect();
    let teams = teams.into_iter().map(same).collect();
    let mutabilities = ["immutable", "immutable-except", "mutable", "mutable-except"]
        .map(|word| (word.to_owned(), mutability_word(word, locale).to_owned()))
        .into();
    let findings = findings_choices(texts.not_fully_scanned(), locale);
    let policies = vec![
        ("yes".to_owned(), texts.with_policy().to_owned()),
        ("no".to_owned(), texts.without_policy().to_owned()),
    ];
    let severity = query.findings.map_or("", FindingsFilter::as_str).to_owned();
    let policy = query
        .policy
        .map_or("", |set| if set { "yes" } else { "no" });
    let order = order_fields(&query);
    let clear = query
        .narrows()
        .then(|| view! { <a class="button" href=paths::REPOSITORIES>{texts.clear()}</a> });
    view! {
        <form class="filters" method="get" action=paths::REPOSITORIES role="search" aria-label=texts.filter() data-filters>
            <FilterBox label=texts.filter() hint=texts.filter_hint() value=query.text />
            <FilterChoice name="namespace" label=texts.namespace() any=texts.any_namespace() options=namespaces chosen=query.namespace.unwrap_or_default() />
            <FilterChoice name="team" label=texts.team() any=texts.any_team() options=teams chosen=query.team.unwrap_or_default() />
            <FilterChoice name="mutability" label=texts.mutability() any=texts.any_mutability() options=mutabilities chosen=query.mutability.unwrap_or_default() />
            <FilterChoice name="severity" label=texts.severity() any=texts.any_severity() options=findings chosen=severity />
            <FilterChoice name="policy" label=texts.policy() any=texts.any_policy() options=policies chosen=policy.to_owned() />
            {order}
            <button class="button without-script" type="submit">{texts.apply()}</button>
            {clear}
        </form>
    }
}

/// The order goes with the form, so that filtering without JavaScript keeps it.
fn order_fields(query: &RepositoryQuery) -> Vec<impl IntoView + use<>> {
    query
        .to_pairs()
        .into_iter()
        .filter(|(key, _)| matches!(*key, "sort" | "order"))
        .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
        .collect()
}

/// Why there is nothing to list, and what to do about it.
#[component]
pub fn NothingToList(
    viewer: Viewer,
    groups: Arc<[String]>,
    claims: Option<Arc<ClaimsSeen>>,
    incomplete: bool,
    problem: Option<Problem>,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoriesTexts(locale);
    if let Some(problem) = problem {
        return view! { <Unavailable problem locale /> }.into_any();
    }
    if incomplete {
        return view! {
            <EmptyState title=texts.reading()>
                <p>{texts.reading_next()}</p>
                <a class="button" href="">{texts.reload()}</a>
            </EmptyState>
        }
        .into_any();
    }
    if viewer.teams.is_empty() {
        return view! { <NoTeam groups claims locale /> }.into_any();
    }
    let principals: Vec<_> = viewer
        .teams
        .iter()
        .flat_map(|team| &team.actors)
        .map(registry::Actor::principal)
        .map(|principal| view! { <li><code>{principal.to_string()}</code></li> })
        .collect();
    view! {
        <EmptyState title=texts.nothing_granted()>
            <p>{texts.nothing_granted_next()}</p>
            <ul>{principals}</ul>
        </EmptyState>
    }
    .into_any()
}
