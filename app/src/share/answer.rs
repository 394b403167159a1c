//! The answer of a link: a word for whether anything differs, and a sentence or two.

mod tag;

use model::{
    Digest, Locale, Tag, Timestamp,
    image::ImageRow,
    link::{
        LinkScope, Shared, SharedNow, SharedPage, SharedView, TagChange, TagDifferences, TagsSince,
        version_among,
    },
};

use super::{differences::differences, images};
use crate::{
    components::{bytes::grouped, time::relative},
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
    /// An image was deleted and pushed again.
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
        LinkScope::Tag(tag) => tag::of_tag(page, tag, times, locale),
        LinkScope::Image(digest) => of_image(page, digest, times, locale),
        LinkScope::Repository => of_repository(page, locale),
    };
    if answer.outcome == Outcome::Unchanged && has_differences(page, locale) {
        answer.outcome = Outcome::PartlyChanged;
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
    let said = (!names.is_empty())
        .then(|| texts.tags_returned(returned.count, &names.join(texts.comma())));
    let only = match &returned.first[..] {
        [only] if returned.count == 1 => Some(tag::in_between(
            &only.elsewhere,
            only.left,
            only.back,
            texts,
        )),
        _ => None,
    };
    said.into_iter().chain(only).collect()
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
    let name = short(digest);
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
            Answer::new(Outcome::OneMoment, texts.image_now(&name))
                .and(pushed.map(|at| texts.pushed(&at)))
        }
        (Some(_), Some(SharedNow::Gone(_))) => {
            Answer::new(Outcome::Gone, texts.image_went(&name, &when))
        }
        (None, Some(SharedNow::Gone(_))) => Answer::new(Outcome::Gone, texts.image_gone(&name)),
        (_, Some(SharedNow::Problem(_))) => {
            Answer::new(Outcome::NotKnown, texts.unsure(page.target.name.as_str()))
        }
    }
}

/// An image that exists both then and now. If it was pushed later than it was first seen, it was deleted in between.
/// Without a visible time of the push, this is unknown.
fn image_stays(page: &SharedPage, then: &Shared, now: &Shared, texts: ShareTexts) -> Answer {
    let pushed_at = |shared| image(shared)?.facts.as_ref()?.pushed;
    let kept_at = then.view.as_of().unwrap_or(page.made);
    let Some(row) = image(now) else {
        return Answer::new(Outcome::NotKnown, texts.unsure(page.target.name.as_str()));
    };
    let name = short(&row.digest);
    match (pushed_at(then), pushed_at(now)) {
        (Some(before), Some(again)) if again > before => {
            // If one of its tags was seen to be deleted, that narrows down the time.
            let tags = page.returned.first.iter();
            let gone = tags
                .filter(|it| it.elsewhere.is_empty())
                .find_map(|it| Some((it.left.last_seen?, it.left.gone?)));
            let (last_seen, gone) = gone
                .filter(|(_, gone)| *gone <= again)
                .unwrap_or((kept_at, again));
            let deleted = tag::span(last_seen, gone, texts);
            let sentence = texts.image_again(&name, &deleted, &again.utc());
            Answer::new(Outcome::Again, sentence)
        }
        (Some(_), Some(_)) => Answer::new(Outcome::Unchanged, texts.image_stays(&name)),
        _ => {
            let when = when(page, texts);
            Answer::new(Outcome::NoDifference, texts.image_there(&name, &when))
        }
    }
}

fn of_repository(page: &SharedPage, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let when = when(page, texts);
    let name = page.target.name.as_str();
    let then = page.frozen.as_ref().and_then(image_count);
    let words = |count: u32| RepositoryTexts(locale).all(count);
    match (then, &page.live) {
        (Some(then), None) => Answer::new(
            Outcome::OneMoment,
            texts.repository_then(name, &words(then), &when),
        ),
        (then, Some(SharedNow::There(view))) => match (then, image_count(view)) {
            // Nothing was read yet, which is not the same as a repository without images.
            (_, None) => Answer::new(Outcome::NotKnown, texts.unsure(name)),
            (None, Some(now)) => {
                Answer::new(Outcome::OneMoment, texts.repository_now(name, &words(now)))
            }
            (Some(then), Some(now)) => compared(page, then, now, locale),
        },
        (Some(then), Some(SharedNow::Gone(_))) => Answer::new(
            Outcome::Gone,
            texts.repository_went(name, &words(then), &when),
        ),
        (None, Some(SharedNow::Gone(_))) => Answer::new(Outcome::Gone, texts.repository_gone(name)),
        (_, Some(SharedNow::Problem(_))) | (None, None) => {
            Answer::new(Outcome::NotKnown, texts.unsure(name))
        }
    }
}

/// A repository then and now, by its number of images and its tags.
fn compared(page: &SharedPage, then: u32, now: u32, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let when = when(page, texts);
    let name = page.target.name.as_str();
    let [then_words, now_words] = [then, now].map(|count| RepositoryTexts(locale).all(count));
    let (tags, sentence) = tags_compared(page.tags.as_ref(), texts);
    let others = images::changes(page, locale);
    let outcome = match tags {
        Outcome::Changed => Outcome::Changed,
        _ if page.is_counted_alike && then != now => Outcome::Changed,
        _ if !others.is_empty() => Outcome::Changed,
        _ if !page.is_counted_alike => Outcome::NoDifference,
        Outcome::Unchanged if has_differences(page, locale) => Outcome::Changed,
        other => other,
    };
    let counted = if !page.is_counted_alike {
        texts.counted_otherwise(name, &then_words, &now_words, &when)
    } else if then != now {
        texts.repository_changed(name, &then_words, &now_words, &when)
    } else if outcome == Outcome::Unchanged {
        texts.repository_stayed(name, &now_words, &when)
    } else {
        texts.repository_as_many(name, &now_words, &when)
    };
    match outcome {
        // Differences come first.
        Outcome::Changed if tags == Outcome::Changed => Answer {
            outcome,
            sentences: sentence
                .into_iter()
                .chain([counted])
                .chain(others)
                .collect(),
        },
        _ => Answer::new(outcome, counted).and(others).and(sentence),
    }
}

/// What is known of the tags, in words.
fn tags_compared(since: Option<&TagsSince>, texts: ShareTexts) -> (Outcome, Vec<String>) {
    let differences = match since {
        Some(TagsSince::Compared(differences)) => differences,
        Some(TagsSince::NotKept) => {
            return (
                Outcome::NoDifference,
                vec![texts.tags_not_kept().to_owned()],
            );
        }
        Some(TagsSince::NotRead) | None => {
            return (
                Outcome::NoDifference,
                vec![texts.tags_not_read().to_owned()],
            );
        }
    };
    let TagDifferences {
        changes,
        more,
        compared,
        not_kept,
    } = differences;
    let in_part =
        (*not_kept > 0).then(|| texts.tags_in_part(&grouped(*compared), &grouped(*not_kept)));
    let (outcome, sentence) = if !changes.is_empty() {
        (Outcome::Changed, changes_words(changes, *more, texts))
    } else if *not_kept > 0 {
        (
            Outcome::NoDifference,
            texts.tags_in_part_same(&grouped(*compared)),
        )
    } else if *compared == 0 {
        (Outcome::Unchanged, texts.no_tags().to_owned())
    } else {
        (Outcome::Unchanged, texts.tags_same(*compared))
    };
    (outcome, [sentence].into_iter().chain(in_part).collect())
}

/// How many differing tags a sentence names. A table below the answer has all of them.
const NAMED: usize = 3;

fn changes_words(changes: &[TagChange], more: u32, texts: ShareTexts) -> String {
    let part = |change: &TagChange| {
        let tag = change.tag.as_str();
        match (&change.then, &change.now) {
            (Some(then), Some(now)) => {
                let [then, now] = [then, now]
                    .map(|point| long_name(&point.digest, point.version_tag.as_ref(), texts));
                texts.tag_part_moved(tag, &then, &now)
            }
            (_, None) => texts.tag_part_gone(tag),
            (None, Some(_)) => texts.tag_part_new(tag),
        }
    };
    let count = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    let count = count.saturating_add(more);
    let (named, others) = changes.split_at(changes.len().min(NAMED));
    let of_kind = |is_of: fn(&TagChange) -> bool| {
        let count = others.iter().filter(|change| is_of(change)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let others = [
        (
            of_kind(|it| it.then.is_some() && it.now.is_some()),
            ShareTexts::others_moved as fn(ShareTexts, u32) -> String,
        ),
        (of_kind(|it| it.now.is_none()), ShareTexts::others_gone),
        (of_kind(|it| it.then.is_none()), ShareTexts::others_new),
        (more, ShareTexts::others_differ),
    ];
    let others = others
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| words(texts, count));
    let parts: Vec<_> = named.iter().map(part).chain(others).collect();
    texts.tags_differ(count, &parts.join(texts.part_comma()))
}

/// When the current image was pushed.
fn pushed(row: &ImageRow, now: Timestamp, times: Times, locale: Locale) -> Option<String> {
    let at = row.facts.as_ref()?.pushed?;
    Some(match times {
        Times::Relative => relative(at, now, locale),
        Times::Exact => at.utc(),
    })
}

/// How many images a repository has; `None` if they were not read.
fn image_count(shared: &Shared) -> Option<u32> {
    match &shared.view {
        SharedView::Repository { detail, .. } => detail.as_of.map(|_| detail.counts.images),
        SharedView::Tag(_) | SharedView::Image(_) => None,
    }
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
