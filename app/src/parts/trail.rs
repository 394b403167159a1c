//! Breadcrumbs.

use leptos::{either::Either, prelude::*};
use model::{Locale, RepositoryAt};

use crate::{messages::shell::ShellTexts, paths};

/// The breadcrumbs from the list of repositories down to a repository.
#[component]
pub fn RepositoryTrail(
    /// The repository.
    repository: RepositoryAt,
    /// Whether the viewer may see the repository's page. If not, the name is not a link.
    #[prop(default = true)]
    linked: bool,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ShellTexts(locale);
    let RepositoryAt { registry, name } = &repository;
    let last = if linked {
        let href = paths::repository(&repository);
        Either::Left(view! { <a href=href>{name.to_string()}</a> })
    } else {
        Either::Right(view! { <span>{name.to_string()}</span> })
    };
    view! {
        <nav class="trail" aria-label=texts.trail()>
            <ol>
                <li><a href=paths::REPOSITORIES>{texts.repositories()}</a></li>
                <li class="trail-registry"><a href=paths::registry(registry)>{registry.to_string()}</a></li>
                <li class="trail-repository">{last}</li>
            </ol>
        </nav>
    }
}
