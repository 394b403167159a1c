//! Keys of providers and load balancers, and tokens signed with them.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::{KeyPair as RsaKeyPair, KeySize},
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING,
        ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
        RSA_PSS_SHA256,
    },
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

/// A key pair for an algorithm.
pub struct Signer {
    algorithm: &'static str,
    pair: Pair,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ecdsa(&'static str, EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    pub fn new(algorithm: &'static str) -> Self {
        let ecdsa = |curve, signing| Pair::Ecdsa(curve, EcdsaKeyPair::generate(signing).unwrap());
        let pair = match algorithm {
            "RS256" | "PS256" => Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()),
            "ES256" => ecdsa("P-256", &ECDSA_P256_SHA256_FIXED_SIGNING),
            "ES384" => ecdsa("P-384", &ECDSA_P384_SHA384_FIXED_SIGNING),
            "ES512" => ecdsa("P-521", &ECDSA_P521_SHA512_FIXED_SIGNING),
            "EdDSA" => Pair::Ed25519(Ed25519KeyPair::generate().unwrap()),
            other => unreachable!("no algorithm {other}"),
        };
        Self { algorithm, pair }
    }

    pub fn algorithm(&self) -> &'static str {
        self.algorithm
    }

    /// The public key, as in a key set.
    pub fn jwk(&self, id: &str) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let mut key = match &self.pair {
            Pair::Rsa(pair) => {
                // RSAPublicKey of 2048 bits in DER: the modulus is preceded by nine bytes.
                let der = pair.public_key().as_ref();
                json!({"kty": "RSA", "n": text(&der[9..265]), "e": "AQAB"})
            }
            Pair::Ecdsa(curve, pair) => {
                let point = &pair.public_key().as_ref()[1..];
                let (x, y) = point.split_at(point.len() / 2);
                json!({"kty": "EC", "crv": curve, "x": text(x), "y": text(y)})
            }
            Pair::Ed25519(pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": text(pair.public_key().as_ref())})
            }
        };
        key["kid"] = json!(id);
        key["use"] = json!("sig");
        key
    }

    /// The public key, as load balancers publish it.
    pub fn pem(&self) -> String {
        let Pair::Ecdsa(_, pair) = &self.pair else {
            unreachable!("load balancers sign with ES256")
        };
        let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
        let text = STANDARD.encode(der.as_ref());
        format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
    }

    /// A token in base64url without padding, as providers write it.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_in_base64(&URL_SAFE_NO_PAD, header, claims)
    }

    pub fn sign_in_base64(&self, base64: &impl Engine, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| base64.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = self.signature(signed.as_bytes());
        format!("{signed}.{}", base64.encode(signature))
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let padding = match self.algorithm {
                    "RS256" => &RSA_PKCS1_SHA256,
                    _ => &RSA_PSS_SHA256,
                };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &random, message, &mut signature)
                    .unwrap();
                signature
            }
            Pair::Ecdsa(_, pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}
