//! A tag's page: what it points at, whether it moves, where it has pointed, and how to use it.

pub mod history;

use dashboard::Refusal;
use leptos::{either::Either, prelude::*};
use model::{
    Locale, RegistryAlias, RepositoryName, Tag,
    image::{ImageContext, ImageRow, Reference, TagDetail, TagKind, TagLabel},
    link::LinkScope,
    pull::Client,
};

use self::history::History;
use super::{param, streamed};
use crate::{
    components::copy::CopyButton,
    error::AppError,
    messages::tag::TagTexts,
    parts::{
        as_of::AsOf,
        digest::DigestLink,
        image_facts::{ImageFactList, TagRow},
        name::NameHeading,
        section::through,
        share::ShareButton,
        tag::{KindBadge, TagLink, kind_reason},
        trail::RepositoryTrail,
        use_it::UseIt,
    },
};

/// A tag's page.
#[component]
pub fn TagPage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let tag = param::<Tag>("tag");
    let name = param::<RepositoryName>("name");
    let title = |_| {
        let (name, tag) = (param::<RepositoryName>("name")?, param::<Tag>("tag")?);
        Ok(format!("{name}:{tag}"))
    };
    streamed(title, |request| async move {
        let (viewer, gantry) = (request.viewer()?, &request.gantry);
        let (registry, name, tag) = (registry?, name?, tag?);
        let detail = match gantry.images.tag(viewer, &registry, &name, &tag).await {
            Err(Refusal::NotFound) => {
                let wanted = Reference::Tag(tag);
                let missing = gantry
                    .images
                    .missing(viewer, &registry, &name, wanted)
                    .await?;
                return Err(AppError::Missing(Box::new(missing)));
            }
            detail => detail?,
        };
        let client = request.preferences.client;
        let here = request.path_and_query.to_string();
        Ok(content(detail, client, here, request.locale))
    })
}

fn content(detail: TagDetail, client: Client, here: String, locale: Locale) -> impl IntoView {
    let history = detail.history();
    let TagDetail {
        label,
        image,
        siblings,
        context,
        ..
    } = detail;
    let (tag, shown, now) = (label.tag.clone(), image.clone(), context.now);
    let (registry, name) = (context.registry.clone(), context.name.clone());
    // People do not deploy charts or signatures as containers.
    let advice = shown.artifact_tool().is_none().then(|| {
        let (registry, name, label) = (registry.clone(), name.clone(), label.clone());
        let siblings = siblings.clone();
        view! { <Advice registry name label siblings locale /> }
    });
    view! {
        <Head context=context.clone() label=label.clone() locale />
        <div class="with-aside">
            <div class="with-aside-main">
                <PointsAt context=context.clone() image siblings locale />
                <History registry=registry.clone() name=name.clone() history now locale />
            </div>
            <UseIt context tag=Some(tag) image=shown client here locale>
                {advice}
            </UseIt>
        </div>
    }
}

/// The tag, and whether it moves.
#[component]
fn Head(context: ImageContext, label: TagLabel, locale: Locale) -> impl IntoView {
    let texts = TagTexts(locale);
    let reference = context.source.by_tag(&label.tag);
    let ImageContext {
        registry,
        name,
        through,
        ..
    } = context;
    let scope = LinkScope::Tag(label.tag.clone());
    view! {
        <header class="page-head">
            <RepositoryTrail registry=registry.clone() name=name.clone() locale />
            <NameHeading kind=texts.title() name=name.clone() part=format!(":{}", label.tag) />
            <KindBadge kind=label.kind locale />
            <div class="page-links">
                <ShareButton registry name scope through locale />
            </div>
            <p class="page-note">{kind_reason(label.kind, locale)}</p>
            <p class="page-note">
                <code data-reference=reference.clone()>
                    {reference.clone()}
                </code>
                <CopyButton text=reference what=texts.reference() locale />
            </p>
        </header>
    }
}

/// The image that the tag points at.
#[component]
fn PointsAt(
    context: ImageContext,
    image: ImageRow,
    siblings: Vec<TagLabel>,
    locale: Locale,
) -> impl IntoView {
    let texts = TagTexts(locale);
    let ImageContext {
        registry,
        name,
        as_of,
        now,
        ..
    } = context;
    let by = context
        .through
        .first()
        .map(|by| view! { <p class="quiet">{through(by, locale)}</p> });
    let others = if siblings.is_empty() {
        Either::Left(view! { <p class="quiet">{texts.no_siblings()}</p> })
    } else {
        Either::Right(view! {
            <TagRow registry=registry.clone() name=name.clone() labels=siblings locale />
        })
    };
    view! {
        <section class="page-section overview" aria-labelledby="points-at">
            <div class="section-head">
                <h2 id="points-at">{texts.points_at()}</h2>
                <AsOf as_of locale />
                {by}
            </div>
            <p class="points-at">
                <DigestLink registry name digest=image.digest.clone() locale />
            </p>
            <ImageFactList about=image.subject_tag() facts=image.facts now locale />
            <h3>{texts.siblings()}</h3>
            {others}
        </section>
    }
}

/// How to deploy the image: by digest if the tag may move, or by a tag that no push can move.
#[component]
fn Advice(
    registry: RegistryAlias,
    name: RepositoryName,
    label: TagLabel,
    siblings: Vec<TagLabel>,
    locale: Locale,
) -> impl IntoView {
    let texts = TagTexts(locale);
    let advice = match label.kind {
        TagKind::Locked => texts.advice_locked(),
        TagKind::LooksUnique => texts.advice_unique(),
        TagKind::Moved | TagKind::LooksFloating => texts.advice_floating(),
        TagKind::Unknown => texts.advice_unknown(),
    };
    let gap = crate::messages::gap(locale);
    // A tag that only looks unique is a guess, so it is not offered.
    let immutable = siblings
        .into_iter()
        .find(|sibling| sibling.kind == TagKind::Locked && !label.kind.is_unique())
        .map(|label| view! { {gap} {texts.advice_or()} {gap} <TagLink registry name label locale /> });
    view! { <p class="advice">{advice} {immutable}</p> }
}
