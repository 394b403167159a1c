//! An image's page: everything that its manifest, config, referrers and scan contain.

pub mod config;
mod environment;
pub mod findings;
pub mod layers;
mod manifest;
mod pairs;
pub mod platforms;
pub mod referrers;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod unread;

use std::str::FromStr;

use dashboard::Refusal;
use http::{HeaderValue, StatusCode, header};
use leptos::{either::Either, prelude::*};
use leptos_axum::ResponseOptions;
use model::{
    Digest, DigestBeginning, Locale, NameError, RepositoryAt, Section,
    artifact::meaning,
    image::{
        ChildView, ImageContext, ImageDetail, ImageKind, ImageRow, Reference, ReferrerMeaning,
    },
    link::LinkScope,
    pull::Client,
};

use self::{
    config::Config, findings::Findings, layers::Layers, manifest::Manifest, platforms::Platforms,
    referrers::Referrers,
};
use super::{param, repository_param, streamed};
use crate::{
    components::copy::CopyButton,
    error::AppError,
    messages::image::ImageTexts,
    parts::{
        as_of::AsOf,
        digest::DigestLink,
        image_facts::{ImageFactList, TagRow},
        name::NameHeading,
        share::ShareButton,
        trail::RepositoryTrail,
        use_it::UseIt,
    },
    paths,
};

/// An image's page.
#[component]
pub fn ImagePage() -> impl IntoView {
    let repository = repository_param();
    let named = param::<Named>("digest");
    let title = |_| {
        let (repository, named) = (repository_param()?, param::<Named>("digest")?);
        Ok(format!("{}@{}", repository.name, named.short()))
    };
    streamed(title, |request| async move {
        let (viewer, gantry) = (request.viewer()?, &request.gantry);
        let (repository, named) = (repository?, named?);
        let detail = match &named {
            Named::Whole(digest) => gantry.images.image(viewer, &repository, digest).await,
            Named::Beginning(beginning) => {
                let digest = gantry.images.beginning(viewer, &repository, beginning);
                match digest.await {
                    Ok(digest) => {
                        lead_to(&paths::image(&repository, &digest));
                        // If the head of the page was already sent, this is its content.
                        gantry.images.image(viewer, &repository, &digest).await
                    }
                    Err(refusal) => Err(refusal),
                }
            }
        };
        let detail = match detail {
            Err(Refusal::NotFound) => {
                let wanted = named.into();
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

/// An image as a URL names it.
enum Named {
    Whole(Digest),
    /// As people copy it from tools that shorten digests.
    Beginning(DigestBeginning),
}

impl Named {
    fn short(&self) -> &str {
        match self {
            Self::Whole(digest) => digest.short(),
            Self::Beginning(beginning) => beginning.hex(),
        }
    }
}

impl FromStr for Named {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let whole = text.parse().map(Self::Whole);
        whole.or_else(|_| text.parse().map(Self::Beginning))
    }
}

impl From<Named> for Reference {
    fn from(named: Named) -> Self {
        match named {
            Named::Whole(digest) => Self::Digest(digest),
            Named::Beginning(beginning) => Self::Beginning(beginning),
        }
    }
}

/// Redirects to another path of the site, temporarily.
fn lead_to(path: &str) {
    let location = HeaderValue::from_str(path).ok();
    if let Some((response, location)) = use_context::<ResponseOptions>().zip(location) {
        response.set_status(StatusCode::FOUND);
        response.insert_header(header::LOCATION, location);
    }
}

fn content(detail: ImageDetail, client: Client, here: String, locale: Locale) -> impl IntoView {
    let context = detail.context.clone();
    let image = detail.image_as_scanned();
    view! {
        <Head context=context.clone() image=image.clone() locale />
        {jumps(&detail, locale)}
        <div class="with-aside">
            <div class="with-aside-main">
                <Overview
                    context=context.clone()
                    image=image.clone()
                    part_of=detail.part_of.clone()
                    more_part_of=detail.more_part_of
                    locale
                />
                <Parts detail locale />
            </div>
            <UseIt context tag=None image client here locale />
        </div>
    }
}

#[component]
fn Head(context: ImageContext, image: ImageRow, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let kind = match image.is_artifact() {
        true => texts.title_of_artifact(),
        false => texts.title(),
    };
    let ImageRow { digest, tags, .. } = image;
    let tag = tags.first().map(|label| format!(":{}", label.tag));
    let part = format!("{}@{}", tag.unwrap_or_default(), digest.short());
    let reference = context.source.by_digest(&digest);
    let ImageContext {
        repository,
        through,
        ..
    } = context;
    let scope = LinkScope::Image(digest.clone());
    view! {
        <header class="page-head">
            <RepositoryTrail repository=repository.clone() locale />
            <NameHeading kind name=repository.name.clone() part />
            <div class="page-links">
                <ShareButton repository scope through locale />
            </div>
            <p class="page-note">
                <code data-reference=reference>{digest.to_string()}</code>
                <CopyButton text=digest.as_str() what=texts.digest() locale />
            </p>
        </header>
    }
}

/// Tags, facts, and the indexes that the image belongs to.
#[component]
fn Overview(
    context: ImageContext,
    image: ImageRow,
    part_of: Vec<ImageRow>,
    more_part_of: u32,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let ImageContext {
        repository,
        as_of,
        now,
        ..
    } = context;
    let about = image.subject_tag();
    let subject = about.as_ref().map(|about| {
        let repository = repository.clone();
        view! {
            <h3>{texts.about()}</h3>
            <p><DigestLink repository digest=about.subject.clone() locale /></p>
        }
    });
    let tags = if image.tags.is_empty() {
        Either::Left(view! { <p class="quiet">{texts.untagged()}</p> })
    } else {
        Either::Right(view! {
            <TagRow repository=repository.clone() labels=image.tags locale />
        })
    };
    let more = (more_part_of > 0)
        .then(|| view! { <p class="quiet">{texts.more_part_of(more_part_of)}</p> });
    let indexes = part_of
        .into_iter()
        .map(|index| view! { <li><IndexLink repository=repository.clone() index locale /></li> })
        .collect_view();
    let part_of = (!indexes.is_empty() || more.is_some()).then(|| {
        view! {
            <h3>{texts.part_of()}</h3>
            <ul class="part-of">{indexes}</ul>
            {more}
        }
    });
    view! {
        <section class="page-section overview" aria-labelledby="overview">
            <div class="section-head">
                <h2 id="overview">{texts.overview()}</h2>
                <AsOf as_of locale />
            </div>
            <ImageFactList facts=image.facts about now locale />
            {subject}
            <h3>{texts.tags()}</h3>
            {tags}
            {part_of}
        </section>
    }
}

/// An index, by digest and tags.
#[component]
fn IndexLink(repository: RepositoryAt, index: ImageRow, locale: Locale) -> impl IntoView {
    view! {
        <DigestLink repository=repository.clone() digest=index.digest locale />
        <TagRow repository labels=index.tags locale />
    }
}

/// The parts that need their own grants.
#[component]
fn Parts(detail: ImageDetail, locale: Locale) -> impl IntoView {
    let facts = detail.image.facts.as_ref();
    let is_index = facts.is_some_and(|facts| facts.kind == ImageKind::Index);
    let is_artifact = detail.image.is_artifact();
    let has_referrers = has_referrers(&detail);
    let reported = facts.and_then(|facts| facts.size);
    let ImageContext {
        repository, now, ..
    } = detail.context;
    let manifest = detail.manifest;
    let parts = manifest.shown();
    let children = parts.map_or_else(Vec::new, |manifest| manifest.children.clone());
    let layers = parts.map_or_else(Vec::new, |manifest| manifest.layers.clone());
    // An archived index has a manifest that is not shown.
    let is_empty = is_index && parts.is_some() && !children.iter().any(ChildView::is_image);
    let config_size = parts.map_or(0, |manifest| manifest.config_size);
    let holds_attestations = children.iter().any(|child| {
        let role = child.role.as_deref().unwrap_or_default();
        meaning(role) == ReferrerMeaning::Attestation
    });
    let referrers = has_referrers.then(|| {
        view! {
            <Referrers
                repository=repository.clone()
                referrers=detail.referrers
                index_referrers=detail.index_referrers
                holds_attestations
                is_artifact
                is_index
                locale
            />
        }
    });
    view! {
        <Platforms repository=repository.clone() children_of_index=children locale />
        <Findings findings=detail.findings is_index is_empty is_artifact now locale />
        <Layers layers config_size reported locale />
        <Config config=detail.config now locale />
        {referrers}
        <Manifest repository manifest locale />
    }
}

/// Whether the page has anything to say about referrers. A signature without a signature of its own is not worth a
/// remark.
fn has_referrers(detail: &ImageDetail) -> bool {
    let subject = detail.manifest.shown().and_then(|it| it.subject.as_ref());
    let refers = subject.is_some() || detail.image.is_about_another();
    !refers || !matches!(detail.referrers, Section::Absent { .. })
}

/// A part of the page with its heading.
#[component]
fn Part(
    id: &'static str,
    heading: &'static str,
    /// When it was read, shown beside the heading.
    #[prop(optional)]
    as_of: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="page-section" aria-labelledby=id>
            <div class="section-head">
                <h2 id=id>{heading}</h2>
                {as_of}
            </div>
            {children()}
        </section>
    }
}

/// Links to the sections of the page.
fn jumps(detail: &ImageDetail, locale: Locale) -> impl IntoView + use<> {
    let texts = ImageTexts(locale);
    let manifest = detail.manifest.shown();
    let has_children = manifest.is_some_and(|manifest| !manifest.children.is_empty());
    let has_layers = manifest.is_some_and(|manifest| !manifest.layers.is_empty());
    let has_config = !matches!(detail.config, Section::Absent { .. });
    let links = [
        (has_children, "platforms", texts.platforms()),
        (true, "findings", texts.findings()),
        (has_layers, "layers", texts.layers()),
        (has_config, "config", texts.config()),
        (has_referrers(detail), "referrers", texts.referrers()),
        (true, "manifest", texts.manifest()),
    ];
    let links = links.into_iter().filter(|(is_there, ..)| *is_there);
    let links = links.map(|(_, id, label)| view! { <li><a href=format!("#{id}")>{label}</a></li> });
    view! {
        <nav class="jumps" aria-label=texts.on_this_page()>
            <ul>{links.collect_view()}</ul>
        </nav>
    }
}
