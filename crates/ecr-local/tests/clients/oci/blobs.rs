use bytes::Bytes;
use ecr_local::Running;
use ecr_local::registry::Digest;
use reqwest::{Method, StatusCode};

use super::{Oci, error_code, header};
use crate::support::{create, empty};

fn blob(endpoint: &Running, repository: &str, digest: &Digest) -> Option<Bytes> {
    let bytes = endpoint.registry().read_images(repository, |images| {
        Ok(images.blob(digest).map(|content| content.bytes()))
    });
    bytes.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_is_uploaded_in_chunks_without_gaps() {
    let endpoint = empty().await;
    create(&endpoint, "a/b");
    let oci = Oci::of(&endpoint).await;
    let upload = oci.start_upload("a/b").await;
    let chunk = |range: &'static str, body: &'static str| {
        let request = oci.request(Method::PATCH, &upload);
        request.header("content-range", range).body(body).send()
    };
    let first = chunk("0-4", "Hello").await.unwrap();
    assert_eq!(first.status(), StatusCode::ACCEPTED);
    assert_eq!(header(&first, "range"), "0-4");
    let gap = chunk("9-10", "!!").await.unwrap();
    assert_eq!(gap.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let second = chunk("5-8", ", wo").await.unwrap();
    assert_eq!(header(&second, "range"), "0-8");

    let digest = Digest::of(b"Hello, world");
    let last = oci.request(Method::PUT, &format!("{upload}?digest={digest}"));
    let done = last.body("rld").send().await.unwrap();
    assert_eq!(done.status(), StatusCode::CREATED);
    let stored = endpoint
        .registry()
        .read_images("a/b", |images| Ok(images.find_blob(&digest)?.bytes()));
    assert_eq!(stored.unwrap(), "Hello, world");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_with_a_different_hash_is_refused() {
    let endpoint = empty().await;
    create(&endpoint, "a/b");
    let oci = Oci::of(&endpoint).await;
    let promised = Digest::of(b"Hello, world");
    let upload = oci.start_upload("a/b").await;
    let put = oci.request(Method::PUT, &format!("{upload}?digest={promised}"));
    let refused = put.body("Hello").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(error_code(refused).await, "DIGEST_INVALID");
    assert_eq!(blob(&endpoint, "a/b", &promised), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_can_be_read_in_part() {
    let endpoint = empty().await;
    create(&endpoint, "a/b");
    let digest = endpoint
        .registry()
        .insert_blob("a/b", b"Hello, world".to_vec())
        .unwrap();
    let oci = Oci::of(&endpoint).await;
    let blob = format!("/v2/a/b/blobs/{digest}");
    let request = oci.request(Method::GET, &blob).header("range", "bytes=7-");
    let part = request.send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header(&part, "content-range"), "bytes 7-11/12");
    assert_eq!(part.text().await.unwrap(), "world");
    let head = oci.send(Method::HEAD, &blob).await;
    assert_eq!(header(&head, "content-length"), "12");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_is_mounted_if_the_account_allows_it() {
    let endpoint = empty().await;
    create(&endpoint, "from/here");
    create(&endpoint, "to/there");
    let registry = endpoint.registry();
    let digest = registry
        .insert_blob("from/here", b"layer".to_vec())
        .unwrap();
    let oci = Oci::of(&endpoint).await;
    let mount = format!("/v2/to/there/blobs/uploads/?mount={digest}&from=from/here");

    let refused = oci.send(Method::POST, &mount).await;
    assert_eq!(
        refused.status(),
        StatusCode::ACCEPTED,
        "an ordinary upload instead"
    );
    assert_eq!(blob(&endpoint, "to/there", &digest), None);

    registry.account().set("BLOB_MOUNTING", "ENABLED").unwrap();
    let mounted = oci.send(Method::POST, &mount).await;
    assert_eq!(mounted.status(), StatusCode::CREATED);
    assert_eq!(blob(&endpoint, "to/there", &digest).unwrap(), "layer");
}
