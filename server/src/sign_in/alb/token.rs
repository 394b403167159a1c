//! The identity token: a JSON web token whose header names its signer, its client and its expiry.

use crate::{
    config::AlbSettings,
    sign_in::{
        claims::Claims,
        jwt::{Jwt, check_expiry},
    },
};

/// The longest token that is read, in bytes: a request's headers must fit in about 16 KiB.
pub(super) const LONGEST: usize = 64 * 1024;

/// Checks that the load balancer, the client and the issuer are the configured ones, and that the token has not
/// expired. Returns the ID of its key.
pub(super) fn check_header<'t>(
    token: &'t Jwt<'_>,
    settings: &AlbSettings,
) -> Result<&'t str, &'static str> {
    let header = token.header();
    let has = |name: &str, value: &str| header.text(name) == Some(value);
    // The key's ID becomes part of a URL.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let names_a_key = |id: &&str| (1..=64).contains(&id.len()) && id.bytes().all(plain);
    if token.algorithm().name() != "ES256" {
        Err("it is not signed by ES256")
    } else if !has("signer", &settings.signer) {
        Err("it is another load balancer's")
    } else if !has("client", &settings.client) {
        Err("it is for another client")
    } else if !has("iss", &settings.issuer) {
        Err("it is another issuer's")
    } else {
        check_expiry(header.time("exp"))?;
        let key = header.text("kid").filter(names_a_key);
        key.ok_or("its key's id is none")
    }
}

/// Checks that an access token is from a user pool of Amazon Cognito, for this client, about the same person as the
/// identity token, and currently valid.
///
/// Source: "Verifying JSON web tokens" in the Amazon Cognito developer guide.
pub(super) fn check_access_token(
    claims: &Claims,
    settings: &AlbSettings,
    subject: &str,
) -> Result<(), &'static str> {
    let has = |name: &str, value: &str| claims.text(name) == Some(value);
    if !has("iss", &settings.issuer) {
        Err("the access token is another issuer's")
    } else if !has("client_id", &settings.client) {
        Err("the access token is for another client")
    } else if !has("token_use", "access") {
        Err("the access token is none")
    } else if !has("sub", subject) {
        Err("the access token is about another person")
    } else {
        check_expiry(claims.time("exp"))
    }
}
