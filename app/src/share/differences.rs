//! The differences between then and now, line by line.

use leptos::prelude::*;
use model::{
    Digest, Locale, Section, Sight, Tag,
    image::{ImageFacts, ImageRow, Scan},
    link::{
        LinkScope, Shared, SharedNow, SharedPage, SharedView, TagDifferences, TagPoint, TagsSince,
    },
    repository::{RepositoryCounts, RepositoryDetail},
};

use super::{
    answer::{then_heading, version},
    document::timed,
};
use crate::{
    components::bytes::{grouped, size},
    messages::{
        image::ImageTexts, images::ImagesTexts, repository::RepositoryTexts, share::ShareTexts,
    },
    parts::{findings::severity_word, repository_table::mutability_word},
};

/// One fact of a view, as a text that can be compared. `None` if it is withheld or unknown.
struct Line {
    name: &'static str,
    /// Whether it is about the tags of an image.
    is_of_tags: bool,
    value: Option<Value>,
}

#[derive(PartialEq, Eq)]
enum Value {
    Words(String),
    Digest(Digest),
    /// An image by its version and its digest.
    Version(Tag, Digest),
}

/// A line of the table: the fact, then, and now.
pub(super) struct Difference {
    name: String,
    is_of_tags: bool,
    then: Option<Value>,
    now: Option<Value>,
}

impl Difference {
    /// Whether it is about the tags of the image.
    pub(super) fn is_of_tags(&self) -> bool {
        self.is_of_tags
    }
}

/// The differences between the two views of a link. `None` if the link does not have both.
pub(super) fn differences(page: &SharedPage, locale: Locale) -> Option<Vec<Difference>> {
    let Some(SharedNow::There(now)) = &page.live else {
        return None;
    };
    let then = page.frozen.as_ref()?;
    let lines = |shared: &Shared| lines(shared, page, locale);
    let pairs = lines(then).into_iter().zip(lines(now));
    let differ = pairs.filter(|(then, now)| {
        // A part that is withheld now, or was then, is not compared: the sides say so.
        then.value.is_some() && now.value.is_some() && then.value != now.value
    });
    let differ = differ.map(|(then, now)| Difference {
        name: then.name.to_owned(),
        is_of_tags: then.is_of_tags,
        then: then.value,
        now: now.value,
    });
    Some(differ.collect())
}

/// The differences as a table; empty if there are none.
pub(super) fn table(page: &SharedPage, locale: Locale) -> impl IntoView + use<> {
    let texts = ShareTexts(locale);
    let then = then_heading(page, texts);
    let tags = match &page.tags {
        Some(TagsSince::Compared(differences)) => Some(differences),
        _ => None,
    };
    let more = tags.filter(|tags| tags.more > 0).map(|tags| {
        view! { <p class="quiet">{texts.more_differ(&grouped(tags.more))}</p> }
    });
    let tags = tags.map(of_tags).unwrap_or_default();
    let rows: Vec<_> = tags
        .into_iter()
        .map(|difference| (true, difference))
        .chain(
            differences(page, locale)
                .unwrap_or_default()
                .into_iter()
                .map(|difference| (false, difference)),
        )
        .map(|(is_tag, difference)| row(difference, is_tag, &then, texts))
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section shared-differences" aria-labelledby="differences">
                <h2 id="differences">{texts.differences()}</h2>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{texts.difference()}</th>
                            <th scope="col">{then}</th>
                            <th scope="col">{texts.now()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                {more}
            </section>
        }
    })
}

fn row(
    difference: Difference,
    is_tag: bool,
    heading: &str,
    texts: ShareTexts,
) -> impl IntoView + use<> {
    let Difference {
        name, then, now, ..
    } = difference;
    let heading = heading.to_owned();
    let name = if is_tag {
        view! { <code>{name}</code> }.into_any()
    } else {
        name.into_any()
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=heading>{cell(then, texts)}</td>
            <td data-label=texts.now()>{cell(now, texts)}</td>
        </tr>
    }
}

fn cell(value: Option<Value>, texts: ShareTexts) -> AnyView {
    match value {
        Some(Value::Words(words)) => timed(&words).into_any(),
        Some(Value::Digest(digest)) => view! { <code>{digest.to_string()}</code> }.into_any(),
        // It looks short, and one click selects all of it.
        Some(Value::Version(version, digest)) => view! {
            <code>{version.to_string()}</code>
            " "
            <code class="shared-short" title=digest.to_string()>{digest.to_string()}</code>
        }
        .into_any(),
        None => view! { <span class="quiet">{texts.tag_absent()}</span> }.into_any(),
    }
}

/// The tags of a repository that differ. An image is shown by its version, if known.
fn of_tags(differences: &TagDifferences) -> Vec<Difference> {
    let value = |point: &TagPoint| match &point.version_tag {
        Some(version) => Value::Version(version.clone(), point.digest.clone()),
        None => Value::Digest(point.digest.clone()),
    };
    let changes = differences.changes.iter();
    changes
        .map(|change| Difference {
            name: change.tag.to_string(),
            is_of_tags: true,
            then: change.then.as_ref().map(value),
            now: change.now.as_ref().map(value),
        })
        .collect()
}

/// The facts of a view that can be compared. The last pull is not a property of the image.
fn lines(shared: &Shared, page: &SharedPage, locale: Locale) -> Vec<Line> {
    match &shared.view {
        SharedView::Repository { detail, .. } => {
            of_repository(detail, page.is_counted_alike, locale)
        }
        SharedView::Tag(detail) => of_image(&detail.image, page, locale),
        // The state of the scan as the card beside it shows it: the list of images does not have every scan.
        SharedView::Image(detail) => {
            let mut lines = of_image(&detail.image_as_scanned(), page, locale);
            let is_unread = matches!(detail.findings, Section::Unavailable { .. });
            let lists_none = detail
                .image
                .facts
                .as_ref()
                .is_some_and(|it| it.scan == Scan::None);
            if is_unread && lists_none {
                let findings = ShareTexts(locale).findings();
                let words = ImagesTexts(locale).scan_not_known().to_owned();
                if let Some(line) = lines.iter_mut().find(|line| line.name == findings) {
                    line.value = Some(Value::Words(words));
                }
            }
            lines
        }
    }
}

fn of_image(row: &ImageRow, page: &SharedPage, locale: Locale) -> Vec<Line> {
    let (texts, image) = (ShareTexts(locale), ImageTexts(locale));
    let facts = row.facts.as_ref();
    let (versioned, tags_name) = match &page.target.scope {
        LinkScope::Tag(tag) => (
            version(row, tag).map(ToString::to_string),
            texts.other_tags(),
        ),
        LinkScope::Image(_) | LinkScope::Repository => (None, texts.tags()),
    };
    let line = |name, value| Line {
        name,
        is_of_tags: name == tags_name,
        value,
    };
    let words = |name, value: Option<String>| line(name, value.map(Value::Words));
    let fact = |read: fn(&ImageFacts) -> Option<String>| facts.and_then(read);
    vec![
        words(texts.version(), versioned),
        line(texts.digest(), Some(Value::Digest(row.digest.clone()))),
        words(image.pushed(), fact(|it| it.pushed.map(|at| at.utc()))),
        words(image.size(), fact(|it| it.size.map(size))),
        words(
            texts.findings(),
            facts.map(|it| scan_words(it.scan, locale)),
        ),
        words(tags_name, Some(tag_words(row, page, texts))),
    ]
}

/// The tags of an image, without the one that the link is about.
fn tag_words(row: &ImageRow, page: &SharedPage, texts: ShareTexts) -> String {
    let about = match &page.target.scope {
        LinkScope::Tag(tag) => Some(tag),
        LinkScope::Image(_) | LinkScope::Repository => None,
    };
    let others = row.tags.iter().filter(|label| Some(&label.tag) != about);
    let others: Vec<_> = others.map(|label| label.tag.as_str()).collect();
    if others.is_empty() {
        texts.no_other_tags().to_owned()
    } else {
        others.join(texts.comma())
    }
}

fn scan_words(scan: Scan, locale: Locale) -> String {
    let texts = ImagesTexts(locale);
    match scan {
        Scan::None => texts.not_scanned().to_owned(),
        Scan::Pending => texts.scan_pending().to_owned(),
        Scan::Failed => texts.scan_failed().to_owned(),
        Scan::Unreadable => texts.unreadable_from_link().to_owned(),
        Scan::Unread => texts.unread().to_owned(),
        Scan::Found(counts) => {
            let present = counts.present();
            let words: Vec<_> = present
                .map(|(severity, count)| texts.findings_of(count, severity_word(severity, locale)))
                .collect();
            if words.is_empty() {
                texts.no_findings().to_owned()
            } else {
                words.join(ShareTexts(locale).comma())
            }
        }
    }
}

/// The findings in all tagged images, and the number of images with findings.
fn found_words(counts: RepositoryCounts, locale: Locale) -> String {
    let texts = ImagesTexts(locale);
    let found = || scan_words(Scan::Found(counts.findings), locale);
    match counts.scans {
        None if counts.findings.total() == 0 => {
            RepositoryTexts(locale).counts_not_kept().to_owned()
        }
        Some(scans) if scans.images() == 0 => texts.no_tagged_images().to_owned(),
        Some(scans) if scans.scanned == 0 && scans.worst.is_none() => {
            texts.scan_not_known().to_owned()
        }
        Some(scans) if scans.unscanned() > 0 => {
            let scanned = texts.scanned_of(&grouped(scans.scanned), &grouped(scans.images()));
            [found(), scanned].join(ShareTexts(locale).comma())
        }
        _ => found(),
    }
}

fn of_repository(detail: &RepositoryDetail, is_counted_alike: bool, locale: Locale) -> Vec<Line> {
    let texts = RepositoryTexts(locale);
    let counts = detail.counts;
    let is_read = detail.as_of.is_some();
    let words = |name, value: Option<String>| Line {
        name,
        is_of_tags: false,
        value: value.map(Value::Words),
    };
    let counted = is_read && is_counted_alike;
    let described = counted && detail.sight == Sight::Images;
    let mutability = match &detail.settings {
        Section::Shown { value, .. } => {
            Some(mutability_word(value.mutability.as_str(), locale).to_owned())
        }
        _ => None,
    };
    vec![
        words(texts.images(), counted.then(|| grouped(counts.images))),
        words(texts.tags(), is_read.then(|| grouped(counts.tags))),
        words(texts.size(), described.then(|| size(counts.size))),
        words(
            texts.findings(),
            described.then(|| found_words(counts, locale)),
        ),
        words(texts.mutability(), mutability),
    ]
}
