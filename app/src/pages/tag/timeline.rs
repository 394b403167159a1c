//! The time line of a tag.

use leptos::prelude::*;
use model::{
    Locale, Timestamp,
    image::{TagHistory, TagSighting},
};

use crate::messages::tag::TagTexts;

/// The length of the time line in its own units.
const LENGTH: f64 = 1000.0;
/// The length of the part for the time before the first reading.
const UNKNOWN: f64 = 80.0;
/// The least length of a sighting.
const LEAST: f64 = 12.0;

/// The sightings as durations, oldest first. The time before the first one is drawn as unknown, and a time without the
/// tag as a gap.
#[component]
pub fn TimeLine(history: TagHistory, now: Timestamp, locale: Locale) -> impl IntoView {
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
                    <title>{format!("{} · {since}", name(&sighting))}</title>
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

/// An image by its version, or by its digest.
pub fn name(sighting: &TagSighting) -> &str {
    let version = sighting.version_tag.as_ref();
    version.map_or_else(|| sighting.digest.short(), |tag| tag.as_str())
}

/// The colour of a sighting, on the line and beside its row: neighbours differ. They are numbered from the newest.
pub fn look(number: usize, sighting: &TagSighting) -> &'static str {
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
mod tests {
    use super::*;

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
