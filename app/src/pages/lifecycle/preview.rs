//! ECR's preview: the images that the policy would expire now.

use std::collections::BTreeMap;

use leptos::{either::Either, prelude::*};
use model::{
    Digest, Locale, RepositoryAt, Section, Timestamp,
    lifecycle::{Fate, LifecycleDetail, PreviewImage, PreviewView},
};

use super::rules::rule_anchor;
use crate::{
    components::{
        alert::{Alert, Urgency},
        empty::EmptyState,
        time::Time,
        woven::woven,
    },
    messages::{images::ImagesTexts, lifecycle::LifecycleTexts, repository::RepositoryTexts},
    parts::{
        as_of::AsOf,
        digest::DigestLink,
        section::{Unavailable, Withheld, section},
    },
    paths,
};

/// The preview, its time, and the button that requests a new one.
#[component]
pub fn Preview(detail: LifecycleDetail, locale: Locale) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let LifecycleDetail {
        repository,
        preview,
        pulled,
        requested,
        outdated,
        start,
        now,
        ..
    } = detail;
    let as_of = preview.as_of();
    let asked_before = preview.shown().is_some();
    let requested = asked_before.then(|| match requested {
        Some(at) => {
            let when = view! { <Time at now locale /> }.into_any();
            woven(|[when]| texts.requested(when), [when])
        }
        None => texts.requested_unknown().into_any(),
    });
    let outdated = outdated.then(|| {
        view! {
            <Alert urgency=Urgency::Warning title=texts.outdated_title()>
                <p>{texts.outdated()}</p>
            </Alert>
        }
    });
    let form = view! {
        <StartForm repository=repository.clone() start asked_before locale />
    };
    let outcome = section(preview, texts.no_preview(), locale, move |preview| {
        view! { <State repository preview pulled now locale /> }
    });
    view! {
        <section class="page-section" aria-labelledby="lifecycle-preview">
            <div class="section-head">
                <h2 id="lifecycle-preview">{texts.preview()}</h2>
                <p class="quiet">{texts.preview_note()}</p>
                <AsOf as_of locale />
            </div>
            {form}
            {requested.map(|when| view! { <p class="page-note">{when}</p> })}
            {outdated}
            {outcome}
        </section>
    }
}

/// The button that requests a preview: a plain form, or the action that is missing.
#[component]
fn StartForm(
    repository: RepositoryAt,
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
        <form class="start-preview" method="post" action=paths::START_PREVIEW>
            <input type="hidden" name="registry" value=repository.registry.to_string() />
            <input type="hidden" name="name" value=repository.name.to_string() />
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

/// The images that ECR says would expire, or the state of the preview.
#[component]
fn State(
    repository: RepositoryAt,
    preview: PreviewView,
    pulled: Section<BTreeMap<Digest, Timestamp>>,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    if preview.running {
        let here = paths::lifecycle(&repository);
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
    if preview.images.is_empty() {
        return view! {
            <EmptyState title=texts.nothing_title()>
                <p>{texts.nothing()}</p>
            </EmptyState>
        }
        .into_any();
    }
    view! { <Outcome repository preview pulled now locale /> }.into_any()
}

/// The images that would expire.
#[component]
fn Outcome(
    repository: RepositoryAt,
    preview: PreviewView,
    pulled: Section<BTreeMap<Digest, Timestamp>>,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = LifecycleTexts(locale);
    let listed = preview.images.len();
    let rest = (u32::try_from(listed).unwrap_or(u32::MAX) < preview.total)
        .then(|| view! { <span>{texts.first(listed)}</span> });
    let times = pulled.shown().cloned();
    let rows = preview.images.into_iter().map(|image| {
        let pulled = times
            .as_ref()
            .map(|times| times.get(&image.digest).copied());
        row(&repository, image, pulled, now, locale)
    });
    let rows = rows.collect_view();
    let pulls = times
        .is_some()
        .then(|| view! { <th scope="col">{texts.pulled()}</th> });
    // The missing action for that column is named once, below the table.
    let no_pulls = times.is_none().then(|| section(pulled, "", locale, |_| ()));
    view! {
        <p class="list-summary">
            <strong>{texts.would_go(preview.total)}</strong>
            {rest}
            <span>{texts.order()}</span>
        </p>
        <table class="table">
            <caption class="visually-hidden">{texts.caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.digest()}</th>
                    <th scope="col">{texts.tags()}</th>
                    <th scope="col">{texts.pushed()}</th>
                    {pulls}
                    <th scope="col">{texts.fate()}</th>
                    <th scope="col">{texts.rule()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {no_pulls}
    }
}

/// An image with its last pull, if that is shown. `None` if no pull was recorded.
fn row(
    repository: &RepositoryAt,
    image: PreviewImage,
    pulled: Option<Option<Timestamp>>,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView + use<> {
    let texts = LifecycleTexts(locale);
    let untagged = image.tags.is_empty().then(|| {
        view! { <span class="quiet">{ImagesTexts(locale).untagged()}</span> }
    });
    let tags = image.tags.into_iter().map(|tag| {
        let href = paths::tag(repository, &tag);
        view! { <a class="tag" href=href>{tag.to_string()}</a> " " }
    });
    let pulled = pulled.map(|at| view! { <Pulled at now locale /> });
    let fate = match image.fate {
        Fate::Expire => texts.goes_expire().to_owned(),
        Fate::Archive => texts.goes_transition().to_owned(),
        Fate::Other(action) => action,
    };
    view! {
        <tr data-row>
            <th scope="row">
                <DigestLink
                    repository=repository.clone()
                    digest=image.digest
                    locale
                />
            </th>
            <td data-label=texts.tags()>{tags.collect_view()} {untagged}</td>
            <td data-label=texts.pushed()>
                {image.pushed.map(|at| view! { <Time at now in_row=true locale /> })}
            </td>
            {pulled}
            <td data-label=texts.fate()>{fate}</td>
            <td data-label=texts.rule()>
                <a href=format!("#{}", rule_anchor(image.rule))>{texts.priority(image.rule)}</a>
            </td>
        </tr>
    }
}

/// When an image was last pulled.
#[component]
fn Pulled(at: Option<Timestamp>, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let pulled = match at {
        Some(at) => Either::Left(view! { <Time at now in_row=true locale /> }),
        None => Either::Right(view! {
            <span class="quiet" title=texts.never_pulled_why()>{texts.never_pulled()}</span>
        }),
    };
    view! { <td data-label=LifecycleTexts(locale).pulled()>{pulled}</td> }
}
