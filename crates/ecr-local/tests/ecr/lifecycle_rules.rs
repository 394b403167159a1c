//! Which lifecycle policies ECR refuses.

use aws_sdk_ecr::error::ProvideErrorMetadata;
use serde_json::{Value, json};

use crate::world::{USERS, World};

/// Rules with rising priorities from 1: a selection, and what happens to it.
fn policy(rules: &[(Value, Value)]) -> Value {
    let rules: Vec<Value> = rules
        .iter()
        .zip(1..)
        .map(|((selection, action), priority)| {
            json!({ "rulePriority": priority, "selection": selection, "action": action })
        })
        .collect();
    json!({ "rules": rules })
}

fn expire() -> Value {
    json!({ "type": "expire" })
}

fn archive() -> Value {
    json!({ "type": "transition", "targetStorageClass": "archive" })
}

/// Thirty days since the push, for images with that tag status.
fn pushed(tag_status: &str) -> Value {
    json!({ "tagStatus": tag_status, "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30 })
}

/// A hundred days in the archive.
fn archived(tag_status: &str) -> Value {
    json!({ "tagStatus": tag_status, "storageClass": "archive",
        "countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": 100 })
}

fn with(mut selection: Value, key: &str, value: Value) -> Value {
    selection[key] = value;
    selection
}

fn without(mut selection: Value, key: &str) -> Value {
    selection.as_object_mut().unwrap().remove(key);
    selection
}

fn prefixed(selection: Value, prefixes: &[&str]) -> Value {
    let tagged = with(selection, "tagStatus", json!("tagged"));
    with(tagged, "tagPrefixList", json!(prefixes))
}

/// Why a policy is refused, both when it is set and when it is previewed.
async fn refusal(world: &World, policy: &Value) -> Option<String> {
    // ECR requires at least a hundred characters.
    let text = policy.to_string() + &" ".repeat(100);
    let put = world.ecr.put_lifecycle_policy().repository_name(USERS);
    let put = put.lifecycle_policy_text(&text).send().await;
    let start = world.ecr.start_lifecycle_policy_preview();
    let start = start.repository_name(USERS).lifecycle_policy_text(text);
    let start = start.send().await;
    let why = put.err().map(|error| sentence(error.into_service_error()));
    assert_eq!(
        why,
        start
            .err()
            .map(|error| sentence(error.into_service_error())),
        "{policy}"
    );
    why
}

/// The message of the exception for a parameter.
fn sentence(error: impl ProvideErrorMetadata) -> String {
    assert_eq!(error.code(), Some("InvalidParameterException"));
    error.message().unwrap().to_owned()
}

/// Asserts that the policy is refused because of its second rule, with a message that contains these words.
async fn assert_refused(world: &World, (selection, action): (Value, Value), words: &str) {
    let first = (prefixed(pushed("any"), &["first"]), expire());
    let policy = policy(&[first, (selection, action)]);
    let why = refusal(world, &policy).await.unwrap_or_default();
    let is_named = why.contains("Lifecycle policy validation failure: rule 2: ");
    assert!(is_named && why.contains(words), "{policy}\n{why}");
}

#[tokio::test]
async fn a_rule_with_an_invalid_count_is_refused_by_its_number() {
    let world = World::new().await;
    let counted =
        json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5 });
    let into_archive = |selection| with(selection, "storageClass", json!("archive"));
    let of_standard = with(archived("any"), "storageClass", json!("standard"));
    for (selection, words) in [
        (with(pushed("any"), "countNumber", json!(0)), "countNumber"),
        (
            with(counted.clone(), "countUnit", json!("days")),
            "countUnit",
        ),
        (without(pushed("any"), "countUnit"), "countUnit"),
        (into_archive(counted), "sinceImageTransitioned"),
        (into_archive(pushed("any")), "sinceImageTransitioned"),
        (of_standard, "storageClass"),
        (without(archived("any"), "storageClass"), "storageClass"),
        (with(archived("any"), "countNumber", json!(89)), "90"),
        (
            with(pushed("any"), "countType", json!("sinceImagePulled")),
            "sinceImagePulled",
        ),
    ] {
        assert_refused(&world, (selection, expire()), words).await;
    }
    let to_standard = json!({ "type": "transition", "targetStorageClass": "standard" });
    assert_refused(&world, (archived("any"), archive()), "only expire").await;
    assert_refused(&world, (pushed("any"), to_standard), "targetStorageClass").await;
}

#[tokio::test]
async fn a_rule_that_misuses_tag_lists_is_refused_by_its_number() {
    let world = World::new().await;
    let by_patterns =
        |selection, patterns: &[&str]| with(selection, "tagPatternList", json!(patterns));
    for (selection, words) in [
        (pushed("tagged"), "tagPrefixList"),
        (
            with(pushed("untagged"), "tagPrefixList", json!(["v"])),
            "tagStatus tagged",
        ),
        (by_patterns(pushed("any"), &[]), "tagStatus tagged"),
        (prefixed(pushed("tagged"), &[]), "must not be empty"),
        (
            by_patterns(prefixed(pushed("any"), &["v"]), &["v*"]),
            "not both",
        ),
        (
            by_patterns(pushed("tagged"), &["a*b*c*d*e*"]),
            "four wildcards",
        ),
    ] {
        assert_refused(&world, (selection, expire()), words).await;
    }
    let four = by_patterns(pushed("tagged"), &["a*b*c*d*e", "v"]);
    assert_eq!(refusal(&world, &policy(&[(four, expire())])).await, None);
}

#[tokio::test]
async fn an_invalid_lifecycle_policy_is_refused() {
    let world = World::new().await;
    let priorities = |first: i64, second: i64| {
        json!({ "rules": [
            { "rulePriority": first, "selection": pushed("untagged"), "action": expire() },
            { "rulePriority": second, "selection": pushed("any"), "action": expire() },
        ] })
    };
    let one = |selection: Value, action: Value| policy(&[(selection, action)]);
    let many: Vec<_> = (0..51)
        .map(|number| (prefixed(pushed("any"), &[&format!("v{number}.")]), expire()))
        .collect();
    for policy in [
        json!([]),
        json!({}),
        json!({ "rules": [] }),
        json!({ "rules": [], "version": 1 }),
        priorities(0, 1),
        priorities(3, 3),
        policy(&many),
        one(with(pushed("any"), "countUnit", json!("weeks")), expire()),
        one(with(pushed("any"), "colour", json!("red")), expire()),
        one(pushed("some"), expire()),
        one(pushed("any"), json!({ "type": "transition" })),
        one(
            pushed("any"),
            json!({ "type": "expire", "targetStorageClass": "archive" }),
        ),
        one(pushed("any"), json!({ "type": "delete" })),
    ] {
        assert!(refusal(&world, &policy).await.is_some(), "{policy}");
    }
    assert_eq!(refusal(&world, &policy(&many[..50])).await, None);
    assert_eq!(refusal(&world, &priorities(3, 7)).await, None);
    let short = world.ecr.put_lifecycle_policy().repository_name(USERS);
    let short = short
        .lifecycle_policy_text(r#"{ "rules": [] }"#)
        .send()
        .await;
    let why = sentence(short.unwrap_err().into_service_error());
    assert!(why.contains("100"), "{why}");
}

#[tokio::test]
async fn rules_that_exclude_each_other_are_refused_within_a_storage_class() {
    let world = World::new().await;
    let v = |selection: Value| prefixed(selection, &["v", "w"]);
    for (selections, words) in [
        (vec![pushed("untagged"), pushed("untagged")], "untagged"),
        (
            vec![archived("untagged"), v(pushed("any")), archived("untagged")],
            "untagged",
        ),
        (
            vec![pushed("any"), pushed("untagged")],
            "highest rulePriority",
        ),
        (vec![pushed("any"), pushed("any")], "highest rulePriority"),
        (
            vec![archived("any"), pushed("untagged"), v(archived("any"))],
            "highest rulePriority",
        ),
        (
            vec![v(pushed("any")), prefixed(pushed("any"), &["w"])],
            "'w'",
        ),
        (
            vec![v(archived("any")), prefixed(archived("any"), &["v"])],
            "'v'",
        ),
        (vec![prefixed(pushed("any"), &["v", "v"])], "'v'"),
    ] {
        let rules: Vec<_> = selections
            .into_iter()
            .map(|each| (each, expire()))
            .collect();
        let why = refusal(&world, &policy(&rules)).await.unwrap_or_default();
        assert!(why.contains(words), "{rules:?}\n{why}");
    }
    let moved_first = policy(&[(pushed("any"), archive()), (pushed("untagged"), expire())]);
    assert!(
        refusal(&world, &moved_first).await.is_some(),
        "archiving leaves nothing either"
    );

    let in_both_classes = policy(&[
        (v(pushed("any")), archive()),
        (pushed("untagged"), expire()),
        (pushed("any"), archive()),
        (v(archived("any")), expire()),
        (archived("untagged"), expire()),
        (archived("any"), expire()),
    ]);
    assert_eq!(refusal(&world, &in_both_classes).await, None);
}
