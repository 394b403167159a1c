//! The command line.

use std::{
    fs,
    path::Path,
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
fn serve_without_sign_in_fails_and_says_what_to_add() {
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
    let printed = text(&output.stdout);
    assert!(printed.contains("registry retail"));
    assert!(
        printed.contains("share links: last 2160 h at most"),
        "{printed}"
    );

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
fn the_reference_and_the_schema_in_docs_are_what_the_program_prints() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    for (file, what) in [
        ("configuration.md", "reference"),
        ("config.schema.json", "schema"),
    ] {
        let output = gantry(&["config", what]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(
            fs::read(docs.join(file)).is_ok_and(|written| written == output.stdout),
            "docs/{file} is out of date. Run: cargo run --bin gantry -- config {what} > docs/{file}"
        );
    }
}

#[test]
fn a_team_in_a_different_account_from_a_registry_is_reported() {
    let check = |registry: &str, identity: &str| {
        let file = tempfile::NamedTempFile::new().unwrap();
        let text = format!(
            "[[registry]]\nalias = \"retail\"\nregion = \"eu-central-1\"\n{registry}\n\
             [[team]]\nname = \"shop\"\ngroups = [\"shop\"]\n\
             principals = [\"arn:aws:iam::111122223333:role/shop\"]\n\
             [[team]]\nname = \"carrier\"\ngroups = [\"carrier\"]\n\
             principals = [\"arn:aws:iam::444455556666:role/reader\"]\n{identity}\n"
        );
        fs::write(file.path(), text).unwrap();
        let output = gantry(&["check-config", "--config", file.path().to_str().unwrap()]);
        assert!(output.status.success(), "{}", text_of(&output));
        text_of(&output)
    };
    for registry in [
        "registry_id = \"111122223333\"",
        "role_arn = \"arn:aws:iam::111122223333:role/gantry\"",
    ] {
        let said = check(registry, "");
        let lines = said.lines().filter(|line| line.contains("another account"));
        let lines: Vec<&str> = lines.collect();
        assert_eq!(lines.len(), 1, "{said}");
        assert!(lines[0].contains("team carrier: arn:aws:iam::444455556666:role/reader"));
        assert!(lines[0].contains("the permission of account 444455556666"));
        let said = check(registry, "identity = \"assumed\"");
        assert!(!said.contains("another account"), "{said}");
    }
    assert!(check("", "").contains("set registry_id to see here"));
}

fn text_of(output: &Output) -> String {
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

#[test]
fn every_command_has_an_example() {
    let commands = ["serve", "demo", "ecr-local", "check-config"].map(|command| vec![command]);
    let policy = ["eval", "explain", "lint", "diff"].map(|command| vec!["policy", command]);
    let audit = [vec!["audit", "verify"]];
    let sessions = ["list", "end"].map(|command| vec!["sessions", command]);
    let config = ["schema", "reference"].map(|command| vec!["config", command]);
    let more = audit.into_iter().chain(sessions).chain(config);
    for command in commands.into_iter().chain(policy).chain(more) {
        let output = gantry(&[&command[..], &["--help"]].concat());
        assert!(
            text(&output.stdout).contains("Example: gantry"),
            "{command:?}"
        );
    }
}

#[test]
fn an_address_in_use_is_reported() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = gantry(&["demo", "--empty", "--listen", &address]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains(&format!("cannot listen on {address}")));
}

const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Push", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"},
     "Action": "ecr:PutImage"},
    {"Sid": "Frozen", "Effect": "Deny", "Principal": "*", "Action": "ecr:PutImage",
     "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
  ]
}"#;

fn policy_file(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn a_decision_is_explained_on_the_command_line() {
    let (_folder, policy) = policy_file("policy.json", POLICY);
    let ask = |more: &[&str]| {
        let principal = "arn:aws:iam::111122223333:role/ci";
        let asked = [
            "policy",
            "explain",
            "--policy",
            &policy,
            "--principal",
            principal,
        ];
        gantry(&[&asked[..], &["--action", "ecr:PutImage"], more].concat())
    };
    let open = ask(&[]);
    assert_eq!(open.status.code(), Some(1));
    assert!(text(&open.stdout).starts_with("Perhaps denied by statement Frozen, line 6"));
    let allowed = ask(&["--context", "aws:SecureTransport=true"]);
    assert_eq!(allowed.status.code(), Some(0));
    assert!(text(&allowed.stdout).starts_with("Allowed by statement Push, line 4"));
    let json: serde_json::Value =
        serde_json::from_slice(&ask(&["--strict", "--json"]).stdout).unwrap();
    assert_eq!(json["outcome"], "allowed");
    assert_eq!(json["statements"][1]["conditions"][0]["seen"], "absent");
}

#[test]
fn policies_are_checked_on_the_command_line() {
    let open = POLICY.replace(r#"{"AWS": "arn:aws:iam::111122223333:role/ci"}"#, r#""*""#);
    let (_folder, open) = policy_file("open.json", &open);
    let (_other, sound) = policy_file("sound.json", POLICY);
    let output = gantry(&["policy", "lint", &open, &sound]);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stdout);
    assert!(
        printed.contains(&format!("{open}:4:")) && printed.contains("error[public-access]"),
        "{printed}"
    );
    assert!(!printed.contains(&sound), "{printed}");
    let output = gantry(&["policy", "lint", "--format", "sarif", &open]);
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["level"], "error");
    let (_third, broken) = policy_file("broken.json", "{\n  \"Statement\": [{}]\n}");
    let output = gantry(&["policy", "lint", &broken]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains(&format!("{broken}:2:")),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn a_policy_cannot_send_control_characters_to_the_terminal() {
    let hostile = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
        "Sid": "A\u001b[1A\u001b[2K\n::stop-commands::x\u202e", "Action": "ecr:*", "Condition":
        {"StringLike\n::x": {"aws:\u001bPrincipalTag/a": "\u200bb"}}}]}"#;
    let (_folder, file) = policy_file("hostile.json", hostile);
    let ci = "arn:aws:iam::111122223333:role/ci";
    let explain = ["--policy", &file, "--principal", ci, "--action", "ecr:GetX"];
    for arguments in [
        &["policy", "lint", &file][..],
        &["policy", "diff", &file, &file],
        &[&["policy", "explain"][..], &explain].concat(),
    ] {
        let output = gantry(arguments);
        for written in [text(&output.stdout), text(&output.stderr)] {
            for line in written.lines() {
                assert!(!model::has_hiding(line), "{arguments:?}: {line:?}");
                assert!(!line.starts_with("::"), "{arguments:?}: {line:?}");
            }
        }
    }
}

#[test]
fn changes_between_two_policies_are_listed_by_principal() {
    let (_folder, old) = policy_file("old.json", POLICY);
    let (_other, new) = policy_file("new.json", &POLICY.replace("role/ci", "role/robot"));
    let same = gantry(&["policy", "diff", &old, &old]);
    assert_eq!(
        (same.status.code(), text(&same.stdout)),
        (Some(0), String::new())
    );
    let changed = gantry(&["policy", "diff", &old, &new]);
    assert_eq!(changed.status.code(), Some(1));
    let printed = text(&changed.stdout);
    assert!(printed.contains("role/ci: ecr:PutImage"), "{printed}");
    assert!(printed.contains("role/robot: ecr:PutImage"), "{printed}");
    let json = gantry(&["policy", "diff", "--json", &old, &new]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(json.as_array().unwrap().len() >= 2);
}

/// A server in its own process, which ends with the test.
pub struct Served(pub std::process::Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn refusals_are_counted_in_the_metrics() {
    let free = || {
        let probe = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        probe.local_addr().unwrap()
    };
    let (pages, metrics) = (free(), free());
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("gantry.toml");
    let text = format!(
        "[server]\nlisten = \"{pages}\"\npublic_url = \"http://{pages}\"\nmetrics = \"{metrics}\"\n\
         data_dir = \"{}\"\n[sign_in.oidc]\nissuer = \"http://127.0.0.1:1\"\nclient_id = \"gantry\"\n",
        folder.path().join("data").display()
    );
    fs::write(&config, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    let command = command.args(["serve", "--config", config.to_str().unwrap()]);
    let _served = Served(command.env("GANTRY_LOG", "off").spawn().unwrap());
    let client = reqwest::Client::builder().no_proxy();
    let client = client
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let get = async |url: String| {
        for _ in 0..200 {
            if let Ok(answer) = client.get(&url).send().await {
                return answer;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        unreachable!("{url} never answered")
    };
    assert_eq!(get(format!("http://{pages}/s/nothing")).await.status(), 404);
    assert_eq!(
        get(format!("http://{pages}/sign-in/start")).await.status(),
        303
    );
    let counted = get(format!("http://{metrics}/metrics"))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        counted.contains("gantry_connections{listener=\"pages\"} "),
        "{counted}"
    );
    for line in [
        "gantry_link_misses_total 1",
        "gantry_limit{limit=\"person_writes\"} 60",
        "gantry_limit{limit=\"link_views\"} 300",
        "gantry_sign_ins_total{outcome=\"provider\"} 1",
    ] {
        assert!(counted.lines().any(|it| it == line), "{counted}");
    }
    // Metrics are for operators, so the pages' address does not serve them.
    assert_ne!(get(format!("http://{pages}/metrics")).await.status(), 200);
}
