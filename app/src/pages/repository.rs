//! A repository's page.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{RegistryAlias, RepositoryName};

use super::{loaded, param};
use crate::messages::{repository::RepositoryTexts, shell::ShellTexts};

/// A repository's page.
#[component]
pub fn RepositoryPage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let name = param::<RepositoryName>("name");
    loaded(|request| async move {
        let texts = RepositoryTexts(request.locale);
        let _detail = request
            .gantry
            .repository(request.viewer()?, &registry?, &name?)
            .await?;
        Ok(view! {
            <Title text=ShellTexts(request.locale).title(texts.title()) />
            <h1>{texts.title()}</h1>
        })
    })
}
