//! A repository policy's page.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{RegistryAlias, RepositoryName};

use super::{loaded, param};
use crate::messages::{policy::PolicyTexts, shell::ShellTexts};

/// A repository policy's page.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let name = param::<RepositoryName>("name");
    loaded(|request| async move {
        let texts = PolicyTexts(request.locale);
        let _detail = request
            .gantry
            .policy(request.viewer()?, &registry?, &name?)
            .await?;
        Ok(view! {
            <Title text=ShellTexts(request.locale).title(texts.title()) />
            <h1>{texts.title()}</h1>
        })
    })
}
