//! Referrers of an image: signatures, SBOMs and attestations, pushed in every supported way.

use aws_sdk_ecr::types::ImageIdentifier;
use dashboard::Gantry;
use model::{
    Digest,
    image::{ImageDetail, ImageKind, ImageRow, IndexReferrers, ReferrerMeaning},
};
use serde_json::{Value, json};

use crate::world::*;

const API: &str = "team/api";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const IMAGE: &str = "application/vnd.oci.image.config.v1+json";
const EMPTY: &str = "application/vnd.oci.empty.v1+json";
const IN_TOTO: &str = "application/vnd.in-toto+json";
const COSIGN: &str = "application/vnd.dev.cosign.simplesigning.v1+json";

async fn world() -> World {
    let world = World::new().await;
    let everything = allow(DEVELOPER, &["ecr:*"]);
    let list = allow(AUDITOR, &["ecr:DescribeImages"]);
    world.repository(API, &[everything, list]).await;
    world
}

async fn image_of(gantry: &Gantry, digest: &Digest) -> ImageDetail {
    gantry
        .images
        .image(&viewer(&[DEVELOPER]), &repository_at(API), digest)
        .await
        .unwrap()
}

async fn row_of(gantry: &Gantry, role: &str, digest: &Digest) -> Option<ImageRow> {
    let images = gantry
        .repositories
        .all_images(&viewer(&[role]), &repository_at(API))
        .await
        .unwrap();
    images.rows.into_iter().find(|row| row.digest == *digest)
}

fn kind(row: &ImageRow) -> &ImageKind {
    &row.facts.as_ref().unwrap().kind
}

/// The tag that cosign uses for an artifact about an image.
fn tag_of(subject: &Digest, suffix: &str) -> String {
    subject.as_str().replace(':', "-") + suffix
}

/// A manifest with these types of config and layer, as clients push artifacts.
async fn holding(world: &World, config_type: &str, layer_type: &str, content: &str) -> Value {
    let config = json!({"os": "unknown", "architecture": "unknown"}).to_string();
    json!({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": world.blob(API, &config, config_type).await,
        "layers": [world.blob(API, content, layer_type).await],
    })
}

fn descriptor(digest: &Digest, more: Value) -> Value {
    let mut descriptor = json!({"mediaType": MANIFEST, "digest": digest.as_str(), "size": 1});
    descriptor
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    descriptor
}

async fn index(world: &World, children: Vec<Value>, tag: &str) -> Digest {
    let index = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": children});
    world.put(API, &index, Some(tag)).await
}

fn linux() -> Value {
    json!({"platform": {"os": "linux", "architecture": "amd64"}})
}

fn unknown() -> Value {
    json!({"platform": {"os": "unknown", "architecture": "unknown"}})
}

fn meanings(detail: &ImageDetail) -> Vec<ReferrerMeaning> {
    let referrers = detail.referrers.shown().map_or(&[][..], Vec::as_slice);
    referrers.iter().map(|referrer| referrer.meaning).collect()
}

#[tokio::test]
async fn artifacts_with_cosign_tags_are_referrers_of_the_image() {
    let world = world().await;
    let image = world.push(API, "the image", "1.0").await;
    let mut pushed = Vec::new();
    for (suffix, layer_type) in [(".sig", COSIGN), (".att", IN_TOTO), (".sbom", "text/spdx")] {
        let manifest = holding(&world, IMAGE, layer_type, suffix).await;
        let tag = tag_of(&image, suffix);
        pushed.push(world.put(API, &manifest, Some(&tag)).await);
    }
    let gantry = world.gantry().await;
    let page = image_of(&gantry, &image).await;
    let mut found = meanings(&page);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ReferrerMeaning::Signature,
            ReferrerMeaning::Sbom,
            ReferrerMeaning::Attestation
        ]
    );
    let referrers = page.referrers.shown().unwrap();
    for (digest, suffix) in pushed.iter().zip([".sig", ".att", ".sbom"]) {
        let referrer = referrers.iter().find(|it| it.digest == *digest).unwrap();
        let by_tag = referrer.by_tag.as_ref().unwrap().as_str();
        assert_eq!(by_tag, tag_of(&image, suffix));
    }
    let signature = row_of(&gantry, DEVELOPER, &pushed[0]).await.unwrap();
    assert_eq!(signature.subject_tag().unwrap().subject, image);
    let own = image_of(&gantry, &pushed[0]).await;
    assert_eq!(kind(&own.image), &ImageKind::Artifact(COSIGN.into()));
}

#[tokio::test]
async fn sizes_are_shown_only_with_the_action_that_returns_them() {
    let world = World::new().await;
    let tags = allow(AUDITOR, &["ecr:ListImages", "ecr:BatchGetImage"]);
    let everything = allow(DEVELOPER, &["ecr:*"]);
    world.repository(API, &[everything, tags]).await;
    let image = world.push(API, "x", "1.0").await;
    let signature = holding(&world, IMAGE, COSIGN, "signature").await;
    world
        .put(API, &signature, Some(&tag_of(&image, ".sig")))
        .await;
    let (gantry, api) = (world.gantry().await, repository_at(API));
    for (role, is_sized) in [(DEVELOPER, true), (AUDITOR, false)] {
        let looks = viewer(&[role]);
        let detail = gantry.images.image(&looks, &api, &image).await.unwrap();
        let referrers = detail.referrers.shown().unwrap();
        assert_eq!(referrers.len(), 1, "{role}");
        assert_eq!(referrers[0].size.is_some(), is_sized, "{role}");
        let own = gantry
            .images
            .image(&looks, &api, &referrers[0].digest)
            .await
            .unwrap();
        let own = own.image.facts.and_then(|facts| facts.size);
        assert_eq!(referrers[0].size, own, "{role}");
    }
}

#[tokio::test]
async fn the_index_of_the_referrers_tag_is_read() {
    let world = world().await;
    let image = world.push(API, "the image", "1.0").await;
    let sbom = holding(&world, EMPTY, "application/spdx+json", "the SBOM").await;
    let sbom = world.put(API, &sbom, None).await;
    let listed = descriptor(&sbom, json!({"artifactType": "application/spdx+json"}));
    index(&world, vec![listed], &tag_of(&image, "")).await;
    let page = image_of(&world.gantry().await, &image).await;
    let referrers = page.referrers.shown().unwrap();
    assert_eq!(
        (&referrers[0].digest, referrers[0].meaning),
        (&sbom, ReferrerMeaning::Sbom)
    );
    assert_eq!(referrers.len(), 1);
}

#[tokio::test]
async fn a_referrer_found_in_both_ways_is_listed_once() {
    let world = world().await;
    let image = world.push(API, "the image", "1.0").await;
    let mut signature = holding(&world, EMPTY, COSIGN, "the signature").await;
    signature["artifactType"] = json!(COSIGN);
    signature["subject"] = descriptor(&image, json!({}));
    world
        .put(API, &signature, Some(&tag_of(&image, ".sig")))
        .await;
    let page = image_of(&world.gantry().await, &image).await;
    let referrers = page.referrers.shown().unwrap();
    assert_eq!(referrers.len(), 1, "{referrers:?}");
    assert_eq!(referrers[0].by_tag, None, "its manifest has a subject");
}

#[tokio::test]
async fn a_platform_shows_the_referrers_of_its_index() {
    let world = world().await;
    let platform = world.push(API, "the image", "platform").await;
    let attestation = holding(&world, IMAGE, IN_TOTO, "the attestation").await;
    let attestation = world.put(API, &attestation, None).await;
    let mut beside = unknown();
    beside["annotations"] = json!({"vnd.docker.reference.type": "attestation-manifest"});
    let children = vec![
        descriptor(&platform, linux()),
        descriptor(&attestation, beside),
    ];
    let index = index(&world, children, "1.0").await;
    let signature = holding(&world, IMAGE, COSIGN, "the signature").await;
    world
        .put(API, &signature, Some(&tag_of(&index, ".sig")))
        .await;
    let page = image_of(&world.gantry().await, &platform).await;
    assert_eq!(meanings(&page), []);
    assert_eq!(
        page.index_referrers,
        [IndexReferrers {
            index,
            meanings: Some(vec![
                ReferrerMeaning::Signature,
                ReferrerMeaning::Attestation
            ]),
        }]
    );
}

#[tokio::test]
async fn an_attestation_without_its_annotation_is_recognized_by_its_content() {
    let world = world().await;
    let platform = world.push(API, "the image", "platform").await;
    let attestation = holding(&world, IMAGE, IN_TOTO, "the attestation").await;
    let attestation = world.put(API, &attestation, None).await;
    let children = vec![
        descriptor(&platform, linux()),
        descriptor(&attestation, unknown()),
    ];
    let index = index(&world, children, "1.0").await;
    let gantry = world.gantry().await;
    let row = row_of(&gantry, DEVELOPER, &index).await.unwrap();
    let platforms = &row.facts.as_ref().unwrap().platforms;
    let platforms: Vec<_> = platforms.iter().map(ToString::to_string).collect();
    assert_eq!(platforms, ["linux/amd64"]);
    let page = image_of(&gantry, &index).await;
    let children = &page.manifest.shown().unwrap().children;
    assert_eq!(children[1].role.as_deref(), Some(IN_TOTO));
    let own = image_of(&gantry, &attestation).await;
    assert_eq!(kind(&own.image), &ImageKind::Artifact(IN_TOTO.into()));
}

#[tokio::test]
async fn an_attestation_whose_index_was_deleted_is_no_image_whose_scan_failed() {
    let world = world().await;
    let attestation = holding(&world, IMAGE, IN_TOTO, "the attestation").await;
    let attestation = world.put(API, &attestation, None).await;
    let image = holding(&world, IMAGE, "application/octet-stream", "no layer").await;
    let image = world.put(API, &image, None).await;
    for digest in [&attestation, &image] {
        let id = ImageIdentifier::builder().image_digest(digest.as_str());
        let scan = world.ecr.start_image_scan().repository_name(API);
        scan.image_id(id.build()).send().await.unwrap();
    }
    let gantry = world.gantry().await;
    let row = row_of(&gantry, DEVELOPER, &attestation).await.unwrap();
    assert_eq!(kind(&row), &ImageKind::Artifact(IN_TOTO.into()));
    let row = row_of(&gantry, DEVELOPER, &image).await.unwrap();
    assert_eq!(kind(&row), &ImageKind::Image);
}

#[tokio::test]
async fn an_artifact_with_an_empty_config_has_the_type_in_its_manifest() {
    let world = world().await;
    let mut sbom = holding(&world, EMPTY, "application/json", "the SBOM").await;
    sbom["artifactType"] = json!("application/vnd.cyclonedx+json");
    let sbom = world.put(API, &sbom, Some("sbom")).await;
    let gantry = world.gantry().await;
    let expected = ImageKind::Artifact("application/vnd.cyclonedx+json".into());
    let row = row_of(&gantry, DEVELOPER, &sbom).await.unwrap();
    assert_eq!(kind(&row), &expected);
    assert_eq!(kind(&image_of(&gantry, &sbom).await.image), &expected);
    let row = row_of(&gantry, AUDITOR, &sbom).await.unwrap();
    assert_eq!(
        kind(&row),
        &ImageKind::Artifact(EMPTY.into()),
        "a viewer who may not read manifests sees the type from ECR's list"
    );
}

#[tokio::test]
async fn an_image_listed_twice_in_an_index_counts_once() {
    let world = world().await;
    let platform = world.push(API, "the image", "platform").await;
    let twice = vec![
        descriptor(&platform, linux()),
        descriptor(&platform, linux()),
    ];
    let index = index(&world, twice, "1.0").await;
    let gantry = world.gantry().await;
    let size = |row: &ImageRow| row.facts.as_ref().unwrap().size;
    let whole = row_of(&gantry, DEVELOPER, &index).await.unwrap();
    let part = row_of(&gantry, DEVELOPER, &platform).await.unwrap();
    assert!(size(&whole).is_some());
    assert_eq!(size(&whole), size(&part));
}

#[tokio::test]
async fn layers_that_are_listed_twice_or_stored_elsewhere_still_give_one_size() {
    let world = world().await;
    let layer = world
        .blob(API, "the files", "application/vnd.oci.image.layer.v1.tar")
        .await;
    let foreign = json!({
        "mediaType": "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
        "digest": digest("elsewhere").as_str(), "size": 1_000_000,
        "urls": ["https://layers.example.com/base"],
    });
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST, "config": world.blob(API, "{}", IMAGE).await,
        "layers": [foreign, layer, layer],
    });
    let image = world.put(API, &manifest, Some("1.0")).await;
    let page = image_of(&world.gantry().await, &image).await;
    let manifest = page.manifest.shown().unwrap();
    let stored: u64 = manifest.stored_layers().map(|layer| layer.size).sum();
    assert_eq!(
        Some(manifest.config_size + stored),
        page.image.facts.unwrap().size
    );
}
