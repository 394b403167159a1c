//! What a link to a repository has to say.

use model::{
    Locale, Timestamp,
    link::{Shared, SharedNow, SharedPage, SharedView, TagChange, TagDifferences, TagsSince},
};

use super::{Answer, Outcome, has_differences, long_name, when};
use crate::{
    components::bytes::grouped,
    messages::{repository::RepositoryTexts, share::ShareTexts},
    share::{
        differences::{About, Difference, sentences},
        images,
    },
};

pub(super) fn of_repository(page: &SharedPage, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let when = when(page, texts);
    let name = page.target.repository.name.as_str();
    let then = page.frozen.as_ref().and_then(image_count);
    let words = |count: u32| RepositoryTexts(locale).all(count);
    match (then, &page.live) {
        (Some(then), None) => Answer::new(
            Outcome::OneMoment,
            texts.repository_then(name, &words(then), &when),
        ),
        (then, Some(SharedNow::There(view))) => match (then, image_count(view)) {
            // Nothing was read so far: that is no repository without images.
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

/// A repository then and now, by the number of its images and by its tags.
fn compared(page: &SharedPage, then: u32, now: u32, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let when = when(page, texts);
    let name = page.target.repository.name.as_str();
    let [then_words, now_words] = [then, now].map(|count| RepositoryTexts(locale).all(count));
    let (tags, sentence) = tags_compared(page.tags.as_ref(), texts);
    let others = images::changes(page, locale);
    let created_again = created_again(page);
    let outcome = match tags {
        _ if created_again.is_some() => Outcome::Again,
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
    let is_explained = tags == Outcome::Changed || then != now || !others.is_empty();
    let differ = |difference: &Difference| match difference.about {
        About::Settings => true,
        // They follow from the images and tags that are said to differ.
        About::Content => !is_explained,
        About::Tags | About::Created => false,
    };
    let differ = sentences(page, differ, locale);
    let again = created_again.map(|at| texts.created_again(name, &at.utc()));
    // What differs comes first.
    let (first, last) = match tags {
        Outcome::Changed => (sentence, Vec::new()),
        _ => (Vec::new(), sentence),
    };
    let all = again.into_iter().chain(first).chain(others);
    let all = all.chain([counted]).chain(differ).chain(last);
    Answer {
        outcome,
        sentences: all.collect(),
    }
}

/// When the repository of now was created, if that is not the one of then.
fn created_again(page: &SharedPage) -> Option<Timestamp> {
    let created = |shared: &Shared| match &shared.view {
        SharedView::Repository { detail, .. } => detail.settings.shown()?.created,
        SharedView::Tag(_) | SharedView::Image(_) => None,
    };
    let Some(SharedNow::There(now)) = &page.live else {
        return None;
    };
    let (then, now) = (created(page.frozen.as_ref()?)?, created(now)?);
    (now > then).then_some(now)
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
    let all = grouped(compared.saturating_add(*not_kept));
    let [compared_words, others] = [compared, not_kept].map(|count| grouped(*count));
    let in_part = (*not_kept > 0 && !changes.is_empty())
        .then(|| texts.tags_in_part(&compared_words, &all, &others));
    let (outcome, sentence) = if !changes.is_empty() {
        (Outcome::Changed, changes_words(changes, *more, texts))
    } else if *not_kept > 0 {
        (
            Outcome::NoDifference,
            texts.tags_in_part_same(&compared_words, &all, &others),
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

/// How many images a repository has; `None` if they were not read.
pub(super) fn image_count(shared: &Shared) -> Option<u32> {
    match &shared.view {
        SharedView::Repository { detail, .. } => detail.as_of.map(|_| detail.counts.images),
        SharedView::Tag(_) | SharedView::Image(_) => None,
    }
}
