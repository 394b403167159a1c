//! Valid repository names, in every request that contains one.

use ecr_local::registry::Digest;
use serde_json::{Value, json};

use crate::world::{OCI_MANIFEST, World};

/// Invalid repository names.
const REFUSED: [&str; 11] = [
    "a", "Team/app", "a//b", "/ab", "ab/", "a..b", "a___b", "a-_b", "-ab", "ab_", "ä1",
];
/// Names that are valid since the pattern is the one of the OCI distribution specification.
const TAKEN: [&str; 5] = ["ab", "a--b", "team__x/app", "a.b_c__d---e/f0", "0a/1b/2c"];

/// The operations that name one repository.
const OPERATIONS: [&str; 30] = [
    "CreateRepository",
    "DeleteRepository",
    "PutImageTagMutability",
    "PutImageScanningConfiguration",
    "PutImage",
    "BatchGetImage",
    "BatchDeleteImage",
    "UpdateImageStorageClass",
    "DescribeImages",
    "ListImages",
    "ListImageReferrers",
    "InitiateLayerUpload",
    "UploadLayerPart",
    "CompleteLayerUpload",
    "BatchCheckLayerAvailability",
    "GetDownloadUrlForLayer",
    "SetRepositoryPolicy",
    "GetRepositoryPolicy",
    "DeleteRepositoryPolicy",
    "PutLifecyclePolicy",
    "GetLifecyclePolicy",
    "DeleteLifecyclePolicy",
    "StartLifecyclePolicyPreview",
    "GetLifecyclePolicyPreview",
    "StartImageScan",
    "DescribeImageScanFindings",
    "DescribeImageReplicationStatus",
    "DescribeImageSigningStatus",
    // These two take a list of names.
    "DescribeRepositories",
    "BatchGetRepositoryScanningConfiguration",
];

/// A request with everything that any operation needs in addition to the name.
fn naming(repository: &str) -> Value {
    let digest = Digest::of(b"layer");
    json!({
        "repositoryName": repository,
        "repositoryNames": [repository],
        "imageId": { "imageTag": "1.0" },
        "imageIds": [{ "imageTag": "1.0" }],
        "subjectId": { "imageDigest": digest },
        "imageManifest": "{}",
        "imageManifestMediaType": OCI_MANIFEST,
        "imageTagMutability": "MUTABLE",
        "imageScanningConfiguration": {},
        "targetStorageClass": "ARCHIVE",
        "layerDigest": digest,
        "layerDigests": [digest],
        "uploadId": "1",
        "partFirstByte": 0,
        "partLastByte": 0,
        "layerPartBlob": "AA==",
        "policyText": "{}",
        "lifecyclePolicyText": "{}",
    })
}

#[tokio::test]
async fn a_repository_name_follows_the_pattern() {
    let world = World::new().await;
    let create = async |name: &str| world.ask("CreateRepository", naming(name)).await;
    for name in TAKEN {
        assert!(create(name).await.is_ok(), "{name}");
    }
    assert!(create(&"a".repeat(256)).await.is_ok());
    assert_refused(create(&"a".repeat(257)).await, "too long");
}

#[tokio::test]
async fn no_operation_accepts_an_invalid_repository_name() {
    let world = World::new().await;
    for operation in OPERATIONS {
        for name in REFUSED {
            let answer = world.ask(operation, naming(name)).await;
            assert_refused(answer, &format!("{operation} {name}"));
        }
    }
}

fn assert_refused(answer: Result<Value, (String, String)>, what: &str) {
    let Err((exception, sentence)) = answer else {
        panic!("{what} was accepted");
    };
    assert_eq!(exception, "InvalidParameterException", "{what}");
    let is_named = sentence.starts_with("Invalid parameter at 'repositoryName'");
    assert!(is_named, "{what}: {sentence}");
}

#[tokio::test]
async fn a_valid_name_without_a_repository_is_not_found() {
    let world = World::new().await;
    for operation in [
        "DescribeImages",
        "DescribeRepositories",
        "GetRepositoryPolicy",
    ] {
        let answer = world.ask(operation, naming("no--body/knows__it")).await;
        assert_eq!(answer.unwrap_err().0, "RepositoryNotFoundException");
    }
}
