use serde_json::json;

use crate::world::{USERS, World, code};

/// A policy text with spaces that a registry which rewrites it would lose.
fn pull_for(principal: &str) -> String {
    format!(
        r#"{{ "Version": "2012-10-17",  "Statement": [ {{ "Sid": "pull", "Effect": "Allow",
            "Principal": {{ "AWS": "{principal}" }}, "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }} ] }}"#
    )
}

#[tokio::test]
async fn a_repository_policy_is_returned_as_it_was_sent() {
    let world = World::new().await;
    let get = || {
        world
            .ecr
            .get_repository_policy()
            .repository_name(USERS)
            .send()
    };
    assert_eq!(
        code(&get().await.unwrap_err()),
        "RepositoryPolicyNotFoundException"
    );
    let text = pull_for("arn:aws:iam::444455556666:role/ci");
    let set = world
        .ecr
        .set_repository_policy()
        .repository_name(USERS)
        .policy_text(&text);
    set.send().await.unwrap();
    assert_eq!(get().await.unwrap().policy_text(), Some(text.as_str()));
    let deleted = world
        .ecr
        .delete_repository_policy()
        .repository_name(USERS)
        .send()
        .await
        .unwrap();
    assert_eq!(deleted.policy_text(), Some(text.as_str()));
    assert_eq!(
        code(&get().await.unwrap_err()),
        "RepositoryPolicyNotFoundException"
    );
}

#[tokio::test]
async fn every_form_of_principal_that_ecr_knows_is_accepted() {
    let world = World::new().await;
    for principal in [
        "*",
        "444455556666",
        "arn:aws:iam::444455556666:root",
        "arn:aws:iam::444455556666:user/dora",
        "arn:aws:sts::444455556666:assumed-role/ci/build-7",
        "AROAEXAMPLEOFADELETED",
    ] {
        let set = world
            .ecr
            .set_repository_policy()
            .repository_name(USERS)
            .policy_text(pull_for(principal));
        assert!(set.send().await.is_ok(), "{principal}");
    }
    for principal in [
        "",
        "dora",
        "arn:aws:iam::444455556666:role/*",
        "arn:aws:s3:::bucket",
    ] {
        let set = world
            .ecr
            .set_repository_policy()
            .repository_name(USERS)
            .policy_text(pull_for(principal));
        assert_eq!(
            code(&set.send().await.unwrap_err()),
            "InvalidParameterException",
            "{principal}"
        );
    }
}

#[tokio::test]
async fn an_invalid_repository_policy_is_refused() {
    let world = World::new().await;
    let statement = |change: serde_json::Value| {
        let mut statement = json!({ "Effect": "Allow", "Principal": "*", "Action": "ecr:*" });
        for (key, value) in change.as_object().unwrap() {
            statement[key] = value.clone();
        }
        json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
    };
    let texts = [
        "no json".to_owned(),
        "[]".to_owned(),
        json!({ "Version": "2012-10-17", "Statement": [] }).to_string(),
        json!({ "Version": "2020-01-01", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "*" } }).to_string(),
        statement(json!({ "Effect": "Perhaps" })),
        statement(json!({ "Action": "s3:GetObject" })),
        statement(json!({ "Resource": "*" })),
        statement(json!({ "NotAction": "ecr:*" })),
        statement(json!({ "Principal": { "AWS": [] } })),
        statement(json!({ "Sid": "x".repeat(10_240) })),
    ];
    for text in texts {
        let set = world
            .ecr
            .set_repository_policy()
            .repository_name(USERS)
            .policy_text(&text);
        assert_eq!(
            code(&set.send().await.unwrap_err()),
            "InvalidParameterException",
            "{text:.80}"
        );
    }
    let set = world.ecr.set_repository_policy().repository_name(USERS);
    set.policy_text(statement(json!({}))).send().await.unwrap();
}

#[tokio::test]
async fn a_policy_that_locks_its_author_out_needs_force() {
    let world = World::new().await;
    let text = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Deny", "Principal": "*", "Action": "ecr:Set*" },
    ] })
    .to_string();
    let set = || {
        world
            .ecr
            .set_repository_policy()
            .repository_name(USERS)
            .policy_text(&text)
    };
    assert_eq!(
        code(&set().send().await.unwrap_err()),
        "InvalidParameterException"
    );
    set().force(true).send().await.unwrap();

    let conditional = text.replace(
        "\"Effect\"",
        "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},\"Effect\"",
    );
    let set = world.ecr.set_repository_policy().repository_name(USERS);
    set.policy_text(conditional).send().await.unwrap();

    let others = text.replace(
        "\"Principal\":\"*\"",
        "\"Principal\":{\"AWS\":\"444455556666\"}",
    );
    let harmless = world
        .ecr
        .set_repository_policy()
        .repository_name(USERS)
        .policy_text(others);
    harmless.send().await.unwrap();
    let all_but_others = text.replace(
        "\"Principal\":\"*\"",
        "\"NotPrincipal\":{\"AWS\":\"444455556666\"}",
    );
    let set = world
        .ecr
        .set_repository_policy()
        .repository_name(USERS)
        .policy_text(all_but_others);
    assert_eq!(
        code(&set.send().await.unwrap_err()),
        "InvalidParameterException"
    );
}

#[tokio::test]
async fn the_registry_policy_names_resources() {
    let world = World::new().await;
    let get = || world.ecr.get_registry_policy().send();
    assert_eq!(
        code(&get().await.unwrap_err()),
        "RegistryPolicyNotFoundException"
    );
    let bare = world
        .ecr
        .put_registry_policy()
        .policy_text(pull_for("444455556666"));
    assert_eq!(
        code(&bare.send().await.unwrap_err()),
        "InvalidParameterException"
    );
    let text = pull_for("444455556666").replace("\"Action\"", "\"Resource\": \"*\", \"Action\"");
    world
        .ecr
        .put_registry_policy()
        .policy_text(&text)
        .send()
        .await
        .unwrap();
    assert_eq!(get().await.unwrap().policy_text(), Some(text.as_str()));
    world.ecr.delete_registry_policy().send().await.unwrap();
    assert_eq!(
        code(&get().await.unwrap_err()),
        "RegistryPolicyNotFoundException"
    );
}
