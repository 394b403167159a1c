//! The AWS CLI, as people type it.

use serde_json::Value;

use super::support::{client, demo, fail, find, skipped, succeed};

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_of_every_day_work() {
    if find("aws").is_none() {
        return skipped("the AWS CLI is not installed");
    }
    let endpoint = demo().await;
    let aws = |arguments: &[&str]| {
        let mut command = client("aws", &endpoint);
        command.args(arguments).args(["--output", "json"]);
        command
    };
    let repositories = [
        "ecr",
        "describe-repositories",
        "--page-size",
        "5",
        "--query",
        "repositories[].repositoryName",
    ];
    let names: Vec<String> = serde_json::from_str(&succeed(&mut aws(&repositories)).await).unwrap();
    let expected: Vec<String> = endpoint
        .registry()
        .repositories()
        .iter()
        .map(|repository| repository.name.clone())
        .collect();
    assert_eq!(names, expected);

    let images = [
        "ecr",
        "describe-images",
        "--repository-name",
        "checkout/orders-worker",
        "--page-size",
        "100",
    ];
    let images: Value = serde_json::from_str(&succeed(&mut aws(&images)).await).unwrap();
    assert_eq!(images["imageDetails"].as_array().unwrap().len(), 620);

    let policy = [
        "ecr",
        "get-repository-policy",
        "--repository-name",
        "sandbox/handwritten",
    ];
    let policy: Value = serde_json::from_str(&succeed(&mut aws(&policy)).await).unwrap();
    assert_eq!(
        policy["policyText"].as_str().unwrap(),
        endpoint
            .registry()
            .repository_policy("sandbox/handwritten")
            .unwrap(),
    );

    let absent = [
        "ecr",
        "get-repository-policy",
        "--repository-name",
        "sandbox/hello",
    ];
    let complaint = fail(&mut aws(&absent)).await;
    assert!(
        complaint.contains("RepositoryPolicyNotFoundException"),
        "{complaint}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_login_password_opens_the_registry() {
    if find("aws").is_none() {
        return skipped("the AWS CLI is not installed");
    }
    let endpoint = demo().await;
    let password = succeed(client("aws", &endpoint).args(["ecr", "get-login-password"])).await;
    let response = reqwest::Client::new()
        .get(format!("{}/v2/", endpoint.endpoint_url()))
        .basic_auth("AWS", Some(password.trim()))
        .send()
        .await
        .unwrap();
    assert!(response.status().is_success());
}
