//! The error page: what happened, whether anything changed, what to do next, and the request ID.

use std::borrow::Cow;

use access::Viewer;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    Action, Digest, Locale, Problem, Tag,
    image::{MissingImage, Reference},
};

use crate::{
    error::AppError,
    messages::{
        common::CommonTexts, errors::ErrorsTexts, registries::RegistriesTexts, shell::ShellTexts,
    },
    parts::{digest::DigestLink, problem::explain, registries::RegistryRemark},
    paths::{self, InvalidReference},
    request::Request,
};

/// What happened, the reason if it is known, and what to do next.
struct Account {
    title: &'static str,
    happened: String,
    why: Option<Cow<'static, str>>,
    next: Cow<'static, str>,
}

/// Explains why a page cannot be shown.
#[component]
pub fn ProblemPage(error: AppError, request: Option<Request>) -> impl IntoView {
    let locale = request
        .as_ref()
        .map_or_else(Locale::default, |request| request.locale);
    let (errors, shell) = (ErrorsTexts(locale), ShellTexts(locale));
    let mut account = account(&error, errors);
    let viewer = request.as_ref().and_then(|it| it.viewer.as_ref());
    let path = request.as_ref().map_or("", |it| &*it.path_and_query);
    if error == AppError::NotFound {
        let (why, next) = not_found(viewer, path, errors);
        (account.why, account.next) = (Some(why.into()), next.into());
        // Only the text of the address decides, so this says nothing about what there is.
        if let Some(invalid) = paths::invalid_reference(path) {
            (account.happened, account.why) = match invalid {
                InvalidReference::Tag(text) => {
                    (errors.not_a_tag(&text), Some(errors.not_a_tag_why().into()))
                }
                InvalidReference::Digest(text) => (
                    errors.not_a_digest(&text),
                    Some(errors.not_a_digest_why().into()),
                ),
            };
            account.next = errors.not_found_next_page().into();
        }
    }
    // Nobody could grant anything to who acts as no role.
    let reviews = viewer.is_some_and(|viewer| viewer.admin && viewer.teams.is_empty());
    let reviewed = paths::policy_of(path).filter(|_| reviews);
    if reviewed.is_some() && matches!(error, AppError::Withheld(_)) {
        account.happened = errors.withheld_review().to_owned();
        account.next = errors.withheld_review_next().into();
    }
    let registry = request.as_ref().and_then(|it| registry_remark(&error, it));
    // A page view changes nothing, so the page does not say so.
    let nothing_changed = request
        .as_ref()
        .is_none_or(|request| request.changes)
        .then(|| view! { <p>{errors.nothing_changed()}</p> });
    let (id, here) = request.map_or_else(Default::default, |request| {
        (request.request_origin.request, request.path_and_query)
    });
    let action = match error {
        AppError::SignedOut => (paths::sign_in(&here), errors.sign_in()),
        AppError::Withheld(_) => match reviewed {
            Some(policy) => (policy, errors.open_policy()),
            None => (paths::ACCESS.to_owned(), errors.my_access()),
        },
        AppError::NotFound => (
            paths::REPOSITORIES.to_owned(),
            errors.back_to_repositories(),
        ),
        AppError::Missing(ref missing) => (
            paths::repository(&missing.repository),
            errors.back_to_repository(),
        ),
        _ => (here.to_string(), errors.try_again()),
    };
    let nearest = match &error {
        AppError::Missing(missing) => Some(nearest(missing, locale)),
        _ => None,
    };
    let gone_image = match &error {
        AppError::Missing(missing) => missing.gone.as_ref().map(|gone| {
            let href = paths::image(&missing.repository, &gone.digest);
            view! { " " <a class="button" href=href>{errors.open_gone_image()}</a> }
        }),
        _ => None,
    };
    view! {
        <Title text=shell.title(account.title) />
        <article class="problem">
            <p class="problem-status">{error.status()}</p>
            <h1>{account.title}</h1>
            <p class="problem-happened">{account.happened}</p>
            {account.why.map(|why| view! { <p>{why}</p> })}
            {registry}
            {nearest}
            {nothing_changed}
            <p>{account.next}</p>
            <p class="problem-actions">
                <a class="button" href=action.0>{action.1}</a>
                {gone_image}
            </p>
            <dl class="problem-id">
                <dt>{errors.request_id()}</dt>
                <dd><code>{id.to_string()}</code></dd>
            </dl>
        </article>
    }
}

/// The registry that cannot be read, and since when, if the viewer knows of several. The data of the other registries
/// is available.
fn registry_remark(error: &AppError, request: &Request) -> Option<AnyView> {
    let (viewer, locale) = (request.viewer.as_ref()?, request.locale);
    let concerns_registry = match error {
        AppError::StillReading | AppError::Undecided(_) => true,
        AppError::Problem(problem) => !matches!(problem, Problem::Gone | Problem::Malformed),
        _ => false,
    };
    let alias = paths::registry_of(&request.path_and_query)?;
    if !concerns_registry || !request.gantry.catalog.several_registries(viewer) {
        return None;
    }
    let Some((registry, now)) = request.gantry.registries.failing(viewer, &alias) else {
        // That a registry with this alias exists is only revealed after it was read.
        let is_known = *error != AppError::StillReading;
        let texts = RegistriesTexts(locale);
        return is_known.then(|| {
            view! { <p>{texts.registry()} {CommonTexts(request.locale).colon()} <code>{alias.to_string()}</code></p> }.into_any()
        });
    };
    let failure = registry.failure.clone()?;
    Some(view! { <RegistryRemark registry failure now locale>""</RegistryRemark> }.into_any())
}

/// Why nothing is found, and what to do next. It depends on who asks and on the kind of page, and never on whether
/// there is something of that name.
fn not_found(
    viewer: Option<&Viewer>,
    path: &str,
    errors: ErrorsTexts,
) -> (&'static str, &'static str) {
    let names_something = paths::has_names(path);
    match viewer {
        _ if !names_something => (errors.not_found_why_page(), errors.not_found_next_page()),
        Some(viewer) if viewer.admin && viewer.teams.is_empty() => (
            errors.not_found_why_no_team(),
            errors.not_found_next_review(),
        ),
        Some(viewer) if viewer.teams.is_empty() => (
            errors.not_found_why_no_team(),
            errors.not_found_next_no_team(),
        ),
        _ => (errors.not_found_why(), errors.not_found_next()),
    }
}

/// The title of an error page.
pub fn title(error: &AppError, locale: Locale) -> &'static str {
    account(error, ErrorsTexts(locale)).title
}

fn account(error: &AppError, errors: ErrorsTexts) -> Account {
    let plain = |title, happened: &str, next: &'static str| Account {
        title,
        happened: happened.to_owned(),
        why: None,
        next: next.into(),
    };
    match error {
        AppError::NotFound => Account {
            why: Some(errors.not_found_why().into()),
            ..plain(
                errors.not_found_title(),
                errors.not_found(),
                errors.not_found_next(),
            )
        },
        AppError::Missing(missing) => {
            let (name, when) = (missing.repository.name.as_str(), missing.as_of.utc());
            let (title, happened) = match &missing.wanted {
                Reference::Tag(tag) => (
                    errors.no_such_tag_title(),
                    errors.no_such_tag(name, tag.as_str(), &when),
                ),
                Reference::Digest(digest) => (
                    errors.no_such_image_title(),
                    errors.no_such_image(name, digest.short(), &when),
                ),
                Reference::Beginning(beginning) if missing.is_ambiguous() => (
                    errors.several_images_title(),
                    errors.several_images(name, beginning.hex(), &when),
                ),
                Reference::Beginning(beginning) => (
                    errors.no_such_image_title(),
                    errors.no_such_image(name, beginning.hex(), &when),
                ),
            };
            match &missing.gone {
                Some(gone) => {
                    let (seen, since) = (gone.last_seen.utc(), gone.gone_since.utc());
                    let gone = errors.gone_tag(&seen, gone.digest.short(), &since);
                    Account {
                        why: Some(gone.into()),
                        ..plain(title, &happened, errors.gone_tag_next())
                    }
                }
                None => plain(title, &happened, errors.no_such_next()),
            }
        }
        AppError::Withheld(action) => withheld(*action, errors),
        AppError::Problem(problem) => {
            let (happened, next) = explain(*problem, errors);
            plain(errors.problem_title(), happened, next)
        }
        AppError::StillReading => plain(
            errors.still_reading_title(),
            errors.still_reading(),
            errors.still_reading_next(),
        ),
        AppError::Undecided(problem) => Account {
            why: Some(explain(*problem, errors).0.into()),
            ..plain(
                errors.undecided_title(),
                errors.undecided(),
                errors.undecided_next(),
            )
        },
        AppError::TooMany { seconds } => Account {
            next: errors.too_many_next(*seconds).into(),
            ..plain(errors.too_many_title(), errors.too_many(), "")
        },
        AppError::Store => plain(errors.store_title(), errors.store(), errors.store_next()),
        AppError::SignedOut => plain(
            errors.signed_out_title(),
            errors.signed_out(),
            errors.signed_out_next(),
        ),
        AppError::BadRequest => plain(
            errors.bad_request_title(),
            errors.bad_request(),
            errors.bad_request_next(),
        ),
        AppError::Internal => plain(
            errors.internal_title(),
            errors.internal(),
            errors.internal_next(),
        ),
        AppError::Unreachable => plain(
            errors.unreachable_title(),
            errors.unreachable(),
            errors.unreachable_next(),
        ),
    }
}

/// Tags or images with similar names.
fn nearest(missing: &MissingImage, locale: Locale) -> impl IntoView + use<> {
    let errors = ErrorsTexts(locale);
    let tag = |tag: &Tag| {
        let href = paths::tag(&missing.repository, tag);
        view! { <li><a class="tag" href=href>{tag.to_string()}</a></li> }.into_any()
    };
    let image = |digest: &Digest| {
        let repository = missing.repository.clone();
        view! { <li><DigestLink repository digest=digest.clone() locale /></li> }.into_any()
    };
    let tags: Vec<_> = missing.nearest.iter().map(tag).collect();
    let images: Vec<_> = missing.nearest_images.iter().map(image).collect();
    let listed = |words: &'static str, items: Vec<AnyView>| {
        (!items.is_empty()).then(|| {
            view! {
                <p>{words}</p>
                <ul class="tag-list">{items}</ul>
            }
            .into_any()
        })
    };
    listed(errors.nearest_tags(), tags).or(listed(errors.nearest_images(), images))
}

fn withheld(action: Action, errors: ErrorsTexts) -> Account {
    Account {
        title: errors.withheld_title(),
        happened: errors.withheld(action.as_str()),
        why: None,
        next: errors.withheld_next().into(),
    }
}
