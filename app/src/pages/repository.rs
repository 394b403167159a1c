//! A repository's page: its facts, how to pull from it, and its tags and images.

use dashboard::RepositoryOverview;
use leptos::{either::Either, prelude::*};
use model::{
    Locale, Page, Tag, UnreadRows, Visibility,
    image::ImageRow,
    link::LinkScope,
    pull::Client,
    query::{FindingsFilter, ImageQuery, TagFilter},
    repository::RepositoryDetail,
};

use super::{repository_param, streamed};
use crate::{
    compact::attribute,
    components::{
        empty::EmptyState,
        filter::{FilterBox, FilterChoice},
    },
    islands::images_table::ImagesTable,
    messages::{images::ImagesTexts, repository::RepositoryTexts, shell::ShellTexts},
    parts::{
        findings::findings_choices,
        guarded::guarded_link,
        image_table::ImagesLook,
        list::{IgnoredFilters, ListQuery, list_page},
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
    let repository = repository_param();
    let title = |_| Ok(repository_param()?.name.to_string());
    streamed(title, |request| async move {
        let repository = repository?;
        let viewer = request.viewer()?;
        let asked = paths::query_of(&request.path_and_query);
        let query = paths::read_query(asked, ImageQuery::from_pairs);
        let repositories = &request.gantry.repositories;
        let page = repositories.page(viewer, &repository, &query).await?;
        let RepositoryOverview {
            detail,
            images,
            example,
            live_links,
        } = page;
        let query = match detail.visibility {
            Visibility::Images => query,
            Visibility::Tags | Visibility::Name => query.over_tags(),
        };
        let asked = asked.to_owned();
        let everybodys = viewer.admin;
        let locale = request.locale;
        let client = request.preferences.client;
        let here = request.path_and_query.to_string();
        let list = if images.total == 0 {
            view! { <NoImages page=images here=here.clone() locale /> }.into_any()
        } else {
            view! {
                <PullDetails detail=detail.clone() example images=images.rows.clone() client here locale />
                <IgnoredFilters asked fields=ImageQuery::FIELDS kept=query.to_pairs() locale />
                <List detail=detail.clone() images query locale />
            }
            .into_any()
        };
        Ok(view! {
            <Head detail=detail.clone() locale />
            <RepositoryFacts detail links=live_links everybodys locale />
            {list}
        })
    })
}

/// The name, and links to the other pages of the repository.
#[component]
fn Head(detail: RepositoryDetail, locale: Locale) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let repository = &detail.repository;
    let name = &repository.name;
    let policy = paths::policy(repository);
    let lifecycle = paths::lifecycle(repository);
    let share = view! {
        <ShareButton
            repository=repository.clone()
            scope=LinkScope::Repository
            through=detail.through.clone()
            locale
        />
    };
    view! {
        <nav class="trail" aria-label=ShellTexts(locale).trail()>
            <ol>
                <li><a href=paths::REPOSITORIES>{ShellTexts(locale).repositories()}</a></li>
                <li><a href=paths::registry(&repository.registry)>{repository.registry.to_string()}</a></li>
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

/// How to pull and deploy: by a tag that people deploy, or else by the first image in the list that has a tag.
#[component]
fn PullDetails(
    detail: RepositoryDetail,
    example: Option<(Tag, ImageRow)>,
    images: Vec<ImageRow>,
    client: Client,
    here: String,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    // An artifact that refers to another image is not a useful example, and an archived image cannot be pulled.
    let pulls = |image: &&ImageRow| !image.is_archived();
    let is_example =
        |image: &&ImageRow| pulls(image) && !image.tags.is_empty() && image.subject_tag().is_none();
    let is_usual = example.is_some();
    let (tag, image) = match example {
        Some((tag, image)) => (Some(tag), image),
        None => {
            let tagged = images.iter().find(is_example);
            let image = tagged.or(images.iter().find(pulls)).cloned()?;
            (image.tags.first().map(|label| label.tag.clone()), image)
        }
    };
    let digest = image.digest.clone();
    let of = tag.as_ref().map_or(digest.short(), |tag| tag.as_str());
    let is_first = images.first().is_some_and(|first| first.digest == digest);
    let example = if is_first && !is_usual {
        texts.example_first(of)
    } else {
        texts.example(of)
    };
    let container = split_name(detail.repository.name.as_str()).1.to_owned();
    let commands = match image.artifact_tool() {
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

/// The filters, counts and table. The island takes over when the reader types or sorts.
#[component]
fn List(
    detail: RepositoryDetail,
    images: Page<ImageRow>,
    query: ImageQuery,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let scans = detail.counts.scans.unwrap_or_default();
    let remark = match detail.visibility {
        Visibility::Tags => Some(texts.tags_only()),
        _ if scans.unreadable > 0 => Some(texts.platforms_apart_hidden()),
        _ if scans.unread > 0 => Some(texts.platforms_apart_unread()),
        _ => None,
    };
    let facts = detail.visibility == Visibility::Images;
    let repository = detail.repository;
    let uri = detail.source.uri;
    let look = ImagesLook {
        repository: repository.clone(),
        facts,
        locale,
    };
    let link = {
        let (repository, query) = (repository.clone(), query.clone());
        move |page| {
            let query = ImageQuery {
                page,
                ..query.clone()
            };
            paths::images(&repository, &query)
        }
    };
    let incomplete = images.incomplete;
    let rows = list_page(images, UnreadRows::default(), &query, &look, link);
    let here = paths::repository(&repository);
    let remark = remark.map(|words| view! { <p class="quiet">{words}</p> });
    let look = attribute(&look);
    view! {
        <section class="section" data-uri=uri data-look=look data-incomplete=incomplete aria-labelledby="images">
            <h2 id="images">{texts.list()}</h2>
            {remark}
            <ImagesTable>
                <Filters here query facts locale />
                {rows}
            </ImagesTable>
        </section>
    }
}

/// The filter form: a plain GET without JavaScript.
#[component]
fn Filters(here: String, query: ImageQuery, facts: bool, locale: Locale) -> impl IntoView {
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
    let images = ImagesTexts(locale);
    let states = [
        images.not_scanned(),
        images.scan_failed(),
        images.scan_not_known(),
    ];
    // A filter by values that are not shown would find nothing.
    let findings = facts.then(|| findings_choices(states, locale));
    let severity = query.findings.map_or("", FindingsFilter::as_str).to_owned();
    // The form also sends the order, so that filtering without JavaScript keeps it.
    let order: Vec<_> = query
        .to_pairs()
        .into_iter()
        .filter(|(key, _)| matches!(*key, "sort" | "order"))
        .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
        .collect();
    let chosen_tags = match query.tags {
        TagFilter::Any => "",
        only => only.as_str(),
    };
    view! {
        <form class="filters" method="get" action=here role="search" aria-label=texts.filter() data-filters>
            <FilterBox label=texts.filter() hint=texts.filter_hint() value=query.text />
            <FilterChoice name="tags" label=texts.tags_filter() any=texts.any_tags() options=tags chosen=chosen_tags.to_owned() />
            {findings
                .map(|options| {
                    view! {
                        <FilterChoice name="severity" label=texts.severity() any=texts.any_severity() options chosen=severity />
                    }
                })}
            {order}
            <button class="button without-script" type="submit">{texts.apply()}</button>
            <a class="button clear-filters" href=here.clone()>{texts.clear()}</a>
        </form>
    }
}

/// The empty state.
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
