//! Examples of what links save, with every optional part and every variant.

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

fn page(problem: Option<Problem>) -> Page<ImageRow> {
    Page {
        rows: rows(),
        total: 640,
        matching: 320,
        number: 1,
        pages: 1,
        as_of: problem.is_none().then(|| ago(0)),
        incomplete: problem.is_some(),
        problem,
        now: NOW,
    }
}

fn settings(mutability: Mutability) -> RepositorySettings {
    RepositorySettings {
        created: (mutability != Mutability::Mutable).then(|| ago(400)),
        scan_on_push: mutability != Mutability::Immutable,
        encryption: text("KMS"),
        mutability,
    }
}

fn repository(settings: Section<RepositorySettings>) -> RepositoryDetail {
    RepositoryDetail {
        repository: "retail/storefront/users-api".parse().unwrap(),
        visibility: Visibility::Images,
        through: vec![developer(), GrantedVia::Review],
        arn: text("arn:aws:ecr:eu-central-1:000000000000:repository/storefront/users-api"),
        source: source(Some("http://127.0.0.1:4510")),
        pull: shown(()),
        settings,
        resource_tags: shown(vec![pair("team", "storefront"), pair("tier", "")]),
        policy: shown(true),
        lifecycle: shown(()),
        counts: RepositoryCounts {
            images: 640,
            untagged: 12,
            archived: None,
            indexes: None,
            unread_indexes: None,
            tags: 1_280,
            size: 98_765_432_109,
            findings: FindingCounts([6, 5, 4, 3, 2, 1]),
            scans: None,
        },
        as_of: Some(ago(0)),
        now: NOW,
    }
}

fn of_repository(detail: RepositoryDetail, images: Page<ImageRow>) -> Shared {
    Shared {
        view: SharedView::Repository {
            detail: Box::new(detail),
            images,
        },
        more: Vec::new(),
        tags: None,
        seen_at: None,
    }
}

/// Links to a repository.
pub(super) fn repositories() -> Vec<Shared> {
    let filters = |filter: &str| vec![text(filter), text("*-rc*")];
    let whole = Shared {
        more: PARTS.into_iter().zip(1..).collect(),
        ..of_repository(
            repository(shown(settings(Mutability::MutableExcept(filters("v*"))))),
            page(None),
        )
    };
    let listed = RepositoryDetail {
        visibility: Visibility::Tags,
        pull: withheld(Action::BatchGetImage),
        resource_tags: withheld(Action::ListTagsForResource),
        policy: withheld(Action::GetRepositoryPolicy),
        lifecycle: withheld(Action::GetLifecyclePolicy),
        counts: RepositoryCounts::default(),
        as_of: None,
        ..repository(shown(settings(Mutability::Immutable)))
    };
    let empty = RepositoryDetail {
        visibility: Visibility::Name,
        source: source(None),
        pull: absent(GrantedVia::Review),
        resource_tags: absent(developer()),
        policy: absent(developer()),
        lifecycle: absent(developer()),
        ..repository(shown(settings(Mutability::ImmutableExcept(filters(
            "latest",
        )))))
    };
    let failing = PROBLEMS.map(|problem| {
        let detail = RepositoryDetail {
            resource_tags: unavailable(problem),
            policy: shown(false),
            ..repository(shown(settings(Mutability::Mutable)))
        };
        of_repository(detail, page(Some(problem)))
    });
    let others = [listed, empty].map(|detail| of_repository(detail, page(None)));
    [whole].into_iter().chain(others).chain(failing).collect()
}

/// Links to a repository without its settings: version 1 had none.
pub(super) fn repositories_without_settings() -> Vec<Shared> {
    [
        withheld(Action::DescribeRepositories),
        absent(developer()),
        unavailable(Problem::Gone),
    ]
    .map(|settings| of_repository(repository(settings), page(None)))
    .into()
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

fn manifest() -> ManifestView {
    let child = |scan| ChildView {
        digest: digest("81"),
        platform: Some(arm()),
        size: 4_096,
        role: Some(text("attestation-manifest")),
        is_index: false,
        scan,
    };
    let bare = ChildView {
        platform: None,
        role: None,
        ..child(Scan::None)
    };
    let layer = LayerView {
        digest: digest("aa").to_string(),
        size: 1_048_576,
        media_type: text("application/vnd.oci.image.layer.v1.tar+gzip"),
        created_by: Some(text("COPY")),
        urls: vec![text("https://example.com/layer")],
    };
    let base = LayerView {
        created_by: None,
        urls: vec![],
        ..layer.clone()
    };
    ManifestView {
        media_type: text("application/vnd.oci.image.manifest.v1+json"),
        raw: String::new(),
        size: 0,
        escaped: 0,
        children: scans().map(child).into_iter().chain([bare]).collect(),
        layers: vec![layer, base],
        annotations: vec![pair("org.opencontainers.image.title", "<b>é\u{202e}</b>")],
        subject: Some(digest("c4")),
        config_size: 0,
        cut: 0,
        unread: vec![],
    }
}

fn config() -> ConfigView {
    let step = HistoryStep {
        created: Some(ago(5)),
        created_by: text("RUN"),
        comment: Some(text("buildkit.dockerfile.v0")),
        empty_layer: true,
    };
    ConfigView {
        platform: Some(amd64()),
        created: Some(ago(5)),
        author: Some(text("Ana")),
        entrypoint: vec![text("/bin/users-api")],
        command: vec![text("--port"), text("8080")],
        user: Some(text("65532")),
        working_directory: Some(text("/srv")),
        stop_signal: Some(text("SIGTERM")),
        environment: vec![pair("PATH", ""), pair("TOKEN", "…")],
        environment_bare: vec![],
        environment_cut: false,
        ports: vec![text("8080/tcp")],
        volumes: vec![text("/data")],
        health_check: vec![],
        labels: vec![pair("team", "storefront")],
        history: vec![step, HistoryStep::default()],
        cut: 3,
        unread: vec![],
    }
}

fn referrers() -> Vec<ReferrerView> {
    let meanings = [
        ReferrerMeaning::Signature,
        ReferrerMeaning::Sbom,
        ReferrerMeaning::Attestation,
        ReferrerMeaning::Other,
    ];
    let referrer = |meaning| ReferrerView {
        digest: digest("c4"),
        artifact_type: (meaning != ReferrerMeaning::Other).then(|| text("application/spdx+json")),
        meaning,
        size: (meaning != ReferrerMeaning::Other).then_some(512),
        annotations: vec![pair("created", "2026-11-22")],
        by_tag: None,
        cut: 0,
        more_follow: false,
    };
    meanings.map(referrer).into()
}

fn findings(scan: Scan) -> FindingsView {
    let finding = |severity| FindingView {
        name: text("CVE-2026-1234"),
        severity,
        package: Some(text("openssl")),
        version: Some(text("3.0.11")),
        fixed_in: Some(text("3.0.12")),
        description: Some(text("A buffer is read past its end.")),
        link: Some(text("https://nvd.nist.gov/vuln/detail/CVE-2026-1234")),
    };
    let bare = FindingView {
        package: None,
        version: None,
        fixed_in: None,
        description: None,
        link: None,
        ..finding(Severity::Undefined)
    };
    let severities = Severity::WORST_FIRST.map(finding).into_iter();
    FindingsView {
        scanned: (scan != Scan::Pending).then(|| ago(2)),
        scan,
        remark: (scan == Scan::Failed).then(|| text("UnsupportedImageError")),
        findings: severities.chain([bare]).collect(),
        more: 9,
    }
}

fn whole_image() -> ImageDetail {
    ImageDetail {
        context: context(shown(())),
        image: row(),
        part_of: rows(),
        more_part_of: 0,
        manifest: shown(manifest()),
        config: shown(config()),
        referrers: shown(referrers()),
        index_referrers: vec![],
        findings: shown(findings(Scan::Found(FindingCounts([1, 0, 2, 0, 3, 0])))),
    }
}

fn of_image(detail: ImageDetail) -> Shared {
    Shared {
        tags: None,
        seen_at: None,
        view: SharedView::Image(Box::new(detail)),
        more: vec![(SharedPart::Layers, 4_000_000_000)],
    }
}

/// Links to an image, with the fields of version 1.
pub(super) fn images() -> Vec<Shared> {
    let whole = whole_image();
    let bare = ImageDetail {
        part_of: vec![],
        manifest: withheld(Action::BatchGetImage),
        config: absent(developer()),
        referrers: unavailable(Problem::Throttled),
        findings: withheld(Action::DescribeImageScanFindings),
        ..whole.clone()
    };
    let scanned = scans().map(|scan| ImageDetail {
        manifest: shown(ManifestView {
            children: vec![],
            layers: vec![],
            annotations: vec![],
            subject: None,
            ..manifest()
        }),
        config: shown(ConfigView::default()),
        referrers: absent(developer()),
        findings: shown(findings(scan)),
        ..bare.clone()
    });
    let details = [whole, bare].into_iter().chain(scanned);
    details.map(of_image).collect()
}

/// Links to a Windows image with unusual values, which is signed by tags and as a platform of an
/// index.
pub(super) fn images_with_what_was_added() -> Vec<Shared> {
    let platform = Platform {
        os: text("windows"),
        variant: None,
        os_version: Some(text("10.0.20348.2031")),
        os_features: vec![text("win32k")],
        ..amd64()
    };
    let signature = ReferrerView {
        by_tag: Some(format!("sha256-{}.sig", "3f".repeat(32)).parse().unwrap()),
        cut: 1,
        more_follow: true,
        ..referrers().remove(0)
    };
    let meanings = [
        ReferrerMeaning::Signature,
        ReferrerMeaning::Sbom,
        ReferrerMeaning::Attestation,
    ];
    vec![of_image(ImageDetail {
        more_part_of: 7,
        manifest: shown(ManifestView {
            size: 4_321,
            escaped: 2,
            config_size: 1_234,
            cut: 5,
            unread: vec![text("layers[0].urls")],
            ..manifest()
        }),
        config: shown(ConfigView {
            platform: Some(platform),
            environment_cut: true,
            unread: vec![text("config.Cmd"), text("config.Labels[\"é\"]")],
            ..config()
        }),
        referrers: shown(vec![signature]),
        index_referrers: vec![
            IndexReferrers {
                index: digest("81"),
                meanings: Some(meanings.into()),
            },
            IndexReferrers {
                index: digest("c4"),
                meanings: None,
            },
        ],
        ..whole_image()
    })]
}

/// Links to a repository and to an index, with all states of scans.
pub(super) fn scans_told_apart() -> Vec<Shared> {
    let summary = ScanSummary {
        worst: Some(Severity::High),
        scanned: 9,
        not_scanned: 8,
        pending: 7,
        failed: 6,
        unreadable: 5,
        unread: 4,
        artifacts: 3,
    };
    let unknown = [Scan::Unreadable, Scan::Unread];
    let mut images = page(None);
    for (row, scan) in images.rows.iter_mut().zip(unknown) {
        let facts = row.facts.as_mut().unwrap();
        (facts.scan, facts.platform_scans) = (scan, Some(summary));
    }
    let detail = repository(shown(settings(Mutability::Immutable)));
    let counts = RepositoryCounts {
        scans: Some(summary),
        ..detail.counts
    };
    let children = unknown.map(|scan| ChildView {
        scan,
        ..manifest().children.remove(0)
    });
    let image = ImageDetail {
        manifest: shown(ManifestView {
            children: children.into(),
            ..manifest()
        }),
        ..whole_image()
    };
    vec![
        of_repository(RepositoryDetail { counts, ..detail }, images),
        of_image(image),
    ]
}

/// A link to a tag that moved more often than the link shows.
pub(super) fn that_moved_often() -> Vec<Shared> {
    let mut shared = tags().remove(0);
    if let SharedView::Tag(detail) = &mut shared.view {
        detail.more = 12;
        detail.gaps = vec![model::image::HistoryGap {
            from: ago(3),
            until: ago(2),
        }];
    }
    vec![shared]
}

/// A link to a repository with archived images.
pub(super) fn with_archived_images() -> Vec<Shared> {
    let detail = repository(shown(settings(Mutability::Immutable)));
    let counts = RepositoryCounts {
        archived: Some(7),
        indexes: Some(20),
        unread_indexes: Some(3),
        ..detail.counts
    };
    vec![of_repository(
        RepositoryDetail { counts, ..detail },
        page(None),
    )]
}

/// A link to an image with a health check and an entry of the environment that sets no value.
pub(super) fn images_with_a_health_check() -> Vec<Shared> {
    vec![of_image(ImageDetail {
        config: shown(ConfigView {
            environment: vec![pair("PATH", "/bin"), pair("HOME", "")],
            environment_bare: vec![1],
            health_check: vec![text("CMD-SHELL"), text("curl -f localhost")],
            ..config()
        }),
        ..whole_image()
    })]
}

pub(super) fn images_with_an_inner_index() -> Vec<Shared> {
    let mut manifest = manifest();
    for child in &mut manifest.children {
        child.is_index = true;
    }
    vec![of_image(ImageDetail {
        manifest: shown(manifest),
        ..whole_image()
    })]
}
