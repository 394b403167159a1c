//! Points in time.

use leptos::prelude::*;
use model::{Locale, Timestamp};

use super::maybe_link::LinkMode;
use crate::messages::common::CommonTexts;

/// A relative time ("3 days ago"). The exact UTC shows on hover, focus and tap: the stylesheet draws `data-exact` over
/// the page. The `Behaviours` island updates the text and adds the reader's own time zone. On paper and on pages
/// without scripts, the stylesheet shows the exact time beside it. In a table row the Tab key does not stop at it: the
/// exact times of a row show while the row has the focus.
#[component]
pub fn Time(
    /// The point in time.
    at: Timestamp,
    /// The current time of the server.
    now: Timestamp,
    /// Whether it is in a row of a table.
    #[prop(optional)]
    in_row: bool,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let leads = LinkMode::here().leads();
    view! {
        <time
            class="moment"
            class:moment-brief=leads
            datetime=at.rfc3339()
            data-exact=at.utc()
            data-at=at.0.to_string()
            tabindex=(leads && !in_row).then_some("0")
        >
            {relative(at, now, locale)}
        </time>
    }
}

/// An exact time in UTC, to the second, for records. The reader's own time zone shows on hover and tap.
#[component]
pub fn ExactTime(
    /// The point in time.
    at: Timestamp,
) -> impl IntoView {
    view! { <time class="moment moment-brief" datetime=at.rfc3339()>{at.utc()}</time> }
}

/// How long ago, in the largest unit that fits; months and years count from two on. A month has 30 days and a year 365:
/// the text is approximate, and the exact time is always available.
pub fn relative(at: Timestamp, now: Timestamp, locale: Locale) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    const MONTH: i64 = 30 * DAY;
    const YEAR: i64 = 365 * DAY;
    // Clocks differ a little. A time that is further ahead is not plausible, and the text says so.
    const SKEW: i64 = -MINUTE;
    let texts = CommonTexts(locale);
    match now.seconds_since(at) {
        ..SKEW => texts.in_the_future().to_owned(),
        SKEW..MINUTE => texts.just_now().to_owned(),
        seconds @ MINUTE..HOUR => texts.minutes_ago(seconds / MINUTE),
        seconds @ HOUR..DAY => texts.hours_ago(seconds / HOUR),
        // "1 month ago" would cover anything from 30 to 59 days.
        seconds if seconds < 2 * MONTH => texts.days_ago(seconds / DAY),
        seconds if seconds < 2 * YEAR => texts.months_ago(seconds / MONTH),
        seconds => texts.years_ago(seconds / YEAR),
    }
}

/// The remaining time, rounded: "in 14 days" for a link that was created for 14 days a minute ago.
pub fn remaining(end: Timestamp, now: Timestamp, locale: Locale) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let texts = CommonTexts(locale);
    let left = end.seconds_since(now);
    let rounded = |unit: i64| left.saturating_add(unit / 2) / unit;
    match (rounded(MINUTE), rounded(HOUR)) {
        (minutes @ ..60, _) => texts.in_minutes(minutes.max(1)),
        (_, hours @ ..48) => texts.in_hours(hours),
        _ => texts.in_days(rounded(DAY)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_times_use_the_largest_unit_that_fits() {
        let now = Timestamp(1_795_311_000);
        let said = |ago: i64, locale| relative(Timestamp(now.0 - ago), now, locale);
        assert_eq!(said(59, Locale::En), "just now");
        assert_eq!(said(-30, Locale::En), "just now");
        assert_eq!(said(-61, Locale::En), "in the future");
        assert_eq!(said(60, Locale::En), "1 minute ago");
        assert_eq!(said(86_399, Locale::En), "23 hours ago");
        assert_eq!(said(86_400, Locale::En), "1 day ago");
        assert_eq!(said(29 * 86_400, Locale::Zh), "29 天前");
        assert_eq!(said(53 * 86_400, Locale::En), "53 days ago");
        assert_eq!(said(60 * 86_400, Locale::En), "2 months ago");
        assert_eq!(said(729 * 86_400, Locale::En), "24 months ago");
        assert_eq!(said(800 * 86_400, Locale::En), "2 years ago");
        assert_eq!(
            relative(Timestamp(i64::MIN), now, Locale::Zh),
            "292,471,208,677 年前"
        );
    }

    #[test]
    fn the_remaining_time_is_rounded_not_truncated() {
        let now = Timestamp(1_795_311_000);
        let said = |left: i64| remaining(Timestamp(now.0 + left), now, Locale::En);
        const DAY: i64 = 86_400;
        for (left, expected) in [
            (-5, "in a minute"),
            (20, "in a minute"),
            (29 * 60 + 40, "in 30 minutes"),
            (3_600 - 1, "in an hour"),
            (DAY - 1, "in 24 hours"),
            (DAY + DAY / 2, "in 36 hours"),
            (2 * DAY - 1, "in 2 days"),
            (14 * DAY - 1, "in 14 days"),
            (13 * DAY + 60, "in 13 days"),
        ] {
            assert_eq!(said(left), expected, "{left} s");
        }
    }

    #[test]
    fn the_tab_key_does_not_stop_at_a_time_in_a_row() {
        let (at, now, locale) = (Timestamp(0), Timestamp(86_400), Locale::En);
        let alone = view! { <Time at now locale /> }.to_html();
        let in_row = view! { <Time at now in_row=true locale /> }.to_html();
        assert!(alone.contains("tabindex"), "{alone}");
        assert!(!in_row.contains("tabindex"), "{in_row}");
        assert!(
            in_row.contains("data-exact=\"1970-01-01 00:00:00 UTC\""),
            "{in_row}"
        );
        assert!(!view! { <ExactTime at /> }.to_html().contains("tabindex"));
    }
}
