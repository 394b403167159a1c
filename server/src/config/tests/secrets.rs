//! Secrets from files.

use super::*;

const OIDC: &str = "[server]\npublic_url = \"https://gantry.example.com\"\n[sign_in.oidc]\n\
                    issuer = \"https://idp.example.com\"\nclient_id = \"gantry\"\n";

#[test]
fn every_secret_can_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    for content in ["83920174", "83920174\n", "83920174\r\n"] {
        let path = file("secret", content.as_bytes());
        let variables = [("GANTRY__SIGN_IN__OIDC__CLIENT_SECRET_FILE", &*path)];
        let config = with_variables(OIDC, &variables).unwrap();
        let Some(SignInSettings::Oidc(oidc)) = &config.sign_in else {
            unreachable!("it is configured")
        };
        assert_eq!(oidc.client_secret.as_ref().unwrap().reveal(), "83920174");
    }
    let path = file("store", b"postgres://gantry:83920174@db/gantry\n");
    let config = with_variables(SMALL, &[("GANTRY__STORE__URL_FILE", &path)]).unwrap();
    assert!(config.store.is_shared());
    // Only the last line break is not part of it.
    let path = file("lines", b"839\n\n");
    let variables = [("GANTRY__SIGN_IN__OIDC__CLIENT_SECRET_FILE", &*path)];
    let config = with_variables(OIDC, &variables).unwrap();
    let Some(SignInSettings::Oidc(oidc)) = &config.sign_in else {
        unreachable!("it is configured")
    };
    assert_eq!(oidc.client_secret.as_ref().unwrap().reveal(), "839\n");
}

#[test]
fn what_is_wrong_with_a_secrets_file_is_said_without_the_secret() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("wrong"), "mysql://gantry:83920174@db/gantry").unwrap();
    std::fs::write(path("binary"), b"83920174\xff").unwrap();
    std::fs::write(path("empty"), "\n").unwrap();
    let variable = "GANTRY__STORE__URL_FILE";
    for (name, expected) in [
        ("none", "cannot read"),
        ("", "cannot read"),
        ("binary", "cannot read"),
        ("empty", "is empty"),
    ] {
        let complaint = with_variables(SMALL, &[(variable, &path(name))]);
        let complaint = complaint.unwrap_err().to_string();
        for part in [variable, expected, &path(name)] {
            assert!(complaint.contains(part), "{complaint}");
        }
        assert!(!complaint.contains("83920174"), "{complaint}");
    }
    let complaint = with_variables(SMALL, &[(variable, &path("wrong"))]).unwrap_err();
    let complaint = complaint.to_string();
    assert!(
        complaint.contains("store.url") && !complaint.contains("83920174"),
        "{complaint}"
    );
}

#[test]
fn a_secret_that_is_set_twice_is_refused() {
    for secret in ["GANTRY__STORE__URL", "GANTRY__SIGN_IN__OIDC__CLIENT_SECRET"] {
        let file = format!("{secret}_FILE");
        let complaint = with_variables(OIDC, &[(secret, "83920174"), (&file, "/nowhere")]);
        let complaint = complaint.unwrap_err().to_string();
        assert!(complaint.contains(&file), "{complaint}");
        assert!(
            complaint.contains(&format!("{secret} is set too")),
            "{complaint}"
        );
        assert!(!complaint.contains("83920174"), "{complaint}");
    }
}

#[test]
fn what_is_no_secret_does_not_come_from_a_file() {
    let complaint = with_variables(SMALL, &[("GANTRY__SERVER__LISTEN_FILE", "/nowhere")]);
    let complaint = complaint.unwrap_err().to_string();
    assert!(complaint.contains("listen_file"), "{complaint}");
}
