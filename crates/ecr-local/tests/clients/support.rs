//! Runs clients: their environment, their output, and what happens if one is not installed.

use std::path::PathBuf;

use ecr_local::registry::NewRepository;
use ecr_local::{EcrLocal, Options, Running, Seed};
use tokio::process::Command;

/// The region that clients sign for.
pub const REGION: &str = "eu-central-1";

/// An endpoint with the demo's content.
pub async fn demo() -> Running {
    let options = Options {
        seed: Seed::Demo,
        ..Options::default()
    };
    EcrLocal::spawn(options).await.unwrap()
}

/// An empty endpoint.
pub async fn empty() -> Running {
    let options = Options {
        seed: Seed::Empty,
        ..Options::default()
    };
    EcrLocal::spawn(options).await.unwrap()
}

/// All tags of a repository, sorted.
pub fn tags(endpoint: &Running, repository: &str) -> Vec<String> {
    let tags = endpoint.registry().read_images(repository, |images| {
        Ok(images.tags().map(|(tag, _)| tag.to_owned()).collect())
    });
    tags.unwrap()
}

/// Creates a repository, as an administrator would do beforehand.
pub fn create(endpoint: &Running, name: &str) {
    let new = NewRepository {
        name: name.to_owned(),
        ..NewRepository::default()
    };
    endpoint.registry().create_repository(new).unwrap();
}

/// An SDK client for the endpoint.
pub fn sdk(endpoint: &Running) -> aws_sdk_ecr::Client {
    let credentials = aws_credential_types::Credentials::new(
        "AKIAIOSFODNN7EXAMPLE",
        "not-a-secret",
        None,
        None,
        "tests",
    );
    let configuration = aws_sdk_ecr::Config::builder()
        .behavior_version_latest()
        .region(aws_sdk_ecr::config::Region::new(REGION))
        .endpoint_url(endpoint.endpoint_url())
        .credentials_provider(credentials)
        .build();
    aws_sdk_ecr::Client::from_conf(configuration)
}

/// The password that `aws ecr get-login-password` would print.
pub async fn password(endpoint: &Running) -> String {
    let answer = sdk(endpoint)
        .get_authorization_token()
        .send()
        .await
        .unwrap();
    let token = answer.authorization_data()[0]
        .authorization_token()
        .unwrap();
    let decoded =
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD, token).unwrap();
    let credentials = String::from_utf8(decoded).unwrap();
    credentials.strip_prefix("AWS:").unwrap().to_owned()
}

/// A client whose AWS settings lead only to the endpoint.
pub fn client(program: &str, endpoint: &Running) -> Command {
    let mut command = Command::new(program);
    command
        .env("AWS_ENDPOINT_URL", endpoint.endpoint_url())
        .env("AWS_REGION", REGION)
        .env("AWS_DEFAULT_REGION", REGION)
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "not-a-secret")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_PAGER", "")
        .env_remove("AWS_PROFILE")
        .env_remove("AWS_SESSION_TOKEN")
        .env("AWS_CONFIG_FILE", "no-such-file")
        .env("AWS_SHARED_CREDENTIALS_FILE", "no-such-file");
    command
}

/// Runs a client that must succeed, and returns its output.
pub async fn succeed(command: &mut Command) -> String {
    let output = command.output().await.unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        panic!("{command:?}\n{}\n{stdout}\n{stderr}", output.status);
    }
    stdout
}

/// Runs a client that must fail, and returns its error output.
pub async fn fail(command: &mut Command) -> String {
    let output = command.output().await.unwrap();
    assert!(!output.status.success(), "{command:?} was expected to fail");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The path of a program, if it is installed.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// Reports that a test did not test anything, so that it can be found in a log.
#[expect(
    clippy::print_stderr,
    reason = "a skipped test has no other way to say so"
)]
pub fn skipped(why: &str) {
    eprintln!("SKIPPED: {why}");
}
