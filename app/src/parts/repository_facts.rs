//! The facts at the head of a repository's page.

use leptos::prelude::*;
use model::{
    Locale, Section, Timestamp, Visibility,
    image::ScanSummary,
    repository::{RepositoryDetail, RepositorySettings},
};

use super::{
    as_of::AsOf,
    findings::{Counts, ScanSummaryWords},
    image_facts::fact,
    repository_table::MutabilityWord,
    section::{gist, through},
};
use crate::{
    components::{
        bytes::{Bytes, grouped},
        copy::CopyButton,
        time::Time,
    },
    messages::{
        common::CommonTexts, images::ImagesTexts, links::LinksTexts, repository::RepositoryTexts,
    },
    paths,
};

/// A repository's settings and counts, and the team and principal that grant them.
#[component]
pub fn RepositoryFacts(
    /// The repository.
    detail: RepositoryDetail,
    /// How many live share links the repository has, if known.
    links: Option<u32>,
    /// Whether these are the links of all users, or the viewer's own.
    everybodys: bool,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let (figures, notes) = (figures(&detail, locale), notes(&detail, locale));
    let RepositoryDetail { now, source, .. } = detail;
    let set = |set| {
        if set {
            texts.policy_set()
        } else {
            texts.policy_not_set()
        }
    };
    let reached = paths::links_to(&detail.repository, everybodys);
    let links_texts = LinksTexts(locale);
    let reach = match everybodys {
        true => links_texts.reach(),
        false => links_texts.own_reach(),
    };
    let links = links.map(|links| view! { <a href=reached>{links_texts.live(links)}</a> });
    let settings = settings(detail.settings, now, locale);
    let policy = gist(detail.policy, texts.policy_not_set(), locale, |is_set| {
        set(is_set).to_owned()
    });
    let (lifecycle_as_of, tags_as_of) = (detail.lifecycle.as_of(), detail.resource_tags.as_of());
    let lifecycle = gist(detail.lifecycle, texts.policy_not_set(), locale, |()| {
        texts.policy_set().to_owned()
    });
    let tags = gist(
        detail.resource_tags,
        texts.no_resource_tags(),
        locale,
        |tags| written(&tags, texts.no_resource_tags(), locale),
    );
    let seen: Vec<_> = detail
        .through
        .iter()
        .map(|principal| view! { <li>{through(principal, locale)}</li> })
        .collect();
    view! {
        <p class="repository-uri mono">
            {source.uri.clone()}
            <CopyButton text=source.uri what=texts.uri() locale />
        </p>
        <dl class="facts" aria-label=texts.about()>
            {figures}
            {settings}
            {fact(texts.policy_fact(), policy)}
            {fact(texts.lifecycle_fact(), aged(lifecycle, lifecycle_as_of, now, locale))}
            {fact(texts.resource_tags(), aged(tags, tags_as_of, now, locale))}
            {links.map(|links| fact(reach, links.into_any()))}
            {fact(texts.seen(), view! { <ul>{seen}</ul> }.into_any())}
        </dl>
        {notes.map(|notes| view! { <p class="quiet facts-note">{notes}</p> })}
    }
}

/// What the figures count, if they are shown: ECR's own counts are higher.
fn notes(detail: &RepositoryDetail, locale: Locale) -> Option<String> {
    let texts = RepositoryTexts(locale);
    if detail.visibility != Visibility::Images
        || detail.counts.images == 0
        || detail.as_of.is_none()
    {
        return None;
    }
    // Platforms that are not known as such count, and the list says so.
    let apart = |scans: ScanSummary| scans.unreadable > 0 || scans.unread > 0;
    let images = (!detail.counts.scans.is_some_and(apart)).then(|| texts.images_hint());
    let hints = images.into_iter().chain([texts.size_hint()]);
    let gap = crate::messages::gap(locale).unwrap_or_default();
    Some(hints.collect::<Vec<_>>().join(gap))
}

/// The counts over the whole repository, one fact each. Sizes and findings are only shown to viewers who see images,
/// and after the images were read: until then, zeros would be wrong.
pub fn figures(detail: &RepositoryDetail, locale: Locale) -> AnyView {
    let (texts, counts) = (RepositoryTexts(locale), detail.counts);
    if detail.as_of.is_none() {
        let unread = || view! { <span class="quiet">{texts.not_read()}</span> };
        return view! { {fact(texts.images(), unread())} {fact(texts.tags(), unread())} }
            .into_any();
    }
    let shows_images = detail.visibility == Visibility::Images;
    let images = if shows_images && counts.untagged > 0 {
        texts.counts(&grouped(counts.images), &grouped(counts.untagged))
    } else {
        grouped(counts.images)
    };
    let images = match counts.counts_platforms() {
        true => texts.up_to(&images),
        false => images,
    };
    let archived = counts.archived.filter(|archived| *archived > 0);
    let archived = archived.map(|archived| texts.archived(&grouped(archived)));
    let images: Vec<_> = [Some(images), archived].into_iter().flatten().collect();
    let images = images.join(CommonTexts(locale).list_comma());
    let findings = match counts.scans {
        _ if counts.images == 0 => {
            let words = ImagesTexts(locale).no_images();
            view! { <span class="quiet">{words}</span> }.into_any()
        }
        Some(scans) => {
            view! { <ScanSummaryWords scans counts=counts.findings locale /> }.into_any()
        }
        None if counts.findings.total() == 0 => texts.counts_not_kept().into_any(),
        None => view! { <Counts counts=counts.findings locale /> }.into_any(),
    };
    let figures = shows_images.then(|| {
        view! {
            {fact(texts.size(), view! { <span title=texts.size_hint()><Bytes count=counts.size locale /></span> })}
            {fact(texts.findings(), findings)}
        }
    });
    view! {
        {fact(texts.images(), images)}
        {fact(texts.tags(), grouped(counts.tags))}
        {figures}
    }
    .into_any()
}

/// The settings from DescribeRepositories, one fact each. If they are not granted, a single fact says so.
fn settings(settings: Section<RepositorySettings>, now: Timestamp, locale: Locale) -> AnyView {
    let texts = RepositoryTexts(locale);
    let settings = match settings {
        Section::Shown { value, .. } => value,
        other => {
            let why = gist(other, texts.no_settings(), locale, |_| String::new());
            return fact(texts.settings(), why).into_any();
        }
    };
    let RepositorySettings {
        created,
        mutability,
        scan_on_push,
        encryption,
    } = settings;
    let created = created.map(|at| view! { <Time at now locale /> });
    let scan_on_push = if scan_on_push {
        texts.on()
    } else {
        texts.off()
    };
    view! {
        {fact(texts.mutability(), view! { <MutabilityWord mutability locale /> }.into_any())}
        {fact(texts.scan_on_push(), scan_on_push.into_any())}
        {fact(texts.encryption(), encryption.into_any())}
        {fact(texts.created(), created.into_any())}
    }
    .into_any()
}

/// The age, in seconds, from which a fact shows its age.
const AGE_SHOWN: i64 = 60;

/// A fact that is read separately. It shows its age if it is older than a moment.
fn aged(fact: AnyView, as_of: Option<Timestamp>, now: Timestamp, locale: Locale) -> AnyView {
    let as_of = as_of.filter(|at| now.seconds_since(*at) >= AGE_SHOWN);
    view! {
        {fact}
        <AsOf as_of locale />
    }
    .into_any()
}

fn written(tags: &[(String, String)], none: &str, locale: Locale) -> String {
    if tags.is_empty() {
        return none.to_owned();
    }
    let tags: Vec<_> = tags
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    tags.join(CommonTexts(locale).list_comma())
}
