//! What a configuration may say, and what is said of one that may not run.

use super::*;

const SMALL: &str = r#"
[[registry]]
alias = "retail"
region = "eu-central-1"

[[team]]
name = "storefront"
groups = ["storefront"]
principals = ["arn:aws:iam::111122223333:role/storefront-developer"]
"#;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, "gantry.toml", Path::new(""), std::iter::empty())
}

fn complaint(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn the_smallest_configuration_has_sensible_defaults() {
    let config = parse(SMALL).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(
        config.gantry.access.policy_max_age,
        Duration::from_secs(300)
    );
    assert!(!config.gantry.access.pull_sees_images);
    assert!(config.directory.admins.is_empty());
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let text = format!("{SMALL}\n[server]\nlisten = \"127.0.0.1:80\"\nlissten = \"x\"\n");
    let complaint = complaint(&text);
    assert!(
        complaint.contains("line 13") && complaint.contains("lissten"),
        "{complaint}"
    );
}

#[test]
fn what_is_wrong_is_named_with_what_would_do() {
    let cases = [
        (
            SMALL.replace("eu-central-1", "eu-central-1\"\nregistry_id = \"12"),
            "registry 1 (registry_id): takes an account id",
        ),
        (
            SMALL.replace("region", "#"),
            "registry 1 (region): is missing",
        ),
        (
            SMALL.replace("role/storefront-developer", "root"),
            "team 1 (principals)",
        ),
        (
            format!("{SMALL}\n{SMALL}"),
            "registry: there are two called retail",
        ),
        (
            format!("{SMALL}\n[access]\npolicy_max_age = \"5\""),
            "access.policy_max_age: takes a number and a unit",
        ),
        (
            SMALL.replace("groups", "organization = \"retail\"\ngroups"),
            "team 1 (organization): takes the id of an organisation",
        ),
        (
            SMALL.replace("groups", "identity = \"some\"\ngroups"),
            "team 1 (identity): takes \"none\", \"assumed\", or a list of files",
        ),
        (
            SMALL.replace("groups", "identity = [\"nowhere.json\"]\ngroups"),
            "team 1 (identity): nowhere.json: ",
        ),
        (
            format!("{SMALL}\n[access.context]\n\"aws:PrincipalArn\" = \"x\""),
            "access.context.\"aws:PrincipalArn\": follows from the request",
        ),
        (
            format!("{SMALL}\n[access.context]\n\"aws:SourceIp\" = \"10.0.0.0/8\""),
            "access.context.\"aws:SourceIp\": takes an address",
        ),
        (
            format!("{SMALL}\n[access.context]\n\"aws:SourceVpce\" = [\"a\", \"b\"]"),
            "access.context.\"aws:SourceVpce\": takes one value",
        ),
        (
            format!("{SMALL}\n[server]\npublic_url = \"gantry.example.com\""),
            "server.public_url: takes an origin",
        ),
    ];
    for (text, expected) in cases {
        let complaint = complaint(&text);
        assert!(complaint.contains(expected), "{complaint}");
    }
}

#[test]
fn no_secret_is_quoted() {
    for secret in ["client_secret = 83920174", "client_secret = \"83920174"] {
        let complaint = complaint(&format!("{SMALL}\n[sign_in.oidc]\n{secret}\n"));
        assert!(!complaint.contains("83920174"), "{complaint}");
        assert!(
            complaint.contains("line 12") && complaint.contains("client_secret"),
            "{complaint}"
        );
    }
    let oidc = "[server]\npublic_url = \"https://gantry.example.com\"\n[sign_in.oidc]\n\
                issuer = \"https://idp.example.com\"\nclient_id = \"gantry\"\n";
    let variable = ("GANTRY__SIGN_IN__OIDC__CLIENT_SECRET", "83920174");
    let variables = std::iter::once((variable.0.to_owned(), variable.1.to_owned()));
    let config = Config::parse(oidc, "gantry.toml", Path::new(""), variables).unwrap();
    let Some(SignInSettings::Oidc(oidc)) = &config.sign_in else {
        unreachable!("it is configured")
    };
    assert_eq!(oidc.client_secret.as_ref().unwrap().reveal(), "83920174");
    assert!(!format!("{config:?}").contains("83920174"));
}

/// Reads a configuration with these variables.
fn with_variables(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let variables: Vec<_> = variables.iter().map(owned).collect();
    Config::parse(text, "gantry.toml", Path::new(""), variables.into_iter())
}

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

#[test]
fn limits_have_defaults_and_each_can_be_set() {
    use crate::limit::LimitSettings;
    assert_eq!(parse(SMALL).unwrap().limits, None);
    let with = |text: &str| parse(&format!("{SMALL}\n[limits]\n{text}\n"));
    assert_eq!(with("").unwrap().limits, Some(LimitSettings::default()));
    let text = "person_requests = 1\nperson_writes = 2\nanonymous_requests = 3\nsign_ins = 4\nlink_misses = 5";
    let limits = with(text).unwrap().limits.unwrap();
    let set = [
        limits.person_requests,
        limits.person_writes,
        limits.anonymous_requests,
        limits.sign_ins,
        limits.link_misses,
    ];
    assert_eq!(set.map(std::num::NonZeroU32::get), [1, 2, 3, 4, 5]);
    let variables = [("GANTRY__LIMITS__SIGN_INS", "7")];
    let limits = with_variables(SMALL, &variables).unwrap().limits.unwrap();
    assert_eq!(limits.sign_ins.get(), 7);
    for (wrong, expected) in [
        ("sign_in = 3", "unknown field `sign_in`"),
        ("sign_ins = 0", "line 12"),
        ("sign_ins = -1", "line 12"),
        ("sign_ins = \"many\"", "line 12"),
    ] {
        let complaint = with(wrong).unwrap_err().to_string();
        assert!(complaint.contains(expected), "{complaint}");
    }
}

#[test]
fn what_is_said_of_signing_in_is_checked() {
    let oidc = "issuer = \"https://idp.example.com\"\nclient_id = \"gantry\"\n";
    let alb = "signer = \"arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/g/1\"\n\
               client = \"gantry\"\nissuer = \"https://idp.example.com\"\n";
    let public = "[server]\npublic_url = \"https://gantry.example.com\"\n";
    for (text, expected) in [
        (
            format!("[sign_in.oidc]\n{oidc}"),
            "server.public_url: is missing",
        ),
        (
            format!("{public}[sign_in.oidc]\n{}", oidc.replace("https", "http")),
            "sign_in.oidc.issuer: takes a URL that begins with https://",
        ),
        (
            format!(
                "{public}[sign_in.oidc]\n{}",
                oidc.replace("\"gantry\"", "\"\"")
            ),
            "sign_in.oidc.client_id: is missing",
        ),
        (
            format!("{public}[sign_in.oidc]\n{oidc}[sign_in.alb]\n{alb}"),
            "sign_in: takes one of",
        ),
        (
            format!(
                "[sign_in.alb]\n{}",
                alb.replace("elasticloadbalancing", "ec2")
            ),
            "sign_in.alb.signer: takes the ARN of a load balancer",
        ),
        (
            "[sign_in]\nidle = \"8d\"".to_owned(),
            "sign_in.idle: is longer than sign_in.longest",
        ),
        (
            "[server]\ntrusted_proxies = [\"10.0.0.0/33\"]".to_owned(),
            "server.trusted_proxies: takes addresses and networks",
        ),
        (
            "[store]\nurl = \"mysql://db/gantry\"".to_owned(),
            "store.url: takes a URL that begins with sqlite:// or postgres://",
        ),
    ] {
        let complaint = complaint(&text);
        assert!(complaint.contains(expected), "{complaint}");
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let variables = [
        ("GANTRY__SERVER__LISTEN", "[::1]:9090"),
        ("GANTRY__ACCESS__PULL_SEES_IMAGES", "true"),
        ("GANTRY__INVENTORY__MAX_IMAGES", "5"),
        ("GANTRY__REGISTRY__0__REGION", "us-east-1"),
        ("GANTRY__ADMIN__GROUPS", "[\"platform\"]"),
        ("PATH", "/bin"),
    ];
    let variables = variables
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()));
    let config = Config::parse(SMALL, "gantry.toml", Path::new(""), variables).unwrap();
    assert_eq!(config.listen.to_string(), "[::1]:9090");
    assert!(config.gantry.access.pull_sees_images);
    assert_eq!(config.gantry.inventory.max_images, 5);
    assert_eq!(config.gantry.registries[0].region, "us-east-1");
    assert_eq!(config.directory.admins, ["platform"]);
}

#[test]
fn identity_policies_are_read_from_beside_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"Version": "2012-10-17", "Statement":
        {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}}"#;
    std::fs::write(folder.path().join("storefront.json"), text).unwrap();
    std::fs::write(folder.path().join("broken.json"), "{\"Statement\": []").unwrap();
    let with = |file: &str| {
        let text = SMALL.replace("groups", &format!("identity = [\"{file}\"]\ngroups"));
        Config::parse(&text, "gantry.toml", folder.path(), std::iter::empty())
    };
    let config = with("storefront.json").unwrap();
    let team = &config.directory.teams[0];
    assert!(matches!(&team.identity, registry::Identity::Policies(read) if read.len() == 1));
    let complaint = with("broken.json").unwrap_err().to_string();
    assert!(
        complaint.contains("broken.json: line 1, column"),
        "{complaint}"
    );
}

#[test]
fn the_audit_log_is_kept_for_ever_or_for_days() {
    let with = |text: &str| {
        let text = format!("{SMALL}\n[audit]\n{text}\n");
        Config::parse(&text, "gantry.toml", Path::new(""), std::iter::empty())
    };
    let kept = |text: &str| {
        with(text)
            .unwrap()
            .gantry
            .audit
            .keep
            .map(|keep| keep.as_secs())
    };
    assert_eq!(kept(""), None);
    assert_eq!(kept("keep = \"400d\""), Some(400 * 86_400));
    for wrong in ["0d", "400", "d", "400 days", "99999999999999999999d"] {
        let complaint = with(&format!("keep = \"{wrong}\""))
            .unwrap_err()
            .to_string();
        assert!(complaint.contains("audit.keep"), "{complaint}");
    }
}

#[test]
fn an_unknown_variable_is_refused_too() {
    let variables = std::iter::once(("GANTRY__SERVER__LISTENN".to_owned(), "x".to_owned()));
    let error = Config::parse(SMALL, "gantry.toml", Path::new(""), variables)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("environment") && error.contains("listenn"),
        "{error}"
    );
}
