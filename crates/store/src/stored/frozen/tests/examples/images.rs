//! Links to an image.

use super::*;

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
pub(in super::super) fn images() -> Vec<Shared> {
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
pub(in super::super) fn images_with_what_was_added() -> Vec<Shared> {
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
pub(in super::super) fn scans_told_apart() -> Vec<Shared> {
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
/// A link to a tag whose history names versions.
pub(in super::super) fn with_versions_in_the_history() -> Vec<Shared> {
    let mut shared = tags().remove(0);
    if let SharedView::Tag(detail) = &mut shared.view {
        detail.seen[0].version_tag = Some("1.4.2-build.831".parse().unwrap());
    }
    vec![shared]
}

pub(in super::super) fn that_moved_often() -> Vec<Shared> {
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
pub(in super::super) fn with_archived_images() -> Vec<Shared> {
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
pub(in super::super) fn images_with_a_health_check() -> Vec<Shared> {
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

pub(in super::super) fn images_with_an_inner_index() -> Vec<Shared> {
    let mut manifest = manifest();
    for child in &mut manifest.children {
        child.is_index = true;
    }
    vec![of_image(ImageDetail {
        manifest: shown(manifest),
        ..whole_image()
    })]
}
