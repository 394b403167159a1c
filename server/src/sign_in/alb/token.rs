//! The account itself: a JWT by ES256, but for its padding, which is there and is signed.

use std::{
    collections::HashMap,
    time::{SystemTime, UNIX_EPOCH},
};

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};
use serde::Deserialize;
use serde_json::Value;

use crate::config::AlbSettings;

/// By how much the load balancer's clock and this one may differ, in seconds.
const SKEW: i64 = 30;

/// The longest account that is looked at, in bytes: a request's headers have to fit 16 KiB or so.
const LONGEST: usize = 64 * 1024;

/// With padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An account, taken apart and not believed yet.
pub(super) struct Token<'a> {
    header: Header,
    /// What was signed: the first two parts as they are written.
    signed: &'a str,
    payload: &'a str,
    signature: Signature,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
    signer: String,
    client: String,
    iss: String,
    exp: i64,
}

impl<'a> Token<'a> {
    pub(super) fn read(account: &'a str) -> Result<Self, &'static str> {
        if account.len() > LONGEST {
            return Err("it is too long");
        }
        let (signed, signature) = account.rsplit_once('.').ok_or("it has no signature")?;
        let (header, payload) = signed.split_once('.').ok_or("it has no claims")?;
        let header = BASE64
            .decode(header)
            .map_err(|_| "its header is not base64")?;
        let signature = BASE64
            .decode(signature)
            .map_err(|_| "its signature is not base64")?;
        Ok(Self {
            header: serde_json::from_slice(&header).map_err(|_| "its header lacks something")?,
            signed,
            payload,
            signature: Signature::from_slice(&signature).map_err(|_| "its signature is none")?,
        })
    }

    /// Whether the load balancer, the client and the issuer are the configured ones, and the time is
    /// not over.
    pub(super) fn check_header(&self, settings: &AlbSettings) -> Result<(), &'static str> {
        let header = &self.header;
        // A key's id becomes part of a URL.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let names_a_key = (1..=64).contains(&header.kid.len()) && header.kid.bytes().all(plain);
        if header.alg != "ES256" {
            Err("it is not signed by ES256")
        } else if header.signer != settings.signer {
            Err("it is another load balancer's")
        } else if header.client != settings.client {
            Err("it is for another client")
        } else if header.iss != settings.issuer {
            Err("it is another issuer's")
        } else if !names_a_key {
            Err("its key's id is none")
        } else {
            check_time(header.exp)
        }
    }

    pub(super) fn key_id(&self) -> &str {
        &self.header.kid
    }

    pub(super) fn expires(&self) -> i64 {
        self.header.exp
    }

    /// What it says, when the key's owner has said so.
    pub(super) fn claims(
        &self,
        key: &VerifyingKey,
    ) -> Result<HashMap<String, Value>, &'static str> {
        key.verify(self.signed.as_bytes(), &self.signature)
            .map_err(|_| "its signature is wrong")?;
        let payload = BASE64
            .decode(self.payload)
            .map_err(|_| "its claims are not base64")?;
        serde_json::from_slice(&payload).map_err(|_| "its claims are not JSON")
    }
}

/// Whether a time is not over, give or take a little.
pub(super) fn check_time(expires: i64) -> Result<(), &'static str> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    if now.saturating_sub(SKEW) < expires {
        Ok(())
    } else {
        Err("its time is over")
    }
}
