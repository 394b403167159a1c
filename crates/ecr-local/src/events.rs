//! The events that Amazon ECR and CloudTrail send through EventBridge, for what happens in the registry ("Amazon ECR events
//! and EventBridge" in the user guide of ECR).

use serde_json::{Value, json};

use crate::registry::{Caller, Registry, Timestamp, uuid};

/// The operations that are reported: those that change a repository or its images.
const REPORTED: [&str; 10] = [
    "PutImage",
    "BatchDeleteImage",
    "UpdateImageStorageClass",
    "StartImageScan",
    "SetRepositoryPolicy",
    "DeleteRepositoryPolicy",
    "PutLifecyclePolicy",
    "DeleteLifecyclePolicy",
    "CreateRepository",
    "DeleteRepository",
];

/// What an event reports of a request. None if the operation is not reported.
pub(crate) fn parameters(operation: &str, request: &Value) -> Option<Parameters> {
    if !REPORTED.contains(&operation) {
        return None;
    }
    let manifest = request["imageManifest"].as_str().unwrap_or_default();
    let manifest: Option<Value> = serde_json::from_str(manifest).ok();
    let mut request = request.clone();
    // A manifest can be longer than an event may be.
    if let Some(fields) = request.as_object_mut() {
        fields.remove("imageManifest");
    }
    Some(Parameters {
        request,
        is_referrer: manifest.is_some_and(|manifest| manifest["subject"].is_object()),
    })
}

/// What an event reports of a request.
pub(crate) struct Parameters {
    request: Value,
    is_referrer: bool,
}

/// Sends the events of an operation that succeeded: Amazon ECR's own, and CloudTrail's.
pub(crate) fn report(
    registry: &Registry,
    caller: &Caller,
    operation: &str,
    parameters: Parameters,
    answer: &Value,
) {
    let Parameters {
        mut request,
        is_referrer,
    } = parameters;
    let repository = request["repositoryName"].as_str().unwrap_or_default();
    let one = |image: &Value, action: &str| {
        image_action(
            registry,
            action,
            repository,
            &image["imageDigest"],
            &image["imageTag"],
        );
    };
    match operation {
        "PutImage" => {
            let image = &answer["image"]["imageId"];
            one(image, "PUSH");
            if is_referrer {
                referrer_action(registry, repository, &image["imageDigest"]);
            }
        }
        "BatchDeleteImage" => {
            for image in answer["imageIds"].as_array().into_iter().flatten() {
                one(image, "DELETE");
            }
        }
        "UpdateImageStorageClass" => one(&answer["imageId"], "UPDATE_STORAGE_CLASS"),
        "StartImageScan" => scan(registry, repository, &answer["imageId"]),
        _ => {}
    }
    request["registryId"] = json!(registry.home().account);
    let mut answer = answer.clone();
    if let Some(image) = answer["image"].as_object_mut() {
        image.remove("imageManifest");
    }
    let time = now();
    let detail = json!({
        "eventVersion": "1.09",
        "userIdentity": identity(caller),
        "eventTime": time,
        "eventSource": "ecr.amazonaws.com",
        "eventName": operation,
        "awsRegion": registry.home().region,
        "requestParameters": request,
        "responseElements": answer,
        "requestID": uuid(),
        "eventID": uuid(),
        "eventType": "AwsApiCall",
        "recipientAccountId": registry.home().account,
    });
    send(registry, "AWS API Call via CloudTrail", &detail);
}

/// Sends the event of a push or a deletion, as for a client that pushes by `/v2/`.
pub(crate) fn image_action(
    registry: &Registry,
    action: &str,
    repository: &str,
    digest: &Value,
    tag: &Value,
) {
    let mut detail = json!({
        "result": "SUCCESS",
        "repository-name": repository,
        "image-digest": digest,
        "action-type": action,
    });
    if let Some(tag) = tag.as_str() {
        detail["image-tag"] = json!(tag);
    }
    send(registry, "ECR Image Action", &detail);
}

/// Sends the event of a referrer that was pushed.
pub(crate) fn referrer_action(registry: &Registry, repository: &str, digest: &Value) {
    let detail = json!({
        "result": "SUCCESS",
        "repository-name": repository,
        "image-digest": digest,
        "action-type": "PUSH",
    });
    send(registry, "ECR Referrer Action", &detail);
}

fn scan(registry: &Registry, repository: &str, image: &Value) {
    let tags: Vec<&str> = image["imageTag"].as_str().into_iter().collect();
    let detail = json!({
        "scan-status": "COMPLETE",
        "repository-name": repository,
        "finding-severity-counts": {},
        "image-digest": image["imageDigest"],
        "image-tags": tags,
    });
    send(registry, "ECR Image Scan", &detail);
}

fn identity(caller: &Caller) -> Value {
    let kind = match caller.arn.contains(":assumed-role/") {
        true => "AssumedRole",
        false => "IAMUser",
    };
    json!({
        "type": kind,
        "principalId": caller.user_id,
        "arn": caller.arn,
        "accountId": caller.account,
    })
}

fn send(registry: &Registry, detail_type: &str, detail: &Value) {
    let event = json!({
        "version": "0",
        "id": uuid(),
        "detail-type": detail_type,
        "source": "aws.ecr",
        "account": registry.home().account,
        "time": now(),
        "region": registry.home().region,
        "resources": [],
        "detail": detail,
    });
    registry.events().send(event.to_string());
}

fn now() -> Option<String> {
    Timestamp::now().to_rfc3339()
}
