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
                    <span aria-hidden="true">{grouped(count)}</span>
                    <span class="visually-hidden">{words.clone()}</span>
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
