use ecr_local::registry::{Digest, Reference, SigningConfiguration, SigningRule, Timestamp};
use reqwest::{Method, Response, StatusCode};
use serde_json::Value;

use super::{Oci, error_code, header};
use crate::support::{create, empty};

const MEDIA_TYPE: &str = "application/vnd.oci.image.manifest.v1+json";
const PATH: &str = "/v2/ab/manifests/1.0";

/// A manifest over the config `{}`, with white space that no serializer would write: it must be preserved.
fn manifest() -> String {
    let config = Digest::of(b"{}");
    format!(
        "{{ \"schemaVersion\":2,\n\t\"mediaType\":\"{MEDIA_TYPE}\", \"layers\":[],\n\"config\":{{\"mediaType\":\
         \"application/vnd.oci.image.config.v1+json\",\"digest\":\"{config}\",\"size\":2}} }}\n"
    )
}

async fn put(oci: &Oci) -> Response {
    let request = oci
        .request(Method::PUT, PATH)
        .header("content-type", MEDIA_TYPE);
    request.body(manifest()).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_needs_its_blobs() {
    let endpoint = empty().await;
    create(&endpoint, "ab");
    let oci = Oci::of(&endpoint).await;
    let early = put(&oci).await;
    assert_eq!(early.status(), StatusCode::NOT_FOUND);
    assert_eq!(error_code(early).await, "MANIFEST_BLOB_UNKNOWN");
    endpoint
        .registry()
        .insert_blob("ab", b"{}".to_vec())
        .unwrap();
    assert_eq!(put(&oci).await.status(), StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_keeps_its_bytes() {
    let endpoint = empty().await;
    create(&endpoint, "ab");
    endpoint
        .registry()
        .insert_blob("ab", b"{}".to_vec())
        .unwrap();
    let oci = Oci::of(&endpoint).await;
    let digest = Digest::of(manifest().as_bytes()).to_string();
    for attempt in ["the first time", "again, which is no error here"] {
        let stored = put(&oci).await;
        assert_eq!(stored.status(), StatusCode::CREATED, "{attempt}");
        assert_eq!(header(&stored, "docker-content-digest"), digest);
    }
    let read = oci.get(PATH).await;
    assert_eq!(header(&read, "content-type"), MEDIA_TYPE);
    assert_eq!(read.text().await.unwrap(), manifest());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_without_a_media_type_needs_one_in_the_header() {
    let endpoint = empty().await;
    create(&endpoint, "ab");
    let registry = endpoint.registry();
    registry.insert_blob("ab", b"{}".to_vec()).unwrap();
    let oci = Oci::of(&endpoint).await;
    let stated = format!("\"mediaType\":\"{MEDIA_TYPE}\", \"layers\"");
    let bare = manifest().replace(&stated, "\"layers\"");
    assert_ne!(bare, manifest());
    let put = || oci.request(Method::PUT, PATH).body(bare.clone());
    let refused = put().send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(error_code(refused).await, "MANIFEST_INVALID");
    let stored = put().header("content-type", MEDIA_TYPE).send().await;
    assert_eq!(stored.unwrap().status(), StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_is_not_converted_for_a_client_of_another_format() {
    let endpoint = empty().await;
    create(&endpoint, "ab");
    endpoint
        .registry()
        .insert_blob("ab", b"{}".to_vec())
        .unwrap();
    let oci = Oci::of(&endpoint).await;
    put(&oci).await;
    let docker = "application/vnd.docker.distribution.manifest.v2+json";
    let request = oci.request(Method::GET, PATH).header("accept", docker);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(error_code(answer).await, "MANIFEST_UNKNOWN");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_deleted_with_its_last_tag() {
    let endpoint = empty().await;
    create(&endpoint, "ab");
    let registry = endpoint.registry();
    registry.insert_blob("ab", b"{}".to_vec()).unwrap();
    let oci = Oci::of(&endpoint).await;
    put(&oci).await;
    let gone = oci.send(Method::DELETE, PATH).await;
    assert_eq!(gone.status(), StatusCode::ACCEPTED);
    let digest = Reference::Digest(Digest::of(manifest().as_bytes()));
    assert!(registry.image_by_reference("ab", &digest).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_is_signed_if_a_rule_says_so() {
    let endpoint = empty().await;
    create(&endpoint, "ab");
    let registry = endpoint.registry();
    registry.insert_blob("ab", b"{}".to_vec()).unwrap();
    let profile = "arn:aws:signer:eu-central-1:111122223333:/signing-profiles/release";
    let rule = SigningRule {
        signing_profile_arn: profile.to_owned(),
        repository_filters: None,
    };
    registry
        .set_signing_configuration(SigningConfiguration { rules: vec![rule] })
        .unwrap();
    let oci = Oci::of(&endpoint).await;
    put(&oci).await;
    let digest = Digest::of(manifest().as_bytes());
    let referrers = oci.get(&format!("/v2/ab/referrers/{digest}")).await;
    let referrers: Value = referrers.json().await.unwrap();
    assert_eq!(
        referrers["manifests"][0]["artifactType"],
        "application/vnd.cncf.notary.signature"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_of_an_archived_image_restores_it() {
    let endpoint = empty().await;
    create(&endpoint, "ab");
    let registry = endpoint.registry();
    registry.insert_blob("ab", b"{}".to_vec()).unwrap();
    let oci = Oci::of(&endpoint).await;
    put(&oci).await;
    let tag = Reference::Tag("1.0".to_owned());
    let archived = registry.change_images("ab", |images| {
        images.set_archived(&tag, true, Timestamp::now())?;
        Ok(())
    });
    archived.unwrap();
    assert_eq!(oci.get(PATH).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(put(&oci).await.status(), StatusCode::CREATED);
    assert_eq!(oci.get(PATH).await.status(), StatusCode::OK);
}
