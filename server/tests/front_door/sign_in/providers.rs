//! The tokens of real providers, with all their peculiarities, sign people in.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    provider::{Provider, in_seconds},
    signer::Signer,
};

/// A team for a group, with the storefront's role.
fn team_of(group: &str) -> String {
    format!(
        "[[team]]\nname = \"shop\"\ngroups = [\"{group}\"]\n\
         principals = [\"arn:aws:iam::111122223333:role/storefront-developer\"]\n"
    )
}

/// Asserts that a person who signs in sees the storefront's repositories. Returns the page.
async fn sees_the_storefront(provider: &Provider, configuration: &str) -> String {
    let dashboard = provider.dashboard(configuration).await;
    let page = provider.repositories(&dashboard).await;
    assert!(page.contains("storefront/users-api"), "{page}");
    assert!(!page.contains("checkout/orders-web"), "{page}");
    page
}

// Source: "ID Token Structure" and "Create Custom Claims" in Auth0's documentation.
#[tokio::test]
async fn auth0_writes_times_as_text_and_groups_under_a_url() {
    let provider = Provider::start("/").await;
    provider.says().claims = json!({
        "sub": "auth0|5f7c8ec7c33c6c004bbafe82", "nickname": "ana", "name": "Ana Ibáñez",
        "picture": "https://s.gravatar.com/avatar/1.png", "email": "ana@example.com",
        "email_verified": true, "updated_at": "2026-11-20T10:59:07.841Z",
        "sid": "Bn8fXkRJmXvkbTdpJq8nYxjC", "https://gantry.example.com/groups": ["storefront"],
    });
    let page = sees_the_storefront(
        &provider,
        "groups_claim = \"https://gantry.example.com/groups\"",
    )
    .await;
    assert!(page.contains("Ana Ibáñez"), "{page}");
}

// Source: "Understanding the identity (ID) token" and "userInfo endpoint" in the Amazon Cognito guide.
#[tokio::test]
async fn cognito_writes_booleans_as_text() {
    let provider = Provider::start("/eu-central-1_Ab129faBb").await;
    let claims = json!({
        "sub": "93a4a832-4011-70c3-a1b2-0d3a2b6f1c5e", "email_verified": "true",
        "cognito:username": "ana", "cognito:groups": ["storefront"], "token_use": "id",
        "origin_jti": "5b9f50a3-05da-454a-8b99-b79c2349de77", "phone_number_verified": "false",
        "event_id": "64f513be-32db-42b0-b78e-b02127b4f463", "auth_time": in_seconds(-5),
        "email": "ana@example.com", "address": "Calle 1", "nonce_extra": [[]],
    });
    {
        let mut says = provider.says();
        says.userinfo = Some(json!({
            "sub": claims["sub"], "email_verified": "true", "username": "ana",
            "email": "ana@example.com",
        }));
        says.claims = claims;
    }
    let dashboard = provider
        .dashboard("groups_claim = \"cognito:groups\"")
        .await;
    let page = provider.repositories(&dashboard).await;
    assert!(page.contains("storefront/users-api"), "{page}");
    // A person in no group has no such claim. They can still sign in.
    provider.says().claims["cognito:groups"] = Value::Null;
    let page = provider.repositories(&dashboard).await;
    assert!(page.contains("You are in no team"), "{page}");
    assert!(page.contains("<code>cognito:groups</code>"), "{page}");
    // Its sign-out uses a different parameter for the return URL.
    let (person, _) = provider.sign_in(&dashboard).await;
    let answer = person.post("/sign-out", &[]).await;
    let answer = person.follow(&answer).await;
    let led_to = answer.headers()["refresh"].to_str().unwrap();
    assert!(led_to.contains("/logout?client_id=gantry&"), "{led_to}");
    assert!(
        led_to.contains("logout_uri=http%3A%2F%2F127.0.0.1%3A1%2Fsign-in"),
        "{led_to}"
    );
}

// Source: "ID token claims reference" of the Microsoft identity platform.
#[tokio::test]
async fn entra_names_groups_by_their_object_ids() {
    let group = "8f2c1e30-5d0b-4b9e-9a52-1f1f7a9a6f11";
    let provider = Provider::start("/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0").await;
    {
        let mut says = provider.says();
        says.claims = json!({
            "ver": "2.0", "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
            "nbf": in_seconds(0), "name": "Ana Ibáñez", "preferred_username": "ana@example.com",
            "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474", "tid": "72f988bf-86f1-41af-91ab-2d7cd011db47",
            "rh": "0.ARoAv4j5cvGGr0GRqy180BHbR", "uti": "fqiBqXLPj0eQa82S-IYFAA", "at_hash": null,
            "groups": ["1c1a0ff1-6f4b-4a28-8c1b-1d5f0f6a4d01", group], "xms_edov": "1",
        });
        // Entra's keys do not name their algorithm, and have additional fields.
        let mut key = says.signer.jwk("key-1");
        key["x5c"] = json!(["MIIC"]);
        key["issuer"] = json!("https://login.microsoftonline.com/{tenantid}/v2.0");
        says.keys = vec![key];
    }
    sees_the_storefront(&provider, &team_of(group)).await;
}

// Source: "Managing protocol mappers" in Keycloak's server administration guide.
#[tokio::test]
async fn keycloak_nests_roles_and_writes_groups_as_paths() {
    let provider = Provider::start("/realms/staff").await;
    provider.says().claims = json!({
        "sub": "0f3d7b53-4b1c-4b6b-a1f9-c9f1d1a0a8f5", "typ": "ID", "azp": "gantry", "acr": "1",
        "sid": "b1b3b2c5", "email_verified": false, "name": "Ana Ibáñez",
        "realm_access": {"roles": ["offline_access", "storefront"]},
        "resource_access": {"gantry": {"roles": ["storefront"]}},
        "groups": ["/shops/storefront"], "preferred_username": "ana",
    });
    let nested = "groups_claim = [\"resource_access\", \"gantry\", \"roles\"]";
    sees_the_storefront(&provider, nested).await;
    sees_the_storefront(&provider, &team_of("/shops/storefront")).await;
}

// Source: "ID token claims" and "Customize tokens returned from Okta with a groups claim" of Okta.
#[tokio::test]
async fn okta_returns_groups_and_names_by_userinfo_if_the_id_token_is_thin() {
    let provider = Provider::start("/oauth2/default").await;
    {
        let mut says = provider.says();
        says.claims = json!({
            "sub": "00uid4BxXw6I6TV4m0g3", "ver": 1, "amr": ["pwd"], "idp": "00ok1u7AsAkrwdZL3z0g3",
            "jti": "ID.4eAWJOCMB3SX8XewDfVR", "auth_time": in_seconds(-5),
        });
        says.userinfo = Some(json!({
            "sub": "00uid4BxXw6I6TV4m0g3", "name": "Ana Ibáñez", "locale": "en_US", "zoneinfo": 7,
            "updated_at": 1_311_280_970, "groups": ["Everyone", "storefront"],
        }));
    }
    let dashboard = provider.dashboard("").await;
    let page = provider.repositories(&dashboard).await;
    assert!(
        page.contains("storefront/users-api") && page.contains("Ana Ibáñez"),
        "{page}"
    );
    provider.says().claims["groups"] = json!(["Everyone", "checkout"]);
    let page = provider.repositories(&dashboard).await;
    assert!(page.contains("checkout/orders-api"), "{page}");
    assert_eq!(provider.requests("userinfo"), 1, "once, and only if needed");
}

// Source: "OpenID Connect" in Google's identity documentation.
#[tokio::test]
async fn google_has_no_groups_and_its_domain_can_be_used_as_one() {
    let provider = Provider::start("").await;
    {
        let mut says = provider.says();
        says.claims = json!({
            "sub": "10769150350006150715113082367", "azp": "gantry", "hd": "example.com",
            "email": "ana@example.com", "email_verified": true, "name": "Ana Ibáñez",
            "picture": "https://lh3.googleusercontent.com/a/1", "given_name": "Ana",
        });
        says.userinfo = Some(json!({"sub": says.claims["sub"], "name": "Ana Ibáñez"}));
    }
    sees_the_storefront(
        &provider,
        &format!("groups_claim = \"hd\"\n{}", team_of("example.com")),
    )
    .await;
    let dashboard = provider.dashboard("").await;
    let page = provider.repositories(&dashboard).await;
    assert!(page.contains("You are in no team"), "{page}");
    assert!(page.contains("<code>hd</code>"), "{page}");
}

// Source: "Scopes and Claims" in Dex's documentation.
#[tokio::test]
async fn dex_passes_on_the_groups_of_its_connector() {
    let provider = Provider::start("/dex").await;
    provider.says().claims = json!({
        "sub": "CgcyMzQyNzQ5EgZnaXRodWI", "email": "ana@example.com", "email_verified": true,
        "groups": ["example", "example:storefront"], "name": "Ana Ibáñez",
        "federated_claims": {"connector_id": "github", "user_id": "2342749"},
    });
    sees_the_storefront(&provider, &team_of("example:storefront")).await;
}

// Source: "GitLab as OpenID Connect identity provider" in GitLab's documentation.
#[tokio::test]
async fn gitlab_has_direct_groups_in_the_token_and_all_of_them_in_userinfo() {
    let provider = Provider::start("").await;
    {
        let mut says = provider.says();
        says.claims = json!({
            "sub": "1", "sub_legacy": "0a1b2c3d", "auth_time": in_seconds(-5), "nickname": "ana",
            "name": "Ana Ibáñez", "profile": "https://gitlab.example.com/ana", "picture": null,
            "groups_direct": ["example/storefront"],
        });
        says.userinfo = Some(json!({
            "sub": "1", "sub_legacy": "0a1b2c3d", "website": "", "email_verified": true,
            "groups": ["example", "example/storefront"],
            "https://gitlab.org/claims/groups/owner": ["example/storefront"],
        }));
    }
    let team = team_of("example/storefront");
    for (claim, asked) in [
        ("groups_direct", 0),
        ("https://gitlab.org/claims/groups/owner", 1),
    ] {
        sees_the_storefront(&provider, &format!("groups_claim = \"{claim}\"\n{team}")).await;
        assert_eq!(provider.requests("userinfo"), asked, "{claim}");
    }
}

#[tokio::test]
async fn answers_that_other_clients_accept_are_accepted() {
    let provider = Provider::start("").await;
    let dashboard = provider.dashboard("").await;
    provider.says().claims = json!({"groups": "storefront"});
    let takes = async |what: &str| {
        let page = provider.repositories(&dashboard).await;
        assert!(page.contains("storefront/users-api"), "{what}: {page}");
    };
    provider.says().answer = json!({
        "expires_in": "3600", "scope": ["openid", "profile"], "token_type": "bearer",
        "refresh_token": null, "ext_expires_in": {}, "not_before_policy": 0,
    });
    takes("a time in quotes, a list of scopes").await;
    provider.says().claims["aud"] = json!(["gantry"]);
    takes("a list of one audience").await;
    provider.says().header = json!({"kid": null, "typ": null});
    takes("a token that does not name its key").await;
    provider.says().header = json!({});
    let other = Signer::new("RS256");
    {
        let mut says = provider.says();
        let nonsense = json!({"kty": "oct", "k": 7});
        let encrypts =
            json!({"kty": "RSA", "use": "enc", "kid": "key-1", "n": "AQAB", "e": "AQAB"});
        let own = says.signer.jwk("key-1");
        says.keys = vec![nonsense, encrypts, other.jwk("key-1"), own];
    }
    takes("a second key with the same id, and keys of no use here").await;
}

#[tokio::test]
async fn every_public_key_algorithm_is_accepted() {
    let provider = Provider::start("").await;
    let dashboard = provider.dashboard("").await;
    provider.says().claims = json!({"groups": ["storefront"]});
    for algorithm in ["RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"] {
        {
            let mut says = provider.says();
            says.signer = Arc::new(Signer::new(algorithm));
            // The keys are different each time, so they are read again.
            says.keys = vec![says.signer.jwk("key-1")];
        }
        let page = provider.repositories(&dashboard).await;
        assert!(page.contains("storefront/users-api"), "{algorithm}: {page}");
    }
}

#[tokio::test]
async fn userinfo_can_be_a_signed_token() {
    let provider = Provider::start("").await;
    {
        let mut says = provider.says();
        let said = json!({
            "iss": provider.issuer, "aud": "gantry", "sub": "ana", "groups": ["storefront"],
        });
        let header = json!({"alg": "RS256", "kid": "key-1"});
        says.userinfo = Some(json!(says.signer.sign(&header, &said)));
    }
    sees_the_storefront(&provider, "").await;
}

#[tokio::test]
async fn a_provider_can_have_no_userinfo_and_no_sign_out() {
    let provider = Provider::start("/").await;
    provider.says().metadata = json!({"userinfo_endpoint": "", "end_session_endpoint": null});
    provider.says().claims = json!({"groups": ["storefront"]});
    sees_the_storefront(&provider, "").await;
}
