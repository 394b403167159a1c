//! A lifecycle policy's page.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{RegistryAlias, RepositoryName};

use super::{loaded, param};
use crate::messages::{lifecycle::LifecycleTexts, shell::ShellTexts};

/// A lifecycle policy's page.
#[component]
pub fn LifecyclePage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let name = param::<RepositoryName>("name");
    loaded(|request| async move {
        let texts = LifecycleTexts(request.locale);
        let _detail = request
            .gantry
            .lifecycle(request.viewer()?, &registry?, &name?)
            .await?;
        Ok(view! {
            <Title text=ShellTexts(request.locale).title(texts.title()) />
            <h1>{texts.title()}</h1>
        })
    })
}
