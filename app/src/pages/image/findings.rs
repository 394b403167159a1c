//! The findings of a scan.

use leptos::{either::Either, prelude::*};
use model::{
    FindingCounts, Locale, Section, Timestamp,
    image::{FindingView, FindingsView, Scan},
};

use super::Part;
use crate::{
    components::{
        bar::{Bar, BarPart},
        foreign::ForeignText,
        maybe_link::MaybeLink,
        time::Time,
    },
    messages::{common::CommonTexts, image::ImageTexts, images::ImagesTexts, listed},
    parts::{
        as_of::AsOf,
        findings::{Counts, SeverityBadge, severity_word},
        section::section,
    },
};

/// The findings, or why there are none to show.
#[component]
pub fn Findings(
    /// The findings.
    findings: Section<FindingsView>,
    /// Whether the image is an index, which ECR does not scan.
    is_index: bool,
    /// Whether the index has no image.
    #[prop(optional)]
    is_empty: bool,
    /// Whether it is an artifact of a kind that ECR never scans.
    #[prop(optional)]
    is_artifact: bool,
    /// Whether the table of findings is folded.
    #[prop(optional)]
    folded: bool,
    /// The server's time.
    now: Timestamp,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let absent = if is_empty {
        texts.findings_of_empty_index()
    } else if is_index {
        texts.findings_of_platforms()
    } else if is_artifact {
        texts.findings_of_artifact()
    } else {
        texts.findings_absent()
    };
    let as_of = findings.as_of();
    view! {
        <Part id="findings" heading=texts.findings() as_of=view! { <AsOf as_of locale /> }.into_any()>
            {section(findings, absent, locale, move |findings| {
                // ECR tries to scan some artifacts that are pushed, and then reports that it does not support them.
                if is_artifact && !matches!(findings.scan, Scan::Found(_)) {
                    Either::Left(view! { <p>{absent}</p> })
                } else {
                    Either::Right(view! { <Scanned findings folded now locale /> })
                }
            })}
        </Part>
    }
}

/// The state of the scan, the findings by severity as a bar, and a table of the findings with their packages.
#[component]
fn Scanned(findings: FindingsView, folded: bool, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let scanned = findings.scanned.map(|at| {
        view! {
            <p class="quiet">{texts.scanned()} <Time at now locale /></p>
        }
    });
    let remark = findings
        .remark
        .map(|remark| view! { <p class="quiet">{remark}</p> });
    let state = match findings.scan {
        Scan::Found(counts) => view! { <Found counts locale /> }.into_any(),
        Scan::Pending => view! { <p>{texts.scan_pending()}</p> }.into_any(),
        Scan::Failed => view! { <p>{texts.scan_failed()}</p> }.into_any(),
        // A scan that could not be read has no section.
        Scan::None | Scan::Unreadable | Scan::Unread => {
            view! { <p>{texts.not_scanned()}</p> }.into_any()
        }
    };
    let table = (!findings.findings.is_empty()).then(|| {
        let table = view! { <FindingTable findings=findings.findings locale /> };
        if folded {
            Either::Left(view! {
                <details>
                    <summary>{texts.each_finding()}</summary>
                    {table}
                </details>
            })
        } else {
            Either::Right(table)
        }
    });
    let more = (findings.more > 0)
        .then(|| view! { <p class="quiet">{texts.more_findings(findings.more)}</p> });
    view! { {state} {scanned} {remark} {table} {more} }
}

#[component]
fn Found(counts: FindingCounts, locale: Locale) -> impl IntoView {
    let (texts, images) = (ImageTexts(locale), ImagesTexts(locale));
    if counts.total() == 0 {
        return Either::Left(view! {
            <p><strong>{texts.no_findings_title()}</strong> {CommonTexts(locale).stop()} {texts.no_findings()}</p>
        });
    }
    let (parts, words): (Vec<_>, Vec<_>) = counts
        .present()
        .map(|(severity, count)| {
            let title = images.findings_of(count, severity_word(severity, locale));
            let part = BarPart {
                value: f64::from(count),
                look: severity.as_str(),
                title: title.clone(),
            };
            (part, title)
        })
        .unzip();
    Either::Right(view! {
        <div class="findings-summary">
            <Bar parts label=texts.findings_bar(&listed(&words, locale)) />
            <Counts counts locale />
        </div>
    })
}

#[component]
fn FindingTable(findings: Vec<FindingView>, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let rows = findings.into_iter().map(|finding| row(finding, locale));
    view! {
        <table class="table findings-table">
            <caption class="visually-hidden">{texts.findings_caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.finding()}</th>
                    <th scope="col">{texts.severity()}</th>
                    <th scope="col">{texts.package()}</th>
                    <th scope="col">{texts.version()}</th>
                    <th scope="col">{texts.fixed_in()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

fn row(finding: FindingView, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let name = match finding.link {
        // The ECR client only accepts plain web addresses.
        Some(link) => view! {
            <MaybeLink href=link rel="noopener noreferrer nofollow external">{finding.name}</MaybeLink>
        }
        .into_any(),
        None => finding.name.into_any(),
    };
    let about = finding.description.map(|text| {
        view! {
            <details class="finding-about">
                <summary>{texts.about_it()}</summary>
                <ForeignText text locale=texts.0 />
            </details>
        }
    });
    let fixed = match finding.fixed_in {
        Some(version) => view! { <code>{version}</code> }.into_any(),
        None => view! { <span class="quiet">{texts.fix_unknown()}</span> }.into_any(),
    };
    view! {
        <tr data-row>
            <th scope="row">{name} {about}</th>
            <td data-label=texts.severity()>
                <SeverityBadge severity=finding.severity locale />
            </td>
            <td data-label=texts.package()>
                {finding.package.map(|package| view! { <code>{package}</code> })}
            </td>
            <td data-label=texts.version()>
                {finding.version.map(|version| view! { <code>{version}</code> })}
            </td>
            <td data-label=texts.fixed_in()>{fixed}</td>
        </tr>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use model::GrantedVia;

    use super::*;
    use crate::testing::text_of;

    #[test]
    fn an_index_without_images_does_not_send_the_reader_to_a_platform() {
        let said = |is_empty| {
            let findings = Section::Absent {
                through: GrantedVia::Review,
                as_of: None,
            };
            let now = Timestamp(0);
            text_of(view! { <Findings findings is_index=true is_empty now locale=Locale::En /> })
        };
        assert!(said(false).contains("open a platform"));
        assert!(said(true).contains("This index has no image."));
    }
}
