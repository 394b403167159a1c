#![expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const IMAGE: &str = "sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd12345678";

fn envelope(detail_type: &str, detail: Value) -> Value {
    json!({
        "version": "0",
        "id": "13cde686-328b-6117-af20-0e5566167482",
        "detail-type": detail_type,
        "source": "aws.ecr",
        "account": "123456789012",
        "time": "2019-11-16T01:54:34Z",
        "region": "us-west-2",
        "resources": [],
        "detail": detail,
    })
}

fn image_action(action: &str, tag: Option<&str>) -> Value {
    let mut detail = json!({
        "result": "SUCCESS",
        "repository-name": "team/api",
        "image-digest": IMAGE,
        "action-type": action,
    });
    if let Some(tag) = tag {
        detail["image-tag"] = json!(tag);
    }
    envelope("ECR Image Action", detail)
}

fn call(name: &str, request: Value, answer: Value) -> Value {
    envelope(
        "AWS API Call via CloudTrail",
        json!({
            "eventVersion": "1.09",
            "userIdentity": {
                "type": "AssumedRole",
                "principalId": "AROAEXAMPLE:ana",
                "arn": "arn:aws:sts::123456789012:assumed-role/release-manager/ana",
                "accountId": "123456789012",
            },
            "eventTime": "2019-11-16T01:54:30Z",
            "eventSource": "ecr.amazonaws.com",
            "eventName": name,
            "awsRegion": "us-west-2",
            "requestParameters": request,
            "responseElements": answer,
            "requestID": "cf044b7d-5f9d-11e9-9b2a-95983139cc57",
            "eventID": "2bfd4ee2-2178-4a82-a27d-b12939923f0f",
        }),
    )
}

fn read(message: &Value) -> Result<Message, Unread> {
    parse(&message.to_string())
}

#[test]
fn a_push_names_repository_tag_image_and_time() {
    let message = read(&image_action("PUSH", Some("latest"))).unwrap();
    assert_eq!(message.repository.as_str(), "team/api");
    assert_eq!(message.account.as_str(), "123456789012");
    assert_eq!(
        (message.region.as_str(), message.at),
        ("us-west-2", 1_573_869_274_000)
    );
    assert_eq!(message.id, "13cde686-328b-6117-af20-0e5566167482");
    let push = Event {
        kind: EventKind::Push,
        tag: Some("latest".parse().unwrap()),
        digest: Some(IMAGE.parse().unwrap()),
    };
    assert_eq!(message.events, [push]);
    assert_eq!(message.principal, None);
}

#[test]
fn an_image_without_a_tag_has_none() {
    for tag in [None, Some("")] {
        let message = read(&image_action("DELETE", tag)).unwrap();
        assert_eq!(message.events[0].kind, EventKind::Delete);
        assert_eq!(message.events[0].tag, None);
    }
}

#[test]
fn cloud_trail_says_who_put_which_image() {
    let request = json!({"repositoryName": "team/api", "imageTag": "prod", "imageManifest": "{}"});
    let answer = json!({"image": {
        "repositoryName": "team/api",
        "imageManifest": "{}",
        "imageId": {"imageDigest": IMAGE, "imageTag": "prod"},
    }});
    let message = read(&call("PutImage", request, answer)).unwrap();
    assert_eq!(message.id, "cf044b7d-5f9d-11e9-9b2a-95983139cc57");
    assert_eq!(message.at, 1_573_869_270_000);
    let by = "arn:aws:sts::123456789012:assumed-role/release-manager/ana";
    assert_eq!(message.principal.as_deref(), Some(by));
    assert_eq!(message.events[0].tag.as_ref().unwrap().as_str(), "prod");
    assert_eq!(message.events[0].digest.as_ref().unwrap().as_str(), IMAGE);
}

#[test]
fn cloud_trail_names_each_deleted_image() {
    let request =
        json!({"repositoryName": "team/api", "imageIds": [{"imageTag": "a"}, {"imageTag": "b"}]});
    let answer = json!({"imageIds": [{"imageTag": "a", "imageDigest": IMAGE}], "failures": []});
    let message = read(&call("BatchDeleteImage", request.clone(), answer)).unwrap();
    assert_eq!(message.events.len(), 1, "only what was deleted");
    let message = read(&call("BatchDeleteImage", request, Value::Null)).unwrap();
    assert_eq!(message.events.len(), 2);
}

#[test]
fn each_call_names_what_it_changes() {
    for (name, kind) in [
        ("SetRepositoryPolicy", EventKind::Policy),
        ("DeleteRepositoryPolicy", EventKind::Policy),
        ("PutLifecyclePolicy", EventKind::Lifecycle),
        ("DeleteLifecyclePolicy", EventKind::Lifecycle),
        ("CreateRepository", EventKind::Repository),
        ("DeleteRepository", EventKind::Repository),
    ] {
        let request = json!({"repositoryName": "team/api"});
        let message = read(&call(name, request, Value::Null)).unwrap();
        assert_eq!(message.events[0].kind, kind, "{name}");
    }
}

#[test]
fn scans_and_referrers_name_the_image() {
    let scan = json!({
        "scan-status": "COMPLETE",
        "repository-name": "team/api",
        "finding-severity-counts": {"CRITICAL": 10},
        "image-digest": IMAGE,
        "image-tags": [],
    });
    let scanned = read(&envelope("ECR Image Scan", scan)).unwrap();
    assert_eq!(scanned.events[0].kind, EventKind::Scan);
    let mut referrer = image_action("PUSH", None);
    referrer["detail-type"] = json!("ECR Referrer Action");
    let referrer = read(&referrer).unwrap();
    assert_eq!(referrer.events[0].kind, EventKind::Referrer);
    assert!(referrer.events[0].digest.is_some());
}

#[test]
fn what_failed_or_is_of_another_kind_reports_nothing() {
    let mut failed = image_action("PUSH", Some("latest"));
    failed["detail"]["result"] = json!("FAILURE");
    let mut other = image_action("PUSH", Some("latest"));
    other["source"] = json!("aws.s3");
    let mut refused = call(
        "PutImage",
        json!({"repositoryName": "team/api"}),
        Value::Null,
    );
    refused["detail"]["errorCode"] = json!("ImageTagAlreadyExistsException");
    let pull = call(
        "BatchGetImage",
        json!({"repositoryName": "team/api"}),
        Value::Null,
    );
    for message in [failed, other, refused, pull] {
        assert_eq!(read(&message), Err(Unread::Other), "{message}");
    }
}

#[test]
fn malformed_messages_report_nothing() {
    for (path, value) in [
        ("/account", json!("12")),
        ("/account", json!(123_456_789_012_u64)),
        ("/time", json!("yesterday")),
        ("/region", json!("us west")),
        ("/region", json!("x".repeat(100))),
        ("/id", json!("")),
        ("/id", json!("x\ny")),
        ("/id", json!("x".repeat(1_000))),
        ("/detail", json!(null)),
        ("/detail/repository-name", json!("../api")),
        ("/detail/image-tag", json!("a b")),
        ("/detail/image-tag", json!("x".repeat(1_000))),
        ("/detail/image-digest", json!("sha256:12")),
    ] {
        let mut message = image_action("PUSH", Some("latest"));
        *message.pointer_mut(path).unwrap() = value;
        assert_eq!(read(&message), Err(Unread::Malformed), "{path}");
    }
    let mut long = image_action("PUSH", Some("latest"));
    long["resources"] = json!(["x".repeat(MAX_BYTES)]);
    assert_eq!(read(&long), Err(Unread::Malformed));
    assert_eq!(parse(""), Err(Unread::Malformed));
    assert_eq!(parse(&"[".repeat(100_000)), Err(Unread::Malformed));
}

#[test]
fn a_principal_that_is_no_arn_is_left_out() {
    for arn in [
        "",
        "ana",
        "arn:aws:iam::1:role/<b>",
        "arn:aws:iam::1:role/a b",
        "arn:\u{202e}x",
    ] {
        let mut message = call(
            "SetRepositoryPolicy",
            json!({"repositoryName": "team/api"}),
            json!(null),
        );
        message["detail"]["userIdentity"]["arn"] = json!(arn);
        assert_eq!(read(&message).unwrap().principal, None, "{arn}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        Just(json!(IMAGE)),
        Just(json!("team/api")),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let names = prop_oneof![
            Just("imageIds".to_owned()),
            Just("imageDigest".to_owned()),
            Just("repositoryName".to_owned()),
            Just("image".to_owned()),
            ".{0,8}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names, inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_makes_parsing_fail_badly(text in ".{0,200}") {
        let _ = parse(&text);
    }

    /// One value of a true message is another one.
    #[test]
    fn what_is_read_is_valid_whatever_a_message_has(number in 0_usize..40, value in any_json()) {
        let put = call(
            "BatchDeleteImage",
            json!({"repositoryName": "team/api", "imageIds": [{"imageTag": "a"}]}),
            json!({"imageIds": [{"imageTag": "a", "imageDigest": IMAGE}]}),
        );
        for mut message in [image_action("PUSH", Some("latest")), put] {
            let mut paths = Vec::new();
            pointers(&message, String::new(), &mut paths);
            let path = &paths[number % paths.len()];
            *message.pointer_mut(path).unwrap() = value.clone();
            if let Ok(read) = read(&message) {
                prop_assert!((1..=100).contains(&read.events.len()));
                prop_assert!(read.id.len() <= MAX_ID);
                prop_assert!(read.principal.is_none_or(|arn| arn.len() <= 512));
            }
        }
    }
}

fn pointers(value: &Value, path: String, all: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, format!("{path}/{name}"), all);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                pointers(item, format!("{path}/{number}"), all);
            }
        }
        _ => {}
    }
    all.push(path);
}
