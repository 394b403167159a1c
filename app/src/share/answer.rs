//! The answer of a link: a word for whether anything differs, and a sentence or two.

mod repository;
mod tag;

use model::{
    Digest, Locale, Problem, Tag, Timestamp,
    image::ImageRow,
    link::{LinkScope, Shared, SharedNow, SharedPage, SharedView, version_among},
};

use super::differences::{About, Difference, differences, has_uncompared, sentences};
use crate::{
    components::time::relative,
    messages::{list::ListTexts, repository::RepositoryTexts, share::ShareTexts},
};

pub(super) use tag::deleted;

/// What has happened to the target of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The link shows one version only, so nothing is compared.
    OneMoment,
    /// A tag points at another image.
    Moved,
    /// A repository has other tags or images.
    Changed,
    /// Nothing has changed.
    Unchanged,
    /// A tag points at the same image again. In between it pointed elsewhere or was deleted.
    Returned,
    /// A tag points at the same image, or an image still exists, but other facts about it differ.
    PartlyChanged,
    /// Everything that was compared is the same. The rest was not compared.
    NoDifference,
    /// A repository or an image is the same, but its tags moved in between.
    MovedBetween,
    /// An image was deleted and pushed again, or a repository was deleted and created again.
    Again,
    /// It no longer exists.
    Gone,
    /// Whether it changed cannot be determined now.
    NotKnown,
}

/// The answer of a page. Names in its sentences are in backquotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) outcome: Outcome,
    pub(super) sentences: Vec<String>,
}

impl Answer {
    fn new(outcome: Outcome, sentence: String) -> Self {
        Self {
            outcome,
            sentences: vec![sentence],
        }
    }

    fn and(mut self, more: impl IntoIterator<Item = String>) -> Self {
        self.sentences.extend(more);
        self
    }

    /// The answer as one text.
    pub(super) fn text(&self, locale: Locale) -> String {
        self.sentences.join(ListTexts(locale).gap())
    }
}

/// How times are written: on a page that shows its own time, or in a text that is kept for years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Relative,
    Exact,
}

/// The answer of a page.
pub(super) fn answer(page: &SharedPage, times: Times, locale: Locale) -> Answer {
    let mut answer = match &page.target.scope {
        _ if is_repository_gone(page) => without_repository(page, locale),
        LinkScope::Tag(tag) => tag::of_tag(page, tag, times, locale),
        LinkScope::Image(digest) => of_image(page, digest, times, locale),
        LinkScope::Repository => repository::of_repository(page, locale),
    };
    if answer.outcome == Outcome::Unchanged && has_differences(page, locale) {
        answer.outcome = Outcome::PartlyChanged;
        // The word of the verdict says it of tags.
        let others = |difference: &Difference| difference.about != About::Tags;
        answer = answer.and(sentences(page, others, locale));
    } else if answer.outcome == Outcome::Unchanged && has_uncompared(page) {
        answer.outcome = Outcome::NoDifference;
    }
    let returned = returned(page, locale);
    let is_calm = matches!(answer.outcome, Outcome::Unchanged | Outcome::NoDifference);
    if is_calm && !returned.is_empty() {
        answer.outcome = Outcome::MovedBetween;
    }
    let answer = answer.and(returned);
    let not_anew = || ShareTexts(locale).not_read_anew().to_owned();
    answer.and(then_seen(page).map(|_| not_anew()))
}

/// Whether ECR answered that the repository does not exist. The listing of repositories may still have it.
fn is_repository_gone(page: &SharedPage) -> bool {
    matches!(page.live, Some(SharedNow::Problem(Problem::Gone)))
}

/// What was true then of a repository that no longer exists.
fn without_repository(page: &SharedPage, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let when = when(page, texts);
    let repository = page.target.repository.name.as_str();
    let row = page.frozen.as_ref().and_then(image);
    let then = match &page.target.scope {
        LinkScope::Tag(tag) => row.map(|row| {
            let name = long_name(&row.digest, version(row, tag), texts);
            texts.tag_pointed(tag.as_str(), &name, &when)
        }),
        LinkScope::Image(_) => row.map(|row| texts.image_was(&image_name(row, texts), &when)),
        LinkScope::Repository => {
            let count = page.frozen.as_ref().and_then(repository::image_count);
            let count = count.map(|count| RepositoryTexts(locale).all(count));
            count.map(|count| texts.repository_had(repository, &count, &when))
        }
    };
    let sentences = then
        .into_iter()
        .chain([texts.ecr_lacks_repository(repository)]);
    Answer {
        outcome: Outcome::Gone,
        sentences: sentences.collect(),
    }
}

/// Whether the table below lists anything that differs.
fn has_differences(page: &SharedPage, locale: Locale) -> bool {
    differences(page, locale).is_some_and(|it| !it.is_empty())
}

/// The tags of a repository or an image that moved and are back, and where they were.
fn returned(page: &SharedPage, locale: Locale) -> Vec<String> {
    let (texts, returned) = (ShareTexts(locale), &page.returned);
    let names = returned.first.iter().map(|it| texts.bare(it.tag.as_str()));
    let named = u32::try_from(returned.first.len()).unwrap_or(u32::MAX);
    let others = returned.count.saturating_sub(named);
    let others = (others > 0).then(|| texts.and_more(others));
    let names: Vec<_> = names.chain(others).collect();
    match &returned.first[..] {
        [] => Vec::new(),
        [only] if returned.count == 1 => {
            let name = only.tag.as_str();
            let what = match only.elsewhere[..] {
                [] => texts.tag_deleted_and_back(name),
                [..] => texts.tag_moved_and_back(name),
            };
            let in_between = tag::in_between(&only.elsewhere, only.left, only.back, texts);
            vec![what, in_between]
        }
        _ => vec![texts.tags_returned(returned.count, &names.join(texts.comma()))],
    }
}

/// When ECR was read for what the link keeps, if it could not be read again when the link was created.
fn then_seen(page: &SharedPage) -> Option<Timestamp> {
    page.frozen.as_ref()?.seen_at
}

/// The time of the version that the link keeps, as part of a sentence.
pub(super) fn when(page: &SharedPage, texts: ShareTexts) -> String {
    match then_seen(page) {
        Some(at) => texts.when_seen(&at.utc()),
        None => texts.when_created().to_owned(),
    }
}

/// The heading of the version that the link keeps.
pub(super) fn then_heading(page: &SharedPage, texts: ShareTexts) -> String {
    match then_seen(page) {
        Some(at) => texts.then_seen(&at.utc()),
        None => texts.then().to_owned(),
    }
}

fn of_image(page: &SharedPage, digest: &Digest, times: Times, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let when = when(page, texts);
    let row = page.frozen.as_ref().and_then(image);
    let name = row.map_or_else(
        || long_name(digest, None, texts),
        |row| image_name(row, texts),
    );
    match (&page.frozen, &page.live) {
        (_, None) => Answer::new(Outcome::OneMoment, texts.image_then(&name, &when)),
        (Some(frozen), Some(SharedNow::There(view))) => {
            let answer = image_stays(page, frozen, view, texts);
            let is_again = answer.outcome == Outcome::Again;
            let pushed = image(view).and_then(|row| pushed(row, page.now, times, locale));
            answer.and(pushed.filter(|_| !is_again).map(|at| texts.pushed(&at)))
        }
        (None, Some(SharedNow::There(view))) => {
            let pushed = image(view).and_then(|row| pushed(row, page.now, times, locale));
            let name = image(view)
                .map(|row| image_name(row, texts))
                .unwrap_or(name);
            Answer::new(Outcome::OneMoment, texts.image_now(&name))
                .and(pushed.map(|at| texts.pushed(&at)))
        }
        (Some(frozen), Some(SharedNow::Gone(_))) => {
            let kept_at = frozen.view.as_of().unwrap_or(page.made);
            let deleted = page.read.filter(|read| *read >= kept_at);
            let deleted = deleted.map(|read| tag::span(kept_at, read, texts));
            Answer::new(Outcome::Gone, texts.image_went(&name, &when))
                .and(deleted.map(|span| texts.image_deleted(&span)))
        }
        (None, Some(SharedNow::Gone(_))) => Answer::new(Outcome::Gone, texts.image_gone(&name)),
        (_, Some(SharedNow::Problem(_))) => Answer::new(
            Outcome::NotKnown,
            texts.unsure(page.target.repository.name.as_str()),
        ),
    }
}

/// An image that exists both then and now. If it was pushed later than it was first seen, it was deleted in between.
/// Without a visible time of the push, this is unknown.
fn image_stays(page: &SharedPage, then: &Shared, now: &Shared, texts: ShareTexts) -> Answer {
    let kept_at = then.view.as_of().unwrap_or(page.made);
    let (Some(before), Some(row)) = (image(then), image(now)) else {
        return Answer::new(
            Outcome::NotKnown,
            texts.unsure(page.target.repository.name.as_str()),
        );
    };
    let name = image_name(row, texts);
    if let Some(again) = pushed_again(before, row) {
        // A tag of it that was seen to go tells more closely when that was.
        let tags = page.returned.first.iter();
        let gone = tags
            .filter(|it| it.elsewhere.is_empty())
            .find_map(|it| Some((it.left.last_seen?, it.left.gone?)));
        let (last_seen, gone) = gone
            .filter(|(_, gone)| *gone <= again)
            .unwrap_or((kept_at, again));
        let deleted = tag::span(last_seen, gone, texts);
        let sentence = texts.image_again(&name, &deleted, &again.utc());
        return Answer::new(Outcome::Again, sentence);
    }
    if pushed_at(before).is_some() && pushed_at(row).is_some() {
        Answer::new(Outcome::Unchanged, texts.image_stays(&name))
    } else {
        let when = when(page, texts);
        Answer::new(Outcome::NoDifference, texts.image_there(&name, &when))
    }
}

fn pushed_at(row: &ImageRow) -> Option<Timestamp> {
    row.facts.as_ref()?.pushed
}

/// When an image of then was pushed again. ECR keeps the time of the first push while an image is there, so it was
/// deleted in between.
pub(super) fn pushed_again(then: &ImageRow, now: &ImageRow) -> Option<Timestamp> {
    let (before, again) = (pushed_at(then)?, pushed_at(now)?);
    (then.digest == now.digest && again > before).then_some(again)
}

/// When the current image was pushed.
fn pushed(row: &ImageRow, now: Timestamp, times: Times, locale: Locale) -> Option<String> {
    let at = row.facts.as_ref()?.pushed?;
    Some(match times {
        Times::Relative => relative(at, now, locale),
        Times::Exact => at.utc(),
    })
}

fn image(shared: &Shared) -> Option<&ImageRow> {
    match &shared.view {
        SharedView::Tag(detail) => Some(&detail.image),
        SharedView::Image(detail) => Some(&detail.image),
        SharedView::Repository { .. } => None,
    }
}

/// The version of an image that a tag points at, from another tag of the image.
pub(super) fn version<'a>(row: &'a ImageRow, tag: &Tag) -> Option<&'a Tag> {
    version_among(row.tags.iter().map(|label| &label.tag), Some(tag))
}

/// An image by the version among its tags, if there is one, and its digest.
fn image_name(row: &ImageRow, texts: ShareTexts) -> String {
    let tags = row.tags.iter().map(|label| &label.tag);
    long_name(&row.digest, version_among(tags, None), texts)
}

/// An image by its version and its digest.
fn long_name(digest: &Digest, version: Option<&Tag>, texts: ShareTexts) -> String {
    match version {
        Some(version) => texts.named(version.as_str(), &short(digest)),
        None => texts.bare(&short(digest)),
    }
}

/// A shortened digest for sentences: twelve digits.
fn short(digest: &Digest) -> String {
    digest.short().to_owned()
}
