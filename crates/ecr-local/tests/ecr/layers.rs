use aws_sdk_ecr::operation::upload_layer_part::UploadLayerPartError;
use aws_sdk_ecr::primitives::Blob;
use aws_sdk_ecr::types::LayerAvailability;
use ecr_local::registry::Digest;

use crate::world::{USERS, World, code};

const MEBIBYTE: usize = 1024 * 1024;

/// An upload in progress.
struct Upload<'a> {
    world: &'a World,
    id: String,
}

impl<'a> Upload<'a> {
    async fn begin(world: &'a World) -> Self {
        let begun = world
            .ecr
            .initiate_layer_upload()
            .repository_name(USERS)
            .send()
            .await
            .unwrap();
        assert_eq!(begun.part_size(), Some(20 * MEBIBYTE as i64));
        Self {
            world,
            id: begun.upload_id.unwrap(),
        }
    }

    async fn part(
        &self,
        first: usize,
        bytes: &[u8],
    ) -> Result<(), aws_sdk_ecr::error::SdkError<UploadLayerPartError>> {
        let part = self
            .world
            .ecr
            .upload_layer_part()
            .repository_name(USERS)
            .upload_id(&self.id);
        let last = first + bytes.len() - 1;
        let part = part
            .part_first_byte(first as i64)
            .part_last_byte(last as i64);
        part.layer_part_blob(Blob::new(bytes))
            .send()
            .await
            .map(drop)
    }

    async fn complete(&self, digest: Digest) -> Result<(), String> {
        let complete = self
            .world
            .ecr
            .complete_layer_upload()
            .repository_name(USERS)
            .upload_id(&self.id);
        complete
            .layer_digests(digest.to_string())
            .send()
            .await
            .map(drop)
            .map_err(|error| code(&error))
    }
}

#[tokio::test]
async fn a_layer_is_uploaded_in_parts_and_downloaded_with_a_plain_get() {
    let world = World::new().await;
    let layer: Vec<u8> = (0..6 * MEBIBYTE).map(|at| at as u8).collect();
    let upload = Upload::begin(&world).await;
    upload.part(0, &layer[..5 * MEBIBYTE]).await.unwrap();
    upload
        .part(5 * MEBIBYTE, &layer[5 * MEBIBYTE..])
        .await
        .unwrap();
    upload.complete(Digest::of(&layer)).await.unwrap();

    let url = || {
        world
            .ecr
            .get_download_url_for_layer()
            .repository_name(USERS)
    };
    let loose = url()
        .layer_digest(Digest::of(&layer).to_string())
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        code(&loose),
        "LayerInaccessibleException",
        "no image holds it yet"
    );

    world.push(USERS, "users 1", "1.0").await;
    let held = Digest::of(b"the files of users 1").to_string();
    let link = url()
        .layer_digest(held)
        .send()
        .await
        .unwrap()
        .download_url
        .unwrap();
    let answer = reqwest::get(&link).await.unwrap();
    assert_eq!(answer.bytes().await.unwrap(), "the files of users 1");
    let forged = reqwest::get(format!("{link}A")).await.unwrap();
    assert_eq!(forged.status(), 403);
}

#[tokio::test]
async fn parts_must_follow_each_other() {
    let world = World::new().await;
    let upload = Upload::begin(&world).await;
    upload.part(0, b"hello").await.unwrap();
    let gap = upload
        .part(9, b"world")
        .await
        .unwrap_err()
        .into_service_error();
    let UploadLayerPartError::InvalidLayerPartException(gap) = gap else {
        panic!("{gap:?}");
    };
    assert_eq!(gap.last_valid_byte_received(), Some(4));
    upload.complete(Digest::of(b"hello")).await.unwrap();
}

#[tokio::test]
async fn small_parts_are_refused_when_the_layer_is_completed() {
    let world = World::new().await;
    let refused = Upload::begin(&world).await;
    refused.part(0, b"hello").await.unwrap();
    refused.part(5, b" world").await.unwrap();
    assert_eq!(
        refused.complete(Digest::of(b"hello world")).await,
        Err("LayerPartTooSmallException".to_owned()),
        "the first part is under 5 MiB"
    );
    let layer = vec![7; 5 * MEBIBYTE + 2];
    let small_at_the_end = Upload::begin(&world).await;
    small_at_the_end
        .part(0, &layer[..5 * MEBIBYTE])
        .await
        .unwrap();
    small_at_the_end
        .part(5 * MEBIBYTE, &layer[5 * MEBIBYTE..])
        .await
        .unwrap();
    small_at_the_end.complete(Digest::of(&layer)).await.unwrap();
}

#[tokio::test]
async fn an_upload_ends_with_the_digest_of_its_bytes() {
    let world = World::new().await;
    let empty = Upload::begin(&world).await;
    assert_eq!(
        empty.complete(Digest::of(b"")).await,
        Err("EmptyUploadException".to_owned())
    );

    let altered = Upload::begin(&world).await;
    altered.part(0, b"hello").await.unwrap();
    assert_eq!(
        altered.complete(Digest::of(b"other")).await,
        Err("InvalidLayerException".to_owned())
    );
    assert_eq!(
        altered.complete(Digest::of(b"hello")).await,
        Err("UploadNotFoundException".to_owned())
    );

    world.upload(USERS, b"hello").await;
    let twice = Upload::begin(&world).await;
    twice.part(0, b"hello").await.unwrap();
    assert_eq!(
        twice.complete(Digest::of(b"hello")).await,
        Err("LayerAlreadyExistsException".to_owned())
    );
}

#[tokio::test]
async fn availability_is_reported_for_each_layer() {
    let world = World::new().await;
    let here = world.upload(USERS, b"hello").await.to_string();
    let gone = Digest::of(b"never uploaded").to_string();
    let check = world
        .ecr
        .batch_check_layer_availability()
        .repository_name(USERS);
    let check = check
        .layer_digests(&here)
        .layer_digests(&gone)
        .layer_digests("nonsense");
    let answer = check.send().await.unwrap();
    let reported: Vec<_> = answer
        .layers()
        .iter()
        .map(|layer| {
            (
                layer.layer_availability().unwrap().clone(),
                layer.layer_size(),
            )
        })
        .collect();
    assert_eq!(
        reported,
        [
            (LayerAvailability::Available, Some(5)),
            (LayerAvailability::Unavailable, None)
        ]
    );
    assert_eq!(
        answer.failures()[0].failure_code().unwrap().as_str(),
        "InvalidLayerDigest"
    );
}
