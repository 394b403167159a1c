use aws_sdk_ecr::types::{
    EncryptionConfiguration, EncryptionType, ImageScanningConfiguration, ImageTagMutability,
    ImageTagMutabilityExclusionFilter, ImageTagMutabilityExclusionFilterType, Tag,
};

use crate::world::{USERS, World, by_digest, code};

#[tokio::test]
async fn a_new_repository_is_described_as_requested() {
    let world = World::new().await;
    let create = world
        .ecr
        .create_repository()
        .repository_name("orders/worker");
    let create = create
        .image_tag_mutability(ImageTagMutability::Immutable)
        .image_scanning_configuration(
            ImageScanningConfiguration::builder()
                .scan_on_push(true)
                .build(),
        )
        .encryption_configuration(
            EncryptionConfiguration::builder()
                .encryption_type(EncryptionType::Kms)
                .build()
                .unwrap(),
        );
    create.send().await.unwrap();

    let describe = world
        .ecr
        .describe_repositories()
        .repository_names("orders/worker");
    let repository = describe
        .send()
        .await
        .unwrap()
        .repositories
        .unwrap()
        .pop()
        .unwrap();
    let host = world.running.address();
    assert_eq!(
        repository.repository_uri(),
        Some(format!("{host}/orders/worker").as_str())
    );
    assert_eq!(
        repository.repository_arn(),
        Some("arn:aws:ecr:eu-central-1:111122223333:repository/orders/worker")
    );
    assert_eq!(
        repository.image_tag_mutability(),
        Some(&ImageTagMutability::Immutable)
    );
    assert!(
        repository
            .image_scanning_configuration()
            .unwrap()
            .scan_on_push()
    );
    let encryption = repository.encryption_configuration().unwrap();
    assert!(encryption.kms_key().unwrap().ends_with("alias/aws/ecr"));
}

#[tokio::test]
async fn a_name_can_be_used_once_and_must_be_valid() {
    let world = World::new().await;
    for (name, expected) in [
        (USERS, "RepositoryAlreadyExistsException"),
        ("Users", "InvalidParameterException"),
        ("a//b", "InvalidParameterException"),
        ("u", "InvalidParameterException"),
    ] {
        let create = world.ecr.create_repository().repository_name(name);
        assert_eq!(code(&create.send().await.unwrap_err()), expected, "{name}");
    }
    let describe = world
        .ecr
        .describe_repositories()
        .repository_names("nobody/knows");
    assert_eq!(
        code(&describe.send().await.unwrap_err()),
        "RepositoryNotFoundException"
    );
    let describe = world
        .ecr
        .describe_repositories()
        .registry_id("999999999999")
        .repository_names(USERS);
    assert_eq!(
        code(&describe.send().await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test]
async fn a_repository_with_images_is_deleted_only_with_force() {
    let world = World::new().await;
    world.push(USERS, "users 1", "latest").await;
    let delete = world.ecr.delete_repository().repository_name(USERS);
    assert_eq!(
        code(&delete.clone().send().await.unwrap_err()),
        "RepositoryNotEmptyException"
    );
    delete.force(true).send().await.unwrap();
    let list = world.ecr.list_images().repository_name(USERS);
    assert_eq!(
        code(&list.send().await.unwrap_err()),
        "RepositoryNotFoundException"
    );
}

#[tokio::test]
async fn resource_tags_are_added_listed_and_removed() {
    let world = World::new().await;
    let arn = "arn:aws:ecr:eu-central-1:111122223333:repository/users/api";
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build().unwrap();
    let add = world.ecr.tag_resource().resource_arn(arn);
    add.tags(tag("team", "users"))
        .tags(tag("stage", "dev"))
        .send()
        .await
        .unwrap();
    world
        .ecr
        .tag_resource()
        .resource_arn(arn)
        .tags(tag("stage", "prod"))
        .send()
        .await
        .unwrap();
    world
        .ecr
        .untag_resource()
        .resource_arn(arn)
        .tag_keys("team")
        .send()
        .await
        .unwrap();
    let tags = world
        .ecr
        .list_tags_for_resource()
        .resource_arn(arn)
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tags(), [tag("stage", "prod")]);

    let reserved = world
        .ecr
        .tag_resource()
        .resource_arn(arn)
        .tags(tag("aws:team", "x"));
    assert_eq!(
        code(&reserved.send().await.unwrap_err()),
        "InvalidTagParameterException"
    );
    let twice = world
        .ecr
        .tag_resource()
        .resource_arn(arn)
        .tags(tag("a", "1"))
        .tags(tag("a", "2"));
    assert_eq!(
        code(&twice.send().await.unwrap_err()),
        "InvalidTagParameterException"
    );
    let mut many = world.ecr.tag_resource().resource_arn(arn);
    for number in 0..50 {
        many = many.tags(tag(&format!("key-{number}"), ""));
    }
    assert_eq!(
        code(&many.send().await.unwrap_err()),
        "TooManyTagsException"
    );
    let elsewhere = world
        .ecr
        .list_tags_for_resource()
        .resource_arn("arn:aws:s3:::bucket");
    assert_eq!(
        code(&elsewhere.send().await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test]
async fn mutability_decides_which_tags_can_move() {
    use ImageTagMutability::{Immutable, ImmutableWithExclusion, Mutable, MutableWithExclusion};
    for (mode, prod_moves, dev_moves) in [
        (Mutable, true, true),
        (Immutable, false, false),
        (ImmutableWithExclusion, false, true),
        (MutableWithExclusion, true, false),
    ] {
        let world = World::new().await;
        let put = world.ecr.put_image_tag_mutability().repository_name(USERS);
        let has_filter = mode == ImmutableWithExclusion || mode == MutableWithExclusion;
        let filter = ImageTagMutabilityExclusionFilter::builder()
            .filter_type(ImageTagMutabilityExclusionFilterType::Wildcard)
            .filter("dev*")
            .build()
            .unwrap();
        let put = put.set_image_tag_mutability_exclusion_filters(has_filter.then(|| vec![filter]));
        put.image_tag_mutability(mode.clone()).send().await.unwrap();

        for (tag, moves) in [("prod", prod_moves), ("dev-1", dev_moves)] {
            let first = world.push(USERS, &format!("{tag} 1"), tag).await;
            let second = world.image(USERS, &format!("{tag} 2")).await;
            let answer = world.put(USERS, &second, Some(tag)).await;
            let expected = if moves {
                Ok(())
            } else {
                Err("ImageTagAlreadyExistsException".to_owned())
            };
            assert_eq!(answer, expected, "{mode} {tag}");
            let holder = if moves { &second } else { &first };
            assert_eq!(
                world.digest(USERS, tag).await,
                Some(holder.digest()),
                "{mode} {tag}"
            );
            assert!(
                moves
                    || world
                        .delete(USERS, by_digest(first.digest()))
                        .await
                        .is_none()
            );
        }
    }
}
