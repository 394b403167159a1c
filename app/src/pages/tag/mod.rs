//! A tag's page: what it points at, whether it moves, where it has pointed, and how to use it.

pub mod history;
pub mod timeline;

use dashboard::Refusal;
use leptos::{either::Either, prelude::*};
use model::{
    Locale, RepositoryAt, Tag, Timestamp,
    image::{ImageContext, ImageRow, Reference, TagDetail, TagKind, TagLabel},
    link::LinkScope,
    pull::Client,
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
        // The settings say that a tag is immutable, and can be older than where it points.
        let settings_as_of = match detail.label.kind {
            TagKind::Locked => gantry.images.settings_as_of(viewer, &repository).await,
            _ => None,
        };
        let client = request.preferences.client;
        let here = request.path_and_query.to_string();
        Ok(content(
            detail,
            settings_as_of,
            client,
            here,
            request.locale,
        ))
    })
}

fn content(
    detail: TagDetail,
    settings_as_of: Option<Timestamp>,
    client: Client,
    here: String,
    locale: Locale,
) -> impl IntoView {
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
    let advice = shown.artifact_tool().is_none().then(|| {
        let (repository, label) = (repository.clone(), label.clone());
        let siblings = siblings.clone();
        view! { <Advice repository label siblings locale /> }
    });
    view! {
        <Head context=context.clone() label=label.clone() settings_as_of locale />
        <div class="with-aside">
            <div class="with-aside-main">
                <PointsAt context=context.clone() image siblings locale />
                <History repository=repository.clone() tag=tag.clone() history now locale />
            </div>
            <UseIt context tag=Some(tag) image=shown client here locale>
                {advice}
            </UseIt>
        </div>
    }
}

/// The tag, and whether it moves.
#[component]
fn Head(
    context: ImageContext,
    label: TagLabel,
    settings_as_of: Option<Timestamp>,
    locale: Locale,
) -> impl IntoView {
    let texts = TagTexts(locale);
    let settings_as_of = settings_as_of
        .filter(|own| context.as_of.is_some_and(|as_of| *own < as_of))
        .map(|own| view! { " " {texts.settings_as_of(&own.utc())} });
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
            <p class="page-note">{kind_reason(label.kind, locale)} {settings_as_of}</p>
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

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use model::{GrantedVia, Section, pull::Source};

    use super::*;
    use crate::testing::text_of;

    #[test]
    fn an_immutable_tag_says_how_old_the_settings_are() {
        let head = |own: i64| {
            let context = ImageContext {
                repository: "retail/storefront/users-api".parse().unwrap(),
                through: vec![GrantedVia::Review],
                source: Source {
                    region: "eu-central-1".into(),
                    uri: "registry.example/storefront/users-api".into(),
                    endpoint_url: None,
                },
                pull: Section::Absent {
                    through: GrantedVia::Review,
                    as_of: None,
                },
                as_of: Some(Timestamp(1_795_311_060)),
                now: Timestamp(1_795_311_070),
            };
            let label = TagLabel {
                tag: "1.4.2".parse().unwrap(),
                kind: TagKind::Locked,
            };
            let settings_as_of = Some(Timestamp(own));
            text_of(view! { <Head context label settings_as_of locale=Locale::En /> })
        };
        let text = head(1_795_311_000);
        assert!(
            text.contains("Settings of the repository as of 2026-11-22 01:30:00"),
            "{text}"
        );
        let text = head(1_795_311_060);
        assert!(!text.contains("Settings of the repository"), "{text}");
    }
}
