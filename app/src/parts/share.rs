//! The way to sharing what a page shows.

use leptos::prelude::*;
use model::{
    Locale, RegistryAlias, RepositoryName, Through,
    link::{LinkScope, LinkTarget},
};

use crate::{messages::links::LinksTexts, paths, request::Request};

/// A button that leads to where a link is made. It is there for those who are shown the page through
/// a team: a link carries a team's grant, and a review is none. Where links are switched off, it is not.
#[component]
pub fn ShareButton(
    /// The registry.
    registry: RegistryAlias,
    /// The repository.
    name: RepositoryName,
    /// What of it.
    scope: LinkScope,
    /// Through whom the page is shown.
    through: Vec<Through>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let by_team = |through: &Through| matches!(through, Through::Team { .. });
    let has_links = Request::current().is_ok_and(|it| it.gantry.links.settings().enabled);
    (has_links && through.iter().any(by_team)).then(|| {
        let href = paths::new_link(&LinkTarget {
            registry,
            name,
            scope,
        });
        view! { <a class="button" href=href>{LinksTexts(locale).share()}</a> }
    })
}
