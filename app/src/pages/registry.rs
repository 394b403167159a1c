//! A registry's page: its location, its state, and the repositories in it that the viewer sees.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    Locale, RegistryAlias,
    query::RepositoryQuery,
    registry::{Registries, RegistrySummary},
};

use super::{loaded, param, repositories::List};
use crate::{
    components::{bytes::grouped, empty::EmptyState, time::ExactTime},
    messages::{registries::RegistriesTexts, shell::ShellTexts},
    parts::{image_facts::fact, registries::RegistryFailures},
    paths,
};

/// A registry's page, its repositories filtered and sorted as the URL asks.
#[component]
pub fn RegistryPage() -> impl IntoView {
    let alias = param::<RegistryAlias>("registry");
    loaded(|request| async move {
        let (alias, locale) = (alias?, request.locale);
        let asked = paths::query_of(&request.path_and_query);
        let query = RepositoryQuery {
            registry: None,
            ..paths::read_query(asked, RepositoryQuery::from_pairs)
        };
        let viewer = request.viewer()?;
        let (registry, list) = request
            .gantry
            .registries
            .page(viewer, &alias, &query)
            .await?;
        let (failing, now) = (Registries(vec![registry.clone()]), list.page.now);
        let content = if list.page.total == 0 {
            let texts = RegistriesTexts(locale);
            let next = if registry.failure.is_some() {
                texts.none_shown_next()
            } else {
                texts.none_granted_next()
            };
            view! {
                <EmptyState title=texts.none_shown()>
                    <p>{next}</p>
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <List list query within=Some(alias.clone()) admin=viewer.admin locale /> }
                .into_any()
        };
        Ok(view! {
            <Title text=ShellTexts(locale).title(alias.as_str()) />
            <Head registry locale />
            <RegistryFailures registries=failing now locale />
            {content}
        })
    })
}

/// The alias, and the facts about the registry.
#[component]
fn Head(registry: RegistrySummary, locale: Locale) -> impl IntoView {
    let (texts, shell) = (RegistriesTexts(locale), ShellTexts(locale));
    let account = registry
        .account
        .map_or_else(|| texts.unknown().to_owned(), |account| account.to_string());
    let listed = registry
        .listed
        .map(|at| fact(texts.listed(), view! { <ExactTime at /> }));
    view! {
        <nav class="trail" aria-label=shell.trail()>
            <ol>
                <li><a href=paths::REPOSITORIES>{shell.repositories()}</a></li>
            </ol>
        </nav>
        <div class="page-head">
            <h1>
                <span class="page-kind">{texts.registry()}</span>
                " "
                <span class="mono-heading">{registry.alias.to_string()}</span>
            </h1>
        </div>
        <dl class="facts registry-facts">
            {fact(texts.account(), account)}
            {registry.region.map(|region| fact(texts.region(), region))}
            {fact(texts.repositories(), grouped(registry.repositories))}
            {listed}
        </dl>
    }
}
