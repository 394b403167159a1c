//! Examples of what links save, with every optional part and every variant.

mod images;
mod repositories;

use model::{
    Action, FindingCounts, GrantedVia, Page, Problem, Section, Severity, Timestamp, Visibility,
    image::{
        ChildView, ConfigView, FindingView, FindingsView, HistoryStep, ImageContext, ImageDetail,
        ImageFacts, ImageKind, ImageRow, IndexReferrers, LayerView, ManifestView, Platform,
        ReferrerMeaning, ReferrerView, Scan, ScanSummary, TagDetail, TagKind, TagLabel,
        TagSighting,
    },
    link::{Shared, SharedPart, SharedView, TagAt, TagList},
    pull::Source,
    repository::{Mutability, RepositoryCounts, RepositoryDetail, RepositorySettings},
};

pub(super) use images::*;
pub(super) use repositories::*;

const NOW: Timestamp = Timestamp(1_795_311_000);
const DAY: i64 = 24 * 60 * 60;

/// Every part that may be cut.
const PARTS: [SharedPart; 14] = [
    SharedPart::Images,
    SharedPart::Tags,
    SharedPart::Sightings,
    SharedPart::Platforms,
    SharedPart::PartOf,
    SharedPart::ResourceTags,
    SharedPart::Layers,
    SharedPart::Annotations,
    SharedPart::Settings,
    SharedPart::Environment,
    SharedPart::Labels,
    SharedPart::History,
    SharedPart::Referrers,
    SharedPart::Findings,
];

/// Every reason why something could not be read.
const PROBLEMS: [Problem; 8] = [
    Problem::Throttled,
    Problem::HostDenied,
    Problem::Credentials,
    Problem::Unreachable,
    Problem::Failing,
    Problem::Gone,
    Problem::Malformed,
    Problem::Unexpected,
];

fn ago(days: i64) -> Timestamp {
    Timestamp(NOW.0 - days * DAY)
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn pair(key: &str, value: &str) -> (String, String) {
    (text(key), text(value))
}

fn digest(byte: &str) -> model::Digest {
    format!("sha256:{}", byte.repeat(32)).parse().unwrap()
}

fn developer() -> GrantedVia {
    GrantedVia::Team {
        team: "storefront".parse().unwrap(),
        principal: "arn:aws:iam::000000000000:role/storefront-developer"
            .parse()
            .unwrap(),
    }
}

fn shown<T>(value: T) -> Section<T> {
    Section::Shown {
        through: developer(),
        value,
        as_of: None,
    }
}

fn withheld<T>(action: Action) -> Section<T> {
    Section::Withheld {
        action,
        statement: None,
    }
}

fn absent<T>(through: GrantedVia) -> Section<T> {
    Section::Absent {
        through,
        as_of: None,
    }
}

fn unavailable<T>(problem: Problem) -> Section<T> {
    Section::Unavailable { problem }
}

fn source(endpoint_url: Option<&str>) -> Source {
    Source {
        uri: text("000000000000.dkr.ecr.eu-central-1.amazonaws.com/storefront/users-api"),
        region: text("eu-central-1"),
        endpoint_url: endpoint_url.map(text),
    }
}

fn label(tag: &str, kind: TagKind) -> TagLabel {
    TagLabel {
        tag: tag.parse().unwrap(),
        kind,
    }
}

fn labels() -> Vec<TagLabel> {
    vec![
        label("1.4.2-build.831", TagKind::Locked),
        label("prod", TagKind::Moved),
        label("latest", TagKind::LooksFloating),
        label("3f9a1c2", TagKind::LooksUnique),
    ]
}

fn arm() -> Platform {
    Platform {
        os: text("linux"),
        architecture: text("arm"),
        variant: Some(text("v7")),
        os_version: None,
        os_features: vec![],
    }
}

fn amd64() -> Platform {
    Platform {
        os: text("linux"),
        architecture: text("amd64"),
        variant: None,
        os_version: None,
        os_features: vec![],
    }
}

fn scans() -> [Scan; 4] {
    [
        Scan::Found(FindingCounts([1, 2, 3, 4, 5, 6])),
        Scan::Pending,
        Scan::Failed,
        Scan::None,
    ]
}

/// One row of each kind, and one with only tags and a digest.
fn rows() -> Vec<ImageRow> {
    let kinds = [
        ImageKind::Image,
        ImageKind::Index,
        ImageKind::Artifact(text("application/vnd.cncf.helm.config.v1+json")),
        ImageKind::Image,
    ];
    let facts = kinds.into_iter().zip(scans()).map(|(kind, scan)| {
        let whole = scan != Scan::None;
        ImageFacts {
            kind,
            platforms: if whole { vec![amd64(), arm()] } else { vec![] },
            size: whole.then_some(12_345_678_901),
            pushed: whole.then(|| ago(3)),
            pulled: whole.then(|| ago(1)),
            scan,
            platform_scans: None,
            archived: !whole,
        }
    });
    let described = facts
        .zip(["3f", "81", "c4", "d5"])
        .map(|(facts, byte)| ImageRow {
            digest: digest(byte),
            tags: labels(),
            facts: Some(facts),
        });
    let listed = ImageRow {
        digest: digest("e6"),
        tags: vec![],
        facts: None,
    };
    described.chain([listed]).collect()
}

fn row() -> ImageRow {
    rows().remove(0)
}

fn context(pull: Section<()>) -> ImageContext {
    ImageContext {
        repository: "retail/storefront/users-api".parse().unwrap(),
        through: vec![developer()],
        source: source(None),
        pull,
        as_of: Some(ago(0)),
        now: NOW,
    }
}

/// Links to a tag.
pub(super) fn tags() -> Vec<Shared> {
    let sighting = |byte: &str, days| TagSighting {
        digest: digest(byte),
        version_tag: None,
        first_seen: ago(days),
        last_seen: None,
        gone: None,
    };
    let whole = TagDetail {
        label: label("prod", TagKind::Moved),
        image: row(),
        siblings: labels(),
        seen: vec![sighting("3f", 2), sighting("81", 9)],
        absent_before: None,
        more: 0,
        gaps: Vec::new(),
        context: context(shown(())),
    };
    let sparse = |pull| TagDetail {
        siblings: vec![],
        seen: vec![],
        context: ImageContext {
            as_of: None,
            ..context(pull)
        },
        ..whole.clone()
    };
    let withheld = [
        Action::BatchGetImage,
        Action::GetDownloadUrlForLayer,
        Action::DescribeImages,
        Action::ListImages,
    ]
    .map(|action| sparse(withheld(action)));
    let details = [whole.clone()].into_iter().chain(withheld);
    let shared = |detail| Shared {
        view: SharedView::Tag(Box::new(detail)),
        more: vec![(SharedPart::Sightings, 7)],
        tags: None,
        seen_at: None,
    };
    details.map(shared).collect()
}

/// Links that save a repository's tags, or when a tag was seen and when it was missing.
pub(super) fn with_the_tags_of_then() -> Vec<Shared> {
    let at = |tag: &str, byte: &str| TagAt {
        tag: tag.parse().unwrap(),
        digest: digest(byte),
    };
    let repository = repository(shown(settings(Mutability::Mutable)));
    let kept = Shared {
        tags: Some(TagList {
            tags: vec![at("prod", "3f"), at("1.4.2-build.831", "3f")],
            more: 7,
        }),
        ..of_repository(repository, page(None))
    };
    let mut seen = tags().remove(0);
    if let SharedView::Tag(detail) = &mut seen.view {
        detail.seen[1].last_seen = Some(ago(3));
        detail.absent_before = Some(ago(10));
    }
    vec![kept, seen]
}

/// Links whose target could not be read again when they were created. One of them is to a tag that
/// was already missing.
pub(super) fn as_seen_before() -> Vec<Shared> {
    let all = [repositories(), tags(), images()];
    let mut firsts: Vec<_> = all.into_iter().map(|mut all| all.remove(0)).collect();
    for shared in &mut firsts {
        shared.seen_at = Some(ago(1));
    }
    if let SharedView::Tag(detail) = &mut firsts[1].view {
        (detail.seen[1].last_seen, detail.seen[1].gone) = (Some(ago(4)), Some(ago(3)));
    }
    firsts
}
