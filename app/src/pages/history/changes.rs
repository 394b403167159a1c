//! Every change of a tag as a table.

use leptos::{either::Either, prelude::*};
use model::{
    Locale, RepositoryAt,
    image::{HistoryDetail, PointedImage, TagEvent, TagEventKind},
    query::HistoryQuery,
};

use crate::{
    components::woven::woven,
    messages::history::HistoryTexts,
    pages::tag::history::{PointedImageName, exact},
    paths,
};

/// The changes of a page, newest first, and the way to older ones.
#[component]
pub fn Changes(detail: HistoryDetail, query: HistoryQuery, locale: Locale) -> impl IntoView {
    let texts = HistoryTexts(locale);
    let rows: Vec<_> = detail
        .history
        .events()
        .into_iter()
        .filter_map(|event| row(event, &detail.repository, locale))
        .collect();
    let table = if rows.is_empty() {
        Either::Left(view! { <p class="quiet">{texts.no_changes()}</p> })
    } else {
        Either::Right(view! {
            <table class="table history-changes">
                <thead>
                    <tr>
                        <th scope="col">{texts.between_head()}</th>
                        <th scope="col">{texts.before_head()}</th>
                        <th scope="col">{texts.after_head()}</th>
                        <th scope="col">{texts.known_head()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        })
    };
    let link = |older_than: Option<i64>, words: &'static str| {
        let query = HistoryQuery {
            older_than,
            ..query.clone()
        };
        let href = paths::history_at(&detail.repository, &detail.tag, &query);
        view! { <a class="button" href=href>{words}</a> }
    };
    let newest = query.older_than.map(|_| link(None, texts.newest()));
    let older = detail.older.map(|older| link(Some(older), texts.older()));
    view! {
        <section class="page-section" aria-labelledby="changes">
            <h2 id="changes">{texts.changes()}</h2>
            {table}
            <p class="history-pages">{newest} {older}</p>
        </section>
    }
}

/// A change. None for the first reading, which is none.
fn row(event: TagEvent, repository: &RepositoryAt, locale: Locale) -> Option<AnyView> {
    let texts = HistoryTexts(locale);
    let (old, new) = match event.kind {
        TagEventKind::Created(image) | TagEventKind::CreatedAgain(image) => (None, Some(image)),
        TagEventKind::Moved(old, new) => (Some(old), Some(new)),
        TagEventKind::Deleted(image) => (Some(image), None),
        TagEventKind::FirstSeen(_) => return None,
    };
    let image = |image: Option<PointedImage>| match image {
        Some(image) => Either::Left(view! {
            <PointedImageName repository=repository.clone() image locale />
        }),
        None => Either::Right(view! { <span class="quiet">{texts.absent()}</span> }),
    };
    let before = event.before;
    let when = match event.after.filter(|after| *after < before) {
        Some(after) => woven(
            |[after, before]| texts.between(after, before),
            [exact(after), exact(before)],
        ),
        None => exact(before),
    };
    Some(
        view! {
            <tr>
                <th scope="row">{when}</th>
                <td data-label=texts.before_head()>{image(old)}</td>
                <td data-label=texts.after_head()>{image(new)}</td>
                <td data-label=texts.known_head()>{texts.two_readings()}</td>
            </tr>
        }
        .into_any(),
    )
}
