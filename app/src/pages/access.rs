//! "My access": what each of the viewer's principals may do in each repository, and which statement decides.

use access::PrincipalGrants;
use dashboard::{AccessDetail, AccessRow};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use model::{Action, GrantedVia, Locale, Page, registry::MixedRegistries};
use policy::Verdict;

use super::{
    loaded,
    repositories::{MayLack, NothingToList},
};
use crate::{
    components::{bytes::grouped, empty::EmptyState, filter::FilterBox, pager::Pager},
    messages::{access::AccessTexts, grants::GrantsTexts, shell::ShellTexts},
    parts::{
        grants::{EveryAction, GrantsLegend, PrincipalName, group_cells, group_heads},
        list::ListSummary,
        name::RepositoryWords,
        registries::{RegistryFailures, RegistryLink, in_registries},
        section::Unavailable,
    },
    paths,
};

/// The page, filtered as the URL asks.
#[component]
pub fn AccessPage() -> impl IntoView {
    loaded(|request| async move {
        let (locale, texts) = (request.locale, AccessTexts(request.locale));
        let viewer = request.viewer()?;
        let asked = paths::query_of(&request.path_and_query);
        let (text, page) = paths::read_words_and_page(asked);
        let detail = request.gantry.policies.access(viewer, &text, page).await;
        let content = if detail.repositories.total == 0 {
            let (registries, may_lack) = (detail.registries, detail.may_lack);
            let Page {
                incomplete,
                problem,
                now,
                ..
            } = detail.repositories;
            view! { {may_lack.then(|| view! { <MayLack locale /> })} <NothingToList viewer=viewer.clone() groups=request.groups claims=request.claims incomplete problem registries now locale /> }.into_any()
        } else {
            view! { <Access detail text locale /> }.into_any()
        };
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.title()) />
            <header class="page-head">
                <h1>{texts.title()}</h1>
                <p class="page-note">{texts.about()} {crate::messages::gap(locale)} {GrantsTexts(locale).wording()}</p>
            </header>
            {content}
        })
    })
}

/// The search, the counts and the grid.
#[component]
fn Access(detail: AccessDetail, text: String, locale: Locale) -> impl IntoView {
    let texts = AccessTexts(locale);
    let (page, registries) = (detail.repositories, detail.registries);
    let mut count = if page.matching == page.total {
        texts.all(page.total)
    } else {
        texts.some(&grouped(page.matching), &grouped(page.total))
    };
    let mixed = registries.mixed();
    if let Some(mixed) = &mixed {
        count = in_registries(&count, mixed, locale);
    }
    let incomplete = page.incomplete.then(|| texts.incomplete());
    let may_lack = detail.may_lack.then(|| view! { <MayLack locale /> });
    let Page {
        as_of,
        problem,
        now,
        number,
        pages,
        ..
    } = page;
    let searched = text.clone();
    let failures = mixed
        .is_some()
        .then(|| view! { <RegistryFailures registries now locale /> });
    view! {
        {failures}
        <Principals principals=detail.principals locale />
        <Search text locale />
        {problem.map(|problem| view! { <Unavailable problem locale /> })}
        {may_lack}
        <ListSummary count as_of incomplete locale />
        <Grid page mixed locale />
        <Pager number pages link=move |page| paths::access(&searched, page) locale />
        <GrantsLegend locale />
    }
}

/// The principals that the viewer may act as, with their full ARNs.
#[component]
fn Principals(principals: Vec<GrantedVia>, locale: Locale) -> impl IntoView {
    let items = principals.into_iter().filter_map(|through| match through {
        GrantedVia::Team { team, principal } => Some(view! {
            <li>
                <strong>{team.to_string()}</strong>
                " "
                <code>{principal.to_string()}</code>
            </li>
        }),
        GrantedVia::Review => None,
    });
    view! {
        <ul class="access-principals" aria-label=AccessTexts(locale).principals()>
            {items.collect_view()}
        </ul>
    }
}

#[component]
fn Search(text: String, locale: Locale) -> impl IntoView {
    let texts = AccessTexts(locale);
    let clear = (!text.is_empty())
        .then(|| view! { <a class="button" href=paths::ACCESS>{texts.clear()}</a> });
    view! {
        <form
            class="filters"
            method="get"
            action=paths::ACCESS
            role="search"
            aria-label=texts.search()
        >
            <FilterBox label=texts.search() hint=texts.search_hint() value=text />
            <button class="button" type="submit">{texts.apply()}</button>
            {clear}
        </form>
    }
}

/// One `tbody` for each repository, one row for each principal.
#[component]
fn Grid(page: Page<AccessRow>, mixed: Option<MixedRegistries>, locale: Locale) -> impl IntoView {
    let texts = AccessTexts(locale);
    if page.rows.is_empty() {
        return Either::Left(view! {
            <EmptyState title=texts.no_match()>
                <p>{texts.no_match_next()}</p>
            </EmptyState>
        });
    }
    let rows = page.rows.into_iter().enumerate();
    let bodies = rows.map(|(number, row)| body(number, row, mixed.as_ref(), locale));
    Either::Right(view! {
        <table class="table grants-grid access-grid">
            <caption class="visually-hidden">{texts.caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.repository()}</th>
                    <th scope="col">{texts.principal()}</th>
                    {group_heads(locale)}
                </tr>
            </thead>
            {bodies.collect_view()}
        </table>
    })
}

fn body(
    number: usize,
    row: AccessRow,
    mixed: Option<&MixedRegistries>,
    locale: Locale,
) -> impl IntoView + use<> {
    let span = row.grants.len().to_string();
    let policy = paths::policy(&row.repository);
    let registry = mixed.map(|mixed| {
        let place = mixed.place(&row.repository.registry).to_owned();
        view! { <p class="access-registry"><RegistryLink alias=row.repository.registry.clone() place /></p> }
    });
    let mut name = Some(view! { {repository_name(&row, locale)} {registry} });
    let rows = row.grants.into_iter().enumerate().map(|(place, grants)| {
        let head = name
            .take()
            .map(|name| view! { <th scope="rowgroup" rowspan=span.clone()>{name}</th> });
        let cells = group_cells(&grants.cells, Some(&policy), locale);
        view! {
            <tr data-row>
                {head}
                <td class="access-principal">
                    <PrincipalName through=grants.through />
                    <EveryAction id=format!("actions-{number}-{place}") cells=grants.cells locale />
                </td>
                {cells}
            </tr>
        }
    });
    view! { <tbody>{rows.collect_view()}</tbody> }
}

/// The repository's name, linked to the repository page or the policy page, whichever the viewer may see.
fn repository_name(row: &AccessRow, locale: Locale) -> impl IntoView + use<> {
    let words = view! { <RepositoryWords name=row.repository.name.clone() /> };
    let href = if row.is_shown {
        Some(paths::repository(&row.repository))
    } else if granted(&row.grants, Action::GetRepositoryPolicy) {
        Some(paths::policy(&row.repository))
    } else {
        None
    };
    match href {
        Some(href) => {
            view! { <a class="repository-name" href=href data-row-link>{words}</a> }.into_any()
        }
        None => view! {
            <span class="repository-name">{words}</span>
            <p class="quiet">{AccessTexts(locale).not_shown()}</p>
        }
        .into_any(),
    }
}

/// Whether the action is granted to any of the principals.
fn granted(grants: &[PrincipalGrants], action: Action) -> bool {
    grants
        .iter()
        .flat_map(|grants| &grants.cells)
        .any(|cell| cell.verdict == Verdict::Granted && cell.action == action)
}
