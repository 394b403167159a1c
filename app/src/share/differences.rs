//! The differences between then and now, line by line.

mod lines;

use leptos::prelude::*;
use model::{
    Digest, Locale, Section, Tag,
    link::{Shared, SharedNow, SharedPage, SharedView, TagDifferences, TagPoint, TagsSince},
};

use super::{answer::then_heading, document::timed};
use crate::{components::bytes::grouped, messages::share::ShareTexts};

/// One fact of a view, as a text that can be compared. `None` if it is withheld or unknown.
struct Line {
    name: &'static str,
    about: About,
    value: Option<Value>,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The tags of an image.
    Tags,
    /// The image or the images themselves, and what follows from them.
    Content,
    /// What is set for a repository.
    Settings,
    /// When a repository was created.
    Created,
}

#[derive(PartialEq, Eq)]
enum Value {
    Words(String),
    /// What refers to an image: in words that name some, and all of their digests.
    Referrers(String, Vec<Digest>),
    Digest(Digest),
    /// An image by its version and its digest.
    Version(Tag, Digest),
}

/// A line of the table: the fact, then, and now.
pub(super) struct Difference {
    name: String,
    pub(super) about: About,
    then: Option<Value>,
    now: Option<Value>,
}

/// What differs of the views beside each other, where the link shows both. None where there are no two.
pub(super) fn differences(page: &SharedPage, locale: Locale) -> Option<Vec<Difference>> {
    let (then, now) = both(page)?;
    let lines = |shared: &Shared| lines::lines(shared, page, locale);
    let pairs = lines(then).into_iter().zip(lines(now));
    let differ = pairs.filter(|(then, now)| {
        // A part that is withheld now, or was then, is not compared: the sides say so.
        then.value.is_some() && now.value.is_some() && then.value != now.value
    });
    let differ = differ.map(|(then, now)| Difference {
        name: then.name.to_owned(),
        about: then.about,
        then: then.value,
        now: now.value,
    });
    Some(differ.collect())
}

/// Then and now, where the link shows both.
fn both(page: &SharedPage) -> Option<(&Shared, &Shared)> {
    match (&page.frozen, &page.live) {
        (Some(then), Some(SharedNow::There(now))) => Some((then, now)),
        _ => None,
    }
}

/// Whether what refers to an image, or its findings, are known of one moment alone: then whether they differ is not
/// known.
pub(super) fn has_uncompared(page: &SharedPage) -> bool {
    fn is_known<T>(section: &Section<T>) -> bool {
        matches!(section, Section::Shown { .. } | Section::Absent { .. })
    }
    let known = |shared: &Shared| match &shared.view {
        SharedView::Image(detail) => {
            let mut indexes = detail.index_referrers.iter();
            Some([
                is_known(&detail.referrers),
                is_known(&detail.findings),
                indexes.all(|index| index.meanings.is_some()),
            ])
        }
        SharedView::Tag(_) | SharedView::Repository { .. } => None,
    };
    both(page).is_some_and(|(then, now)| known(then) != known(now))
}

/// What differs, a sentence each, of those that are asked for.
pub(super) fn sentences(
    page: &SharedPage,
    is_asked: impl Fn(&Difference) -> bool,
    locale: Locale,
) -> Vec<String> {
    let texts = ShareTexts(locale);
    let words = |value: Option<Value>| match value? {
        Value::Words(words) | Value::Referrers(words, _) => Some(words),
        Value::Digest(digest) => Some(digest.short().to_owned()),
        Value::Version(version, _) => Some(version.to_string()),
    };
    let differ = differences(page, locale).unwrap_or_default().into_iter();
    let sentence =
        |it: Difference| Some(texts.differs(&it.name, &words(it.now)?, &words(it.then)?));
    differ.filter(is_asked).filter_map(sentence).collect()
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
    let mut rows: Vec<_> = tags
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
    let folded = rows.split_off(rows.len().min(UNFOLDED));
    let count = u32::try_from(folded.len()).unwrap_or(u32::MAX);
    let folded = (count > 0).then(|| {
        view! {
            <details>
                <summary>{texts.and_more(count)}</summary>
                {rows_table(folded, then.clone(), texts)}
            </details>
        }
    });
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section shared-differences" aria-labelledby="differences">
                <h2 id="differences">{texts.differences()}</h2>
                {rows_table(rows, then, texts)}
                {folded}
                {more}
            </section>
        }
    })
}

/// How many rows of what differs are not folded.
const UNFOLDED: usize = 10;

fn rows_table(
    rows: Vec<impl IntoView + 'static>,
    then: String,
    texts: ShareTexts,
) -> impl IntoView {
    view! {
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
    }
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
        Some(Value::Words(words) | Value::Referrers(words, _)) => timed(&words).into_any(),
        // It looks short, and one click takes the whole of it.
        Some(Value::Digest(digest)) => view! {
            <code class="shared-short" title=digest.to_string()>{digest.to_string()}</code>
        }
        .into_any(),
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
            about: About::Tags,
            then: change.then.as_ref().map(value),
            now: change.now.as_ref().map(value),
        })
        .collect()
}
