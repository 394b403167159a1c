//! An image's page: everything that its manifest, its config, its referrers and its scan tell.

mod config;
mod environment;
mod findings;
mod layers;
mod manifest;
mod pairs;
mod platforms;
mod referrers;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use model::{
    Digest, Locale, RegistryAlias, RepositoryName, Section,
    image::{ImageContext, ImageDetail, ImageKind, ImageRow},
    pull::Client,
};

use self::{
    config::Config, findings::Findings, layers::Layers, manifest::Manifest, platforms::Platforms,
    referrers::Referrers,
};
use super::{loaded, param};
use crate::{
    components::copy::CopyButton,
    messages::{image::ImageTexts, shell::ShellTexts},
    parts::{
        as_of::AsOf,
        digest::DigestLink,
        image_facts::{ImageFactList, TagRow},
        pull::{DeploySnippets, PullPanel},
        section::section,
        trail::RepositoryTrail,
    },
};

/// An image's page.
#[component]
pub fn ImagePage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let digest = param::<Digest>("digest");
    let name = param::<RepositoryName>("name");
    loaded(|request| async move {
        let detail = request
            .gantry
            .image(request.viewer()?, &registry?, &name?, &digest?)
            .await?;
        let client = request.preferences.client;
        let here = request.path_and_query.to_string();
        Ok(content(detail, client, here, request.locale))
    })
}

fn content(detail: ImageDetail, client: Client, here: String, locale: Locale) -> impl IntoView {
    let context = detail.context.clone();
    let digest = detail.image.digest.clone();
    let title = format!("{}@{}", context.name, digest.short());
    view! {
        <Title text=ShellTexts(locale).title(&title) />
        <Head context=context.clone() digest=digest.clone() locale />
        <div class="with-aside">
            <div class="with-aside-main">
                <Overview context=context.clone() image=detail.image.clone() part_of=detail.part_of.clone() locale />
                <Parts detail locale />
            </div>
            <aside class="aside" aria-labelledby="use-it">
                <UseIt context digest client here locale />
            </aside>
        </div>
    }
}

#[component]
fn Head(context: ImageContext, digest: Digest, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    view! {
        <header class="page-head">
            <RepositoryTrail registry=context.registry name=context.name locale />
            <h1>
                <span class="page-kind">{texts.title()}</span>
                " "
                <span class="mono-heading">{digest.short().to_owned()}</span>
            </h1>
            <p class="page-note">
                <code class="whole-digest">{digest.to_string()}</code>
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
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let ImageContext {
        registry,
        name,
        as_of,
        now,
        ..
    } = context;
    let tags = if image.tags.is_empty() {
        Either::Left(view! { <p class="quiet">{texts.untagged()}</p> })
    } else {
        Either::Right(view! {
            <TagRow registry=registry.clone() name=name.clone() labels=image.tags locale />
        })
    };
    let indexes = part_of
        .into_iter()
        .map(|index| view! { <li><IndexLink registry=registry.clone() name=name.clone() index locale /></li> })
        .collect_view();
    let part_of = (!indexes.is_empty()).then(|| {
        view! {
            <h3>{texts.part_of()}</h3>
            <ul class="part-of">{indexes}</ul>
        }
    });
    view! {
        <section class="page-section overview" aria-labelledby="overview">
            <div class="section-head">
                <h2 id="overview">{texts.overview()}</h2>
                <AsOf as_of now locale />
            </div>
            <ImageFactList facts=image.facts now locale />
            <h3>{texts.tags()}</h3>
            {tags}
            {part_of}
        </section>
    }
}

/// An index, by its digest and its tags.
#[component]
fn IndexLink(
    registry: RegistryAlias,
    name: RepositoryName,
    index: ImageRow,
    locale: Locale,
) -> impl IntoView {
    view! {
        <DigestLink registry=registry.clone() name=name.clone() digest=index.digest locale />
        <TagRow registry name labels=index.tags locale />
    }
}

/// The parts that need grants of their own, and links to jump to each.
#[component]
fn Parts(detail: ImageDetail, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let ImageDetail {
        context,
        image,
        manifest,
        config,
        referrers,
        findings,
        ..
    } = detail;
    let (registry, name, now) = (context.registry, context.name, context.now);
    let children = manifest
        .shown()
        .map(|manifest| manifest.children.clone())
        .unwrap_or_default();
    let layers = manifest
        .shown()
        .map(|manifest| manifest.layers.clone())
        .unwrap_or_default();
    let is_index = !children.is_empty()
        || matches!(image.facts, Some(facts) if facts.kind == ImageKind::Index);
    let absent_findings = if is_index {
        texts.findings_of_platforms()
    } else {
        texts.findings_absent()
    };
    let has_config = !matches!(config, Section::Absent { .. });
    view! {
        {(!children.is_empty())
            .then(|| {
                let (registry, name) = (registry.clone(), name.clone());
                part("platforms", texts.platforms(), view! { <Platforms registry name children locale /> })
            })}
        {part(
            "findings",
            texts.findings(),
            section(findings, absent_findings, locale, |findings| {
                view! { <Findings findings now locale /> }
            }),
        )}
        {(!layers.is_empty())
            .then(|| part("layers", texts.layers(), view! { <Layers layers locale /> }))}
        {has_config
            .then(|| {
                let config = section(config, "", locale, |config| {
                    view! { <Config config now locale /> }
                });
                part("config", texts.config(), config)
            })}
        {part(
            "referrers",
            texts.referrers(),
            section(referrers, texts.referrers_absent(), locale, {
                let (registry, name) = (registry.clone(), name.clone());
                move |referrers| view! { <Referrers registry name referrers locale /> }
            }),
        )}
        {part(
            "manifest",
            texts.manifest(),
            section(manifest, texts.manifest_absent(), locale, move |manifest| {
                view! { <Manifest registry name manifest locale /> }
            }),
        )}
    }
}

/// A part of the page with its heading.
fn part(id: &'static str, heading: &'static str, content: impl IntoView) -> impl IntoView {
    view! {
        <section class="page-section" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            {content}
        </section>
    }
}

/// Commands and snippets, by digest: this page is about one image, whatever tags do.
#[component]
fn UseIt(
    context: ImageContext,
    digest: Digest,
    client: Client,
    here: String,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let name = context.name.as_str();
    let container = name.rsplit('/').next().unwrap_or(name).to_owned();
    view! {
        <h2 id="use-it">{texts.use_it()}</h2>
        <h3>{texts.pull()}</h3>
        <PullPanel
            source=context.source.clone()
            pull=context.pull
            tag=None
            digest=digest.clone()
            client
            here
            locale
        />
        <h3>{texts.deploy()}</h3>
        <DeploySnippets source=context.source container digest locale />
    }
}
