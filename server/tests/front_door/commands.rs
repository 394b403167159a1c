//! The command line.

use std::{
    fs,
    process::{Command, Output},
};

fn gantry(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    command
        .args(arguments)
        .env_remove("GANTRY_CONFIG")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn serving_without_a_sign_in_is_refused_with_what_to_add() {
    let output = gantry(&["serve"]);
    assert!(!output.status.success());
    let complaint = text(&output.stderr);
    assert!(
        complaint.contains("no sign-in is configured") && complaint.contains("sign_in.oidc"),
        "{complaint}"
    );
}

#[test]
fn a_configuration_is_checked_without_running_it() {
    let file = std::env::temp_dir().join(format!("gantry-{}.toml", std::process::id()));
    fs::write(
        &file,
        "[[registry]]\nalias = \"retail\"\nregion = \"eu-central-1\"\n",
    )
    .unwrap();
    let path = file.to_str().unwrap();
    let output = gantry(&["check-config", "--config", path]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("registry retail"));

    fs::write(
        &file,
        "[[registry]]\nalias = \"retail\"\nregion = \"eu-central-1\"\nregoin = 1\n",
    )
    .unwrap();
    let output = gantry(&["check-config", "--config", path]);
    assert!(!output.status.success());
    let complaint = text(&output.stderr);
    assert!(
        complaint.contains("line 4") && complaint.contains("regoin"),
        "{complaint}"
    );

    let output = gantry(&["check-config", "--config", "/nowhere/gantry.toml"]);
    assert!(text(&output.stderr).contains("cannot read /nowhere/gantry.toml"));
    fs::remove_file(file).unwrap();
}

#[test]
fn every_command_has_an_example() {
    for command in ["serve", "demo", "ecr-local", "check-config"] {
        let output = gantry(&[command, "--help"]);
        assert!(
            text(&output.stdout).contains("Example: gantry"),
            "{command}"
        );
    }
}

#[test]
fn a_taken_address_is_said_to_be_taken() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = gantry(&["demo", "--empty", "--listen", &address]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains(&format!("cannot listen on {address}")));
}
