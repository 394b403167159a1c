//! A lifecycle policy's page.

use leptos::prelude::*;
use leptos_meta::Title;
use model::{RegistryAlias, RepositoryName};

use super::{loaded, param};
use crate::messages::{lifecycle::Lifecycle, shell::Shell};

/// A lifecycle policy's page.
#[component]
pub fn LifecyclePage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let name = param::<RepositoryName>("name");
    loaded(|request| async move {
        let texts = Lifecycle(request.locale);
        let _detail = request
            .gantry
            .lifecycle(request.viewer()?, &registry?, &name?)
            .await?;
        Ok(view! {
            <Title text=Shell(request.locale).title(texts.title()) />
            <h1>{texts.title()}</h1>
        })
    })
}
