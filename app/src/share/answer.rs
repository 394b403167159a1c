//! What a link has to say: a word for whether anything differs, and a sentence or two.

use model::{
    Digest, Locale, Tag, Timestamp,
    image::{GoneTag, ImageRow},
    link::{
        LinkScope, Shared, SharedNow, SharedPage, SharedView, TagChange, TagDifferences, TagsSince,
        version_among,
    },
};

use crate::{
    components::{bytes::grouped, time::relative},
    messages::{list::ListTexts, repository::RepositoryTexts, share::ShareTexts},
};

/// What has become of what a link shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The link shows one moment: there is nothing to compare.
    OneMoment,
    /// A tag points elsewhere.
    Moved,
    /// A repository has other tags or images.
    Changed,
    /// Everything is as it was.
    Unchanged,
    /// What was compared is as it was; the rest was not compared.
    NoDifference,
    /// It is not there any more.
    Gone,
    /// Whether it changed cannot be read now.
    NotKnown,
}

/// The answer of a page. Names in its sentences are between back quotes.
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

    /// All of it in one text.
    pub(super) fn text(&self, locale: Locale) -> String {
        self.sentences.join(ListTexts(locale).gap())
    }
}

/// How times are written: beside a page that says when it is of, or where it is kept for years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Relative,
    Exact,
}

/// The answer of a page.
pub(super) fn answer(page: &SharedPage, times: Times, locale: Locale) -> Answer {
    match &page.target.scope {
        LinkScope::Tag(tag) => of_tag(page, tag, times, locale),
        LinkScope::Image(digest) => of_image(page, digest, times, locale),
        LinkScope::Repository => of_repository(page, locale),
    }
}

fn of_tag(page: &SharedPage, tag: &Tag, times: Times, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let named = tag.as_str();
    let then = page.frozen.as_ref().and_then(image);
    let name = |row: &ImageRow| long_name(&row.digest, version(row, tag), texts);
    match (then, &page.live) {
        (Some(then), None) => Answer::new(Outcome::OneMoment, texts.tag_then(named, &name(then))),
        (then, Some(SharedNow::There(view))) => {
            let Some(now) = image(view) else {
                return Answer::new(Outcome::NotKnown, texts.unsure(named));
            };
            let answer = match then {
                None => Answer::new(Outcome::OneMoment, texts.tag_now(named, &name(now))),
                Some(then) if then.digest == now.digest => {
                    Answer::new(Outcome::Unchanged, texts.tag_stayed(named, &name(now)))
                }
                Some(then) => moved(tag, then, now, texts),
            };
            answer.and(pushed(now, page.now, times, locale))
        }
        (Some(then), Some(SharedNow::Gone(gone))) => {
            Answer::new(Outcome::Gone, texts.tag_went(named, &name(then)))
                .and(last_seen(gone, texts))
        }
        (None, Some(SharedNow::Gone(gone))) => {
            Answer::new(Outcome::Gone, texts.tag_gone(named)).and(last_seen(gone, texts))
        }
        (Some(then), Some(SharedNow::Problem(_))) => {
            Answer::new(Outcome::NotKnown, texts.tag_unsure(named, &name(then)))
        }
        (None, Some(SharedNow::Problem(_)) | None) => {
            Answer::new(Outcome::NotKnown, texts.unsure(named))
        }
    }
}

/// A tag that points elsewhere: from version to version where they are known, and the digests after that.
fn moved(tag: &Tag, then: &ImageRow, now: &ImageRow, texts: ShareTexts) -> Answer {
    let versions = [then, now].map(|row| version(row, tag));
    let [from, to] = [(then, versions[0]), (now, versions[1])].map(|(row, version)| {
        let name = version.map_or_else(|| short(&row.digest), ToString::to_string);
        texts.bare(&name)
    });
    let are_named = versions.iter().any(Option::is_some);
    let digests = || texts.digests(&short(&then.digest), &short(&now.digest));
    Answer::new(Outcome::Moved, texts.tag_moved(tag.as_str(), &from, &to))
        .and(are_named.then(digests))
}

fn of_image(page: &SharedPage, digest: &Digest, times: Times, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let name = short(digest);
    match (&page.frozen, &page.live) {
        (_, None) => Answer::new(Outcome::OneMoment, texts.image_then(&name)),
        (frozen, Some(SharedNow::There(view))) => {
            let (outcome, sentence) = match frozen {
                Some(_) => (Outcome::Unchanged, texts.image_stays(&name)),
                None => (Outcome::OneMoment, texts.image_now(&name)),
            };
            let pushed = image(view).and_then(|row| pushed(row, page.now, times, locale));
            Answer::new(outcome, sentence).and(pushed)
        }
        (Some(_), Some(SharedNow::Gone(_))) => Answer::new(Outcome::Gone, texts.image_went(&name)),
        (None, Some(SharedNow::Gone(_))) => Answer::new(Outcome::Gone, texts.image_gone(&name)),
        (_, Some(SharedNow::Problem(_))) => {
            Answer::new(Outcome::NotKnown, texts.unsure(page.target.name.as_str()))
        }
    }
}

fn of_repository(page: &SharedPage, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let name = page.target.name.as_str();
    let then = page.frozen.as_ref().and_then(images);
    let words = |count: u32| RepositoryTexts(locale).all(count);
    match (then, &page.live) {
        (Some(then), None) => Answer::new(
            Outcome::OneMoment,
            texts.repository_then(name, &words(then)),
        ),
        (then, Some(SharedNow::There(view))) => match (then, images(view)) {
            // Nothing was read so far: that is no repository without images.
            (_, None) => Answer::new(Outcome::NotKnown, texts.unsure(name)),
            (None, Some(now)) => {
                Answer::new(Outcome::OneMoment, texts.repository_now(name, &words(now)))
            }
            (Some(then), Some(now)) => compared(page, then, now, locale),
        },
        (Some(then), Some(SharedNow::Gone(_))) => {
            Answer::new(Outcome::Gone, texts.repository_went(name, &words(then)))
        }
        (None, Some(SharedNow::Gone(_))) => Answer::new(Outcome::Gone, texts.repository_gone(name)),
        (_, Some(SharedNow::Problem(_))) | (None, None) => {
            Answer::new(Outcome::NotKnown, texts.unsure(name))
        }
    }
}

/// A repository then and now, by the number of its images and by its tags.
fn compared(page: &SharedPage, then: u32, now: u32, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let name = page.target.name.as_str();
    let [then_words, now_words] = [then, now].map(|count| RepositoryTexts(locale).all(count));
    let (tags, sentence) = tags_compared(page.tags.as_ref(), texts);
    let outcome = match tags {
        Outcome::Changed => Outcome::Changed,
        _ if page.is_counted_alike && then != now => Outcome::Changed,
        _ if !page.is_counted_alike => Outcome::NoDifference,
        other => other,
    };
    let images = if !page.is_counted_alike {
        texts.counted_otherwise(name, &then_words, &now_words)
    } else if then != now {
        texts.repository_changed(name, &then_words, &now_words)
    } else if outcome == Outcome::Unchanged {
        texts.repository_stayed(name, &now_words)
    } else {
        texts.repository_as_many(name, &now_words)
    };
    match outcome {
        // What differs comes first.
        Outcome::Changed if tags == Outcome::Changed => Answer {
            outcome,
            sentences: sentence.into_iter().chain([images]).collect(),
        },
        _ => Answer::new(outcome, images).and(sentence),
    }
}

/// What is known of the tags, and in which words.
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

/// How many of the tags that differ a sentence names; a table below has the others.
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
    let named: Vec<_> = changes.iter().take(NAMED).map(part).collect();
    let others = count.saturating_sub(u32::try_from(named.len()).unwrap_or(u32::MAX));
    let others = (others > 0).then(|| texts.and_more(others));
    let parts: Vec<_> = named.into_iter().chain(others).collect();
    texts.tags_differ(count, &parts.join(texts.part_comma()))
}

/// When the image that is there now was pushed.
fn pushed(row: &ImageRow, now: Timestamp, times: Times, locale: Locale) -> Option<String> {
    let at = row.facts.as_ref()?.pushed?;
    let when = match times {
        Times::Relative => relative(at, now, locale),
        Times::Exact => at.utc(),
    };
    Some(ShareTexts(locale).pushed(&when))
}

fn last_seen(gone: &Option<GoneTag>, texts: ShareTexts) -> Option<String> {
    let gone = gone.as_ref()?;
    Some(texts.last_seen(&gone.last_seen.utc(), &gone.gone_since.utc()))
}

/// How many images a repository has; none where they were not read.
fn images(shared: &Shared) -> Option<u32> {
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

/// The version of an image that a tag points at, by another of its tags.
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

/// As much of a digest as a sentence holds: twelve digits, as everywhere.
fn short(digest: &Digest) -> String {
    digest.short().to_owned()
}
