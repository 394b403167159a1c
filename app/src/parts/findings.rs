//! Severities, and the findings of a scan.

use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};
use model::{
    FindingCounts, Locale, Severity,
    image::{Scan, ScanSummary},
    query::FindingsFilter,
};

use crate::{
    components::{badge::Badge, bytes::grouped, maybe_link::LinkMode},
    messages::{common::CommonTexts, images::ImagesTexts},
};

/// The name of a severity.
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

/// The letter or character of a severity, for places without room for its name.
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

/// The filter option for this severity and worse ones.
fn at_least(severity: Severity, locale: Locale) -> String {
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

/// The options of a list's findings filter. The last three are called `states`: not scanned, scan failed, not known.
pub fn findings_choices(states: [&'static str; 3], locale: Locale) -> Vec<(String, String)> {
    let [not_scanned, failed, not_known] = states;
    let at_least = |severity| {
        let words = at_least(severity, locale);
        (FindingsFilter::AtLeast(severity), words)
    };
    let others = [
        (
            FindingsFilter::NoFindings,
            ImagesTexts(locale).no_findings(),
        ),
        (FindingsFilter::NotScanned, not_scanned),
        (FindingsFilter::ScanFailed, failed),
        (FindingsFilter::NotKnown, not_known),
    ]
    .map(|(filter, words)| (filter, words.to_owned()));
    let choices = Severity::WORST_FIRST
        .map(at_least)
        .into_iter()
        .chain(others);
    choices
        .map(|(filter, words)| (filter.as_str().to_owned(), words))
        .collect()
}

/// The state of an image's scan: its counts, or why it has none.
#[component]
pub fn ScanResult(
    /// The scan.
    scan: Scan,
    /// The states of its platforms' scans, if they differ.
    #[prop(optional_no_strip)]
    platforms: Option<ScanSummary>,
    /// Whether it is an artifact of a kind that ECR never scans.
    #[prop(optional)]
    artifact: bool,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImagesTexts(locale);
    let quiet = |words: &'static str, why| view! { <span class="quiet" title=why>{words}</span> };
    let nothing = matches!(scan, Scan::Found(counts) if counts.total() == 0);
    let remarks = platforms.map(|summary| {
        let of = |count: &str, total: &str| texts.platforms_scanned_of(count, total);
        let remarks = remarks(&summary, nothing, of, locale);
        view! { <span class="quiet">{remarks}</span> }
    });
    let state = match scan {
        Scan::Found(_) if nothing && remarks.is_some() => None,
        Scan::Found(counts) => Some(EitherOf3::A(view! { <Counts counts locale /> " " })),
        _ if remarks.is_some() => None,
        // ECR tries to scan some artifacts that are pushed, and then reports that it does not support them.
        Scan::None | Scan::Failed if artifact => Some(EitherOf3::B(quiet(
            texts.not_an_image(),
            texts.never_scanned_why(),
        ))),
        Scan::None => Some(EitherOf3::B(quiet(
            texts.not_scanned(),
            texts.not_scanned_why(),
        ))),
        Scan::Pending => Some(EitherOf3::C(
            view! { <Badge look="plain" label=texts.scan_pending() /> },
        )),
        Scan::Failed => Some(EitherOf3::C(
            view! { <Badge look="warning" label=texts.scan_failed() /> },
        )),
        Scan::Unreadable => Some(EitherOf3::B(quiet(
            unreadable(texts),
            texts.unreadable_why(),
        ))),
        Scan::Unread => Some(EitherOf3::B(quiet(texts.unread(), texts.unread_why()))),
    };
    view! { {state} {remarks} }
}

/// The state of several images' scans, and the findings: a badge of the worst severity, or all counts.
#[component]
pub fn ScanSummaryWords(
    /// The states of the scans.
    scans: ScanSummary,
    /// All findings, if they are to be shown.
    #[prop(optional)]
    counts: Option<FindingCounts>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImagesTexts(locale);
    let found = match (scans.worst, counts) {
        (Some(_), Some(counts)) => Some(Either::Left(view! { <Counts counts locale /> " " })),
        (Some(severity), None) => Some(Either::Right(
            view! { <SeverityBadge severity locale /> " " },
        )),
        (None, _) => None,
    };
    let of = |count: &str, total: &str| texts.scanned_of(count, total);
    let nothing = scans.worst.is_none() && scans.scanned > 0;
    let (remarks, why) = (remarks(&scans, nothing, of, locale), why(&scans, texts));
    // A row has no room for more. The rest shows on hover and on the repository's page.
    let short = match counts {
        Some(_) => None,
        None => short_remarks(&scans, nothing, locale),
    };
    let (remarks, why) = match short {
        Some(short) => {
            let parts = [Some(remarks.as_str()), why.as_deref()]
                .into_iter()
                .flatten();
            let whole = parts.collect::<Vec<_>>().join(CommonTexts(locale).stop());
            (short, Some(whole))
        }
        None => (remarks, why),
    };
    let remarks =
        (!remarks.is_empty()).then(|| view! { <span class="quiet" title=why>{remarks}</span> });
    view! { {found} {remarks} }
}

/// What keeps several images from all being scanned, in words; nothing where all were and something was found.
pub fn summary_remarks(scans: &ScanSummary, locale: Locale) -> String {
    let of = |count: &str, total: &str| ImagesTexts(locale).scanned_of(count, total);
    remarks(
        scans,
        scans.worst.is_none() && scans.scanned > 0,
        of,
        locale,
    )
}

/// The same as [`remarks`], shortened for a table cell.
fn short_remarks(scans: &ScanSummary, nothing_found: bool, locale: Locale) -> Option<String> {
    let texts = ImagesTexts(locale);
    if !scans.is_mixed() {
        let short = [
            (scans.unreadable, texts.unreadable_short()),
            (scans.unread, texts.unread_short()),
        ];
        let short = short.into_iter().find(|(count, _)| *count > 0);
        return short.map(|(_, words)| words.to_owned());
    }
    let scanned = texts.scanned_of(&grouped(scans.scanned), &grouped(scans.images()));
    let parts = [nothing_found.then(|| texts.no_findings()), Some(&scanned)];
    Some(
        parts
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(texts.comma()),
    )
}

/// Why not all images are scanned, in words; empty if all are. If nothing was found, that comes first. `scanned_of`
/// gives the text for how many images of how many are scanned.
fn remarks(
    scans: &ScanSummary,
    nothing_found: bool,
    scanned_of: impl Fn(&str, &str) -> String,
    locale: Locale,
) -> String {
    let texts = ImagesTexts(locale);
    if scans.images() == 0 {
        let none = match scans.artifacts {
            0 => texts.no_tagged_images(),
            _ => texts.never_scanned(),
        };
        return none.to_owned();
    }
    let mixed = scans.is_mixed();
    let counted = |count: u32, what: &str| {
        if mixed {
            texts.number_of(&grouped(count), what)
        } else {
            what.to_owned()
        }
    };
    let there = |count: u32, words: &dyn Fn() -> String| (count > 0).then(words);
    let said = [
        nothing_found.then(|| texts.no_findings().to_owned()),
        mixed.then(|| scanned_of(&grouped(scans.scanned), &grouped(scans.images()))),
        // If some images are scanned, the count of scanned images implies the rest.
        (scans.not_scanned > 0 && !mixed).then(|| texts.not_scanned().to_owned()),
        there(scans.failed, &|| texts.scans_failed(scans.failed)),
        there(scans.pending, &|| match mixed {
            true => texts.scans_pending(&grouped(scans.pending)),
            false => texts.scan_pending().to_owned(),
        }),
        there(scans.unreadable, &|| {
            counted(scans.unreadable, unreadable(texts))
        }),
        there(scans.unread, &|| counted(scans.unread, texts.unread())),
    ];
    let said: Vec<_> = said.into_iter().flatten().collect();
    said.join(texts.comma())
}

/// The reason for the state, if it is not obvious.
fn why(scans: &ScanSummary, texts: ImagesTexts) -> Option<String> {
    if scans.images() == 0 && scans.artifacts > 0 {
        return Some(texts.never_scanned_why().to_owned());
    }
    let said = |count: u32, why: &'static str| (count > 0).then(|| why.to_owned());
    let not_scanned = || {
        let count = scans.not_scanned;
        (count > 0).then(|| texts.several_not_scanned_why(count))
    };
    said(scans.unreadable, texts.unreadable_why())
        .or_else(|| said(scans.unread, texts.unread_why()))
        .or_else(not_scanned)
}

/// Readers of a page without links are not members of a team.
fn unreadable(texts: ImagesTexts) -> &'static str {
    if LinkMode::here().leads() {
        texts.unreadable()
    } else {
        texts.unreadable_from_link()
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
        return Either::Left(view! { <span class="quiet">{texts.no_findings()}</span> });
    }
    Either::Right(view! { <ul class="counts">{present}</ul> })
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
