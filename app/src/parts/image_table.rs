//! The table of a repository's images, rendered the same on the server and in the browser.

use leptos::{either::Either, prelude::*};
use model::{
    Digest, DigestBeginning, Locale, RepositoryAt, Timestamp,
    artifact::SubjectTag,
    image::{ImageFacts, ImageKind, ImageRow, TagLabel},
    query::{ImageColumn, ImageQuery},
};
use serde::{Deserialize, Serialize};

use super::{
    artifact::{role_name, type_name},
    digest::DigestLink,
    findings::ScanResult,
    list::{Counted, ListLook, ListWords},
    tag::TagLink,
};
use crate::{
    components::{
        badge::Badge,
        bytes::{Bytes, grouped},
        maybe_link::LinkMode,
        sort::SortHead,
        time::Time,
    },
    messages::{
        common::CommonTexts, image::ImageTexts, images::ImagesTexts, repository::RepositoryTexts,
    },
    paths,
};

/// The most tags that a row shows: an image may have a thousand.
const SHOWN_TAGS: usize = 6;

/// The most further tags that a row has folded. If an image has more, its page has all of them; the page of a share
/// link has as many as it has room for.
const FOLDED_TAGS: usize = 24;

/// How the list of a repository's images is rendered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImagesLook {
    /// The repository.
    pub repository: RepositoryAt,
    /// Whether the viewer sees more of an image than its tags and digest.
    pub facts: bool,
    /// The language.
    pub locale: Locale,
}

impl ListLook<ImageQuery> for ImagesLook {
    fn locale(&self) -> Locale {
        self.locale
    }

    fn words(&self) -> ListWords {
        let texts = RepositoryTexts(self.locale);
        ListWords {
            caption: texts.caption(),
            incomplete: texts.incomplete(),
            no_match: texts.no_match(),
            no_match_read: texts.no_match(),
            no_match_next: texts.no_match_next(),
        }
    }

    fn counted(&self, counted: Counted) -> String {
        let Counted {
            matching, total, ..
        } = counted;
        let texts = RepositoryTexts(self.locale);
        if matching == total {
            texts.all(total)
        } else {
            texts.counted(&grouped(matching), &grouped(total))
        }
    }

    /// The platforms of an index have pages and no rows.
    fn elsewhere(&self, query: &ImageQuery) -> Option<AnyView> {
        let digits = query.text.trim();
        let is_digest =
            digits.parse::<DigestBeginning>().is_ok() || digits.parse::<Digest>().is_ok();
        let words = RepositoryTexts(self.locale).look_for_digest(digits);
        let href = paths::image_beginning(&self.repository, digits);
        is_digest.then(|| view! { <p><a href=href>{words}</a></p> }.into_any())
    }

    fn head(&self, query: &ImageQuery) -> impl IntoView + use<> {
        let texts = RepositoryTexts(self.locale);
        let head = |column, label, number| self.sort_head(query, column, label, number);
        let select = LinkMode::here().leads().then(|| {
            view! {
                <th scope="col" class="select">
                    <span class="visually-hidden">{texts.select()}</span>
                </th>
            }
        });
        view! {
            <tr>
                {select}
                {head(ImageColumn::Tag, texts.tag(), false)}
                {head(ImageColumn::Digest, texts.digest(), false)}
                {self.facts.then(|| view! {
                    <th scope="col" class="col-platforms">{texts.platforms()}</th>
                    {head(ImageColumn::Size, texts.size(), true)}
                    {head(ImageColumn::Pushed, texts.pushed(), true)}
                    {head(ImageColumn::Pulled, texts.pulled(), true)}
                    {head(ImageColumn::Findings, texts.found(), false)}
                })}
            </tr>
        }
    }

    fn row(&self, row: ImageRow, now: Timestamp) -> impl IntoView + use<> {
        view! { <ImageTableRow row look=self.clone() now /> }
    }
}

impl ImagesLook {
    fn sort_head(
        &self,
        query: &ImageQuery,
        column: ImageColumn,
        label: &'static str,
        number: bool,
    ) -> impl IntoView + use<> {
        let sorted = ImageQuery {
            sort: query.sort.clicked(column, column.descending_first()),
            page: 1,
            ..query.clone()
        };
        let href = paths::images(&self.repository, &sorted);
        let descending = (query.sort.column == column).then_some(query.sort.descending);
        let hint =
            (column == ImageColumn::Findings).then(|| RepositoryTexts(self.locale).found_hint());
        let column = column.as_str();
        view! { <SortHead column label href descending number hint locale=self.locale /> }
    }
}

/// An image's row. An index and all its platforms have one row.
#[component]
fn ImageTableRow(row: ImageRow, look: ImagesLook, now: Timestamp) -> impl IntoView {
    let ImagesLook {
        repository,
        facts: has_facts,
        locale,
    } = look;
    let texts = RepositoryTexts(locale);
    let about = row.subject_tag();
    let digest = row.digest;
    let whole = digest.to_string();
    let select = LinkMode::here().leads().then(|| {
        let label = texts.select_image(digest.short());
        view! {
            <td class="select">
                <input class="with-script" type="checkbox" data-select autocomplete="off" aria-label=label />
            </td>
        }
    });
    let facts = match row.facts {
        Some(facts) => Some(Either::Left(view! { <FactCells facts about now locale /> })),
        None => has_facts.then(|| Either::Right(view! { <td colspan="5"></td> })),
    };
    view! {
        <tr data-row data-digest=whole>
            {select}
            <th scope="row">
                <TagList repository=repository.clone() digest=digest.clone() labels=row.tags locale />
            </th>
            <td data-label=texts.digest()>
                <DigestLink repository digest locale />
            </td>
            {facts}
        </tr>
    }
}

/// An image's tags: as many as a row has room for, and a link to the others.
#[component]
fn TagList(
    repository: RepositoryAt,
    digest: Digest,
    mut labels: Vec<TagLabel>,
    locale: Locale,
) -> impl IntoView {
    let texts = ImagesTexts(locale);
    if labels.is_empty() {
        return Either::Left(view! { <span class="quiet">{texts.untagged()}</span> });
    }
    let others = labels.split_off(labels.len().min(SHOWN_TAGS));
    let links = |labels: Vec<TagLabel>| {
        let link = |label| {
            let repository = repository.clone();
            view! { <li><TagLink repository label locale /></li> }
        };
        labels.into_iter().map(link).collect::<Vec<_>>()
    };
    let words = texts.more_tags(others.len());
    let fits = others.len() <= FOLDED_TAGS || !LinkMode::here().leads();
    let others = (!others.is_empty()).then(|| {
        let others = if fits {
            Either::Left(view! {
                <details>
                    <summary>{words}</summary>
                    <ul class="tag-list">{links(others)}</ul>
                </details>
            })
        } else {
            let href = paths::image(&repository, &digest);
            Either::Right(view! { <a href=href>{words}</a> })
        };
        view! { <li class="more-tags">{others}</li> }
    });
    Either::Right(view! { <ul class="tag-list">{links(labels)} {others}</ul> })
}

/// The columns from DescribeImages, one cell each.
#[component]
fn FactCells(
    facts: ImageFacts,
    about: Option<SubjectTag>,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoryTexts(locale);
    let pulled = match facts.pulled {
        Some(at) => Either::Left(view! { <Time at now in_row=true locale /> }),
        None => Either::Right(view! {
            <span class="quiet" title=texts.never_pulled_why()>{texts.never_pulled()}</span>
        }),
    };
    let artifact = matches!(facts.kind, ImageKind::Artifact(_)) || about.is_some();
    let found = match facts.kind {
        ImageKind::Index => ImageTexts(locale).found_worst(),
        _ => texts.found(),
    };
    let archived = facts.archived.then(|| {
        let texts = ImagesTexts(locale);
        view! { <Badge look="warning" label=texts.archived() title=texts.archived_why() /> }
    });
    view! {
        <td data-label=texts.platforms()>
            {kind(&facts, about.as_ref(), locale)} {archived.map(|badge| view! { " " {badge} })}
        </td>
        <td class="number" data-label=texts.size()>
            {facts.size.map(|count| view! { <Bytes count locale /> })}
        </td>
        <td class="number" data-label=texts.pushed()>
            {facts.pushed.map(|at| view! { <Time at now in_row=true locale /> })}
        </td>
        <td class="number" data-label=texts.pulled()>{pulled}</td>
        <td data-label=found>
            <ScanResult scan=facts.scan platforms=facts.platform_scans artifact locale />
        </td>
    }
}

/// The platforms, or the kind of the manifest if they are unknown.
fn kind(facts: &ImageFacts, about: Option<&SubjectTag>, locale: Locale) -> impl IntoView + use<> {
    let texts = ImagesTexts(locale);
    if !facts.platforms.is_empty() {
        let platforms: Vec<_> = facts.platforms.iter().map(ToString::to_string).collect();
        return Either::Left(
            view! { <span class="platforms">{platforms.join(CommonTexts(locale).list_comma())}</span> },
        );
    }
    let (label, title) = match (&facts.kind, about) {
        (ImageKind::Artifact(artifact_type), _) => {
            let name = type_name(artifact_type, locale).unwrap_or(texts.artifact());
            (name.to_owned(), Some(artifact_type.clone()))
        }
        (_, Some(about)) => (role_name(about.role, locale), None),
        (ImageKind::Image, _) => (texts.image().to_owned(), None),
        (ImageKind::Index, _) => (texts.index().to_owned(), None),
    };
    Either::Right(view! { <span class="quiet" title=title>{label}</span> })
}

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests;
