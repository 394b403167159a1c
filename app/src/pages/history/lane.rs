//! The images of a tag over time, as a lane.

use leptos::prelude::*;
use model::{
    Locale, RepositoryAt, Timestamp,
    image::{TagHistory, TagSighting},
};

use crate::{
    components::time::ExactTime,
    messages::history::HistoryTexts,
    pages::tag::timeline::{look, name},
    paths,
};

/// A lane from a time until now: a part for each image between its first and its last reading. Between two parts it is
/// not known when the tag moved. The table below it says the same in words.
#[component]
pub fn Lane(
    repository: RepositoryAt,
    history: TagHistory,
    /// The beginning. None for the oldest time that the history names.
    begins: Option<Timestamp>,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = HistoryTexts(locale);
    let oldest = history.seen.last().map(|oldest| oldest.first_seen);
    let first = history.absent_before.or(oldest);
    let begins = match (begins, first) {
        // What older pages list is not drawn as unknown.
        (Some(begins), Some(first)) if history.more > 0 => begins.max(first),
        (begins, first) => begins.or(first).unwrap_or(now),
    };
    let scale = Scale { begins, ends: now };
    let parts: Vec<_> = history
        .seen
        .iter()
        .enumerate()
        .filter_map(|(number, sighting)| {
            let end = end(&history, number, now);
            let place = scale.place(sighting.first_seen, end)?;
            Some(part(&repository, number, sighting, end, place, texts))
        })
        .collect();
    let gaps: Vec<_> = history
        .gaps
        .iter()
        .filter_map(|gap| {
            let Place { x, width } = scale.place(gap.from, gap.until)?;
            let words = texts.lane_gap(&gap.from.utc(), &gap.until.utc());
            Some(view! {
                <rect class="lane-gap" x=x y="4" width=width height="40">
                    <title>{words}</title>
                </rect>
            })
        })
        .collect();
    view! {
        <svg class="lane" width="100%" height="48" role="group" aria-labelledby="lane">
            <line class="timeline-unknown" x1="0" y1="24" x2="100%" y2="24" />
            {parts}
            {gaps}
        </svg>
        <p class="timeline-ends lane-ends">
            <ExactTime at=begins />
            <ExactTime at=now />
        </p>
    }
}

/// When an image was last seen: now, or at the latest reading before the tag moved on.
fn end(history: &TagHistory, number: usize, now: Timestamp) -> Timestamp {
    let sighting = &history.seen[number];
    let next = number
        .checked_sub(1)
        .and_then(|next| history.seen.get(next));
    let moved = next.map(|next| next.first_seen);
    sighting.last_seen.or(moved).unwrap_or(now)
}

fn part(
    repository: &RepositoryAt,
    number: usize,
    sighting: &TagSighting,
    end: Timestamp,
    Place { x, width }: Place,
    texts: HistoryTexts,
) -> AnyView {
    let look = format!("lane-part {}", look(number, sighting));
    let (from, until) = (sighting.first_seen.utc(), end.utc());
    let words = texts.lane_part(name(sighting), &from, &until);
    let label = words.clone();
    let label_of_part = label_of(name(sighting), &width);
    let href = paths::image(repository, &sighting.digest);
    view! {
        <a href=href aria-label=label>
            <svg x=x y="8" width=width height="32">
                <title>{words}</title>
                <rect class=look width="100%" height="100%" rx="2" />
                {label_of_part}
            </svg>
        </a>
    }
    .into_any()
}

/// The name of an image on its part of the lane, if it fits there: a name that is cut would read like another version.
/// A name that fits only on a wide lane is hidden on a narrow one.
fn label_of(name: &str, width: &str) -> Option<AnyView> {
    /// Pixels of a lane on a phone, and on the narrowest page that is no phone's.
    const LANES: (f64, f64) = (340.0, 850.0);
    /// Pixels of a character and of the room around a name.
    const CHARACTER: f64 = 7.4;
    const ROOM: f64 = 12.0;
    let percent: f64 = width.trim_end_matches('%').parse().unwrap_or_default();
    let needed = name.len() as f64 * CHARACTER + ROOM;
    let fits = |lane: f64| lane * percent / 100.0 >= needed;
    let look = match (fits(LANES.0), fits(LANES.1)) {
        (true, _) => None,
        (false, true) => Some("lane-wide"),
        (false, false) => return None,
    };
    let name = name.to_owned();
    Some(view! { <text class=look x="6" y="21">{name}</text> }.into_any())
}

/// The time that the lane shows.
#[derive(Clone, Copy)]
struct Scale {
    begins: Timestamp,
    ends: Timestamp,
}

/// A place on the lane, in percent of its length.
struct Place {
    x: String,
    width: String,
}

/// The least length of a part: a short visit must be seen.
const LEAST: f64 = 0.6;

impl Scale {
    /// None if it is not within the time that is shown.
    fn place(self, from: Timestamp, until: Timestamp) -> Option<Place> {
        let whole = self.ends.seconds_since(self.begins).max(1) as f64;
        let percent = |at: Timestamp| {
            let seconds = at.seconds_since(self.begins) as f64;
            (seconds / whole * 100.0).clamp(0.0, 100.0)
        };
        if until < self.begins || from > self.ends {
            return None;
        }
        let width = (percent(until) - percent(from)).max(LEAST);
        let x = percent(from).min(100.0 - width);
        Some(Place {
            x: format!("{x:.2}%"),
            width: format!("{width:.2}%"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_does_not_fit_is_left_out() {
        let is_shown = |width: &str| label_of("1.7.1-build.823", width).is_some();
        assert!(is_shown("50.00%") && is_shown("20.00%"));
        assert!(!is_shown("5.00%"));
    }

    fn place(from: i64, until: i64) -> Option<(String, String)> {
        let scale = Scale {
            begins: Timestamp(1_000),
            ends: Timestamp(2_000),
        };
        let place = scale.place(Timestamp(from), Timestamp(until))?;
        Some((place.x, place.width))
    }

    #[test]
    fn parts_are_in_proportion_to_time_and_stay_on_the_lane() {
        let expected = |x: &str, width: &str| Some((x.to_owned(), width.to_owned()));
        assert_eq!(place(1_250, 1_750), expected("25.00%", "50.00%"));
        assert_eq!(
            place(0, 1_500),
            expected("0.00%", "50.00%"),
            "cut at the beginning"
        );
        assert_eq!(
            place(2_000, 2_000),
            expected("99.40%", "0.60%"),
            "a moment is visible"
        );
        assert_eq!(place(100, 900), None, "before what is shown");
    }
}
