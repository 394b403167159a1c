//! What a link has to say, in a sentence: what was there then, and what is there now.

use model::{
    Digest, Locale,
    link::{LinkScope, Shared, SharedNow, SharedPage, SharedView},
};

use crate::{
    components::time::relative,
    messages::{repository::RepositoryTexts, share::ShareTexts},
};

/// The sentence of a page; names stand in it between back quotes.
pub(super) fn answer(page: &SharedPage, locale: Locale) -> String {
    match &page.target.scope {
        LinkScope::Tag(tag) => of_tag(page, tag.as_str(), locale),
        LinkScope::Image(digest) => of_image(page, digest, locale),
        LinkScope::Repository => of_repository(page, locale),
    }
}

fn of_tag(page: &SharedPage, tag: &str, locale: Locale) -> String {
    let texts = ShareTexts(locale);
    let then = page.frozen.as_ref().and_then(digest);
    let then = then.map(short);
    match (&then, &page.live) {
        (Some(then), None) => texts.tag_then(tag, then),
        (Some(then), Some(SharedNow::There(view))) => {
            let now = digest(view).map(short).unwrap_or_default();
            let sentence = if *then == now {
                texts.tag_stayed(tag, &now)
            } else {
                texts.tag_moved(tag, then, &now)
            };
            with_push(sentence, view, page, locale)
        }
        (Some(then), Some(SharedNow::Gone)) => texts.tag_went(tag, then),
        (Some(then), Some(SharedNow::Problem(_))) => texts.tag_unsure(tag, then),
        (None, Some(SharedNow::There(view))) => {
            let now = digest(view).map(short).unwrap_or_default();
            with_push(texts.tag_now(tag, &now), view, page, locale)
        }
        (None, Some(SharedNow::Gone)) => texts.tag_gone(tag),
        (None, Some(SharedNow::Problem(_)) | None) => texts.unsure(tag),
    }
}

fn of_image(page: &SharedPage, digest: &Digest, locale: Locale) -> String {
    let texts = ShareTexts(locale);
    let image = short(digest);
    match (&page.frozen, &page.live) {
        (_, None) => texts.image_then(&image),
        (Some(_), Some(SharedNow::There(view))) => {
            with_push(texts.image_stays(&image), view, page, locale)
        }
        (None, Some(SharedNow::There(view))) => {
            with_push(texts.image_now(&image), view, page, locale)
        }
        (Some(_), Some(SharedNow::Gone)) => texts.image_went(&image),
        (None, Some(SharedNow::Gone)) => texts.image_gone(&image),
        (_, Some(SharedNow::Problem(_))) => texts.unsure(page.target.name.as_str()),
    }
}

fn of_repository(page: &SharedPage, locale: Locale) -> String {
    let texts = ShareTexts(locale);
    let name = page.target.name.as_str();
    let count = |shared: &Shared| match &shared.view {
        SharedView::Repository { detail, .. } => RepositoryTexts(locale).all(detail.counts.images),
        SharedView::Tag(_) | SharedView::Image(_) => String::new(),
    };
    let then = page.frozen.as_ref().map(count);
    match (then, &page.live) {
        (Some(then), None) => texts.repository_then(name, &then),
        (Some(then), Some(SharedNow::There(view))) => {
            let now = count(view);
            if then == now {
                texts.repository_stayed(name, &now)
            } else {
                texts.repository_changed(name, &then, &now)
            }
        }
        (Some(then), Some(SharedNow::Gone)) => texts.repository_went(name, &then),
        (None, Some(SharedNow::There(view))) => texts.repository_now(name, &count(view)),
        (None, Some(SharedNow::Gone)) => texts.repository_gone(name),
        (_, Some(SharedNow::Problem(_))) | (None, None) => texts.unsure(name),
    }
}

/// When the image that is there now was pushed, after the sentence.
fn with_push(sentence: String, shared: &Shared, page: &SharedPage, locale: Locale) -> String {
    let image = match &shared.view {
        SharedView::Tag(detail) => &detail.image,
        SharedView::Image(detail) => &detail.image,
        SharedView::Repository { .. } => return sentence,
    };
    let Some(at) = image.facts.as_ref().and_then(|facts| facts.pushed) else {
        return sentence;
    };
    let pushed = ShareTexts(locale).pushed(&relative(at, page.now, locale));
    let space = if locale == Locale::En { " " } else { "" };
    format!("{sentence}{space}{pushed}")
}

fn digest(shared: &Shared) -> Option<&Digest> {
    match &shared.view {
        SharedView::Tag(detail) => Some(&detail.image.digest),
        SharedView::Image(detail) => Some(&detail.image.digest),
        SharedView::Repository { .. } => None,
    }
}

/// As much of a digest as a sentence holds: twelve digits, as everywhere.
fn short(digest: &Digest) -> String {
    digest.short().to_owned()
}
