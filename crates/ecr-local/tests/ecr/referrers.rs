use aws_sdk_ecr::types::{ListImageReferrersFilter, SubjectIdentifier};
use serde_json::json;

use crate::world::{Manifest, OCI_CONFIG, OCI_MANIFEST, USERS, World, code, descriptor};

const SIGNATURE: &str = "application/vnd.example.signature";
const SBOM: &str = "application/spdx+json";

/// Pushes an artifact that refers to another manifest, which does not have to exist.
async fn refer(world: &World, artifact_type: &str, subject: &Manifest, note: &str) -> Manifest {
    world.upload(USERS, b"{}").await;
    let referrer = Manifest::of(json!({
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "artifactType": artifact_type,
        "config": descriptor("application/vnd.oci.empty.v1+json", b"{}"),
        "layers": [],
        "subject": descriptor(OCI_MANIFEST, subject.text.as_bytes()),
        "annotations": { "note": note },
    }));
    world.put(USERS, &referrer, None).await.unwrap();
    referrer
}

fn subject(manifest: &Manifest) -> SubjectIdentifier {
    SubjectIdentifier::builder()
        .image_digest(manifest.digest())
        .build()
        .unwrap()
}

#[tokio::test]
async fn referrers_are_found_by_their_subject_and_type() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "1.0").await;
    let signature = refer(&world, SIGNATURE, &image, "signed").await;
    refer(&world, SBOM, &image, "parts").await;
    let other = world.image(USERS, "users 2").await;
    refer(&world, SIGNATURE, &other, "for an image that never came").await;

    let list = || {
        world
            .ecr
            .list_image_referrers()
            .repository_name(USERS)
            .subject_id(subject(&image))
    };
    assert_eq!(list().send().await.unwrap().referrers().len(), 2);
    let signatures = ListImageReferrersFilter::builder()
        .artifact_types(SIGNATURE)
        .build();
    let found = list()
        .filter(signatures)
        .send()
        .await
        .unwrap()
        .referrers
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].digest(), signature.digest());
    assert_eq!(found[0].artifact_type(), Some(SIGNATURE));
    assert_eq!(found[0].size(), signature.text.len() as i64);
    assert_eq!(found[0].annotations().unwrap()["note"], "signed");
    let waiting = world
        .ecr
        .list_image_referrers()
        .repository_name(USERS)
        .subject_id(subject(&other));
    assert_eq!(waiting.send().await.unwrap().referrers().len(), 1);
}

#[tokio::test]
async fn referrers_are_paged() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "1.0").await;
    for number in 0..5 {
        refer(&world, SBOM, &image, &number.to_string()).await;
    }
    let list = || {
        world
            .ecr
            .list_image_referrers()
            .repository_name(USERS)
            .subject_id(subject(&image))
            .max_results(2)
    };
    let mut token = None;
    let mut sizes = Vec::new();
    loop {
        let page = list().set_next_token(token).send().await.unwrap();
        sizes.push(page.referrers().len());
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [2, 2, 1]);
    let long = world
        .ecr
        .list_image_referrers()
        .repository_name(USERS)
        .subject_id(subject(&image));
    assert_eq!(
        code(&long.max_results(51).send().await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test]
async fn an_image_names_its_subject() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "1.0").await;
    let sbom = refer(&world, SBOM, &image, "parts").await;
    world.put(USERS, &sbom, Some("sbom")).await.unwrap();
    let detail = world.describe(USERS, "sbom").await.unwrap();
    assert_eq!(
        detail.subject_manifest_digest(),
        Some(image.digest().as_str())
    );
    let detail = world.describe(USERS, "1.0").await.unwrap();
    assert_eq!(detail.artifact_media_type(), Some(OCI_CONFIG));
}
