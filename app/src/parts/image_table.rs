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
mod tests {
    use model::image::{Platform, Scan, TagKind};

    use super::*;
    use crate::testing::{columns_of, text_of};

    fn look() -> ImagesLook {
        ImagesLook {
            repository: "retail/storefront/users-api".parse().unwrap(),
            facts: true,
            locale: Locale::En,
        }
    }

    fn image(tags: u32, facts: Option<ImageFacts>) -> ImageRow {
        let label = |number| TagLabel {
            tag: format!("1.{number}").parse().unwrap(),
            kind: TagKind::LooksFloating,
        };
        ImageRow {
            digest: format!("sha256:{}", "3f".repeat(32)).parse().unwrap(),
            tags: (0..tags).map(label).collect(),
            facts,
        }
    }

    fn facts(kind: ImageKind, platforms: Vec<Platform>) -> ImageFacts {
        ImageFacts {
            kind,
            platforms,
            size: Some(0),
            pushed: Some(Timestamp(0)),
            pulled: None,
            scan: Scan::None,
            platform_scans: None,
            archived: false,
        }
    }

    #[test]
    fn that_an_image_is_archived_stands_apart_from_its_kind() {
        let archived = ImageFacts {
            archived: true,
            ..facts(ImageKind::Image, vec![])
        };
        let cell =
            view! { <FactCells facts=archived about=None now=Timestamp(0) locale=Locale::En /> };
        assert!(text_of(cell).contains("image archived"));
    }

    #[test]
    fn an_index_is_one_row_with_its_platforms_in_it() {
        let platform = |architecture: &str| Platform {
            os: "linux".into(),
            architecture: architecture.into(),
            variant: None,
            os_version: None,
            os_features: Vec::new(),
        };
        let index = facts(ImageKind::Index, vec![platform("amd64"), platform("arm64")]);
        let row = look().row(image(1, Some(index)), Timestamp(0));
        let text = text_of(row);
        for part in [
            "1.0 (floating)",
            "linux/amd64, linux/arm64",
            "not recorded",
            "not scanned",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn each_row_has_as_many_columns_as_the_head() {
        for has_facts in [true, false] {
            let look = ImagesLook {
                facts: has_facts,
                ..look()
            };
            let head = columns_of(look.head(&ImageQuery::default()));
            let known = has_facts.then(|| facts(ImageKind::Image, vec![]));
            for facts in [None, known] {
                let row = columns_of(look.row(image(1, facts.clone()), Timestamp(0)));
                assert_eq!(row, head, "{facts:?}");
            }
        }
    }

    #[test]
    fn a_list_of_tags_only_has_no_other_columns() {
        let look = ImagesLook {
            facts: false,
            ..look()
        };
        let query = ImageQuery::default().over_tags();
        let head = look.head(&query).to_html();
        let sorted = head.find("aria-sort=\"descending\"").unwrap();
        assert!(sorted < head.find("Digest").unwrap(), "by tags: {head}");
        for column in ["Pushed", "Platforms", "Findings"] {
            assert!(!head.contains(column), "{column}: {head}");
        }
        let row = look.row(image(1, None), Timestamp(0)).to_html();
        assert!(!row.contains("colspan"), "{row}");
    }

    #[test]
    fn a_thousand_tags_do_not_fill_the_page() {
        let html = look().row(image(1_000, None), Timestamp(0)).to_html();
        assert_eq!(html.matches("href=\"/tags/").count(), SHOWN_TAGS);
        let all = format!(
            "href=\"/images/retail/sha256:{}/storefront/users-api\"",
            "3f".repeat(32)
        );
        assert!(
            html.contains("+994 more") && html.matches(&all).count() == 2,
            "{html}"
        );
    }

    #[test]
    fn the_remaining_tags_of_a_row_can_be_unfolded() {
        let written = |linking: LinkMode, tags| {
            Owner::new_root(None).with(|| {
                provide_context(linking);
                look().row(image(tags, None), Timestamp(0)).to_html()
            })
        };
        for (linking, tags) in [(LinkMode::Everywhere, 8), (LinkMode::Nowhere, 40)] {
            let html = written(linking, tags);
            assert!(html.contains("<details><summary>+"), "{html}");
            assert_eq!(html.matches("class=\"tag tag-").count(), tags as usize);
        }
    }

    #[test]
    fn a_signature_that_was_pushed_as_an_image_is_listed_as_a_signature() {
        let mut row = image(1, Some(facts(ImageKind::Image, vec![])));
        row.tags[0].tag = format!("sha256-{}.sig", "3f".repeat(32)).parse().unwrap();
        let text = text_of(look().row(row, Timestamp(0)));
        assert!(text.contains("signature, by its tag"), "{text}");
    }

    #[test]
    fn markup_in_an_artifact_type_stays_text() {
        let kind = ImageKind::Artifact("\"><img src=x onerror=alert(1)>".into());
        let html = look()
            .row(image(0, Some(facts(kind, vec![]))), Timestamp(0))
            .to_html();
        assert!(!html.contains("<img"), "{html}");
    }

    #[test]
    fn a_digest_without_a_row_leads_to_the_page_of_that_image() {
        let elsewhere = |text: &str| {
            let query = ImageQuery {
                text: text.into(),
                ..ImageQuery::default()
            };
            look().elsewhere(&query).map(|view| view.to_html())
        };
        let html = elsewhere("747625beaab2").unwrap();
        let href = "href=\"/images/retail/747625beaab2/storefront/users-api\"";
        assert!(html.contains(href), "{html}");
        for text in ["", "prod", "747", "747625beaab2 prod"] {
            assert_eq!(elsewhere(text), None, "{text}");
        }
    }

    #[test]
    fn the_findings_of_an_index_are_said_to_be_those_of_its_worst_platform() {
        let head = look().head(&ImageQuery::default()).to_html();
        assert!(
            head.contains("title=\"Of an index: its worst platform\""),
            "{head}"
        );
        let label = |kind| {
            let row = image(1, Some(facts(kind, vec![])));
            look().row(row, Timestamp(0)).to_html()
        };
        let worst = "data-label=\"Findings, worst platform\"";
        assert!(label(ImageKind::Index).contains(worst));
        assert!(!label(ImageKind::Image).contains(worst));
    }
}
