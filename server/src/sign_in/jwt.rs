//! JSON web tokens, signed by a provider or a load balancer.
//!
//! Source: RFC 7515 (JSON Web Signature), RFC 7519 (JSON Web Token).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{
    claims::Claims,
    keys::{Algorithm, Key},
};

/// How far the signer's clock and this one may differ.
const SKEW: Duration = Duration::from_secs(30);

/// base64url, with or without padding: load balancers write the padding and sign it.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A parsed token. Its claims are only accessible after its signature is verified.
pub(super) struct Jwt<'a> {
    header: Claims,
    algorithm: &'static Algorithm,
    /// The signed text: the first two parts as written.
    signed: &'a str,
    claims: Claims,
    signature: Vec<u8>,
}

impl<'a> Jwt<'a> {
    /// # Errors
    /// Why the text is not a token that is signed with a public key.
    pub(super) fn read(token: &'a str) -> Result<Self, &'static str> {
        let (signed, signature) = token.rsplit_once('.').ok_or("it has no signature")?;
        let (header, payload) = signed.split_once('.').ok_or("it has no claims")?;
        let header = object(header).ok_or("its header is not JSON in base64")?;
        let algorithm = header.text("alg").and_then(Algorithm::named);
        // `crit` lists extensions that the recipient must understand, and none are understood here.
        if header.get("crit").is_some() {
            return Err("its header has critical fields");
        }
        let is_jwt = |kind: &str| {
            let kind = kind.to_ascii_lowercase();
            kind.strip_prefix("application/").unwrap_or(&kind) == "jwt"
        };
        if header.get("typ").is_some() && !header.text("typ").is_some_and(is_jwt) {
            return Err("its type is not JWT");
        }
        Ok(Self {
            algorithm: algorithm.ok_or("its algorithm is none that is accepted")?,
            header,
            signed,
            claims: object(payload).ok_or("its claims are not JSON in base64")?,
            signature: BASE64
                .decode(signature)
                .map_err(|_| "its signature is not base64")?,
        })
    }

    /// The header's fields, not verified yet.
    pub(super) fn header(&self) -> &Claims {
        &self.header
    }

    pub(super) fn algorithm(&self) -> &'static Algorithm {
        self.algorithm
    }

    /// The claims, if one of these keys has signed them. Two keys can have the same ID: any of them will do.
    pub(super) fn verify(&self, keys: &[Key]) -> Option<&Claims> {
        let id = self.header.text("kid");
        let signed = self.signed.as_bytes();
        let mut keys = keys.iter().filter(|key| key.may_be(id));
        keys.any(|key| key.verify(self.algorithm, signed, &self.signature))
            .then_some(&self.claims)
    }
}

fn object(part: &str) -> Option<Claims> {
    serde_json::from_slice(&BASE64.decode(part).ok()?).ok()
}

/// Checks that a time, in seconds since 1970, is not over.
pub(super) fn check_expiry(expires: Option<f64>) -> Result<(), &'static str> {
    match expires {
        Some(expires) if now() - SKEW.as_secs_f64() < expires => Ok(()),
        Some(_) => Err("its time is over"),
        None => Err("it does not say when its time is over"),
    }
}

/// Checks that a time, in seconds since 1970, has come.
pub(super) fn check_begun(begins: f64) -> Result<(), &'static str> {
    if begins <= now() + SKEW.as_secs_f64() {
        Ok(())
    } else {
        Err("it is from the future")
    }
}

fn now() -> f64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default().as_secs_f64()
}
