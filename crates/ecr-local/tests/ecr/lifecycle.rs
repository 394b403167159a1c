use std::time::Duration;

use aws_sdk_ecr::types::{
    LifecyclePolicyPreviewStatus, LifecyclePolicyStorageClass, TargetStorageClass,
};
use ecr_local::registry::{Digest, PutImage, Reference, Registry, Timestamp};
use serde_json::{Value, json};

use crate::world::{Manifest, OCI_MANIFEST, USERS, World, by_digest, by_tag, code, descriptor};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Pushes an image this many days ago, with these tags.
async fn push_ago(world: &World, name: &str, days: u32, tags: &[&str]) -> String {
    let manifest = world.image(USERS, name).await;
    let pushed_at = Timestamp::now().before(DAY * days);
    let put = |tag: Option<&str>| {
        let put = PutImage {
            manifest: manifest.text.clone().into(),
            tag: tag.map(str::to_owned),
            pushed_at: Some(pushed_at),
            ..PutImage::default()
        };
        world.running.registry().put_image(USERS, put).unwrap();
    };
    if tags.is_empty() {
        put(None);
    }
    tags.iter().for_each(|tag| put(Some(tag)));
    manifest.digest()
}

fn set_archived(registry: &Registry, image: &Reference, archive: bool, at: Timestamp) {
    let changed = registry.change_images(USERS, |images| {
        images.set_archived(image, archive, at)?;
        Ok(())
    });
    changed.unwrap();
}

fn policy(rules: &[Value]) -> String {
    // ECR requires at least a hundred characters.
    serde_json::to_string_pretty(&json!({ "rules": rules })).unwrap() + &" ".repeat(100)
}

fn rule(priority: u32, selection: Value) -> Value {
    json!({ "rulePriority": priority, "selection": selection, "action": { "type": "expire" } })
}

fn archiving(priority: u32, selection: Value) -> Value {
    json!({ "rulePriority": priority, "selection": selection,
        "action": { "type": "transition", "targetStorageClass": "archive" } })
}

/// The images that the policy would affect, each with its rule.
async fn preview(world: &World, rules: &[Value]) -> Vec<(String, i32)> {
    let start = world
        .ecr
        .start_lifecycle_policy_preview()
        .repository_name(USERS);
    let started = start
        .lifecycle_policy_text(policy(rules))
        .send()
        .await
        .unwrap();
    assert_eq!(
        started.status(),
        Some(&LifecyclePolicyPreviewStatus::InProgress)
    );
    let get = world
        .ecr
        .get_lifecycle_policy_preview()
        .repository_name(USERS);
    let answer = get.send().await.unwrap();
    assert_eq!(
        answer.status(),
        Some(&LifecyclePolicyPreviewStatus::Complete)
    );
    let results = answer.preview_results();
    let summary = answer.summary().unwrap();
    let transitioning: i32 = summary
        .transitioning_image_total_counts()
        .iter()
        .filter_map(|count| count.image_total_count())
        .sum();
    assert_eq!(
        summary.expiring_image_total_count().unwrap() + transitioning,
        results.len() as i32
    );
    results
        .iter()
        .map(|result| {
            (
                result.image_digest().unwrap().to_owned(),
                result.applied_rule_priority().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn images_over_the_count_and_over_the_age_expire() {
    let world = World::new().await;
    let old = push_ago(&world, "old", 40, &["v1"]).await;
    push_ago(&world, "middle", 20, &["v2"]).await;
    push_ago(&world, "new", 1, &["v3"]).await;
    let loose = push_ago(&world, "loose", 9, &[]).await;
    push_ago(&world, "fresh and loose", 3, &[]).await;

    let count = json!({ "tagStatus": "tagged", "tagPrefixList": ["v"], "countType": "imageCountMoreThan", "countNumber": 2 });
    assert_eq!(preview(&world, &[rule(1, count)]).await, [(old.clone(), 1)]);
    let age = json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 });
    assert_eq!(
        preview(&world, &[rule(1, age.clone())]).await,
        [(loose.clone(), 1)]
    );
    let any = json!({ "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30 });
    let mut both = preview(&world, &[rule(1, age), rule(2, any)]).await;
    both.sort_by_key(|(_, priority)| *priority);
    assert_eq!(both, [(loose, 1), (old, 2)]);
}

#[tokio::test]
async fn an_image_that_a_rule_keeps_is_safe_from_lower_priority_rules() {
    let world = World::new().await;
    let first = push_ago(&world, "a", 10, &["prod-1", "beta-1"]).await;
    push_ago(&world, "b", 9, &["prod-2", "beta-2"]).await;
    push_ago(&world, "c", 8, &["beta-3"]).await;
    let keep_one = |prefix: &str| json!({ "tagStatus": "tagged", "tagPrefixList": [prefix], "countType": "imageCountMoreThan", "countNumber": 1 });
    let marked = preview(
        &world,
        &[rule(1, keep_one("prod")), rule(2, keep_one("beta"))],
    )
    .await;
    assert_eq!(
        marked,
        [(first, 1)],
        "rule 1 keeps b, and c is the one that rule 2 keeps"
    );
}

#[tokio::test]
async fn all_patterns_must_match_a_tag_and_a_pull_resets_the_age() {
    let world = World::new().await;
    let both = push_ago(&world, "a", 10, &["1-rc", "team-x"]).await;
    push_ago(&world, "b", 10, &["2-rc"]).await;
    let patterns = json!({ "tagStatus": "tagged", "tagPatternList": ["*-rc", "team*"],
        "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 5 });
    assert_eq!(
        preview(&world, &[archiving(1, patterns.clone())]).await,
        [(both.clone(), 1)]
    );
    let digest: Digest = both.parse().unwrap();
    world
        .running
        .registry()
        .set_pulled_at(USERS, &digest, Timestamp::now())
        .unwrap();
    assert!(preview(&world, &[archiving(1, patterns)]).await.is_empty());
}

#[tokio::test]
async fn an_image_in_an_index_expires_only_with_the_index() {
    let world = World::new().await;
    let child = world.image(USERS, "platform").await;
    push_ago(&world, "platform", 50, &[]).await;
    let index = Manifest::index(&[&child]);
    world.put(USERS, &index, Some("1.0")).await.unwrap();
    let untagged = json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1 });
    assert!(preview(&world, &[rule(1, untagged)]).await.is_empty());
}

#[tokio::test]
async fn a_signature_expires_only_with_its_subject() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "1.0").await;
    let sign = |subject: &Manifest| {
        let mut signature: Value = serde_json::from_str(&image.text).unwrap();
        signature["subject"] = descriptor(OCI_MANIFEST, subject.text.as_bytes());
        let put = PutImage {
            manifest: signature.to_string().into(),
            pushed_at: Some(Timestamp::from_seconds(0)),
            ..PutImage::default()
        };
        world
            .running
            .registry()
            .put_image(USERS, put)
            .unwrap()
            .digest
    };
    sign(&image);
    let gone = world.image(USERS, "users 2").await;
    let orphan = sign(&gone);
    let untagged = json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1 });
    assert_eq!(
        preview(&world, &[rule(1, untagged)]).await,
        [(orphan.to_string(), 1)]
    );
}

#[tokio::test]
async fn archived_images_expire_by_their_time_in_the_archive() {
    let world = World::new().await;
    let image = push_ago(&world, "a", 50, &["old"]).await;
    let archive = world
        .ecr
        .update_image_storage_class()
        .repository_name(USERS)
        .image_id(by_tag("old"));
    archive
        .target_storage_class(TargetStorageClass::Archive)
        .send()
        .await
        .unwrap();
    let any = json!({ "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 });
    assert!(
        preview(&world, &[rule(1, any)]).await.is_empty(),
        "an archived image is not standard"
    );
    let archived = json!({ "tagStatus": "any", "storageClass": "archive",
        "countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": 90 });
    assert!(
        preview(&world, &[rule(1, archived.clone())])
            .await
            .is_empty(),
        "it was archived just now"
    );

    let registry = world.running.registry();
    let digest: Digest = image.parse().unwrap();
    let reference = Reference::Digest(digest);
    let long_ago = Timestamp::now().before(DAY * 91);
    set_archived(registry, &reference, false, long_ago);
    set_archived(registry, &reference, true, long_ago);
    assert_eq!(preview(&world, &[rule(1, archived)]).await, [(image, 1)]);
    let get = world.ecr.get_lifecycle_policy_preview();
    let answer = get.repository_name(USERS).send().await.unwrap();
    assert_eq!(
        answer.preview_results()[0].storage_class(),
        Some(&LifecyclePolicyStorageClass::Archive)
    );
}

#[tokio::test]
async fn a_restored_image_counts_from_its_restore() {
    let world = World::new().await;
    let restored = push_ago(&world, "restored", 300, &["v1"]).await;
    let other = push_ago(&world, "other", 200, &["v2"]).await;
    let registry = world.running.registry();
    let digest: Digest = restored.parse().unwrap();
    let ago = |days: u32| Timestamp::now().before(DAY * days);
    let reference = Reference::Digest(digest);
    registry.set_pulled_at(USERS, &digest, ago(250)).unwrap();
    for (archive, days) in [(true, 100), (false, 10)] {
        set_archived(registry, &reference, archive, ago(days));
    }

    let tagged = |count_type: &str| {
        json!({ "tagStatus": "tagged", "tagPrefixList": ["v"], "countType": count_type,
            "countUnit": "days", "countNumber": 30 })
    };
    for count_type in ["sinceImagePushed", "sinceImagePulled"] {
        let marked = preview(&world, &[archiving(1, tagged(count_type))]).await;
        assert_eq!(marked, [(other.clone(), 1)], "{count_type}");
    }
    let newest = json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 });
    assert_eq!(
        preview(&world, &[archiving(1, newest)]).await,
        [(other.clone(), 1)],
        "the one restored last is the newest"
    );

    set_archived(registry, &reference, true, ago(9));
    set_archived(registry, &reference, false, ago(60));
    let marked = preview(&world, &[archiving(1, tagged("sinceImagePulled"))]).await;
    assert_eq!(marked.len(), 2, "it was not pulled since the restore");
    registry
        .set_pulled_at(USERS, &digest, Timestamp::now())
        .unwrap();
    let marked = preview(&world, &[archiving(1, tagged("sinceImagePulled"))]).await;
    assert_eq!(marked, [(other, 1)]);
}

#[tokio::test]
async fn a_policy_is_kept_as_sent_and_can_be_previewed_without_sending_it_again() {
    let world = World::new().await;
    let get = || {
        world
            .ecr
            .get_lifecycle_policy()
            .repository_name(USERS)
            .send()
    };
    assert_eq!(
        code(&get().await.unwrap_err()),
        "LifecyclePolicyNotFoundException"
    );
    let unstarted = world
        .ecr
        .get_lifecycle_policy_preview()
        .repository_name(USERS)
        .send()
        .await
        .unwrap_err();
    assert_eq!(code(&unstarted), "LifecyclePolicyPreviewNotFoundException");
    let text = policy(&[rule(
        5,
        json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 }),
    )]);
    let put = world
        .ecr
        .put_lifecycle_policy()
        .repository_name(USERS)
        .lifecycle_policy_text(&text);
    put.send().await.unwrap();
    assert_eq!(
        get().await.unwrap().lifecycle_policy_text(),
        Some(text.as_str())
    );

    let old = push_ago(&world, "a", 2, &["1"]).await;
    push_ago(&world, "b", 1, &["2"]).await;
    world
        .ecr
        .start_lifecycle_policy_preview()
        .repository_name(USERS)
        .send()
        .await
        .unwrap();
    let preview = || {
        world
            .ecr
            .get_lifecycle_policy_preview()
            .repository_name(USERS)
    };
    let asked = preview().image_ids(by_digest(&old)).send().await.unwrap();
    assert_eq!(asked.preview_results().len(), 1);
    let asked = preview().image_ids(by_tag("2")).send().await.unwrap();
    assert!(asked.preview_results().is_empty());
    world
        .ecr
        .delete_lifecycle_policy()
        .repository_name(USERS)
        .send()
        .await
        .unwrap();
    assert_eq!(
        code(&get().await.unwrap_err()),
        "LifecyclePolicyNotFoundException"
    );
}
