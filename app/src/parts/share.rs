//! The button that shares the current page.

use leptos::prelude::*;
use model::{
    GrantedVia, Locale, RepositoryAt,
    link::{LinkScope, LinkTarget},
};

use crate::{messages::links::LinksTexts, paths, request::Request};

/// A button that opens the form for a share link. It only shows to viewers who see the page through a team: a link uses
/// a team's grant, and an administrator's review is not a grant. It does not show if links are switched off.
#[component]
pub fn ShareButton(
    /// The repository.
    repository: RepositoryAt,
    /// The part of the repository.
    scope: LinkScope,
    /// The team and principal that grant the page.
    through: Vec<GrantedVia>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let by_team = |through: &GrantedVia| matches!(through, GrantedVia::Team { .. });
    let has_links = Request::current().is_ok_and(|it| it.gantry.links.settings().enabled);
    (has_links && through.iter().any(by_team)).then(|| {
        let href = paths::new_link(&LinkTarget { repository, scope });
        view! { <a class="button" href=href>{LinksTexts(locale).share()}</a> }
    })
}
