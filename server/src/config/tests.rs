//! What a configuration may say, and what is said of one that may not run.

mod claims;
mod events;
mod limits;
mod reference;
mod secrets;

use std::time::Duration;

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

/// Reads a configuration, by the parser and by the schema: an editor must not refuse what Gantry accepts.
fn parse(text: &str) -> Result<Config, ConfigError> {
    let parsed = Config::parse(text, "gantry.toml", Path::new(""), std::iter::empty());
    match &parsed {
        Ok(_) => assert!(reference::is_accepted(text), "{text}"),
        Err(ConfigError::Parse { error, .. }) if error.contains("unknown field") => {
            assert!(!reference::is_accepted(text), "{text}");
        }
        Err(_) => {}
    }
    parsed
}

/// Reads a configuration with these variables.
fn with_variables(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let variables: Vec<_> = variables.iter().map(owned).collect();
    Config::parse(text, "gantry.toml", Path::new(""), variables.into_iter())
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
fn links_are_switched_off_shortened_and_kept_from_showing() {
    let links = |text: &str| parse(&format!("{SMALL}\n[links]\n{text}\n"));
    let configured = |text: &str| links(text).unwrap().gantry.links;
    assert_eq!(
        parse(SMALL).unwrap().gantry.links,
        dashboard::LinkSettings::default()
    );
    assert!(!configured("enabled = false").enabled);
    assert_eq!(configured("longest = \"30d\"").longest, 30 * 86_400);
    let shows = configured("may_show = [\"accounts\"]").may_show;
    assert!(shows.accounts && !shows.environment);
    assert_eq!(configured("may_show = []").may_show, Default::default());
    assert_eq!(configured("per_person = 20").per_person, 20);
    for (wrong, key) in [
        ("longest = \"91d\"", "line 12"),
        ("longest = \"59m\"", "takes a time from 1h to 90d"),
        (
            "may_show = [\"passwords\"]",
            "expected `environment` or `accounts`",
        ),
        ("per_person = 0", "line 12"),
    ] {
        let complaint = links(wrong).unwrap_err().to_string();
        assert!(complaint.contains(key), "{complaint}");
    }
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
            "policy_max_age = \"5\"\n   |                  ^^^\ntakes a number and a unit",
        ),
        (
            SMALL.replace("groups", "organization = \"retail\"\ngroups"),
            "team 1 (organization): takes the id of an organisation",
        ),
        (
            SMALL.replace("groups", "identity = \"some\"\ngroups"),
            "takes \"none\", \"assumed\", or a list of files",
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
        (
            format!("{SMALL}\n[server]\npublic_url = \"https://ana@gantry.example.com\""),
            "server.public_url: takes an origin",
        ),
        (
            format!("{SMALL}\n[server]\npublic_url = \"http://gantry.example.com\""),
            "server.public_url: takes a URL that begins with https://",
        ),
        (
            format!("{SMALL}\n[server]\npublic_url = \"http://127.0.0.1.evil.example\""),
            "server.public_url: takes a URL that begins with https://",
        ),
        (
            format!("{SMALL}\n[server]\nmax_connections = 0"),
            "max_connections = 0",
        ),
        (
            format!("{SMALL}\n[server]\nheader_timeout = \"0s\""),
            "header_timeout = \"0s\"\n   |                  ^^^^\ntakes a number and a unit",
        ),
    ];
    for (text, expected) in cases {
        let complaint = complaint(&text);
        assert!(complaint.contains(expected), "{complaint}");
    }
}

#[test]
fn connections_are_limited_unless_configured_otherwise() {
    let usual = parse(SMALL).unwrap().connections;
    assert_eq!(usual, ConnectionSettings::default());
    let server =
        "[server]\npublic_url = \"http://[::1]:8080\"\nmax_connections = 9\nkeep_alive = \"2m\"";
    let config = parse(&format!("{SMALL}\n{server}")).unwrap();
    assert_eq!(config.connections.max, 9);
    assert_eq!(config.connections.keep_alive, Duration::from_secs(120));
    assert_eq!(config.connections.max_per_address, usual.max_per_address);
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
            format!("[sign_in.alb]\n{alb}"),
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
            "takes addresses and networks",
        ),
        (
            "[server]\nlisten = \"http://127.0.0.1:8080\"".to_owned(),
            "line 2: listen takes an address and a port",
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
fn a_text_of_digits_is_a_text_in_a_variable_too() {
    for id in ["111122223333", "\"111122223333\""] {
        let variables = [("GANTRY__REGISTRY__0__REGISTRY_ID", id)];
        let config = with_variables(SMALL, &variables).unwrap();
        let registry = &config.gantry.registries[0];
        assert_eq!(registry.registry_id.as_deref(), Some("111122223333"));
    }
}

#[test]
fn a_wrong_variable_is_named_by_its_key() {
    for (variable, wrong, expected) in [
        (
            "GANTRY__SERVER__LISTEN",
            "8080",
            "takes an address and a port",
        ),
        (
            "GANTRY__SERVER__TRUSTED_PROXIES",
            "https://83920174",
            "cannot be read",
        ),
        (
            "GANTRY__STORE",
            "postgres://gantry:83920174@db/gantry",
            "cannot be read",
        ),
    ] {
        let complaint = with_variables(SMALL, &[(variable, wrong)])
            .unwrap_err()
            .to_string();
        let key = variable[VARIABLE_PREFIX.len()..]
            .to_lowercase()
            .replace("__", ".");
        for part in ["the environment", expected, &format!("in `{key}`")] {
            assert!(complaint.contains(part), "{complaint}");
        }
        assert!(!complaint.contains("83920174"), "{complaint}");
    }
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
    assert!(matches!(&team.identity, ::access::Identity::Policies(read) if read.len() == 1));
    let complaint = with("broken.json").unwrap_err().to_string();
    assert!(
        complaint.contains("broken.json: line 1, column"),
        "{complaint}"
    );
}

#[test]
fn the_history_of_tags_is_kept_for_400_days_or_as_configured() {
    let with = |text: &str| {
        let text = format!("{SMALL}\n[history]\n{text}\n");
        Config::parse(&text, "gantry.toml", Path::new(""), std::iter::empty())
    };
    let kept = |text: &str| with(text).unwrap().gantry.history.keep.as_secs();
    assert_eq!(kept(""), 400 * 86_400);
    assert_eq!(kept("keep = \"30d\""), 30 * 86_400);
    let complaint = with("keep = \"23h\"").unwrap_err().to_string();
    assert!(
        complaint.contains("line 12") && complaint.contains("1d or more"),
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
        assert!(
            complaint.contains("line 12") && complaint.contains("keep"),
            "{complaint}"
        );
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
