//! The AWS CLI, with commands as people type them.

use ecr_local::Running;
use serde_json::Value;
use tokio::process::Command;

use super::support::{client, demo, fail, find, skipped, succeed};

/// A command of the CLI, written as on a command line.
fn aws(endpoint: &Running, line: &str) -> Command {
    let mut command = client("aws", endpoint);
    command.args(line.split(' ')).args(["--output", "json"]);
    command
}

/// The JSON output of a command.
async fn ask(endpoint: &Running, line: &str) -> Value {
    serde_json::from_str(&succeed(&mut aws(endpoint, line)).await).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_followed_to_their_last_page() {
    if find("aws").is_none() {
        return skipped("the AWS CLI is not installed");
    }
    let endpoint = demo().await;
    let repositories = ask(&endpoint, "ecr describe-repositories --page-size 5").await;
    let names: Vec<&str> = repositories["repositories"]
        .as_array()
        .unwrap()
        .iter()
        .map(|repository| repository["repositoryName"].as_str().unwrap())
        .collect();
    let expected = endpoint.registry().repositories();
    let expected: Vec<&str> = expected
        .iter()
        .map(|repository| repository.name.as_str())
        .collect();
    assert_eq!(names, expected);

    let line = "ecr describe-images --repository-name checkout/orders-worker --page-size 100";
    let images = ask(&endpoint, line).await;
    assert_eq!(images["imageDetails"].as_array().unwrap().len(), 620);
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_are_read_as_they_were_written() {
    if find("aws").is_none() {
        return skipped("the AWS CLI is not installed");
    }
    let endpoint = demo().await;
    let name = "sandbox/handwritten";
    let policy = ask(
        &endpoint,
        &format!("ecr get-repository-policy --repository-name {name}"),
    )
    .await;
    let written = endpoint
        .registry()
        .read(name, |settings| Ok(settings.policy.clone()));
    assert_eq!(policy["policyText"].as_str(), written.unwrap().as_deref());

    let absent = "ecr get-repository-policy --repository-name sandbox/hello";
    let complaint = fail(&mut aws(&endpoint, absent)).await;
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
