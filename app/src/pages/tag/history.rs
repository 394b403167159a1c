//! What happened to a tag, as far as Gantry has seen.

use leptos::prelude::*;
use model::{
    Locale, RepositoryAt, Tag, Timestamp,
    image::{HistoryGap, PointedImage, TagEvent, TagEventKind, TagHistory},
};

use super::timeline::{TimeLine, look};
use crate::{
    components::{
        maybe_link::{LinkMode, MaybeLink},
        time::ExactTime,
        woven::woven,
    },
    messages::tag::TagTexts,
    parts::digest::DigestLink,
    paths,
};

/// How many gaps are listed.
const MOST_GAPS: usize = 5;

/// What happened, as a time line and as sentences, newest first.
#[component]
pub fn History(
    repository: RepositoryAt,
    tag: Tag,
    history: TagHistory,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = TagTexts(locale);
    let summary = summary(&history, texts);
    let events = events(&repository, &history, locale);
    let more = (history.more > 0)
        .then(|| view! { <li class="quiet">{texts.more_sightings(history.more)}</li> });
    let gaps = history.gaps.len().saturating_sub(MOST_GAPS);
    let gaps = (gaps > 0).then(|| view! { <p class="quiet">{texts.more_gaps(gaps)}</p> });
    let has_line = history.seen.len() > 1;
    let link = LinkMode::here().leads().then(|| {
        let href = paths::history(&repository, &tag);
        view! { <p><a href=href>{texts.full_history()}</a></p> }
    });
    view! {
        <section class="page-section" aria-labelledby="tag-history">
            <div class="section-head">
                <h2 id="tag-history">{texts.history()}</h2>
                <p class="quiet">{summary}</p>
            </div>
            {has_line.then(|| view! { <TimeLine history now locale /> })}
            <ol class="tag-events">{events}{more}</ol>
            {gaps}
            {link}
            <p class="quiet">{texts.history_note()}</p>
        </section>
    }
}

/// The events and the times without readings, newest first.
fn events(repository: &RepositoryAt, history: &TagHistory, locale: Locale) -> Vec<AnyView> {
    let texts = TagTexts(locale);
    let mut gaps = history.gaps.iter().take(MOST_GAPS).peekable();
    let (mut lines, mut number) = (Vec::new(), 0);
    for event in history.events() {
        while let Some(gap) = gaps.next_if(|gap| gap.until > event.before) {
            lines.push(gap_line(gap, texts));
        }
        let mark = match event.kind {
            TagEventKind::Deleted(_) => None,
            _ => {
                number += 1;
                history
                    .seen
                    .get(number - 1)
                    .map(|seen| look(number - 1, seen))
            }
        };
        // The colour of the image on the time line.
        let mark = mark.filter(|_| history.seen.len() > 1);
        let mark = mark.map(|look| {
            let look = format!("timeline-mark {look}");
            view! { <span class=look aria-hidden="true"></span> " " }
        });
        let sentence = sentence(repository, event, locale);
        lines.push(view! { <li>{mark} {sentence}</li> }.into_any());
    }
    lines.extend(gaps.map(|gap| gap_line(gap, texts)));
    lines
}

/// A time in which Gantry did not look.
fn gap_line(gap: &HistoryGap, texts: TagTexts) -> AnyView {
    let sentence = woven(
        |[from, until]| texts.gap(from, until),
        [exact(gap.from), exact(gap.until)],
    );
    view! { <li class="quiet">{sentence}</li> }.into_any()
}

/// What happened, and when.
fn sentence(repository: &RepositoryAt, event: TagEvent, locale: Locale) -> AnyView {
    let texts = TagTexts(locale);
    let image = |image: PointedImage| {
        view! { <PointedImageName repository=repository.clone() image locale /> }.into_any()
    };
    let TagEvent {
        kind,
        after,
        before,
    } = event;
    let (it, between, at): (_, Between, At) = match kind {
        TagEventKind::Moved(old, new) => {
            return moved(image(old), image(new), after, before, texts);
        }
        TagEventKind::Created(it) => (it, TagTexts::created_between, TagTexts::created_at),
        TagEventKind::CreatedAgain(it) => (
            it,
            TagTexts::created_again_between,
            TagTexts::created_again_at,
        ),
        TagEventKind::Deleted(it) => (it, TagTexts::deleted_between, TagTexts::deleted_at),
        TagEventKind::FirstSeen(it) => {
            let (it, when) = (image(it), exact(before));
            return woven(|[it, when]| texts.first_pointed(it, when), [it, when]);
        }
    };
    match after {
        Some(after) if after < before => woven(
            |[it, after, before]| between(texts, it, after, before),
            [image(it), exact(after), exact(before)],
        ),
        // Two readings within a second are one moment.
        _ => woven(|[it, when]| at(texts, it, when), [image(it), exact(before)]),
    }
}

/// What happened to an image between two times.
type Between = fn(TagTexts, &str, &str, &str) -> String;

/// What happened to an image at a time.
type At = fn(TagTexts, &str, &str) -> String;

fn moved(
    old: AnyView,
    new: AnyView,
    after: Option<Timestamp>,
    before: Timestamp,
    texts: TagTexts,
) -> AnyView {
    match after {
        Some(after) if after < before => woven(
            |[old, new, after, before]| texts.moved_between(old, new, after, before),
            [old, new, exact(after), exact(before)],
        ),
        Some(_) => woven(
            |[old, new, when]| texts.moved_at(old, new, when),
            [old, new, exact(before)],
        ),
        None => woven(
            |[old, new, before]| texts.moved_before(old, new, before),
            [old, new, exact(before)],
        ),
    }
}

/// An exact time, for a sentence.
pub fn exact(at: Timestamp) -> AnyView {
    view! { <ExactTime at /> }.into_any()
}

/// An image by its version, if it has one, and by its digest.
#[component]
pub fn PointedImageName(
    repository: RepositoryAt,
    image: PointedImage,
    locale: Locale,
) -> impl IntoView {
    let PointedImage {
        digest,
        version_tag,
    } = image;
    let version = version_tag.map(|tag| {
        let href = paths::image(&repository, &digest);
        view! { <MaybeLink href><code>{tag.to_string()}</code></MaybeLink> " " }
    });
    view! { {version} <DigestLink repository digest locale /> }
}

/// Whether the tag was seen to move, and to be deleted.
fn summary(history: &TagHistory, texts: TagTexts) -> String {
    let moves = history.moves().filter(|it| it.gone.is_none()).count();
    let returns = history.moves().count() - moves;
    let is_gone = history.seen.first().is_some_and(|it| it.gone.is_some());
    let said = [
        (moves > 0).then(|| texts.moves(moves)),
        (returns > 0).then(|| texts.returns(returns)),
        is_gone.then(|| texts.is_gone().to_owned()),
    ];
    let said: Vec<_> = said.into_iter().flatten().collect();
    if said.is_empty() {
        return texts.no_move().to_owned();
    }
    said.join(texts.space())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use model::image::TagSighting;

    use super::*;
    use crate::testing::text_of;

    fn seen(byte: &str, version: Option<&str>, times: (i64, Option<i64>)) -> TagSighting {
        TagSighting {
            digest: format!("sha256:{}", byte.repeat(32)).parse().unwrap(),
            version_tag: version.map(|tag| tag.parse().unwrap()),
            first_seen: Timestamp(times.0),
            last_seen: times.1.map(Timestamp),
            gone: None,
        }
    }

    fn shown(history: TagHistory) -> String {
        let repository: RepositoryAt = "retail/a/b".parse().unwrap();
        let now = Timestamp(1_795_311_001);
        text_of(
            view! { <History repository tag="prod".parse().unwrap() history now locale=Locale::En /> },
        )
    }

    #[test]
    fn moves_are_told_by_version_with_the_readings_around_them() {
        let start = 1_795_311_000;
        let text = shown(TagHistory {
            seen: vec![
                seen("81", None, (start + 900, None)),
                seen(
                    "3f",
                    Some("1.7.1-build.823"),
                    (start + 300, Some(start + 300)),
                ),
                seen("3a", Some("1.7.0-build.820"), (start - 60, Some(start))),
            ],
            absent_before: Some(Timestamp(start - 120)),
            gaps: vec![HistoryGap {
                from: Timestamp(start + 300),
                until: Timestamp(start + 900),
            }],
            ..TagHistory::default()
        });
        let at = |seconds: i64| Timestamp(start + seconds).utc();
        let lines = [
            format!(
                "Moved from 1.7.1-build.823 3f3f3f3f3f3f to 818181818181 between {} and {}.",
                at(300),
                at(900)
            ),
            format!("Gantry did not look from {} to {}.", at(300), at(900)),
            format!(
                "Moved from 1.7.0-build.820 3a3a3a3a3a3a to 1.7.1-build.823 3f3f3f3f3f3f between {} and {}.",
                at(0),
                at(300)
            ),
            format!(
                "Created on 1.7.0-build.820 3a3a3a3a3a3a between {} and {}.",
                at(-120),
                at(-60)
            ),
        ];
        let mut rest = text.as_str();
        for line in lines {
            let found = rest.find(&line);
            assert!(found.is_some(), "{line}: {text}");
            rest = &rest[found.unwrap()..];
        }
    }

    #[test]
    fn times_without_readings_are_named() {
        let gap = |hour: i64| HistoryGap {
            from: Timestamp(1_795_311_000 + hour * 3_600),
            until: Timestamp(1_795_311_000 + hour * 3_600 + 1_800),
        };
        let history = TagHistory {
            gaps: (0..7).rev().map(gap).collect(),
            ..TagHistory::default()
        };
        let repository = "retail/a/b".parse().unwrap();
        let now = Timestamp(1_795_411_000);
        let text = text_of(
            view! { <History repository tag="prod".parse().unwrap() history now locale=Locale::En /> },
        );
        let (from, until) = (gap(6).from.utc(), gap(6).until.utc());
        let newest = format!("Gantry did not look from {from} to {until}.");
        assert!(text.contains(&newest), "{text}");
        assert!(text.contains("2 earlier times without a look"), "{text}");
    }
}
