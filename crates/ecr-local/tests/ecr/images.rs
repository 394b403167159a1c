use std::collections::HashSet;

use aws_sdk_ecr::types::{
    ImageStatusFilter, ImageTagMutability, ListImagesFilter, TagStatus, TargetStorageClass,
};
use ecr_local::registry::{Digest, PutImage};
use serde_json::{Value, json};

use crate::world::{
    Manifest, OCI_CONFIG, OCI_INDEX, OCI_MANIFEST, USERS, World, by_digest, by_tag, code,
    descriptor,
};

#[tokio::test]
async fn a_manifest_comes_back_byte_for_byte() {
    let world = World::new().await;
    let pushed = world.push(USERS, "users 1", "1.0").await;
    let get = world.ecr.batch_get_image().repository_name(USERS);
    let answer = get
        .image_ids(by_tag("1.0"))
        .image_ids(by_tag("2.0"))
        .send()
        .await
        .unwrap();
    let image = &answer.images()[0];
    assert_eq!(image.image_manifest(), Some(pushed.text.as_str()));
    assert_eq!(image.image_manifest_media_type(), Some(OCI_MANIFEST));
    assert_eq!(
        image.image_id().unwrap().image_digest(),
        Some(pushed.digest().as_str())
    );
    assert_eq!(
        answer.failures()[0].failure_code().unwrap().as_str(),
        "ImageNotFound"
    );

    let get = world
        .ecr
        .batch_get_image()
        .repository_name(USERS)
        .image_ids(by_tag("1.0"));
    let answer = get.accepted_media_types(OCI_INDEX).send().await.unwrap();
    assert!(answer.images().is_empty() && answer.failures().len() == 1);
}

#[tokio::test]
async fn a_moved_tag_leaves_its_old_image_untagged_and_present() {
    let world = World::new().await;
    let old = world.push(USERS, "users 1", "prod").await;
    let new = world.push(USERS, "users 2", "prod").await;
    assert_eq!(world.digest(USERS, "prod").await, Some(new.digest()));
    let list = world.ecr.list_images().repository_name(USERS);
    let untagged = ListImagesFilter::builder()
        .tag_status(TagStatus::Untagged)
        .build();
    let ids = list
        .filter(untagged)
        .send()
        .await
        .unwrap()
        .image_ids
        .unwrap();
    assert_eq!(ids, [by_digest(old.digest())]);
}

#[tokio::test]
async fn an_image_can_be_put_only_with_all_its_parts() {
    let world = World::new().await;
    let absent = Manifest::of(json!({
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": descriptor(OCI_CONFIG, b"never uploaded"),
        "layers": [],
    }));
    assert_eq!(
        world.put(USERS, &absent, None).await,
        Err("LayersNotFoundException".to_owned())
    );
    let index = Manifest::index(&[&absent]);
    assert_eq!(
        world.put(USERS, &index, Some("1")).await,
        Err("ReferencedImagesNotFoundException".to_owned())
    );
    assert!(world.digests(USERS).await.is_empty());
}

#[tokio::test]
async fn a_repeated_push_differs_from_a_new_tag() {
    let world = World::new().await;
    let manifest = world.push(USERS, "users 1", "1.0").await;
    let again = || Err("ImageAlreadyExistsException".to_owned());
    assert_eq!(world.put(USERS, &manifest, Some("1.0")).await, again());
    assert_eq!(world.put(USERS, &manifest, None).await, again());
    assert_eq!(world.put(USERS, &manifest, Some("1")).await, Ok(()));
    let detail = world.describe(USERS, "1").await.unwrap();
    assert_eq!(detail.image_tags(), ["1", "1.0"]);
    let config = world
        .ecr
        .put_image()
        .repository_name(USERS)
        .image_manifest(&manifest.text);
    let altered = config.image_digest(Digest::of(b"something else").to_string());
    assert_eq!(
        code(&altered.send().await.unwrap_err()),
        "ImageDigestDoesNotMatchException"
    );
}

#[tokio::test]
async fn an_invalid_manifest_or_tag_is_refused() {
    let world = World::new().await;
    let good = world.image(USERS, "users 1").await;
    for text in [
        "{",
        "[]",
        "[2, null, null, null, [], [], null, {}]",
        "{\"schemaVersion\": 1}",
        "{\"schemaVersion\": 2}",
    ] {
        let put = world
            .ecr
            .put_image()
            .repository_name(USERS)
            .image_manifest(text);
        assert_eq!(
            code(&put.send().await.unwrap_err()),
            "InvalidParameterException",
            "{text}"
        );
    }
    for tag in ["", "-dash", "a b", "a/b"] {
        assert_eq!(
            world.put(USERS, &good, Some(tag)).await,
            Err("InvalidParameterException".to_owned()),
            "{tag}"
        );
    }
    let put = world
        .ecr
        .put_image()
        .repository_name(USERS)
        .image_manifest(&good.text);
    let put = put.image_manifest_media_type(OCI_INDEX);
    assert_eq!(
        code(&put.send().await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test]
async fn a_manifest_needs_a_media_type_in_its_text_or_in_the_request() {
    let world = World::new().await;
    let manifest = world.image(USERS, "users 1").await;
    let mut bare: Value = serde_json::from_str(&manifest.text).unwrap();
    bare.as_object_mut().unwrap().remove("mediaType");
    let bare = bare.to_string();
    let put = || {
        let put = world.ecr.put_image().repository_name(USERS);
        put.image_manifest(&bare).image_tag("1.0")
    };
    let refused = put().send().await.unwrap_err();
    assert_eq!(code(&refused), "InvalidParameterException");
    put()
        .image_manifest_media_type(OCI_MANIFEST)
        .send()
        .await
        .unwrap();
    let detail = world.describe(USERS, "1.0").await.unwrap();
    assert_eq!(detail.image_manifest_media_type(), Some(OCI_MANIFEST));
}

#[tokio::test]
async fn a_tag_and_a_digest_that_do_not_match_name_no_image() {
    let world = World::new().await;
    world.push(USERS, "users 1", "1.0").await;
    let other = world.push(USERS, "users 2", "2.0").await;
    let id = json!({ "imageTag": "1.0", "imageDigest": other.digest() });
    let request = json!({ "repositoryName": USERS, "imageIds": [id], "imageId": id,
        "targetStorageClass": "ARCHIVE" });
    for operation in [
        "DescribeImages",
        "UpdateImageStorageClass",
        "StartImageScan",
        "DescribeImageScanFindings",
        "DescribeImageReplicationStatus",
        "DescribeImageSigningStatus",
    ] {
        let (exception, sentence) = world.ask(operation, request.clone()).await.unwrap_err();
        assert_eq!(exception, "ImageNotFoundException", "{operation}");
        let names_both = sentence.contains(&other.digest()) && sentence.contains("'1.0'");
        assert!(names_both, "{operation}: {sentence}");
    }
    for operation in ["BatchGetImage", "BatchDeleteImage"] {
        let answer = world.ask(operation, request.clone()).await.unwrap();
        let failure = &answer["failures"][0]["failureCode"];
        assert_eq!(failure, "ImageTagDoesNotMatchDigest", "{operation}");
    }
}

#[tokio::test]
async fn an_images_size_is_its_config_and_layers_and_an_indexs_its_largest_image() {
    let world = World::new().await;
    let small = world.push(USERS, "users", "arm64").await;
    let large = world.push(USERS, "users with a longer name", "amd64").await;
    let index = Manifest::index(&[&small, &large]);
    world.put(USERS, &index, Some("1.0")).await.unwrap();
    let mut sizes = Vec::new();
    for tag in ["arm64", "amd64", "1.0"] {
        sizes.push(
            world
                .describe(USERS, tag)
                .await
                .unwrap()
                .image_size_in_bytes()
                .unwrap(),
        );
    }
    let config =
        json!({ "architecture": "amd64", "os": "linux", "created_by": "users" }).to_string();
    assert_eq!(sizes[0], (config.len() + "the files of users".len()) as i64);
    assert!(sizes[1] > sizes[0]);
    assert_eq!(sizes[2], sizes[1]);
}

#[tokio::test]
async fn an_archived_image_is_listed_on_request_and_cannot_be_pulled() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "old").await;
    let update = || {
        world
            .ecr
            .update_image_storage_class()
            .repository_name(USERS)
            .image_id(by_tag("old"))
    };
    update()
        .target_storage_class(TargetStorageClass::Archive)
        .send()
        .await
        .unwrap();
    let again = update()
        .target_storage_class(TargetStorageClass::Archive)
        .send()
        .await
        .unwrap_err();
    assert_eq!(code(&again), "ImageStorageClassUpdateNotSupportedException");

    assert!(world.digests(USERS).await.is_empty());
    let list = world.ecr.list_images().repository_name(USERS);
    let any = ListImagesFilter::builder()
        .image_status(ImageStatusFilter::Any)
        .build();
    assert_eq!(list.filter(any).send().await.unwrap().image_ids().len(), 1);
    let get = world
        .ecr
        .batch_get_image()
        .repository_name(USERS)
        .image_ids(by_tag("old"));
    let answer = get.send().await.unwrap();
    assert_eq!(
        answer.failures()[0].failure_code().unwrap().as_str(),
        "ImageInaccessible"
    );
    assert!(
        world
            .describe(USERS, "old")
            .await
            .unwrap()
            .last_archived_at()
            .is_some()
    );

    update()
        .target_storage_class(TargetStorageClass::Standard)
        .send()
        .await
        .unwrap();
    assert_eq!(world.digests(USERS).await, [image.digest()]);
}

#[tokio::test]
async fn a_push_of_an_archived_image_restores_it() {
    let world = World::new().await;
    let locked = world.ecr.put_image_tag_mutability().repository_name(USERS);
    let locked = locked.image_tag_mutability(ImageTagMutability::Immutable);
    locked.send().await.unwrap();
    let image = world.push(USERS, "users 1", "old").await;
    let archive = world.ecr.update_image_storage_class();
    let archive = archive.repository_name(USERS).image_id(by_tag("old"));
    let archive = archive.target_storage_class(TargetStorageClass::Archive);
    for tag in [Some("old"), None, Some("old-again")] {
        archive.clone().send().await.unwrap();
        assert!(world.digests(USERS).await.is_empty());
        assert_eq!(world.put(USERS, &image, tag).await, Ok(()), "{tag:?}");
        assert_eq!(world.digests(USERS).await, [image.digest()], "{tag:?}");
    }
    let detail = world.describe(USERS, "old").await.unwrap();
    assert_eq!(detail.image_tags(), ["old", "old-again"]);
    assert!(detail.last_activated_at() > detail.image_pushed_at());
    let other = world.image(USERS, "users 2").await;
    let taken = world.put(USERS, &other, Some("old")).await;
    assert_eq!(taken, Err("ImageTagAlreadyExistsException".to_owned()));
}

#[tokio::test]
async fn an_image_has_at_most_a_thousand_tags() {
    let world = World::new().await;
    let manifest = world.image(USERS, "users 1").await;
    for number in 0..1000 {
        let put = PutImage {
            manifest: manifest.text.clone().into(),
            tag: Some(number.to_string()),
            ..PutImage::default()
        };
        world.running.registry().put_image(USERS, put).unwrap();
    }
    let one_more = world.put(USERS, &manifest, Some("1000")).await;
    assert_eq!(one_more, Err("LimitExceededException".to_owned()));
    let first = world.describe(USERS, "0").await.unwrap();
    assert_eq!(first.image_tags().len(), 1000);
}

#[tokio::test]
async fn a_pull_is_recorded() {
    let world = World::new().await;
    world.push(USERS, "users 1", "1.0").await;
    assert!(
        world
            .describe(USERS, "1.0")
            .await
            .unwrap()
            .last_recorded_pull_time()
            .is_none()
    );
    let get = world
        .ecr
        .batch_get_image()
        .repository_name(USERS)
        .image_ids(by_tag("1.0"));
    get.send().await.unwrap();
    assert!(
        world
            .describe(USERS, "1.0")
            .await
            .unwrap()
            .last_recorded_pull_time()
            .is_some()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_clients_moving_one_tag_end_in_a_consistent_state() {
    let world = World::new().await;
    let mut manifests = Vec::new();
    for number in 0..16 {
        manifests.push(world.image(USERS, &format!("users {number}")).await);
    }
    let mut clients = Vec::new();
    for manifest in &manifests {
        let (ecr, text) = (world.ecr.clone(), manifest.text.clone());
        clients.push(tokio::spawn(async move {
            for _ in 0..8 {
                let put = ecr
                    .put_image()
                    .repository_name(USERS)
                    .image_manifest(&text)
                    .image_tag("prod");
                match put.send().await {
                    Ok(_) => {}
                    Err(error) => assert_eq!(code(&error), "ImageAlreadyExistsException"),
                }
            }
        }));
    }
    for client in clients {
        client.await.unwrap();
    }

    let everybody: HashSet<String> = manifests.iter().map(Manifest::digest).collect();
    let describe = world.ecr.describe_images().repository_name(USERS);
    let details = describe.send().await.unwrap().image_details.unwrap();
    let present: HashSet<String> = details
        .iter()
        .map(|detail| detail.image_digest.clone().unwrap())
        .collect();
    assert_eq!(present, everybody);
    let holders: Vec<_> = details
        .iter()
        .filter(|detail| !detail.image_tags().is_empty())
        .collect();
    assert_eq!(holders.len(), 1, "exactly one image holds the tag");
    assert_eq!(holders[0].image_digest, world.digest(USERS, "prod").await);
}
