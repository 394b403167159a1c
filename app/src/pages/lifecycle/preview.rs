//! ECR's preview: what the policy would take now.

use leptos::{either::Either, prelude::*, server_fn::ServerFn};
use model::{
    Locale, RegistryAlias, RepositoryName, Section, Timestamp,
    lifecycle::{PreviewImage, PreviewView},
};

use super::rules::rule_anchor;
use crate::{
    api::StartLifecyclePreview,
    components::{
        alert::{Alert, Urgency},
        empty::EmptyState,
        time::Time,
    },
    messages::{images::ImagesTexts, lifecycle::LifecycleTexts},
    parts::{
        digest::DigestLink,
        section::{Unavailable, Withheld, section},
    },
    paths,
};

/// The button that asks for a preview: a plain form, or what is missing to press it.
#[component]
pub fn StartForm(
    registry: RegistryAlias,
    name: RepositoryName,
    start: Section<()>,
    asked_before: bool,
    locale: Locale,
) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let label = if asked_before {
        texts.start_again()
    } else {
        texts.start()
    };
    let reason = match start {
        Section::Shown { .. } | Section::Absent { .. } => None,
        Section::Withheld { action, statement } => {
            Some(view! { <Withheld action statement locale /> }.into_any())
        }
        Section::Unavailable { problem } => {
            Some(view! { <Unavailable problem locale /> }.into_any())
        }
    };
    let disabled = reason.is_some();
    view! {
        <form class="start-preview" method="post" action=StartLifecyclePreview::url()>
            <input type="hidden" name="registry" value=registry.to_string() />
            <input type="hidden" name="name" value=name.to_string() />
            <button
                class="button"
                type="submit"
                disabled=disabled
                aria-describedby=disabled.then_some("start-preview-reason")
            >
                {label}
            </button>
            <div id="start-preview-reason">{reason}</div>
        </form>
    }
}

/// What ECR says would go, or how far it is.
#[component]
pub fn Preview(
    registry: RegistryAlias,
    name: RepositoryName,
    preview: Section<PreviewView>,
    is_set: bool,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let absent = if is_set {
        texts.no_preview()
    } else {
        texts.no_policy_to_preview()
    };
    section(preview, absent, locale, move |preview| {
        if preview.running {
            let here = paths::lifecycle(&registry, &name);
            return view! {
                <Alert urgency=Urgency::Note title=texts.running_title()>
                    <p>{texts.running()}</p>
                    <p><a class="button" href=here>{texts.look_again()}</a></p>
                </Alert>
            }
            .into_any();
        }
        if preview.failed {
            return view! {
                <Alert urgency=Urgency::Failure title=texts.failed_title()>
                    <p>{texts.failed()}</p>
                </Alert>
            }
            .into_any();
        }
        view! { <Outcome registry name preview now locale /> }.into_any()
    })
}

/// The images that would go.
#[component]
fn Outcome(
    registry: RegistryAlias,
    name: RepositoryName,
    preview: PreviewView,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    if preview.images.is_empty() {
        return Either::Left(view! {
            <EmptyState title=texts.nothing_title()>
                <p>{texts.nothing()}</p>
            </EmptyState>
        });
    }
    let listed = preview.images.len();
    let rest = (u32::try_from(listed).unwrap_or(u32::MAX) < preview.total)
        .then(|| view! { <span>{texts.first(listed)}</span> });
    let rows = preview
        .images
        .into_iter()
        .map(|image| row(&registry, &name, image, now, locale));
    Either::Right(view! {
        <p class="list-summary"><strong>{texts.would_go(preview.total)}</strong> {rest}</p>
        <table class="table">
            <caption class="visually-hidden">{texts.caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.digest()}</th>
                    <th scope="col">{texts.tags()}</th>
                    <th scope="col">{texts.pushed()}</th>
                    <th scope="col">{texts.fate()}</th>
                    <th scope="col">{texts.rule()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    })
}

fn row(
    registry: &RegistryAlias,
    name: &RepositoryName,
    image: PreviewImage,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView + use<> {
    let texts = LifecycleTexts(locale);
    let untagged = image.tags.is_empty().then(|| {
        view! { <span class="quiet">{ImagesTexts(locale).untagged()}</span> }
    });
    let tags = image.tags.into_iter().map(|tag| {
        let href = paths::tag(registry, name, &tag);
        view! { <a class="tag" href=href>{tag.to_string()}</a> " " }
    });
    let fate = match image.action.as_str() {
        "expire" => texts.goes_expire().to_owned(),
        "transition" => texts.goes_transition().to_owned(),
        other => other.to_owned(),
    };
    view! {
        <tr data-row>
            <th scope="row">
                <DigestLink
                    registry=registry.clone()
                    name=name.clone()
                    digest=image.digest
                    locale
                />
            </th>
            <td data-label=texts.tags()>{tags.collect_view()} {untagged}</td>
            <td data-label=texts.pushed()>
                {image.pushed.map(|at| view! { <Time at now locale /> })}
            </td>
            <td data-label=texts.fate()>{fate}</td>
            <td data-label=texts.rule()>
                <a href=format!("#{}", rule_anchor(image.rule))>{texts.priority(image.rule)}</a>
            </td>
        </tr>
    }
}
