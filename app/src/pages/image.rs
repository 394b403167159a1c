//! An image's page.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{Digest, RegistryAlias, RepositoryName};

use super::{loaded, param};
use crate::messages::{image::ImageTexts, shell::ShellTexts};

/// An image's page.
#[component]
pub fn ImagePage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let digest = param::<Digest>("digest");
    let name = param::<RepositoryName>("name");
    loaded(|request| async move {
        let texts = ImageTexts(request.locale);
        let _detail = request
            .gantry
            .image(request.viewer()?, &registry?, &name?, &digest?)
            .await?;
        Ok(view! {
            <Title text=ShellTexts(request.locale).title(texts.title()) />
            <h1>{texts.title()}</h1>
        })
    })
}
