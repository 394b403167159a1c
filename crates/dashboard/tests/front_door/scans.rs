//! Scan states: an image that was not scanned, not read or not shown never appears as "no
//! findings".

use access::Viewer;
use aws_sdk_ecr::types::ImageIdentifier;
use dashboard::Gantry;
use ecr_local::{Fault, Rule, registry::ErrorKind};
use model::{
    Digest, UnreadRows, Visibility,
    image::{Scan, ScanSummary},
    query::{FindingsFilter, ImageQuery, RepositoryQuery},
    repository::RepositoryRow,
};
use serde_json::{Value, json};

use crate::world::*;

const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// The repository of each test. The developer has full access; the auditor may not pull.
async fn world() -> World {
    let world = World::new().await;
    let looks = ["ecr:DescribeImages", "ecr:DescribeImageScanFindings"];
    let policy = [allow(DEVELOPER, &["ecr:*"]), allow(AUDITOR, &looks)];
    world.repository("team/api", &policy).await;
    world
}

async fn scan(world: &World, digest: &Digest) {
    let id = ImageIdentifier::builder().image_digest(digest.as_str());
    let started = world.ecr.start_image_scan().repository_name("team/api");
    started.image_id(id.build()).send().await.unwrap();
}

/// Pushes the image of a platform. An image without layers has nothing to scan.
async fn platform(world: &World, architecture: &str, layer: Option<&str>) -> Digest {
    let config = json!({"os": "linux", "architecture": architecture}).to_string();
    let config_type = "application/vnd.oci.image.config.v1+json";
    let layer_type = "application/vnd.oci.image.layer.v1.tar";
    let mut layers = Vec::new();
    if let Some(content) = layer {
        layers.push(world.blob("team/api", content, layer_type).await);
    }
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST, "layers": layers,
        "config": world.blob("team/api", &config, config_type).await,
    });
    world.put("team/api", &manifest, None).await
}

async fn index(world: &World, platforms: &[(&str, &Digest)], tag: &str) -> Digest {
    let entry = |(architecture, digest): &(&str, &Digest)| {
        json!({
            "mediaType": MANIFEST, "digest": digest.as_str(), "size": 100,
            "platform": {"os": "linux", "architecture": architecture},
        })
    };
    let manifests: Vec<Value> = platforms.iter().map(entry).collect();
    let index = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests});
    world.put("team/api", &index, Some(tag)).await
}

/// The row of the list, once its images were read.
async fn row(gantry: &Gantry, viewer: &Viewer) -> RepositoryRow {
    let api = repository_at("team/api");
    gantry.repositories.all_images(viewer, &api).await.unwrap();
    let list = gantry.repositories.list(viewer, &Default::default()).await;
    list.page.rows.into_iter().next().unwrap()
}

async fn summary(gantry: &Gantry, viewer: &Viewer) -> ScanSummary {
    let row = row(gantry, viewer).await;
    let api = repository_at("team/api");
    let detail = repository_detail(gantry, viewer, &api).await.unwrap();
    assert_eq!(
        detail.counts.scans, row.scans,
        "page and list show the same"
    );
    row.scans.unwrap()
}

#[tokio::test]
async fn images_that_were_never_scanned_are_not_shown_as_without_findings() {
    let world = world().await;
    let first = world.push("team/api", "first", "1.0").await;
    world.push("team/api", "second", "1.1").await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let never = ScanSummary {
        not_scanned: 2,
        ..ScanSummary::default()
    };
    assert_eq!(summary(&gantry, &ana).await, never);
    drop(gantry);

    scan(&world, &first).await;
    platform(&world, "amd64", None).await;
    let gantry = world.gantry().await;
    let half = summary(&gantry, &ana).await;
    assert_eq!((half.scanned, half.not_scanned), (1, 1));
}

#[tokio::test]
async fn a_failed_scan_is_reported() {
    let world = world().await;
    let bare = platform(&world, "amd64", None).await;
    let good = platform(&world, "arm64", Some("the files of arm64")).await;
    index(&world, &[("amd64", &bare), ("arm64", &good)], "1.0").await;
    scan(&world, &bare).await;
    scan(&world, &good).await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let summary = summary(&gantry, &ana).await;
    assert_eq!(
        (summary.scanned, summary.failed),
        (0, 1),
        "not every platform was scanned"
    );

    let api = repository_at("team/api");
    let images = gantry.repositories.all_images(&ana, &api).await.unwrap();
    let facts = images.rows[0].facts.as_ref().unwrap();
    let platforms = facts.platform_scans.unwrap();
    assert_eq!((platforms.scanned, platforms.failed), (1, 1));
    assert!(matches!(facts.scan, Scan::Found(_)), "{:?}", facts.scan);
}

#[tokio::test]
async fn a_viewer_who_may_not_read_an_index_learns_that_its_scans_are_not_shown() {
    let world = world().await;
    let amd64 = platform(&world, "amd64", Some("the files of amd64")).await;
    let index = index(&world, &[("amd64", &amd64)], "1.0").await;
    scan(&world, &amd64).await;
    let gantry = world.gantry().await;
    let ana = summary(&gantry, &viewer(&[DEVELOPER])).await;
    assert_eq!((ana.scanned, ana.images()), (1, 1));

    let chao = viewer(&[AUDITOR]);
    let hidden = ScanSummary {
        unreadable: 1,
        ..ScanSummary::default()
    };
    assert_eq!(summary(&gantry, &chao).await, hidden);
    let api = repository_at("team/api");
    let page = gantry.images.image(&chao, &api, &index).await.unwrap();
    assert_eq!(page.image.facts.unwrap().scan, Scan::Unreadable);
}

#[tokio::test]
async fn a_viewer_who_sees_only_tags_sees_no_scan_of_a_platform() {
    let world = World::new().await;
    let reads = ["ecr:ListImages", "ecr:BatchGetImage"];
    world
        .repository("team/api", &[allow(DEVELOPER, &reads)])
        .await;
    let amd64 = platform(&world, "amd64", Some("the files of amd64")).await;
    let index = index(&world, &[("amd64", &amd64)], "1.0").await;
    scan(&world, &amd64).await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let row = row(&gantry, &ana).await;
    assert_eq!((row.visibility, row.scans), (Visibility::Tags, None));
    let api = repository_at("team/api");
    let page = gantry.images.image(&ana, &api, &index).await.unwrap();
    let manifest = page.manifest.shown().unwrap();
    assert_eq!(manifest.children[0].scan, Scan::Unreadable);
}

#[tokio::test]
async fn an_index_that_gantry_could_not_read_is_not_shown_as_unscanned() {
    let world = world().await;
    let amd64 = platform(&world, "amd64", Some("the files of amd64")).await;
    index(&world, &[("amd64", &amd64)], "1.0").await;
    scan(&world, &amd64).await;
    let refuse = Rule::new(Fault::Refuse(ErrorKind::Server)).on("BatchGetImage");
    world.running.faults().add(refuse);
    let gantry = world.gantry().await;
    let unread = ScanSummary {
        unread: 1,
        ..ScanSummary::default()
    };
    assert_eq!(summary(&gantry, &viewer(&[DEVELOPER])).await, unread);
}

#[tokio::test]
async fn artifacts_are_not_counted_as_scannable() {
    let world = world().await;
    let image = world.push("team/api", "first", "1.0").await;
    let signature = image.as_str().replace(':', "-") + ".sig";
    world.push("team/api", "a signature", &signature).await;
    scan(&world, &image).await;
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let summary = summary(&gantry, &ana).await;
    assert!(summary.is_whole(), "{summary:?}");
    assert_eq!(summary.artifacts, 1);
}

#[tokio::test]
async fn lists_can_be_filtered_by_unscanned_images() {
    let world = world().await;
    let first = world.push("team/api", "first", "1.0").await;
    let second = world.push("team/api", "second", "1.1").await;
    scan(&world, &first).await;
    let (gantry, ana, api) = (
        world.gantry().await,
        viewer(&[DEVELOPER]),
        repository_at("team/api"),
    );
    let query = ImageQuery {
        findings: Some(FindingsFilter::NotScanned),
        ..ImageQuery::default()
    };
    let page = repository_images(&gantry, &ana, &api, &query)
        .await
        .unwrap();
    let found: Vec<_> = page.rows.iter().map(|row| &row.digest).collect();
    assert_eq!(found, [&second]);
    for (filter, matching) in [
        (FindingsFilter::NotScanned, 1),
        (FindingsFilter::NoFindings, 0),
    ] {
        let query = RepositoryQuery {
            findings: Some(filter),
            ..RepositoryQuery::default()
        };
        let list = gantry.repositories.list(&ana, &query).await;
        assert_eq!(list.page.matching, matching, "{filter:?}");
    }
}

#[tokio::test]
async fn a_filter_by_findings_says_of_how_many_repositories_the_viewer_may_not_know_them() {
    let world = World::new().await;
    let repositories = [("team/api", "ecr:*"), ("team/listed", "ecr:ListImages")];
    for (repository, action) in repositories {
        world
            .repository(repository, &[allow(DEVELOPER, &[action])])
            .await;
        world.push(repository, "first", "1.0").await;
    }
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    for (repository, _) in repositories {
        let repository = repository_at(repository);
        let images = gantry.repositories.all_images(&ana, &repository);
        images.await.unwrap();
    }
    for (filter, expected) in [
        (FindingsFilter::NotKnown, vec!["team/listed"]),
        (FindingsFilter::NotScanned, vec!["team/api"]),
    ] {
        let query = RepositoryQuery {
            findings: Some(filter),
            ..RepositoryQuery::default()
        };
        let list = gantry.repositories.list(&ana, &query).await;
        let rows = list.page.rows.iter();
        let names: Vec<_> = rows.map(|row| row.repository.name.as_str()).collect();
        assert_eq!(names, expected, "{filter:?}");
        assert_eq!(list.unread.withheld, 1, "{filter:?}");
    }
    let whole = gantry.repositories.all(&ana).await;
    assert_eq!(RepositoryQuery::default().unread(&whole.rows).withheld, 1);
}

#[tokio::test]
async fn a_list_shows_how_many_repositories_have_no_counts_yet() {
    let world = world().await;
    world
        .repository("team/other", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    world
        .repository("team/closed", &[allow(AUDITOR, &["ecr:*"])])
        .await;
    world.push("team/api", "first", "1.0").await;
    let refuse = Rule::new(Fault::Refuse(ErrorKind::Server)).on("DescribeImages");
    world.running.faults().add(refuse);
    let (gantry, ana) = (world.gantry().await, viewer(&[DEVELOPER]));
    let query = RepositoryQuery {
        findings: Some(FindingsFilter::NotScanned),
        ..RepositoryQuery::default()
    };
    let mut list = gantry.repositories.list(&ana, &query).await;
    for _ in 0..100 {
        if list.unread.failed == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        list = gantry.repositories.list(&ana, &query).await;
    }
    let failed = UnreadRows {
        failed: 2,
        ..UnreadRows::default()
    };
    assert_eq!(
        list.unread, failed,
        "nothing that only another team may see"
    );
    assert_eq!((list.page.matching, list.page.total), (0, 2));
    let whole = gantry.repositories.all(&ana).await;
    assert_eq!(query.unread(&whole.rows), failed);
    assert!(
        whole.rows.iter().all(|row| row.images.is_none()),
        "no zeros"
    );
}
