use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::world::{SIGNED, USERS, World};

/// A request that the SDK would never send.
struct Request<'a> {
    target: Option<&'a str>,
    authorization: Option<&'a str>,
    body: &'a str,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Self {
            target: Some("AmazonEC2ContainerRegistry_V20150921.DescribeRepositories"),
            authorization: Some(SIGNED),
            body: "{}",
        }
    }
}

impl Request<'_> {
    async fn send(self, world: &World) -> Response {
        let mut request = Client::new()
            .post(world.running.endpoint_url())
            .header("x-amz-date", "20260101T000000Z")
            .header("content-type", "application/x-amz-json-1.1")
            .body(self.body.to_owned());
        if let Some(target) = self.target {
            request = request.header("x-amz-target", target);
        }
        if let Some(authorization) = self.authorization {
            request = request.header("authorization", authorization);
        }
        request.send().await.unwrap()
    }

    async fn refused(self, world: &World) -> String {
        let answer = self.send(world).await;
        assert_eq!(answer.status(), 400);
        assert_eq!(
            answer.headers()["content-type"],
            "application/x-amz-json-1.1"
        );
        assert!(answer.headers().contains_key("x-amzn-requestid"));
        let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert!(body["message"].is_string());
        body["__type"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_request_must_be_signed_for_this_service_and_region() {
    let world = World::new().await;
    let refused = async |authorization: Option<&str>| {
        let request = Request {
            authorization,
            ..Request::default()
        };
        request.refused(&world).await
    };
    assert_eq!(refused(None).await, "MissingAuthenticationTokenException");
    assert_eq!(
        refused(Some("Basic QVdTOng=")).await,
        "IncompleteSignatureException"
    );
    let unsigned = SIGNED.split(", Signature").next();
    assert_eq!(refused(unsigned).await, "IncompleteSignatureException");
    let elsewhere = SIGNED.replace("eu-central-1", "us-east-1");
    assert_eq!(refused(Some(&elsewhere)).await, "InvalidSignatureException");
    let other = SIGNED.replace("/ecr/", "/s3/");
    assert_eq!(refused(Some(&other)).await, "InvalidSignatureException");
    assert_eq!(Request::default().send(&world).await.status(), 200);
}

#[tokio::test]
async fn a_body_must_be_the_json_that_the_operation_takes() {
    let world = World::new().await;
    for (body, expected) in [
        ("{", "SerializationException"),
        ("[]", "SerializationException"),
        (r#"{"maxResults": "many"}"#, "SerializationException"),
        (r#"{"maxResults": 0}"#, "InvalidParameterException"),
    ] {
        let request = Request {
            body,
            ..Request::default()
        };
        assert_eq!(request.refused(&world).await, expected, "{body}");
    }
    let request = Request {
        target: Some("AmazonEC2ContainerRegistry_V20150921.DescribeImages"),
        ..Request::default()
    };
    assert_eq!(
        request.refused(&world).await,
        "InvalidParameterException",
        "repositoryName is missing"
    );
}

#[tokio::test]
async fn unknown_operations_and_paths_are_answered_as_by_aws() {
    let world = World::new().await;
    for target in [
        Some("AmazonEC2ContainerRegistry_V20150921.CreatePullThroughCacheRule"),
        Some("Nothing"),
        Some("DynamoDB_20120810.Scan"),
        None,
    ] {
        let request = Request {
            target,
            ..Request::default()
        };
        assert_eq!(
            request.refused(&world).await,
            "UnknownOperationException",
            "{target:?}"
        );
    }
    for path in ["/", "/anything", "/layers"] {
        let answer = reqwest::get(world.running.endpoint_url() + path)
            .await
            .unwrap();
        assert_eq!(answer.status(), 400, "{path}");
        let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(body["__type"], "UnknownOperationException", "{path}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_also_refused_in_json() {
    let world = World::new().await;
    let body = " ".repeat(33 * 1024 * 1024);
    let request = Request {
        body: &body,
        ..Request::default()
    };
    assert_eq!(request.refused(&world).await, "SerializationException");
}

#[tokio::test]
async fn another_accounts_registry_is_not_found() {
    let world = World::new().await;
    let body = json!({ "registryId": "999999999999", "repositoryName": USERS }).to_string();
    let request = Request {
        target: Some("AmazonEC2ContainerRegistry_V20150921.ListImages"),
        body: &body,
        ..Request::default()
    };
    assert_eq!(request.refused(&world).await, "RepositoryNotFoundException");
}

#[tokio::test]
async fn times_are_numbers_of_seconds() {
    let world = World::new().await;
    let answer = Request::default().send(&world).await;
    let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    let created_at = body["repositories"][0]["createdAt"].as_f64().unwrap();
    assert!((1.7e9..1e10).contains(&created_at), "{created_at}");
}
