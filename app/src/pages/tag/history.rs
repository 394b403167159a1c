//! Where the tag has pointed, as far as Gantry has seen.

use leptos::{either::Either, prelude::*};
use model::{Locale, RegistryAlias, RepositoryName, Timestamp, image::TagSighting};

use crate::{components::time::Time, messages::tag::TagTexts, parts::digest::DigestLink};

/// The time line's length in its own units.
const LENGTH: f64 = 1000.0;
/// How much of it stands for what nobody saw.
const UNKNOWN: f64 = 80.0;
/// The least length that a sighting has, however short it was.
const LEAST: f64 = 12.0;

/// The sightings as a time line and as a list, newest first.
#[component]
pub fn History(
    registry: RegistryAlias,
    name: RepositoryName,
    seen: Vec<TagSighting>,
    /// The last look without the tag, just before the oldest of these.
    absent_before: Option<Timestamp>,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = TagTexts(locale);
    let moves = seen.len().saturating_sub(1);
    let moved = if moves == 0 {
        texts.no_move().to_owned()
    } else {
        texts.moves(moves)
    };
    let mut until = None;
    let sightings: Vec<_> = seen
        .iter()
        .map(|sighting| {
            let start = view! { <Time at=sighting.first_seen now locale /> };
            // It moved at some time between two looks. Older links did not keep the one before.
            let next = until.replace(sighting.first_seen);
            let span = match next.map(|next| sighting.last_seen.unwrap_or(next)) {
                None => Either::Left(view! { {texts.since()} {start} {texts.since_end()} }),
                Some(end) => Either::Right(view! {
                    {texts.from()} {start} {texts.until()} <Time at=end now locale />
                }),
            };
            let digest = sighting.digest.clone();
            view! {
                <li>
                    <DigestLink registry=registry.clone() name=name.clone() digest locale />
                    <span>{span}</span>
                </li>
            }
        })
        .collect();
    let before = match absent_before {
        Some(at) => Either::Left(view! {
            <span>{texts.not_there()}</span>
            <span>{texts.absent()} <Time at now locale /> {texts.absent_end()}</span>
        }),
        None => Either::Right(view! {
            <span>{texts.not_known()}</span>
            <span>{texts.before()}</span>
        }),
    };
    let is_new = absent_before.is_some();
    view! {
        <section class="page-section" aria-labelledby="tag-history">
            <div class="section-head">
                <h2 id="tag-history">{texts.history()}</h2>
                <p class="quiet">{moved}</p>
            </div>
            {(moves > 0).then(|| view! { <TimeLine seen is_new now locale /> })}
            <ol class="sightings">
                {sightings} <li class="quiet">{before}</li>
            </ol>
            <p class="quiet">{texts.history_note()}</p>
        </section>
    }
}

/// The sightings as lengths of time, oldest first; what came before is drawn as not known.
#[component]
fn TimeLine(
    seen: Vec<TagSighting>,
    /// Whether there was no such tag before the oldest of these.
    is_new: bool,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = TagTexts(locale);
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
    let oldest_first: Vec<_> = seen.into_iter().rev().collect();
    let starts: Vec<_> = oldest_first
        .iter()
        .map(|sighting| sighting.first_seen)
        .collect();
    let label = texts.timeline(oldest_first.len());
    let latest = oldest_first.len().saturating_sub(1);
    let segments = oldest_first
        .into_iter()
        .zip(lengths(&starts, now))
        .enumerate()
        .map(|(index, (sighting, (x, width)))| {
            let look = match index {
                index if index == latest => "timeline-now",
                index if index % 2 == 0 => "timeline-even",
                _ => "timeline-odd",
            };
            let since = sighting.first_seen.utc();
            view! {
                <rect class=look x=format!("{x:.1}") y="4" width=format!("{width:.1}") height="16" rx="2">
                    <title>{format!("{} · {}{since}", sighting.digest.short(), texts.since())}</title>
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

/// Where each span of time begins on the line, and how long it is. Each gets at least [`LEAST`], and
/// the rest goes by time; a hairline parts neighbours.
fn lengths(starts: &[Timestamp], now: Timestamp) -> Vec<(f64, f64)> {
    const HAIRLINE: f64 = 2.0;
    let ends = starts.iter().skip(1).copied().chain([now]);
    let spans: Vec<f64> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| end.seconds_since(*start).max(0) as f64)
        .collect();
    let whole: f64 = spans.iter().sum();
    let free = LENGTH - UNKNOWN - LEAST * spans.len() as f64;
    let mut x = UNKNOWN;
    spans
        .iter()
        .map(|span| {
            let share = if whole > 0.0 {
                span / whole
            } else {
                1.0 / spans.len() as f64
            };
            let length = LEAST + free * share;
            let start = x;
            x += length;
            (start, length - HAIRLINE)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_go_by_time_and_fill_the_line() {
        let starts = [Timestamp(0), Timestamp(900)];
        let lengths = lengths(&starts, Timestamp(1_000));
        assert_eq!(lengths.len(), 2);
        let (long, short) = (lengths[0], lengths[1]);
        assert!((long.0 - UNKNOWN).abs() < 0.01, "{long:?}");
        assert!(long.1 > short.1 * 5.0, "{lengths:?}");
        assert!((short.0 + short.1 + 2.0 - LENGTH).abs() < 0.01, "{short:?}");
    }

    #[test]
    fn the_most_sightings_that_are_kept_fit() {
        let starts: Vec<_> = (0..50).map(Timestamp).collect();
        let lengths = lengths(&starts, Timestamp(i64::MAX));
        assert!(lengths.iter().all(|(_, length)| *length > 0.0));
        let (x, length) = lengths[49];
        assert!(x + length <= LENGTH, "{x} + {length}");
    }

    #[test]
    fn a_first_look_of_this_very_second_is_the_whole_line() {
        let lengths = lengths(&[Timestamp(5)], Timestamp(5));
        assert!((lengths[0].1 - (LENGTH - UNKNOWN - 2.0)).abs() < 0.01);
    }
}
