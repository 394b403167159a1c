//! The answer of a link to a tag.

use model::{
    Locale, Tag, Timestamp,
    image::{GoneTag, ImageRow, TagMove, TagSighting, TagSince},
    link::{EarlierImage, SharedNow, SharedPage},
};

use super::{
    Answer, Outcome, Times, image, long_name, pushed, pushed_again, pushed_at, short, version, when,
};
use crate::messages::{list::ListTexts, share::ShareTexts};

pub(super) fn of_tag(page: &SharedPage, tag: &Tag, times: Times, locale: Locale) -> Answer {
    let texts = ShareTexts(locale);
    let when = when(page, texts);
    let named = tag.as_str();
    let then = page.frozen.as_ref().and_then(image);
    let name = |row: &ImageRow| long_name(&row.digest, version(row, tag), texts);
    match (then, &page.live) {
        (Some(then), None) => Answer::new(
            Outcome::OneMoment,
            texts.tag_then(named, &name(then), &when),
        ),
        (then, Some(SharedNow::There(view))) => {
            let Some(now) = image(view) else {
                return Answer::new(Outcome::NotKnown, texts.unsure(named));
            };
            let again = then.and_then(|then| pushed_again(then, now));
            let answer = match (then, page.tag_since()) {
                (Some(_), Some(TagSince::Stayed)) if again.is_some() => {
                    let sentence = texts.tag_returned(named, &name(now), &when);
                    Answer::new(Outcome::Again, sentence)
                }
                (Some(_), Some(TagSince::Stayed)) => {
                    // One name for both times: the image may have another version now.
                    let is_named_alike =
                        then.is_some_and(|then| version(then, tag) == version(now, tag));
                    let stayed = if is_named_alike {
                        name(now)
                    } else {
                        long_name(&now.digest, None, texts)
                    };
                    let sentence = texts.tag_stayed(named, &stayed, &when);
                    Answer::new(Outcome::Unchanged, sentence)
                }
                (
                    Some(_),
                    Some(TagSince::Returned {
                        elsewhere,
                        left,
                        back,
                    }),
                ) => {
                    let sentence = texts.tag_returned(named, &name(now), &when);
                    Answer::new(Outcome::Returned, sentence)
                        .and([in_between(&elsewhere, left, back, texts)])
                }
                (Some(then), Some(TagSince::Moved { times, latest })) => {
                    moved(tag, then, now, &when, texts)
                        .and([moved_when(times, latest, texts)])
                        .and(earlier_image(page, then, texts))
                }
                (_, _) => Answer::new(Outcome::OneMoment, texts.tag_now(named, &name(now))),
            };
            let pushed = match again {
                Some(again) => Some(image_again(page, again, texts)),
                None => {
                    let said = match now.is_artifact() {
                        true => ShareTexts::artifact_pushed,
                        false => ShareTexts::image_pushed,
                    };
                    pushed(now, page.now, times, locale).map(|at| said(texts, &at))
                }
            };
            answer.and(pushed)
        }
        (then, Some(SharedNow::Gone(gone))) => {
            let then = then.map(|then| texts.tag_pointed(named, &name(then), &when));
            Answer {
                outcome: Outcome::Gone,
                sentences: then
                    .into_iter()
                    .chain([deleted(page, named, texts)])
                    .collect(),
            }
            .and(last_seen(gone, texts))
        }
        (Some(then), Some(SharedNow::Problem(_))) => Answer::new(
            Outcome::NotKnown,
            texts.tag_unsure(named, &name(then), &when),
        ),
        (None, Some(SharedNow::Problem(_)) | None) => {
            Answer::new(Outcome::NotKnown, texts.unsure(named))
        }
    }
}

/// That the image of a tag was deleted and pushed again.
fn image_again(page: &SharedPage, again: Timestamp, texts: ShareTexts) -> String {
    let kept = page.frozen.as_ref();
    let kept_at = kept.and_then(|kept| kept.view.as_of());
    let deleted = span(kept_at.unwrap_or(page.made), again, texts);
    texts.image_pushed_again(&deleted, &again.utc())
}

/// Whether the earlier image still exists, so that a rollback is possible. Empty if that is not known.
fn earlier_image(page: &SharedPage, then: &ImageRow, texts: ShareTexts) -> Option<String> {
    let its_own = |earlier: &&EarlierImage| earlier.digest == then.digest;
    let earlier = page.earlier.iter().find(its_own)?;
    let name = texts.bare(&short(&earlier.digest));
    Some(match earlier.is_there {
        true => texts.earlier_image_stays(&name),
        false => texts.earlier_image_gone(&name),
    })
}

/// A tag that points at another image: first the versions, if known, then the digests.
fn moved(tag: &Tag, then: &ImageRow, now: &ImageRow, when: &str, texts: ShareTexts) -> Answer {
    let mut versions = [then, now].map(|row| version(row, tag));
    if versions[0] == versions[1] {
        // If two images have the same version, it identifies neither.
        versions = [None, None];
    }
    let [from, to] = [(then, versions[0]), (now, versions[1])].map(|(row, version)| {
        let name = version.map_or_else(|| short(&row.digest), ToString::to_string);
        texts.bare(&name)
    });
    let are_named = versions.iter().any(Option::is_some);
    let digests = || texts.digests(&short(&then.digest), &short(&now.digest), when);
    let is_older = pushed_at(now).zip(pushed_at(then));
    let sentence = match is_older {
        Some((now, then)) if now < then => texts.tag_went_back(tag.as_str(), &from, &to),
        _ => texts.tag_moved(tag.as_str(), &from, &to),
    };
    Answer::new(Outcome::Moved, sentence).and(are_named.then(digests))
}

/// The readings between which a tag moved to its current image.
fn moved_when(times: usize, latest: TagMove, texts: ShareTexts) -> String {
    let TagMove {
        last_seen,
        gone,
        first_seen,
    } = latest;
    let seen = first_seen.utc();
    match (last_seen, gone, times) {
        (Some(before), Some(gone), _) => texts.moved_by_deletion(&span(before, gone, texts), &seen),
        (Some(before), None, 1) => texts.moved_between(&span(before, first_seen, texts)),
        (Some(before), None, _) => {
            texts.moved_last_between(times, &span(before, first_seen, texts))
        }
        (None, _, _) => texts.moved_before(&seen),
    }
}

/// Between which looks something happened. Two in one second are one moment, and two on one day have one date.
pub(super) fn span(before: Timestamp, after: Timestamp, texts: ShareTexts) -> String {
    let (from, until) = (before.utc(), after.utc());
    if before >= after {
        return texts.at(&until);
    }
    let date = |time: &str| time.split_once(' ').map(|(date, _)| date.to_owned());
    match (until.split_once(' '), from.strip_suffix(" UTC")) {
        (Some((day, time)), Some(start)) if date(&from).as_deref() == Some(day) => {
            texts.between(start, time)
        }
        _ => texts.between(&from, &until),
    }
}

/// Where a tag had pointed before it came back to the same image.
pub(super) fn in_between(
    elsewhere: &[TagSighting],
    left: TagMove,
    back: TagMove,
    texts: ShareTexts,
) -> String {
    let went = |from: TagMove| {
        let gone = from.gone.unwrap_or(from.first_seen);
        span(from.last_seen.unwrap_or(gone), gone, texts)
    };
    let [latest, earlier @ ..] = elsewhere else {
        return texts.away_in_between(&went(back), &back.first_seen.utc());
    };
    let left = went(left);
    let last_away = back.gone.or(back.last_seen).unwrap_or(latest.first_seen);
    let back = span(last_away, back.first_seen, texts);
    let others = u32::try_from(earlier.len()).unwrap_or(u32::MAX);
    texts.elsewhere_in_between(
        &long_name(&latest.digest, latest.version_tag.as_ref(), texts),
        &left,
        &back,
        others,
    )
}

/// A tag was deleted, and whether its images were deleted too, as far as that is known.
pub(in crate::share) fn deleted(page: &SharedPage, tag: &str, texts: ShareTexts) -> String {
    let name = |image: &EarlierImage| long_name(&image.digest, image.version_tag.as_ref(), texts);
    match &page.earlier[..] {
        [] => texts.tag_deleted(tag),
        [only] if only.is_there => texts.tag_deleted_alone(tag, &name(only)),
        [only] => texts.tag_deleted_with_image(tag, &name(only)),
        several @ [last, ..] => {
            let states = match several.iter().all(|image| image.is_there) {
                true => vec![texts.both_images_stay().to_owned()],
                false => several.iter().map(|image| state(image, texts)).collect(),
            };
            let moved = texts.tag_deleted_after_move(tag, &name(last));
            let all: Vec<_> = [moved].into_iter().chain(states).collect();
            all.join(ListTexts(texts.0).gap())
        }
    }
}

/// Whether an image is still in the repository.
fn state(image: &EarlierImage, texts: ShareTexts) -> String {
    let name = texts.bare(&short(&image.digest));
    match image.is_there {
        true => texts.image_stays_too(&name),
        false => texts.image_went_too(&name),
    }
}

fn last_seen(gone: &Option<GoneTag>, texts: ShareTexts) -> Option<String> {
    let gone = gone.as_ref()?;
    Some(texts.last_seen(&gone.last_seen.utc(), &gone.gone_since.utc()))
}
