//! The corners of the OCI API that skopeo does not turn, over plain HTTP.

use ecr_local::Running;
use ecr_local::registry::{Digest, Reference};
use reqwest::{Client, Method, RequestBuilder, StatusCode, header};
use serde_json::{Value, json};

use super::support::{create, demo, empty, password};

/// A logged-in HTTP client.
struct Oci {
    client: Client,
    root: String,
    password: String,
}

impl Oci {
    async fn of(endpoint: &Running) -> Self {
        Self {
            client: Client::new(),
            root: endpoint.endpoint_url(),
            password: password(endpoint).await,
        }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.root))
            .basic_auth("AWS", Some(&self.password))
    }
}

fn header_text(response: &reqwest::Response, name: &str) -> String {
    response.headers()[name].to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_told_how_to_log_in() {
    let endpoint = empty().await;
    for path in ["/v2/", "/v2/a/b/tags/list"] {
        let response = reqwest::get(format!("{}{path}", endpoint.endpoint_url()))
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert!(header_text(&response, "www-authenticate").starts_with("Basic realm="));
    }
    let oci = Oci::of(&endpoint).await;
    for path in ["/v2", "/v2/"] {
        let response = oci.request(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_is_pushed_in_chunks_and_read_in_part() {
    let endpoint = empty().await;
    create(&endpoint, "a/b");
    let oci = Oci::of(&endpoint).await;
    let started = oci
        .request(Method::POST, "/v2/a/b/blobs/uploads/")
        .send()
        .await
        .unwrap();
    assert_eq!(started.status(), StatusCode::ACCEPTED);
    let upload = header_text(&started, "location");

    let chunk = |range: &'static str, body: &'static str| {
        oci.request(Method::PATCH, &upload)
            .header(header::CONTENT_RANGE, range)
            .body(body)
            .send()
    };
    let first = chunk("0-4", "Hello").await.unwrap();
    assert_eq!(
        (first.status(), header_text(&first, "range")),
        (StatusCode::ACCEPTED, "0-4".to_owned())
    );
    let gap = chunk("9-10", "!!").await.unwrap();
    assert_eq!(gap.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let second = chunk("5-8", ", wo").await.unwrap();
    assert_eq!(header_text(&second, "range"), "0-8");

    let digest = Digest::of(b"Hello, world");
    let other = oci
        .request(Method::POST, "/v2/a/b/blobs/uploads/")
        .send()
        .await
        .unwrap();
    let wrong_upload = format!("{}?digest={digest}", header_text(&other, "location"));
    let refused = oci
        .request(Method::PUT, &wrong_upload)
        .body("Hello")
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["errors"][0]["code"], "DIGEST_INVALID");

    let done = oci
        .request(Method::PUT, &format!("{upload}?digest={digest}"))
        .body("rld")
        .send()
        .await
        .unwrap();
    assert_eq!(done.status(), StatusCode::CREATED);

    let blob = format!("/v2/a/b/blobs/{digest}");
    let part = oci
        .request(Method::GET, &blob)
        .header(header::RANGE, "bytes=7-")
        .send()
        .await
        .unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header_text(&part, "content-range"), "bytes 7-11/12");
    assert_eq!(part.text().await.unwrap(), "world");
    let head = oci.request(Method::HEAD, &blob).send().await.unwrap();
    assert_eq!(header_text(&head, "content-length"), "12");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_is_mounted_if_the_account_allows_it() {
    let endpoint = empty().await;
    create(&endpoint, "from/here");
    create(&endpoint, "to/there");
    let digest = endpoint
        .registry()
        .insert_blob("from/here", b"layer".to_vec())
        .unwrap();
    let oci = Oci::of(&endpoint).await;
    let mount = format!("/v2/to/there/blobs/uploads/?mount={digest}&from=from/here");

    let refused = oci.request(Method::POST, &mount).send().await.unwrap();
    assert_eq!(
        refused.status(),
        StatusCode::ACCEPTED,
        "an ordinary upload instead"
    );
    assert!(endpoint.registry().blob("to/there", &digest).is_err());

    endpoint
        .registry()
        .account()
        .set("BLOB_MOUNTING", "ENABLED")
        .unwrap();
    let mounted = oci.request(Method::POST, &mount).send().await.unwrap();
    assert_eq!(mounted.status(), StatusCode::CREATED);
    assert_eq!(
        endpoint
            .registry()
            .blob("to/there", &digest)
            .unwrap()
            .bytes(),
        "layer"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_needs_its_blobs_and_keeps_its_bytes() {
    let endpoint = empty().await;
    create(&endpoint, "ab");
    let oci = Oci::of(&endpoint).await;
    let config = Digest::of(b"{}");
    let media_type = "application/vnd.oci.image.manifest.v1+json";
    // White space that no serializer would write: it must survive.
    let manifest = format!(
        "{{ \"schemaVersion\":2,\n\t\"mediaType\":\"{media_type}\", \"layers\":[],\n\"config\":{{\"mediaType\":\
         \"application/vnd.oci.image.config.v1+json\",\"digest\":\"{config}\",\"size\":2}} }}\n"
    );
    let put = |manifest: String| {
        oci.request(Method::PUT, "/v2/ab/manifests/1.0")
            .header(header::CONTENT_TYPE, media_type)
            .body(manifest)
            .send()
    };
    let early = put(manifest.clone()).await.unwrap();
    assert_eq!(early.status(), StatusCode::NOT_FOUND);
    let complaint: Value = early.json().await.unwrap();
    assert_eq!(complaint["errors"][0]["code"], "MANIFEST_BLOB_UNKNOWN");

    endpoint
        .registry()
        .insert_blob("ab", b"{}".to_vec())
        .unwrap();
    for _ in 0..2 {
        let stored = put(manifest.clone()).await.unwrap();
        assert_eq!(
            stored.status(),
            StatusCode::CREATED,
            "pushing the same again is no error"
        );
        assert_eq!(
            header_text(&stored, "docker-content-digest"),
            Digest::of(manifest.as_bytes()).to_string()
        );
    }

    let read = oci
        .request(Method::GET, "/v2/ab/manifests/1.0")
        .send()
        .await
        .unwrap();
    assert_eq!(header_text(&read, "content-type"), media_type);
    assert_eq!(read.text().await.unwrap(), manifest);
    let docker = "application/vnd.docker.distribution.manifest.v2+json";
    let other = oci
        .request(Method::GET, "/v2/ab/manifests/1.0")
        .header(header::ACCEPT, docker)
        .send()
        .await
        .unwrap();
    assert_eq!(other.status(), StatusCode::NOT_FOUND);

    let gone = oci
        .request(Method::DELETE, "/v2/ab/manifests/1.0")
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), StatusCode::ACCEPTED);
    let tag = Reference::Tag("1.0".to_owned());
    assert!(endpoint.registry().image_by_reference("ab", &tag).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn referrers_are_filtered_by_their_type() {
    let endpoint = demo().await;
    let oci = Oci::of(&endpoint).await;
    let prod = Reference::Tag("prod".to_owned());
    let image = endpoint
        .registry()
        .image_by_reference("storefront/users-api", &prod)
        .unwrap();
    let path = format!("/v2/storefront/users-api/referrers/{}", image.digest);

    let all: Value = oci
        .request(Method::GET, &path)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(all["manifests"].as_array().unwrap().len(), 3);
    let boms = oci
        .request(
            Method::GET,
            &format!("{path}?artifactType=application/spdx%2Bjson"),
        )
        .send()
        .await
        .unwrap();
    assert_eq!(header_text(&boms, "oci-filters-applied"), "artifactType");
    let boms: Value = boms.json().await.unwrap();
    assert_eq!(boms["manifests"].as_array().unwrap().len(), 1);
    assert_eq!(
        boms["manifests"][0]["artifactType"],
        "application/spdx+json"
    );

    let nothing = format!(
        "/v2/storefront/users-api/referrers/{}",
        Digest::of(b"nothing")
    );
    let nothing: Value = oci
        .request(Method::GET, &nothing)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(nothing["manifests"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_come_page_by_page_and_end() {
    let endpoint = demo().await;
    let oci = Oci::of(&endpoint).await;
    let mut path = "/v2/storefront/products-api/tags/list?n=7".to_owned();
    let mut seen: Vec<String> = Vec::new();
    loop {
        let response = oci.request(Method::GET, &path).send().await.unwrap();
        let link = response
            .headers()
            .get("link")
            .map(|link| link.to_str().unwrap().to_owned());
        let page: Value = response.json().await.unwrap();
        let tags = page["tags"].as_array().unwrap();
        assert!((1..=7).contains(&tags.len()));
        seen.extend(tags.iter().map(|tag| tag.as_str().unwrap().to_owned()));
        let Some(link) = link else { break };
        path = link
            .trim_start_matches('<')
            .split('>')
            .next()
            .unwrap()
            .to_owned();
    }
    assert_eq!(
        seen,
        endpoint
            .registry()
            .tags("storefront/products-api", None, usize::MAX)
            .unwrap()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_told_apart() {
    let endpoint = empty().await;
    create(&endpoint, "there");
    let oci = Oci::of(&endpoint).await;
    let blob = format!("/v2/there/blobs/{}", Digest::of(b""));
    for (path, status, code) in [
        (
            "/v2/not/there/tags/list",
            StatusCode::NOT_FOUND,
            "NAME_UNKNOWN",
        ),
        (
            "/v2/there/manifests/1.0",
            StatusCode::NOT_FOUND,
            "MANIFEST_UNKNOWN",
        ),
        (blob.as_str(), StatusCode::NOT_FOUND, "BLOB_UNKNOWN"),
        (
            "/v2/there/blobs/uploads/none",
            StatusCode::NOT_FOUND,
            "BLOB_UPLOAD_UNKNOWN",
        ),
        (
            "/v2/there/tags/list?n=many",
            StatusCode::BAD_REQUEST,
            "PAGINATION_NUMBER_INVALID",
        ),
        ("/v2/_catalog", StatusCode::NOT_FOUND, "UNSUPPORTED"),
    ] {
        let response = oci.request(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["errors"][0]["code"], code, "{path}");
    }
}
