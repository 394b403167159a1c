//! Scan findings. Names and versions of packages come from the image, so they can contain anything.

use model::{Severity, image::FindingView};

use super::{budget::Budget, http_link};

/// The maximum size of the findings without their descriptions, in bytes: about 1,000 real ones.
const FINDINGS: usize = 256 * 1024;

/// The maximum size of the descriptions, in bytes.
const DESCRIPTIONS: usize = 192 * 1024;

/// A finding from ECR's answer.
#[derive(Debug)]
pub(crate) struct RawFinding {
    pub(crate) name: String,
    pub(crate) severity: Severity,
    pub(crate) package: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) fixed_in: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) link: Option<String>,
}

/// Findings as a page lists them.
#[derive(Debug)]
pub(crate) struct Findings {
    /// The findings that fit, worst first.
    pub(crate) list: Vec<FindingView>,
    /// ECR's description of the scan status.
    pub(crate) remark: Option<String>,
}

impl Findings {
    /// Reads ECR's answer.
    pub(crate) fn read(mut all: Vec<RawFinding>, remark: Option<&str>) -> Self {
        all.sort_by(|left, right| {
            let worst_first = right.severity.cmp(&left.severity);
            worst_first.then_with(|| left.name.cmp(&right.name))
        });
        let (mut words, mut descriptions) = (Budget::new(FINDINGS), Budget::new(DESCRIPTIONS));
        let remark = remark.map(|remark| words.text(remark));
        let list = words.list(all, |words, raw| FindingView {
            name: words.text(&raw.name),
            severity: raw.severity,
            package: raw.package.map(|text| words.text(&text)),
            version: raw.version.map(|text| words.text(&text)),
            fixed_in: raw.fixed_in.map(|text| words.text(&text)),
            description: raw.description.map(|text| descriptions.text(&text)),
            link: raw
                .link
                .as_deref()
                .and_then(http_link)
                .inspect(|link| words.spend(link.len())),
        });
        Self { list, remark }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(number: usize, text: &str) -> RawFinding {
        let perhaps = || Some(text.to_owned());
        RawFinding {
            name: format!("CVE-2026-{number:05}{text}"),
            severity: if number == 999 {
                Severity::Critical
            } else {
                Severity::Low
            },
            package: perhaps(),
            version: perhaps(),
            fixed_in: perhaps(),
            description: perhaps(),
            link: Some(format!("https://example.com/{number}")),
        }
    }

    #[test]
    fn hostile_findings_are_cut_and_their_hidden_characters_are_shown() {
        let text = "\u{202e}\"".repeat(300);
        let all = (0..1_000).map(|number| finding(number, &text)).collect();
        let read = Findings::read(all, Some(&text));
        assert!(
            (10..1_000).contains(&read.list.len()),
            "{}",
            read.list.len()
        );
        assert_eq!(read.list[0].severity, Severity::Critical);
        let json = serde_json::to_string(&read.list).unwrap_or_default();
        assert!(
            json.len() < 520 * 1024 && !model::has_hiding(&json),
            "{}",
            json.len()
        );
        assert!(
            read.remark
                .is_some_and(|remark| !model::has_hiding(&remark))
        );
    }

    #[test]
    fn a_thousand_real_findings_are_listed() {
        let mut all: Vec<_> = (0..1_000)
            .map(|number| finding(number, "1.36.1-r7"))
            .collect();
        for finding in &mut all {
            finding.name.truncate(14);
        }
        assert_eq!(Findings::read(all, None).list.len(), 1_000);
    }
}
