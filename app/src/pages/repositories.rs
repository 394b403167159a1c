//! The list of repositories: the start page.

use std::sync::Arc;

use access::Viewer;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    ClaimsSeen, Locale, Problem, RegistryAlias, Timestamp,
    query::{FindingsFilter, RepositoryQuery},
    registry::Registries,
    repository::RepositoryList,
};

use super::loaded;
use crate::{
    compact::attribute,
    components::{
        empty::EmptyState,
        filter::{FilterBox, FilterChoice},
    },
    islands::repositories_table::RepositoriesTable,
    messages::{registries::RegistriesTexts, repositories::RepositoriesTexts, shell::ShellTexts},
    parts::{
        findings::findings_choices,
        list::{IgnoredFilters, ListQuery, list_page},
        no_team::NoTeam,
        registries::RegistryFailures,
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
        let list = request.gantry.repositories.list(viewer, &query).await;
        let (registries, now) = (list.registries.clone(), list.page.now);
        let content = if list.page.total == 0 {
            let (incomplete, problem) = (list.page.incomplete, list.page.problem);
            let may_lack = list.may_lack.then(|| view! { <MayLack locale /> });
            view! { {may_lack} <NothingToList viewer=viewer.clone() groups=request.groups claims=request.claims incomplete problem registries now locale /> }.into_any()
        } else {
            let failures = registries.are_several().then(|| {
                view! { <RegistryFailures registries now locale /> }
            });
            let (asked, kept) = (asked.to_owned(), query.to_pairs());
            view! {
                {failures}
                <IgnoredFilters asked fields=RepositoryQuery::FIELDS kept locale />
                <List list query within=None admin=viewer.admin locale />
            }
            .into_any()
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

/// The filters, counts and table. The island takes over when the reader types or sorts.
#[component]
pub(super) fn List(
    list: RepositoryList,
    query: RepositoryQuery,
    /// The registry whose page contains the list.
    within: Option<RegistryAlias>,
    /// Whether the viewer is an administrator, who sees more than their teams do.
    admin: bool,
    locale: Locale,
) -> impl IntoView {
    let incomplete = list.page.incomplete;
    let RepositoryList {
        page,
        unread,
        may_lack,
        namespaces,
        teams,
        registries,
    } = list;
    // What is shown of any images is shown through a team.
    let names_only = admin && teams.is_empty();
    let teams: Vec<_> = teams.into_iter().map(|team| team.to_string()).collect();
    // A value that is the same in every row is not useful.
    let one_team = teams.len() + usize::from(admin) < 2;
    let (shown, place) = (query.clone(), within.clone());
    let link = move |page| {
        let query = RepositoryQuery {
            page,
            ..shown.clone()
        };
        paths::repositories_in(place.as_ref(), &query)
    };
    let mixed = registries.mixed().filter(|_| within.is_none());
    let look = RepositoriesLook {
        locale,
        mixed: mixed.clone(),
        within: within.clone(),
        names_only,
    };
    let rows = list_page(page, unread, &query, &look, link);
    let alias = |(alias, _): &(RegistryAlias, String)| alias.to_string();
    let aliases = mixed
        .as_ref()
        .map(|mixed| mixed.places.iter().map(alias).collect());
    let action = within
        .as_ref()
        .map_or_else(|| paths::REPOSITORIES.to_owned(), paths::registry);
    let may_lack = may_lack.then(|| view! { <MayLack locale /> });
    view! {
        {may_lack}
        <div class:one-team=one_team data-look=attribute(&look) data-incomplete=incomplete>
            <RepositoriesTable>
                <Filters action registries=aliases namespaces teams names_only query locale />
                {rows}
            </RepositoriesTable>
        </div>
    }
}

/// The filter form: a plain GET without JavaScript.
#[component]
fn Filters(
    action: String,
    /// The registries to choose from, if there are several.
    registries: Option<Vec<String>>,
    namespaces: Vec<String>,
    teams: Vec<String>,
    /// Whether nothing but names and policies is listed.
    names_only: bool,
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
    let states = [
        texts.some_not_scanned(),
        texts.some_scans_failed(),
        texts.some_scans_not_known(),
    ];
    let findings = findings_choices(states, locale);
    let policies = vec![
        ("yes".to_owned(), texts.with_policy().to_owned()),
        ("no".to_owned(), texts.without_policy().to_owned()),
    ];
    let severity = query.findings.map_or("", FindingsFilter::as_str).to_owned();
    let policy = query
        .policy
        .map_or("", |set| if set { "yes" } else { "no" });
    let order = order_fields(&query);
    let registries = registries.map(|aliases| {
        let texts = RegistriesTexts(locale);
        let options = aliases.into_iter().map(same).collect();
        let chosen = query.registry.unwrap_or_default();
        view! { <FilterChoice name="registry" label=texts.registry() any=texts.any_registry() options chosen /> }
    });
    let by_images = (!names_only).then(|| view! {
        <FilterChoice name="team" label=texts.through_team() any=texts.any_team() options=teams chosen=query.team.unwrap_or_default() />
        <FilterChoice name="mutability" label=texts.mutability() any=texts.any_mutability() options=mutabilities chosen=query.mutability.unwrap_or_default() />
        <FilterChoice name="severity" label=texts.severity() any=texts.any_severity() options=findings chosen=severity />
    });
    view! {
        <form class="filters" method="get" action=action.clone() role="search" aria-label=texts.filter() data-filters>
            <FilterBox label=texts.filter() hint=texts.filter_hint() value=query.text />
            {registries}
            <FilterChoice name="namespace" label=texts.namespace() any=texts.any_namespace() options=namespaces chosen=query.namespace.unwrap_or_default() />
            {by_images}
            <FilterChoice name="policy" label=texts.policy() any=texts.any_policy() options=policies chosen=policy.to_owned() />
            {order}
            <button class="button without-script" type="submit">{texts.apply()}</button>
            <a class="button clear-filters" href=action.clone()>{texts.clear()}</a>
        </form>
    }
}

/// The form also sends the order, so that filtering without JavaScript keeps it.
fn order_fields(query: &RepositoryQuery) -> Vec<impl IntoView + use<>> {
    query
        .to_pairs()
        .into_iter()
        .filter(|(key, _)| matches!(*key, "sort" | "order"))
        .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
        .collect()
}

/// That repositories may be missing in a list.
#[component]
pub fn MayLack(locale: Locale) -> impl IntoView {
    view! { <p class="page-note">{RepositoriesTexts(locale).may_lack()}</p> }
}

/// The empty state.
#[component]
pub fn NothingToList(
    viewer: Viewer,
    groups: Arc<[String]>,
    claims: Option<Arc<ClaimsSeen>>,
    incomplete: bool,
    problem: Option<Problem>,
    registries: Registries,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoriesTexts(locale);
    if let Some(problem) = problem {
        return view! { <Unavailable problem locale /> }.into_any();
    }
    if registries.failing().next().is_some() {
        return view! { <RegistryFailures registries now locale /> }.into_any();
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
        return view! { <NoTeam viewer groups claims locale /> }.into_any();
    }
    let principals: Vec<_> = viewer
        .teams
        .iter()
        .flat_map(|team| &team.actors)
        .map(access::Actor::principal)
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
