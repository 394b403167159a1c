//! The checks for an ID token: it is for Gantry, currently valid, and for this sign-in.
//!
//! Source: OpenID Connect Core 1.0, sections 3.1.3.7 and 3.1.3.8.

use serde_json::Value;

use crate::sign_in::{
    claims::Claims,
    jwt::{check_begun, check_expiry},
    keys::Algorithm,
};

/// Checks the claims of a token whose signature is already verified.
pub(super) fn check(
    claims: &Claims,
    issuer: &str,
    client_id: &str,
    nonce: &str,
) -> Result<(), &'static str> {
    check_parties(claims, issuer, client_id)?;
    check_expiry(claims.time("exp"))?;
    check_begun(
        claims
            .time("iat")
            .ok_or("it does not say when it was made")?,
    )?;
    if let Some(begins) = claims.time("nbf") {
        check_begun(begins)?;
    }
    if claims.text("nonce") != Some(nonce) {
        return Err("it is of another sign-in: its nonce differs");
    }
    Ok(())
}

/// Checks that claims are from this issuer, for this client, and for no other client, which could pass on its own
/// tokens.
pub(super) fn check_parties(
    claims: &Claims,
    issuer: &str,
    client_id: &str,
) -> Result<(), &'static str> {
    if claims.text("iss") != Some(issuer) {
        return Err("it is another issuer's");
    }
    let is_for_client = match claims.get("aud") {
        Some(Value::String(one)) => one == client_id,
        Some(Value::Array(many)) => {
            !many.is_empty() && many.iter().all(|one| one.as_str() == Some(client_id))
        }
        _ => false,
    };
    if !is_for_client {
        return Err("it is for another client, or for others too");
    }
    Ok(())
}

/// Checks that an access token belongs to the ID token, if the ID token says so.
pub(super) fn check_access_token(
    claims: &Claims,
    algorithm: &Algorithm,
    access_token: &str,
) -> Result<(), &'static str> {
    let Some(expected) = claims.get("at_hash") else {
        return Ok(());
    };
    if expected.as_str() == Some(&algorithm.half_hash(access_token)) {
        Ok(())
    } else {
        Err("it was not made with this access token")
    }
}
