//! Severities, and what a scan found.

use leptos::{either::EitherOf4, prelude::*};
use model::{FindingCounts, Locale, Severity, image::Scan};

use crate::{
    components::{badge::Badge, bytes::grouped},
    messages::images::ImagesTexts,
};

/// The word for a severity.
pub fn severity_word(severity: Severity, locale: Locale) -> &'static str {
    let texts = ImagesTexts(locale);
    match severity {
        Severity::Critical => texts.critical(),
        Severity::High => texts.high(),
        Severity::Medium => texts.medium(),
        Severity::Low => texts.low(),
        Severity::Informational => texts.informational(),
        Severity::Undefined => texts.undefined(),
    }
}

/// The letter or character for a severity, where there is no room for the word.
fn severity_letter(severity: Severity, locale: Locale) -> &'static str {
    let texts = ImagesTexts(locale);
    match severity {
        Severity::Critical => texts.critical_letter(),
        Severity::High => texts.high_letter(),
        Severity::Medium => texts.medium_letter(),
        Severity::Low => texts.low_letter(),
        Severity::Informational => texts.informational_letter(),
        Severity::Undefined => texts.undefined_letter(),
    }
}

/// What a filter says that lets through this severity and what is worse.
pub fn at_least(severity: Severity, locale: Locale) -> String {
    let texts = ImagesTexts(locale);
    let word = severity_word(severity, locale);
    match severity {
        Severity::Critical => word.to_owned(),
        Severity::Undefined => texts.any_finding().to_owned(),
        _ => texts.or_worse(word),
    }
}

/// A severity as a badge.
#[component]
pub fn SeverityBadge(
    /// The severity.
    severity: Severity,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    view! { <Badge look=severity.as_str() label=severity_word(severity, locale) /> }
}

/// What is known of an image's scan: its counts, or why there are none.
#[component]
pub fn ScanResult(
    /// The scan.
    scan: Scan,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImagesTexts(locale);
    match scan {
        Scan::None => EitherOf4::A(view! { <span class="quiet">{texts.not_scanned()}</span> }),
        Scan::Pending => EitherOf4::B(view! { <Badge look="plain" label=texts.scan_pending() /> }),
        Scan::Failed => EitherOf4::C(view! { <Badge look="warning" label=texts.scan_failed() /> }),
        Scan::Found(counts) => EitherOf4::D(view! { <Counts counts locale /> }),
    }
}

/// Counts by severity, worst first, each in its colour.
#[component]
pub fn Counts(
    /// The counts.
    counts: FindingCounts,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImagesTexts(locale);
    let present: Vec<_> = counts
        .present()
        .map(|(severity, count)| {
            let words = texts.findings_of(count, severity_word(severity, locale));
            view! {
                <li class=format!("count count-{}", severity.as_str()) title=words>
                    <span class="count-short" aria-hidden="true">
                        <b>{severity_letter(severity, locale)}</b> {grouped(count)}
                    </span>
                    <span class="count-words visually-hidden">{words.clone()}</span>
                </li>
            }
        })
        .collect();
    if present.is_empty() {
        return leptos::either::Either::Left(
            view! { <span class="quiet">{texts.no_findings()}</span> },
        );
    }
    leptos::either::Either::Right(view! { <ul class="counts">{present}</ul> })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn counts_say_what_they_count_by_letter_and_by_word() {
        let counts = FindingCounts([2, 0, 0, 0, 0, 7]);
        for (locale, parts) in [
            (
                Locale::En,
                ["<b>C</b>", "2 critical", "<b>U</b>", "7 undefined"],
            ),
            (
                Locale::Zh,
                ["<b>严</b>", "严重 2 个", "<b>未</b>", "未定级 7 个"],
            ),
        ] {
            let html = view! { <Counts counts locale /> }.to_html();
            for part in parts {
                assert!(html.contains(part), "{html}");
            }
        }
    }

    #[test]
    fn no_filter_promises_what_is_worse_than_the_worst_or_than_nothing() {
        let choices: Vec<_> = Severity::WORST_FIRST
            .map(|severity| at_least(severity, Locale::En))
            .into();
        assert_eq!(
            choices,
            [
                "critical",
                "high or worse",
                "medium or worse",
                "low or worse",
                "informational or worse",
                "with findings"
            ]
        );
    }
}
