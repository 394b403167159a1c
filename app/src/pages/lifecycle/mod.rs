//! A lifecycle policy's page: its rules in plain words, its text, and ECR's preview.

mod preview;
mod requested;
mod rules;

use leptos::prelude::*;
use model::{
    Locale, Section, Timestamp,
    lifecycle::{LifecycleDetail, LifecycleView, PreviewRequest},
};

use self::{preview::Preview, requested::Requested, rules::Rules};
use super::{repository_param, streamed};
use crate::{
    components::{copy::CopyBlock, empty::EmptyState, time::Time, woven::woven},
    error::AppError,
    messages::{lifecycle::LifecycleTexts, shell::ShellTexts},
    parts::{
        as_of::AsOf, guarded::guarded_link, name::NameHeading, section::section,
        trail::RepositoryTrail,
    },
    paths,
};

/// A lifecycle policy's page.
#[component]
pub fn LifecyclePage() -> impl IntoView {
    let repository = repository_param();
    let title = |shell: ShellTexts| {
        let (repository, page) = (repository_param()?, LifecycleTexts(shell.0).title());
        Ok(format!("{} · {page}", repository.name))
    };
    streamed(title, |request| async move {
        let detail = request
            .gantry
            .lifecycle
            .page(request.viewer()?, &repository?)
            .await?;
        match (&detail.policy, &detail.preview) {
            // The viewer sees nothing of the policy: the missing action is the whole answer.
            (Section::Withheld { action, .. }, Section::Withheld { .. }) => {
                Err(AppError::Withheld(*action))
            }
            _ => {
                let requested = paths::read_preview_requested(request.notice());
                Ok(content(detail, requested, request.locale))
            }
        }
    })
}

fn content(
    detail: LifecycleDetail,
    requested: Option<PreviewRequest>,
    locale: Locale,
) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let LifecycleDetail {
        repository, policy, ..
    } = &detail;
    let (repository, now) = (repository.clone(), detail.now);
    let policy_as_of = policy.as_of();
    let to_policy = guarded_link(
        &detail.repository_policy,
        paths::policy(&repository),
        texts.repository_policy(),
        &repository.name,
        locale,
    );
    // Without a policy there is nothing to preview.
    let is_set = !matches!(policy, Section::Absent { .. });
    let policy = match policy.clone() {
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
    view! {
        <header class="page-head">
            <RepositoryTrail repository=repository.clone() locale />
            <NameHeading kind=texts.title() name=repository.name />
            <AsOf as_of=policy_as_of locale />
            <div class="page-links">{to_policy}</div>
        </header>
        {requested.map(|outcome| view! { <Requested outcome locale /> })}
        {policy}
        {is_set.then(|| view! { <Preview detail locale /> })}
    }
}

#[component]
fn Policy(policy: LifecycleView, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let evaluated = match policy.last_evaluated {
        Some(at) => {
            let when = view! { <Time at now locale /> }.into_any();
            woven(|[when]| texts.last_evaluated(when), [when])
        }
        None => texts.not_evaluated().into_any(),
    };
    view! {
        <p class="page-note">{evaluated}</p>
        <Rules rules=policy.rules unknown=policy.unknown locale />
        <section class="page-section" aria-labelledby="lifecycle-text">
            <details class="source" open>
                <summary><h2 id="lifecycle-text">{texts.text()}</h2></summary>
                <CopyBlock text=policy.text what=texts.policy_text() locale />
            </details>
        </section>
    }
}
