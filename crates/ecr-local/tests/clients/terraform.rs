//! Terraform's AWS provider: it finds what it has created unchanged, and deletes it.

use std::ffi::OsString;
use std::path::Path;

use ecr_local::Running;
use tokio::process::Command;

use super::support::{client, empty, find, skipped, succeed};

/// The variable with the folder of Terraform's AWS provider, in the layout of a filesystem mirror.
const PLUGINS: &str = "GANTRY_TERRAFORM_PLUGINS";

fn terraform(endpoint: &Running, folder: &Path) -> Command {
    let mut command = client("terraform", endpoint);
    command
        .current_dir(folder)
        .env("TF_IN_AUTOMATION", "1")
        .env("TF_VAR_endpoint", endpoint.endpoint_url());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn terraform_finds_what_it_has_created_unchanged() {
    let (Some(_), Some(plugins)) = (find("terraform"), std::env::var_os(PLUGINS)) else {
        return skipped(
            "Terraform is not installed, or GANTRY_TERRAFORM_PLUGINS names no folder with its AWS provider",
        );
    };
    let endpoint = empty().await;
    let folder = tempfile::tempdir().unwrap();
    let configuration = include_str!("terraform/main.tf");
    std::fs::write(folder.path().join("main.tf"), configuration).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = terraform(&endpoint, folder.path());
        command.args(arguments);
        command
    };
    let mut plugin_folder = OsString::from("-plugin-dir=");
    plugin_folder.push(plugins);
    succeed(run(&["init", "-input=false"]).arg(plugin_folder)).await;
    succeed(&mut run(&["apply", "-input=false", "-auto-approve"])).await;

    let registry = endpoint.registry();
    let made = registry.read("shop/web", |settings| {
        let policy = settings.policy.as_ref().unwrap();
        assert!(policy.contains("ecr:BatchGetImage"));
        let lifecycle = settings.lifecycle.as_ref().unwrap();
        assert!(lifecycle.text.contains("imageCountMoreThan"));
        assert_eq!(settings.tags["team"], "shop");
        assert!(settings.mutability.locks("1.0"));
        Ok(())
    });
    assert_eq!(made, Ok(()));

    // With this option, a plan with any change fails.
    succeed(&mut run(&["plan", "-input=false", "-detailed-exitcode"])).await;
    succeed(&mut run(&["destroy", "-input=false", "-auto-approve"])).await;
    assert!(registry.repositories().is_empty());
}
