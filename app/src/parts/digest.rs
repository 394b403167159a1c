//! Digests.

use leptos::prelude::*;
use model::{Digest, Locale, RegistryAlias, RepositoryName};

use crate::{components::copy::CopyButton, messages::images::ImagesTexts, paths};

/// A digest of a repository's image: twelve digits linked to its page, copied whole.
#[component]
pub fn DigestLink(
    /// The registry.
    registry: RegistryAlias,
    /// The repository.
    name: RepositoryName,
    /// The digest.
    digest: Digest,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let href = paths::image(&registry, &name, &digest);
    view! {
        <span class="digest">
            <a href=href title=digest.to_string()>{digest.short().to_owned()}</a>
            <CopyButton text=digest.as_str() what=ImagesTexts(locale).digest() locale />
        </span>
    }
}
