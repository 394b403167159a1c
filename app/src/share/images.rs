//! The images of a repository that were removed and added, if the link lists all of them then and now.

use std::collections::{HashMap, HashSet};

use model::{
    Locale, Timestamp,
    image::ImageRow,
    link::{Shared, SharedNow, SharedPage, SharedPart, SharedView},
};

use super::answer::pushed_again;
use crate::messages::share::ShareTexts;

/// How many images a sentence names.
const NAMED: usize = 3;

/// What left, what came and what was pushed again, in sentences. Where not all images are listed, only the last.
pub(super) fn changes(page: &SharedPage, locale: Locale) -> Vec<String> {
    let texts = ShareTexts(locale);
    let (Some(frozen), Some(SharedNow::There(live))) = (&page.frozen, &page.live) else {
        return Vec::new();
    };
    let (Some(then), Some(now)) = (rows(frozen), rows(live)) else {
        return Vec::new();
    };
    let again = again(then, now);
    let kept_at = frozen.view.as_of().unwrap_or(page.made);
    let (mut left, mut apart, mut came) = (Vec::new(), Vec::new(), Vec::new());
    if page.is_counted_alike && is_whole(frozen) && is_whole(live) {
        left = beyond(then, now);
        (apart, came) = beyond(now, then)
            .into_iter()
            .partition(|row| was_part(row, kept_at));
    }
    let sentence = |rows: Vec<&ImageRow>, words: fn(ShareTexts, u32, &str) -> String| {
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        (count > 0).then(|| words(texts, count, &names(&rows, texts)))
    };
    let said = [
        sentence(left, |texts, count, names| texts.images_left(count, names)),
        sentence(came, |texts, count, names| texts.images_came(count, names)),
        sentence(again, |texts, count, names| {
            texts.images_again(count, names)
        }),
        sentence(apart, |texts, count, names| {
            texts.images_apart(count, names)
        }),
    ];
    said.into_iter().flatten().collect()
}

/// The images of a repository that the link lists.
fn rows(shared: &Shared) -> Option<&[ImageRow]> {
    match &shared.view {
        SharedView::Repository { images, .. } => Some(&images.rows),
        SharedView::Tag(_) | SharedView::Image(_) => None,
    }
}

/// Whether the link lists all of them.
fn is_whole(shared: &Shared) -> bool {
    let is_one_page = match &shared.view {
        SharedView::Repository { images, .. } => images.pages <= 1,
        SharedView::Tag(_) | SharedView::Image(_) => true,
    };
    is_one_page && shared.more_of(SharedPart::Images) == 0
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

/// The rows of now whose images were there then, and were deleted and pushed again.
fn again<'a>(then: &[ImageRow], now: &'a [ImageRow]) -> Vec<&'a ImageRow> {
    let then: HashMap<_, _> = then.iter().map(|row| (&row.digest, row)).collect();
    let is_again = |row: &&ImageRow| {
        let before = then.get(&row.digest);
        before.is_some_and(|before| pushed_again(before, row).is_some())
    };
    now.iter().filter(is_again).collect()
}

/// Whether an image that was not listed was there all the same, as a part of another that is gone: an image of an index,
/// or a signature, an SBOM or an attestation.
fn was_part(row: &ImageRow, kept_at: Timestamp) -> bool {
    let pushed = row.facts.as_ref().and_then(|facts| facts.pushed);
    row.tags.is_empty() && pushed.is_some_and(|pushed| pushed < kept_at)
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
