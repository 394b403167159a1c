use aws_sdk_ecr::types::ImageIdentifier;
use ecr_local::registry::Digest;

use crate::world::{Manifest, USERS, World, by_digest, by_tag};

#[tokio::test]
async fn an_image_is_deleted_with_its_last_tag() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "1.0").await;
    world.put(USERS, &image, Some("1")).await.unwrap();
    assert_eq!(world.delete(USERS, by_tag("1")).await, None);
    assert_eq!(world.digests(USERS).await, [image.digest()]);
    assert_eq!(world.delete(USERS, by_tag("1.0")).await, None);
    assert!(world.digests(USERS).await.is_empty());
}

#[tokio::test]
async fn deleting_a_digest_deletes_the_image_and_all_its_tags() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "1.0").await;
    world.put(USERS, &image, Some("1")).await.unwrap();
    let delete = world.ecr.batch_delete_image().repository_name(USERS);
    let answer = delete
        .image_ids(by_digest(image.digest()))
        .send()
        .await
        .unwrap();
    let tags: Vec<_> = answer
        .image_ids()
        .iter()
        .map(|id| id.image_tag().unwrap())
        .collect();
    assert_eq!(tags, ["1", "1.0"]);
    assert!(world.digests(USERS).await.is_empty());
}

#[tokio::test]
async fn an_image_in_an_index_stays_until_the_index_is_deleted() {
    let world = World::new().await;
    let child = world.push(USERS, "users 1", "amd64").await;
    let index = Manifest::index(&[&child]);
    world.put(USERS, &index, Some("1.0")).await.unwrap();
    let listed = Some("ImageReferencedByManifestList".to_owned());
    assert_eq!(world.delete(USERS, by_digest(child.digest())).await, listed);
    assert_eq!(world.delete(USERS, by_tag("amd64")).await, listed);
    assert_eq!(world.delete(USERS, by_tag("1.0")).await, None);
    assert_eq!(world.delete(USERS, by_tag("amd64")).await, None);
    assert!(world.digests(USERS).await.is_empty());
}

#[tokio::test]
async fn a_layer_stays_as_long_as_an_image_uses_it() {
    let world = World::new().await;
    let first = world.push(USERS, "users 1", "1.0").await;
    let annotated = first
        .text
        .replacen('{', r#"{ "annotations": { "note": "twin" },"#, 1);
    let twin = Manifest { text: annotated };
    world.put(USERS, &twin, Some("twin")).await.unwrap();
    let layer = Digest::of(b"the files of users 1");
    let is_there = || {
        world
            .running
            .registry()
            .read_images(USERS, |images| Ok(images.layer(&layer)))
            .unwrap()
            .is_some()
    };
    world.delete(USERS, by_tag("1.0")).await;
    assert!(is_there());
    world.delete(USERS, by_tag("twin")).await;
    assert!(!is_there());
}

#[tokio::test]
async fn every_bad_image_id_gets_its_own_code() {
    let world = World::new().await;
    world.push(USERS, "users 1", "1.0").await;
    let other = world.push(USERS, "users 2", "2.0").await;
    let mismatch = ImageIdentifier::builder()
        .image_tag("1.0")
        .image_digest(other.digest())
        .build();
    for (id, expected) in [
        (by_tag("3.0"), "ImageNotFound"),
        (by_digest("sha256:abc"), "InvalidImageDigest"),
        (mismatch, "ImageTagDoesNotMatchDigest"),
        (ImageIdentifier::builder().build(), "MissingDigestAndTag"),
    ] {
        assert_eq!(world.delete(USERS, id).await.as_deref(), Some(expected));
    }
    assert_eq!(world.digests(USERS).await.len(), 2);
}
