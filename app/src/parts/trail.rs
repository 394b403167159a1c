//! Where a page stands, and the ways back up.

use leptos::{either::Either, prelude::*};
use model::{Locale, RegistryAlias, RepositoryName, query::ImageQuery};

use crate::{messages::shell::ShellTexts, paths};

/// The way from the list of repositories down to one of them.
#[component]
pub fn RepositoryTrail(
    /// The registry.
    registry: RegistryAlias,
    /// The repository.
    name: RepositoryName,
    /// Whether the repository's page is shown to the viewer; a link that is not would lead nowhere.
    #[prop(default = true)]
    linked: bool,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ShellTexts(locale);
    let repository = if linked {
        let href = paths::repository(&registry, &name, &ImageQuery::default());
        Either::Left(view! { <a href=href>{name.to_string()}</a> })
    } else {
        Either::Right(view! { <span>{name.to_string()}</span> })
    };
    view! {
        <nav class="trail" aria-label=texts.trail()>
            <ol>
                <li><a href=paths::REPOSITORIES>{texts.repositories()}</a></li>
                <li class="trail-registry"><a href=paths::registry(&registry)>{registry.to_string()}</a></li>
                <li class="trail-repository">{repository}</li>
            </ol>
        </nav>
    }
}
