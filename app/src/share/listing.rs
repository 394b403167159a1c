//! The images of a repository, as a link lists them.

use leptos::prelude::*;
use model::{Locale, Timestamp, UnreadRows, image::ImageRow, link::SharedView, query::ImageQuery};

use super::document::timed;
use crate::{
    components::bytes::grouped,
    messages::{list::ListTexts, share::ShareTexts},
    parts::{image_table::ImagesLook, list::list_page},
    paths,
};

/// A repository without images. There is no filter here that hid any.
fn none(id: &'static str, heading: String, as_of: Option<Timestamp>, locale: Locale) -> AnyView {
    let texts = ShareTexts(locale);
    let as_of = as_of.map(|at| texts.as_of(&at.utc()));
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <p class="quiet">{texts.no_images()} {ListTexts(locale).gap()} {as_of.map(|as_of| timed(&as_of))}</p>
        </section>
    }
    .into_any()
}

/// How many images fit on a sheet below the facts; the stylesheet hides the others.
const PRINTED_ROWS: usize = 8;

/// A repository's images, as its own page lists them, and the ways to more of them.
pub(super) fn images(
    id: &'static str,
    heading: String,
    view: SharedView,
    now: Timestamp,
    locale: Locale,
) -> AnyView {
    let texts = ShareTexts(locale);
    let SharedView::Repository { detail, images } = view else {
        return ().into_any();
    };
    let look = ImagesLook {
        repository: detail.repository,
        facts: images.rows.iter().any(|row| row.facts.is_some()),
        locale,
    };
    if images.total == 0 && images.problem.is_none() && !images.incomplete {
        return none(id, heading, images.as_of, locale);
    }
    let mut page = model::Page::<ImageRow> { now, ..images };
    let mut query = ImageQuery::default();
    if !look.facts {
        // What was sorted by dates that are not shown is sorted by what is.
        query = query.over_tags();
        page.rows.sort_by(|left, right| query.compare(left, right));
    }
    let shown = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
    // There are no ways to more of them.
    let part = (page.pages <= 1 && shown < page.matching)
        .then(|| texts.images_in_part(&grouped(shown), &grouped(page.matching)));
    let list = list_page(
        page,
        UnreadRows::default(),
        &query,
        &look,
        paths::shared_page,
    );
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            {part.map(|part| view! { <p class="quiet">{part}</p> })}
            {list}
            <p class="print-only quiet">{texts.printed(PRINTED_ROWS)}</p>
        </section>
    }
    .into_any()
}
