//! podman: logs in, pulls an image of the demo and pushes it to another registry.

use std::path::Path;
use std::process::Stdio;

use ecr_local::registry::Reference;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::support::{demo, find, password, skipped, succeed};

/// podman with a separate store, and a driver with no requirements for the host.
fn podman(store: &Path) -> Command {
    let mut command = Command::new("podman");
    command
        .env("REGISTRY_AUTH_FILE", store.join("auth.json"))
        .arg("--root")
        .arg(store.join("root"))
        .arg("--runroot")
        .arg(store.join("runroot"))
        .args(["--storage-driver", "vfs"]);
    command
}

async fn log_in(mut command: Command, password: &str) {
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut login = command.spawn().unwrap();
    let mut input = login.stdin.take().unwrap();
    input.write_all(password.as_bytes()).await.unwrap();
    drop(input);
    assert!(login.wait().await.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_can_be_pulled_and_pushed() {
    if find("podman").is_none() {
        return skipped("podman is not installed");
    }
    let endpoint = demo().await;
    let store = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = podman(store.path());
        command.args(arguments);
        command
    };
    let host = endpoint.address().to_string();
    log_in(
        run(&[
            "login",
            "--tls-verify=false",
            "--username",
            "AWS",
            "--password-stdin",
            &host,
        ]),
        &password(&endpoint).await,
    )
    .await;
    let (from, to) = (
        format!("{host}/base/debian:12"),
        format!("{host}/sandbox/empty:copy"),
    );
    succeed(&mut run(&["pull", "--tls-verify=false", &from])).await;
    let digest = succeed(&mut run(&["inspect", "--format", "{{.Digest}}", &from])).await;
    let pulled = endpoint
        .registry()
        .image_by_reference("base/debian", &Reference::Tag("12".to_owned()))
        .unwrap();
    assert_eq!(digest.trim(), pulled.digest.to_string());

    succeed(&mut run(&["tag", &from, &to])).await;
    succeed(&mut run(&["push", "--tls-verify=false", &to])).await;
    let pushed = endpoint
        .registry()
        .image_by_reference("sandbox/empty", &Reference::Tag("copy".to_owned()))
        .unwrap();
    assert!(
        !pushed.manifest.kind.is_index(),
        "podman pushes the platform that it pulled"
    );
}
