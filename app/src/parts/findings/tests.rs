use super::*;
use crate::testing::text_of;

#[test]
fn counts_are_labelled_by_letter_and_by_name() {
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
fn no_filter_option_is_for_worse_than_the_worst_severity() {
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

fn said(scans: ScanSummary, locale: Locale) -> String {
    text_of(view! { <ScanSummaryWords scans locale /> })
}

#[test]
fn only_finished_scans_without_findings_say_no_findings() {
    let none = ScanSummary::default();
    for (scans, expected) in [
        (none, "no tagged images"),
        (
            ScanSummary {
                artifacts: 18,
                ..none
            },
            "not scanned by ECR",
        ),
        (
            ScanSummary {
                not_scanned: 18,
                ..none
            },
            "not scanned",
        ),
        (ScanSummary { failed: 1, ..none }, "1 scan failed"),
        (ScanSummary { pending: 2, ..none }, "scanning"),
        (
            ScanSummary {
                unreadable: 9,
                ..none
            },
            "not readable by you",
        ),
        (ScanSummary { unread: 9, ..none }, "not read by Gantry"),
        (ScanSummary { scanned: 9, ..none }, "no findings"),
        (
            ScanSummary {
                scanned: 9,
                not_scanned: 18,
                ..none
            },
            "no findings, 9 of 27 scanned",
        ),
        (
            ScanSummary {
                not_scanned: 5,
                failed: 1,
                ..none
            },
            "0 of 6 scanned",
        ),
        (
            ScanSummary {
                scanned: 1,
                pending: 2,
                unreadable: 3,
                ..none
            },
            "no findings, 1 of 6 scanned",
        ),
        (
            ScanSummary {
                worst: Some(Severity::Critical),
                scanned: 9,
                not_scanned: 18,
                ..none
            },
            "critical 9 of 27 scanned",
        ),
    ] {
        assert_eq!(said(scans, Locale::En), expected, "{scans:?}");
    }
    let chinese = said(
        ScanSummary {
            scanned: 9,
            failed: 18,
            ..none
        },
        Locale::Zh,
    );
    assert_eq!(chinese, "未发现漏洞，已扫描 9/27");
}

#[test]
fn each_state_of_a_scan_has_its_own_text() {
    let found = Scan::Found(FindingCounts::default());
    let states = [
        Scan::None,
        Scan::Pending,
        Scan::Failed,
        Scan::Unreadable,
        Scan::Unread,
        found,
    ];
    let said = |scan| text_of(view! { <ScanResult scan locale=Locale::En /> });
    let words: std::collections::BTreeSet<_> = states.map(said).into();
    assert_eq!(words.len(), states.len(), "{words:?}");
}

#[test]
fn an_artifact_that_ecr_does_not_scan_is_not_called_failed() {
    for scan in [Scan::None, Scan::Failed] {
        let text = text_of(view! { <ScanResult scan artifact=true locale=Locale::En /> });
        assert_eq!(text, "not scanned by ECR: not an image");
    }
    let text = text_of(view! { <ScanResult scan=Scan::Failed locale=Locale::En /> });
    assert_eq!(text, "scan failed");
}

#[test]
fn an_index_says_how_many_of_its_platforms_were_scanned() {
    let found = Scan::Found(FindingCounts::default());
    let platforms = Some(ScanSummary::of([found, Scan::Failed]));
    let text = text_of(view! { <ScanResult scan=found platforms locale=Locale::En /> });
    assert_eq!(text, "no findings, 1 of 2 platforms scanned, 1 scan failed");
}
