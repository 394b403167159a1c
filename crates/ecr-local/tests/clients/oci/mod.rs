//! Cases of the OCI API that skopeo does not cover, over plain HTTP.

mod blobs;
mod lists;
mod manifests;

use ecr_local::Running;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

use super::support::{create, empty, password};

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

    async fn send(&self, method: Method, path: &str) -> Response {
        self.request(method, path).send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path).await
    }

    /// Starts an upload and returns the path to continue it.
    async fn start_upload(&self, repository: &str) -> String {
        let path = format!("/v2/{repository}/blobs/uploads/");
        let started = self.send(Method::POST, &path).await;
        assert_eq!(started.status(), StatusCode::ACCEPTED);
        header(&started, "location")
    }
}

fn header(response: &Response, name: &str) -> String {
    response.headers()[name].to_str().unwrap().to_owned()
}

/// The code of the first error in an answer.
async fn error_code(response: Response) -> String {
    let body: Value = response.json().await.unwrap();
    body["errors"][0]["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_without_a_login_are_told_how_to_log_in() {
    let endpoint = empty().await;
    for path in ["/v2/", "/v2/a/b/tags/list"] {
        let url = format!("{}{path}", endpoint.endpoint_url());
        let response = reqwest::get(url).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert!(header(&response, "www-authenticate").starts_with("Basic realm="));
    }
    let oci = Oci::of(&endpoint).await;
    for path in ["/v2", "/v2/"] {
        assert_eq!(oci.get(path).await.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_repository_name_cannot_be_pushed_to() {
    let endpoint = empty().await;
    let oci = Oci::of(&endpoint).await;
    let digest = ecr_local::registry::Digest::of(b"");
    for name in ["a", "Team/app", "a..b", "a___b", "a-_b", "ab_"] {
        for (method, place) in [
            (Method::POST, "blobs/uploads/".to_owned()),
            (Method::PUT, "manifests/1.0".to_owned()),
            (Method::HEAD, format!("blobs/{digest}")),
            (Method::GET, "tags/list".to_owned()),
            (Method::GET, format!("referrers/{digest}")),
        ] {
            let answer = oci
                .send(method.clone(), &format!("/v2/{name}/{place}"))
                .await;
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{name} {place}");
            if method != Method::HEAD {
                assert_eq!(error_code(answer).await, "NAME_INVALID", "{name} {place}");
            }
        }
    }
    let longer = oci.get("/v2/a--b/c__d/tags/list").await;
    assert_eq!(error_code(longer).await, "NAME_UNKNOWN");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_missing_resource_has_its_own_error() {
    let endpoint = empty().await;
    create(&endpoint, "there");
    let oci = Oci::of(&endpoint).await;
    let blob = format!("/v2/there/blobs/{}", ecr_local::registry::Digest::of(b""));
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
        let response = oci.get(path).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(error_code(response).await, code, "{path}");
    }
}
