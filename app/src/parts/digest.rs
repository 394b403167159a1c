//! Digests.

use leptos::prelude::*;
use model::{Digest, Locale, RepositoryAt};

use crate::{
    components::{copy::CopyButton, maybe_link::MaybeLink},
    messages::images::ImagesTexts,
    paths,
};

/// The digest of an image in a repository: twelve digits, linked to the image's page. Copying gives the whole digest.
#[component]
pub fn DigestLink(
    /// The repository.
    repository: RepositoryAt,
    /// The digest.
    digest: Digest,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let href = paths::image(&repository, &digest);
    let short = digest.short().to_owned();
    let what = ImagesTexts(locale).digest_of(&short);
    view! {
        <span class="digest">
            <MaybeLink href title=digest.to_string()>{short}</MaybeLink>
            <CopyButton text=digest.as_str() what locale />
        </span>
    }
}
