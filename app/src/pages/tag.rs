//! A tag's page.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{RegistryAlias, RepositoryName, Tag};

use super::{loaded, param};
use crate::messages::{shell::ShellTexts, tag::TagTexts};

/// A tag's page.
#[component]
pub fn TagPage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let tag = param::<Tag>("tag");
    let name = param::<RepositoryName>("name");
    loaded(|request| async move {
        let texts = TagTexts(request.locale);
        let _detail = request
            .gantry
            .tag(request.viewer()?, &registry?, &name?, &tag?)
            .await?;
        Ok(view! {
            <Title text=ShellTexts(request.locale).title(texts.title()) />
            <h1>{texts.title()}</h1>
        })
    })
}
