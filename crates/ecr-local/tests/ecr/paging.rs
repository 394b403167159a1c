use aws_sdk_ecr::types::{DescribeImagesFilter, TagStatus};
use serde_json::{Value, json};

use crate::world::{USERS, World, by_tag, code};

#[tokio::test]
async fn pages_of_repositories_neither_repeat_nor_skip_any() {
    let world = World::new().await;
    for number in 0..7 {
        world.create(&format!("service-{number}")).await;
    }
    let pages = world
        .ecr
        .describe_repositories()
        .max_results(3)
        .into_paginator()
        .send();
    let pages: Vec<_> = pages.try_collect().await.unwrap();
    let sizes: Vec<_> = pages.iter().map(|page| page.repositories().len()).collect();
    assert_eq!(sizes, [3, 3, 2]);
    let names: Vec<_> = pages
        .iter()
        .flat_map(|page| page.repositories())
        .map(|found| found.repository_name().unwrap())
        .collect();
    assert_eq!(names[0], "service-0");
    assert_eq!(names[7], USERS);
}

#[tokio::test]
async fn a_page_keeps_its_place_while_images_change() {
    let world = World::new().await;
    for number in 0..6 {
        world
            .push(USERS, &format!("users {number}"), &number.to_string())
            .await;
    }
    let all = world.digests(USERS).await;
    let describe = || {
        world
            .ecr
            .describe_images()
            .repository_name(USERS)
            .max_results(2)
    };
    let first = describe().send().await.unwrap();
    let last_seen = first.image_details()[1].image_tags()[0].clone();
    assert_eq!(world.delete(USERS, by_tag(&last_seen)).await, None);
    let second = describe()
        .set_next_token(first.next_token)
        .send()
        .await
        .unwrap();
    let digests: Vec<_> = second
        .image_details()
        .iter()
        .map(|detail| detail.image_digest().unwrap())
        .collect();
    assert_eq!(digests, all[2..4], "the deleted one was already seen");
}

#[tokio::test]
async fn an_image_with_many_tags_has_many_ids() {
    let world = World::new().await;
    let image = world.push(USERS, "users 1", "0").await;
    for tag in 1..5 {
        world
            .put(USERS, &image, Some(&tag.to_string()))
            .await
            .unwrap();
    }
    let pages = world
        .ecr
        .list_images()
        .repository_name(USERS)
        .max_results(2)
        .into_paginator()
        .items()
        .send();
    let ids = pages.try_collect().await.unwrap();
    let tags: Vec<_> = ids.iter().map(|id| id.image_tag().unwrap()).collect();
    assert_eq!(tags, ["0", "1", "2", "3", "4"]);
}

#[tokio::test]
async fn a_token_is_only_valid_for_its_own_request() {
    let world = World::new().await;
    world.create("orders/api").await;
    for number in 0..3 {
        world
            .push(USERS, &format!("users {number}"), &number.to_string())
            .await;
    }
    let describe = || world.ecr.describe_images().max_results(1);
    let token = describe()
        .repository_name(USERS)
        .send()
        .await
        .unwrap()
        .next_token
        .unwrap();
    let refused = |error: String| assert_eq!(error, "InvalidParameterException");
    let other = describe()
        .repository_name("orders/api")
        .next_token(&token)
        .send()
        .await;
    refused(code(&other.unwrap_err()));
    let untagged = DescribeImagesFilter::builder()
        .tag_status(TagStatus::Untagged)
        .build();
    let other = describe()
        .repository_name(USERS)
        .filter(untagged)
        .next_token(&token)
        .send()
        .await;
    refused(code(&other.unwrap_err()));
    let other = world
        .ecr
        .list_images()
        .repository_name(USERS)
        .next_token(&token)
        .send()
        .await;
    refused(code(&other.unwrap_err()));
    let mut forged = token.clone();
    forged.replace_range(3..4, if &token[3..4] == "A" { "B" } else { "A" });
    let other = describe()
        .repository_name(USERS)
        .next_token(forged)
        .send()
        .await;
    refused(code(&other.unwrap_err()));
    describe()
        .repository_name(USERS)
        .next_token(token)
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_page_has_a_limit() {
    let world = World::new().await;
    for length in [0, 1001] {
        let describe = world
            .ecr
            .describe_images()
            .repository_name(USERS)
            .max_results(length);
        assert_eq!(
            code(&describe.send().await.unwrap_err()),
            "InvalidParameterException"
        );
    }
    let mut many = world.ecr.describe_images().repository_name(USERS);
    for number in 0..101 {
        many = many.image_ids(by_tag(&number.to_string()));
    }
    assert_eq!(
        code(&many.send().await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test]
async fn a_list_of_names_is_not_paged() {
    let world = World::new().await;
    world.push(USERS, "users 1", "1.0").await;
    let lifecycle = json!({ "rules": [{ "rulePriority": 1, "action": { "type": "expire" },
        "selection": { "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 } }] });
    let start = world.ecr.start_lifecycle_policy_preview();
    let start = start.repository_name(USERS);
    let start = start.lifecycle_policy_text(lifecycle.to_string());
    start.send().await.unwrap();

    for (operation, names) in [
        ("DescribeImages", "imageIds"),
        ("GetLifecyclePolicyPreview", "imageIds"),
        ("DescribeRepositories", "repositoryNames"),
    ] {
        let request = |paging: Value| {
            let mut request = json!({ "repositoryName": USERS, "imageIds": [{ "imageTag": "1.0" }],
                "repositoryNames": [USERS] });
            request
                .as_object_mut()
                .unwrap()
                .extend(paging.as_object().unwrap().clone());
            request
        };
        for paging in ["maxResults", "nextToken"] {
            let value = match paging {
                "maxResults" => json!(10),
                _ => json!("a token"),
            };
            let answer = world
                .ask(operation, request(json!({ paging: value })))
                .await;
            let (exception, sentence) = answer.unwrap_err();
            assert_eq!(exception, "InvalidParameterException", "{operation}");
            assert!(
                sentence.contains(paging) && sentence.contains(names),
                "{operation}: {sentence}"
            );
        }
        let alone = world.ask(operation, request(json!({}))).await;
        assert!(alone.unwrap().get("nextToken").is_none(), "{operation}");
    }
}
