//! A tag's page: what it points at, whether it moves, where it has pointed, and how to use it.

pub mod history;

use dashboard::Refusal;
use leptos::{either::Either, prelude::*};
use model::{
    Locale, RepositoryAt, Tag,
    image::{ImageContext, ImageRow, Reference, TagDetail, TagKind, TagLabel},
    link::LinkScope,
    pull::{ArtifactTool, Client},
};

use self::history::History;
use super::{param, repository_param, streamed};
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
    let repository = repository_param();
    let tag = param::<Tag>("tag");
    let title = |_| {
        let (repository, tag) = (repository_param()?, param::<Tag>("tag")?);
        Ok(format!("{}:{tag}", repository.name))
    };
    streamed(title, |request| async move {
        let (viewer, gantry) = (request.viewer()?, &request.gantry);
        let (repository, tag) = (repository?, tag?);
        let detail = match gantry.images.tag(viewer, &repository, &tag).await {
            Err(Refusal::NotFound) => {
                let wanted = Reference::Tag(tag);
                let missing = gantry.images.missing(viewer, &repository, wanted).await?;
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
    let repository = context.repository.clone();
    // People do not deploy charts or signatures as containers.
    let advice = ArtifactTool::for_image(&shown).is_none().then(|| {
        let (repository, label) = (repository.clone(), label.clone());
        let siblings = siblings.clone();
        view! { <Advice repository label siblings locale /> }
    });
    view! {
        <Head context=context.clone() label=label.clone() locale />
        <div class="with-aside">
            <div class="with-aside-main">
                <PointsAt context=context.clone() image siblings locale />
                <History repository=repository.clone() history now locale />
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
        repository,
        through,
        ..
    } = context;
    let scope = LinkScope::Tag(label.tag.clone());
    view! {
        <header class="page-head">
            <RepositoryTrail repository=repository.clone() locale />
            <NameHeading kind=texts.title() name=repository.name.clone() part=format!(":{}", label.tag) />
            <KindBadge kind=label.kind locale />
            <div class="page-links">
                <ShareButton repository scope through locale />
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
        repository,
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
            <TagRow repository=repository.clone() labels=siblings locale />
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
                <DigestLink repository digest=image.digest.clone() locale />
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
    repository: RepositoryAt,
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
        .map(|label| view! { {gap} {texts.advice_or()} {gap} <TagLink repository label locale /> });
    view! { <p class="advice">{advice} {immutable}</p> }
}
