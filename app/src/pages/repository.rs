//! A repository's page: what it is, how to pull from it, and its tags and images.

use leptos::{either::Either, prelude::*};
use model::{
    Locale, Page, RegistryAlias, RepositoryName, Severity, Sight,
    image::ImageRow,
    link::LinkScope,
    pull::{ArtifactTool, Client},
    query::{ImageQuery, TagFilter},
    repository::RepositoryDetail,
};

use super::{param, streamed};
use crate::{
    components::{
        empty::EmptyState,
        filter::{FilterBox, FilterChoice},
    },
    islands::images_table::ImagesTable,
    messages::{repository::RepositoryTexts, shell::ShellTexts},
    parts::{
        findings::at_least,
        guarded::guarded_link,
        image_table::ImagesLook,
        list::list_page,
        name::NameHeading,
        pull::{ArtifactPanel, DeploySnippets, PullPanel},
        repository_facts::RepositoryFacts,
        repository_table::split_name,
        section::Unavailable,
        share::ShareButton,
    },
    paths,
};

/// A repository's page, its images filtered and sorted as the URL asks.
#[component]
pub fn RepositoryPage() -> impl IntoView {
    let registry = param::<RegistryAlias>("registry");
    let name = param::<RepositoryName>("name");
    let title = |_| Ok(param::<RepositoryName>("name")?.to_string());
    streamed(title, |request| async move {
        let (registry, name) = (registry?, name?);
        let viewer = request.viewer()?;
        let asked = paths::query_of(&request.path_and_query);
        let query = paths::read_query(asked, ImageQuery::from_pairs);
        let detail = request.gantry.repository(viewer, &registry, &name).await?;
        let images = request
            .gantry
            .images(viewer, &registry, &name, &query)
            .await?;
        // A count is no reason to show nothing of the repository.
        let links = request
            .gantry
            .live_links(viewer, &registry, &name)
            .await
            .ok();
        let everybodys = viewer.admin;
        let locale = request.locale;
        let client = request.preferences.client;
        let here = request.path_and_query.to_string();
        let list = if images.total == 0 {
            view! { <NoImages page=images here=here.clone() locale /> }.into_any()
        } else {
            view! {
                <PullDetails detail=detail.clone() images=images.rows.clone() client here locale />
                <List detail=detail.clone() images query locale />
            }
            .into_any()
        };
        Ok(view! {
            <Head detail=detail.clone() locale />
            <RepositoryFacts detail links everybodys locale />
            {list}
        })
    })
}

/// The name, and the ways to what else there is of the repository.
#[component]
fn Head(detail: RepositoryDetail, locale: Locale) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let (registry, name) = (&detail.registry, &detail.name);
    let policy = paths::policy(registry, name);
    let lifecycle = paths::lifecycle(registry, name);
    let share = view! {
        <ShareButton
            registry=registry.clone()
            name=name.clone()
            scope=LinkScope::Repository
            through=detail.through.clone()
            locale
        />
    };
    view! {
        <nav class="trail" aria-label=ShellTexts(locale).trail()>
            <ol>
                <li><a href=paths::REPOSITORIES>{ShellTexts(locale).repositories()}</a></li>
                <li><a href=paths::registry(registry)>{registry.to_string()}</a></li>
            </ol>
        </nav>
        <div class="page-head">
            <NameHeading name=name.clone() />
            <div class="page-links">
                {share}
                {guarded_link(&detail.policy, policy, texts.policy(), name, locale)}
                {guarded_link(&detail.lifecycle, lifecycle, texts.lifecycle(), name, locale)}
            </div>
        </div>
    }
}

/// How to pull and deploy, by the first image of the list that has a tag.
#[component]
fn PullDetails(
    detail: RepositoryDetail,
    images: Vec<ImageRow>,
    client: Client,
    here: String,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    // What refers to another image is nobody's example.
    let is_example = |image: &&ImageRow| !image.tags.is_empty() && image.subject_tag().is_none();
    let tagged = images.iter().find(is_example);
    let image = tagged.or(images.first()).cloned()?;
    let tag = image.tags.first().map(|label| label.tag.clone());
    let digest = image.digest.clone();
    let of = tag.as_ref().map_or(digest.short(), |tag| tag.as_str());
    let example = texts.example(of);
    let container = split_name(detail.name.as_str()).1.to_owned();
    let commands = match ArtifactTool::for_image(&image) {
        Some(tool) => view! {
            <ArtifactPanel source=detail.source pull=detail.pull tool tag image locale />
        }
        .into_any(),
        None => view! {
            <PullPanel
                source=detail.source.clone()
                pull=detail.pull
                tag
                digest=digest.clone()
                client
                here
                locale
            />
            <DeploySnippets source=detail.source container digest locale />
        }
        .into_any(),
    };
    Some(view! {
        <details class="panel pull-details">
            <summary>
                <h2>{texts.pull()}</h2>
                <span class="quiet">{example}</span>
            </summary>
            <div class="panel-columns">
                {commands}
            </div>
        </details>
    })
}

/// Filters, counts and table; the island takes over when somebody types or sorts.
#[component]
fn List(
    detail: RepositoryDetail,
    images: Page<ImageRow>,
    query: ImageQuery,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let RepositoryDetail { registry, name, .. } = detail;
    let uri = detail.source.uri;
    let look = ImagesLook {
        registry: registry.clone(),
        name: name.clone(),
        locale,
    };
    let link = {
        let (registry, name, query) = (registry.clone(), name.clone(), query.clone());
        move |page| {
            let query = ImageQuery {
                page,
                ..query.clone()
            };
            paths::repository(&registry, &name, &query)
        }
    };
    let incomplete = images.incomplete;
    let rows = list_page(images, &query, &look, link);
    let here = paths::repository(&registry, &name, &ImageQuery::default());
    let tags_only =
        (detail.sight == Sight::Tags).then(|| view! { <p class="quiet">{texts.tags_only()}</p> });
    view! {
        <section class="section" data-uri=uri aria-labelledby="images">
            <h2 id="images">{texts.list()}</h2>
            {tags_only}
            <ImagesTable registry name uri=uri.clone() incomplete>
                <Filters here query locale />
                {rows}
            </ImagesTable>
        </section>
    }
}

/// The form that narrows the list; a plain GET without JavaScript.
#[component]
fn Filters(here: String, query: ImageQuery, locale: Locale) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let tags = vec![
        (
            TagFilter::Tagged.as_str().to_owned(),
            texts.tagged().to_owned(),
        ),
        (
            TagFilter::Untagged.as_str().to_owned(),
            texts.untagged().to_owned(),
        ),
        (
            TagFilter::Floating.as_str().to_owned(),
            texts.floating().to_owned(),
        ),
    ];
    let severities = Severity::WORST_FIRST
        .map(|severity| (severity.as_str().to_owned(), at_least(severity, locale)))
        .into();
    let severity = query.severity.map_or("", Severity::as_str).to_owned();
    // The order goes with the form, so that filtering without JavaScript keeps it.
    let order: Vec<_> = query
        .to_pairs()
        .into_iter()
        .filter(|(key, _)| matches!(*key, "sort" | "order"))
        .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
        .collect();
    view! {
        <form class="filters" method="get" action=here role="search" aria-label=texts.filter() data-filters>
            <FilterBox label=texts.filter() hint=texts.filter_hint() value=query.text />
            <FilterChoice name="tags" label=texts.tags_filter() any=texts.any_tags() options=tags chosen=query.tags.as_str().to_owned() />
            <FilterChoice name="severity" label=texts.severity() any=texts.any_severity() options=severities chosen=severity />
            {order}
            <button class="button without-script" type="submit">{texts.apply()}</button>
            <a class="button clear-filters" href=here.clone()>{texts.clear()}</a>
        </form>
    }
}

/// Why there are no images, and what to do about it.
#[component]
fn NoImages(page: Page<ImageRow>, here: String, locale: Locale) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    if let Some(problem) = page.problem {
        return Either::Left(view! { <Unavailable problem locale /> });
    }
    let (title, next) = if page.incomplete {
        (texts.reading(), texts.reading_next())
    } else {
        (texts.empty(), texts.empty_next())
    };
    Either::Right(view! {
        <section class="section">
            <EmptyState title>
                <p>{next}</p>
                <a class="button" href=here>{texts.reload()}</a>
            </EmptyState>
        </section>
    })
}
