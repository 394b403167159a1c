//! The facts of an image, for the pages of tags and images.

use leptos::prelude::*;
use model::{
    Action, Locale, RegistryAlias, RepositoryName, Timestamp,
    image::{ImageFacts, ImageKind, TagLabel},
};

use super::{findings::ScanResult, section::Withheld, tag::TagLink};
use crate::{
    components::{
        alert::{Alert, Urgency},
        bytes::Bytes,
        time::Time,
    },
    messages::image::ImageTexts,
};

/// Tags that stand in a row; more are folded.
const UNFOLDED_TAGS: usize = 12;

/// Kind, platforms, size, times and findings; or that they are withheld.
#[component]
pub fn ImageFactList(
    /// The facts; none where only tags and digests are granted.
    facts: Option<ImageFacts>,
    /// The server's time.
    now: Timestamp,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let Some(facts) = facts else {
        // The row says that it is missing, not which statement withholds it.
        return view! {
            <h3>{texts.facts_withheld()}</h3>
            <Withheld action=Action::DescribeImages statement=None locale />
        }
        .into_any();
    };
    let archived = facts.archived.then(|| {
        view! {
            <Alert urgency=Urgency::Warning title=texts.archived_title()>
                <p>{texts.archived()}</p>
            </Alert>
        }
    });
    let kind = kind_words(&facts, texts);
    let platforms = facts
        .platforms
        .iter()
        .map(|platform| view! { <li><code>{platform.to_string()}</code></li> });
    let platforms = (!facts.platforms.is_empty()).then(|| {
        fact(
            texts.platforms_fact(),
            view! { <ul class="platforms">{platforms.collect_view()}</ul> },
        )
    });
    let pulled = match facts.pulled {
        Some(at) => view! { <Time at now locale /> }.into_any(),
        None => texts.never_pulled().into_any(),
    };
    let found = if facts.kind == ImageKind::Index {
        texts.found_worst()
    } else {
        texts.found()
    };
    view! {
        {archived}
        <dl class="facts">
            {fact(texts.kind(), kind)}
            {platforms}
            {facts.size.map(|count| fact(texts.size(), view! { <Bytes count locale /> }))}
            {facts.pushed.map(|at| fact(texts.pushed(), view! { <Time at now locale /> }))}
            <div>
                <dt title=texts.pulled_hint()>{texts.pulled()}</dt>
                <dd>{pulled}</dd>
            </div>
            {fact(found, view! { <ScanResult scan=facts.scan locale /> })}
        </dl>
    }
    .into_any()
}

/// A fact by its name.
pub fn fact(name: &'static str, value: impl IntoView) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

/// Tags in a row, linked; many are folded.
#[component]
pub fn TagRow(
    /// The registry.
    registry: RegistryAlias,
    /// The repository.
    name: RepositoryName,
    /// The tags.
    labels: Vec<TagLabel>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let mut links: Vec<_> = labels
        .into_iter()
        .map(|label| {
            view! {
                <li>
                    <TagLink registry=registry.clone() name=name.clone() label locale />
                </li>
            }
        })
        .collect();
    let folded = links.split_off(links.len().min(UNFOLDED_TAGS));
    let folded = (!folded.is_empty()).then(|| {
        view! {
            <details>
                <summary>{ImageTexts(locale).more_tags(folded.len())}</summary>
                <ul class="tag-row">{folded}</ul>
            </details>
        }
    });
    view! {
        <ul class="tag-row">{links}</ul>
        {folded}
    }
}

fn kind_words(facts: &ImageFacts, texts: ImageTexts) -> AnyView {
    match &facts.kind {
        ImageKind::Image => texts.single_image().into_any(),
        ImageKind::Index if facts.platforms.is_empty() => texts.index().into_any(),
        ImageKind::Index => texts.index_of(facts.platforms.len()).into_any(),
        ImageKind::Artifact(media_type) => {
            view! { {texts.artifact()} " " <code>{media_type.clone()}</code> }.into_any()
        }
    }
}
