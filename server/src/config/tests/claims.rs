//! `groups_claim`, and where groups are looked for.

use super::*;

const PUBLIC: &str = "[server]\npublic_url = \"https://gantry.example.com\"\n";
const OIDC: &str = "[sign_in.oidc]\nissuer = \"https://idp.example.com\"\nclient_id = \"gantry\"\n";

fn claim(config: Result<Config, ConfigError>) -> Vec<String> {
    match config.unwrap().sign_in.unwrap() {
        SignInSettings::Oidc(oidc) => oidc.groups_claim.names().to_vec(),
        SignInSettings::Alb(alb) => alb.groups_claim.names().to_vec(),
    }
}

#[test]
fn a_text_is_one_claim_whatever_is_in_it_and_a_list_is_a_path() {
    let names = |written: &str| claim(parse(&format!("{PUBLIC}{OIDC}groups_claim = {written}\n")));
    assert_eq!(claim(parse(&format!("{PUBLIC}{OIDC}"))), ["groups"]);
    for name in [
        "cognito:groups",
        "realm_access.roles",
        "https://example.com/groups",
        "/groups",
        "[roles]",
    ] {
        assert_eq!(names(&format!("'{name}'")), [name]);
    }
    let path = r#"["realm_access", "roles"]"#;
    assert_eq!(names(path), ["realm_access", "roles"]);
    let set = |written| {
        let variable = [("GANTRY__SIGN_IN__OIDC__GROUPS_CLAIM", written)];
        claim(with_variables(&format!("{PUBLIC}{OIDC}"), &variable))
    };
    assert_eq!(set(path), ["realm_access", "roles"]);
    assert_eq!(
        set("https://example.com/groups"),
        ["https://example.com/groups"]
    );
    for wrong in ["\"\"", "[]", "[\"\"]", "7", "[7]"] {
        let complaint = complaint(&format!("{PUBLIC}{OIDC}groups_claim = {wrong}\n"));
        assert!(complaint.contains("groups_claim"), "{complaint}");
    }
}

#[test]
fn a_claim_is_shown_as_the_configuration_would_have_it() {
    for (names, shown) in [
        (&["groups"][..], "groups"),
        (
            &["https://example.com/groups"],
            "https://example.com/groups",
        ),
        (&["realm_access", "roles"], r#"["realm_access", "roles"]"#),
        (&["a\"b"], r#""a\"b""#),
        (&["a\u{202e}b"], r#""a\u202eb""#),
    ] {
        assert_eq!(claim::written(names.iter().copied()), shown);
    }
}

#[test]
fn the_access_token_is_looked_at_for_a_user_pool_of_cognito_unless_it_says_otherwise() {
    let pool = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab129faBb";
    let looks = |issuer: &str, more: &str| {
        let text = format!(
            "{PUBLIC}[sign_in.alb]\n\
             signer = \"arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/g/1\"\n\
             client = \"gantry\"\nissuer = \"{issuer}\"\n{more}\n"
        );
        match parse(&text)?.sign_in {
            Some(SignInSettings::Alb(alb)) => Ok(alb.groups_from_access_token),
            other => unreachable!("{other:?}"),
        }
    };
    assert!(looks(pool, "").unwrap());
    assert!(!looks(pool, "groups_from_access_token = false").unwrap());
    assert!(!looks("https://idp.example.com", "").unwrap());
    assert!(!looks("https://evil.example/cognito-idp.", "").unwrap());
    assert!(looks("https://idp.example.com", "groups_from_access_token = true").unwrap());
    // Its keys would come over a connection that anybody on the way can change.
    let complaint: ConfigError =
        looks("http://idp.example.com", "groups_from_access_token = true").unwrap_err();
    assert!(
        complaint.to_string().contains("sign_in.alb.issuer"),
        "{complaint}"
    );
}
