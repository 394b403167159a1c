//! The images of a repository that were removed and added, if the link lists all of them then and now.

use std::collections::HashSet;

use model::{
    Locale, Timestamp,
    image::{ImageKind, ImageRow},
    link::{Shared, SharedNow, SharedPage, SharedPart, SharedView},
};

use crate::messages::share::ShareTexts;

/// How many images a sentence names.
const NAMED: usize = 3;

/// The removed and added images, in sentences. Empty if there are none, or if not all images are listed.
pub(super) fn changes(page: &SharedPage, locale: Locale) -> Vec<String> {
    let texts = ShareTexts(locale);
    let (Some(frozen), Some(SharedNow::There(live))) = (&page.frozen, &page.live) else {
        return Vec::new();
    };
    let (true, Some(then), Some(now)) = (page.is_counted_alike, rows(frozen), rows(live)) else {
        return Vec::new();
    };
    let kept_at = frozen.view.as_of().unwrap_or(page.made);
    let left = beyond(then, now);
    let (apart, came): (Vec<_>, Vec<_>) = beyond(now, then)
        .into_iter()
        .partition(|row| was_part(row, kept_at));
    let sentence = |rows: Vec<&ImageRow>, words: fn(ShareTexts, u32, &str) -> String| {
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        (count > 0).then(|| words(texts, count, &names(&rows, texts)))
    };
    let said = [
        sentence(left, |texts, count, names| texts.images_left(count, names)),
        sentence(came, |texts, count, names| texts.images_came(count, names)),
        sentence(apart, |texts, count, names| {
            texts.images_apart(count, names)
        }),
    ];
    said.into_iter().flatten().collect()
}

/// All images of a repository; `None` if the link lists only some of them.
fn rows(shared: &Shared) -> Option<&[ImageRow]> {
    let SharedView::Repository { images, .. } = &shared.view else {
        return None;
    };
    let is_whole = images.pages <= 1 && shared.more_of(SharedPart::Images) == 0;
    is_whole.then_some(&*images.rows)
}

/// The rows of one list that are not in the other.
fn beyond<'a>(rows: &'a [ImageRow], others: &[ImageRow]) -> Vec<&'a ImageRow> {
    let others: HashSet<_> = others.iter().map(|row| &row.digest).collect();
    let mut beyond: Vec<_> = rows
        .iter()
        .filter(|row| !others.contains(&row.digest))
        .collect();
    // The name that people use comes first.
    beyond.sort_by_key(|row| row.tags.is_empty());
    beyond
}

/// Whether an image that was not listed existed before as a part of another one: of an index that was deleted.
fn was_part(row: &ImageRow, kept_at: Timestamp) -> bool {
    let was_there = row.facts.as_ref().is_some_and(|facts| {
        facts.kind == ImageKind::Image && facts.pushed.is_some_and(|pushed| pushed < kept_at)
    });
    row.tags.is_empty() && was_there
}

fn names(rows: &[&ImageRow], texts: ShareTexts) -> String {
    let name = |row: &&ImageRow| {
        let digest = row.digest.short();
        match row.tags.first() {
            Some(label) => texts.named(label.tag.as_str(), digest),
            None => texts.bare(digest),
        }
    };
    let others = u32::try_from(rows.len().saturating_sub(NAMED)).unwrap_or(u32::MAX);
    let others = (others > 0).then(|| texts.and_more(others));
    let named = rows.iter().take(NAMED).map(name).chain(others);
    named.collect::<Vec<_>>().join(texts.comma())
}
