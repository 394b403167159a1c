//! The images that a tag has pointed at, as far as Gantry has seen.

use leptos::prelude::*;
use model::{
    Locale, RepositoryAt, Timestamp,
    image::{HistoryGap, TagHistory, TagSighting},
};

use crate::{
    components::{time::ExactTime, woven::woven},
    messages::tag::TagTexts,
    parts::digest::DigestLink,
};

/// The length of the time line in its own units.
const LENGTH: f64 = 1000.0;
/// The length of the part for the time before the first reading.
const UNKNOWN: f64 = 80.0;
/// How many gaps are listed.
const MOST_GAPS: usize = 5;
/// The least length of a sighting.
const LEAST: f64 = 12.0;

/// The sightings as a time line and as a list, newest first.
#[component]
pub fn History(
    repository: RepositoryAt,
    history: TagHistory,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = TagTexts(locale);
    let summary = summary(&history, texts);
    // The tag moved at some time between two readings. Older links do not have the time of the first one.
    let mut next = None;
    let has_line = history.seen.len() > 1;
    let oldest = history.seen.len().saturating_sub(1);
    let is_known_from_the_first_look = history.absent_before.is_none() && history.more == 0;
    let sightings: Vec<_> = history
        .seen
        .iter()
        .enumerate()
        .map(|(number, sighting)| {
            let next = next.replace(sighting.first_seen);
            let end = sighting.last_seen.or(next);
            let is_first = number == oldest && is_known_from_the_first_look;
            let span = span(sighting.first_seen, end, is_first, texts);
            let away = sighting.gone.map(|gone| {
                let last_seen = end.unwrap_or(gone);
                view! { <li class="quiet">{away(last_seen, gone, next, texts)}</li> }
            });
            let repository = repository.clone();
            let digest = sighting.digest.clone();
            let look = format!("timeline-mark {}", look(number, sighting));
            let mark = has_line.then(|| view! { <span class=look aria-hidden="true"></span> });
            view! {
                {away}
                <li>
                    {mark}
                    <DigestLink repository digest locale />
                    <span>{span}</span>
                </li>
            }
        })
        .collect();
    let before = match (history.absent_before, history.more) {
        (Some(at), _) => view! {
            <span>{texts.not_there()}</span>
            <span>{woven(|[at]| texts.absent(at), [view! { <ExactTime at /> }.into_any()])}</span>
        }
        .into_any(),
        (None, 0) => view! {
            <span>{texts.not_known()}</span>
            <span>{texts.before()}</span>
        }
        .into_any(),
        (None, more) => view! { <span>{texts.more_sightings(more)}</span> }.into_any(),
    };
    let gaps = (!history.gaps.is_empty()).then(|| gaps(&history.gaps, texts));
    view! {
        <section class="page-section" aria-labelledby="tag-history">
            <div class="section-head">
                <h2 id="tag-history">{texts.history()}</h2>
                <p class="quiet">{summary}</p>
            </div>
            {has_line.then(|| view! { <TimeLine history now locale /> })}
            <ol class="sightings">
                {sightings} <li class="quiet">{before}</li>
            </ol>
            {gaps}
            <p class="quiet">{texts.history_note()}</p>
        </section>
    }
}

/// The times in which Gantry did not look, newest first.
fn gaps(gaps: &[HistoryGap], texts: TagTexts) -> impl IntoView + use<> {
    let rows: Vec<_> = gaps
        .iter()
        .take(MOST_GAPS)
        .map(|gap| {
            let [from, until] =
                [gap.from, gap.until].map(|at| view! { <ExactTime at /> }.into_any());
            view! { <li>{woven(|[from, until]| texts.gap(from, until), [from, until])}</li> }
        })
        .collect();
    let more = gaps.len().saturating_sub(MOST_GAPS);
    let more = (more > 0).then(|| view! { <li>{texts.more_gaps(more)}</li> });
    view! { <ul class="quiet">{rows}{more}</ul> }
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

/// The times at which an image was first and last seen. They are exact: two readings a moment apart would read the
/// same.
fn span(
    start: Timestamp,
    end: Option<Timestamp>,
    is_first: bool,
    texts: TagTexts,
) -> impl IntoView + use<> {
    let exact = |at| view! { <ExactTime at /> }.into_any();
    match end {
        None if is_first => woven(|[at]| texts.since_first_look(at), [exact(start)]),
        None => woven(|[at]| texts.seen_since(at), [exact(start)]),
        Some(end) if end == start => woven(|[at]| texts.seen_once(at), [exact(start)]),
        Some(end) => woven(
            |[from, until]| texts.seen_from(from, until),
            [exact(start), exact(end)],
        ),
    }
}

/// The readings between which the tag was missing.
fn away(
    last_seen: Timestamp,
    gone: Timestamp,
    back: Option<Timestamp>,
    texts: TagTexts,
) -> impl IntoView + use<> {
    let (last_seen, gone) = (last_seen.utc(), gone.utc());
    let words = match back {
        Some(back) => texts.away(&last_seen, &gone, &back.utc()),
        None => texts.gone(&last_seen, &gone),
    };
    view! {
        <span>{texts.not_there()}</span>
        <span>{words}</span>
    }
}

/// The sightings as durations, oldest first. The time before the first one is drawn as unknown, and a time without the
/// tag as a gap.
#[component]
fn TimeLine(history: TagHistory, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = TagTexts(locale);
    // Whether the tag was missing before the oldest sighting.
    let is_new = history.absent_before.is_some();
    let before = if is_new {
        texts.not_there()
    } else {
        texts.before()
    };
    let begins = if is_new {
        texts.first_seen()
    } else {
        texts.first_look()
    };
    let count = history.seen.len();
    let spans: Vec<_> = history
        .seen
        .into_iter()
        .enumerate()
        .rev()
        .flat_map(|(number, sighting)| {
            let (start, gone) = (sighting.first_seen, sighting.gone);
            let gap = gone.map(|gone| (gone, None));
            [(start, Some((number, sighting)))].into_iter().chain(gap)
        })
        .collect();
    let starts: Vec<_> = spans.iter().map(|(start, _)| *start).collect();
    let label = texts.timeline(count);
    let segments = spans
        .into_iter()
        .zip(lengths(&starts, now))
        .filter_map(|((_, seen), length)| Some((seen?, length)))
        .map(|((number, sighting), (x, width))| {
            let look = look(number, &sighting);
            let since = texts.seen_since(&sighting.first_seen.utc());
            view! {
                <rect class=look x=format!("{x:.1}") y="4" width=format!("{width:.1}") height="16" rx="2">
                    <title>{format!("{} · {since}", sighting.digest.short())}</title>
                </rect>
            }
        })
        .collect_view();
    view! {
        <svg
            class="timeline"
            viewBox="0 0 1000 24"
            preserveAspectRatio="none"
            role="img"
            aria-label=label
        >
            <line class="timeline-unknown" x1="0" y1="12" x2=UNKNOWN.to_string() y2="12">
                <title>{before}</title>
            </line>
            {segments}
        </svg>
        <p class="timeline-ends" aria-hidden="true">
            <span>{begins}</span>
            <span>{texts.now()}</span>
        </p>
    }
}

/// The colour of a sighting, on the line and beside its row: neighbours differ. They are numbered from the newest.
fn look(number: usize, sighting: &TagSighting) -> &'static str {
    match number {
        0 if sighting.gone.is_none() => "timeline-now",
        number if number % 2 == 0 => "timeline-even",
        _ => "timeline-odd",
    }
}

/// The start and length of each duration on the line. Each gets at least [`LEAST`] and the rest is in proportion to
/// time; a hairline separates neighbours.
fn lengths(starts: &[Timestamp], now: Timestamp) -> Vec<(f64, f64)> {
    const HAIRLINE: f64 = 2.0;
    let ends = starts.iter().skip(1).copied().chain([now]);
    let spans: Vec<f64> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| end.seconds_since(*start).max(0) as f64)
        .collect();
    let whole: f64 = spans.iter().sum();
    let room = LENGTH - UNKNOWN;
    let least = LEAST.min(room / (2.0 * spans.len() as f64));
    let free = room - least * spans.len() as f64;
    let mut x = UNKNOWN;
    spans
        .iter()
        .map(|span| {
            let share = if whole > 0.0 {
                span / whole
            } else {
                1.0 / spans.len() as f64
            };
            let length = least + free * share;
            let start = x;
            x += length;
            (start, length - HAIRLINE)
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;
    use crate::testing::text_of;

    #[test]
    fn when_the_tag_was_not_there_yet_is_said_exactly() {
        let history = TagHistory {
            seen: Vec::new(),
            absent_before: Some(Timestamp(1_795_311_000)),
            ..TagHistory::default()
        };
        let repository: RepositoryAt = "retail/a/b".parse().unwrap();
        let now = Timestamp(1_795_311_001);
        let text = text_of(view! { <History repository history now locale=Locale::En /> });
        let at = Timestamp(1_795_311_000).utc();
        assert!(
            text.contains("not there") && text.contains(&format!("when Gantry looked at {at}")),
            "{text}"
        );
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
        let text = text_of(view! { <History repository history now locale=Locale::En /> });
        let (from, until) = (gap(6).from.utc(), gap(6).until.utc());
        let newest = format!("Gantry did not look from {from} to {until}.");
        assert!(text.contains(&newest), "{text}");
        assert!(text.contains("2 earlier times without a look"), "{text}");
    }

    #[test]
    fn lengths_are_in_proportion_to_time_and_fill_the_line() {
        let starts = [Timestamp(0), Timestamp(900)];
        let lengths = lengths(&starts, Timestamp(1_000));
        assert_eq!(lengths.len(), 2);
        let (long, short) = (lengths[0], lengths[1]);
        assert!((long.0 - UNKNOWN).abs() < 0.01, "{long:?}");
        assert!(long.1 > short.1 * 5.0, "{lengths:?}");
        assert!((short.0 + short.1 + 2.0 - LENGTH).abs() < 0.01, "{short:?}");
    }

    #[test]
    fn the_most_sightings_that_gantry_keeps_fit_on_the_line() {
        let starts: Vec<_> = (0..99).map(Timestamp).collect();
        let lengths = lengths(&starts, Timestamp(i64::MAX));
        assert!(lengths.iter().all(|(_, length)| *length > 0.0));
        let (x, length) = lengths[98];
        assert!(x + length <= LENGTH, "{x} + {length}");
    }

    #[test]
    fn a_first_reading_in_the_current_second_fills_the_line() {
        let lengths = lengths(&[Timestamp(5)], Timestamp(5));
        assert!((lengths[0].1 - (LENGTH - UNKNOWN - 2.0)).abs() < 0.01);
    }
}
