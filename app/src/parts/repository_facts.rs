//! What the head of a repository's page tells of it.

use leptos::prelude::*;
use model::{Locale, Section, Sight, repository::RepositoryDetail};

use super::{findings::Counts, repository_table::MutabilityWord, section::through};
use crate::{
    components::{
        bytes::{Bytes, grouped},
        copy::CopyButton,
        time::Time,
    },
    messages::{common::CommonTexts, links::LinksTexts, repository::RepositoryTexts},
    paths,
};

/// A repository's settings and counts, and through whom they are shown.
#[component]
pub fn RepositoryFacts(
    /// The repository.
    detail: RepositoryDetail,
    /// How many share links reach it now, where that is known.
    links: Option<u32>,
    /// Whether these are everybody's, and not the viewer's own.
    everybodys: bool,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let RepositoryDetail {
        counts,
        now,
        source,
        ..
    } = detail;
    let switch = |on| if on { texts.on() } else { texts.off() };
    let set = |set| {
        if set {
            texts.policy_set()
        } else {
            texts.policy_not_set()
        }
    };
    let reached = paths::links_to(&detail.registry, &detail.name, everybodys);
    let links_texts = LinksTexts(locale);
    let reach = match everybodys {
        true => links_texts.reach(),
        false => links_texts.own_reach(),
    };
    let links = links.map(|links| view! { <a href=reached>{links_texts.live(links)}</a> });
    // Figures are of those who see images, and zeros would not be true for others.
    let told = detail.sight == Sight::Images;
    let images = if told {
        texts.counts(&grouped(counts.images), &grouped(counts.untagged))
    } else {
        grouped(counts.images)
    };
    let created = detail.created.map(|at| view! { <Time at now locale /> });
    let policy = gist(detail.policy, texts.policy_not_set(), locale, |is_set| {
        set(is_set).to_owned()
    });
    let lifecycle = gist(detail.lifecycle, texts.policy_not_set(), locale, |()| {
        texts.policy_set().to_owned()
    });
    let tags = gist(
        detail.resource_tags,
        texts.no_resource_tags(),
        locale,
        |tags| written(&tags, texts.no_resource_tags()),
    );
    let seen: Vec<_> = detail
        .through
        .iter()
        .map(|principal| view! { <li>{through(principal, locale)}</li> })
        .collect();
    let fact = |label: &'static str, value: AnyView| {
        view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
    };
    view! {
        <p class="repository-uri mono">
            {source.uri.clone()}
            <CopyButton text=source.uri what=texts.uri() locale />
        </p>
        <dl class="facts" aria-label=texts.about()>
            {fact(texts.images(), images.into_any())}
            {fact(texts.tags(), grouped(counts.tags).into_any())}
            {told
                .then(|| {
                    view! {
                        {fact(texts.size(), view! { <span title=texts.size_hint()><Bytes count=counts.size locale /></span> }.into_any())}
                        {fact(texts.findings(), view! { <Counts counts=counts.findings locale /> }.into_any())}
                    }
                })}
            {fact(texts.mutability(), view! { <MutabilityWord mutability=detail.mutability locale /> }.into_any())}
            {fact(texts.scan_on_push(), switch(detail.scan_on_push).into_any())}
            {fact(texts.encryption(), detail.encryption.into_any())}
            {fact(texts.created(), created.into_any())}
            {fact(texts.policy_fact(), policy)}
            {fact(texts.lifecycle_fact(), lifecycle)}
            {fact(texts.resource_tags(), tags)}
            {links.map(|links| fact(reach, links.into_any()))}
            {fact(texts.seen(), view! { <ul>{seen}</ul> }.into_any())}
        </dl>
    }
}

/// A section in a word or two: what is withheld names the missing action.
fn gist<Value>(
    section: Section<Value>,
    absent: &'static str,
    locale: Locale,
    say: impl FnOnce(Value) -> String,
) -> AnyView {
    match section {
        Section::Shown { value, .. } => say(value).into_any(),
        Section::Absent { .. } => absent.into_any(),
        Section::Withheld { action, .. } => {
            let words = CommonTexts(locale).withheld(action.as_str());
            view! { <span class="quiet">{words}</span> }.into_any()
        }
        Section::Unavailable { .. } => {
            view! { <span class="quiet">{CommonTexts(locale).unknown()}</span> }.into_any()
        }
    }
}

fn written(tags: &[(String, String)], none: &str) -> String {
    if tags.is_empty() {
        return none.to_owned();
    }
    let tags: Vec<_> = tags
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    tags.join(", ")
}
