//! A lifecycle policy's page: its rules in plain words, its text, and ECR's preview.

mod preview;
mod rules;

use leptos::prelude::*;
use model::{
    Locale, RegistryAlias, RepositoryName, Section, Timestamp,
    lifecycle::{LifecycleDetail, LifecycleView},
};

use self::{
    preview::{Preview, StartForm},
    rules::Rules,
};
use super::{param, streamed};
use crate::{
    components::{copy::CopyBlock, empty::EmptyState, time::Time},
    error::AppError,
    messages::{lifecycle::LifecycleTexts, shell::ShellTexts},
    parts::{as_of::AsOf, name::NameHeading, section::section, trail::RepositoryTrail},
};

/// A lifecycle policy's page.
#[component]
pub fn LifecyclePage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let name = param::<RepositoryName>("name");
    let title = |shell: ShellTexts| {
        let (name, page) = (
            param::<RepositoryName>("name")?,
            LifecycleTexts(shell.0).title(),
        );
        Ok(shell.title(&format!("{name} · {page}")))
    };
    streamed(title, |request| async move {
        let detail = request
            .gantry
            .lifecycle(request.viewer()?, &registry?, &name?)
            .await?;
        match (&detail.policy, &detail.preview) {
            // Nothing of it is left to show: the missing action is the whole answer.
            (Section::Withheld { action, .. }, Section::Withheld { .. }) => {
                Err(AppError::Withheld(*action))
            }
            _ => Ok(content(detail, request.locale)),
        }
    })
}

fn content(detail: LifecycleDetail, locale: Locale) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let LifecycleDetail {
        registry,
        name,
        policy,
        preview,
        start,
        now,
    } = detail;
    let is_set = !matches!(policy, Section::Absent { .. });
    let policy_as_of = policy.as_of();
    let policy = match policy {
        Section::Absent { .. } => view! {
            <EmptyState title=texts.none_title()>
                <p>{texts.none()}</p>
                <p>{texts.none_next()}</p>
            </EmptyState>
        }
        .into_any(),
        policy => section(policy, "", locale, |policy| {
            view! { <Policy policy now locale /> }
        }),
    };
    let preview_as_of = preview.as_of();
    let asked_before = preview.shown().is_some();
    view! {
        <header class="page-head">
            <RepositoryTrail registry=registry.clone() name=name.clone() locale />
            <NameHeading kind=texts.title() name=name.clone() />
            <AsOf as_of=policy_as_of now locale />
        </header>
        {policy}
        <section class="page-section" aria-labelledby="lifecycle-preview">
            <div class="section-head">
                <h2 id="lifecycle-preview">{texts.preview()}</h2>
                <p class="quiet">{texts.preview_note()}</p>
                <AsOf as_of=preview_as_of now locale />
            </div>
            {is_set
                .then(|| {
                    view! {
                        <StartForm
                            registry=registry.clone()
                            name=name.clone()
                            start
                            asked_before
                            locale
                        />
                    }
                })}
            <Preview registry name preview is_set now locale />
        </section>
    }
}

#[component]
fn Policy(policy: LifecycleView, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let evaluated = policy.last_evaluated.map(|at| {
        view! {
            <p class="page-note">{texts.last_evaluated()} " " <Time at now locale /></p>
        }
    });
    view! {
        {evaluated}
        <Rules rules=policy.rules locale />
        <section class="page-section" aria-labelledby="lifecycle-text">
            <details class="source" open>
                <summary><h2 id="lifecycle-text">{texts.text()}</h2></summary>
                <CopyBlock text=policy.text what=texts.policy_text() locale />
            </details>
        </section>
    }
}
