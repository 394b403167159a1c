//! The images of an index.

use leptos::prelude::*;
use model::{
    Action, FindingCounts, Locale, RepositoryAt,
    image::{ChildView, Scan, ScanSummary},
};

use super::Part;
use crate::{
    components::{badge::Badge, bytes::Bytes},
    messages::{common::CommonTexts, image::ImageTexts, repositories::RepositoriesTexts},
    parts::{artifact::type_name, digest::DigestLink, findings::ScanResult},
};

/// The images of an index as a table, each linked to its page. Empty for an image that is not an index.
#[component]
pub fn Platforms(
    repository: RepositoryAt,
    children_of_index: Vec<ChildView>,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    if children_of_index.is_empty() {
        return None;
    }
    let sum = sum(&children_of_index).map(|(counts, scans)| view! { <Sum counts scans locale /> });
    let rows: Vec<_> = children_of_index
        .into_iter()
        .map(|child| {
            let is_image = child.is_image();
            // Builders mark attestations by a platform that does not exist.
            let platform = child
                .platform
                .filter(|platform| !platform.is_unknown())
                .map(|platform| view! { <code>{platform.to_string()}</code> }.into_any())
                .unwrap_or_else(|| {
                    view! { <span class="quiet">{texts.no_platform()}</span> }.into_any()
                });
            let scan = if is_image {
                platform_scan(child.scan, locale)
            } else {
                view! { <ScanResult scan=Scan::None artifact=true locale /> }.into_any()
            };
            let role = match child.role {
                Some(role) => {
                    let label = type_name(&role, locale).map_or(role, str::to_owned);
                    view! { <Badge look="plain" label /> }.into_any()
                }
                None if child.is_index => texts.index().into_any(),
                None if is_image => texts.image_role().into_any(),
                None => view! { <span class="quiet">{texts.unknown_role()}</span> }.into_any(),
            };
            view! {
                <tr data-row>
                    <th scope="row">{platform}</th>
                    <td data-label=texts.role()>{role}</td>
                    <td data-label=texts.image()>
                        <DigestLink
                            repository=repository.clone()
                            digest=child.digest
                            locale
                        />
                    </td>
                    <td class="number" data-label=texts.bytes()>
                        <Bytes count=child.size locale />
                    </td>
                    <td data-label=texts.findings()>
                        {scan}
                    </td>
                </tr>
            }
        })
        .collect();
    Some(view! {
        <Part id="platforms" heading=texts.platforms()>
        <table class="table">
            <caption class="visually-hidden">{texts.platforms_caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.platform()}</th>
                    <th scope="col">{texts.role()}</th>
                    <th scope="col">{texts.image()}</th>
                    <th scope="col" class="number">{texts.bytes()}</th>
                    <th scope="col">{texts.findings()}</th>
                </tr>
            </thead>
            <tbody>
                {rows}
                {sum}
            </tbody>
        </table>
        </Part>
    })
}

/// What is known of a platform's scan. It comes from the list of images, if the viewer may see that.
fn platform_scan(scan: Scan, locale: Locale) -> AnyView {
    let why = match scan {
        Scan::Unreadable => CommonTexts(locale).withheld(Action::DescribeImages.as_str()),
        Scan::Unread => RepositoriesTexts(locale).not_read().to_owned(),
        scan => return view! { <ScanResult scan locale /> }.into_any(),
    };
    view! { <span class="quiet">{why}</span> }.into_any()
}

/// The sum of the findings of all platforms, and how many platforms were scanned. `None` if fewer than two were, or if
/// an index is among them: of that one only the worst platform is known.
fn sum(children: &[ChildView]) -> Option<(FindingCounts, ScanSummary)> {
    let images = children.iter().filter(|child| child.is_image());
    if images.clone().any(|child| child.is_index) {
        return None;
    }
    let scans: Vec<_> = images.map(|child| child.scan).collect();
    let found = scans.iter().filter_map(|scan| match scan {
        Scan::Found(counts) => Some(*counts),
        _ => None,
    });
    let sum = found.fold(FindingCounts::default(), FindingCounts::with);
    let summary = ScanSummary::of(scans);
    (summary.scanned > 1).then_some((sum, summary))
}

#[component]
fn Sum(counts: FindingCounts, scans: ScanSummary, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let platforms = scans.is_mixed().then_some(scans);
    view! {
        <tr>
            <th scope="row" colspan="4">
                {texts.all_platforms()}
                " "
                <span class="quiet">{texts.all_platforms_hint()}</span>
            </th>
            <td data-label=texts.findings()>
                <ScanResult scan=Scan::Found(counts) platforms locale />
            </td>
        </tr>
    }
}

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use model::{Severity, image::Platform};

    use super::*;
    use crate::testing::text_of;

    fn child(scan: Scan, role: Option<&str>) -> ChildView {
        ChildView {
            digest: format!("sha256:{}", "a".repeat(64)).parse().unwrap(),
            platform: None,
            size: 1,
            role: role.map(str::to_owned),
            is_index: false,
            scan,
        }
    }

    fn found(severity: Severity, count: u32) -> Scan {
        let mut counts = FindingCounts::default();
        counts.add(severity, count);
        Scan::Found(counts)
    }

    #[test]
    fn the_findings_of_scanned_platforms_are_added_up() {
        let high = found(Severity::High, 2);
        let both = [
            child(high, None),
            child(found(Severity::High, 3), None),
            child(Scan::Pending, None),
            child(high, Some("attestation-manifest")),
        ];
        let (counts, scans) = sum(&both).unwrap();
        assert_eq!(Scan::Found(counts), found(Severity::High, 5));
        assert_eq!(
            (scans.scanned, scans.images()),
            (2, 3),
            "and it says of how many"
        );
        assert_eq!(sum(&both[1..]), None, "a single platform needs no sum");
        let mut inner = both;
        inner[1].is_index = true;
        assert_eq!(sum(&inner), None, "an index has more than is shown of it");
    }

    #[test]
    fn an_entry_without_a_platform_is_not_called_an_image() {
        let platform = |os: &str| Platform {
            os: os.into(),
            architecture: os.into(),
            variant: None,
            os_version: None,
            os_features: Vec::new(),
        };
        let bare = ChildView {
            platform: Some(platform("unknown")),
            ..child(Scan::None, None)
        };
        let known = child(Scan::None, Some("application/vnd.in-toto+json"));
        let shown = |child| {
            let children_of_index = vec![child];
            let repository: RepositoryAt = "retail/a/b".parse().unwrap();
            text_of(view! { <Platforms repository children_of_index locale=Locale::En /> })
        };
        let text = shown(bare);
        assert!(text.contains("unknown: no platform"), "{text}");
        assert!(!text.contains("unknown/unknown"), "{text}");
        assert!(shown(known).contains("in-toto attestation"));
    }
}
